import { addDays, earlier, type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { customersOf, daysHeldBy, firstDayOf } from "../commitments/holders.js";
import { billingPeriodOf, type Customer } from "../customers/customer.js";
import { type Amount, big, type Currency, format, ZERO } from "../money.js";
import { charges } from "./charges.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type Line } from "./line.js";

/**
 * Discounts actually given, by commitment id and row id: what an early termination claims back (docs/rules.md#ledger).
 */
export type Ledger = ReadonlyMap<string, ReadonlyMap<string, Amount>>;

export const EMPTY_LEDGER: Ledger = new Map();

/** A line of a sealed invoice as the billing feed keeps it: what was billed for a row of a commitment in a period. */
export interface BilledLine extends Pick<
  Line,
  | "kind"
  | "commitmentId"
  | "accountId"
  | "rowId"
  | "from"
  | "until"
  | "days"
  | "periodDays"
  | "fee"
  | "discount"
  | "discountOrigin"
  | "net"
  | "currency"
> {
  readonly invoiceId: string;
  /** The whole billing period of the invoice, [from, to). */
  readonly period: Interval;
}

/** The part of a line that the ledger needs. */
type Discounted = Pick<BilledLine, "commitmentId" | "rowId" | "discount" | "discountOrigin" | "currency">;

/** The ledger that these lines add up to, in any order. */
export const ledgerOf = (lines: readonly Discounted[]): Ledger => withLines(EMPTY_LEDGER, lines);

/** The ledger with the discounts of these lines added. Only discounts whose origin is the commitment count. */
export const withLines = (ledger: Ledger, lines: readonly Discounted[]): Ledger => {
  const given = lines.filter(({ discountOrigin }) => discountOrigin === "COMMITMENT");
  if (given.length === 0) return ledger;
  const next = new Map([...ledger].map(([id, rows]) => [id, new Map(rows)]));
  for (const line of given) {
    const rows = next.get(line.commitmentId) ?? new Map<string, Amount>();
    next.set(line.commitmentId, rows);
    rows.set(line.rowId, plus(rows.get(line.rowId), line.discount, line.currency));
  }
  return next;
};

const plus = (a: Amount | undefined, b: Amount, currency: Currency): Amount =>
  format((a === undefined ? ZERO : big(a)).plus(big(b)), currency);

/** A customer's history, and the result of the period closes so far. */
export interface CustomerBilling {
  readonly history: CustomerHistory;
  /** Discounts given on lines of sealed invoices. */
  readonly sealed: Ledger;
  /** First day after the customer's last closed period; null: none was closed. */
  readonly closedTo: LocalDate | null;
}

/**
 * The billing periods of a customer that have begun by `before` and are not sealed yet, in order.
 * @param closedTo first day after the last closed period; null: none was closed, so from the earliest day on which a commitment is held
 */
export const openPeriods = (history: CustomerHistory, closedTo: LocalDate | null, before: LocalDate): Interval[] => {
  const { customerId } = history.customer;
  const starts = history.commitments.flatMap((commitment) => firstDayOf(commitment, customerId) ?? []);
  const first =
    closedTo ??
    starts.reduce<LocalDate | null>((least, start) => (least === null || start < least ? start : least), null);
  const periods: Interval[] = [];
  let next = first;
  while (next !== null && next < before) {
    const period = billingPeriodOf(history.customer, next);
    periods.push(period);
    next = period.to;
  }
  return periods;
};

/**
 * The ledger before a period's own lines: the discounts of sealed invoices, and of the charges of the periods between
 * the last close and this one.
 * @param sealed discounts of the lines of sealed invoices
 */
export const ledgerBefore = (
  history: CustomerHistory,
  period: Interval,
  sealed: Ledger,
  closedTo: LocalDate | null,
): Ledger =>
  openPeriods(history, closedTo, period.from).reduce(
    (ledger, open) => withLines(ledger, charges(history, open)),
    sealed,
  );

/**
 * The ledger with what the other holders of a commitment were given: what `charges` yields over all their periods that
 * are not void, closed or not, each by its holder's cycle, class and rate (docs/rules.md#transfer). So it does not
 * depend on how far the others are billed.
 * @param lastDay the commitment's last charged day
 */
export const withOthers = (
  history: CustomerHistory,
  commitment: Commitment,
  lastDay: LocalDate,
  ledger: Ledger,
): Ledger =>
  customersOf(commitment).reduce((all, customerId) => {
    const other = history.others.get(customerId);
    if (!other) return all;
    const theirs = { ...history, customer: other.customer, commitments: [commitment], others: seenByOther(history) };
    return periodsHeld(other.customer, commitment, addDays(lastDay, 1))
      .filter(({ from }) => !other.voided.has(from))
      .reduce((given, period) => withLines(given, charges(theirs, period)), all);
  }, ledger);

/** The other holders, as seen by one of them: the customer of the history is one too. */
const seenByOther = ({ customer, others }: CustomerHistory): CustomerHistory["others"] =>
  new Map([...others, [customer.customerId, { customer, closedTo: null, voided: new Set() }]]);

/** The billing periods of a customer in which it holds a commitment before `end`, in order. */
const periodsHeld = (customer: Customer, commitment: Commitment, end: LocalDate): Interval[] => {
  const periods = new Map<LocalDate, Interval>();
  for (const { from, to } of daysHeldBy(commitment, customer.customerId, end)) {
    for (let next = from; next < earlier(to, end);) {
      const period = billingPeriodOf(customer, next);
      periods.set(period.from, period);
      next = period.to;
    }
  }
  return [...periods.values()];
};
