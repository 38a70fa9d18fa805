import { type LateEvent } from "#domain/billing/ledger.js";
import { type LocalDate } from "#domain/calendar.js";
import { type BasisEntry } from "#domain/invoicing/events.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";

/** What a customer's charges are computed from now, and how far its periods are closed. */
export interface Current {
  readonly customerId: string;
  readonly closedTo: LocalDate | null;
  /** Its streams with their revisions in the feed. */
  readonly basis: readonly BasisEntry[];
}

interface Fact {
  readonly stream: string;
  readonly revision: string;
  readonly event_id: string;
  readonly effective_on: LocalDate;
}

/**
 * The late events of customers, by customer id: those that the basis of the last close does not reach, and that take
 * effect before its end. Only streams that have moved on since then are looked at, so that it takes the same however
 * long a history is.
 */
export const lateEventsOf = async (
  db: Queryable,
  provider: string,
  customers: readonly Current[],
): Promise<Map<string, LateEvent[]>> => {
  const closed = customers.filter(({ closedTo }) => closedTo !== null);
  const bases = await lastBases(
    db,
    provider,
    closed.map(({ customerId }) => customerId),
  );
  const moved = closed.flatMap(({ customerId, closedTo, basis }) => {
    const known = bases.get(customerId) ?? {};
    return basis.flatMap(({ stream, revision }) => {
      const reached = known[stream] ?? "-1";
      if (BigInt(revision) <= BigInt(reached)) return [];
      const { category, id } = parseStreamName(stream);
      return category === "receivables"
        ? []
        : [{ customerId, closedTo: closedTo ?? "", stream, reached, category, id }];
    });
  });
  const facts = await factsBeyond(db, provider, moved);
  const late = new Map<string, LateEvent[]>();
  for (const { customerId, closedTo, stream, reached, category, id } of moved) {
    const own = (facts.get(stream) ?? []).filter(
      ({ revision, effective_on }) => BigInt(revision) > BigInt(reached) && effective_on < closedTo,
    );
    if (own.length === 0) continue;
    const commitmentId = category === "commitment" ? id : null;
    const events = own.map(({ event_id, effective_on }) => ({
      eventId: event_id,
      commitmentId,
      effectiveOn: effective_on,
    }));
    late.set(customerId, [...(late.get(customerId) ?? []), ...events]);
  }
  return late;
};

/** The basis of each customer's last close: stream to revision. */
const lastBases = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> => {
  if (customerIds.length === 0) return new Map();
  const found = await db.query<{ customer_id: string; basis: Record<string, string> }[]>(
    `SELECT c.customer_id, p.basis FROM unnest($2::uuid[]) AS c (customer_id),
       LATERAL (SELECT basis FROM billing_closed_periods
                 WHERE provider_id = $1 AND customer_id = c.customer_id ORDER BY period_from DESC LIMIT 1) p`,
    [provider, customerIds],
  );
  return new Map(found.map(({ customer_id, basis }) => [customer_id, basis]));
};

/** Charging events beyond a revision of their stream, in order, by stream. */
const factsBeyond = async (
  db: Queryable,
  provider: string,
  streams: readonly { readonly stream: string; readonly reached: string }[],
): Promise<Map<string, Fact[]>> => {
  const facts = new Map<string, Fact[]>();
  if (streams.length === 0) return facts;
  // Customers of one class name the same stream: it is read once, from the lowest revision.
  const lowest = new Map<string, bigint>();
  for (const { stream, reached } of streams) {
    const known = lowest.get(stream);
    if (known === undefined || BigInt(reached) < known) lowest.set(stream, BigInt(reached));
  }
  const found = await db.query<Fact[]>(
    `SELECT f.stream, f.revision::text, f.event_id, f.effective_on
       FROM unnest($2::text[], $3::bigint[]) AS s (stream, reached)
       JOIN billing_facts f ON f.provider_id = $1 AND f.stream = s.stream AND f.revision > s.reached
      ORDER BY f.stream, f.revision`,
    [provider, [...lowest.keys()], [...lowest.values()].map(String)],
  );
  for (const fact of found) {
    const own = facts.get(fact.stream) ?? [];
    facts.set(fact.stream, own);
    own.push(fact);
  }
  return facts;
};
