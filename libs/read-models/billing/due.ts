import { dateOf, type Instant, later, type LocalDate, startOfDay, type TimeZone } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type Customer } from "#domain/customers/customer.js";
import { type CommitmentEndNears } from "#domain/lifecycle/events.js";
import { type Lifecycle } from "#domain/lifecycle/signals.js";
import { type Queryable } from "./load.js";
import { inShards, type Shards, shardParameter } from "./shards.js";

/** A time zone with the earliest day on which something is due in it. */
interface ZoneDay {
  readonly time_zone: TimeZone;
  readonly day: LocalDate;
}

/** Work due next for a provider; parked customers are passed over. */
export interface DueWork {
  /** The next moment at which something is due; it may have passed. */
  readonly moment: Instant;
  /** Whether signals are due at it. */
  readonly signals: boolean;
  /** How many customers have a period that ends at it; 0: none. */
  readonly closes: number;
  /** How many customers have a step of collection at it; 0: none. */
  readonly steps: number;
}

/** SQL: the customer `c` is not parked. */
export const NOT_PARKED = `NOT EXISTS (SELECT FROM parked_closes p
  WHERE p.provider_id = c.provider_id AND p.customer_id = c.customer_id AND p.waiting)`;

/** SQL: the time zone of the customer `c` whose midnight begins a day, the one in force on that day. */
const zoneOf = (day: string): string => `coalesce(
  (SELECT z ->> 'timeZone' FROM jsonb_array_elements(c.state -> 'cycles') z
    WHERE z ->> 'inForceFrom' < ${day} ORDER BY z ->> 'inForceFrom' DESC LIMIT 1),
  c.state -> 'cycles' -> 0 ->> 'timeZone')`;
const SIGNAL_ZONE = zoneOf("k.next_signal_on");

/** SQL: commitments and customers with a signal to come; those of parked customers are passed over. */
const SIGNALS = `(SELECT provider_id, customer_id, commitment_id, next_signal_on, state, lifecycle, end_nears
                     FROM billing_commitments
                   UNION ALL
                  SELECT provider_id, customer_id, NULL, next_signal_on, state, lifecycle, NULL::jsonb
                     FROM billing_customers) k
  JOIN billing_customers c ON c.provider_id = k.provider_id AND c.customer_id = k.customer_id AND ${NOT_PARKED}`;

/** SQL: the earliest period end of each time zone, with the number of customers whose period ends then. */
const PERIOD_ENDS = `SELECT time_zone, next_period_end AS day, waiting FROM (
    SELECT time_zone, next_period_end, count(*) AS waiting,
           row_number() OVER (PARTITION BY time_zone ORDER BY next_period_end) AS place
      FROM billing_customers c
     WHERE provider_id = $1 AND next_period_end IS NOT NULL AND ${NOT_PARKED}
     GROUP BY time_zone, next_period_end) ends
  WHERE place = 1`;

/**
 * SQL: the earliest day of a signal in each time zone. A zone whose day is more than a day after the earliest of all
 * may be left out: dates of two zones never differ by more. Dates are text.
 */
const SIGNAL_DAYS = `SELECT ${SIGNAL_ZONE} AS time_zone, min(k.next_signal_on) AS day FROM ${SIGNALS}
  WHERE k.provider_id = $1 AND k.next_signal_on <= (
    SELECT to_char(first.next_signal_on::date + 2, 'YYYY-MM-DD') FROM (
      SELECT k.next_signal_on FROM ${SIGNALS}
       WHERE k.provider_id = $1 AND k.next_signal_on IS NOT NULL ORDER BY k.next_signal_on LIMIT 1) first)
  GROUP BY 1`;

/** SQL: customers with a step of collection to come; parked ones are passed over. */
export const STEPS = `billing_collection k
  JOIN billing_customers c ON c.provider_id = k.provider_id AND c.customer_id = k.customer_id AND ${NOT_PARKED}`;

/** SQL: the earliest day of a step in each time zone, with the number of customers; left out as with signals. */
const STEP_DAYS = `SELECT time_zone, day, waiting FROM (
    SELECT ${zoneOf("k.next_step_on")} AS time_zone, k.next_step_on AS day, count(*) AS waiting,
           row_number() OVER (PARTITION BY ${zoneOf("k.next_step_on")} ORDER BY k.next_step_on) AS place
      FROM ${STEPS}
     WHERE k.provider_id = $1 AND k.next_step_on <= (
       SELECT to_char(first.next_step_on::date + 2, 'YYYY-MM-DD') FROM (
         SELECT k.next_step_on FROM ${STEPS}
          WHERE k.provider_id = $1 AND k.next_step_on IS NOT NULL ORDER BY k.next_step_on LIMIT 1) first)
     GROUP BY 1, 2) steps
  WHERE place = 1`;

const momentOf = ({ day, time_zone }: ZoneDay): Instant => startOfDay(day, time_zone);

/** The work due next for the provider, in one statement; null when nothing is to come. */
export const nextDueWork = async (db: Queryable, provider: string): Promise<DueWork | null> => {
  const days = await db.query<
    (ZoneDay & { readonly work: "CLOSES" | "SIGNALS" | "STEPS"; readonly waiting: string })[]
  >(
    `SELECT 'CLOSES' AS work, time_zone, day, waiting FROM (${PERIOD_ENDS}) ends
      UNION ALL SELECT 'SIGNALS', time_zone, day, 1 FROM (${SIGNAL_DAYS}) signals
      UNION ALL SELECT 'STEPS', time_zone, day, waiting FROM (${STEP_DAYS}) steps`,
    [provider],
  );
  const moments = days.map(momentOf);
  const moment = moments.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
  if (moment === null) return null;
  const due = days.filter((_, index) => moments[index] === moment);
  const countOf = (wanted: (typeof due)[number]["work"]) =>
    due.reduce((total, { work, waiting }) => (work === wanted ? total + Number(waiting) : total), 0);
  return { moment, signals: countOf("SIGNALS") > 0, closes: countOf("CLOSES"), steps: countOf("STEPS") };
};

