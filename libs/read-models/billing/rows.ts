import { type EntityManager } from "typeorm";
import { type Account } from "#domain/accounts/account.js";
import { type CustomerClass } from "#domain/catalog/customer-class.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type Customer } from "#domain/customers/customer.js";
import { type ComingEnd } from "#domain/lifecycle/end-nears.js";
import { type CommitmentEndNears } from "#domain/lifecycle/events.js";
import { type Lifecycle } from "#domain/lifecycle/signals.js";
import { givenRows } from "../runner/given-rows.js";
import { inStatements } from "../runner/upsert.js";

/** Rows of the billing feed, as the projection folds them. Dates are text `YYYY-MM-DD`, revisions text of a bigint. */
export interface CustomerRow {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly state: Customer;
  readonly revision: string;
  readonly closed_on: string | null;
  /** First day after the last closed period. */
  readonly closed_to: string | null;
  /** The earliest start of a commitment: before the first close, its period closes next. Null: it never held one. */
  readonly first_start: string | null;
  /** First day after the period that closes next; null while the customer never held a commitment. */
  readonly next_period_end: string | null;
  /** The time zone whose midnight ends that period. */
  readonly time_zone: string;
  /** Last revision of the receivables stream, -1 for none: the expected revision of the next close. */
  readonly receivables_revision: string;
  readonly receivables_hash: string;
  /** The recorded signals. */
  readonly lifecycle: Lifecycle;
  /** The day of the next signal, which may have passed; null: none is to come. */
  readonly next_signal_on: string | null;
}

export interface AccountRow {
  readonly provider_id: string;
  readonly account_id: string;
  readonly customer_id: string;
  readonly state: Account;
  readonly revision: string;
  readonly closed_on: string | null;
}

export interface ClassRow {
  readonly provider_id: string;
  readonly customer_class_id: string;
  readonly state: CustomerClass;
  readonly revision: string;
}

export interface CommitmentRow {
  readonly provider_id: string;
  readonly commitment_id: string;
  readonly customer_id: string;
  readonly account_id: string;
  readonly offer_id: string;
  readonly state: Commitment;
  readonly revision: string;
  readonly terminated_on: string | null;
  /** The recorded signals. */
  readonly lifecycle: Lifecycle;
  /** The discount end dates of which the holder is to be told. */
  readonly ends: readonly ComingEnd[];
  /** The next signal that one of them nears; null: none is to come. */
  readonly end_nears: CommitmentEndNears | null;
  /** The day of the next signal or lapse of a pause request, which may have passed; null: none is to come. */
  readonly next_signal_on: string | null;
}

export interface RegisterRow {
  readonly provider_id: string;
  readonly series: string;
  readonly revision: string;
  readonly hash: string;
  readonly next: number;
}

/** Reads the rows of a table by (provider, id) in one statement. */
export const readByIds = async <Row>(
  manager: EntityManager,
  table: string,
  idColumn: string,
  keys: readonly { readonly provider: string; readonly id: string }[],
): Promise<Row[]> =>
  keys.length === 0
    ? []
    : manager.query<Row[]>(
        `SELECT t.* FROM ${table} t
           JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, id)
             ON t.provider_id = k.provider_id AND t.${idColumn} = k.id`,
        [keys.map(({ provider }) => provider), keys.map(({ id }) => id)],
      );

/** Inserts or replaces rows. The columns are those of the first row. */
export const upsert = async (
  manager: EntityManager,
  table: string,
  primaryKey: readonly string[],
  rows: readonly object[],
): Promise<void> => {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const replaced = columns.filter((column) => !primaryKey.includes(column));
  const given = columns.map((name) => ({ name, property: name }));
  for (const some of inStatements(rows)) {
    const { select, parameters } = await givenRows(manager, table, given, some);
    await manager.query(
      `INSERT INTO ${table} (${columns.join(", ")}) ${select}
       ON CONFLICT (${primaryKey.join(", ")})
         DO UPDATE SET ${replaced.map((column) => `${column} = EXCLUDED.${column}`).join(", ")}`,
      [...parameters],
    );
  }
};
