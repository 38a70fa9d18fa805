import { type BillingPeriodType } from "../billing-periods.js";
import { type Instant, type LocalDate, type TimeZone } from "../calendar.js";
import { type PricedRow, requireFees } from "../catalog/fee.js";
import { billingPeriodOf, type Customer, lastCycle, todayOf } from "./customer.js";
import { anniversaryDayOf, requireAnniversaryDay } from "./cycles.js";
import { known, open, requireTimeZone } from "./decide.js";
import { type CustomerBillingChanged } from "./events.js";

/** What is left out stays as it was ordered last. */
export interface ChangeCustomerBilling {
  readonly billingPeriod?: BillingPeriodType | undefined;
  /** Of MONTHLY_ANNIVERSARY, 1 to 31. */
  readonly anniversaryDay?: number | undefined;
  readonly timeZone?: TimeZone | undefined;
  readonly now: Instant;
}

export interface BillingChangeFacts {
  /** The recurring rows that the customer's commitments hold on a day or later, as known today. */
  readonly rowsHeldFrom: (date: LocalDate, today: LocalDate) => readonly PricedRow[];
}

/**
 * Changes billing period type, anniversary day and time zone from the end of the running period on. A change that is
 * ordered before an earlier one is in force replaces it (docs/rules.md#billing-changes).
 * @returns no event where the customer is, or will be, billed like this already
 * @throws Rejection VALIDATION_FAILED, CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, FEE_MISSING_FOR_PERIOD, DISCOUNT_EXCEEDS_FEE
 */
export const changeCustomerBilling = (
  command: ChangeCustomerBilling,
  state: Customer | null,
  facts: BillingChangeFacts,
): CustomerBillingChanged[] => {
  if (command.timeZone !== undefined) requireTimeZone(command.timeZone);
  const { anniversaryDay: knownDay } = known(state);
  const last = lastCycle(known(state));
  const { billingPeriod = last.type, timeZone = last.timeZone } = command;
  const anniversaryDay = requireAnniversaryDay(billingPeriod, command.anniversaryDay, knownDay);
  const customer = open(state);
  const today = todayOf(customer, command.now);
  const inForceFrom = billingPeriodOf(customer, today).to;
  if (command.billingPeriod !== undefined) {
    requireFees(facts.rowsHeldFrom(inForceFrom, today), billingPeriod, "billingPeriod");
  }
  if (billingPeriod === last.type && anniversaryDay === anniversaryDayOf(last) && timeZone === last.timeZone) return [];
  const anniversary = anniversaryDay === null ? {} : { anniversaryDay };
  return [
    {
      type: "CustomerBillingChanged",
      data: { billingPeriod, ...anniversary, timeZone, inForceFrom, effectiveOn: today },
    },
  ];
};
