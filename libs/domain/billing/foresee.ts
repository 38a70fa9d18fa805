import { type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type Amount } from "../money.js";
import { type CustomerHistory, endOf } from "../commitments/history.js";
import { type CustomerBilling, earliestStart, movedBy } from "./ledger.js";
import { type Line } from "./line.js";
import { type Recording } from "./recording.js";
import { linesThrough, penaltiesOf, totalOf } from "./period.js";

/** Lines with the sum of their nets, in the customer's currency. */
export interface Totalled {
  readonly lines: readonly Line[];
  readonly total: Amount;
}

/** What a command would change on a customer's invoices (docs/rules.md#preview). */
export interface Foreseen {
  /** The running billing period, [from, to). */
  readonly period: Interval;
  /**
   * What would be on its invoice, and on those of ended periods that are not closed yet, without the command and with it;
   * corrections of closed periods included.
   */
  readonly before: Totalled;
  readonly after: Totalled;
  /** The penalties of what the command ends, also where they fall in another period; null: it ends nothing. */
  readonly penalty: Totalled | null;
}

/**
 * Computes a customer's invoice without and with the events of a command, by the code of the close.
 * @param billing the history without it, and what was billed: at least for the periods from `from` on
 * @param after the history with it
 * @param from the first day on which its events take effect; null: there are none
 * @param today the customer's
 * @param record takes down how each line is computed
 */
export const foresee = (
  billing: CustomerBilling,
  after: CustomerHistory,
  from: LocalDate | null,
  today: LocalDate,
  record?: Recording,
): Foreseen => {
  const { history: before } = billing;
  const { currency } = before.customer;
  const period = billingPeriodOf(before.customer, today);
  const totalled = (lines: readonly Line[]): Totalled => ({ lines, total: totalOf(lines, currency) });
  const changed = changedBy(billing, after, from, period);
  const ended = endedBy(before, after);
  const penalties = ended.flatMap(({ commitment, on }) =>
    penaltiesOf(
      { ...changed, history: { ...after, commitments: [commitment] } },
      billingPeriodOf(after.customer, on),
      record,
    ),
  );
  return {
    period,
    before: totalled(linesThrough(billing, period, record)),
    after: totalled(linesThrough(changed, period, record)),
    penalty: ended.length === 0 ? null : totalled(penalties),
  };
};

/**
 * The billing with the events of a command.
 * @param from the first day on which they take effect; null: there are none
 * @param running the running billing period
 */
export const changedBy = (
  billing: CustomerBilling,
  after: CustomerHistory,
  from: LocalDate | null,
  running: Interval,
): CustomerBilling => movedBy(withFirstClose(billing, running), after, from);

/**
 * The billing of a customer whose first close is that of the running period: a commitment that is dated back before it
 * is billed by that close (docs/rules.md#corrections).
 */
const withFirstClose = (billing: CustomerBilling, running: Interval): CustomerBilling => {
  const start = earliestStart(billing.history);
  const opens = billing.closedTo === null && (start === null || start >= running.from);
  return opens ? { ...billing, closedTo: running.from } : billing;
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
