import { type ZendeskClient } from "./client.js";
import { type MetricSet, type TicketRecord } from "./ticket.js";

/** As many as Zendesk gives at once. */
const PAGE = 100;
/** Hits that search can reach. */
export const MOST_HITS = 1_000;

/** A ticket with the place from which the list can be gone on with behind it. */
export interface Placed<Place extends object = object> {
  readonly record: TicketRecord;
  readonly place: Place;
}

/** Behind a ticket of the list of an organization: the page that it was on, by Zendesk's cursor, and its number. */
export interface ListPlace {
  readonly page: string | null;
  readonly id: number;
}

/** Behind a hit of a search: where it stood among the hits, its number and when it was created. */
export interface HitPlace {
  readonly hit: number;
  readonly id: number;
  readonly createdAt: string;
}

/** The order of hits, as Zendesk's search names it. */
export interface HitOrder {
  readonly by: "created_at" | "updated_at" | "priority" | "status";
  readonly direction: "asc" | "desc";
}

export const NEWEST_FIRST: HitOrder = { by: "created_at", direction: "desc" };

/** How Zendesk is asked for tickets. */
export interface Asking {
  readonly client: ZendeskClient;
  /** Decimal digits. */
  readonly organizationId: string;
  readonly signal?: AbortSignal;
}

interface ListAnswer {
  readonly tickets: readonly TicketRecord[];
  readonly metric_sets?: readonly MetricSet[];
  readonly meta?: { readonly has_more?: boolean; readonly after_cursor?: string | null };
}

/**
 * Tickets of an organization, newest first, page by page as Zendesk's cursors lead. What was opened meanwhile shifts
 * nothing: numbers only fall.
 * @param withMetrics whether each comes with its metrics
 * @throws ZendeskFailure; of the status 404 where there is no such organization
 */
export const listedTickets = async function* (
  { client, organizationId, signal }: Asking,
  behind: ListPlace | null,
  withMetrics = false,
): AsyncGenerator<Placed<ListPlace>> {
  let page = behind?.page ?? null;
  for (;;) {
    const { body } = await client.request<ListAnswer>({
      path: `/organizations/${organizationId}/tickets`,
      query: {
        sort: "-id",
        "page[size]": PAGE,
        ...(page !== null && { "page[after]": page }),
        ...(withMetrics && { include: "metric_sets" }),
      },
      ...(signal && { signal }),
    });
    const metrics = new Map((body.metric_sets ?? []).map((set) => [set.ticket_id, set]));
    for (const ticket of body.tickets) {
      if (String(ticket.organization_id) !== organizationId || (behind && ticket.id >= behind.id)) continue;
      const measured = metrics.get(ticket.id);
      yield { record: measured ? { ...ticket, metric_set: measured } : ticket, place: { page, id: ticket.id } };
    }
    const next = body.meta?.after_cursor ?? null;
    if (body.meta?.has_more !== true || next === null) return;
    page = next;
  }
};

interface SearchAnswer {
  readonly results: readonly TicketRecord[];
  readonly next_page: string | null;
}

/**
 * Hits of a search in an order, page by page and no more than search can reach; those of another organization are
 * dropped, whatever the query made Zendesk find.
 * @throws ZendeskFailure
 */
export const foundTickets = async function* (
  { client, organizationId, signal }: Asking,
  query: string,
  behind: HitPlace | null,
  order: HitOrder = NEWEST_FIRST,
): AsyncGenerator<Placed<HitPlace>> {
  let isBehind = behind === null;
  for (let page = Math.floor((behind?.hit ?? 0) / PAGE) + 1; (page - 1) * PAGE < MOST_HITS; page += 1) {
    const { body } = await client.request<SearchAnswer>({
      path: "/search",
      query: { query, sort_by: order.by, sort_order: order.direction, per_page: PAGE, page },
      ...(signal && { signal }),
    });
    const from = isBehind ? 0 : firstBehind(body.results, behind as HitPlace, order);
    if (from < body.results.length) isBehind = true;
    for (const [index, record] of body.results.entries()) {
      if (index < from || String(record.organization_id) !== organizationId) continue;
      const hit = (page - 1) * PAGE + index;
      yield { record, place: { hit, id: record.id, createdAt: record.created_at } };
    }
    if (body.next_page === null) return;
  }
};

/**
 * The first hit behind a place: behind the ticket that stood there. New hits shift others: where it is no longer on
 * the page, the first one that is as old, or in another order than the newest first the one in its place.
 */
const firstBehind = (
  results: readonly TicketRecord[],
  { hit, id, createdAt }: HitPlace,
  { by, direction }: HitOrder,
): number => {
  const there = results.findIndex((record) => record.id === id);
  if (there >= 0) return there + 1;
  if (by !== NEWEST_FIRST.by || direction !== NEWEST_FIRST.direction) return hit % PAGE;
  const older = results.findIndex(({ created_at: at }) => Date.parse(at) <= Date.parse(createdAt));
  return older < 0 ? results.length : older;
};

/** A ticket by its number, if it is the organization's. @throws ZendeskFailure */
export const numberedTicket = async (
  { client, organizationId, signal }: Asking,
  number: string,
): Promise<TicketRecord | null> => {
  if (!/^[1-9]\d{0,15}$/.test(number)) return null;
  const found = await client.find<{ readonly ticket: TicketRecord }>({
    path: `/tickets/${number}`,
    ...(signal && { signal }),
  });
  return String(found?.ticket.organization_id) === organizationId ? (found?.ticket ?? null) : null;
};