/**
 * The next moment at which something is due for the provider: a signal, a period close or a step of collection; it may
 * have passed. Null when nothing is to come. Parked closes are passed over.
 */
export const nextDue = async (db: Queryable, provider: string): Promise<Instant | null> =>
  (await nextDueWork(db, provider))?.moment ?? null;

/**
 * Time zones in which the day has begun, with their date. The day has begun when the moment that {@link nextDue}
 * returns has come, also where clocks then go back over midnight to the previous date.
 */
const begun = (days: readonly ZoneDay[], now: Instant) =>
  days
    .filter((zone) => momentOf(zone) <= now)
    .map(({ time_zone, day }) => ({ time_zone, today: later(day, dateOf(now, time_zone)) }));

/** Customers of the shards whose next period has ended at the instant, by customer id; parked ones are left out. */
export const dueCustomers = async (
  db: Queryable,
  provider: string,
  now: Instant,
  limit: number,
  shards: Shards = "all",
): Promise<string[]> => {
  const ends = await db.query<ZoneDay[]>(
    `SELECT time_zone, min(next_period_end) AS day FROM billing_customers c
      WHERE provider_id = $1 AND next_period_end IS NOT NULL AND ${NOT_PARKED} GROUP BY time_zone`,
    [provider],
  );
  const ended = begun(ends, now);
  if (ended.length === 0) return [];
  const found = await db.query<{ customer_id: string }[]>(
    `SELECT c.customer_id FROM billing_customers c
       JOIN unnest($2::text[], $3::text[]) AS z (time_zone, today)
         ON c.time_zone = z.time_zone AND c.next_period_end <= z.today
      WHERE c.provider_id = $1 AND ${NOT_PARKED} AND ${inShards("c.customer_id", "$5")}
      ORDER BY c.customer_id LIMIT $4`,
    [provider, ended.map(({ time_zone }) => time_zone), ended.map(({ today }) => today), limit, shardParameter(shards)],
  );
  return found.map(({ customer_id }) => customer_id);
};

interface Due {
  readonly customer_id: string;
  readonly lifecycle: Lifecycle;
  /** The customer's today. */
  readonly today: LocalDate;
}

/** A commitment, or with `commitment_id` null a customer, with a signal that is due. */
export type DueSignals =
  | (Due & {
      readonly commitment_id: string;
      readonly state: Commitment;
      /** The signal to come that its discount ends soon. */
      readonly end_nears: CommitmentEndNears | null;
    })
  | (Due & { readonly commitment_id: null; readonly state: Customer });

/** The time zone in which days begin first. */
const FIRST_ZONE = "Pacific/Kiritimati";

/** SQL: rows `k` of a customer `c` with a day on which something of them is due. */
interface Dated {
  readonly columns: string;
  readonly from: string;
  readonly day: string;
  readonly order: string;
}

/** Rows whose day has begun for their customer at the instant, of customers of the shards, with the customer's today. */
export const dueRows = async <Row>(
  db: Queryable,
  { columns, from, day, order }: Dated,
  provider: string,
  now: Instant,
  limit: number,
  shards: Shards,
): Promise<(Row & { readonly today: LocalDate })[]> => {
  const zone = zoneOf(day);
  const latest = dateOf(now, FIRST_ZONE);
  const days = await db.query<ZoneDay[]>(
    `SELECT ${zone} AS time_zone, min(${day}) AS day FROM ${from}
      WHERE k.provider_id = $1 AND ${day} <= $2 GROUP BY 1`,
    [provider, latest],
  );
  const zones = begun(days, now);
  if (zones.length === 0) return [];
  return db.query(
    `SELECT ${columns}, z.today FROM ${from}
       JOIN unnest($2::text[], $3::text[]) AS z (time_zone, today) ON z.time_zone = ${zone}
      WHERE k.provider_id = $1 AND ${day} <= $5 AND ${day} <= z.today
        AND ${inShards("k.customer_id", "$6")}
      ORDER BY ${order} LIMIT $4`,
    [
      provider,
      zones.map(({ time_zone }) => time_zone),
      zones.map(({ today }) => today),
      limit,
      latest,
      shardParameter(shards),
    ],
  );
};

const DUE_SIGNALS: Dated = {
  columns: "k.commitment_id, k.customer_id, k.state, k.lifecycle, k.end_nears",
  from: SIGNALS,
  day: "k.next_signal_on",
  order: "k.next_signal_on, k.customer_id, k.commitment_id NULLS FIRST",
};

/**
 * Commitments and customers with a signal that is due at the instant, of customers of the shards, the earliest day
 * first, customers before what they hold; those of parked customers are left out.
 */
export const dueSignalsOf = (
  db: Queryable,
  provider: string,
  now: Instant,
  limit: number,
  shards: Shards = "all",
): Promise<DueSignals[]> => dueRows<DueSignals>(db, DUE_SIGNALS, provider, now, limit, shards);
