import { type Interval, type LocalDate } from "../calendar.js";
import { big, format, sum, type Amount, type Currency } from "../money.js";
import { charges } from "./charges.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type Ledger, ledgerBefore, withLines } from "./ledger.js";
import { type Line } from "./line.js";
import { penalties } from "./penalty.js";

/**
 * The lines of a period close: its charges, then the penalties of commitments that end early in it
 * (docs/rules.md#period-close).
 * @param period a whole billing period of the customer, [from, to)
 * @param sealed discounts of the lines of sealed invoices
 * @param closedTo first day after the customer's last closed period; null: none was closed
 */
export const periodLines = (
  history: CustomerHistory,
  period: Interval,
  sealed: Ledger,
  closedTo: LocalDate | null,
): Line[] => {
  const own = charges(history, period);
  // A closed period is in the sealed ledger already: its lines must not count twice.
  const closed = closedTo !== null && period.to <= closedTo;
  const ledger = closed ? sealed : withLines(ledgerBefore(history, period, sealed, closedTo), own);
  return [...own, ...penalties(history, period, ledger)];
};

/** @returns the sum of the lines' nets, with the currency's decimals */
export const totalOf = (lines: readonly Line[], currency: Currency): Amount =>
  format(sum(lines.map(({ net }) => big(net))), currency);
