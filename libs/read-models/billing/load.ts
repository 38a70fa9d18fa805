import { type DataSource, type EntityManager } from "typeorm";
import { type CustomerBilling, EMPTY_LEDGER, type LateEvent } from "#domain/billing/ledger.js";
import { earlier, type LocalDate } from "#domain/calendar.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import { type BasisEntry } from "#domain/invoicing/events.js";
import { streamName } from "#event-store/streams.js";
import { lastKnown } from "../runner/passed-events.js";
import { requireNotStalled } from "../runner/stalls.js";
import { lateEventsOf } from "./late.js";
import { type BilledFrom, billedLinesOf, ledgersOf } from "./lines.js";
import { type AccountRow, type ClassRow, type CommitmentRow, type CustomerRow } from "./rows.js";

/** Anything that runs a query: the data source, or a transaction's manager. */
export type Queryable = Pick<EntityManager, "query"> | Pick<DataSource, "query">;

/** What the charges of one customer are computed from, with its basis. */
export interface Billing extends CustomerBilling {
  /** The streams that it was loaded from, with their revisions. */
  readonly basis: readonly BasisEntry[];
  readonly row: CustomerRow;
  /** Last revision of the receivables stream, with events that are passed over; -1: none. A close appends after it. */
  readonly receivablesEnd: bigint;
}

/**
 * @param from a day from which something else than the feed shows is to be computed: the lines billed for its period
 * and later ones are loaded too
 * @returns null when the customer is not in the feed
 */
export const loadBilling = async (
  dataSource: DataSource,
  provider: string,
  customerId: string,
  from: LocalDate | null = null,
): Promise<Billing | null> => {
  const loaded = await dataSource.transaction("REPEATABLE READ", (manager) =>
    load(manager, provider, [customerId], from),
  );
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

const load = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
  from: LocalDate | null = null,
): Promise<Map<string, Billing>> => {
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
  const ledgers = await ledgersOf(db, provider, customerIds);
  const classStates = new Map(classes.map(({ customer_class_id, state }) => [customer_class_id, state]));
  const accountsOf = groupBy(accounts);
  const commitmentsOf = groupBy(commitments);
  const current = customers.map((row) => {
    const held = commitmentsOf.get(row.customer_id) ?? [];
    const accountsHeld = accountsOf.get(row.customer_id) ?? [];
    return {
      row,
      customerId: row.customer_id,
      closedTo: row.closed_to,
      basis: basisOf(row, accountsHeld, held, classesOf(row, classes)),
      history: {
        customer: row.state,
        accounts: new Map(accountsHeld.map(({ account_id, state }) => [account_id, state])),
        classes: classStates,
        commitments: held.map(({ state }) => state),
      },
      receivablesEnd: lastKnown(BigInt(row.receivables_revision), passed.get(row.customer_id) ?? []),
    };
  });
  const late = await lateEventsOf(db, provider, current);
  const billings = current.map(({ customerId, ...known }): Billing => {
    const events = late.get(customerId) ?? [];
    const sealed = ledgers.get(customerId) ?? EMPTY_LEDGER;
    return { ...known, sealed, late: events, movedFrom: firstDay(events), billed: [], voided: new Set() };
  });
  const billed = await billedLinesOf(
    db,
    provider,
    billings.flatMap((billing) => billedFrom(billing, from)),
  );
  return new Map(
    billings.map((billing) => {
      const { customer_id } = billing.row;
      return [customer_id, { ...billing, billed: billed.get(customer_id) ?? [] }];
    }),
  );
};

const firstDay = (late: readonly LateEvent[]): LocalDate | null =>
  late.reduce<LocalDate | null>(
    (first, { effectiveOn }) => (first === null ? effectiveOn : earlier(first, effectiveOn)),
    null,
  );

/** From which period on a customer's billed lines are needed; empty: none are. */
const billedFrom = ({ history, movedFrom, closedTo, row }: Billing, asked: LocalDate | null): BilledFrom[] => {
  const first = movedFrom === null || asked === null ? (movedFrom ?? asked) : earlier(movedFrom, asked);
  if (first === null || closedTo === null || first >= closedTo) return [];
  return [{ customerId: row.customer_id, from: billingPeriodOf(history.customer, first).from }];
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
