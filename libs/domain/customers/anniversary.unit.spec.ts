import { describe, expect, it } from "vitest";
import { at, contact, customer, customerCreated, rateSet } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { changeCustomerBilling } from "./change-billing.js";
import { billingPeriodOf, customerEvolver } from "./customer.js";
import { REFUSE } from "./closed-days.js";
import { createCustomer, type CreateCustomer } from "./decide.js";
import { setSubscriptionDiscountRate } from "./rate-and-suspension.js";
import { type CustomerEvent } from "./events.js";

const given = givenFor(customerEvolver);
const command: CreateCustomer = {
  customerId: "customer-1",
  currency: "USD",
  billingPeriod: "MONTHLY_ANNIVERSARY",
  timeZone: "UTC",
  customerClassId: null,
  creditLimit: "0",
  contact,
  now: at("2020-01-31"),
};
const create = (changes: Partial<CreateCustomer> = {}) =>
  given().when(() => createCustomer({ ...command, ...changes }, { classExists: false }));
const anniversary = (anniversaryDay: number, effectiveOn = "2020-01-31") =>
  customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay, effectiveOn });

describe("a customer with an anniversary", () => {
  it("has the day of its creation in its own zone, unless one is given", () => {
    create().then([anniversary(31)]);
    create({ anniversaryDay: 15 }).then([anniversary(15)]);
    create({ timeZone: "Pacific/Apia", now: "2020-01-31T11:00:00.000Z" }).then([
      { ...anniversary(1), data: { ...anniversary(1).data, timeZone: "Pacific/Apia", effectiveOn: "2020-02-01" } },
    ]);
  });

  it.each([0, 32, 1.5, -1, NaN])("cannot have the day %d", (anniversaryDay) => {
    create({ anniversaryDay }).thenRejected("VALIDATION_FAILED", "anniversaryDay");
  });

  it("is the only one with such a day", () => {
    create({ billingPeriod: "MONTHLY", anniversaryDay: 1 }).thenRejected("VALIDATION_FAILED", "anniversaryDay");
    create({ billingPeriod: "MONTHLY" }).then([customerCreated({ effectiveOn: "2020-01-31" })]);
  });

  it("has a running period from that day on, which bounds what may be back-dated", () => {
    const owner = customer(anniversary(31));
    expect(billingPeriodOf(owner, "2020-02-28")).toEqual({ from: "2020-01-31", to: "2020-02-29" });
    expect(billingPeriodOf(owner, "2020-02-29")).toEqual({ from: "2020-02-29", to: "2020-03-31" });
    const set = (effectiveOn: string) => (state: typeof owner | null) =>
      setSubscriptionDiscountRate({ rate: "5", effectiveOn, now: at("2020-03-20") }, state, { closedDays: REFUSE });
    given(anniversary(31))
      .when(set("2020-02-29"))
      .then([rateSet("5", "2020-02-29")]);
    given(anniversary(31)).when(set("2020-02-28")).thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });

  it.each([
    [31, "2020-01-31", "2020-01-31"],
    [15, "2020-01-31", "2020-01-15"],
    [31, "2020-03-01", "2020-01-31"],
    [29, "2021-03-01", "2021-01-29"],
    [31, "2020-05-30", "2020-03-31"],
    [30, "2020-02-29", "2020-01-30"],
    [1, "2020-02-29", "2020-02-01"],
  ])("of day %i, created on %s, is billed from an anchor on %s", (day, createdOn, anchor) => {
    expect(customer(anniversary(day, createdOn)).cycles).toEqual([
      { type: "MONTHLY_ANNIVERSARY", anchor, inForceFrom: createdOn, timeZone: "UTC" },
    ]);
  });

  it("keeps its anchor when its zone changes", () => {
    const moved: CustomerEvent = {
      type: "CustomerTimeZoneChanged",
      data: { timeZone: "Asia/Tokyo", inForceFrom: "2020-02-29", effectiveOn: "2020-02-10" },
    };
    const owner = customer(anniversary(31), moved);
    const cycle = { type: "MONTHLY_ANNIVERSARY", anchor: "2020-01-31" };
    expect(owner.cycles).toEqual([
      { ...cycle, inForceFrom: "2020-01-31", timeZone: "UTC" },
      { ...cycle, inForceFrom: "2020-02-29", timeZone: "Asia/Tokyo" },
    ]);
    expect(billingPeriodOf(owner, "2020-03-01")).toEqual({ from: "2020-02-29", to: "2020-03-31" });
  });

  it("changes its zone when that period ends", () => {
    given(anniversary(31))
      .when((state) =>
        changeCustomerBilling({ timeZone: "Asia/Tokyo", now: at("2020-02-10") }, state, { rowsHeldFrom: () => [] }),
      )
      .then([
        {
          type: "CustomerBillingChanged",
          data: {
            billingPeriod: "MONTHLY_ANNIVERSARY",
            anniversaryDay: 31,
            timeZone: "Asia/Tokyo",
            inForceFrom: "2020-02-29",
            effectiveOn: "2020-02-10",
          },
        },
      ]);
  });
});
