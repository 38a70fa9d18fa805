import { describe, expect, it } from "vitest";
import { type SubscriptionTerms } from "../catalog/events.js";
import {
  account,
  accountClosed,
  accountOpened,
  at,
  customer,
  customerClosed,
  customerCreated,
  offer,
  offerDefined,
  subscription,
  subscriptions,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, commitment, internet, terms, tv } from "../spec-support/history.js";
import { dropRenewal, factsOf, renew, type Step, told, upgrade } from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { type FeesRenewalOrdered, type Terms } from "./events.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
const today =
  (step: Step, facts = factsOf()) =>
  (state: Parameters<Step>[0]) =>
    step(state, facts, now, "9");

/** The offer was revised to 22.00 with 7.00 off, by a plan with other flags and another strategy. */
const revised = (changes: Partial<SubscriptionTerms> = {}) => ({
  offers: new Map([
    [
      "offer-1",
      offer(offerDefined(), {
        type: "OfferRevised",
        data: {
          name: "Turbo 24 plus",
          description: null,
          currency: "USD",
          discountPeriods: 12,
          transferFee: "9.00",
          oneTimeFees: [{ description: "Dish", service: "TV", fee: "10.00", discount: "1.00" }],
          recurringFees: [
            { subscriptionId: "subscription-1", addOnProductId: "add-on-2", discount: "7.00" },
            { subscriptionId: "subscription-2", addOnProductId: null, discount: "0.00" },
          ],
          effectiveOn: "2020-07-10",
        },
      }),
    ],
  ]),
  subscriptions: subscriptions(
    subscription({
      name: "Turbo new",
      recurringFees: { MONTHLY: "22.00" },
      minimumPeriods: 6,
      penalty: "FIXED",
      penaltyAmount: "80.00",
      prorateFirst: false,
      prorateLast: false,
      ...changes,
    }),
    subscription({
      subscriptionId: "subscription-2",
      name: "Mail",
      recurringFees: { MONTHLY: "1.00" },
      penalty: "FIXED",
      penaltyAmount: "30.00",
      prorateLast: false,
    }),
  ),
});
const mail = {
  rowId: "renewal-1-recurring-2",
  subscriptionId: "subscription-2",
  description: "Mail",
  addOnProductId: null,
  fees: { MONTHLY: "1.00" },
  discount: "0.00",
  minimumPeriods: 24,
  prorateFirst: true,
  prorateLast: false,
};
const renewedTerms = (changes: Partial<Terms> = {}): Terms =>
  terms({
    offerRevision: 2,
    name: "Turbo 24 plus",
    recurring: [
      internet({
        rowId: "renewal-1-recurring-1",
        renews: "recurring-1",
        description: "Turbo new",
        addOnProductId: "add-on-2",
        fees: { MONTHLY: "22.00" },
        discount: "7.00",
        minimumPeriods: 6,
      }),
      mail,
    ],
    ...changes,
  });
const ordered = (changes: Partial<FeesRenewalOrdered["data"]> = {}): FeesRenewalOrdered => ({
  type: "FeesRenewalOrdered",
  data: {
    renewalId: "renewal-9",
    terms: renewedTerms(),
    orderedOn: "2020-07-20",
    effectiveOn: "2020-08-01",
    ...changes,
  },
});

describe("renewing fees", () => {
  it("copies the rows, fees and discounts of now, and leaves everything else as held", () => {
    given(assigned({ terms: terms({ oneTime: [tv()] }) }))
      .when(today(renew(revised())))
      .then([ordered()]);
  });

  it("keeps the fixed penalty of each row; a row that is new brings its own", () => {
    const fixed = internet({ penaltyAmount: "60.00", prorateFirst: false });
    const [row] = renewedTerms().recurring;
    if (!row) throw new Error("two rows are renewed");
    const recurring = [
      { ...row, prorateFirst: false, penaltyAmount: "60.00" },
      { ...mail, penaltyAmount: "30.00" },
    ];
    given(assigned({ terms: terms({ penalty: "FIXED", recurring: [fixed] }) }))
      .when(today(renew(revised({ penaltyAmount: "99.00" }))))
      .then([ordered({ terms: renewedTerms({ penalty: "FIXED", recurring }) })]);
  });

  it("copies a withdrawn offer too, with fewer rows where it has fewer", () => {
    const two = terms({ recurring: [internet(), internet({ rowId: "recurring-2", addOnProductId: null })] });
    const withdrawn = offer(offerDefined(), { type: "OfferWithdrawn", data: { effectiveOn: "2020-07-01" } });
    const recurring = [internet({ rowId: "renewal-1-recurring-1", renews: "recurring-1" })];
    given(assigned({ terms: two }))
      .when(today(renew({ offers: new Map([["offer-1", withdrawn]]) })))
      .then([ordered({ terms: terms({ recurring }) })]);
  });

  it("renews the offer that is held since an upgrade, row ids unlike all before", () => {
    given(...told(assigned(), [["2020-07-10", upgrade()]]))
      .when((state) => today(renew())(state).map(({ data }) => data) as never)
      .then([
        expect.objectContaining({
          effectiveOn: "2020-08-01",
          terms: expect.objectContaining({
            offerId: "offer-2",
            recurring: [
              expect.objectContaining({ rowId: "renewal-2-recurring-1", renews: "upgrade-1-recurring-1" }) as object,
            ],
          }) as object,
        }) as never,
      ]);
  });

  it("begins with the next billing period of the customer", () => {
    const owner = customer(customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 22 }));
    given(assigned())
      .when(today(renew(revised()), factsOf({ owner })))
      .then([ordered({ effectiveOn: "2020-07-22" })]);
  });

  it("begins with the start of a commitment that starts later", () => {
    given(assigned({ effectiveOn: "2020-09-10", discountEnd: "2022-09-10" }))
      .when(today(renew(revised())))
      .then([ordered({ effectiveOn: "2020-09-10" })]);
  });

  it("replaces a renewal that waits, not one that came", () => {
    const story = told(assigned(), [["2020-07-10", renew()]]);
    const row = internet({ rowId: "renewal-2-recurring-1", renews: "recurring-1" });
    given(...story)
      .when(today(renew()))
      .then([ordered({ terms: terms({ recurring: [row] }), replacedRenewalId: "renewal-1" })]);
    given(...story)
      .when((state) => renew()(state, factsOf(), at("2020-08-01"), "9"))
      .then([
        ordered({
          terms: terms({ recurring: [{ ...row, renews: "renewal-1-recurring-1" }] }),
          orderedOn: "2020-08-01",
          effectiveOn: "2020-09-01",
        }),
      ]);
  });
});

