import { type DataSource } from "typeorm";
import { type Commitment } from "#domain/commitments/commitment.js";
import { customersOf } from "#domain/commitments/holders.js";
import { type CustomerBilling, EMPTY_LEDGER, type Ledger } from "#domain/billing/ledger.js";
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
import { ACCOUNT_COLUMNS, CUSTOMER_COLUMNS, feedRowsOf } from "./feed-rows.js";
import { type HeldRow } from "./holders.js";
import { billedSince, firstDay, lateEventsOf } from "./late.js";
import { issuedLedgerOf, ledgersOf } from "./lines.js";
import { feesGoneOf, type VoidedRow, voidedPeriodsOf } from "./voided.js";
import { type AccountRow, type CustomerRow } from "./rows.js";
import { customerUsage, type UsageAccountRow, usagePeriodsOf } from "./usage.js";

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

/** How a customer is billed, and the discounts on numbered invoices; null: those were not asked for. */
export interface WithIssued {
  readonly billing: Billing;
  readonly issued: Ledger | null;
}

/**
 * As {@link loadBillings}, some of them with what numbered invoices gave on the commitments that they hold or held, all
 * as of one snapshot.
 * @param withIssued those of the customers for which that is asked
 */
export const loadLedgers = (
  dataSource: DataSource,
  scope: Scope,
  customerIds: readonly string[],
  withIssued: ReadonlySet<string>,
): Promise<Map<string, WithIssued>> =>
  readSnapshot(dataSource, async (manager) => {
    const { providerId: provider } = scope;
    await requireNotStalled(manager, provider);
    const loaded = await load(manager, provider, customersIn(scope, customerIds));
    const histories = [...loaded].flatMap(([id, { history }]) => (withIssued.has(id) ? [history] : []));
    const holders = histories.flatMap(({ customer, others }) => [customer.customerId, ...others.keys()]);
    const held = histories.flatMap(({ commitments }) => commitments.map(({ commitmentId }) => commitmentId));
    const issued =
      held.length === 0
        ? EMPTY_LEDGER
        : await issuedLedgerOf(manager, provider, [...new Set(holders)], [...new Set(held)]);
    return new Map([...loaded].map(([id, billing]) => [id, { billing, issued: withIssued.has(id) ? issued : null }]));
  });

/**
 * What numbered invoices gave on a commitment, whoever held it.
 * @throws ProviderStalled where the feed does not show all that was recorded of the provider
 */
export const loadIssued = async (
  dataSource: DataSource,
  { providerId: provider }: Scope,
  commitment: Commitment,
): Promise<Ledger> => {
  const [issued] = await Promise.all([
    issuedLedgerOf(dataSource, provider, customersOf(commitment), [commitment.commitmentId]),
    requireNotStalled(dataSource, provider),
  ]);
  return issued;
};

const load = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
  from: LocalDate | null = null,
): Promise<Map<string, Billing>> => {
  const feed = await feedRowsOf(db, provider, customerIds);
  const others = await otherHolders(db, provider, feed.commitments);
  const { customers, classes, commitments } = feed;
  const passed = groupBy(feed.passed, ({ customer_id }) => customer_id);
  const voided = voidedPeriodsOf([...feed.voided, ...others.voided]);
  const known = new Map([...feed.accounts, ...others.accounts].map((row) => [row.account_id, row]));
  const accounts = [...known.values()].sort((one, other) => (one.account_id < other.account_id ? -1 : 1));
  const { gone } = others;
  const usage = groupBy(feed.usage, ({ customer_id }) => customer_id);
  const ledgers = ledgersOf(feed.ledger);
  const loaded = { customers, others: others.customers, accounts, classes, commitments, ledgers, voided, gone, usage };
  const current = assembled(provider, loaded).map((one) => {
    const revisions = (passed.get(one.row.customer_id) ?? []).map(({ revision }) => revision);
    return { ...one, receivablesEnd: lastKnown(BigInt(one.row.receivables_revision), revisions) };
  });
  const bases = new Map(feed.bases.map(({ customer_id, basis }) => [customer_id, basis]));
  const late = await lateEventsOf(db, provider, current, bases);
  const billings = current.map((one): Billing => {
    const events = late.get(one.row.customer_id) ?? [];
    const ownVoided = voided.get(one.row.customer_id) ?? new Set();
    const own = customerUsage(one.usageAccounts, []);
    return { ...one, late: events, movedFrom: firstDay(events), billed: [], voided: ownVoided, usage: own };
  });
  const billed = await billedSince(db, provider, billings, from);
  const used = await usagePeriodsOf(db, provider, billings.flatMap(usageWanted(from)));
  return new Map(
    billings.map((billing) => {
      const { customer_id } = billing.row;
      const periods = used.get(customer_id) ?? [];
      const more = { billed: billed.get(customer_id) ?? [], usage: customerUsage(billing.usageAccounts, periods) };
      return [customer_id, { ...billing, ...more }];
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

/** Rows of those that hold or held commitments of the customers that are loaded, those among them again. */
interface OtherHolders {
  readonly customers: readonly CustomerRow[];
  readonly accounts: readonly AccountRow[];
  readonly voided: readonly VoidedRow[];
  readonly gone: ReadonlyMap<string, ReadonlySet<string>>;
}

const otherHolders = async (
  db: Queryable,
  provider: string,
  commitments: readonly HeldRow[],
): Promise<OtherHolders> => {
  const shared = commitments.filter(({ state }) => customersOf(state).length > 1);
  if (shared.length === 0) return { customers: [], accounts: [], voided: [], gone: new Map() };
  const holders = shared.flatMap(({ state }) => state.holders);
  const accountIds = [...new Set(holders.map(({ accountId }) => accountId))];
  const of = [provider, [...new Set(holders.map(({ customerId }) => customerId))]];
  const customers = await rows<CustomerRow>(
    db,
    `SELECT ${CUSTOMER_COLUMNS} FROM billing_customers WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])`,
    of,
  );
  const accounts = await rows<AccountRow>(
    db,
    `SELECT ${ACCOUNT_COLUMNS} FROM billing_accounts WHERE provider_id = $1 AND account_id = ANY($2::uuid[])`,
    [provider, accountIds],
  );
  const voided = await rows<VoidedRow>(
    db,
    `SELECT provider_id, customer_id, period_from FROM billing_voided
      WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])`,
    of,
  );
  const known = customers.map(({ customer_id }) => customer_id);
  return { customers, accounts, voided, gone: await feesGoneOf(db, provider, known) };
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
