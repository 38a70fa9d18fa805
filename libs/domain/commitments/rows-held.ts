import { later, type LocalDate } from "../calendar.js";
import { type RecurringRow } from "./events.js";
import { type CustomerHistory, endOf } from "./history.js";
import { holderOn } from "./holders.js";
import { heldTerms } from "./terms.js";

/**
 * The recurring rows that a customer's commitments hold on a day or later, as known today: those of commitments that it
 * holds or that are pending, and of the terms that are still to come. A termination that is scheduled can be cancelled:
 * its commitment counts as if it went on (docs/decisions/0097-what-a-new-type-must-fit.md).
 * @param today the customer's
 */
export const rowsHeldFrom = (history: CustomerHistory, date: LocalDate, today: LocalDate): RecurringRow[] =>
  history.commitments
    .filter((commitment) => {
      const end = endOf(commitment, history);
      const isOver = commitment.annulled || (end !== null && (end.on < today || end.on < commitment.start));
      return !isOver && holderOn(commitment, date).customerId === history.customer.customerId;
    })
    .flatMap((commitment) => heldTerms(commitment))
    .filter(({ from, to }) => to === null || later(from, date) < to)
    .flatMap(({ terms }) => terms.recurring);
