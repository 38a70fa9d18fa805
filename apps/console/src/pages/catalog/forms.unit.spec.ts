import { describe, expect, it } from "vitest";
import {
  changed,
  definedVoice,
  defineOfferInput,
  definePlanInput,
  NEW_VOLUME_DISCOUNT_PLAN,
  newFee,
  newOffer,
  newOneTime,
  newPlan,
  newRecurring,
  newThreshold,
  mainProductForm,
  mainProductTerms,
  offerForm,
  offerTerms,
  planForm,
  planTerms,
  productVoice,
  volumeDiscountPlanInput,
  without,
} from "./forms.js";
import { type ShownOffer, type ShownPlan } from "./query.js";

const OFFER: ShownOffer = {
  ...{ id: "offer", name: "Turbo 1 GB", description: null, currency: "USD", status: "ON_SALE" as const, revision: 1 },
  ...{ discountPeriods: 24, transferFee: "10.00", costs: null, oneTimeFees: [] },
  recurringFees: [
    {
      ...{ plan: { id: "plan", name: "Turbo", recurringFees: [] }, addOnProduct: null },
      ...{ discount: "5.00", discountedFees: [{ period: "MONTHLY" as const, amount: "15.00" }] },
    },
  ],
};

describe("forms of the catalog", () => {
  it("ask for an offer once every row is complete", () => {
    const named = { ...newOffer(), name: " Turbo 1 GB ", currency: "usd" };
    const recurring = [{ ...newRecurring(), planId: "plan", discount: "5.00" }];
    const device = { ...newOneTime(), description: "TV", service: "TV" };
    expect([
      defineOfferInput(newOffer()),
      defineOfferInput(named),
      defineOfferInput({ ...named, recurring, oneTime: [device] }),
      defineOfferInput({ ...named, currency: "", recurring }),
      defineOfferInput({ ...named, discountPeriods: 24, recurring, oneTime: [{ ...device, fee: "400.00" }] }),
    ]).toEqual([
      ...[null, null, null, null],
      {
        ...{ name: "Turbo 1 GB", description: null, currency: "USD", discountPeriods: 24, transferFee: "0" },
        recurringFees: [{ planId: "plan", addOnProductId: null, discount: "5.00" }],
        oneTimeFees: [{ description: "TV", service: "TV", fee: "400.00", discount: "0" }],
      },
    ]);
  });

  it("revise an offer from what it is, without its currency", () => {
    expect(offerTerms({ ...offerForm(OFFER), discountPeriods: null })).toEqual({
      ...{ name: "Turbo 1 GB", description: null, discountPeriods: null, transferFee: "10.00" },
      recurringFees: [{ planId: "plan", addOnProductId: null, discount: "5.00" }],
      oneTimeFees: [],
    });
  });

  it("ask for a plan with its fees, and for a penalty's amount only where it is fixed", () => {
    const plan = { ...newPlan(), name: "Turbo", currency: "USD", penaltyAmount: "99.00" };
    const fees = [{ ...newFee("MONTHLY"), amount: "20.00" }];
    const common = {
      ...{ name: "Turbo", currency: "USD", minimumPeriods: null, prorateFirst: true, prorateLast: true },
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
    };
    expect([
      definePlanInput(plan),
      definePlanInput({ ...plan, fees, penalty: "FIXED", penaltyAmount: null }),
      definePlanInput({ ...plan, fees }),
      definePlanInput({ ...plan, fees, penalty: "FIXED" }),
    ]).toEqual([
      ...[null, null],
      { ...common, penalty: "SUM_OF_DISCOUNTS" },
      { ...common, penalty: "FIXED", penaltyAmount: "99.00" },
    ]);
  });

  it("revise a plan from what it is, without its currency", () => {
    const terms: Omit<ShownPlan, "id" | "currency" | "penaltyAmount" | "history"> = {
      ...{ name: "Turbo", minimumPeriods: 24, penalty: "SUM_OF_DISCOUNTS" as const },
      ...{ prorateFirst: true, prorateLast: false, recurringFees: [{ period: "MONTHLY", amount: "20.00" }] },
    };
    const form = planForm({ id: "plan", currency: "USD", penaltyAmount: null, ...terms });
    expect(planTerms(form)).toEqual(terms);
  });

  it("ask for a volume discount plan with decimal text, whichever mark is typed", () => {
    const plan = { ...NEW_VOLUME_DISCOUNT_PLAN, name: "1 GB", service: "Internet", quota: "1,5", unit: "GB" };
    expect([
      volumeDiscountPlanInput({ ...plan, unit: " " }),
      volumeDiscountPlanInput({ ...plan, thresholds: [newThreshold()] }),
      volumeDiscountPlanInput({ ...plan, thresholds: [{ ...newThreshold(), from: "10", percent: "2.5" }] }),
    ]).toEqual([
      ...[null, null],
      {
        ...{ name: "1 GB", service: "Internet", quota: "1.5", unit: "GB" },
        thresholds: [{ from: "10", percent: "2.5" }],
      },
    ]);
  });

  it("ask for calls only where a product gives them, and of a product as it is say that it gives none", () => {
    const nothing = {
      ...{ sipContact: null, servicePolicy: null, incomingTariff: null, outgoingTariff: null },
      ...{ maxCalls: null, maxSeconds: null, language: null },
    };
    const none = productVoice(null);
    const two = productVoice({ ...nothing, maxCalls: 2 });
    const asked = {
      ...{ sipContact: null, servicePolicyId: null, incomingTariffId: null, outgoingTariffId: null },
      ...{ maxSeconds: null, language: null },
    };
    expect([
      definedVoice(none),
      definedVoice({ ...none, givesCalls: true }),
      definedVoice(two),
      definedVoice({ ...two, givesCalls: false }),
    ]).toEqual([{}, { voice: { ...asked, maxCalls: null } }, { voice: { ...asked, maxCalls: 2 } }, {}]);
    const addOn = { id: "add-on", name: "TV", service: "TV", quota: null };
    const product = { id: "product", name: " Line ", addOnProducts: [addOn], voice: null };
    const form = mainProductForm(product);
    expect([mainProductTerms(form), mainProductTerms({ ...form, voice: two })]).toEqual([
      { name: "Line", addOnProductIds: ["add-on"], voice: null },
      { name: "Line", addOnProductIds: ["add-on"], voice: { ...asked, maxCalls: 2 } },
    ]);
  });

  it("change and leave out the row that is meant", () => {
    const rows = [
      { key: "a", fee: "1" },
      { key: "b", fee: "2" },
    ];
    expect([changed(rows, "b", { fee: "3" }), without(rows, "a")]).toEqual([
      [rows[0], { key: "b", fee: "3" }],
      [rows[1]],
    ]);
  });
});
