import { dayOfMonth, type Instant } from "#domain/calendar.js";
import { discountRateOn, lastCycle, suspendedSince, todayOf } from "#domain/customers/customer.js";
import { type CustomerRow } from "#read-models/customers/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Customer } from "./models.js";

/** The GraphQL form of a customer's row at an instant. */
export const customerShown = (row: CustomerRow, now: Instant): Plain<Customer> => {
  const { id, status, currency, billingPeriod, timeZone, creditLimit, createdOn, closedOn, customerClassId } = row;
  const { name, companyDomain, email, phone, state, createdAt, updatedAt } = row;
  const today = todayOf(state, now);
  const { anchor } = lastCycle(state);
  return {
    id,
    createdAt,
    updatedAt,
    status,
    currency,
    billingPeriod,
    timeZone,
    creditLimit,
    createdOn,
    closedOn,
    customerClassId,
    contact: { name, companyDomain, email, phone },
    anniversaryDay: anchor === null ? null : dayOfMonth(anchor),
    subscriptionDiscountRate: discountRateOn(state, today)?.rate ?? null,
    suspendedSince: suspendedSince(state, today),
  };
};
