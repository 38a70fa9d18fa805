import { type BilledLine, type CustomerBilling, type LateEvent } from "#domain/billing/ledger.js";
import { earliest, later, type LocalDate } from "#domain/calendar.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { billingPeriodOf, type Customer } from "#domain/customers/customer.js";
import { type BasisEntry } from "#domain/invoicing/events.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type FactRow } from "./charging-events.js";
import { billedLinesOf } from "./lines.js";

/** What a customer's charges are computed from now, and how far its periods are closed. */
export interface Current {
  readonly history: CustomerHistory;
  readonly closedTo: LocalDate | null;
  /** The streams that it was loaded from, with their revisions. */
  readonly basis: readonly BasisEntry[];
}

/** A stream that has moved on since the customer's last close. */
interface Moved {
  readonly customerId: string;
  readonly closedTo: LocalDate;
  readonly stream: string;
  /** The revision in the last close's basis; -1: it was not in it. */
  readonly reached: bigint;
  /** Whose charging events they are: the customer, or a class. */
  readonly subject: string;
  readonly commitmentId: string | null;
  readonly accountId?: string;
  /** The first day on which an event of a day concerns the customer. */
  readonly from: (effectiveOn: LocalDate) => LocalDate;
}

type Fact = Pick<FactRow, "stream" | "subject_id" | "revision" | "event_id" | "effective_on">;

/**
 * The late events of customers, by customer id: those that the basis of the last close does not reach, and that take
 * effect before its end. Only streams that have moved on since then are looked at, so that it takes the same however
 * long a history is.
 * @param bases the basis of each customer's last close, stream to revision
 */
