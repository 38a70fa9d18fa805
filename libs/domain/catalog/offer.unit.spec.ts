import { describe, it } from "vitest";
import { offerDefined, offerTerms, subscription, subscriptions, tvSet } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { type RejectionCode } from "../rejection.js";
import { type OfferEvent, type OfferTerms } from "./events.js";
import {
  defineOffer,
  deleteOffer,
  offerEvolver,
  type OfferFacts,
  putOfferBackOnSale,
  reviseOffer,
  withdrawOffer,
} from "./offer.js";

const given = givenFor(offerEvolver);
const row = { subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "5.00" };
const facts: OfferFacts = {
  subscriptions: subscriptions(
    subscription(),
    subscription({ subscriptionId: "euro", currency: "EUR" }),
    subscription({ subscriptionId: "two fees", recurringFees: { MONTHLY: "20.00", SEMI_MONTHLY: "30.00" } }),
  ),
  addOnProducts: new Set(["add-on-1"]),
};
const on = "2020-07-01";
const withdrawn: OfferEvent = { type: "OfferWithdrawn", data: { effectiveOn: on } };
const deleted: OfferEvent = { type: "OfferDeleted", data: { effectiveOn: on } };

/** From the first that is looked at to the last. */
const refusals: [string, Partial<OfferTerms>, RejectionCode, string][] = [
  ["an empty name", { name: " " }, "VALIDATION_FAILED", "name"],
  ["a transfer fee that is no amount", { transferFee: "none" }, "VALIDATION_FAILED", "transferFee"],
  ["a negative transfer fee", { transferFee: "-1" }, "INVALID_AMOUNT", "transferFee"],
  [
    "a one-time fee without description",
    { oneTimeFees: [{ ...tvSet, description: "" }] },
    "VALIDATION_FAILED",
    "oneTimeFees.description",
  ],
  [
    "a one-time fee finer than a cent",
    { oneTimeFees: [{ ...tvSet, fee: "0.001" }] },
    "INVALID_AMOUNT",
    "oneTimeFees.fee",
  ],
  [
    "a one-time discount finer than a cent",
    { oneTimeFees: [{ ...tvSet, discount: "0.001" }] },
    "INVALID_AMOUNT",
    "oneTimeFees.discount",
  ],
  [
    "a recurring discount finer than a cent",
    { recurringFees: [{ ...row, discount: "0.001" }] },
    "INVALID_AMOUNT",
    "recurringFees.discount",
  ],
  ["a discount period of none", { discountPeriods: 0 }, "VALIDATION_FAILED", "discountPeriods"],
  ["a discount period over 1200", { discountPeriods: 1201 }, "VALIDATION_FAILED", "discountPeriods"],
  ["no fee at all", { recurringFees: [] }, "VALIDATION_FAILED", "recurringFees"],
  [
    "an unknown add-on product",
    { recurringFees: [{ ...row, addOnProductId: "x" }] },
    "VALIDATION_FAILED",
    "recurringFees.addOnProductId",
  ],
  [
    "an unknown subscription",
    { recurringFees: [{ ...row, subscriptionId: "x" }] },
    "VALIDATION_FAILED",
    "recurringFees.planId",
  ],
  [
    "a subscription in another currency",
    { recurringFees: [{ ...row, subscriptionId: "euro" }] },
    "CURRENCY_MISMATCH",
    "currency",
  ],
  [
    "a recurring discount without a discount period",
    { discountPeriods: null },
    "DISCOUNT_WITHOUT_PERIOD",
    "discountPeriods",
  ],
  [
    "a one-time discount without a discount period",
    { discountPeriods: null, recurringFees: [], oneTimeFees: [tvSet] },
    "DISCOUNT_WITHOUT_PERIOD",
    "discountPeriods",
  ],
  [
    "a one-time discount above its fee",
    { oneTimeFees: [{ ...tvSet, discount: "400.01" }] },
    "DISCOUNT_EXCEEDS_FEE",
    "oneTimeFees.discount",
  ],
  [
    "a recurring discount above the only fee",
    { recurringFees: [{ ...row, discount: "20.01" }] },
    "DISCOUNT_EXCEEDS_FEE",
    "recurringFees.discount",
  ],
  [
    "a recurring discount above every fee, in a later row",
    { recurringFees: [row, { ...row, subscriptionId: "two fees", discount: "30.01" }] },
    "DISCOUNT_EXCEEDS_FEE",
    "recurringFees.discount",
  ],
];

