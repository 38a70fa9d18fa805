import { describe, it } from "vitest";
import { subscriptionDefined, subscriptionTerms } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import {
  defineSubscription,
  type DefineSubscription,
  reviseSubscription,
  subscriptionEvolver,
} from "./subscription.js";

const given = givenFor(subscriptionEvolver);
const command: DefineSubscription = { ...subscriptionTerms, subscriptionId: "subscription-1", on: "2020-07-01" };

describe("defining a subscription", () => {
  it("records its terms, amounts with the currency's decimals", () => {
    given()
      .when(() =>
        defineSubscription({
          ...command,
          name: " Turbo 1 GB ",
          recurringFees: { MONTHLY: "20", SEMI_MONTHLY: "10.0" },
        }),
      )
      .then([
        {
          type: "SubscriptionDefined",
          data: {
            subscriptionId: "subscription-1",
            name: "Turbo 1 GB",
            currency: "USD",
            recurringFees: { MONTHLY: "20.00", SEMI_MONTHLY: "10.00" },
            minimumPeriods: 24,
            penalty: "SUM_OF_DISCOUNTS",
            prorateFirst: true,
            prorateLast: true,
            effectiveOn: "2020-07-01",
          },
        },
      ]);
  });

  it("may leave the minimum period unset", () => {
    given()
      .when(() => defineSubscription({ ...command, minimumPeriods: null }))
      .then([subscriptionDefined({ minimumPeriods: null, effectiveOn: "2020-07-01" })]);
  });

  it.each([1, 1200])("may have a minimum of %d periods, and a name of 200 characters", (minimumPeriods) => {
    const name = "x".repeat(200);
    given()
      .when(() => defineSubscription({ ...command, minimumPeriods, name }))
      .then([subscriptionDefined({ minimumPeriods, name, effectiveOn: "2020-07-01" })]);
  });

  it("takes amounts by the currency: yen without decimals, dinars with three", () => {
    given()
      .when(() => defineSubscription({ ...command, currency: "JPY", recurringFees: { MONTHLY: "2000.0" } }))
      .then([subscriptionDefined({ currency: "JPY", recurringFees: { MONTHLY: "2000" }, effectiveOn: "2020-07-01" })]);
    given()
      .when(() => defineSubscription({ ...command, currency: "KWD", recurringFees: { MONTHLY: "2.125" } }))
      .then([subscriptionDefined({ currency: "KWD", recurringFees: { MONTHLY: "2.125" }, effectiveOn: "2020-07-01" })]);
  });

  it.each<[string, Partial<DefineSubscription>, "VALIDATION_FAILED" | "INVALID_AMOUNT", string]>([
    ["an empty name", { name: "  " }, "VALIDATION_FAILED", "name"],
    ["a name of 201 characters", { name: "x".repeat(201) }, "VALIDATION_FAILED", "name"],
    ["an unknown currency", { currency: "XXZ" }, "VALIDATION_FAILED", "currency"],
    ["no fee at all", { recurringFees: {} }, "VALIDATION_FAILED", "recurringFees"],
    ["a fee that is no number", { recurringFees: { MONTHLY: "free" } }, "VALIDATION_FAILED", "recurringFees.amount"],
    ["a fee finer than a cent", { recurringFees: { MONTHLY: "20.001" } }, "INVALID_AMOUNT", "recurringFees.amount"],
    ["a negative fee", { recurringFees: { MONTHLY: "-1" } }, "INVALID_AMOUNT", "recurringFees.amount"],
    ["a minimum of no period", { minimumPeriods: 0 }, "VALIDATION_FAILED", "minimumPeriods"],
    ["a minimum of half a period", { minimumPeriods: 0.5 }, "VALIDATION_FAILED", "minimumPeriods"],
    ["a minimum over 1200 periods", { minimumPeriods: 1201 }, "VALIDATION_FAILED", "minimumPeriods"],
  ])("with %s is refused", (_, changes, code, field) => {
    given()
      .when(() => defineSubscription({ ...command, ...changes }))
      .thenRejected(code, field);
  });
});

