import { LAST_DATE, later, type LocalDate } from "../calendar.js";
import { type RecurringRow } from "./events.js";
import { type CustomerHistory, endOf } from "./history.js";
import { heldTerms } from "./terms.js";

/**
 * The recurring rows that a customer's commitments hold on a day or later, as known now: those of commitments that are
 * held or pending, and of the terms that are still to come. What has ended before the day, by a termination that is
 * scheduled too, is left out.
 */
export const rowsHeldFrom = (history: CustomerHistory, date: LocalDate): RecurringRow[] =>
  history.commitments.flatMap((commitment) => {
    const lastDay = endOf(commitment, history)?.on ?? LAST_DATE;
    return heldTerms(commitment)
      .filter(({ from, to }) => later(from, date) <= lastDay && (to === null || later(from, date) < to))
      .flatMap(({ terms }) => terms.recurring);
  });
