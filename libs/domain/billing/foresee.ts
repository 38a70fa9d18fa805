import { type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type Amount } from "../money.js";
import { type CustomerHistory, endOf } from "../commitments/history.js";
import { type CustomerBilling } from "./ledger.js";
import { type Line } from "./line.js";
import { periodLines, totalOf } from "./period.js";

/** Lines with the sum of their nets, in the customer's currency. */
export interface Totalled {
  readonly lines: readonly Line[];
  readonly total: Amount;
}

/** What a command would change on a customer's invoices (docs/rules.md#preview). */
export interface Foreseen {
  /** The running billing period, [from, to). */
  readonly period: Interval;
  /** What its invoice would hold without the command, and with it. */
  readonly before: Totalled;
  readonly after: Totalled;
  /** The penalties of what the command ends, also where they fall in a later period; null: it ends nothing. */
  readonly penalty: Totalled | null;
}

/**
 * Computes a customer's invoice without and with the events of a command, by the code of the close.
 * @param billing the history without it, and what was billed
 * @param after the history with it
 * @param today the customer's
 */
export const foresee = (billing: CustomerBilling, after: CustomerHistory, today: LocalDate): Foreseen => {
  const { history: before, sealed, closedTo } = billing;
  const { currency } = before.customer;
  const period = billingPeriodOf(before.customer, today);
  const totalled = (lines: readonly Line[]): Totalled => ({ lines, total: totalOf(lines, currency) });
  const ended = endedBy(before, after);
  const penalties = ended.flatMap(({ commitment, on }) => {
    const own = { ...after, commitments: [commitment] };
    const lines = periodLines(own, billingPeriodOf(after.customer, on), sealed, closedTo);
    return lines.filter(({ kind }) => kind === "PENALTY" || kind === "PENALTY_WAIVED");
  });
  return {
    period,
    before: totalled(periodLines(before, period, sealed, closedTo)),
    after: totalled(periodLines(after, period, sealed, closedTo)),
    penalty: ended.length === 0 ? null : totalled(penalties),
  };
};

/** Commitments whose end has another day or another cause than before, with their last charged days. */
const endedBy = (
  before: CustomerHistory,
  after: CustomerHistory,
): { readonly commitment: Commitment; readonly on: LocalDate }[] => {
  const earlier = new Map(before.commitments.map((commitment) => [commitment.commitmentId, commitment]));
  return after.commitments.flatMap((commitment) => {
    const end = endOf(commitment, after);
    if (!end) return [];
    const known = earlier.get(commitment.commitmentId);
    const was = known ? endOf(known, before) : null;
    const same = was?.on === end.on && was.causes.join() === end.causes.join();
    return same ? [] : [{ commitment, on: end.on }];
  });
};
