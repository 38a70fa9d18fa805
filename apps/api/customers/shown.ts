import { type Instant } from "#domain/calendar.js";
import {
  customerStatus,
  cycleOn,
  discountRateOn,
  lastCycle,
  suspendedSince,
  todayOf,
} from "#domain/customers/customer.js";
import { anniversaryDayOf, type CustomerCycle } from "#domain/customers/cycles.js";
import { scheduledChanges } from "#domain/customers/rate-and-suspension.js";
import { type CustomerRow } from "#read-models/customers/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Customer } from "./models.js";

/** The GraphQL form of a customer's row at an instant. */
export const customerShown = (row: CustomerRow, now: Instant): Plain<Customer> => {
  const { id, currency, creditLimit, createdOn, closedOn, customerClassId } = row;
  const { name, companyDomain, email, phone, state, createdAt, updatedAt } = row;
  const { address = null, taxId = null } = state.contact;
  const today = todayOf(state, now);
  const next = lastCycle(state);
  return {
    id,
    createdAt,
    updatedAt,
    today,
    status: customerStatus(state, today),
    currency,
    ...billingShown(cycleOn(state, today)),
    nextBilling: next.inForceFrom > today ? { inForceFrom: next.inForceFrom, ...billingShown(next) } : null,
    creditLimit,
    createdOn,
    closedOn,
    customerClassId,
    zendeskState: state.zendesk ?? null,
    contact: { name, companyDomain, email, phone, address, taxId },
    subscriptionDiscountRate: discountRateOn(state, today)?.rate ?? null,
    suspendedSince: suspendedSince(state, today),
    scheduledChanges: scheduledChanges(state, today),
  };
};

const billingShown = (cycle: CustomerCycle) => ({
  billingPeriod: cycle.type,
  anniversaryDay: anniversaryDayOf(cycle),
  timeZone: cycle.timeZone,
});
