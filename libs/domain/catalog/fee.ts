import { type BillingPeriodType } from "../billing-periods.js";
import { big, type Amount } from "../money.js";
import { reject } from "../rejection.js";
import { type FeesByPeriod } from "./events.js";

/**
 * A row's fee of a whole period. One for MONTHLY serves MONTHLY_ANNIVERSARY too where that has none
 * (docs/rules.md#billing-periods).
 */
export const feeOf = (fees: FeesByPeriod, type: BillingPeriodType): Amount | undefined =>
  fees[type] ?? (type === "MONTHLY_ANNIVERSARY" ? fees.MONTHLY : undefined);

/** What of a recurring row a billing period type has to fit. */
export interface PricedRow {
  readonly description: string;
  readonly fees: FeesByPeriod;
  readonly discount: Amount;
}

/**
 * Every row needs a fee for the type, and then no discount may be larger than it (docs/rules.md#catalog-checks).
 * @param field the input field that is to blame
 * @throws Rejection FEE_MISSING_FOR_PERIOD, DISCOUNT_EXCEEDS_FEE
 */
export const requireFees = (rows: readonly PricedRow[], type: BillingPeriodType, field: string): void => {
  for (const { description, fees } of rows) {
    if (feeOf(fees, type) !== undefined) continue;
    const message = `${description} has no fee for the billing period ${type}.`;
    throw reject("FEE_MISSING_FOR_PERIOD", message, { field, facts: { case: "ROW_WITHOUT_FEE", row: description } });
  }
  for (const { description, discount, fees } of rows) {
    if (big(discount).lte(big(feeOf(fees, type) ?? "0"))) continue;
    const message = `The discount of ${description} is larger than its ${type} fee.`;
    throw reject("DISCOUNT_EXCEEDS_FEE", message, { field, facts: { case: "DISCOUNT_ABOVE_FEE", row: description } });
  }
};
