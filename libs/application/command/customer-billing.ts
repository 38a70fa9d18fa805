import { type LocalDate } from "#domain/calendar.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type FactSource } from "./facts.js";
import { Unavailable } from "./unavailable.js";

/** @throws Unavailable when the customer is not projected yet */
export const customerBilling = async (
  facts: FactSource,
  providerId: string,
  customerId: string,
  from?: LocalDate,
): Promise<CustomerBilling> => {
  const billing = await facts.billing(providerId, customerId, from);
  if (billing) return billing;
  throw new Unavailable("The read models do not know the customer yet; try again.");
};
