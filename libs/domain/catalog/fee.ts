import { type BillingPeriodType } from "../calendar.js";
import { type FeesByPeriod } from "../catalog/events.js";
import { type Amount } from "../money.js";

/**
 * A row's fee of a whole period. One for MONTHLY serves MONTHLY_ANNIVERSARY too where that has none
 * (docs/rules.md#billing-periods).
 */
export const feeOf = (fees: FeesByPeriod, type: BillingPeriodType): Amount | undefined =>
  fees[type] ?? (type === "MONTHLY_ANNIVERSARY" ? fees.MONTHLY : undefined);
