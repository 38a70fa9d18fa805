import { customerEvolver } from "#domain/customers/customer.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type Answer, type Content, type DeliveryTo, type Sources } from "../deliveries/target.js";
import { eventOf } from "./event-of.js";
import { type User } from "./records.js";
import { type TicketRecord } from "./ticket.js";
import { contactIdOf, END_USER, usersBy } from "./users.js";
import { ask, type Work } from "./work.js";

/** Zendesk knows idempotency keys for hours: after so long a ticket that may be there already is looked for. */
const TRUSTED_MS = 3_600_000;

/** What is sent, the same on every try: Zendesk refuses a key that comes with something else. */
interface TicketContent {
  readonly ticket: object;
  /** A requester without an e-mail address: Zendesk would make a new user of it for each ticket. */
  readonly withoutEmail?: { readonly name: string; readonly external_id: string; readonly organization_id?: number };
  /** System's time, in milliseconds, of the first try. */
  readonly preparedAt: number;
}

/**
 * The ticket of a request for help: in the customer's organization where it is linked, else of its requester alone. Its
 * external id is that of the event.
 * @param now the system's time in milliseconds
 */
export const prepareTicket = async (
  delivery: DeliveryTo<"ZENDESK">,
  { store }: Pick<Sources, "store">,
  now: number,
): Promise<{ content: Content }> => {
  const event = await eventOf(delivery, store);
  if (event.type !== "TicketRequested") throw new Error("its event is another one.");
  const { customerId, personId, personal } = event.data;
  const { subject, body, requester } = personal;
  const { name, email } = requester;
  const stream = streamName(delivery.provider, "customer", customerId);
  const { state: customer } = await loadAggregate(store, stream, customerEvolver);
  const organizationId = customer?.zendesk?.link?.organizationId;
  const organization = organizationId === undefined ? {} : { organization_id: Number(organizationId) };
  const ticket = { subject, comment: { body }, external_id: event.id, ...organization };
  // The customer's contact is the user that customers are provisioned with (upsert-user.ts).
  const externalId = personId === null ? contactIdOf(customerId) : `person:${personId}`;
  const content: TicketContent =
    email === null
      ? { ticket, preparedAt: now, withoutEmail: { name, external_id: externalId, ...organization } }
      : { ticket: { ...ticket, requester: { name, email } }, preparedAt: now };
  return { content };
};

/**
 * Opens the ticket once: by the idempotency key, and where that may be forgotten by a look for the ticket's external id.
 * @param now the system's time in milliseconds
 * @throws ZendeskFailure
 */
export const createTicket = async (work: Work, content: Content, now: number): Promise<Answer> => {
  const { ticket, withoutEmail, preparedAt } = content as TicketContent;
  const { event } = work.delivery;
  const isOld = [preparedAt, Date.parse(event.recordedAt)].some((at) => now - at > TRUSTED_MS);
  if (isOld && (await ticketOfRequest(work, event.id))) return { outcome: "DELIVERED" };
  const requester = withoutEmail ? { requester_id: await userWithout(work, withoutEmail) } : {};
  await ask(work, {
    method: "POST",
    path: "/tickets",
    headers: { "idempotency-key": work.delivery.id },
    body: { ticket: { ...ticket, ...requester } },
  });
  return { outcome: "DELIVERED" };
};

/** The user that stands for somebody without an e-mail address, as it is; made where there is none. @throws ZendeskFailure */
const userWithout = async (
  work: Work,
  { external_id: externalId, ...others }: NonNullable<TicketContent["withoutEmail"]>,
): Promise<number> => {
  const found = (await usersBy(work, { external_id: externalId })).find((user) => user.external_id === externalId);
  if (found) return found.id;
  const user = { ...others, external_id: externalId, role: END_USER, skip_verify_email: true };
  const request = { method: "POST", path: "/users/create_or_update", body: { user } } as const;
  return (await ask<{ user: User }>(work, request)).user.id;
};

/** The ticket with the external id of an event; undefined: there is none. @throws ZendeskFailure */
const ticketOfRequest = async (work: Work, eventId: string): Promise<TicketRecord | undefined> => {
  const query = { external_id: eventId };
  const { tickets } = await ask<{ readonly tickets: readonly TicketRecord[] }>(work, { path: "/tickets", query });
  return tickets.find(({ external_id: externalId }) => externalId === eventId);
};

/** Requests that are looked at when a customer is linked: the latest ones. */
const MOST_EARLIER = 100;

/**
 * Gives the tickets that we opened for the customer, and that belong to no organization, the one that it is linked to.
 * @throws ZendeskFailure
 */
export const adoptEarlierTickets = async (work: Work, organizationId: string): Promise<void> => {
  const { delivery, sending } = work;
  const opened = await sending.dataSource.query<{ event_id: string }[]>(
    `SELECT event_id FROM deliveries
      WHERE provider_id = $1 AND customer_id = $2 AND target = 'ZENDESK' AND kind = 'TICKET_CREATED'
        AND status = 'DELIVERED'
      ORDER BY commit DESC, prepare DESC LIMIT $3`,
    [delivery.provider, delivery.customerId, MOST_EARLIER],
  );
  for (const { event_id: eventId } of opened) {
    const ticket = await ticketOfRequest(work, eventId);
    if (!ticket || ticket.organization_id !== null || ticket.status === "closed") continue;
    await ask(work, {
      method: "PUT",
      path: `/tickets/${ticket.id}`,
      body: { ticket: { organization_id: Number(organizationId) } },
    });
  }
};
