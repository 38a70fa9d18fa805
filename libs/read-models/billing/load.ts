import { type DataSource } from "typeorm";
import { customersOf } from "#domain/commitments/holders.js";
import { type CustomerBilling, type Ledger } from "#domain/billing/ledger.js";
import { type LocalDate } from "#domain/calendar.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import { type BasisEntry } from "#domain/invoicing/events.js";
import { streamName } from "#event-store/streams.js";
import { customersIn, type Scope } from "../rows/scope.js";
import { type Queryable } from "../runner/checkpoints.js";
import { lastKnown } from "../runner/passed-events.js";
import { readSnapshot } from "../runner/snapshot.js";
import { requireNotStalled } from "../runner/stalls.js";
import { assembled } from "./assemble.js";
import { groupBy } from "./group-by.js";
import { heldCommitments, type HeldRow } from "./holders.js";
import { billedSince, firstDay, lateEventsOf } from "./late.js";
import { issuedLedgerOf, ledgersOf } from "./lines.js";
import { feesGoneOf, voidedPeriodsOf } from "./voided.js";
import { type AccountRow, type ClassRow, type CustomerRow } from "./rows.js";
import { customerUsage, type UsageAccountRow, usageAccountsOf, usagePeriodsOf } from "./usage.js";

export type { Queryable };

/** What the charges of one customer are computed from, with its basis. */
export interface Billing extends CustomerBilling {
  /** The streams that it was loaded from, with their revisions. */
  readonly basis: readonly BasisEntry[];
  readonly row: CustomerRow;
  /** Last revision of the receivables stream, with events that are passed over; -1: none. A close appends after it. */
  readonly receivablesEnd: bigint;
  /** Its accounts with calls. */
  readonly usageAccounts: readonly UsageAccountRow[];
}

/**
 * @param from a day from which something else than the feed shows is to be computed: the lines billed for its period
 * and later ones are loaded too
 * @returns null when the customer is not in the feed, or not in the scope
 */