describe("renewing fees is refused", () => {
  const [plan] = [revised().subscriptions.get("subscription-1")];
  if (!plan) throw new Error("the plan is there");
  const selling = (changes: Partial<SubscriptionTerms>) => revised(changes);

  it.each([
    ["unknown", null, {}, "COMMITMENT_NOT_FOUND"],
    ["terminated", commitment({}, "2020-07-19"), {}, "ALREADY_TERMINATED"],
    [
      "of a closed customer",
      commitment(),
      factsOf({ owner: customer(customerCreated(), customerClosed("2020-07-20")) }),
      "CUSTOMER_CLOSED",
    ],
    [
      "on a closed account",
      commitment(),
      factsOf({ accounts: [account(accountOpened(), accountClosed("2020-07-20"))] }),
      "ACCOUNT_CLOSED",
    ],
    ["with an add-on that is not allowed", commitment(), { ...revised(), mainProduct: null }, "ADD_ON_NOT_ALLOWED"],
    [
      "with a discount and no minimum period, whatever else",
      commitment(),
      selling({ minimumPeriods: null, recurringFees: { WEEKLY: "1.00" } }),
      "MINIMUM_PERIOD_MISSING",
    ],
    [
      "without a fee for the billing period",
      commitment(),
      selling({ recurringFees: { WEEKLY: "22.00" } }),
      "FEE_MISSING_FOR_PERIOD",
    ],
    [
      "with a discount above the fee",
      commitment(),
      selling({ recurringFees: { MONTHLY: "6.99" } }),
      "DISCOUNT_EXCEEDS_FEE",
    ],
  ] as const)("%s", (_, state, changes, code) => {
    given()
      .when(() => today(renew(changes))(state))
      .thenRejected(code, "commitmentId");
  });
});

describe("cancelling a renewal", () => {
  const story = told(assigned(), [["2020-07-10", renew()]]);
  const cancelled = { type: "FeesRenewalCancelled", data: { renewalId: "renewal-1", effectiveOn: "2020-08-01" } };

  it("takes back the one that waits, by its day or without", () => {
    given(...story)
      .when(today(dropRenewal()))
      .then([cancelled]);
    given(...story)
      .when(today(dropRenewal("2020-08-01")))
      .then([cancelled]);
  });

  it("is refused for another day, from its day on, and where none waits", () => {
    given(...story)
      .when(today(dropRenewal("2020-09-01")))
      .thenRejected("NOT_SCHEDULED", "effectiveOn");
    given(...story)
      .when((state) => dropRenewal()(state, factsOf(), at("2020-08-01"), "9"))
      .thenRejected("NOT_SCHEDULED", "commitmentId");
    given(assigned()).when(today(dropRenewal())).thenRejected("NOT_SCHEDULED", "commitmentId");
  });

  it("is refused once an upgrade that came before it has dropped it", () => {
    const dropped = told(assigned(), [
      ["2020-07-10", renew()],
      ["2020-07-11", upgrade({ effectiveOn: "2020-07-20" })],
    ]);
    given(...dropped)
      .when(today(dropRenewal()))
      .thenRejected("NOT_SCHEDULED", "commitmentId");
    given(...dropped)
      .when((state) => dropRenewal()(state, factsOf(), at("2020-07-19"), "9"))
      .then([cancelled]);
  });
});