describe("revising a subscription", () => {
  it("keeps what is left out", () => {
    given(subscriptionDefined())
      .when((state) => reviseSubscription({ recurringFees: { MONTHLY: "22" }, on: "2020-08-01" }, state))
      .then([
        {
          type: "SubscriptionRevised",
          data: { ...subscriptionTerms, recurringFees: { MONTHLY: "22.00" }, effectiveOn: "2020-08-01" },
        },
      ]);
  });

  it("builds on the revision before", () => {
    given(subscriptionDefined(), {
      type: "SubscriptionRevised",
      data: { ...subscriptionTerms, name: "Turbo 2", prorateFirst: false, effectiveOn: "2020-08-01" },
    })
      .when((state) => reviseSubscription({ prorateLast: false, on: "2020-09-01" }, state))
      .then([
        {
          type: "SubscriptionRevised",
          data: {
            ...subscriptionTerms,
            name: "Turbo 2",
            prorateFirst: false,
            prorateLast: false,
            effectiveOn: "2020-09-01",
          },
        },
      ]);
  });

  it("is refused where there is none, or with terms that are none", () => {
    given()
      .when((state) => reviseSubscription({ name: "Turbo", on: "2020-08-01" }, state))
      .thenRejected("VALIDATION_FAILED", "planId");
    given(subscriptionDefined())
      .when((state) => reviseSubscription({ recurringFees: { MONTHLY: "0.001" }, on: "2020-08-01" }, state))
      .thenRejected("INVALID_AMOUNT", "recurringFees.amount");
    given(subscriptionDefined())
      .when((state) => reviseSubscription({ minimumPeriods: -1, on: "2020-08-01" }, state))
      .thenRejected("VALIDATION_FAILED", "minimumPeriods");
  });
});

describe("a fixed penalty", () => {
  it("is recorded with the currency's decimals, and stays when something else is revised", () => {
    given()
      .when(() => defineSubscription({ ...command, penalty: "FIXED", penaltyAmount: "25" }))
      .then([
        {
          type: "SubscriptionDefined",
          data: {
            ...subscriptionTerms,
            subscriptionId: "subscription-1",
            penalty: "FIXED",
            penaltyAmount: "25.00",
            effectiveOn: "2020-07-01",
          },
        },
      ]);
    given(subscriptionDefined({ penalty: "FIXED", penaltyAmount: "25.00" }))
      .when((state) => reviseSubscription({ minimumPeriods: 12, on: "2020-08-01" }, state))
      .then([
        {
          type: "SubscriptionRevised",
          data: {
            ...subscriptionTerms,
            minimumPeriods: 12,
            penalty: "FIXED",
            penaltyAmount: "25.00",
            effectiveOn: "2020-08-01",
          },
        },
      ]);
  });

  it("goes with the strategy", () => {
    given(subscriptionDefined({ penalty: "FIXED", penaltyAmount: "25.00" }))
      .when((state) => reviseSubscription({ penalty: "NONE", on: "2020-08-01" }, state))
      .then([
        { type: "SubscriptionRevised", data: { ...subscriptionTerms, penalty: "NONE", effectiveOn: "2020-08-01" } },
      ]);
  });

  it("is needed under FIXED, refused elsewhere, and an amount of the currency", () => {
    given()
      .when(() => defineSubscription({ ...command, penalty: "FIXED" }))
      .thenRejected("VALIDATION_FAILED", "penaltyAmount");
    given()
      .when(() => defineSubscription({ ...command, penaltyAmount: "25.00" }))
      .thenRejected("VALIDATION_FAILED", "penaltyAmount");
    given()
      .when(() => defineSubscription({ ...command, penalty: "FIXED", penaltyAmount: "0.001" }))
      .thenRejected("INVALID_AMOUNT", "penaltyAmount");
    given(subscriptionDefined())
      .when((state) => reviseSubscription({ penalty: "FIXED", on: "2020-08-01" }, state))
      .thenRejected("VALIDATION_FAILED", "penaltyAmount");
  });
});
