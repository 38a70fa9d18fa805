import { describe, expect, it } from "vitest";
import { type Offer } from "../catalog/offer.js";
import {
  account,
  accountClosed,
  accountOpened,
  at,
  customer,
  customerClosed,
  customerCreated,
  subscription,
  subscriptions,
} from "../spec-support/examples.js";
import { givenFor, rejectionOf, stateOf } from "../spec-support/given.js";
import { assigned, commitment } from "../spec-support/history.js";
import {
  after,
  betterOffer,
  factsOf,
  plainOffer,
  PROMISED,
  type Step,
  told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { type RejectionCode } from "../rejection.js";
import { type Commitment, commitmentEvolver } from "./commitment.js";
import { REFUSE } from "../customers/closed-days.js";
import { upgradeCommitment, type UpgradeCommitment, type UpgradeFacts } from "./upgrade.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
const today = (step: Step) => (state: Parameters<Step>[0]) => step(state, factsOf(), now, "9");
const manual = (date: string) => ({ kind: "MANUAL", date }) as const;
const synchronised = { kind: "SYNCHRONISED", commitmentId: "commitment-2" } as const;
const other = (changes: Parameters<typeof commitment>[0] = {}, ended: string | null = null) =>
  commitment({ commitmentId: "commitment-2", ...changes }, ended);

describe("upgrading is refused", () => {
  it.each<[string, Partial<UpgradeCommitment>, Partial<UpgradeFacts>, RejectionCode, string]>([
    ["to an end on its day", { discountEnd: manual("2020-07-20") }, {}, "DISCOUNT_END_INVALID", "discountEnd"],
    [
      "to an end before today, though after its day",
      { discountEnd: manual("2020-07-19"), effectiveOn: "2020-07-10" },
      {},
      "DISCOUNT_END_INVALID",
      "discountEnd",
    ],
    [
      "to an end for an offer without discount period",
      { discountEnd: manual("2021-01-01") },
      { offer: plainOffer() },
      "DISCOUNT_END_INVALID",
      "discountEnd",
    ],
    [
      "synchronised for an offer without discount period",
      { discountEnd: synchronised },
      { offer: plainOffer(), syncTarget: other() },
      "DISCOUNT_END_INVALID",
      "discountEnd",
    ],
    [
      "synchronised with itself",
      { discountEnd: synchronised },
      { syncTarget: commitment() },
      "SYNC_TARGET_INVALID",
      "discountEnd",
    ],
    [
      "synchronised with one of another account",
      { discountEnd: synchronised },
      { syncTarget: other({ accountId: "account-2" }) },
      "SYNC_TARGET_INVALID",
      "discountEnd",
    ],
    [
      "synchronised with a terminated one",
      { discountEnd: synchronised },
      { syncTarget: other({}, "2020-07-19") },
      "SYNC_TARGET_INVALID",
      "discountEnd",
    ],
    ["in a closed period", { effectiveOn: "2020-06-30" }, {}, "DATE_ALREADY_INVOICED", "effectiveOn"],
    ["before the start, in a closed period too", { effectiveOn: "2019-02-28" }, {}, "UPGRADE_INVALID", "effectiveOn"],
  ])("%s", (_, command, facts, code, field) => {
    given(assigned())
      .when(today(upgrade(command, facts)))
      .thenRejected(code, field);
  });

  it("to an end by hand without a reason, before the offer is looked at", () => {
    const silent = (state: Commitment | null) =>
      upgradeCommitment(
        { upgradeId: "upgrade-1", discountEnd: manual("2021-01-01"), now },
        state,
        factsOf({}, { offer: null }),
      );
    given(assigned()).when(silent).thenRejected("VALIDATION_FAILED", "reason");
    given().when(silent).thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
  });

  it("on a commitment that has not started", () => {
    given(assigned({ effectiveOn: "2020-07-21" }))
      .when(today(upgrade()))
      .thenRejected("UPGRADE_INVALID", "effectiveOn");
  });

  it("before the upgrade whose terms are held, whether it was ordered or followed a time-limited one", () => {
    const stories = [
      told(assigned(), [["2020-07-10", upgrade()]]),
      told(assigned(), [["2020-07-05", upgradeUntil("2020-07-09", { then: true })]]),
    ];
    for (const story of stories) {
      given(...story)
        .when(today(upgrade({ effectiveOn: "2020-07-09" })))
        .thenRejected("CONFLICT", "effectiveOn");
      given(...story)
        .when(today(upgrade({ effectiveOn: "2020-06-30" })))
        .thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
      const onItsDay = upgrade({ effectiveOn: "2020-07-10" });
      expect(today(onItsDay)(stateOf(commitmentEvolver, story))).toHaveLength(1);
    }
  });

  it("in this order where several reasons hold", () => {
    const closed = {
      accounts: [account(accountOpened(), accountClosed("2020-07-20"))],
      owner: customer(customerCreated(), customerClosed("2020-07-20")),
    };
    const priced = (fees: { MONTHLY?: string; WEEKLY?: string }, minimumPeriods: number | null) =>
      subscriptions(subscription({ subscriptionId: "subscription-2", recurringFees: fees, minimumPeriods }));
    const euros = betterOffer({ currency: "EUR" });
    const withdrawn: Offer = { ...euros, status: "WITHDRAWN" };
    let state: Commitment | null = null;
    let facts = factsOf(closed, { offer: null, mainProduct: null, subscriptions: priced({ WEEKLY: "1.00" }, null) });
    let command: UpgradeCommitment = {
      upgradeId: "upgrade-1",
      discountEnd: synchronised,
      effectiveOn: "2019-02-28",
      now,
    };
    const held = after(assigned(), [["2020-07-10", upgrade()]]);
    const steps: [RejectionCode, Partial<UpgradeFacts>, Partial<UpgradeCommitment>?, Commitment?][] = [
      ["COMMITMENT_NOT_FOUND", {}, {}, commitment({}, "2020-07-19")],
      ["VALIDATION_FAILED", { offer: withdrawn }],
      ["COMMITMENT_NOT_FOUND", { syncTarget: other({ accountId: "account-2" }) }],
      ["ALREADY_TERMINATED", {}, {}, held],
      ["CUSTOMER_CLOSED", { history: factsOf({ accounts: closed.accounts }).history }],
      ["ACCOUNT_CLOSED", { history: factsOf().history }],
      ["COMMITMENT_WITHDRAWN", { offer: euros }],
      ["CURRENCY_MISMATCH", { offer: betterOffer() }],
      ["ADD_ON_NOT_ALLOWED", { mainProduct: factsOf().mainProduct }],
      ["MINIMUM_PERIOD_MISSING", { subscriptions: priced({ WEEKLY: "1.00" }, 12) }],
      ["FEE_MISSING_FOR_PERIOD", { subscriptions: priced({ MONTHLY: "1.00" }, 12) }],
      ["DISCOUNT_EXCEEDS_FEE", { subscriptions: factsOf().subscriptions }],
      ["SYNC_TARGET_INVALID", {}, { discountEnd: manual("2019-01-01") }],
      ["VALIDATION_FAILED", { closedDays: { ...REFUSE, reason: PROMISED } }],
      ["DISCOUNT_END_INVALID", {}, { discountEnd: { kind: "KEEP" } }],
      ["UPGRADE_INVALID", {}, { effectiveOn: "2020-06-30" }],
      ["DATE_ALREADY_INVOICED", {}, { effectiveOn: "2020-07-09" }],
      ["CONFLICT", {}, { effectiveOn: "2020-07-10" }],
    ];
    for (const [code, repaired, changed = {}, found] of steps) {
      const decide = () => upgradeCommitment(command, state, facts);
      expect(rejectionOf(decide).code).toBe(code);
      facts = { ...facts, ...repaired };
      command = { ...command, ...changed };
      state = found ?? state;
    }
    expect(upgradeCommitment(command, state, facts)).toHaveLength(1);
  });
});
