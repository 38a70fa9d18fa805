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
import { givenFor } from "../spec-support/given.js";
import { assigned, internet, terminated, terms } from "../spec-support/history.js";
import {
  addOn,
  betterOffer,
  dropPlan,
  extend,
  factsOf,
  mainProduct,
  told,
  upgradeUntil,
} from "../spec-support/story.js";
import { type RejectionCode } from "../rejection.js";
import { commitmentEvolver } from "./commitment.js";
import { type CommitmentEvent } from "./events.js";
import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
  type OrderTimeLimitedUpgrade,
  type TimeLimitedUpgradeFacts,
} from "./time-limited-upgrade.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
type State = Parameters<typeof orderTimeLimitedUpgrade>[1];
type Facts = Partial<TimeLimitedUpgradeFacts>;
const command: OrderTimeLimitedUpgrade = { upgradeId: "upgrade-9", until: "2020-07-31", thenUpgrade: false, now };
const order =
  (changes: Partial<OrderTimeLimitedUpgrade> = {}, facts: Facts = {}) =>
  (state: State) =>
    orderTimeLimitedUpgrade({ ...command, ...changes }, state, factsOf({}, facts));

const withoutAddOn = assigned({ terms: terms({ recurring: [internet({ addOnProductId: null })] }) });
const two = assigned({
  terms: terms({ recurring: [internet(), internet({ rowId: "recurring-2", addOnProductId: "add-on-3" })] }),
});
const running = told(assigned(), [["2020-07-10", upgradeUntil("2020-07-20")]]);
const withPlan = told(two, [
  [
    "2020-07-10",
    (state, facts, at, id) =>
      orderTimeLimitedUpgrade(
        { upgradeId: id, until: "2020-07-31", thenUpgrade: true, replacingAddOnProductId: "add-on-3", now: at },
        state,
        facts,
      ),
  ],
]);

describe("a time-limited upgrade is refused", () => {
  it.each<[string, CommitmentEvent[], Partial<OrderTimeLimitedUpgrade>, Facts, RejectionCode, string]>([
    ["to an unknown add-on product", [assigned()], {}, { addOnProduct: null }, "VALIDATION_FAILED", "addOnProductId"],
    [
      "to one that the main product does not allow",
      [assigned()],
      {},
      { addOnProduct: addOn("add-on-9") },
      "ADD_ON_NOT_ALLOWED",
      "addOnProductId",
    ],
    ["without a main product", [assigned()], {}, { mainProduct: null }, "ADD_ON_NOT_ALLOWED", "addOnProductId"],
    ["before the start", [assigned({ effectiveOn: "2020-07-21" })], {}, {}, "UPGRADE_INVALID", "addOnProductId"],
    ["of no row with an add-on product", [withoutAddOn], {}, {}, "UPGRADE_INVALID", "addOnProductId"],
    [
      "of an add-on product that it does not have",
      [assigned()],
      { replacingAddOnProductId: "add-on-3" },
      {},
      "UPGRADE_INVALID",
      "addOnProductId",
    ],
    ["of one among several that is not named", [two], {}, {}, "UPGRADE_INVALID", "addOnProductId"],
    ["of a row whose upgrade runs, through its last day", running, {}, {}, "UPGRADE_INVALID", "addOnProductId"],
    [
      "to what it has already",
      [assigned()],
      {},
      { addOnProduct: addOn("add-on-1") },
      "UPGRADE_INVALID",
      "addOnProductId",
    ],
    ["until a day before today", [assigned()], { until: "2020-07-19" }, {}, "UPGRADE_INVALID", "until"],
    [
      "followed by an upgrade where one is planned already",
      withPlan,
      { thenUpgrade: true, replacingAddOnProductId: "add-on-1" },
      {},
      "UPGRADE_INVALID",
      "thenUpgradeToOfferId",
    ],
  ])("%s", (_, events, changes, facts, code, field) => {
    given(...events)
      .when(order(changes, facts))
      .thenRejected(code, field);
  });

  it("followed by an offer that cannot be agreed on, for the reasons and in the order of an upgrade", () => {
    const field = "thenUpgradeToOfferId";
    const cheap = (fees: { MONTHLY?: string; WEEKLY?: string }, minimumPeriods: number | null) =>
      subscriptions(subscription({ subscriptionId: "subscription-2", recurringFees: fees, minimumPeriods }));
    const euros = betterOffer({ currency: "EUR" });
    const withdrawn: Offer = { ...euros, status: "WITHDRAWN" };
    const steps: [RejectionCode, Facts][] = [
      ["VALIDATION_FAILED", { offer: null }],
      ["COMMITMENT_WITHDRAWN", { offer: withdrawn, mainProduct: null, subscriptions: cheap({ WEEKLY: "1.00" }, null) }],
      ["CURRENCY_MISMATCH", { offer: euros, mainProduct: null, subscriptions: cheap({ WEEKLY: "1.00" }, null) }],
      ["ADD_ON_NOT_ALLOWED", { mainProduct: null, subscriptions: cheap({ WEEKLY: "1.00" }, null) }],
      ["MINIMUM_PERIOD_MISSING", { subscriptions: cheap({ WEEKLY: "1.00" }, null) }],
      ["FEE_MISSING_FOR_PERIOD", { subscriptions: cheap({ WEEKLY: "1.00" }, 12) }],
      ["DISCOUNT_EXCEEDS_FEE", { subscriptions: cheap({ MONTHLY: "5.99" }, 12) }],
    ];
    for (const [code, facts] of steps) {
      given(assigned())
        .when(order({ thenUpgrade: true, until: "2020-07-01" }, facts))
        // Without a main product the better add-on product is refused before those of the offer.
        .thenRejected(code, code === "ADD_ON_NOT_ALLOWED" ? "addOnProductId" : field);
    }
  });

  it("in this order where several reasons hold", () => {
    const closed = (on: string) => ({
      accounts: [account(accountOpened(), accountClosed(on))],
      owner: customer(customerCreated(), customerClosed(on)),
    });
    const wrong = { addOnProduct: addOn("add-on-9") };
    const attempt = (facts: TimeLimitedUpgradeFacts) => (state: State) =>
      orderTimeLimitedUpgrade({ ...command, until: "2020-07-01" }, state, facts);
    const held = assigned({ effectiveOn: "2020-07-21" });
    given()
      .when(attempt(factsOf({}, { addOnProduct: null })))
      .thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
    given(held, terminated("2020-07-19"))
      .when(attempt(factsOf(closed("2020-07-20"), { addOnProduct: null })))
      .thenRejected("VALIDATION_FAILED", "addOnProductId");
    given(held, terminated("2020-07-19"))
      .when(attempt(factsOf(closed("2020-07-20"), wrong)))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(held)
      .when(attempt(factsOf(closed("2020-07-20"), wrong)))
      .thenRejected("CUSTOMER_CLOSED", "commitmentId");
    given(held)
      .when(attempt(factsOf({ accounts: closed("2020-07-20").accounts }, wrong)))
      .thenRejected("ACCOUNT_CLOSED", "commitmentId");
    given(held)
      .when(attempt(factsOf({}, wrong)))
      .thenRejected("ADD_ON_NOT_ALLOWED", "addOnProductId");
    given(held)
      .when(attempt(factsOf({}, { mainProduct })))
      .thenRejected("UPGRADE_INVALID", "addOnProductId");
  });
});