describe("defining an offer", () => {
  it("records its terms, amounts with the currency's decimals", () => {
    given()
      .when(() =>
        defineOffer(
          {
            ...offerTerms,
            offerId: "offer-1",
            name: " Turbo 24 ",
            transferFee: "0",
            oneTimeFees: [{ ...tvSet, fee: "400" }],
            recurringFees: [{ ...row, discount: "5" }],
            on,
          },
          facts,
        ),
      )
      .then([
        {
          type: "OfferDefined",
          data: {
            offerId: "offer-1",
            name: "Turbo 24",
            description: null,
            currency: "USD",
            discountPeriods: 24,
            transferFee: "0.00",
            oneTimeFees: [{ description: "TV set", service: "TV", fee: "400.00", discount: "399.99" }],
            recurringFees: [{ subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "5.00" }],
            effectiveOn: on,
          },
        },
      ]);
  });

  it.each<[string, Partial<OfferTerms>]>([
    ["recurring fees only", {}],
    ["one-time fees only", { recurringFees: [], oneTimeFees: [tvSet] }],
    ["no add-on product", { recurringFees: [{ ...row, addOnProductId: null }] }],
    ["no discount period, and no discounts", { discountPeriods: null, recurringFees: [{ ...row, discount: "0.00" }] }],
    ["a one-time fee discounted away", { oneTimeFees: [{ ...tvSet, discount: "400.00" }] }],
    ["a recurring fee discounted away", { recurringFees: [{ ...row, discount: "20.00" }] }],
    [
      "a recurring discount above one of two fees: which one counts is known on assigning",
      { recurringFees: [{ ...row, subscriptionId: "two fees", discount: "30.00" }] },
    ],
  ])("allows %s", (_, changes) => {
    given()
      .when(() => defineOffer({ ...offerTerms, ...changes, offerId: "offer-1", on }, facts))
      .then([offerDefined({ ...changes, effectiveOn: on })]);
  });

  it.each(refusals)("with %s is refused", (_, changes, code, field) => {
    given()
      .when(() => defineOffer({ ...offerTerms, ...changes, offerId: "offer-1", on }, facts))
      .thenRejected(code, field);
  });

  it("in a currency that does not exist is refused", () => {
    given()
      .when(() => defineOffer({ ...offerTerms, currency: "XXZ", offerId: "offer-1", on }, facts))
      .thenRejected("VALIDATION_FAILED", "currency");
  });

  it("with several reasons answers malformed, unknown, currency, discount without period, discount above fee", () => {
    const all: OfferTerms = {
      ...offerTerms,
      name: "",
      discountPeriods: null,
      oneTimeFees: [{ ...tvSet, discount: "400.01" }],
      recurringFees: [
        { ...row, subscriptionId: "euro", discount: "20.01" },
        { ...row, subscriptionId: "x" },
      ],
    };
    const refused = (terms: OfferTerms, code: RejectionCode, field: string) => {
      given()
        .when(() => defineOffer({ ...terms, offerId: "offer-1", on }, facts))
        .thenRejected(code, field);
    };
    refused(all, "VALIDATION_FAILED", "name");
    const named = { ...all, name: "Turbo" };
    refused(named, "VALIDATION_FAILED", "recurringFees.planId");
    const known = { ...named, recurringFees: [{ ...row, subscriptionId: "euro", discount: "20.01" }] };
    refused(known, "CURRENCY_MISMATCH", "currency");
    const dollars = { ...known, recurringFees: [{ ...row, discount: "20.01" }] };
    refused(dollars, "DISCOUNT_WITHOUT_PERIOD", "discountPeriods");
    const limited = { ...dollars, discountPeriods: 24 };
    refused(limited, "DISCOUNT_EXCEEDS_FEE", "oneTimeFees.discount");
    refused({ ...limited, oneTimeFees: [tvSet] }, "DISCOUNT_EXCEEDS_FEE", "recurringFees.discount");
  });

  it("whose subscriptions have different penalty strategies is refused, after the currency, before the discounts", () => {
    // The only other strategies come later: any other text stands for one.
    const other = subscription({ subscriptionId: "other", penalty: "NONE" as "SUM_OF_DISCOUNTS" });
    const mixed: OfferFacts = { ...facts, subscriptions: new Map([...facts.subscriptions, ["other", other]]) };
    const rows = [row, { ...row, subscriptionId: "other" }];
    given()
      .when(() =>
        defineOffer({ ...offerTerms, discountPeriods: null, recurringFees: rows, offerId: "offer-1", on }, mixed),
      )
      .thenRejected("PENALTY_STRATEGY_MIXED", "recurringFees");
    given()
      .when(() =>
        defineOffer(
          { ...offerTerms, recurringFees: [...rows, { ...row, subscriptionId: "euro" }], offerId: "offer-1", on },
          mixed,
        ),
      )
      .thenRejected("CURRENCY_MISMATCH", "currency");
  });
});

