import { type Interval, later, type LocalDate } from "../calendar.js";
import { type CustomerHistory, endOf, inOrder } from "../commitments/history.js";
import { type Commitment } from "../commitments/commitment.js";
import { billingPeriodOf, type Customer } from "../customers/customer.js";
import { big } from "../money.js";
import { charges } from "./charges.js";
import { lastDayDrawn, MOST_COMING } from "./commitment-timeline.js";
import { changedBy, type Totalled } from "./foresee.js";
import { type CustomerBilling } from "./ledger.js";
import { type Line, type LineKind } from "./line.js";
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
  /** Those that change, in order of their ends; at most {@link MOST_CHANGED}, and fewer of who has many commitments. */
  readonly periods: readonly ComingPeriod[];
  /**
   * A period after those changes, or the last one that was looked at does, so that later ones do as well. Nothing that is
   * known comes after it, unless one of the limits was reached.
   */
  readonly laterToo: boolean;
}

/** Changed periods at most; of a command on the customer or an account also those that are looked at. */
const MOST_CHANGED = 24;
/** And of who has so many commitments that computing his invoices takes long: at least so many. */
const FEWEST = 3;
/** Charges of a commitment in a period, at most, that are computed for whole invoices: some 0.1 s. */
const MOST_CHARGES = 6_000;

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
  const invoices = Math.max(before.commitments.length, after.commitments.length) * (ids === null ? 2 : 1);
  const mostChanged = Math.min(MOST_CHANGED, Math.max(FEWEST, Math.floor(MOST_CHARGES / invoices)));
  const mostLooked = ids === null ? mostChanged : MOST_COMING;
  const [own, ownChanged] = [only(billing, ids), only(changed, ids)];
  const last = later(lastDayOf(own.history, today), lastDayOf(ownChanged.history, today));
  const linesOf = (known: CustomerBilling, period: Interval | null): readonly Line[] =>
    period ? invoiceLines(known, period, record) : [];
  const total = (lines: readonly Line[]): Totalled => ({ lines, total: totalOf(lines, currency) });
  const periods: ComingPeriod[] = [];
  let laterToo = false;
  let looked = 0;
  // What the customer is otherwise from a day on changes nothing before it.
  const first = ids === null && from !== null ? later(running.to, from) : running.to;
  for (const [without, withIt] of periodsOfBoth(before.customer, after.customer, first)) {
    const period = without ?? withIt ?? running;
    const one = total(linesOf(own, without));
    const other = total(linesOf(ownChanged, withIt));
    laterToo = !big(one.total).eq(big(other.total));
    if (laterToo && periods.length === mostChanged) break;
    if (laterToo) {
      const beside = ids === null ? [] : linesBeside(billing, ids, period, record);
      const whole = ({ lines }: Totalled, { history }: CustomerBilling): Totalled =>
        total(merged(lines, beside, history.commitments));
      periods.push({ period, before: whole(one, billing), after: whole(other, changed) });
    }
    looked += 1;
    const isSteady = (without ?? running).from > last && (withIt ?? running).from > last;
    if (isSteady || looked === mostLooked) break;
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

/** Lines of the other commitments, which are the same without the command and with it. */
const linesBeside = (
  billing: CustomerBilling,
  ids: ReadonlySet<string>,
  period: Interval,
  record?: Recording,
): readonly Line[] => {
  const { history } = billing;
  const commitments = history.commitments.filter(({ commitmentId }) => !ids.has(commitmentId));
  return invoiceLines({ ...billing, history: { ...history, commitments } }, period, record);
};

const PENALTIES: ReadonlySet<LineKind> = new Set(["PENALTY", "PENALTY_WAIVED"]);

/** Lines of both as they stand on the invoice of all of these commitments: charges, then penalties, in their order. */
const merged = (one: readonly Line[], other: readonly Line[], commitments: readonly Commitment[]): readonly Line[] => {
  if (other.length === 0) return one;
  const places = new Map(inOrder(commitments).map(({ commitmentId }, place) => [commitmentId, place]));
  const placeOf = ({ kind, commitmentId }: Line): number =>
    (PENALTIES.has(kind) ? commitments.length : 0) + (places.get(commitmentId ?? "") ?? 0);
  return [...one, ...other].sort((a, b) => placeOf(a) - placeOf(b));
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
