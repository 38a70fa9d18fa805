import { type DataSource } from "typeorm";
import { columnName } from "../rows/column-name.js";
import { toJsonb } from "../runner/fit.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type FailedCall } from "./failed-calls.js";
import { isRecorded, type OpenCall } from "./open-calls.js";

/** What became of calls, as an edge told. */
export interface CallProgress {
  readonly started: readonly OpenCall[];
  /** Ids of calls that go on no longer. */
  readonly ended: readonly string[];
  /** Whose customer is looked up: the account's. */
  readonly failed: readonly Omit<FailedCall, "customerId">[];
}

/** In this order everywhere, so that two that write the same rows do not wait for each other. */
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

const inColumns = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([property, value]) => [columnName(property), value]));
const rowsOf = (rows: readonly { readonly id: string }[]): string => toJsonb(rows.toSorted(byId).map(inColumns));

/** Keeps what an edge told, all or nothing; what is kept already stays. */
export const keepCallProgress = async (
  dataSource: DataSource,
  providerId: string,
  { started, ended, failed }: CallProgress,
): Promise<void> => {
  await dataSource.transaction(async (manager) => {
    if (started.length > 0) {
      await manager.query(
        `INSERT INTO open_calls (provider_id, id, edge_id, account_id, customer_id, cli, caller_hidden, cld, answered,
                                 redirected_to, authorised, max_seconds, overdue_at)
         SELECT $1, id, edge_id, account_id, customer_id, cli, caller_hidden, cld, answered, redirected_to, authorised,
                max_seconds, overdue_at
           FROM jsonb_populate_recordset(NULL::open_calls, $2::jsonb)
         ON CONFLICT DO NOTHING`,
        [providerId, rowsOf(started)],
      );
    }
    if (ended.length > 0) {
      await manager.query("DELETE FROM open_calls WHERE provider_id = $1 AND id = ANY($2::uuid[])", [
        providerId,
        ended.toSorted(),
      ]);
    }
    if (failed.length > 0) {
      await manager.query(
        `INSERT INTO failed_calls (provider_id, id, edge_id, account_id, customer_id, cli, caller_hidden, cld, came, failed,
                                   sip_code, reason, redirected_to, told_at)
         SELECT $1, f.id, f.edge_id, a.id, a.customer_id, f.cli, f.caller_hidden, f.cld, f.came, f.failed, f.sip_code,
                f.reason, f.redirected_to, f.told_at
           FROM jsonb_populate_recordset(NULL::failed_calls, $2::jsonb) f
                LEFT JOIN accounts a ON a.provider_id = $1 AND a.id = f.account_id
         ON CONFLICT DO NOTHING`,
        [providerId, rowsOf(failed)],
      );
    }
  });
};

/** Rows that are removed at once. */
const MOST_AT_ONCE = 10_000;

export interface Kept {
  /** Failed calls, after they were told, and open ones, after their end was missing. */
  readonly days: number;
  /** Failed calls of a provider, the latest. */
  readonly failedCalls: number;
}

/**
 * Removes, of all providers, failed calls that are too old or too many, and open ones that are recorded or whose end has
 * been missing for too long.
 * @returns how many
 */
export const forgetCallProgress = async (db: Queryable, { days, failedCalls }: Kept): Promise<number> => {
  const ago = "clock_timestamp() - make_interval(days => $1)";
  let gone =
    (await removeRows(db, "failed_calls", `t.told_at < ${ago}`, [days])) +
    (await removeRows(db, "open_calls", `t.overdue_at < ${ago}`, [days])) +
    (await removeRows(db, "open_calls", isRecorded, []));
  const tooMany = await db.query<{ provider: string; failed: string; id: string }[]>(
    `SELECT p.provider_id AS provider, one.failed::text, one.id
       FROM (SELECT provider_id FROM failed_calls GROUP BY provider_id HAVING count(*) > $1) p
            CROSS JOIN LATERAL (SELECT failed, id FROM failed_calls t WHERE t.provider_id = p.provider_id
                                 ORDER BY failed DESC, id DESC OFFSET $1 LIMIT 1) one`,
    [failedCalls],
  );
  for (const { provider, failed, id } of tooMany) {
    const isOlder = "t.provider_id = $1 AND (t.failed, t.id) <= ($2::timestamptz, $3::uuid)";
    gone += await removeRows(db, "failed_calls", isOlder, [provider, failed, id]);
  }
  return gone;
};

/** @param which SQL: rows `t` */
const removeRows = async (db: Queryable, table: string, which: string, parameters: unknown[]): Promise<number> => {
  for (let gone = 0; ;) {
    const [found] = await db.query<{ removed: string }[]>(
      `WITH old AS (
         SELECT provider_id, id FROM ${table} t WHERE ${which} LIMIT ${MOST_AT_ONCE}
       ), removed AS (
         DELETE FROM ${table} t USING old WHERE t.provider_id = old.provider_id AND t.id = old.id RETURNING 1
       )
       SELECT count(*) AS removed FROM removed`,
      parameters,
    );
    const removed = Number(found?.removed ?? 0);
    gone += removed;
    if (removed < MOST_AT_ONCE) return gone;
  }
};
