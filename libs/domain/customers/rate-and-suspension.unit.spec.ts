import { describe, expect, it } from "vitest";
import {
  at,
  customer,
  customerClosed,
  customerCreated,
  ON_REQUEST,
  rateSet,
  suspended,
  unsuspended,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { customerEvolver, customerStatus, discountRateOn, suspensionOn } from "./customer.js";
import { REFUSE } from "./closed-days.js";
import { setSubscriptionDiscountRate, suspendCustomer, unsuspendCustomer } from "./rate-and-suspension.js";
import { type CustomerEvent } from "./events.js";

const given = givenFor(customerEvolver);
const created = customerCreated();
const now = at("2020-07-20");
type State = Parameters<typeof unsuspendCustomer>[1];
type On = { effectiveOn?: string };
const setRate =
  (rate: string | null, on: On = {}) =>
  (state: State) =>
    setSubscriptionDiscountRate({ rate, ...on, now }, state, { closedDays: REFUSE });
const suspend =
  (on: On = {}, reason: string | null = ON_REQUEST) =>
  (state: State) =>
    suspendCustomer({ ...on, now }, state, { closedDays: { ...REFUSE, reason } });
const unsuspend =
  (on: On = {}, reason: string | null = ON_REQUEST) =>
  (state: State) =>
    unsuspendCustomer({ ...on, now }, state, { closedDays: { ...REFUSE, reason } });

describe("the subscription discount rate", () => {
  it.each(["0", "0.0", "5", "12.5", "33.3333", "99.9999", "100", "100.0000", null])(
    "can be %s: from today, or from a day of the running period",
    (rate) => {
      const before = rateSet("7", "2020-01-01");
      given(created, before)
        .when(setRate(rate))
        .then([rateSet(rate, "2020-07-20")]);
      given(created, before)
        .when(setRate(rate, { effectiveOn: "2020-07-01" }))
        .then([rateSet(rate, "2020-07-01")]);
    },
  );

  it.each(["", "-1", "100.1", "101", "1000", "5.12345", "05", "1e1", "5,5", "five", " 5", "+5"])(
    "cannot be %j",
    (rate) => {
      given(created).when(setRate(rate)).thenRejected("VALIDATION_FAILED", "rate");
    },
  );

  it("that is in force on the day already, or is none, is recorded all the same: it holds against earlier days", () => {
    const today = rateSet("10", "2020-07-20");
    given(created, rateSet("10", "2020-07-05")).when(setRate("10")).then([today]);
    given(created)
      .when(setRate(null))
      .then([rateSet(null, "2020-07-20")]);
    given(created, rateSet("10", "2020-07-05"))
      .when(setRate("10", { effectiveOn: "2020-07-04" }))
      .then([rateSet("10", "2020-07-04")]);
  });

  it("is that of the last day, then of the last recording", () => {
    const owner = customer(
      created,
      rateSet("10", "2020-07-20"),
      rateSet("20", "2020-07-10"),
      rateSet("30", "2020-07-20"),
    );
    const days = ["2020-07-09", "2020-07-10", "2020-07-19", "2020-07-20"];
    expect(days.map((day) => discountRateOn(owner, day)?.rate ?? null)).toEqual([null, "20", "20", "30"]);
  });
});

describe("suspending", () => {
  it("blocks from today, or from a day of the running period", () => {
    given(created)
      .when(suspend())
      .then([suspended("2020-07-20")]);
    given(created)
      .when(suspend({ effectiveOn: "2020-07-01" }, "not paid"))
      .then([{ type: "CustomerSuspended", data: { effectiveOn: "2020-07-01", personal: { reason: "not paid" } } }]);
  });

  it("of who is suspended is recorded all the same: it holds against a later command for an earlier day", () => {
    given(created, suspended("2020-07-10"))
      .when(suspend())
      .then([suspended("2020-07-20")]);
    given(created, suspended("2020-07-20"))
      .when(suspend())
      .then([suspended("2020-07-20")]);
    const twice = [suspended("2020-07-10"), suspended("2020-07-12"), unsuspended("2020-07-11")];
    const days = ["2020-07-10", "2020-07-11", "2020-07-12", "2020-07-13"];
    const owner = customer(created, ...twice);
    expect(days.map((day) => suspensionOn(owner, day) !== undefined)).toEqual([true, false, true, true]);
    given(created, suspended("2020-07-10"))
      .when(suspend({ effectiveOn: "2020-07-09" }))
      .then([suspended("2020-07-09")]);
  });

  it("is lifted from today, or from a day of the running period", () => {
    given(created, suspended("2020-06-10"))
      .when(unsuspend())
      .then([unsuspended("2020-07-20")]);
    given(created, suspended("2020-06-10"))
      .when(unsuspend({ effectiveOn: "2020-07-01" }))
      .then([unsuspended("2020-07-01")]);
  });

  it("is lifted on record where there is none", () => {
    given(created)
      .when(unsuspend())
      .then([unsuspended("2020-07-20")]);
    given(created, suspended("2020-07-10"), unsuspended("2020-07-15"))
      .when(unsuspend())
      .then([unsuspended("2020-07-20")]);
    given(created, suspended("2020-07-10"))
      .when(unsuspend({ effectiveOn: "2020-07-09" }))
      .then([unsuspended("2020-07-09")]);
  });

  it("shows on the first blocked day, no more on the day on which it is lifted", () => {
    const owner = customer(created, suspended("2020-07-10"), unsuspended("2020-07-15"));
    const days = ["2020-07-09", "2020-07-10", "2020-07-14", "2020-07-15"];
    expect(days.map((day) => suspensionOn(owner, day)?.eventId)).toEqual([undefined, "event-2", "event-2", undefined]);
    const status = (...events: CustomerEvent[]) => customerStatus(customer(created, ...events), "2020-07-20");
    expect(status()).toBe("ACTIVE");
    expect(status(suspended("2020-07-21", "2020-07-20"))).toBe("ACTIVE");
    expect(status(suspended("2020-07-10"))).toBe("SUSPENDED");
    expect(status(suspended("2020-07-10"), unsuspended("2020-07-10"))).toBe("ACTIVE");
    expect(status(suspended("2020-07-10"), customerClosed("2020-07-20"))).toBe("CLOSED");
  });
});

it.each([
  ["suspending", suspend],
  ["lifting a suspension", unsuspend],
])("%s needs a reason, of a coming day too, and whoever it is asked of", (_, act) => {
  for (const effectiveOn of ["2020-07-10", "2020-07-20", "2020-08-20"]) {
    given(created, suspended("2020-07-05"))
      .when(act({ effectiveOn }, null))
      .thenRejected("VALIDATION_FAILED", "reason");
  }
  given().when(act({}, null)).thenRejected("VALIDATION_FAILED", "reason");
});

const commands: [string, (on?: On) => (state: State) => CustomerEvent[]][] = [
  ["setting the rate", (on) => setRate("5", on)],
  ["suspending", (on) => suspend(on)],
  ["lifting a suspension", (on) => unsuspend(on)],
];

describe.each(commands)("%s is refused", (_, act) => {
  it("for an unknown or a closed customer, before dates are looked at", () => {
    given()
      .when(act({ effectiveOn: "2030-01-01" }))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
    given(created, customerClosed("2020-07-20"))
      .when(act({ effectiveOn: "2030-01-01" }))
      .thenRejected("CUSTOMER_CLOSED", "customerId");
  });

  it.each<[string, "INVALID_DATE" | "DATE_ALREADY_INVOICED"]>([
    ["2018-12-31", "INVALID_DATE"],
    ["2020-06-30", "DATE_ALREADY_INVOICED"],
  ])("on %s", (effectiveOn, code) => {
    given(created).when(act({ effectiveOn })).thenRejected(code, "effectiveOn");
  });
});

it("a rate that is malformed is refused as that, though the customer is closed or unknown", () => {
  given().when(setRate("x")).thenRejected("VALIDATION_FAILED", "rate");
  given(created, customerClosed("2020-07-20")).when(setRate("x")).thenRejected("VALIDATION_FAILED", "rate");
});
