import { type DataSource, type EntityManager } from "typeorm";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { type Ledger } from "#domain/billing/ledger.js";
import { type LocalDate } from "#domain/calendar.js";
import { type BasisEntry } from "#domain/invoicing/events.js";
import { streamName } from "#event-store/streams.js";
import { lastKnown } from "../runner/passed-events.js";
import { requireNotStalled } from "../runner/stalls.js";
import { ledgerOf, unissuedLedgerOf } from "./lines.js";
import { type AccountRow, type ClassRow, type CommitmentRow, type CustomerRow } from "./rows.js";

/** Anything that runs a query: the data source, or a transaction's manager. */
export type Queryable = Pick<EntityManager, "query"> | Pick<DataSource, "query">;

/** What the charges of one customer are computed from, with its basis. */
export interface Billing {
  readonly history: CustomerHistory;
  /** Discounts given on lines of sealed invoices. */
  readonly sealed: Ledger;
  /** First day after the last closed period; null: none was closed. */
  readonly closedTo: LocalDate | null;
  /** The streams that it was loaded from, with their revisions. */
  readonly basis: readonly BasisEntry[];
  readonly row: CustomerRow;
  /** Last revision of the receivables stream, with events that are passed over; -1: none. A close appends after it. */
  readonly receivablesEnd: bigint;
}

/** @returns null when the customer is not in the feed */
export const loadBilling = async (
  dataSource: DataSource,
  provider: string,
  customerId: string,
): Promise<Billing | null> => {
  const loaded = await dataSource.transaction("REPEATABLE READ", (manager) => load(manager, provider, [customerId]));
  return loaded.get(customerId) ?? null;
};

/**
 * Loads many customers for their period closes, in a few statements; customers that are not in the feed are left out.
 * Throws `ProviderStalled` when the feed does not show all that was recorded of the provider. All statements see one
 * snapshot: with the ledger from after a close and the customer from before it, that period's discounts would count
 * twice.
 */
export const loadBillings = (
  dataSource: DataSource,
  provider: string,
  customerIds: readonly string[],
): Promise<Map<string, Billing>> =>
  dataSource.transaction("REPEATABLE READ", async (manager) => {
    await requireNotStalled(manager, provider);
    return load(manager, provider, customerIds);
  });

/** Customers with the part of their sealed discounts that is on invoices without a number, as of one snapshot. */
export const loadLedgers = (
  dataSource: DataSource,
  provider: string,
  customerIds: readonly string[],
): Promise<Map<string, { readonly billing: Billing; readonly unissued: Ledger }>> =>
  dataSource.transaction("REPEATABLE READ", async (manager) => {
    await requireNotStalled(manager, provider);
    const loaded = await load(manager, provider, customerIds);
    const commitments = [...loaded.values()].flatMap(({ history }) => history.commitments);
    const ids = commitments.map(({ commitmentId }) => commitmentId);
    const unissued = await unissuedLedgerOf(manager, provider, ids);
    return new Map([...loaded].map(([id, billing]) => [id, { billing, unissued }]));
  });

const load = async (db: Queryable, provider: string, customerIds: readonly string[]): Promise<Map<string, Billing>> => {
  const many = [provider, customerIds];
  const customers = await rows<CustomerRow>(
    db,
    "SELECT * FROM billing_customers WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])",
    many,
  );
  const passed = await passedReceivables(db, provider, customerIds);
  const accounts = await rows<AccountRow>(
    db,
    "SELECT * FROM billing_accounts WHERE provider_id = $1 AND customer_id = ANY($2::uuid[]) ORDER BY account_id",
    many,
  );
  const commitments = await rows<CommitmentRow>(
    db,
    "SELECT * FROM billing_commitments WHERE provider_id = $1 AND customer_id = ANY($2::uuid[]) ORDER BY commitment_id",
    many,
  );
  const classes = await rows<ClassRow>(db, "SELECT * FROM billing_classes WHERE provider_id = $1", [provider]);
  const commitmentIds = commitments.map(({ commitment_id }) => commitment_id);
  const ledger = await ledgerOf(db, provider, commitmentIds);
  const classStates = new Map(classes.map(({ customer_class_id, state }) => [customer_class_id, state]));
  const accountsOf = groupBy(accounts);
  const commitmentsOf = groupBy(commitments);
  return new Map(
    customers.map((row) => {
      const own = {
        accounts: accountsOf.get(row.customer_id) ?? [],
        commitments: commitmentsOf.get(row.customer_id) ?? [],
      };
      const billing: Billing = {
        history: {
          customer: row.state,
          accounts: new Map(own.accounts.map(({ account_id, state }) => [account_id, state])),
          classes: classStates,
          commitments: own.commitments.map(({ state }) => state),
        },
        sealed: new Map(own.commitments.flatMap(({ commitment_id }) => entry(ledger, commitment_id))),
        closedTo: row.closed_to,
        basis: basisOf(row, own.accounts, own.commitments, classesOf(row, classes)),
        row,
        receivablesEnd: lastKnown(BigInt(row.receivables_revision), passed.get(row.customer_id) ?? []),
      };
      return [row.customer_id, billing];
    }),
  );
};

