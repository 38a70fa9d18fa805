import { describe, expect, it } from "vitest";
import { REFUSE } from "../customers/closed-days.js";
import {
  customerClosed,
  account,
  accountClosed,
  accountOpened,
  at,
  customer,
  customerCreated,
  offer,
  offerDefined,
  subscription,
  subscriptions,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { commitment } from "../spec-support/history.js";
import { type RejectionCode } from "../rejection.js";
import { type OfferEvent, type OfferTerms } from "../catalog/events.js";
import { type Subscription } from "../catalog/subscription.js";
import { commitmentEvolver } from "./commitment.js";
import { type AssignFacts, type AssignOffer, assignOffer } from "./assign.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
const command: AssignOffer = { commitmentId: "commitment-1", discountEnd: { kind: "DEFAULT" }, now };
const mainProduct = { mainProductId: "main-1", name: "Smart call", addOnProductIds: ["add-on-1"] };
const facts: AssignFacts = {
  account: account(),
  customer: customer(),
  offer: offer(),
  mainProduct,
  subscriptions: subscriptions(subscription()),
  syncTarget: null,
  closedDays: { ...REFUSE, reason: "Promised" },
};
const row = { subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "5.00" };
const manual = (date: string) => ({ kind: "MANUAL" as const, date });
const offered = (changes: Partial<OfferTerms>) => ({ offer: offer(offerDefined(changes)) });
const sold = (changes: Partial<Subscription>) => ({ subscriptions: subscriptions(subscription(changes)) });
const withdrawn: OfferEvent = { type: "OfferWithdrawn", data: { effectiveOn: "2020-07-01" } };
const deleted: OfferEvent = { type: "OfferDeleted", data: { effectiveOn: "2020-07-01" } };

const assign = (changes: Partial<AssignOffer> = {}, other: Partial<AssignFacts> = {}) =>
  given().when(() => assignOffer({ ...command, ...changes }, { ...facts, ...other }));

/** In order: each refusal holds together with all that follow it. */
const refusals: [string, RejectionCode, string, Partial<AssignFacts>, Partial<AssignOffer>?][] = [
  ["an unknown account", "ACCOUNT_NOT_FOUND", "accountId", { account: null }],
  ["an unknown offer", "VALIDATION_FAILED", "offerId", { offer: null }],
  ["a deleted offer", "VALIDATION_FAILED", "offerId", { offer: offer(offerDefined(), deleted) }],
  ["an unknown customer", "CUSTOMER_NOT_FOUND", "customerId", { customer: null }],
  [
    "a closed customer",
    "CUSTOMER_CLOSED",
    "customerId",
    { customer: customer(customerCreated(), customerClosed("2020-07-20")) },
  ],
  [
    "a closed account",
    "ACCOUNT_CLOSED",
    "accountId",
    { account: account(accountOpened(), accountClosed("2020-07-20")) },
  ],
  ["a withdrawn offer", "COMMITMENT_WITHDRAWN", "offerId", { offer: offer(offerDefined(), withdrawn) }],
  ["another currency", "CURRENCY_MISMATCH", "offerId", offered({ currency: "EUR" })],
  [
    "an add-on that the main product does not allow",
    "ADD_ON_NOT_ALLOWED",
    "offerId",
    { mainProduct: { ...mainProduct, addOnProductIds: ["other"] } },
  ],
  ["an unknown main product", "ADD_ON_NOT_ALLOWED", "offerId", { mainProduct: null }],
  ["a discount without minimum period", "MINIMUM_PERIOD_MISSING", "offerId", sold({ minimumPeriods: null })],
  [
    "no fee for the customer's period",
    "FEE_MISSING_FOR_PERIOD",
    "offerId",
    sold({ recurringFees: { WEEKLY: "20.00" } }),
  ],
  [
    "a discount above the fee",
    "DISCOUNT_EXCEEDS_FEE",
    "offerId",
    sold({ recurringFees: { MONTHLY: "4.99", YEARLY: "99.00" } }),
  ],
  ["an end on the start", "DISCOUNT_END_INVALID", "discountEnd", {}, { discountEnd: manual("2020-07-20") }],
  ["an end before the start", "DISCOUNT_END_INVALID", "discountEnd", {}, { discountEnd: manual("2020-07-01") }],
  [
    "a start before the account was opened",
    "INVALID_DATE",
    "effectiveOn",
    { account: account(accountOpened({ effectiveOn: "2020-07-19" })) },
    { effectiveOn: "2020-07-18" },
  ],
  [
    "such a start in a closed period",
    "INVALID_DATE",
    "effectiveOn",
    { account: account(accountOpened({ effectiveOn: "2020-07-19" })) },
    { effectiveOn: "2020-06-30" },
  ],
  ["a start in a closed period", "DATE_ALREADY_INVOICED", "effectiveOn", {}, { effectiveOn: "2020-06-30" }],
];

describe("assigning is refused", () => {
  it.each(refusals)("for %s", (_, code, field, other, changes = {}) => {
    assign(changes, other).thenRejected(code, field);
  });

  it("for an end by hand without a reason, before anything else", () => {
    const silent = { closedDays: REFUSE };
    assign({ discountEnd: manual("2021-01-01") }, { ...silent, account: null }).thenRejected(
      "VALIDATION_FAILED",
      "reason",
    );
    const copied = { kind: "SYNCHRONISED", commitmentId: "commitment-2" } as const;
    assign({ discountEnd: copied }, silent).thenRejected("COMMITMENT_NOT_FOUND", "discountEnd");
  });

  it("for an end date given to an offer without discount period", () => {
    const free = offered({ discountPeriods: null, recurringFees: [{ ...row, discount: "0.00" }] });
    assign({ discountEnd: manual("2021-01-01") }, free).thenRejected("DISCOUNT_END_INVALID", "discountEnd");
  });

  it("in this order where several reasons hold", () => {
    const closedAccount = account(accountOpened({ effectiveOn: "2020-07-19" }), accountClosed("2020-07-20"));
    const closedCustomer = customer(customerCreated(), customerClosed("2020-07-20"));
    const wrongTerms = { currency: "EUR", recurringFees: [row, { ...row, subscriptionId: "unlimited" }] };
    const priced = (fees: Subscription["recurringFees"], minimumPeriods: number | null) =>
      subscriptions(
        subscription({ recurringFees: fees }),
        subscription({ subscriptionId: "unlimited", minimumPeriods }),
      );
    const other = { kind: "SYNCHRONISED", commitmentId: "commitment-2" } as const;
    const wrong: AssignOffer = { ...command, discountEnd: other, effectiveOn: "2020-06-30" };

    let state: AssignFacts = {
      account: null,
      customer: null,
      offer: null,
      mainProduct: null,
      subscriptions: priced({ WEEKLY: "1.00" }, null),
      syncTarget: null,
      closedDays: { ...REFUSE, reason: "Promised" },
    };
    let order = wrong;
    const steps: [RejectionCode, Partial<AssignFacts>, Partial<AssignOffer>?][] = [
      ["ACCOUNT_NOT_FOUND", { account: closedAccount }],
      ["VALIDATION_FAILED", { offer: offer(offerDefined(wrongTerms), withdrawn) }],
      ["COMMITMENT_NOT_FOUND", { syncTarget: commitment({ accountId: "account-2" }) }],
      ["CUSTOMER_NOT_FOUND", { customer: closedCustomer }],
      ["CUSTOMER_CLOSED", { customer: customer() }],
      ["ACCOUNT_CLOSED", { account: account(accountOpened({ effectiveOn: "2020-07-19" })) }],
      ["COMMITMENT_WITHDRAWN", { offer: offer(offerDefined(wrongTerms)) }],
      ["CURRENCY_MISMATCH", { offer: offer(offerDefined({ ...wrongTerms, currency: "USD" })) }],
      ["ADD_ON_NOT_ALLOWED", { mainProduct }],
      ["MINIMUM_PERIOD_MISSING", { subscriptions: priced({ WEEKLY: "1.00" }, 24) }],
      ["FEE_MISSING_FOR_PERIOD", { subscriptions: priced({ MONTHLY: "1.00" }, 24) }],
      ["DISCOUNT_EXCEEDS_FEE", { subscriptions: priced({ MONTHLY: "20.00" }, 24) }],
      ["SYNC_TARGET_INVALID", {}, { discountEnd: manual("2020-06-01") }],
      ["DISCOUNT_END_INVALID", {}, { discountEnd: manual("2020-07-01") }],
      ["INVALID_DATE", { account: account() }],
      ["DATE_ALREADY_INVOICED", {}, { effectiveOn: "2020-07-01", discountEnd: manual("2020-07-02") }],
    ];
    for (const [code, repaired, changed = {}] of steps) {
      expect(() => assignOffer(order, state), code).toThrow(expect.objectContaining({ code }) as Error);
      state = { ...state, ...repaired };
      order = { ...order, ...changed };
    }
    expect(assignOffer(order, state)).toHaveLength(1);
  });
});
