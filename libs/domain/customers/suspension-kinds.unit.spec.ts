import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type LocalDate } from "../calendar.js";
import {
  customer,
  customerClosed,
  customerCreated,
  liftedForPayment,
  suspended,
  suspendedForNonPayment,
  unsuspended,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import {
  customerEvolver,
  nonPaymentLiftingAfter,
  nonPaymentSuspensionOn,
  suspendedSince,
  suspensionOn,
} from "./customer.js";
import { type CustomerEvent } from "./events.js";
import { cancelScheduledChange, liftForPayment, suspendForNonPayment } from "./rate-and-suspension.js";

const given = givenFor(customerEvolver);
const created = customerCreated();
const FIRST = "2020-07-01";
const days = Array.from({ length: 12 }, (_, index) => addDays(FIRST, index));
const blocked = (...events: CustomerEvent[]): LocalDate[] => {
  const owner = customer(created, ...events);
  return days.filter((day) => suspensionOn(owner, day));
};

describe("suspensions by hand and for non-payment", () => {
  it("are apart: a day is blocked while either holds, and payment lifts the second only", () => {
    const both = [suspended("2020-07-03"), suspendedForNonPayment("2020-07-05"), liftedForPayment("2020-07-08")];
    expect(blocked(...both)).toEqual(days.slice(2));
    expect(blocked(...both, unsuspended("2020-07-06"))).toEqual(["2020-07-03", "2020-07-04", "2020-07-05"]);
    expect(blocked(...both.slice(1))).toEqual(["2020-07-05", "2020-07-06", "2020-07-07"]);
  });

  it("are both lifted by hand", () => {
    expect(blocked(suspended("2020-07-03"), suspendedForNonPayment("2020-07-05"), unsuspended("2020-07-06"))).toEqual([
      ...["2020-07-03", "2020-07-04", "2020-07-05"],
    ]);
  });

  it("of one day hold as they were recorded", () => {
    expect(blocked(unsuspended(FIRST), suspendedForNonPayment(FIRST), liftedForPayment("2020-07-02"))).toEqual([FIRST]);
    expect(blocked(suspendedForNonPayment(FIRST), unsuspended(FIRST))).toEqual([]);
  });

  it("show together since when service is blocked", () => {
    const owner = customer(
      created,
      suspended("2020-07-03"),
      suspendedForNonPayment("2020-07-05"),
      unsuspended("2020-07-06"),
      suspendedForNonPayment("2020-07-08"),
    );
    expect(["2020-07-02", "2020-07-05", "2020-07-07", "2020-07-09"].map((day) => suspendedSince(owner, day))).toEqual([
      ...[null, "2020-07-03", null, "2020-07-08"],
    ]);
  });

  it("show from which coming day a lifting by hand ends the second", () => {
    const liftings = [
      unsuspended("2020-07-04", FIRST),
      unsuspended("2020-07-09", FIRST),
      unsuspended("2020-07-06", FIRST),
    ];
    const after = (day: LocalDate, ...events: CustomerEvent[]) =>
      nonPaymentLiftingAfter(customer(created, ...events), day);
    expect(after("2020-07-05", suspendedForNonPayment("2020-07-05"), ...liftings)).toBe("2020-07-06");
    expect(after("2020-07-06", suspendedForNonPayment("2020-07-05"), ...liftings)).toBeNull();
    expect(after("2020-07-03", suspended("2020-07-03"), ...liftings)).toBeNull();
    expect(
      after("2020-07-05", suspendedForNonPayment("2020-07-05"), liftedForPayment("2020-07-05"), ...liftings),
    ).toBeNull();
  });

  it("do not cancel each other", () => {
    const ordered = [suspendedForNonPayment("2020-07-08"), suspended("2020-07-08", FIRST)];
    const now = "2020-07-05T12:00:00.000Z";
    given(created, ...ordered)
      .when((state) => cancelScheduledChange({ what: "SUSPENSION", effectiveOn: "2020-07-08", now }, state))
      .then([{ type: "ScheduledChangeCancelled", data: { what: "SUSPENSION", effectiveOn: "2020-07-08" } }]);
    const cancelled: CustomerEvent = {
      type: "ScheduledChangeCancelled",
      data: { what: "SUSPENSION", effectiveOn: "2020-07-08" },
    };
    expect(blocked(...ordered, cancelled)).toEqual(days.slice(7));
  });

  it("block a day exactly while one of them does by itself", () => {
    const operation = fc.constantFrom(suspended, unsuspended, suspendedForNonPayment, liftedForPayment);
    const operations = fc.array(fc.tuple(operation, fc.constantFrom(...days)), { maxLength: 8 });
    fc.assert(
      fc.property(operations, (all) => {
        const of = (kinds: readonly unknown[]) =>
          blocked(...all.filter(([make]) => kinds.includes(make)).map(([make, day]) => make(day)));
        const byHand = of([suspended, unsuspended]);
        const forNonPayment = of([suspendedForNonPayment, liftedForPayment, unsuspended]);
        const whole = blocked(...all.map(([make, day]) => make(day)));
        expect(whole).toEqual(days.filter((day) => byHand.includes(day) || forNonPayment.includes(day)));
      }),
    );
  });
});

describe("what collection records of a customer", () => {
  it("is a suspension, once, also of a customer that is suspended by hand", () => {
    given(created, suspended("2020-06-01"))
      .when((state) => suspendForNonPayment({ on: FIRST }, state))
      .then([suspendedForNonPayment(FIRST)]);
    given(created, suspendedForNonPayment("2020-06-01"))
      .when((state) => suspendForNonPayment({ on: FIRST }, state))
      .then([]);
  });

  it("is nothing of a customer that is closed", () => {
    given(created, customerClosed("2020-06-01"))
      .when((state) => suspendForNonPayment({ on: FIRST }, state))
      .then([]);
  });

  it("is a lifting of its own suspension only", () => {
    given(created, suspendedForNonPayment("2020-06-01"), suspended("2020-06-02"))
      .when((state) => liftForPayment({ on: FIRST }, state))
      .then([liftedForPayment(FIRST)]);
    given(created, suspended("2020-06-02"))
      .when((state) => liftForPayment({ on: FIRST }, state))
      .then([]);
    expect(nonPaymentSuspensionOn(customer(created, suspended(FIRST)), FIRST)).toBeUndefined();
  });

  it("needs the customer", () => {
    given()
      .when((state) => suspendForNonPayment({ on: FIRST }, state))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
  });
});
