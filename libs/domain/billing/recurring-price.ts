import { type LocalDate } from "../calendar.js";
import { feeOf } from "../catalog/fee.js";
import { type Terms } from "../commitments/events.js";
import { type Customer, cycleOn } from "../customers/customer.js";
import { type Amount, big, format, sum } from "../money.js";

/** What recurring fees come to in a whole billing period. */
export interface RecurringPrice {
  readonly fee: Amount;
  /** As it is agreed, whether or not it is given. */
  readonly discount: Amount;
  readonly net: Amount;
}

/**
 * The recurring fees of terms for a whole billing period of the type by which a customer is billed on a day. Rows
 * without a fee for it are not charged.
 */
export const recurringPrice = (terms: Terms, customer: Customer, on: LocalDate): RecurringPrice => {
  const { type } = cycleOn(customer, on);
  const charged = terms.recurring.flatMap(({ fees, discount }) => {
    const fee = feeOf(fees, type);
    return fee === undefined ? [] : [{ fee: big(fee), discount: big(discount) }];
  });
  const [fee, discount] = [sum(charged.map((row) => row.fee)), sum(charged.map((row) => row.discount))];
  return {
    fee: format(fee, terms.currency),
    discount: format(discount, terms.currency),
    net: format(fee.minus(discount), terms.currency),
  };
};
