import { type Instant, type Interval, type LocalDate } from "../calendar.js";
import { chargesCorrected } from "./corrections.js";
import { type CustomerBilling, ledgerOf, openPeriods } from "./ledger.js";
import { endOf } from "../commitments/history.js";
import { holderOn } from "../commitments/holders.js";
import { type Line } from "./line.js";
import { linesThrough, totalOf } from "./period.js";
import { charges } from "./charges.js";
import { type Recording } from "./recording.js";
import { type Commitment } from "../commitments/commitment.js";
import { penaltyIfTerminated } from "./early-termination-quote.js";
import { billingPeriodOf, todayOf } from "../customers/customer.js";
import { type Amount, big, format, sum } from "../money.js";

/** The running billing period of a commitment, were it terminated today. */
export interface CommitmentUnbilled {
  readonly commitmentId: string;
  /**
   * Discounts of the running period through today, of ended periods that are not closed yet, and those that corrections
   * of closed periods give or take: on no invoice yet.
   */
  readonly discountAccrued: Amount;
  /** The early-termination quote of today, in the customer's currency. */
  readonly penaltyIfLeftToday: Amount;
}

/** The running billing period of a customer, as known today. */
export interface Unbilled {
  readonly customerId: string;
  readonly today: LocalDate;
  /** [from, to) */
  readonly period: Interval;
  /** The lines of the period's invoice, and of those of ended periods that are not closed yet, if nothing else happens. */
  readonly lines: readonly Line[];
  readonly total: Amount;
  readonly currency: string;
  readonly commitments: readonly CommitmentUnbilled[];
}

/**
 * The running billing period by the code of the close (docs/rules.md#early-termination-quote). It is computed when
 * asked: the penalty changes with every day, without an event.
 * @param now an instant; the customer's billing time zone says which day it is
 * @param record takes down how each of its lines is computed
 */
export const unbilled = (billing: CustomerBilling, now: Instant, record?: Recording): Unbilled => {
  const { history } = billing;
  const today = todayOf(history.customer, now);
  const period = billingPeriodOf(history.customer, today);
  const lines = linesThrough(billing, period, record);
  const { currency } = history.customer;
  const commitments = history.commitments
    .filter((commitment) => {
      if (commitment.annulled || holderOn(commitment, today).customerId !== history.customer.customerId) return false;
      const end = endOf(commitment, history);
      return end === null || end.on >= today;
    })
    .map((commitment) => commitmentUnbilled(billing, commitment, today, period));
  return {
    customerId: history.customer.customerId,
    today,
    period,
    lines,
    total: totalOf(lines, currency),
    currency,
    commitments,
  };
};

const commitmentUnbilled = (
  billing: CustomerBilling,
  commitment: Commitment,
  today: LocalDate,
  period: Interval,
): CommitmentUnbilled => {
  const { history } = billing;
  const { commitmentId } = commitment;
  const { currency } = history.customer;
  const termination = { on: today, early: false, penaltyWaived: false, eventId: null };
  const terminated: Commitment = { ...commitment, termination };
  const own = { ...history, commitments: [terminated] };
  const corrected = chargesCorrected({ ...billing, history: own }).flatMap(({ lines }) => lines);
  const open = [...openPeriods(history, billing.closedTo, period.from), period].flatMap((each) => charges(own, each));
  const accrued = ledgerOf([...corrected, ...open]).get(commitmentId);
  return {
    commitmentId,
    discountAccrued: format(sum([...(accrued?.values() ?? [])].map(big)), currency),
    penaltyIfLeftToday: totalOf(penaltyIfTerminated(commitment, today, billing), currency),
  };
};
