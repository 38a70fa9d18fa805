import { describe, it } from "vitest";
import { REFUSE } from "../customers/closed-days.js";
import {
  account,
  accountOpened,
  at,
  customer,
  customerCreated,
  offer,
  offerDefined,
  subscription,
  subscriptions,
  tvSet,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, internet, terms, tv } from "../spec-support/history.js";
import { type OfferEvent, type OfferTerms } from "../catalog/events.js";
import { type Subscription } from "../catalog/subscription.js";
import { commitmentEvolver } from "./commitment.js";
import { PROMISED, reasonedEnd } from "../spec-support/story.js";
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
  closedDays: REFUSE,
};
const row = { subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "5.00" };
const manual = (date: string) => ({ kind: "MANUAL" as const, date });
const offered = (changes: Partial<OfferTerms>) => ({ offer: offer(offerDefined(changes)) });
const sold = (changes: Partial<Subscription>) => ({ subscriptions: subscriptions(subscription(changes)) });

const assign = (changes: Partial<AssignOffer> = {}, other: Partial<AssignFacts> = {}) =>
  given().when(() =>
    assignOffer(
      { ...command, ...changes },
      reasonedEnd({ ...facts, ...other }, changes.discountEnd ?? command.discountEnd),
    ),
  );

describe("assigning an offer", () => {
  it("copies the terms into the commitment's own event", () => {
    const stick = subscription({
      subscriptionId: "subscription-2",
      name: "Stick",
      recurringFees: { MONTHLY: "8.00", WEEKLY: "2.00" },
      minimumPeriods: null,
      prorateFirst: false,
      prorateLast: false,
    });
    const bundle = offerDefined({
      name: "Bundle",
      transferFee: "9.00",
      oneTimeFees: [tvSet, { ...tvSet, description: "Remote", discount: "0.00" }],
      recurringFees: [row, { subscriptionId: "subscription-2", addOnProductId: null, discount: "0.00" }],
    });
    const revised: OfferEvent = { type: "OfferRevised", data: { ...bundle.data, description: "new" } };
    assign({}, { offer: offer(bundle, revised), subscriptions: subscriptions(subscription(), stick) }).then([
      {
        type: "CommitmentAssigned",
        data: {
          commitmentId: "commitment-1",
          accountId: "account-1",
          customerId: "customer-1",
          terms: {
            offerId: "offer-1",
            offerRevision: 2,
            name: "Bundle",
            currency: "USD",
            discountPeriods: 24,
            penalty: "SUM_OF_DISCOUNTS",
            transferFee: "9.00",
            recurring: [
              internet(),
              {
                rowId: "recurring-2",
                subscriptionId: "subscription-2",
                description: "Stick",
                addOnProductId: null,
                fees: { MONTHLY: "8.00", WEEKLY: "2.00" },
                discount: "0.00",
                minimumPeriods: null,
                prorateFirst: false,
                prorateLast: false,
              },
            ],
            oneTime: [
              { rowId: "one-time-1", description: "TV set", service: "TV", fee: "400.00", discount: "399.99" },
              { rowId: "one-time-2", description: "Remote", service: "TV", fee: "400.00", discount: "0.00" },
            ],
          },
          discountEnd: "2022-07-20",
          discountEndKind: "DEFAULT",
          effectiveOn: "2020-07-20",
        },
      },
    ]);
  });

  it("of one-time fees only claims back the sum of discounts", () => {
    assign({}, offered({ recurringFees: [], oneTimeFees: [tvSet] })).then([
      assigned({
        terms: terms({ recurring: [], oneTime: [tv()] }),
        discountEnd: "2022-07-20",
        effectiveOn: "2020-07-20",
      }),
    ]);
  });

  it("starts today by the customer's clock", () => {
    const apia = customer(customerCreated({ timeZone: "Pacific/Apia" }));
    assign({ now: "2020-07-31T11:00:00.000Z" }, { customer: apia }).then([
      assigned({ discountEnd: "2022-08-01", effectiveOn: "2020-08-01" }),
    ]);
    assign({ now: "2020-07-31T11:00:00.000Z", effectiveOn: "2020-07-31" }, { customer: apia }).thenRejected(
      "DATE_ALREADY_INVOICED",
      "effectiveOn",
    );
  });

  it("may start on any day of the running period", () => {
    assign({ effectiveOn: "2020-07-01" }).then([assigned({ discountEnd: "2022-07-01", effectiveOn: "2020-07-01" })]);
  });

  it("may start on the day on which the account was opened", () => {
    const opened = account(accountOpened({ effectiveOn: "2020-07-10" }));
    assign({ effectiveOn: "2020-07-10" }, { account: opened }).then([
      assigned({ discountEnd: "2022-07-10", effectiveOn: "2020-07-10" }),
    ]);
  });

  it("computes the default end from the start, clamped to short months", () => {
    assign({ now: at("2020-01-31") }, offered({ discountPeriods: 1 })).then([
      assigned({ terms: terms({ discountPeriods: 1 }), discountEnd: "2020-02-29", effectiveOn: "2020-01-31" }),
    ]);
  });

  it("without a discount period has no end", () => {
    const free = { discountPeriods: null, recurringFees: [{ ...row, discount: "0.00" }] };
    assign({}, offered(free)).then([
      assigned({
        terms: terms({ discountPeriods: null, recurring: [internet({ discount: "0.00" })] }),
        discountEnd: null,
        effectiveOn: "2020-07-20",
      }),
    ]);
  });

  it("takes a manual end, if only a day after the start", () => {
    const personal = { reason: PROMISED };
    assign({ discountEnd: manual("2020-07-21") }).then([
      assigned({ discountEnd: "2020-07-21", discountEndKind: "MANUAL", effectiveOn: "2020-07-20", personal }),
    ]);
    assign({ discountEnd: manual("2020-07-05"), effectiveOn: "2020-07-01" }).then([
      assigned({ discountEnd: "2020-07-05", discountEndKind: "MANUAL", effectiveOn: "2020-07-01", personal }),
    ]);
  });

  it("allows a discount as large as the fee, and no minimum period where there is no discount", () => {
    assign({}, sold({ recurringFees: { MONTHLY: "5.00" } })).then([
      assigned({
        terms: terms({ recurring: [internet({ fees: { MONTHLY: "5.00" } })] }),
        discountEnd: "2022-07-20",
        effectiveOn: "2020-07-20",
      }),
    ]);
    assign(
      {},
      { ...sold({ minimumPeriods: null }), ...offered({ recurringFees: [{ ...row, discount: "0.00" }] }) },
    ).then([
      assigned({
        terms: terms({ recurring: [internet({ minimumPeriods: null, discount: "0.00" })] }),
        discountEnd: "2022-07-20",
        effectiveOn: "2020-07-20",
      }),
    ]);
  });

  it("needs no main product for rows without an add-on", () => {
    assign({}, { mainProduct: null, ...offered({ recurringFees: [{ ...row, addOnProductId: null }] }) }).then([
      assigned({
        terms: terms({ recurring: [internet({ addOnProductId: null })] }),
        discountEnd: "2022-07-20",
        effectiveOn: "2020-07-20",
      }),
    ]);
  });
});
