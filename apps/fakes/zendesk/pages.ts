import { type Ticket } from "./records.js";
import { type FakeZendesk } from "./fake.js";
import { type State } from "./state.js";
import { organizationOf } from "./organizations.js";
import { commentsOf, ticketOf } from "./tickets.js";

const SHOWN_REQUESTS = 100;

/** The page at `/`: what is there, what arrived, and forms for mails and calls. */
export const overview = (fake: FakeZendesk): string => {
  const { state } = fake;
  const organizations = [...state.organizations.values()];
  const users = [...state.users.values()];
  const tickets = [...state.tickets.values()].reverse();
  return page(
    "Fake Zendesk",
    `<p>API: <code>${escape(state.url)}/api/v2</code>, user <code>${escape(fake.email)}/token</code>.</p>
${section(
  "Tickets",
  table(
    TICKET_COLUMNS,
    tickets.map((ticket) => ticketCells(state, ticket)),
  ),
)}
${section(
  "Organizations",
  table(
    ["Id", "Name", "External id", "Domains", "Fields"],
    organizations.map(({ id, name, external_id: external, domain_names: domains, organization_fields: fields }) => [
      link(`/agent/organizations/${id}`, String(id)),
      escape(name),
      escape(external ?? ""),
      escape(domains.join(", ")),
      escape(
        Object.entries(fields)
          .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]))
          .join(", "),
      ),
    ]),
  ),
)}
${section(
  "Users",
  table(
    ["Id", "Name", "E-mail", "Phone", "External id", "Organization", "Role"],
    users.map((user) => [
      String(user.id),
      escape(user.name),
      escape(user.email ?? ""),
      escape(user.phone ?? ""),
      escape(user.external_id ?? ""),
      organizationLink(state, user.organization_id),
      user.role,
    ]),
  ),
)}
${section(
  "Requests, newest first",
  table(
    ["At", "Status", "Request", "Body"],
    fake.requests
      .slice(-SHOWN_REQUESTS)
      .reverse()
      .map(({ at, status, method, path, body }) => [
        at,
        status === 0 ? "broken off" : String(status),
        escape(`${method} ${path}`),
        body === null ? "" : `<code>${escape(JSON.stringify(body))}</code>`,
      ]),
  ),
)}
${section("Write to support", form("/_fake/mail", ["from", "name", "subject", "body"]))}
${section("Call support", form("/_fake/calls", ["name", "phone", "subject", "body"]))}`,
  );
};

/** Where a link to a ticket leads. */
export const ticketPage = (state: State, id: number): string => {
  const ticket = ticketOf(state, id);
  const author = (user: number) => escape(state.users.get(user)?.name ?? "");
  const comments = commentsOf(state, id)
    .map(({ author_id: by, created_at: at, body }) => `<h3>${author(by)}, ${at}</h3><p>${escape(body)}</p>`)
    .join("\n");
  return page(
    `#${id} ${ticket.subject}`,
    `${table(TICKET_COLUMNS, [ticketCells(state, ticket)])}${section("Conversation", comments)}<p>${link("/", "All")}</p>`,
  );
};

/** Where a link to an organization leads. */
export const organizationPage = (state: State, id: number): string => {
  const { name } = organizationOf(state, id);
  const tickets = [...state.tickets.values()].filter(({ organization_id: of }) => of === id).reverse();
  return page(
    name,
    `${section(
      "Tickets",
      table(
        TICKET_COLUMNS,
        tickets.map((ticket) => ticketCells(state, ticket)),
      ),
    )}<p>${link("/", "All")}</p>`,
  );
};

const TICKET_COLUMNS = ["Number", "Subject", "Priority", "Type", "Status", "Requester", "Organization", "Created"];

const ticketCells = (state: State, ticket: Ticket): string[] => [
  link(`/agent/tickets/${ticket.id}`, String(ticket.id)),
  escape(ticket.subject),
  ticket.priority ?? "",
  ticket.type ?? "",
  ticket.status,
  escape(state.users.get(ticket.requester_id)?.name ?? ""),
  organizationLink(state, ticket.organization_id),
  ticket.created_at,
];

const organizationLink = (state: State, id: number | null): string => {
  const name = id === null ? undefined : state.organizations.get(id)?.name;
  return id === null || name === undefined ? "" : link(`/agent/organizations/${id}`, escape(name));
};

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #1f2933; }
table { border-collapse: collapse; }
th, td { border: 1px solid #cbd2d9; padding: .25rem .5rem; text-align: left; vertical-align: top; }
label { display: block; margin: .25rem 0; }
</style>
</head>
<body>
<h1>${escape(title)}</h1>
${content}
</body>
</html>
`;

const section = (title: string, content: string): string => `<h2>${escape(title)}</h2>\n${content}`;

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string => {
  const head = columns.map((column) => `<th scope="col">${column}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return rows.length === 0 ? "<p>None.</p>" : `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
};

const form = (action: string, fields: readonly string[]): string => {
  const inputs = fields.map((name) => `<label>${name} <input name="${name}" required></label>`).join("");
  return `<form method="post" action="${action}">${inputs}<button>Send</button></form>`;
};

const link = (href: string, html: string): string => `<a href="${href}">${html}</a>`;

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
