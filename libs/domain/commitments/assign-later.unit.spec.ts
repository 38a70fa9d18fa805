import { describe, expect, it } from "vitest";
import { type FeesByPeriod } from "../catalog/events.js";
import { REFUSE } from "../customers/closed-days.js";
import {
  account,
  at,
  customer,
  customerCreated,
  offer,
  offerDefined,
  subscription,
  subscriptions,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, commitment, internet, terms } from "../spec-support/history.js";
import { after, mainProduct, pause, PROMISED, reasonedEnd, terminate } from "../spec-support/story.js";
import { type RejectionCode } from "../rejection.js";
import { type AssignFacts, type AssignOffer, assignOffer } from "./assign.js";
import { type Commitment, commitmentEvolver, statusOn } from "./commitment.js";

const given = givenFor(commitmentEvolver);
const synchronised = { kind: "SYNCHRONISED", commitmentId: "commitment-2" } as const;
const facts: AssignFacts = {
  account: account(),
  customer: customer(),
  offer: offer(),
  mainProduct,
  subscriptions: subscriptions(subscription()),
  syncTarget: null,
  closedDays: REFUSE,
};
const assign = (changes: Partial<AssignOffer> = {}, other: Partial<AssignFacts> = {}) =>
  given().when(() =>
    assignOffer(
      { commitmentId: "commitment-1", discountEnd: { kind: "DEFAULT" }, now: at("2020-11-15"), ...changes },
      reasonedEnd({ ...facts, ...other }, changes.discountEnd ?? { kind: "DEFAULT" }),
    ),
  );

describe("assigning from a day to come", () => {
  it("has the default end date from that day, and is pending until then", () => {
    const future = assigned({ effectiveOn: "2021-01-31", discountEnd: "2023-01-31" });
    assign({ effectiveOn: "2021-01-31" }).then([future]);
    const held = after(future, []);
    expect([statusOn(held, "2021-01-30"), statusOn(held, "2021-01-31")]).toEqual(["PENDING", "ACTIVE"]);
  });

  it("needs an end date after that day", () => {
    assign({ effectiveOn: "2021-01-31", discountEnd: { kind: "MANUAL", date: "2021-02-01" } }).then([
      assigned({
        ...{ effectiveOn: "2021-01-31", discountEnd: "2021-02-01", discountEndKind: "MANUAL" },
        personal: { reason: PROMISED },
      }),
    ]);
    assign({ effectiveOn: "2021-01-31", discountEnd: { kind: "MANUAL", date: "2021-01-31" } }).thenRejected(
      "DISCOUNT_END_INVALID",
      "discountEnd",
    );
  });

  it("has a discount period in months for a customer with an anniversary", () => {
    const owner = customer(customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 20 }));
    assign({ effectiveOn: "2021-01-31" }, { customer: owner }).then([
      assigned({ effectiveOn: "2021-01-31", discountEnd: "2023-01-31" }),
    ]);
    assign({ effectiveOn: "2020-10-20" }, { customer: owner }).then([
      assigned({ effectiveOn: "2020-10-20", discountEnd: "2022-10-20" }),
    ]);
    assign({ effectiveOn: "2020-10-19" }, { customer: owner }).thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });
});

describe("assigning to a customer with an anniversary takes the monthly fee where there is none of its own", () => {
  const owner = customer(customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 20 }));
  const sold = (recurringFees: FeesByPeriod) => ({
    customer: owner,
    subscriptions: subscriptions(subscription({ recurringFees })),
  });

  it.each<[string, FeesByPeriod, RejectionCode | null]>([
    ["the monthly one", { MONTHLY: "20.00" }, null],
    ["its own", { MONTHLY_ANNIVERSARY: "20.00", MONTHLY: "1.00" }, null],
    ["none", { WEEKLY: "20.00" }, "FEE_MISSING_FOR_PERIOD"],
    ["a monthly one below the discount", { MONTHLY: "4.99" }, "DISCOUNT_EXCEEDS_FEE"],
    ["its own below the discount", { MONTHLY_ANNIVERSARY: "4.99", MONTHLY: "20.00" }, "DISCOUNT_EXCEEDS_FEE"],
  ])("%s", (_, fees, code) => {
    const attempt = assign({}, sold(fees));
    if (code !== null) attempt.thenRejected(code, "offerId");
    else {
      attempt.then([
        assigned({
          effectiveOn: "2020-11-15",
          discountEnd: "2022-11-15",
          terms: terms({ recurring: [internet({ fees })] }),
        }),
      ]);
    }
  });
});

describe("assigning synchronised with another commitment", () => {
  const sync = (target: Commitment, changes: Partial<AssignOffer> = {}, other: Partial<AssignFacts> = {}) =>
    assign({ discountEnd: synchronised, ...changes }, { syncTarget: target, ...other });
  const first = { commitmentId: "commitment-2", effectiveOn: "2020-08-15", discountEnd: "2022-08-15" };
  const copied = (discountEnd: string, effectiveOn = "2020-11-15") =>
    assigned({ effectiveOn, discountEnd, discountEndKind: "SYNCHRONISED", synchronisedWith: "commitment-2" });

  it("ends with it (E6)", () => {
    sync(commitment(first)).then([copied("2022-08-15")]);
  });

  it("copies the date as it is today: an open pause through today, cut by a scheduled termination", () => {
    const paused = after(assigned(first), [["2020-11-05", pause()]]);
    sync(paused).then([copied("2022-08-25")]);
    const ending = after(assigned(first), [
      ["2020-11-01", pause({ from: "2020-12-01", until: "2020-12-31" })],
      ["2020-11-02", terminate("2020-12-10")],
    ]);
    sync(ending).then([copied("2022-08-25")]);
  });

  it("also from an earlier or a later day", () => {
    sync(commitment(first), { effectiveOn: "2020-11-01" }).then([copied("2022-08-15", "2020-11-01")]);
    sync(commitment(first), { effectiveOn: "2021-11-01" }).then([copied("2022-08-15", "2021-11-01")]);
  });

  it.each<[string, Commitment, RejectionCode]>([
    ["of another account", commitment({ ...first, accountId: "account-2" }), "SYNC_TARGET_INVALID"],
    ["that was terminated", commitment(first, "2020-11-14"), "SYNC_TARGET_INVALID"],
    ["that is endless", commitment({ ...first, discountEnd: null }), "SYNC_TARGET_INVALID"],
    ["that ends on the start", commitment({ ...first, discountEnd: "2020-11-15" }), "DISCOUNT_END_INVALID"],
  ])("is refused with one %s", (_, target, code) => {
    sync(target).thenRejected(code, "discountEnd");
  });

  it("is refused where there is no such commitment, before what is closed or withdrawn is looked at", () => {
    assign({ discountEnd: synchronised }, { customer: null }).thenRejected("COMMITMENT_NOT_FOUND", "discountEnd");
  });

  it("is refused for an offer without discount period, after the commitment was looked at", () => {
    const row = { subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "0.00" };
    const free = { offer: offer(offerDefined({ discountPeriods: null, recurringFees: [row] })) };
    sync(commitment(first), {}, free).thenRejected("DISCOUNT_END_INVALID", "discountEnd");
    sync(commitment(first, "2020-11-14"), {}, free).thenRejected("SYNC_TARGET_INVALID", "discountEnd");
  });

  it("is possible with one whose termination is scheduled, through its last day", () => {
    sync(commitment(first, "2020-11-15")).then([copied("2022-08-15")]);
  });
});
