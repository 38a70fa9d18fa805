import { type Interval } from "../calendar.js";
import { big, format, sum, type Amount, type Currency } from "../money.js";
import { charges } from "./charges.js";
import {
  chargesCorrected,
  type Corrected,
  correctedLedger,
  eachChargesCorrected,
  eachCorrected,
} from "./corrections.js";
import { type CustomerBilling, firstBilledDay, ledgerBefore, periodsFrom, withLines } from "./ledger.js";
import { type Line } from "./line.js";
import { penalties } from "./penalty.js";
import { type Recording } from "./recording.js";
import { usageLines } from "./usage-lines.js";

/**
 * The lines of a period close: the corrections of closed periods where it is the next to close, its charges, the calls
 * that it bills, then the penalties of commitments that end early in it (docs/rules.md#period-close).
 * @param period a whole billing period of the customer that is not closed, [from, to)
 * @param record takes down how each line is computed
 */
export const periodLines = (billing: CustomerBilling, period: Interval, record?: Recording): Line[] =>
  [...periodLinesInSteps(billing, period, record)].flat();

/**
 * The same lines in steps, one or two for each closed period that is corrected, so that who computes them can let other
 * work go on in between: a customer with a thousand commitments that are billed by the day has as many lines in each.
 */
export function* periodLinesInSteps(
  billing: CustomerBilling,
  period: Interval,
  record?: Recording,
): Generator<readonly Line[]> {
  const { history, closedTo, sealed } = billing;
  const charged: Corrected[] = [];
  let corrected = sealed;
  for (const one of eachChargesCorrected(billing, record)) {
    charged.push(one);
    corrected = withLines(corrected, one.lines, record);
    yield [];
  }
  if (period.from === closedTo) {
    for (const { lines } of eachCorrected(billing, charged, corrected, record)) yield lines;
  }
  const own = charges(history, period, record);
  const ledger = withLines(ledgerBefore(history, period, corrected, closedTo, record), own, record);
  const used = usageLines(billing.usage, history, period, record);
  yield [...own, ...used, ...penalties(history, period, ledger, record)];
}

/**
 * What is on no invoice yet through a period: the lines of its close, and before them those of the closes of periods that
 * ended before it and are not closed yet. So corrections are among them, whichever close comes next.
 * @param period a whole billing period of the customer that is not closed, [from, to)
 */
export const linesThrough = (billing: CustomerBilling, period: Interval, record?: Recording): Line[] =>
  linesByPeriod(billing, period, record).flatMap(({ lines }) => lines);

/** The same lines by the period whose close they are of: one that has not begun yet may be the last. */
export const linesByPeriod = (
  billing: CustomerBilling,
  last: Interval,
  record?: Recording,
): { readonly period: Interval; readonly lines: readonly Line[] }[] => {
  const { history, closedTo } = billing;
  const charged = chargesCorrected(billing, record);
  const corrected = correctedLedger(billing, charged, record);
  let ledger = corrected;
  const first = closedTo ?? firstBilledDay(billing);
  const open = first === null ? [] : periodsFrom(history, first, last.from);
  return [...open, last].map((period) => {
    const own = charges(history, period, record);
    ledger = withLines(ledger, own, record);
    const late = period.from === closedTo ? [...eachCorrected(billing, charged, corrected, record)] : [];
    const used = usageLines(billing.usage, history, period, record);
    const ended = penalties(history, period, ledger, record);
    return { period, lines: [...late.flatMap((each) => each.lines), ...own, ...used, ...ended] };
  });
};

/**
 * The penalties of commitments that end early in a period, closed or not, as they should be: whatever was billed of
 * them.
 */
export const penaltiesOf = (billing: CustomerBilling, period: Interval, record?: Recording): Line[] => {
  const { history, closedTo } = billing;
  const sealed = correctedLedger(billing, chargesCorrected(billing, record), record);
  // A closed period is in that ledger already: its lines must not count twice.
  const closed = closedTo !== null && period.to <= closedTo;
  const ledger = closed
    ? sealed
    : withLines(ledgerBefore(history, period, sealed, closedTo, record), charges(history, period, record), record);
  return penalties(history, period, ledger, record);
};

/** @returns the sum of the lines' nets, with the currency's decimals */
export const totalOf = (lines: readonly Line[], currency: Currency): Amount =>
  format(sum(lines.map(({ net }) => big(net))), currency);
