import { describe, expect, it } from "vitest";
import { at } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, internet, terms } from "../spec-support/history.js";
import {
  addOn,
  after,
  betterRow,
  betterTerms,
  dropPlan,
  endUpgrade,
  extend,
  factsOf,
  keepOn,
  plainOffer,
  terminate,
  told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { discountEndOn } from "./discount-end.js";
import { type CommitmentEvent, type PlannedUpgrade, type TimeLimitedUpgradeOrdered } from "./events.js";
import { addOnOn, heldTerms, termsOn } from "./terms.js";
import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
  type OrderTimeLimitedUpgrade,
} from "./time-limited-upgrade.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
const facts = factsOf();
type State = Parameters<typeof orderTimeLimitedUpgrade>[1];
const order =
  (changes: Partial<OrderTimeLimitedUpgrade> = {}, other = facts) =>
  (state: State) =>
    orderTimeLimitedUpgrade(
      { upgradeId: "upgrade-1", until: "2020-07-31", thenUpgrade: false, now, ...changes },
      state,
      other,
    );
const ordered = (changes: Partial<TimeLimitedUpgradeOrdered["data"]> = {}): TimeLimitedUpgradeOrdered => ({
  type: "TimeLimitedUpgradeOrdered",
  data: {
    upgradeId: "upgrade-1",
    rowId: "recurring-1",
    addOnProductId: "add-on-2",
    until: "2020-07-31",
    then: null,
    effectiveOn: "2020-07-20",
    ...changes,
  },
});
const plan = (changes: Partial<PlannedUpgrade> = {}): PlannedUpgrade => ({
  terms: betterTerms(),
  from: "2020-08-01",
  discountEnd: null,
  ...changes,
});
const endless = assigned({
  discountEnd: null,
  terms: terms({ discountPeriods: null, recurring: [internet({ discount: "0.00" })] }),
});
const two = assigned({
  terms: terms({ recurring: [internet(), internet({ rowId: "recurring-2", addOnProductId: "add-on-3" })] }),
});

describe("a time-limited upgrade", () => {
  it("gives the only row with an add-on product another one, from today through its last day", () => {
    given(assigned()).when(order()).then([ordered()]);
    given(assigned())
      .when(order({ until: "2020-07-20" }))
      .then([ordered({ until: "2020-07-20" })]);
  });

  it("gives it to the row that is named by the add-on product that it has", () => {
    given(two)
      .when(order({ replacingAddOnProductId: "add-on-3" }))
      .then([ordered({ rowId: "recurring-2" })]);
  });

  it("gives it to the only row that has no upgrade yet", () => {
    given(two, ordered({ upgradeId: "upgrade-0", until: "2020-07-25", effectiveOn: "2020-07-10" }))
      .when(order())
      .then([ordered({ rowId: "recurring-2" })]);
  });

  it("may follow another one of the row from the day after that", () => {
    given(assigned(), ordered({ upgradeId: "upgrade-0", until: "2020-07-19", effectiveOn: "2020-07-10" }))
      .when(order())
      .then([ordered()]);
  });

  it("reverts by itself: its last day is the last one of the better add-on product", () => {
    const held = after(assigned(), [["2020-07-20", upgradeUntil("2020-07-31")]]);
    const days = ["2020-07-19", "2020-07-20", "2020-07-31", "2020-08-01"];
    expect(days.map((day) => addOnOn(held, internet(), day))).toEqual(["add-on-1", "add-on-2", "add-on-2", "add-on-1"]);
  });

  it("ends with the commitment, and goes on where the termination is cancelled", () => {
    const ending = after(assigned(), [
      ["2020-07-20", upgradeUntil("2020-07-31")],
      ["2020-07-21", terminate("2020-07-25")],
    ]);
    expect(addOnOn(ending, internet(), "2020-07-25")).toBe("add-on-2");
    expect(addOnOn(ending, internet(), "2020-07-26")).toBe("add-on-1");
    const kept = after(assigned(), [
      ["2020-07-20", upgradeUntil("2020-07-31")],
      ["2020-07-21", terminate("2020-07-25")],
      ["2020-07-22", keepOn],
    ]);
    expect(addOnOn(kept, internet(), "2020-07-26")).toBe("add-on-2");
  });
});

