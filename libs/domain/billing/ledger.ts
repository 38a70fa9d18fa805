import { addDays, earlier, earliest, type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { customersOf, daysHeldBy, firstDayOf } from "../commitments/holders.js";
import { billingPeriodOf, type Customer } from "../customers/customer.js";
import { type Amount, big, type Currency, format, ZERO } from "../money.js";
import { charges } from "./charges.js";
import { comparedBy } from "./compared-by.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type Line } from "./line.js";
import { type GivenLine, type Recording } from "./recording.js";
import { type CustomerUsage, NO_USAGE } from "./usage-lines.js";

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
  | "description"
  | "from"
  | "until"
  | "days"
  | "periodDays"
  | "fee"
  | "discount"
  | "discountOrigin"
  | "unitDiscount"
  | "charged"
  | "corrects"
  | "currency"
> {
  readonly invoiceId: string;
  /** Number of the line in its invoice, from 1. */
  readonly position: number;
  /** Ids of the events that it comes from; left out where they are not loaded. */
  readonly causes?: readonly string[];
  /** A day of the billing period that it belongs to: not the invoice's period where the line is late or corrects one. */
  readonly belongsTo: LocalDate;
}

/**
 * A day of the billing period that a line belongs to: of an adjustment that of what it corrects; what is charged on a
 * single day may be late. Calls belong to the period that sums them up, also where they are of an earlier one.
 * @param period the invoice's
 */
export const belongsTo = ({ kind, from, corrects }: Line, period: Pick<Interval, "from">): LocalDate =>
  corrects?.period.from ?? (kind === "USAGE" ? period.from : earlier(from, period.from));

/** The lines of an invoice as they are compared later. */
export const billedLines = (invoiceId: string, lines: readonly Line[], period: Interval): BilledLine[] =>
  lines.map((line, index) => ({ ...line, invoiceId, position: index + 1, belongsTo: belongsTo(line, period) }));

/** The part of a line that the ledger needs. */
type Discounted = Pick<Line, "commitmentId" | "rowId" | "discount" | "discountOrigin" | "currency">;

/** The ledger that these lines add up to, in any order. */
export const ledgerOf = (lines: readonly Discounted[]): Ledger => withLines(EMPTY_LEDGER, lines);

/** The ledger with the discounts of these lines added. Only discounts whose origin is the commitment count. */
export const withLines = (
  ledger: Ledger,
  lines: readonly (Discounted & Partial<GivenLine>)[],
  record?: Recording,
): Ledger => {
  const given = lines.filter(isGivenByCommitment);
  if (given.length === 0) return ledger;
  const next = new Map([...ledger].map(([id, rows]) => [id, new Map(rows)]));
  for (const line of given) {
    const rows = next.get(line.commitmentId) ?? new Map<string, Amount>();
    next.set(line.commitmentId, rows);
    rows.set(line.rowId, plus(rows.get(line.rowId), line.discount, line.currency));
  }
  record?.added(ledger, given, next);
  return next;
};

const isGivenByCommitment = <Given extends Discounted>(line: Given): line is Given & { commitmentId: string } =>
  line.discountOrigin === "COMMITMENT" && line.commitmentId !== null;

const plus = (a: Amount | undefined, b: Amount, currency: Currency): Amount =>
  format((a === undefined ? ZERO : big(a)).plus(big(b)), currency);

/** A late event: it takes effect on a day of a closed period, and no close was computed from it yet. */
export interface LateEvent {
  readonly eventId: string;
  /** The commitment that it is about; null: it is about the customer, an account or a class. */
  readonly commitmentId: string | null;
  /** The account that it is about; left out: it is about something else. */
  readonly accountId?: string;
  readonly effectiveOn: LocalDate;
}

/** A customer's history, and the result of the period closes so far. */
export interface CustomerBilling {
  readonly history: CustomerHistory;
  /** Discounts given on lines of sealed invoices. */
  readonly sealed: Ledger;
  /** First day after the customer's last closed period; null: none was closed. */
  readonly closedTo: LocalDate | null;
  /** The day from which closed periods must be computed again; null: none must (docs/rules.md#corrections). */
  readonly movedFrom: LocalDate | null;
  /** The late events. */
  readonly late: readonly LateEvent[];
  /** In order of recording: at least every line that belongs to a period which must be computed again. */
  readonly billed: readonly BilledLine[];
  /** First days of the periods whose invoice is void and was not issued again: nothing of them is billed. */
  readonly voided: ReadonlySet<LocalDate>;
  /** What its accounts used, by the periods that bill it. */
  readonly usage: CustomerUsage;
  /** The version of the rules by which it is computed (invoicing/rules-version.ts). Absent: the present one. */
  readonly rules?: number;
}

/** Whether a day lies in no closed period: of what was billed for it and later days nothing is missing then. */
export const isOpenOn = ({ closedTo }: Pick<CustomerBilling, "closedTo">, day: LocalDate): boolean =>
  closedTo === null || day >= closedTo;

/** A customer of whom nothing was billed yet. */
export const NOTHING_BILLED: Omit<CustomerBilling, "history"> = {
  sealed: EMPTY_LEDGER,
  closedTo: null,
  movedFrom: null,
  late: [],
  billed: [],
  voided: new Set(),
  usage: NO_USAGE,
};

/**
 * The billing with events that are not recorded yet, or not shown by the feed yet.
 * @param from the first day on which they take effect
 */
export const movedBy = (
  billing: CustomerBilling,
  history: CustomerHistory,
  from: LocalDate | null,
): CustomerBilling => {
  const { closedTo, movedFrom } = billing;
  if (from === null || closedTo === null || from >= closedTo) return { ...billing, history };
  return { ...billing, history, movedFrom: earliest(movedFrom, from) };
};

/**
 * The billing periods of a customer that have begun by `before` and are not sealed yet, in order.
 * @param closedTo first day after the last closed period; null: none was closed, so from the earliest day on which a
 * commitment is held
 */
export const openPeriods = (history: CustomerHistory, closedTo: LocalDate | null, before: LocalDate): Interval[] => {
  const first = closedTo ?? earliestStart(history);
  return first === null ? [] : periodsFrom(history, first, before);
};

/** The first day on which the customer held a commitment, or a call was billed to it; null: there is none. */
export const firstBilledDay = ({ history, usage }: Pick<CustomerBilling, "history" | "usage">): LocalDate | null => {
  const start = earliestStart(history);
  return start === null ? usage.firstOn : earliest(usage.firstOn, start);
};

/** The first day on which the customer held a commitment; null: it held none. */
export const earliestStart = ({ customer, commitments }: CustomerHistory): LocalDate | null =>
  commitments
    .flatMap((commitment) => firstDayOf(commitment, customer.customerId) ?? [])
    .reduce<LocalDate | null>((first, start) => earliest(first, start), null);

/** The billing periods from the one that contains a day, in order, that begin before another day. */
export const periodsFrom = (
  { customer }: Pick<CustomerHistory, "customer">,
  from: LocalDate,
  before: LocalDate,
): Interval[] => {
  const periods: Interval[] = [];
  let next = from;
  while (next < before) {
    const period = billingPeriodOf(customer, next);
    periods.push(period);
    next = period.to;
  }
  return periods;
};

/**
 * The ledger before a period's own lines: the discounts of sealed invoices, and of the charges of the periods between
 * the last close and this one.
 * @param sealed discounts of the lines of sealed invoices, with those of corrections to come
 */
export const ledgerBefore = (
  history: CustomerHistory,
  period: Interval,
  sealed: Ledger,
  closedTo: LocalDate | null,
  record?: Recording,
): Ledger =>
  openPeriods(history, closedTo, period.from).reduce(
    (ledger, open) => withLines(ledger, charges(history, open, record), record),
    sealed,
  );

/**
 * The ledger with what the other holders of a commitment were given: what `charges` yields over all their periods that
 * are not void, closed or not, each by its holder's cycle, class and rate (docs/rules.md#transfer), without one-time fees
 * that went with a void invoice. So it does not depend on how far the others are billed.
 * @param lastDay the commitment's last charged day
 */
export const withOthers = (
  history: CustomerHistory,
  commitment: Commitment,
  lastDay: LocalDate,
  ledger: Ledger,
  record?: Recording,
): Ledger =>
  customersOf(commitment).reduce((all, customerId) => {
    const other = history.others.get(customerId);
    if (!other) return all;
    const theirs = seenByHolder(history, commitment, other.customer);
    return periodsHeld(other.customer, commitment, addDays(lastDay, 1))
      .filter(({ from }) => !other.voided.has(from))
      .reduce((given, period) => {
        const lines = charges(theirs, period, record);
        return withLines(
          given,
          other.feesGone.size === 0 ? lines : lines.filter((line) => !other.feesGone.has(comparedBy(line))),
          record,
        );
      }, all);
  }, ledger);

/** The history of one commitment as seen by another of its holders. */
export const seenByHolder = (
  history: CustomerHistory,
  commitment: Commitment,
  customer: Customer,
): CustomerHistory => ({
  ...history,
  customer,
  commitments: [commitment],
  others: seenByOther(history),
});

/** The other holders, as seen by one of them: the customer of the history is one too. */
const seenByOther = ({ customer, others }: CustomerHistory): CustomerHistory["others"] =>
  new Map([...others, [customer.customerId, { customer, closedTo: null, voided: new Set(), feesGone: new Set() }]]);

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