describe("what is asked of a running upgrade is refused", () => {
  type Attempt = (state: State) => CommitmentEvent[];
  const commands: [string, Attempt][] = [
    ["ending", (state) => endTimeLimitedUpgrade({ now }, state, factsOf())],
    ["extending", (state) => extendTimeLimitedUpgrade({ until: "2020-12-31", now }, state, factsOf())],
    ["cancelling what follows", (state) => cancelThenUpgrade({ now }, state, factsOf())],
  ];

  it.each(commands)("where none runs or follows: %s", (_, act) => {
    given(assigned()).when(act).thenRejected("UPGRADE_NOT_FOUND", "commitmentId");
    const over = told(assigned(), [["2020-07-10", upgradeUntil("2020-07-19", { then: true })]]);
    given(...over)
      .when(act)
      .thenRejected("UPGRADE_NOT_FOUND", "commitmentId");
  });

  it.each(commands)("for an unknown or terminated commitment: %s", (_, act) => {
    given().when(act).thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
    given(...running, terminated("2020-07-19"))
      .when(act)
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
  });

  it("of a row that has none", () => {
    given(...running)
      .when((state) => endTimeLimitedUpgrade({ rowId: "recurring-2", now }, state, factsOf()))
      .thenRejected("UPGRADE_NOT_FOUND", "commitmentId");
  });

  it("to a last day that is not later", () => {
    for (const until of ["2020-07-20", "2020-07-19"]) {
      given(...running)
        .when((state) => extendTimeLimitedUpgrade({ until, now }, state, factsOf()))
        .thenRejected("UPGRADE_INVALID", "until");
    }
  });

  it("twice: what was cancelled cannot be cancelled", () => {
    const dropped = told(assigned(), [
      ["2020-07-10", upgradeUntil("2020-07-25", { then: true })],
      ["2020-07-11", dropPlan],
      ["2020-07-12", extend("2020-07-31")],
    ]);
    expect(dropped.at(-1)?.data).toMatchObject({ then: null });
    given(...dropped)
      .when((state) => cancelThenUpgrade({ now }, state, factsOf()))
      .thenRejected("UPGRADE_NOT_FOUND", "commitmentId");
  });
});
