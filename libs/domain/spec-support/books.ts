import { billedLines, type CustomerBilling, type LateEvent, NOTHING_BILLED, withLines } from "../billing/ledger.js";
import { type Line } from "../billing/line.js";
import { periodLines } from "../billing/period.js";
import { type Recording } from "../billing/recording.js";
import { earlier, type Interval, type LocalDate } from "../calendar.js";
import { type CustomerHistory } from "../commitments/history.js";

/** What was billed to a customer: its closed periods with the lines of their invoices. */
export type Books = Omit<CustomerBilling, "history">;

/** Closes a period, as the billing run does, from the history as it is then. */
export const close = (
  books: Books,
  history: CustomerHistory,
  period: Interval,
  record?: Recording,
): { readonly lines: readonly Line[]; readonly books: Books } => {
  const lines = periodLines({ ...books, history }, period, record);
  return {
    lines,
    books: {
      ...NOTHING_BILLED,
      sealed: withLines(books.sealed, lines),
      closedTo: period.to,
      billed: [...books.billed, ...billedLines(`invoice of ${period.from}`, lines, period)],
      voided: books.voided,
    },
  };
};

/** Closes periods one after the other, all from one history. */
export const closeAll = (
  history: CustomerHistory,
  periods: readonly Interval[],
  books: Books = NOTHING_BILLED,
): Books => periods.reduce((before, period) => close(before, history, period).books, books);

/** The books with late events. */
export const moved = (books: Books, ...events: readonly LateEvent[]): Books => ({
  ...books,
  late: [...books.late, ...events],
  movedFrom: events.reduce<LocalDate | null>(
    (first, { effectiveOn }) => (first === null ? effectiveOn : earlier(first, effectiveOn)),
    books.movedFrom,
  ),
});
