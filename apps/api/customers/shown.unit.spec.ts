import { describe, expect, it } from "vitest";
import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type CustomerRow } from "#read-models/customers/table.js";
import { customerShown } from "./shown.js";

const created: CustomerEvent = {
  type: "CustomerCreated",
  data: {
    customerId: "customer-1",
    currency: "USD",
    billingPeriod: "MONTHLY",
    timeZone: "Asia/Tokyo",
    customerClassId: null,
    creditLimit: "0.00",
    effectiveOn: "2020-07-01",
    personal: { name: "John Doe", companyDomain: null, email: null, phone: null },
  },
};
const suspended = (effectiveOn: string): CustomerEvent => ({
  type: "CustomerSuspended",
  data: { effectiveOn, personal: { reason: null } },
});
const unsuspended = (effectiveOn: string): CustomerEvent => ({ type: "CustomerUnsuspended", data: { effectiveOn } });
const rated = (rate: string | null, effectiveOn: string): CustomerEvent => ({
  type: "SubscriptionDiscountRateSet",
  data: { rate, effectiveOn },
});

const shown = (events: readonly CustomerEvent[], now: string) => {
  const state = [created, ...events].reduce<Customer | null>(
    (before, event, index) => customerEvolver.evolve(before, event, `event-${index}`),
    null,
  );
  return customerShown({ name: "John Doe", state } as CustomerRow, now);
};

describe("a customer", () => {
  it.each<[string, CustomerEvent[], string | null]>([
    ["never", [], null],
    ["since the day", [suspended("2020-07-10")], "2020-07-10"],
    ["not yet", [suspended("2020-07-16")], null],
    [
      "since the earlier of two, whichever was recorded first",
      [suspended("2020-07-10"), suspended("2020-07-05")],
      "2020-07-05",
    ],
    ["no longer", [suspended("2020-07-05"), unsuspended("2020-07-10")], null],
    ["again", [suspended("2020-07-05"), unsuspended("2020-07-08"), suspended("2020-07-10")], "2020-07-10"],
    [
      "still, where one day took it back",
      [suspended("2020-07-05"), unsuspended("2020-07-10"), suspended("2020-07-10")],
      "2020-07-05",
    ],
    ["not, where one day lifted it", [suspended("2020-07-10"), unsuspended("2020-07-10")], null],
    [
      "since after what was dated back",
      [suspended("2020-07-10"), suspended("2020-07-03"), unsuspended("2020-07-06")],
      "2020-07-10",
    ],
  ])("was suspended: %s", (_, events, since) => {
    expect(shown(events, "2020-07-15T12:00:00.000Z").suspendedSince).toBe(since);
  });

  it("has today's rate, by the day of its time zone", () => {
    const events = [rated("10", "2020-07-10"), rated("0", "2020-07-15"), rated("20", "2020-07-05")];
    const rate = (now: string) => shown(events, now).subscriptionDiscountRate;
    expect(rate("2020-07-01T12:00:00.000Z")).toBeNull();
    expect(rate("2020-07-09T12:00:00.000Z")).toBe("20");
    expect(rate("2020-07-14T14:59:59.999Z")).toBe("10");
    expect(rate("2020-07-14T15:00:00.000Z")).toBe("0");
    expect(shown([rated("10", "2020-07-02"), rated(null, "2020-07-03")], "2020-07-03T12:00:00.000Z")).toMatchObject({
      subscriptionDiscountRate: null,
    });
  });

  it("is shown as it is billed today, with what it will be billed by next", () => {
    const weekly: CustomerEvent = {
      type: "CustomerBillingChanged",
      data: {
        billingPeriod: "WEEKLY",
        timeZone: "Europe/Berlin",
        inForceFrom: "2020-08-01",
        effectiveOn: "2020-07-10",
      },
    };
    const next = { billingPeriod: "WEEKLY", anniversaryDay: null, timeZone: "Europe/Berlin" };
    expect(shown([weekly], "2020-07-31T14:59:59.999Z")).toMatchObject({
      billingPeriod: "MONTHLY",
      anniversaryDay: null,
      timeZone: "Asia/Tokyo",
      nextBilling: { inForceFrom: "2020-08-01", ...next },
    });
    expect(shown([weekly], "2020-07-31T15:00:00.000Z")).toMatchObject({ ...next, nextBilling: null });
    const anniversary: CustomerEvent = {
      type: "CustomerBillingChanged",
      data: { ...weekly.data, billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 31 },
    };
    expect(shown([weekly, anniversary], "2020-07-15T12:00:00.000Z").nextBilling).toMatchObject({ anniversaryDay: 31 });
  });
});