export const loadBilling = async (
  dataSource: DataSource,
  scope: Scope,
  customerId: string,
  from: LocalDate | null = null,
): Promise<Billing | null> => {
  const loaded = await readSnapshot(dataSource, (manager) =>
    load(manager, scope.providerId, customersIn(scope, [customerId]), from),
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
  scope: Scope,
  customerIds: readonly string[],
): Promise<Map<string, Billing>> =>
  readSnapshot(dataSource, async (manager) => {
    await requireNotStalled(manager, scope.providerId);
    return load(manager, scope.providerId, customersIn(scope, customerIds));
  });

/** As {@link loadBillings}, in a transaction of the caller's, who has looked that the provider is not stalled. */
export const billingsIn = (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<Map<string, Billing>> => load(db, provider, customerIds);

/** Customers, each with what numbered invoices gave on the commitments that it holds or held, as of one snapshot. */
export const loadLedgers = (
  dataSource: DataSource,
  scope: Scope,
  customerIds: readonly string[],
): Promise<Map<string, { readonly billing: Billing; readonly issued: Ledger }>> =>
  readSnapshot(dataSource, async (manager) => {
    const { providerId: provider } = scope;
    await requireNotStalled(manager, provider);
    const loaded = await load(manager, provider, customersIn(scope, customerIds));
    const histories = [...loaded.values()].map(({ history }) => history);
    const holders = histories.flatMap(({ customer, others }) => [customer.customerId, ...others.keys()]);
    const held = histories.flatMap(({ commitments }) => commitments.map(({ commitmentId }) => commitmentId));
    const issued = await issuedLedgerOf(manager, provider, [...new Set(holders)], [...new Set(held)]);
    return new Map([...loaded].map(([id, billing]) => [id, { billing, issued }]));
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
  const commitments = await heldCommitments(db, provider, customerIds);
  const others = await otherHolders(db, provider, commitments);
  const accounts = await rows<AccountRow>(
    db,
    `SELECT * FROM billing_accounts
      WHERE provider_id = $1 AND (customer_id = ANY($2::uuid[]) OR account_id = ANY($3::uuid[])) ORDER BY account_id`,
    [...many, others.accountIds],
  );
  const classes = await rows<ClassRow>(
    db,
    "SELECT * FROM billing_classes WHERE provider_id = $1 ORDER BY customer_class_id",
    [provider],
  );
  const ledgers = await ledgersOf(db, provider, customerIds);
  const voided = await voidedPeriodsOf(db, provider, [
    ...customerIds,
    ...others.customers.map(({ customer_id }) => customer_id),
  ]);
  const gone = await feesGoneOf(
    db,
    provider,
    others.customers.map(({ customer_id }) => customer_id),
  );
  const usage = await usageAccountsOf(db, provider, customerIds);
  const loaded = { customers, others: others.customers, accounts, classes, commitments, ledgers, voided, gone, usage };
  const current = assembled(provider, loaded).map((known) => ({
    ...known,
    receivablesEnd: lastKnown(BigInt(known.row.receivables_revision), passed.get(known.row.customer_id) ?? []),
  }));
  const late = await lateEventsOf(db, provider, current);
  const billings = current.map((known): Billing => {
    const events = late.get(known.row.customer_id) ?? [];
    const ownVoided = voided.get(known.row.customer_id) ?? new Set();
    const own = customerUsage(known.usageAccounts, []);
    return { ...known, late: events, movedFrom: firstDay(events), billed: [], voided: ownVoided, usage: own };
  });
  const billed = await billedSince(db, provider, billings, from);
  const used = await usagePeriodsOf(db, provider, billings.flatMap(usageWanted(from)));
  return new Map(
    billings.map((billing) => {
      const { customer_id } = billing.row;
      const periods = used.get(customer_id) ?? [];
      const known = { billed: billed.get(customer_id) ?? [], usage: customerUsage(billing.usageAccounts, periods) };
      return [customer_id, { ...billing, ...known }];
    }),
  );
};

/** The periods whose calls are computed: the one that closes next, and those that are computed again. */
const usageWanted =
  (from: LocalDate | null) =>
  ({ usageAccounts, history: { customer }, closedTo, movedFrom }: Billing) => {
    if (usageAccounts.length === 0) return [];
    const first =
      closedTo === null
        ? null
        : [movedFrom, from].reduce<LocalDate>((day, other) => (other !== null && other < day ? other : day), closedTo);
    return [{ customerId: customer.customerId, from: first === null ? "" : billingPeriodOf(customer, first).from }];
  };

/** The customers and accounts that hold or held the commitments beside those that these were loaded for. */
const otherHolders = async (
  db: Queryable,
  provider: string,
  commitments: readonly HeldRow[],
): Promise<{ readonly customers: CustomerRow[]; readonly accountIds: string[] }> => {
  const shared = commitments.filter(({ state }) => customersOf(state).length > 1);
  const holders = shared.flatMap(({ state }) => state.holders);
  const ids = [...new Set(holders.map(({ customerId }) => customerId))];
  const accountIds = [...new Set(holders.map(({ accountId }) => accountId))];
  if (ids.length === 0) return { customers: [], accountIds };
  const customers = await rows<CustomerRow>(
    db,
    "SELECT * FROM billing_customers WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])",
    [provider, ids],
  );
  return { customers, accountIds };
};

/** Revisions of passed events in the customers' receivables streams, ascending, by customer. */
export const passedReceivables = async (
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
  return new Map(
    [...groupBy(found, ({ customer_id }) => customer_id)].map(([id, group]) => [
      id,
      group.map(({ revision }) => revision),
    ]),
  );
};

const rows = <Row>(db: Queryable, sql: string, parameters: unknown[]): Promise<Row[]> =>
  db.query<Row[]>(sql, parameters);

/**
 * Whether any commitment was ever assigned from an offer, upgraded to it or has a planned or scheduled upgrade to it:
 * such an offer cannot be deleted.
 */
export const wasEverAssigned = async (db: Queryable, provider: string, offerId: string): Promise<boolean> => {
  const held = { terms: { offerId } };
  const [found] = await rows<{ assigned: boolean }>(
    db,
    `SELECT EXISTS (SELECT FROM billing_commitments WHERE provider_id = $1 AND offer_id = $2)
         OR EXISTS (SELECT FROM billing_commitments
                     WHERE provider_id = $1
                       AND (state -> 'versions' @> $3::jsonb OR state -> 'scheduledUpgrades' @> $3::jsonb
                          OR state -> 'upgrades' @> $4::jsonb)) AS assigned`,
    [provider, offerId, JSON.stringify([held]), JSON.stringify([{ then: held }])],
  );
  return found?.assigned ?? false;
};
