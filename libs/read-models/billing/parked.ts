import { type LocalDate } from "#domain/calendar.js";
import { type CursorPlace } from "../rows/cursor.js";
import { COMPARISONS, refuseBadCursor } from "../rows/paging.js";
import { isIn, type Scope } from "../rows/scope.js";
import { limitOf, type Slice, type SliceArguments, sliceOf, walkOf, windowOf } from "../rows/window.js";
import { type Queryable } from "./load.js";

/** A period close that failed: the customer is passed over until it is retried. */
export interface ParkedClose {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly reason: string;
  readonly since: string;
  readonly attempts: number;
  /** False while it is being retried. */
  readonly waiting: boolean;
}

/** The parked closes of a provider. */
export const listParked = (db: Queryable, provider: string): Promise<ParkedClose[]> =>
  db.query<ParkedClose[]>("SELECT * FROM parked_closes WHERE provider_id = $1 AND waiting ORDER BY customer_id", [
    provider,
  ]);

/** Name of the only sort order of parked closes, in cursors. */
const ORDER = "SINCE ASC";
const { after: BEHIND, before: AHEAD } = COMPARISONS.ASC;

const places = (behind: string, ahead: string): string =>
  `provider_id = $1 AND waiting AND ${isIn("customer_id", 2)}
   AND ($3::text IS NULL OR (since, customer_id) ${behind} ($3, $4::uuid))
   AND ($5::text IS NULL OR (since, customer_id) ${ahead} ($5, $6::uuid))`;

/**
 * A slice of the parked closes, those that have waited longest first.
 * @throws Rejection VALIDATION_FAILED for an invalid size or cursor
 */
export const pageParked = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  asked: SliceArguments,
): Promise<Slice<ParkedClose>> => {
  const window = windowOf(asked, ORDER);
  const walk = walkOf(window, "ASC");
  const parameters = (behind: CursorPlace | null, ahead: CursorPlace | null): unknown[] => [
    ...[providerId, customerId, behind?.key ?? null, behind?.unique ?? null],
    ...[ahead?.key ?? null, ahead?.unique ?? null],
  ];
  const found = await db
    .query<ParkedClose[]>(
      `SELECT * FROM parked_closes WHERE ${places(BEHIND, AHEAD)}
        ORDER BY since ${walk}, customer_id ${walk} LIMIT ${limitOf(window)}`,
      parameters(window.after, window.before),
    )
    .catch(refuseBadCursor(window));
  const rows = found.map((row) => ({ row, place: { key: row.since, unique: row.customer_id } }));
  return sliceOf(window, rows, {
    exists: async (argument) => {
      const [behind, ahead] = argument === "after" ? [null, window.after] : [window.before, null];
      const [answer] = await db.query<{ found: boolean }[]>(
        `SELECT EXISTS (SELECT FROM parked_closes WHERE ${places(`${BEHIND}=`, `${AHEAD}=`)}) AS found`,
        parameters(behind, ahead),
      );
      return answer?.found ?? false;
    },
    count: async () => {
      const [answer] = await db.query<{ count: string }[]>(
        `SELECT count(*) FROM parked_closes WHERE ${places(BEHIND, AHEAD)}`,
        parameters(null, null),
      );
      return Number(answer?.count ?? 0);
    },
  });
};

/** The number of a provider's parked closes; `most` where there are as many or more. */
export const countParkedOf = async (db: Queryable, { providerId }: Scope, most: number): Promise<number> => {
  const [row] = await db.query<{ count: string }[]>(
    "SELECT count(*) FROM (SELECT FROM parked_closes WHERE provider_id = $1 AND waiting LIMIT $2) counted",
    [providerId, most],
  );
  return Number(row?.count ?? 0);
};

/**
 * Work for a customer that failed: the close of the period that ends before a day, or signals due on a day, of one of its
 * commitments or, with `commitmentId` null, its own.
 */
export type FailedWork =
  | { readonly kind: "CLOSE"; readonly periodEnd: LocalDate | null }
  | { readonly kind: "SIGNALS"; readonly commitmentId: string | null; readonly today: LocalDate }
  | { readonly kind: "STEPS"; readonly today: LocalDate };

const STILL_DUE: Readonly<Record<FailedWork["kind"], string>> = {
  CLOSE: `SELECT FROM billing_customers
           WHERE provider_id = $1 AND customer_id = $2 AND next_period_end IS NOT DISTINCT FROM $5`,
  SIGNALS: `SELECT FROM billing_commitments
             WHERE provider_id = $1 AND customer_id = $2 AND commitment_id = $6::uuid AND next_signal_on <= $5
            UNION ALL
            SELECT FROM billing_customers
             WHERE provider_id = $1 AND customer_id = $2 AND $6::uuid IS NULL AND next_signal_on <= $5`,
  STEPS: "SELECT FROM billing_collection WHERE provider_id = $1 AND customer_id = $2 AND next_step_on <= $5",
};

/**
 * Parks a customer until {@link retryParked}; counts how often it was parked. Not when the feed shows that the work is
 * not due any more, since another worker did it. Returns whether the customer was parked.
 */
export const park = async (
  db: Queryable,
  provider: string,
  customerId: string,
  work: FailedWork,
  reason: string,
): Promise<boolean> => {
  const which = whichOf(work);
  const rows = await db.query<unknown[]>(
    `INSERT INTO parked_closes (provider_id, customer_id, reason, since, attempts, waiting)
     SELECT $1::uuid, $2::uuid, $3, $4, 1, true WHERE EXISTS (${STILL_DUE[work.kind]})
     ON CONFLICT (provider_id, customer_id)
       DO UPDATE SET reason = EXCLUDED.reason, attempts = parked_closes.attempts + 1, waiting = true
     RETURNING customer_id`,
    [provider, customerId, reason, new Date().toISOString(), ...which],
  );
  return rows.length > 0;
};

const whichOf = (work: FailedWork): readonly unknown[] => {
  switch (work.kind) {
    case "CLOSE":
      return [work.periodEnd];
    case "SIGNALS":
      return [work.today, work.commitmentId];
    case "STEPS":
      return [work.today];
  }
};

/** Lets the closes of parked customers be tried again. */
export const retryParked = async (db: Queryable, provider: string): Promise<void> => {
  await db.query("UPDATE parked_closes SET waiting = false WHERE provider_id = $1", [provider]);
};

/** Deletes the rows of customers that were retried and not parked again: their periods are closed. */
export const forgetClosed = async (db: Queryable, provider: string): Promise<void> => {
  await db.query("DELETE FROM parked_closes WHERE provider_id = $1 AND NOT waiting", [provider]);
};

/** Number of parked closes, of all providers. */
export const countParked = async (db: Queryable): Promise<number> => {
  const [row] = await db.query<{ count: string }[]>("SELECT count(*) AS count FROM parked_closes WHERE waiting");
  return Number(row?.count ?? 0);
};
