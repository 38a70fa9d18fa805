import { z } from "zod";
import { type TimeZone } from "#domain/calendar.js";
import { reject } from "#domain/rejection.js";
import { DEFAULT_PAGE, MAX_PAGE } from "#read-models/rows/window.js";
import { type Ticket, ticketOf } from "./ticket.js";
import { isGiven, meets, searchQuery, type TicketFilter } from "./ticket-filter.js";
import {
  type Asking,
  foundTickets,
  type HitOrder,
  listedTickets,
  NEWEST_FIRST,
  numberedTicket,
  type Placed,
} from "./ticket-pages.js";

/** What tickets can be sorted by: what Zendesk's search can. */
export type TicketSortField = "CREATED" | "UPDATED" | "PRIORITY" | "STATUS";

export interface TicketSort {
  readonly by: TicketSortField;
  /** `ASC` unless given. */
  readonly direction?: "ASC" | "DESC" | null | undefined;
}

/** A customer's tickets as they are asked for. */
export interface AskedTickets {
  /** 0 to 200; 50 unless given. */
  readonly first?: number | null | undefined;
  /** The cursor of the item behind which the list begins. */
  readonly after?: string | null | undefined;
  readonly filter?: TicketFilter | null | undefined;
  /** The newest first unless given. */
  readonly sort?: TicketSort | null | undefined;
  /** The customer's, whose days filters name. */
  readonly timeZone: TimeZone;
}

export interface TicketSlice {
  readonly items: readonly { readonly cursor: string; readonly ticket: Ticket }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Whether Zendesk's search found them, which lags behind by minutes. */
  readonly searched: boolean;
}

/** What cursors hold, by the way in which tickets are found. */
const places = {
  list: z.object({ in: z.literal("list"), page: z.string().nullable(), id: z.int() }),
  search: z.object({
    in: z.literal("search"),
    hit: z.int().nonnegative(),
    id: z.int(),
    createdAt: z.iso.datetime(),
    order: z.string(),
  }),
  number: z.object({ in: z.literal("number"), id: z.int() }),
} as const;
type Way = keyof typeof places;

/**
 * Tickets of a customer's organization. Newest first and without a filter Zendesk's list is read, by its cursors; in
 * another order or with a filter its search, by numbers of pages; with a number, that ticket.
 * @throws Rejection VALIDATION_FAILED; ZendeskFailure
 */
export const ticketsOf = async (asking: Asking, asked: AskedTickets): Promise<TicketSlice> => {
  const { after = null, timeZone } = asked;
  const size = asked.first ?? DEFAULT_PAGE;
  if (size < 0 || size > MAX_PAGE) {
    throw reject("VALIDATION_FAILED", `first must be from 0 to ${MAX_PAGE}.`, { field: "first" });
  }
  const filter = asked.filter ?? {};
  const { origin } = asking.client.configuration;
  const slice = async (way: Way, placed: AsyncIterable<Placed>): Promise<TicketSlice> => {
    const items: { cursor: string; ticket: Ticket }[] = [];
    const answer = { items, hasPreviousPage: after !== null, searched: way === "search" };
    for await (const { record, place } of placed) {
      if (items.length === size) return { ...answer, hasNextPage: true };
      items.push({ cursor: encode({ in: way, ...place }), ticket: ticketOf(record, origin) });
    }
    return { ...answer, hasNextPage: false };
  };
  const { number } = filter;
  if (number != null) {
    const isBehind = decode("number", after) !== null;
    const record = isBehind ? null : await numberedTicket(asking, number.trim());
    const isMet = record !== null && meets(ticketOf(record, origin), filter, timeZone);
    return slice("number", only(isMet ? [{ record, place: { id: record.id } }] : []));
  }
  const order = orderOf(asked.sort);
  if (!isGiven(filter) && order === NEWEST_FIRST) {
    return slice("list", listedTickets(asking, decode("list", after)));
  }
  const behind = decode("search", after);
  const named = `${order.by} ${order.direction}`;
  if (behind !== null && behind.order !== named) throw noCursor();
  const query = searchQuery(asking.organizationId, filter, timeZone);
  return slice("search", query === null ? only([]) : withOrder(foundTickets(asking, query, behind, order), named));
};

const ORDERS = { CREATED: "created_at", UPDATED: "updated_at", PRIORITY: "priority", STATUS: "status" } as const;

const orderOf = (sort: TicketSort | null | undefined): HitOrder => {
  if (!sort || (sort.by === "CREATED" && sort.direction === "DESC")) return NEWEST_FIRST;
  return { by: ORDERS[sort.by], direction: sort.direction === "DESC" ? "desc" : "asc" };
};

/** Hits whose places say in which order they stand. */
const withOrder = async function* (placed: AsyncIterable<Placed>, order: string): AsyncGenerator<Placed> {
  for await (const { record, place } of placed) yield { record, place: { ...place, order } };
};

// eslint-disable-next-line @typescript-eslint/require-await -- looks like what Zendesk is asked for
const only = async function* (placed: readonly Placed[]): AsyncGenerator<Placed> {
  yield* placed;
};

const encode = (place: object): string => Buffer.from(JSON.stringify(place)).toString("base64url");

/** @throws Rejection VALIDATION_FAILED for what is not a cursor of this way */
const decode = <Of extends Way>(way: Of, text: string | null): z.infer<(typeof places)[Of]> | null => {
  if (text === null) return null;
  const place = places[way].safeParse(jsonOf(Buffer.from(text, "base64url").toString("utf8")));
  if (place.success) return place.data as z.infer<(typeof places)[Of]>;
  throw noCursor();
};

const noCursor = (): Error => reject("VALIDATION_FAILED", "after is not a cursor of this list.", { field: "after" });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
