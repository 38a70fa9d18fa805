import { type LocalDate } from "#domain/calendar.js";
import { type UsageGroup } from "#domain/voice/usage.js";
import { type Queryable } from "../runner/checkpoints.js";

/** What calls of a line have in common, with the row of the line. */
export type SummedGroup = Pick<UsageGroup, "rowId" | "leg" | "tariffId" | "prefix" | "late">;

/** Which calls of an account the close of a period counted. */
export interface CallSummary {
  readonly accountId: string;
  readonly customerId: string;
  /** First and last day of the period. */
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
  readonly groups: readonly SummedGroup[];
  /** Place in the log, as it is now, of the last event whose calls were counted; decimal text. */
  readonly counted: string;
}

/**
 * SQL: of a summary `s`, the place in the log of the last event whose calls it counted. Where positions of the log are
 * other ones than when it was noted, that of the event counts.
 */
export const COUNTED = `
         CASE
           WHEN EXISTS (SELECT FROM xdrs k WHERE k.provider_id = s.provider_id AND k.account_id = s.account_id
                           AND k.state = 'RATED' AND k.recorded_commit = s.counted_commit
                           AND k.event_id = s.counted_event) THEN s.counted_commit
           ELSE coalesce((SELECT max(k.recorded_commit) FROM xdrs k
                           WHERE k.provider_id = s.provider_id AND k.account_id = s.account_id
                             AND k.event_id = s.counted_event), s.counted_commit)
           END`;

/** SQL: summaries `s`. */
export const SUMMARIES = `
  SELECT s.account_id AS "accountId", s.customer_id AS "customerId", s.period_from::text AS "periodFrom",
         s.period_until::text AS "periodUntil", s.groups, (${COUNTED})::text AS counted
    FROM call_summaries s`;

/**
 * What closes counted of accounts' calls, by account, in the order of their periods.
 * @param accounts each with a day: closes of periods that end before it are left out
 */
export const summariesOf = async (
  db: Queryable,
  providerId: string,
  accounts: readonly { readonly accountId: string; readonly from: LocalDate }[],
): Promise<CallSummary[]> =>
  accounts.length === 0
    ? []
    : db.query<CallSummary[]>(
        `${SUMMARIES} JOIN unnest($2::uuid[], $3::date[]) AS w (account_id, wanted_from)
            ON s.account_id = w.account_id AND s.period_until >= w.wanted_from
         WHERE s.provider_id = $1 ORDER BY s.account_id, s.period_from`,
        [providerId, accounts.map(({ accountId }) => accountId), accounts.map(({ from }) => from)],
      );
