import { type DataSource } from "typeorm";
import { columnName } from "../rows/column-name.js";
import { toJsonb } from "../runner/fit.js";
import { type FailedCall } from "./failed-calls.js";
import { type OpenCall } from "./open-calls.js";

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
