import { invalidRecord, notFound } from "./answers.js";
import { isObject, type Json, numberOf, oneOf, textOf } from "./input.js";
import { organizationOf, organizationOfDomain } from "./organizations.js";
import { type Comment, type MetricSet, priorities, statuses, type Ticket, types, type User } from "./records.js";
import { isoTime, type State } from "./state.js";
import { createUser, userByEmail, userOf } from "./users.js";

/** The ticket, or 404. */
export const ticketOf = (state: State, id: number): Ticket => {
  const found = state.tickets.get(id);
  if (!found) throw notFound();
  return found;
};

/**
 * A ticket of an agent's program, of a mail or of a call. One without an organization belongs to that of its requester,
 * known by e-mail, else by the domain of the address.
 */
export const createTicket = (state: State, input: Json, channel: Ticket["via"]["channel"] = "api"): Ticket => {
  const comment = isObject(input["comment"]) ? input["comment"] : {};
  const body = textOf(comment["body"]) ?? textOf(input["description"]) ?? "";
  if (body.trim() === "") {
    throw invalidRecord({ base: { error: "BlankValue", description: "Description: cannot be blank" } });
  }
  const organizationId = numberOf(input["organization_id"]) ?? null;
  if (organizationId !== null) organizationOf(state, organizationId);
  const requester = requesterOf(state, input);
  const id = state.nextTicketNumber();
  const at = state.time();
  const ticket = state.saveTicket({
    id,
    url: `${state.url}/api/v2/tickets/${id}.json`,
    external_id: textOf(input["external_id"]) ?? null,
    subject: textOf(input["subject"]) ?? body.slice(0, 80),
    description: body,
    priority: oneOf(input["priority"], priorities) ?? null,
    type: oneOf(input["type"], types) ?? null,
    status: oneOf(input["status"], statuses) ?? "new",
    requester_id: requester.id,
    organization_id: organizationId ?? organizationOfRequester(state, requester),
    recipient: textOf(input["recipient"]) ?? null,
    tags: tagsOf(input["tags"]) ?? [],
    custom_fields: customFieldsOf([], input["custom_fields"]),
    via: { channel },
    created_at: at,
    updated_at: at,
  });
  addComment(state, ticket, requester.id, body);
  noteSolution(state, ticket);
  return ticket;
};

/** What an agent changes: whom it belongs to, how it stands, an answer. A closed one stays as it is. */
export const updateTicket = (state: State, id: number, input: Json): Ticket => {
  const old = ticketOf(state, id);
  if (old.status === "closed") {
    const description = "Status: closed prevents ticket update";
    throw invalidRecord({ status: { error: "InvalidValue", description } });
  }
  const given = <Value>(value: Value | undefined, before: Value) => (value === undefined ? before : value);
  const organizationId = given(numberOf(input["organization_id"]), old.organization_id);
  if (organizationId !== null) organizationOf(state, organizationId);
  const ticket = state.saveTicket({
    ...old,
    external_id: given(textOf(input["external_id"]), old.external_id),
    subject: textOf(input["subject"]) ?? old.subject,
    priority: given(oneOf(input["priority"], priorities), old.priority),
    type: given(oneOf(input["type"], types), old.type),
    status: oneOf(input["status"], statuses) ?? old.status,
    organization_id: organizationId,
    tags: tagsOf(input["tags"]) ?? old.tags,
    custom_fields: customFieldsOf(old.custom_fields, input["custom_fields"]),
    updated_at: state.time(),
  });
  const comment = isObject(input["comment"]) ? input["comment"] : {};
  const body = textOf(comment["body"]) ?? "";
  if (body !== "")
    addComment(state, ticket, numberOf(comment["author_id"]) ?? ticket.requester_id, body, comment["public"] !== false);
  noteSolution(state, ticket);
  return ticket;
};

export const commentsOf = (state: State, ticketId: number): Comment[] => {
  ticketOf(state, ticketId);
  return state.comments.filter(({ ticket_id: of }) => of === ticketId);
};

/** Minutes until the first and the last solution; business hours are all hours here. */
export const metricSetOf = (state: State, ticket: Ticket): MetricSet => {
  const solution = state.solutions.get(ticket.id);
  const minutes = (until: number | undefined) => {
    const whole = until === undefined ? null : Math.floor((until - Date.parse(ticket.created_at)) / 60_000);
    return { calendar: whole, business: whole };
  };
  return {
    ticket_id: ticket.id,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    solved_at: solution?.last === undefined ? null : isoTime(solution.last),
    first_resolution_time_in_minutes: minutes(solution?.first),
    full_resolution_time_in_minutes: minutes(solution?.last),
  };
};

/** One that is opened again has its first solution, and no last one until it is solved again. */
const noteSolution = (state: State, { id, status }: Ticket): void => {
  const known = state.solutions.get(id);
  const isSolved = status === "solved" || status === "closed";
  if (isSolved) state.solutions.set(id, { first: known?.first ?? state.now(), last: known?.last ?? state.now() });
  else if (known) state.solutions.set(id, { first: known.first, last: undefined });
};

const requesterOf = (state: State, input: Json): User => {
  const id = numberOf(input["requester_id"]);
  if (typeof id === "number") return userOf(state, id);
  const requester = isObject(input["requester"]) ? input["requester"] : {};
  const email = textOf(requester["email"]);
  const known = email ? userByEmail(state, email) : undefined;
  if (known) return known;
  if (!email && !textOf(requester["name"])) {
    throw invalidRecord({ requester: { error: "BlankValue", description: "Requester: is required" } });
  }
  return createUser(state, { name: email, ...requester, role: "end-user" });
};

const organizationOfRequester = (state: State, { organization_id: own, email }: User): number | null =>
  own ?? (email === null ? null : (organizationOfDomain(state, email)?.id ?? null));

const addComment = (state: State, { id }: Ticket, authorId: number, body: string, isPublic = true): void => {
  const comment = { id: state.nextId(), ticket_id: id, author_id: authorId, body, public: isPublic };
  state.comments.push({ ...comment, created_at: state.time() });
};

const tagsOf = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined);

/** Fields given replace those of the same id, the others stay. */
const customFieldsOf = (old: Ticket["custom_fields"], value: unknown): Ticket["custom_fields"] => {
  const given = (Array.isArray(value) ? value : []).flatMap((field: unknown) => {
    const id = isObject(field) ? numberOf(field["id"]) : undefined;
    return isObject(field) && typeof id === "number" ? [{ id, value: field["value"] ?? null }] : [];
  });
  return [...old.filter(({ id }) => !given.some((field) => field.id === id)), ...given];
};
