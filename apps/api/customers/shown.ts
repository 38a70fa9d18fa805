import { type CustomerRow } from "#read-models/customers/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Customer } from "./models.js";

/** How a customer's row is shown. */
export const customerShown = (row: CustomerRow): Plain<Customer> => {
  const { id, status, currency, billingPeriod, timeZone, creditLimit, createdOn, closedOn, customerClassId } = row;
  const { name, companyDomain, email, phone } = row;
  return {
    ...{ id, status, currency, billingPeriod, timeZone, creditLimit, createdOn, closedOn, customerClassId },
    contact: { name, companyDomain, email, phone },
  };
};
