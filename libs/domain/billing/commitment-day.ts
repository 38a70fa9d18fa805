import { type LocalDate } from "../calendar.js";
import { feeOf } from "../catalog/fee.js";
import { type Commitment, type CommitmentStatus, isEarly, statusOn } from "../commitments/commitment.js";
import { discountEndForServing, discountEndOn } from "../commitments/discount-end.js";
import { endOf } from "../commitments/history.js";
import { holderOn } from "../commitments/holders.js";
import { termsOn } from "../commitments/terms.js";
import { billingPeriodOf, type Customer, cycleOn, discountRateOn, suspensionOn } from "../customers/customer.js";
import { type Amount, big, format, round, sum, ZERO } from "../money.js";
import { classTermsOf } from "./class-terms.js";
import { type EarlyTerminationQuote, penaltyIfTerminated } from "./early-termination-quote.js";
import { type CustomerBilling, movedBy } from "./ledger.js";
import { type DiscountOrigin } from "./line.js";
import { totalOf } from "./period.js";
import { type Recording } from "./recording.js";

/** A commitment on a day, past or to come, as known today. */
export interface CommitmentDay {
  readonly day: LocalDate;
  readonly status: CommitmentStatus;
  /** Whether its customer's service is blocked on that day. */
  readonly suspended: boolean;
  /**
   * What a whole billing period costs by what holds on the day, whether or not it is served; null: the day is before its
   * start or after its end.
   */
  readonly price: {
    readonly fee: Amount;
    readonly discount: Amount;
    readonly net: Amount;
    readonly discountOrigin: DiscountOrigin | null;
  } | null;
  /** The first day without discount, by what counts for the day; null: there is none. */
  readonly discountEndDate: LocalDate | null;
  readonly currency: string;
}

export const commitmentDay = (commitment: Commitment, billing: CustomerBilling, day: LocalDate): CommitmentDay => {
  const { history } = billing;
  const end = endOf(commitment, history);
  const { customerId } = holderOn(commitment, day);
  const customer = history.others.get(customerId)?.customer ?? history.customer;
  const isOver = commitment.annulled || (end !== null && day > end.on);
  return {
    day,
    status: isOver ? "TERMINATED" : statusOn(commitment, day),
    suspended: suspensionOn(customer, day) !== undefined,
    price: isOver || day < commitment.start ? null : priceOn(commitment, customer, billing, day),
    discountEndDate: discountEndOn(commitment, day),
    currency: termsOn(commitment, day).currency,
  };
};

const priceOn = (
  commitment: Commitment,
  customer: Customer,
  { history }: CustomerBilling,
  day: LocalDate,
): CommitmentDay["price"] => {
  const { recurring, currency } = termsOn(commitment, day);
  const { type } = cycleOn(customer, day);
  const { rounding } = classTermsOf({ ...history, customer }, billingPeriodOf(customer, day));
  const rate = discountRateOn(customer, day)?.rate ?? null;
  const end = discountEndForServing(commitment, day);
  const rows = recurring.flatMap(({ fees, discount }) => {
    const fee = feeOf(fees, type);
    if (fee === undefined) return [];
    const agreed = end !== null && day < end ? big(discount) : ZERO;
    const given = rate === null ? agreed : round(big(fee).times(big(rate)).div("100"), currency, rounding);
    return [{ fee: big(fee), discount: given.gt(big(fee)) ? big(fee) : given }];
  });
  const [fee, discount] = [sum(rows.map((row) => row.fee)), sum(rows.map((row) => row.discount))];
  return {
    fee: format(fee, currency),
    discount: format(discount, currency),
    net: format(fee.minus(discount), currency),
    discountOrigin: discount.eq(ZERO) ? null : rate === null ? "COMMITMENT" : "CUSTOMER_RATE",
  };
};

/**
 * What terminating a commitment on a day would cost, as known today, by the code of the close: any day on which its
 * present customer holds it, through its end where it has one. Days of closed periods are charged again for that
 * (docs/rules.md#early-termination-quote).
 * @param billing with the lines billed for the day's period and later ones
 * @returns null: it could not end on that day
 */
export const leavingCostOn = (
  commitment: Commitment,
  billing: CustomerBilling,
  day: LocalDate,
  record?: Recording,
): EarlyTerminationQuote | null => {
  const { history } = billing;
  const end = endOf(commitment, history);
  if (commitment.annulled || day < commitment.start || (end !== null && day > end.on)) return null;
  if (holderOn(commitment, day).customerId !== history.customer.customerId) return null;
  const lines = penaltyIfTerminated(commitment, day, movedBy(billing, history, day), false, record);
  const early = isEarly(day, discountEndOn(commitment, day, day));
  return { on: day, early, total: totalOf(lines, termsOn(commitment, day).currency), lines };
};