describe("revising an offer", () => {
  it("keeps what is left out", () => {
    given(offerDefined())
      .when((state) => reviseOffer({ recurringFees: [{ ...row, discount: "6" }], on }, state, facts))
      .then([
        {
          type: "OfferRevised",
          data: { ...offerTerms, recurringFees: [{ ...row, discount: "6.00" }], effectiveOn: on },
        },
      ]);
  });

  it("is allowed for one that is withdrawn: held commitments may renew their fees", () => {
    given(offerDefined(), withdrawn)
      .when((state) => reviseOffer({ name: "Turbo 36", discountPeriods: 36, on }, state, facts))
      .then([
        { type: "OfferRevised", data: { ...offerTerms, name: "Turbo 36", discountPeriods: 36, effectiveOn: on } },
      ]);
  });

  it.each(refusals)("to %s is refused", (_, changes, code, field) => {
    given(offerDefined())
      .when((state) => reviseOffer({ ...changes, on }, state, facts))
      .thenRejected(code, field);
  });

  it("is refused where there is none, or none any more", () => {
    given()
      .when((state) => reviseOffer({ name: "Turbo", on }, state, facts))
      .thenRejected("VALIDATION_FAILED", "offerId");
    given(offerDefined(), deleted)
      .when((state) => reviseOffer({ name: "Turbo", on }, state, facts))
      .thenRejected("VALIDATION_FAILED", "offerId");
  });
});

describe("taking an offer from sale", () => {
  it("withdraws it, once", () => {
    given(offerDefined())
      .when((state) => withdrawOffer({ on }, state))
      .then([withdrawn]);
    given(offerDefined(), withdrawn)
      .when((state) => withdrawOffer({ on: "2020-08-01" }, state))
      .then([]);
  });

  it("puts it back, once, on the terms that it has by then", () => {
    const back: OfferEvent = { type: "OfferPutBackOnSale", data: { effectiveOn: "2020-09-07" } };
    given(offerDefined(), withdrawn)
      .when((state) => putOfferBackOnSale({ on: "2020-09-07" }, state))
      .then([back]);
    given(offerDefined(), withdrawn, back)
      .when((state) => putOfferBackOnSale({ on: "2020-09-08" }, state))
      .then([]);
    given(offerDefined())
      .when((state) => putOfferBackOnSale({ on }, state))
      .then([]);
  });

  it("deletes it while it was never assigned", () => {
    given(offerDefined())
      .when((state) => deleteOffer({ on }, state, { everAssigned: false }))
      .then([deleted]);
    given(offerDefined(), withdrawn)
      .when((state) => deleteOffer({ on }, state, { everAssigned: false }))
      .then([deleted]);
    given(offerDefined())
      .when((state) => deleteOffer({ on }, state, { everAssigned: true }))
      .thenRejected("CONFLICT", "offerId");
  });

  it("is refused where there is none, or none any more", () => {
    for (const events of [[], [offerDefined(), deleted]]) {
      given(...events)
        .when((state) => withdrawOffer({ on }, state))
        .thenRejected("VALIDATION_FAILED", "offerId");
      given(...events)
        .when((state) => putOfferBackOnSale({ on }, state))
        .thenRejected("VALIDATION_FAILED", "offerId");
      given(...events)
        .when((state) => deleteOffer({ on }, state, { everAssigned: true }))
        .thenRejected("VALIDATION_FAILED", "offerId");
    }
  });
});
