import { type Interval, later, type LocalDate } from "../calendar.js";
import { type CustomerHistory, endOf } from "../commitments/history.js";
import { billingPeriodOf, type Customer } from "../customers/customer.js";
import { big } from "../money.js";
import { charges } from "./charges.js";
import { lastDayDrawn, MOST_COMING } from "./commitment-timeline.js";
import { changedBy, type Totalled } from "./foresee.js";
import { type CustomerBilling } from "./ledger.js";
import { type Line } from "./line.js";
import { penaltiesOf, totalOf } from "./period.js";
import { type Recording } from "./recording.js";

/** A billing period to come of whose invoice a command changes the total. */
export interface ComingPeriod {
  /** [from, to). */
  readonly period: Interval;
  /** Its invoice without the command and with it; empty where the customer has no such period then. */
  readonly before: Totalled;
  readonly after: Totalled;
}

export interface ComingPeriods {
  /** Those that change, in order of their ends; at most {@link MOST_CHANGED}. */
  readonly periods: readonly ComingPeriod[];
  /**
   * The last period that was looked at changes: later ones do as well. Nothing that is known comes after it, unless one
   * of the limits was reached.
   */
  readonly laterToo: boolean;
}

/** Changed periods at most; of a command on the customer or an account also those that are looked at. */
export const MOST_CHANGED = 24;

/**
 * The invoices of billing periods after the running one that a command changes, by the code of the close, as known
 * today: through the period after the one in which the last thing happens that is known to come (docs/rules.md#preview).
 * @param billing the history without the command, and what was billed: at least for the periods from `from` on
 * @param after the history with it
 * @param from the first day on which its events take effect; null: there are none
 * @param today the customer's
 * @param record takes down how each line is computed
 */
export const comingPeriods = (
  billing: CustomerBilling,
  after: CustomerHistory,
  from: LocalDate | null,
  today: LocalDate,
  record?: Recording,
): ComingPeriods => {
  const { history: before } = billing;
  const { currency } = before.customer;
  const running = billingPeriodOf(before.customer, today);
  const changed = changedBy(billing, after, from, running);
  const ids = changedCommitments(before, after);
  const most = ids === null ? MOST_CHANGED : MOST_COMING;
  const last = later(lastDayOf(only(billing, ids).history, today), lastDayOf(only(changed, ids).history, today));
  const totalOn = (known: CustomerBilling, period: Interval | null): string =>
    period ? totalOf(invoiceLines(only(known, ids), period), currency) : "0";
  const totalled = (known: CustomerBilling, period: Interval | null): Totalled => {
    const lines = period ? invoiceLines(known, period, record) : [];
    return { lines, total: totalOf(lines, currency) };
  };
  const periods: ComingPeriod[] = [];
  let laterToo = false;
  let looked = 0;
  for (const [without, withIt] of periodsOfBoth(before.customer, after.customer, running.to)) {
    laterToo = !big(totalOn(billing, without)).eq(big(totalOn(changed, withIt)));
    const period = without ?? withIt;
    if (laterToo && period)
      periods.push({ period, before: totalled(billing, without), after: totalled(changed, withIt) });
    looked += 1;
    const isSteady = (without ?? running).from > last && (withIt ?? running).from > last;
    if (isSteady || periods.length === MOST_CHANGED || looked === most) break;
  }
  return { periods, laterToo };
};

/** The commitments that differ, of a command on commitments; null: any may be charged otherwise. */
const changedCommitments = (before: CustomerHistory, after: CustomerHistory): ReadonlySet<string> | null => {
  if (before.customer !== after.customer || before.accounts !== after.accounts) return null;
  const earlier = new Map(before.commitments.map((commitment) => [commitment.commitmentId, commitment]));
  return new Set(
    after.commitments
      .filter((commitment) => earlier.get(commitment.commitmentId) !== commitment)
      .map(({ commitmentId }) => commitmentId),
  );
};

const only = (billing: CustomerBilling, ids: ReadonlySet<string> | null): CustomerBilling => {
  const { history } = billing;
  if (ids === null) return billing;
  return {
    ...billing,
    history: { ...history, commitments: history.commitments.filter(({ commitmentId }) => ids.has(commitmentId)) },
  };
};

/** The last day on which something happens that is known to come, or the end of its billing period. */
const lastDayOf = (history: CustomerHistory, today: LocalDate): LocalDate => {
  const { customer, commitments } = history;
  const { suspensions, discountRates, classes, cycles } = customer;
  return [
    ...commitments.map((commitment) =>
      lastDayDrawn(commitment, customer, endOf(commitment, history)?.on ?? null, today),
    ),
    ...[...suspensions, ...discountRates, ...classes].map(({ effectiveOn }) => effectiveOn),
    ...cycles.map(({ inForceFrom }) => inForceFrom),
  ].reduce<LocalDate>(later, today);
};

/**
 * Billing periods from a day on, in order of their ends: of the customer as it is without a command and with it. They
 * are the same, and come in pairs, but where the command changes how the calendar is cut.
 */
function* periodsOfBoth(
  before: Customer,
  after: Customer,
  from: LocalDate,
): Generator<readonly [Interval | null, Interval | null], never> {
  let [one, other] = [billingPeriodOf(before, from), billingPeriodOf(after, from)];
  for (;;) {
    const isBoth = one.from === other.from && one.to === other.to;
    const isOne = isBoth || one.to <= other.to;
    yield isBoth ? [one, other] : isOne ? [one, null] : [null, other];
    if (isOne) one = billingPeriodOf(before, one.to);
    if (isBoth || !isOne) other = billingPeriodOf(after, other.to);
  }
}

/** What the close of a period to come bills, but that only of what ends in it the discounts given are added up. */
const invoiceLines = (billing: CustomerBilling, period: Interval, record?: Recording): Line[] => {
  const { history } = billing;
  const ending = history.commitments.filter((commitment) => {
    const end = endOf(commitment, history);
    return end !== null && end.on >= period.from && end.on < period.to;
  });
  const ended = { ...billing, history: { ...history, commitments: ending } };
  return [...charges(history, period, record), ...(ending.length === 0 ? [] : penaltiesOf(ended, period, record))];
};