describe("an upgrade that follows it", () => {
  it("has the terms of the day of the order, and keeps the end date", () => {
    given(assigned())
      .when(order({ thenUpgrade: true }))
      .then([ordered({ then: plan() })]);
  });

  it("has the new default end date where there was none", () => {
    given(endless)
      .when(order({ thenUpgrade: true }))
      .then([ordered({ then: plan({ discountEnd: "2021-08-01" }) })]);
    given(endless)
      .when(order({ thenUpgrade: true }, factsOf({}, { offer: plainOffer() })))
      .then([
        ordered({
          then: plan({
            terms: betterTerms(1, {
              name: "Plain",
              discountPeriods: null,
              recurring: [betterRow({ discount: "0.00" })],
            }),
          }),
        }),
      ]);
  });

  it("takes place on the day after, by itself", () => {
    const held = after(assigned(), [["2020-07-20", upgradeUntil("2020-07-31", { then: true })]]);
    expect(heldTerms(held).map(({ from, to, terms: { name }, eventId }) => [from, to, name, eventId])).toEqual([
      ["2019-03-01", "2020-08-01", "Turbo 24", "event-1"],
      ["2020-08-01", null, "Turbo Max", "event-2"],
    ]);
  });

  it("moves along when the upgrade is extended, and so does a default end date", () => {
    const extended = (discountEnd: string | null): CommitmentEvent => ({
      type: "TimeLimitedUpgradeExtended",
      data: {
        upgradeId: "upgrade-1",
        until: "2020-08-31",
        then: plan({ from: "2020-09-01", discountEnd }),
        effectiveOn: "2020-07-20",
      },
    });
    given(assigned(), ordered({ then: plan() }))
      .when((state) => extendTimeLimitedUpgrade({ until: "2020-08-31", now }, state, facts))
      .then([extended(null)]);
    given(endless, ordered({ then: plan({ discountEnd: "2021-08-01" }) }))
      .when((state) => extendTimeLimitedUpgrade({ until: "2020-08-31", now }, state, facts))
      .then([extended("2021-09-01")]);
  });

  it("is dropped when the upgrade is ended early, when it is cancelled, and when another upgrade is made", () => {
    const steps = [["2020-07-20", upgradeUntil("2020-07-31", { then: true })]] as const;
    for (const step of [endUpgrade, dropPlan]) {
      const held = after(assigned(), [...steps, ["2020-07-25", step]]);
      expect(termsOn(held, "2020-08-01").name).toBe("Turbo 24");
    }
    const upgraded = after(assigned(), [...steps, ["2020-07-25", upgrade({}, { offer: plainOffer() })]]);
    expect(heldTerms(upgraded).map(({ terms: { name } }) => name)).toEqual(["Turbo 24", "Plain"]);
  });

  it("does not take place when the commitment ends before, and does when that is cancelled", () => {
    const steps = [
      ["2020-07-20", upgradeUntil("2020-07-31", { then: true })],
      ["2020-07-21", terminate("2020-07-31")],
    ] as const;
    const ended = after(endless, steps);
    expect(termsOn(ended, "2020-08-01").name).toBe("Turbo 24");
    expect(discountEndOn(ended, "2020-08-01")).toBeNull();
    const kept = after(endless, [...steps, ["2020-07-31", keepOn]]);
    expect(termsOn(kept, "2020-08-01").name).toBe("Turbo Max");
    expect(discountEndOn(kept, "2020-08-01")).toBe("2021-08-01");
  });
});

describe("ending, extending and cancelling", () => {
  it("today becomes the last day", () => {
    given(assigned(), ordered({ effectiveOn: "2020-07-10", then: plan() }))
      .when((state) => endTimeLimitedUpgrade({ now }, state, facts))
      .then([{ type: "TimeLimitedUpgradeEnded", data: { upgradeId: "upgrade-1", effectiveOn: "2020-07-20" } }]);
    const ended = after(assigned(), [
      ["2020-07-10", upgradeUntil("2020-07-31")],
      ["2020-07-20", endUpgrade],
    ]);
    expect(addOnOn(ended, internet(), "2020-07-20")).toBe("add-on-2");
    expect(addOnOn(ended, internet(), "2020-07-21")).toBe("add-on-1");
  });

  it("a later day becomes the last one, up to the last day itself", () => {
    given(assigned(), ordered({ effectiveOn: "2020-07-10", until: "2020-07-20" }))
      .when((state) => extendTimeLimitedUpgrade({ until: "2020-07-21", now }, state, facts))
      .then([
        {
          type: "TimeLimitedUpgradeExtended",
          data: { upgradeId: "upgrade-1", until: "2020-07-21", then: null, effectiveOn: "2020-07-20" },
        },
      ]);
  });

  it("what follows is cancelled, the upgrade goes on", () => {
    given(assigned(), ordered({ then: plan() }))
      .when((state) => cancelThenUpgrade({ now }, state, facts))
      .then([{ type: "PlannedUpgradeCancelled", data: { upgradeId: "upgrade-1", effectiveOn: "2020-07-20" } }]);
    const held = after(assigned(), [
      ["2020-07-20", upgradeUntil("2020-07-31", { then: true })],
      ["2020-07-21", dropPlan],
    ]);
    expect(addOnOn(held, internet(), "2020-07-31")).toBe("add-on-2");
  });

  it("of several the one ordered last is meant, unless a row is named", () => {
    const both = [
      ordered({ upgradeId: "first", effectiveOn: "2020-07-10" }),
      ordered({ upgradeId: "second", rowId: "recurring-2", effectiveOn: "2020-07-11" }),
    ];
    const ended = (upgradeId: string): CommitmentEvent => ({
      type: "TimeLimitedUpgradeEnded",
      data: { upgradeId, effectiveOn: "2020-07-20" },
    });
    given(two, ...both)
      .when((state) => endTimeLimitedUpgrade({ now }, state, facts))
      .then([ended("second")]);
    given(two, ...both)
      .when((state) => endTimeLimitedUpgrade({ rowId: "recurring-1", now }, state, facts))
      .then([ended("first")]);
  });

  it("extending changes what follows once more: names of rows are not used twice", () => {
    const events = told(assigned(), [
      ["2020-07-20", upgradeUntil("2020-07-31", { then: true })],
      ["2020-07-21", dropPlan],
      ["2020-07-22", extend("2020-08-31")],
      ["2020-07-23", upgrade({}, { addOnProduct: addOn("add-on-2") })],
    ]);
    expect(events.at(-1)?.data).toMatchObject({ terms: betterTerms(2) });
  });
});
