import { badParameter, notFound, type Reply } from "./answers.js";
import { type IdempotencyKeys } from "./idempotency.js";
import { numberOf, textOf, wrapped } from "./input.js";
import {
  createOrganization,
  createOrUpdateOrganization,
  deleteOrganization,
  organizationOf,
  organizationsBy,
  updateOrganization,
} from "./organizations.js";
import { cursorPage, isByCursor, offsetPage, SEARCH_LIMIT } from "./paging.js";
import { priorities, statuses, type Ticket } from "./records.js";
import { searchTickets } from "./search-query.js";
import { type State } from "./state.js";
import { commentsOf, createTicket, metricSetOf, ticketOf, updateTicket } from "./tickets.js";
import { createOrUpdateUser, createUser, searchUsers, updateUser, userOf } from "./users.js";

/** A request to `/api/v2`, authenticated. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  /** The body as it came. */
  readonly text: string;
  readonly idempotencyKey: string | undefined;
  /** Who asks, by e-mail. */
  readonly agent: string;
}

interface Context extends ApiRequest {
  readonly state: State;
  readonly keys: IdempotencyKeys;
  readonly id: number;
}

type Route = readonly [method: string, path: RegExp, answer: (context: Context) => Reply];

const ok = (body: unknown): Reply => ({ status: 200, body });
const created = (isNew: boolean, body: unknown): Reply => ({ status: isNew ? 201 : 200, body });

const routes: readonly Route[] = [
  [
    "POST",
    /^organizations$/,
    ({ state, body }) => created(true, { organization: createOrganization(state, wrapped(body, "organization")) }),
  ],
  [
    "POST",
    /^organizations\/create_or_update$/,
    ({ state, body }) => {
      const { organization, isNew } = createOrUpdateOrganization(state, wrapped(body, "organization"));
      return created(isNew, { organization });
    },
  ],
  ["GET", /^organizations$/, ({ state, url }) => ok(paged(url, "organizations", [...state.organizations.values()]))],
  [
    "GET",
    /^organizations\/search$/,
    ({ state, url }) => {
      const name = url.searchParams.get("name");
      const externalId = url.searchParams.get("external_id");
      if (name === null && externalId === null)
        throw badParameter("MissingParameter", "name or external_id is needed.");
      const by = { ...(name === null ? {} : { name }), ...(externalId === null ? {} : { externalId }) };
      return ok(offsetPage(url, "organizations", organizationsBy(state, by)));
    },
  ],
  [
    "GET",
    /^organizations\/autocomplete$/,
    ({ state, url }) => {
      const prefix = url.searchParams.get("name") ?? "";
      if (prefix === "") throw badParameter("MissingParameter", "name is needed.");
      return ok(offsetPage(url, "organizations", organizationsBy(state, { prefix })));
    },
  ],
  ["GET", /^organizations\/(\d+)$/, ({ state, id }) => ok({ organization: organizationOf(state, id) })],
  [
    "PUT",
    /^organizations\/(\d+)$/,
    ({ state, id, body }) => ok({ organization: updateOrganization(state, id, wrapped(body, "organization")) }),
  ],
  [
    "DELETE",
    /^organizations\/(\d+)$/,
    ({ state, id }) => {
      deleteOrganization(state, id);
      return { status: 204 };
    },
  ],
  [
    "GET",
    /^organizations\/(\d+)\/users$/,
    ({ state, url, id }) => {
      organizationOf(state, id);
      return ok(
        paged(
          url,
          "users",
          [...state.users.values()].filter(({ organization_id: of }) => of === id),
        ),
      );
    },
  ],
  [
    "GET",
    /^organizations\/(\d+)\/tickets$/,
    ({ state, url, id }) => {
      organizationOf(state, id);
      return ok(
        ticketPage(
          state,
          url,
          [...state.tickets.values()].filter(({ organization_id: of }) => of === id),
        ),
      );
    },
  ],
  ["GET", /^organization_fields$/, ({ state, url }) => ok(paged(url, "organization_fields", state.organizationFields))],
  ["POST", /^users$/, ({ state, body }) => created(true, { user: createUser(state, wrapped(body, "user")) })],
  [
    "POST",
    /^users\/create_or_update$/,
    ({ state, body }) => {
      const { user, isNew } = createOrUpdateUser(state, wrapped(body, "user"));
      return created(isNew, { user });
    },
  ],
  ["GET", /^users$/, ({ state, url }) => ok(paged(url, "users", [...state.users.values()]))],
  [
    "GET",
    /^users\/search$/,
    ({ state, url }) => {
      const externalId = url.searchParams.get("external_id");
      const query = externalId === null ? (url.searchParams.get("query") ?? "") : `external_id:${externalId}`;
      return ok(offsetPage(url, "users", searchUsers(state, query)));
    },
  ],
  [
    "GET",
    /^users\/me$/,
    ({ state, agent }) => ok({ user: [...state.users.values()].find(({ email }) => email === agent) ?? null }),
  ],
  ["GET", /^users\/(\d+)$/, ({ state, id }) => ok({ user: userOf(state, id) })],
  ["PUT", /^users\/(\d+)$/, ({ state, id, body }) => ok({ user: updateUser(state, id, wrapped(body, "user")) })],
  [
    "POST",
    /^tickets$/,
    ({ state, keys, body, text, idempotencyKey }) =>
      keys.answer(idempotencyKey, text, state.now(), () =>
        created(true, { ticket: createTicket(state, wrapped(body, "ticket")) }),
      ),
  ],
  [
    "GET",
    /^tickets$/,
    ({ state, url }) => {
      const externalId = url.searchParams.get("external_id");
      const tickets = [...state.tickets.values()];
      return ok(
        ticketPage(
          state,
          url,
          externalId === null ? tickets : tickets.filter((ticket) => ticket.external_id === externalId),
        ),
      );
    },
  ],
  [
    "GET",
    /^tickets\/show_many$/,
    ({ state, url }) => {
      const ids = (url.searchParams.get("ids") ?? "").split(",").map(Number);
      return ok(
        ticketPage(
          state,
          url,
          ids.flatMap((id) => state.tickets.get(id) ?? []),
        ),
      );
    },
  ],
  [
    "GET",
    /^tickets\/(\d+)$/,
    ({ state, url, id }) => ok({ ticket: ticketOf(state, id), ...metrics(state, url, [ticketOf(state, id)]) }),
  ],
  [
    "PUT",
    /^tickets\/(\d+)$/,
    ({ state, id, body }) => ok({ ticket: updateTicket(state, id, wrapped(body, "ticket")) }),
  ],
  ["GET", /^tickets\/(\d+)\/comments$/, ({ state, url, id }) => ok(paged(url, "comments", commentsOf(state, id)))],
  [
    "GET",
    /^tickets\/(\d+)\/metrics$/,
    ({ state, id }) => ok({ ticket_metric: metricSetOf(state, ticketOf(state, id)) }),
  ],
  [
    "GET",
    /^search$/,
    ({ state, url }) => {
      const query = url.searchParams.get("query");
      if (query === null || query.trim() === "") throw badParameter("MissingParameter", "query is needed.");
      const found = sortedHits(url, searchTickets(state, query));
      const results = found.map((ticket) => ({ ...ticket, result_type: "ticket" }));
      return ok(offsetPage(url, "results", results, SEARCH_LIMIT));
    },
  ],
];

