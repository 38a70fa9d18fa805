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
import { REFUSE } from "./closed-days.js";
import { customerEvolver, customerStatus, discountRateOn } from "./customer.js";
import { type CustomerEvent, type ScheduledChangeKind } from "./events.js";
import {
  cancelScheduledChange,
  scheduledChanges,
  setSubscriptionDiscountRate,
  suspendCustomer,
  unsuspendCustomer,
} from "./rate-and-suspension.js";

const given = givenFor(customerEvolver);
const created = customerCreated();
const TODAY = "2020-07-20";
const now = at(TODAY);
const facts = { closedDays: REFUSE };
const asked = { closedDays: { ...REFUSE, reason: ON_REQUEST } };
type State = Parameters<typeof unsuspendCustomer>[1];
const cancelled = (what: ScheduledChangeKind, effectiveOn: string): CustomerEvent => ({
  type: "ScheduledChangeCancelled",
  data: { what, effectiveOn },
});
const cancel = (what: ScheduledChangeKind, effectiveOn: string) => (state: State) =>
  cancelScheduledChange({ what, effectiveOn, now }, state);

describe("a coming day", () => {
  it("is taken for a suspension, its lifting and a rate, with the day of the order", () => {
    const effectiveOn = "2020-07-21";
    given(created)
      .when((state) => suspendCustomer({ effectiveOn, now }, state, asked))
      .then([suspended(effectiveOn, TODAY)]);
    given(created)
      .when((state) => unsuspendCustomer({ effectiveOn, now }, state, asked))
      .then([unsuspended(effectiveOn, TODAY)]);
    given(created)
      .when((state) => setSubscriptionDiscountRate({ rate: "5", effectiveOn, now }, state, facts))
      .then([rateSet("5", effectiveOn, TODAY)]);
  });

  it("does not count before it has come", () => {
    const owner = customer(
      created,
      suspended("2020-08-10", TODAY),
      unsuspended("2020-08-15", TODAY),
      rateSet("10", "2020-08-12", TODAY),
    );
    const days = ["2020-08-09", "2020-08-10", "2020-08-14", "2020-08-15"];
    expect(days.map((day) => customerStatus(owner, day))).toEqual(["ACTIVE", "SUSPENDED", "SUSPENDED", "ACTIVE"]);
    expect(days.map((day) => discountRateOn(owner, day)?.rate ?? null)).toEqual([null, null, "10", "10"]);
  });

  it("stands against what is ordered later for an earlier day", () => {
    const owner = customer(created, suspended("2020-08-10", TODAY), unsuspended("2020-08-05", TODAY));
    expect(["2020-08-05", "2020-08-10"].map((day) => customerStatus(owner, day))).toEqual(["ACTIVE", "SUSPENDED"]);
  });
});

describe("what is scheduled", () => {
  const scheduled = (...events: CustomerEvent[]) =>
    scheduledChanges(customer(created, ...events), TODAY).map(({ what, effectiveOn, rate }) =>
      [effectiveOn, what, ...(rate === null ? [] : [rate])].join(" "),
    );

  it("is shown by day until its day", () => {
    expect(
      scheduled(
        rateSet("10", "2020-08-12", TODAY),
        suspended("2020-08-10", TODAY),
        unsuspended("2020-08-15", TODAY),
        suspended(TODAY, "2020-07-01"),
        unsuspended("2020-07-05"),
      ),
    ).toEqual(["2020-08-10 SUSPENSION", "2020-08-12 RATE 10", "2020-08-15 UNSUSPENSION"]);
  });

  it("is replaced by one of its kind for the same day, and by no other", () => {
    expect(
      scheduled(
        rateSet("10", "2020-08-12", "2020-07-18"),
        rateSet("20", "2020-08-13", "2020-07-18"),
        rateSet(null, "2020-08-12", TODAY),
        suspended("2020-08-12", TODAY),
        unsuspended("2020-08-12", TODAY),
      ),
    ).toEqual(["2020-08-12 SUSPENSION", "2020-08-12 UNSUSPENSION", "2020-08-12 RATE", "2020-08-13 RATE 20"]);
  });

  it("is dropped with the customer", () => {
    expect(scheduled(suspended("2020-08-10", TODAY), customerClosed(TODAY))).toEqual([]);
  });
});

describe("cancelling what is scheduled", () => {
  it("takes it away, with what it replaced", () => {
    const events = [
      created,
      rateSet("7", "2020-07-01"),
      rateSet("10", "2020-08-12", "2020-07-18"),
      rateSet("20", "2020-08-12", TODAY),
    ];
    given(...events)
      .when(cancel("RATE", "2020-08-12"))
      .then([cancelled("RATE", "2020-08-12")]);
    const owner = customer(...events, cancelled("RATE", "2020-08-12"));
    expect(discountRateOn(owner, "2020-08-12")?.rate).toBe("7");
    expect(scheduledChanges(owner, TODAY)).toEqual([]);
  });

  it("leaves what else is ordered for that day", () => {
    const both = [created, suspended("2020-08-12", TODAY), unsuspended("2020-08-12", TODAY)];
    const statusAfter = (what: ScheduledChangeKind) =>
      customerStatus(customer(...both, cancelled(what, "2020-08-12")), "2020-08-12");
    given(...both)
      .when(cancel("UNSUSPENSION", "2020-08-12"))
      .then([cancelled("UNSUSPENSION", "2020-08-12")]);
    expect(customerStatus(customer(...both), "2020-08-12")).toBe("ACTIVE");
    expect(statusAfter("UNSUSPENSION")).toBe("SUSPENDED");
    expect(statusAfter("SUSPENSION")).toBe("ACTIVE");
  });

  it("is refused where nothing of that kind is to come on that day", () => {
    const events = [created, suspended("2020-08-12", TODAY), suspended(TODAY, "2020-07-01"), suspended("2020-07-05")];
    for (const [what, day] of [
      ["SUSPENSION", "2020-08-13"],
      ["UNSUSPENSION", "2020-08-12"],
      ["RATE", "2020-08-12"],
      ["SUSPENSION", TODAY],
      ["SUSPENSION", "2020-07-05"],
    ] as const) {
      given(...events)
        .when(cancel(what, day))
        .thenRejected("NOT_SCHEDULED", "effectiveOn");
    }
    given(...events, cancelled("SUSPENSION", "2020-08-12"))
      .when(cancel("SUSPENSION", "2020-08-12"))
      .thenRejected("NOT_SCHEDULED", "effectiveOn");
  });

  it("is refused for an unknown or a closed customer", () => {
    given().when(cancel("RATE", "2020-08-12")).thenRejected("CUSTOMER_NOT_FOUND", "customerId");
    given(created, rateSet("5", "2020-08-12", TODAY), customerClosed(TODAY))
      .when(cancel("RATE", "2020-08-12"))
      .thenRejected("CUSTOMER_CLOSED", "customerId");
  });
});
