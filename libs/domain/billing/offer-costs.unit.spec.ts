import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../calendar.js";
import { type Offer } from "../catalog/offer.js";
import { assignOffer } from "../commitments/assign.js";
import { commitmentEvolver } from "../commitments/commitment.js";
import { REFUSE } from "../customers/closed-days.js";
import {
  account,
  at,
  customer,
  customerCreated,
  offer,
  subscription,
  subscriptions,
} from "../spec-support/examples.js";
import { charges } from "./charges.js";
import { offerCosts } from "./offer-costs.js";
import { totalOf } from "./period.js";
import { billingPeriodOf } from "../customers/customer.js";

const DEVICE = { description: "Device", service: "Device", fee: "50.00", discount: "49.99" };
const e8 = (changes: Partial<Offer> = {}): Offer => ({
  ...offer(),
  oneTimeFees: [DEVICE],
  recurringFees: [{ subscriptionId: "subscription-1", addOnProductId: null, discount: "2.00" }],
  ...changes,
});
const plan = subscription({ recurringFees: { MONTHLY: "12.00", SEMI_MONTHLY: "6.00" } });
const monthly = { billingPeriod: "MONTHLY", start: "2021-01-01", months: 24 } as const;

describe("what an offer costs", () => {
  it("is what E8 is charged", () => {
    const costs = offerCosts(e8(), subscriptions(plan), monthly);
    const { leaving, ...prices } = costs ?? {};
    expect(prices).toEqual({
      billingPeriod: "MONTHLY",
      start: "2021-01-01",
      discountEnd: "2023-01-01",
      oneTime: "0.01",
      fee: "12.00",
      discountedFee: "10.00",
      total: "240.01",
    });
    expect(leaving?.map(({ total }) => total)).toEqual([
      ...Array.from({ length: 23 }, (_, month) => (49.99 + 2 * (month + 1)).toFixed(2)),
      "0.00",
    ]);
    expect(leaving?.[9]).toMatchObject({ on: "2021-10-31", early: true, total: "69.99" });
    expect(leaving?.at(-1)).toMatchObject({ on: "2022-12-31", early: false, total: "0.00" });
  });

  it("follows the penalty strategy: E8 and E9 under the lesser of both", () => {
    const lesser = { ...plan, penalty: "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES" as const };
    const leaving = offerCosts(e8(), subscriptions(lesser), monthly)?.leaving;
    expect([leaving?.[9]?.total, leaving?.[19]?.total]).toEqual(["69.99", "40.00"]);
  });

  it("takes the fee of the billing period type, with the same discount", () => {
    const costs = offerCosts(e8({ oneTimeFees: [] }), subscriptions(plan), {
      ...monthly,
      billingPeriod: "SEMI_MONTHLY",
    });
    expect(costs).toMatchObject({ fee: "6.00", discountedFee: "4.00", discountEnd: "2022-01-01", total: "96.00" });
  });

  it("has neither total nor end without a discount period", () => {
    const endless = e8({
      discountPeriods: null,
      oneTimeFees: [{ ...DEVICE, discount: "0.00" }],
      recurringFees: [{ subscriptionId: "subscription-1", addOnProductId: null, discount: "0.00" }],
    });
    expect(offerCosts(endless, subscriptions(plan), monthly)).toMatchObject({
      ...{ discountEnd: null, total: null, oneTime: "50.00", fee: "12.00", discountedFee: "12.00" },
      leaving: [{ on: "2021-01-31", early: false, total: "0.00" }],
    });
  });

  it("is unknown where a plan has no fee for the billing period type, or is not there", () => {
    expect(offerCosts(e8(), subscriptions(plan), { ...monthly, billingPeriod: "WEEKLY" })).toBeNull();
    expect(offerCosts(e8(), new Map(), monthly)).toBeNull();
  });

  it("is unknown where the rules of the catalog let nobody have it: no price is below zero", () => {
    const dear = e8({ recurringFees: [{ subscriptionId: "subscription-1", addOnProductId: null, discount: "6.01" }] });
    const semiMonthly = { ...monthly, billingPeriod: "SEMI_MONTHLY" } as const;
    expect([
      offerCosts(dear, subscriptions(plan), monthly)?.discountedFee,
      offerCosts(dear, subscriptions(plan), semiMonthly),
      offerCosts(e8(), subscriptions({ ...plan, minimumPeriods: null }), monthly),
    ]).toEqual(["5.99", null, null]);
    const two = e8({
      recurringFees: ["subscription-1", "subscription-2"].map((subscriptionId) => ({
        ...{ subscriptionId, addOnProductId: null, discount: "2.00" },
      })),
    });
    const revised = { ...plan, subscriptionId: "subscription-2", penalty: "NONE" } as const;
    expect(offerCosts(two, subscriptions(plan, revised), monthly)).toBeNull();
  });

  it("adds up to what a customer who takes it is charged until the discount ends, whatever the day", () => {
    const days = fc.integer({ min: 0, max: 900 }).map((day) => addDays("2020-01-01", day));
    fc.assert(
      fc.property(days, fc.constantFrom("MONTHLY" as const, "SEMI_MONTHLY" as const), (start, billingPeriod) => {
        const owner = customer(customerCreated({ billingPeriod, effectiveOn: start }));
        const facts = {
          ...{ account: account(), customer: owner, offer: e8(), subscriptions: subscriptions(plan) },
          ...{ mainProduct: null, syncTarget: null, closedDays: REFUSE },
        };
        const command = {
          commitmentId: "commitment-1",
          discountEnd: { kind: "DEFAULT" },
          effectiveOn: start,
          now: at(start),
        } as const;
        const [assigned] = assignOffer(command, facts);
        const held = assigned ? commitmentEvolver.evolve(null, assigned, "event-1") : null;
        const end = assigned?.data.discountEnd;
        if (!held || end == null) throw new Error("it has an end");
        const termination = { on: addDays(end, -1), early: false, penaltyWaived: false, eventId: null };
        const history = {
          ...{ customer: owner, accounts: new Map(), classes: new Map(), others: new Map() },
          commitments: [{ ...held, termination }],
        };
        const lines = [];
        for (let day = start; day < end; day = billingPeriodOf(owner, day).to) {
          lines.push(...charges(history, billingPeriodOf(owner, day)));
        }
        const costs = offerCosts(e8(), subscriptions(plan), { billingPeriod, start, months: 1 });
        expect([costs?.discountEnd, costs?.total]).toEqual([end, totalOf(lines, "USD")]);
      }),
      { numRuns: 40 },
    );
  });
});