/** Revisions of passed events in the customers' receivables streams, ascending, by customer. */
const passedReceivables = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const found = await rows<{ readonly customer_id: string; readonly revision: string }>(
    db,
    `SELECT c.customer_id, p.revision FROM unnest($1::text[], $2::text[]) AS c (customer_id, stream)
       JOIN passed_events p ON p.stream = c.stream ORDER BY p.revision`,
    [customerIds, customerIds.map((id) => streamName(provider, "receivables", id))],
  );
  return new Map([...groupBy(found)].map(([id, group]) => [id, group.map(({ revision }) => revision)]));
};

const rows = <Row>(db: Queryable, sql: string, parameters: unknown[]): Promise<Row[]> =>
  db.query<Row[]>(sql, parameters);

const groupBy = <Row extends { readonly customer_id: string }>(all: readonly Row[]): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of all) {
    const group = groups.get(row.customer_id);
    if (group) group.push(row);
    else groups.set(row.customer_id, [row]);
  }
  return groups;
};

const entry = <Value>(map: ReadonlyMap<string, Value>, key: string): [string, Value][] => {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
};

const classesOf = (row: CustomerRow, classes: readonly ClassRow[]): ClassRow[] => {
  const ids = new Set(row.state.classes.map(({ customerClassId }) => customerClassId));
  return classes.filter(({ customer_class_id }) => ids.has(customer_class_id));
};

/** The customer's own streams, those of its classes, and the receivables stream that the ledger comes from. */
const basisOf = (
  row: CustomerRow,
  accounts: readonly AccountRow[],
  commitments: readonly CommitmentRow[],
  classes: readonly ClassRow[],
): BasisEntry[] => {
  const entry = (category: string, id: string, revision: string): BasisEntry => ({
    stream: streamName(row.provider_id, category, id),
    revision,
  });
  const receivables =
    row.receivables_revision === "-1" ? [] : [entry("receivables", row.customer_id, row.receivables_revision)];
  return [
    entry("customer", row.customer_id, row.revision),
    ...classes.map(({ customer_class_id, revision }) => entry("customerclass", customer_class_id, revision)),
    ...accounts.map(({ account_id, revision }) => entry("account", account_id, revision)),
    ...commitments.map(({ commitment_id, revision }) => entry("commitment", commitment_id, revision)),
    ...receivables,
  ];
};

/**
 * Whether any commitment was ever assigned from an offer, upgraded to it or has a planned upgrade to it: such an offer
 * cannot be deleted.
 */
export const wasEverAssigned = async (db: Queryable, provider: string, offerId: string): Promise<boolean> => {
  const held = { terms: { offerId } };
  const [found] = await rows<{ assigned: boolean }>(
    db,
    `SELECT EXISTS (SELECT FROM billing_commitments WHERE provider_id = $1 AND offer_id = $2)
         OR EXISTS (SELECT FROM billing_commitments
                     WHERE provider_id = $1
                       AND (state -> 'versions' @> $3::jsonb OR state -> 'upgrades' @> $4::jsonb)) AS assigned`,
    [provider, offerId, JSON.stringify([held]), JSON.stringify([{ then: held }])],
  );
  return found?.assigned ?? false;
};
