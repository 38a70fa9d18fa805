import { type Instant, type LocalDate } from "../calendar.js";
import { type Commitment, isEarly } from "../commitments/commitment.js";
import { discountEndOn } from "../commitments/discount-end.js";
import { endOf } from "../commitments/history.js";
import { holderOn } from "../commitments/holders.js";
import { termsOn } from "../commitments/terms.js";
import { todayOf } from "../customers/customer.js";
import { type Amount } from "../money.js";
import { penaltyIfTerminated } from "./early-termination-quote.js";
import { type CustomerBilling } from "./ledger.js";
import { totalOf } from "./period.js";

/** What a running commitment would cost if it ended today. */
export interface OutstandingPenalty {
  readonly commitment: Commitment;
  /** Who holds it today. */
  readonly customerId: string;
  readonly accountId: string;
  /** The customer's. */
  readonly today: LocalDate;
  /** First day without discount; null: there is no discount period. */
  readonly discountEnd: LocalDate | null;
  /** Whether at least one discounted day would not be served. */
  readonly early: boolean;
  /** The last charged day, where one is known; today or later. */
  readonly endsOn: LocalDate | null;
  /** 0 or more, in the currency of the terms held today. */
  readonly penalty: Amount;
  readonly currency: string;
}

/**
 * The penalties of the commitments that run today and that the customer holds, by the code of the close, as
 * `penaltyIfLeftToday` has them (docs/rules.md#early-termination-quote).
 * @param now an instant; the customer's billing time zone says which day it is
 */
export const outstandingPenalties = (billing: CustomerBilling, now: Instant): readonly OutstandingPenalty[] => {
  const { history } = billing;
  const { customer } = history;
  const today = todayOf(customer, now);
  return history.commitments.flatMap((commitment) => {
    const { annulled, start } = commitment;
    const { customerId, accountId } = holderOn(commitment, today);
    if (annulled || start > today || customerId !== customer.customerId) return [];
    const end = endOf(commitment, history);
    if (end !== null && end.on < today) return [];
    const going = { ...commitment, termination: null };
    const discountEnd = discountEndOn(going, today, today);
    const { currency } = termsOn(commitment, today);
    const penalty = totalOf(penaltyIfTerminated(commitment, today, billing), currency);
    const early = isEarly(today, discountEnd);
    const endsOn = end?.on ?? null;
    return [{ commitment, customerId, accountId, today, discountEnd, early, endsOn, penalty, currency }];
  });
};