/**
 * What Zendesk's API answers.
 * @throws Refusal
 */
export const answerApi = (state: State, keys: IdempotencyKeys, request: ApiRequest): Reply => {
  const path = request.url.pathname.replace(/^\/api\/v2\//, "").replace(/\.json$/, "");
  for (const [method, pattern, answer] of routes) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (match) return answer({ ...request, state, keys, id: numberOf(match[1]) ?? 0 });
  }
  throw notFound();
};

const paged = (url: URL, key: string, rows: readonly { readonly id: number }[]) =>
  isByCursor(url) ? cursorPage(url, key, rows, ({ id }) => id) : offsetPage(url, key, rows);

/** Lists of tickets are sorted by id unless `sort` says otherwise; `-` turns the order round. */
const ticketPage = (state: State, url: URL, tickets: readonly Ticket[]): Record<string, unknown> => {
  const sort = url.searchParams.get("sort") ?? url.searchParams.get("sort_by") ?? "id";
  const isDown = sort.startsWith("-") || url.searchParams.get("sort_order") === "desc";
  const rows = sorted(tickets, sort.replace(/^-/, ""), isDown);
  const page = paged(url, "tickets", rows);
  return { ...page, ...metrics(state, url, page["tickets"] as Ticket[]) };
};

/** `include=metric_sets` puts the tickets' metrics beside them. */
const metrics = (state: State, url: URL, tickets: readonly Ticket[]): Record<string, unknown> =>
  (url.searchParams.get("include") ?? "").split(",").includes("metric_sets")
    ? { metric_sets: tickets.map((ticket) => metricSetOf(state, ticket)) }
    : {};

const sortedHits = (url: URL, tickets: readonly Ticket[]): Ticket[] =>
  sorted(tickets, url.searchParams.get("sort_by") ?? "created_at", url.searchParams.get("sort_order") !== "asc");

const sorted = (tickets: readonly Ticket[], by: string, isDown: boolean): Ticket[] => {
  const sign = isDown ? -1 : 1;
  const valueOf = (ticket: Ticket): string | number => {
    if (by === "created_at" || by === "updated_at") return ticket[by];
    if (by === "status") return statuses.indexOf(ticket.status);
    if (by === "priority") return ticket.priority === null ? -1 : priorities.indexOf(ticket.priority);
    if (by === "id") return ticket.id;
    throw badParameter("InvalidPaginationParameter", `Tickets cannot be sorted by ${textOf(by) ?? ""}.`);
  };
  return [...tickets].sort((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    return sign * (a < b ? -1 : a > b ? 1 : left.id - right.id);
  });
};
