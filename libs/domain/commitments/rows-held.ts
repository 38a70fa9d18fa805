import { addDays, intersect, LAST_DATE, type LocalDate } from "../calendar.js";
import { type RecurringRow } from "./events.js";
import { type CustomerHistory, endOf } from "./history.js";
import { daysHeldBy } from "./holders.js";
import { heldTerms } from "./terms.js";

const NEVER = addDays(LAST_DATE, 1);

/**
 * The recurring rows that a customer's commitments hold on a day or later, as known now: those of commitments that it
 * holds or that are pending, and of the terms that are still to come. What has ended before the day, by a termination
 * that is scheduled too, is left out.
 */
export const rowsHeldFrom = (history: CustomerHistory, date: LocalDate): RecurringRow[] =>
  history.commitments.flatMap((commitment) => {
    if (commitment.annulled) return [];
    const end = endOf(commitment, history);
    const to = end ? addDays(end.on, 1) : NEVER;
    const held = daysHeldBy(commitment, history.customer.customerId, to).flatMap(
      (days) => intersect(days, { from: date, to }) ?? [],
    );
    return heldTerms(commitment)
      .filter((terms) => held.some((days) => intersect(days, { from: terms.from, to: terms.to ?? NEVER })))
      .flatMap(({ terms }) => terms.recurring);
  });