export const lateEventsOf = async (
  db: Queryable,
  provider: string,
  customers: readonly Current[],
  bases: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Promise<Map<string, LateEvent[]>> => {
  const closed = customers.filter(({ closedTo }) => closedTo !== null);
  const moved = closed.flatMap((one) => movedStreams(one, bases.get(one.history.customer.customerId) ?? {}));
  return lateAmong(moved, await factsBeyond(db, provider, moved));
};

/** Charging events of one subject in one stream, in their order. */
type Facts = ReadonlyMap<string, readonly Fact[]>;

/** By this key. */
export const factsKey = (stream: string, subject: string): string => `${stream} ${subject}`;

/** The late events of a customer. @param reachedBy the basis of its last close, stream to revision @param facts at least those beyond it */
export const lateEventsOfOne = (
  customer: Current,
  reachedBy: Readonly<Record<string, string>>,
  facts: Facts,
): LateEvent[] => lateAmong(movedStreams(customer, reachedBy), facts).get(customer.history.customer.customerId) ?? [];

const lateAmong = (moved: readonly Moved[], facts: Facts): Map<string, LateEvent[]> => {
  const late = new Map<string, LateEvent[]>();
  for (const { customerId, closedTo, stream, reached, subject, commitmentId, accountId, from } of moved) {
    const events = (facts.get(factsKey(stream, subject)) ?? [])
      .filter(({ revision }) => BigInt(revision) > reached)
      .map(({ event_id, effective_on }) => ({
        eventId: event_id,
        commitmentId,
        ...(accountId !== undefined && { accountId }),
        effectiveOn: from(effective_on),
      }))
      .filter(({ effectiveOn }) => effectiveOn < closedTo);
    if (events.length > 0) late.set(customerId, [...(late.get(customerId) ?? []), ...events]);
  }
  return late;
};

const movedStreams = ({ history, closedTo, basis }: Current, reachedBy: Readonly<Record<string, string>>): Moved[] => {
  const { customerId } = history.customer;
  return basis.flatMap(({ stream, revision }): Moved[] => {
    const known = reachedBy[stream];
    if (closedTo === null || revision === known) return [];
    const reached = BigInt(known ?? -1);
    if (BigInt(revision) <= reached) return [];
    const { category, id } = parseStreamName(stream);
    const own = { customerId, closedTo, stream, reached, subject: customerId, commitmentId: null };
    const moved = { ...own, from: (effectiveOn: LocalDate) => effectiveOn };
    switch (category) {
      case "customerclass":
        // The class of another holder counts once a close has seen it: its terms of before then are in that basis.
        if (firstIn(history.customer, id) === null && known === undefined) return [];
        return [{ ...moved, subject: id, from: (effectiveOn) => firstDayByClass(history, id, effectiveOn) }];
      case "commitment":
        return [{ ...moved, commitmentId: id }];
      case "account":
      case "usage":
        return [{ ...moved, accountId: id }];
      default:
        return [moved];
    }
  });
};

/**
 * The first day whose charges or penalty a revision of a class can change for a customer: from the day on which it is in
 * the class; for another holder that is in it the first of that holder's period, which is billed by the terms of its last
 * day (decision 195).
 */
const firstDayByClass = (
  { customer, others }: CustomerHistory,
  customerClassId: string,
  effectiveOn: LocalDate,
): LocalDate => {
  const own = firstIn(customer, customerClassId);
  const theirs = [...others.values()].flatMap(({ customer: other }) => {
    const since = firstIn(other, customerClassId);
    return since === null ? [] : [billingPeriodOf(other, later(effectiveOn, since)).from];
  });
  const days = [...(own === null ? [] : [later(effectiveOn, own)]), ...theirs];
  return days.reduce<LocalDate | null>(earliest, null) ?? effectiveOn;
};

/** The first day on which a customer is in a class; null: it never was. */
const firstIn = ({ classes }: Customer, customerClassId: string): LocalDate | null =>
  classes
    .filter((entry) => entry.customerClassId === customerClassId)
    .reduce<LocalDate | null>((first, { effectiveOn }) => earliest(first, effectiveOn), null);

/** The day from which closed periods must be computed again; null: no event is late. */
export const firstDay = (late: readonly LateEvent[]): LocalDate | null =>
  late.reduce<LocalDate | null>((first, { effectiveOn }) => earliest(first, effectiveOn), null);

/** Charging events beyond a revision of their stream, in order, by stream and subject. */
const factsBeyond = async (db: Queryable, provider: string, streams: readonly Moved[]): Promise<Facts> => {
  const facts = new Map<string, Fact[]>();
  if (streams.length === 0) return facts;
  // Customers of one class look at the same events: those are read once, from the lowest revision.
  const lowest = new Map<string, Moved>();
  for (const moved of streams) {
    const key = factsKey(moved.stream, moved.subject);
    const known = lowest.get(key);
    if (!known || moved.reached < known.reached) lowest.set(key, moved);
  }
  const asked = [...lowest.values()];
  const found = await db.query<Fact[]>(
    `SELECT f.stream, f.subject_id, f.revision::text, f.event_id, f.effective_on
       FROM unnest($2::text[], $3::uuid[], $4::bigint[]) AS s (stream, subject_id, reached)
       JOIN billing_facts f ON f.provider_id = $1 AND f.stream = s.stream AND f.revision > s.reached
                           AND f.subject_id = s.subject_id
      ORDER BY f.stream, f.revision`,
    [
      provider,
      asked.map(({ stream }) => stream),
      asked.map(({ subject }) => subject),
      asked.map(({ reached }) => reached.toString()),
    ],
  );
  for (const fact of found) {
    const key = factsKey(fact.stream, fact.subject_id);
    const own = facts.get(key) ?? [];
    facts.set(key, own);
    own.push(fact);
  }
  return facts;
};

/**
 * The lines billed for the periods that must be computed again, by customer id.
 * @param from a day from which periods are to be computed again in any case; null: none
 */
export const billedSince = (
  db: Queryable,
  provider: string,
  billings: readonly CustomerBilling[],
  from: LocalDate | null,
): Promise<Map<string, BilledLine[]>> =>
  billedLinesOf(
    db,
    provider,
    billings.flatMap(({ history: { customer }, movedFrom, closedTo }) => {
      const first = from === null ? movedFrom : earliest(movedFrom, from);
      if (first === null || closedTo === null || first >= closedTo) return [];
      return [{ customerId: customer.customerId, from: billingPeriodOf(customer, first).from }];
    }),
  );
