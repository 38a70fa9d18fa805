import { describe, expect, it } from "vitest";
import {
  customer,
  customerClosed,
  customerCreated,
  liftedForPayment,
  rateSet,
  suspended,
  suspendedForNonPayment,
  unsuspended,
} from "../spec-support/examples.js";
import { type CustomerEvent } from "../customers/events.js";
import { customerTransitions } from "./customer-signals.js";

const ORDERED = "2020-07-20";
const transitions = (...events: CustomerEvent[]) => customerTransitions(customer(customerCreated(), ...events));
const told = (...events: CustomerEvent[]) =>
  transitions(...events).map(({ type, data }) => `${data.effectiveOn} ${type}`);

describe("what time does to a customer", () => {
  it("puts what was ordered for a coming day into force, on its day", () => {
    const customerId = "customer-1";
    expect(
      transitions(
        rateSet("10", "2020-08-10", ORDERED),
        suspended("2020-08-10", ORDERED),
        unsuspended("2020-08-15", ORDERED),
        rateSet(null, "2020-08-12", ORDERED),
      ),
    ).toEqual([
      { type: "SuspensionTookEffect", data: { customerId, effectiveOn: "2020-08-10" } },
      { type: "SubscriptionDiscountRateTookEffect", data: { customerId, rate: "10", effectiveOn: "2020-08-10" } },
      { type: "SubscriptionDiscountRateTookEffect", data: { customerId, rate: null, effectiveOn: "2020-08-12" } },
      { type: "UnsuspensionTookEffect", data: { customerId, effectiveOn: "2020-08-15" } },
    ]);
  });

  it("says nothing of what was not ordered for a coming day", () => {
    expect(told(suspended("2020-07-20"), unsuspended("2020-07-25"), rateSet("5", "2020-07-20"))).toEqual([]);
  });

  it("says nothing where nothing changes", () => {
    expect(
      told(
        suspended("2020-07-20"),
        suspended("2020-08-10", ORDERED),
        rateSet("5", "2020-07-20"),
        rateSet("5", "2020-08-10", ORDERED),
      ),
    ).toEqual([]);
    expect(told(unsuspended("2020-08-10", ORDERED), rateSet(null, "2020-08-10", ORDERED))).toEqual([]);
  });

  it("says it later where the day before is changed later", () => {
    expect(told(suspended("2020-07-20"), suspended("2020-08-10", ORDERED), unsuspended("2020-08-05"))).toEqual([
      "2020-08-10 SuspensionTookEffect",
    ]);
  });

  it("lets the last one of a day count", () => {
    expect(told(suspended("2020-08-10", ORDERED), unsuspended("2020-08-10", ORDERED))).toEqual([]);
    expect(told(rateSet("5", "2020-08-10", ORDERED), rateSet("7", "2020-08-10", ORDERED))).toEqual([
      "2020-08-10 SubscriptionDiscountRateTookEffect",
    ]);
  });

  it("speaks of the whole, where both kinds of suspensions hold", () => {
    const ordered = suspended("2020-08-10", ORDERED);
    expect(told(suspendedForNonPayment("2020-08-05"), ordered)).toEqual([]);
    expect(told(suspendedForNonPayment("2020-08-05"), ordered, liftedForPayment("2020-08-09"))).toEqual([
      "2020-08-10 SuspensionTookEffect",
    ]);
    expect(told(suspendedForNonPayment("2020-08-05"), unsuspended("2020-08-10", ORDERED))).toEqual([
      "2020-08-10 UnsuspensionTookEffect",
    ]);
    expect(
      told(suspended("2020-08-01"), unsuspended("2020-08-10", ORDERED), suspendedForNonPayment("2020-08-10")),
    ).toEqual([]);
  });

  it("ends with the customer", () => {
    const both = [suspended("2020-08-10", ORDERED), unsuspended("2020-08-11", ORDERED)];
    expect(told(...both, customerClosed("2020-08-10"))).toEqual(["2020-08-10 SuspensionTookEffect"]);
    expect(told(...both, customerClosed("2020-08-09"))).toEqual([]);
  });
});
