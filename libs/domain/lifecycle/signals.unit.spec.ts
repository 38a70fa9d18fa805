import { describe, expect, it } from "vitest";
import { assigned, internet, terms } from "../spec-support/history.js";
import {
  addOn,
  after,
  annul,
  betterOffer,
  mainProduct,
  pause,
  renew,
  resume,
  setEnd,
  terminate,
  type Told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { dueSignals, lifecycleEvolver, nextSignalOn, transitionsOf } from "./signals.js";

/** From 2020-07-01, discount until the end of October. */
const start = assigned({ effectiveOn: "2020-07-01", discountEnd: "2020-10-31" });
const held = (steps: Told) => after(start, steps);
const told = (steps: Told) => transitionsOf(held(steps)).map(({ type, data }) => `${data.effectiveOn} ${type}`);

describe("what time does to a commitment", () => {
  it("begins and ends pauses, and ends the discount where they moved it to", () => {
    expect(told([["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })]])).toEqual([
      "2020-08-01 PauseStartTookEffect",
      "2020-10-01 PauseEndTookEffect",
      "2020-12-31 DiscountEndTookEffect",
    ]);
  });

  it("begins an open pause, and nothing more until it is ended", () => {
    const open: Told = [["2020-08-07", pause()]];
    expect(told(open)).toEqual(["2020-08-08 PauseStartTookEffect"]);
    expect(told([...open, ["2020-08-17", resume()]])).toEqual([
      "2020-08-08 PauseStartTookEffect",
      "2020-08-18 PauseEndTookEffect",
      "2020-11-10 DiscountEndTookEffect",
    ]);
  });

  it("does nothing with a pause that was cancelled on its day", () => {
    expect(
      told([
        ["2020-08-07", pause()],
        ["2020-08-07", resume()],
      ]),
    ).toEqual(["2020-10-31 DiscountEndTookEffect"]);
  });

  it("ends a discount again that was set anew after it had ended", () => {
    expect(told([["2020-11-15", setEnd("2020-12-31")]])).toEqual([
      "2020-10-31 DiscountEndTookEffect",
      "2020-12-31 DiscountEndTookEffect",
    ]);
  });

  it("reverts a time-limited upgrade, and puts what follows it into force", () => {
    expect(told([["2020-07-10", upgradeUntil("2020-07-31", { then: true })]])).toEqual([
      "2020-08-01 UpgradeRevertTookEffect",
      "2020-08-01 PlannedUpgradeTookEffect",
      "2020-10-31 DiscountEndTookEffect",
    ]);
  });

  it("reverts an upgrade with the terms that its row belongs to", () => {
    expect(
      told([
        ["2020-07-10", upgradeUntil("2020-09-30")],
        ["2020-08-01", upgrade()],
      ]),
    ).toEqual(["2020-08-01 UpgradeRevertTookEffect", "2020-10-31 DiscountEndTookEffect"]);
    const two = assigned({
      effectiveOn: "2020-07-01",
      discountEnd: "2020-10-31",
      terms: terms({ recurring: [internet(), internet({ rowId: "recurring-2", addOnProductId: "add-on-2" })] }),
    });
    const other = { addOnProduct: addOn("add-on-3"), mainProduct, offer: betterOffer() };
    const commitment = after(two, [
      ["2020-07-10", upgradeUntil("2020-07-31", { then: true, replacing: "add-on-1", ...other })],
      ["2020-07-10", upgradeUntil("2020-09-30", { replacing: "add-on-2", ...other })],
    ]);
    const reverted = transitionsOf(commitment).filter(({ type }) => type === "UpgradeRevertTookEffect");
    expect(reverted.map(({ data }) => data.effectiveOn)).toEqual(["2020-08-01", "2020-08-01"]);
  });

  it("ends what runs when it ends, in order, and nothing after that", () => {
    expect(
      told([
        ["2020-07-10", upgradeUntil("2020-12-31")],
        ["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })],
        ["2020-07-15", pause({ from: "2020-11-01", until: "2020-11-30" })],
        ["2020-08-10", terminate()],
      ]),
    ).toEqual([
      "2020-08-01 PauseStartTookEffect",
      "2020-08-11 PauseEndTookEffect",
      "2020-08-11 UpgradeRevertTookEffect",
      "2020-08-11 TerminationTookEffect",
    ]);
  });

  it("puts renewed fees and a scheduled upgrade into force", () => {
    const story: Told = [
      ["2020-07-10", renew()],
      ["2020-07-11", upgrade({ effectiveOn: "2020-08-10" })],
    ];
    expect(transitionsOf(held(story)).slice(0, 2)).toEqual([
      {
        type: "RenewalTookEffect",
        data: {
          commitmentId: "commitment-1",
          renewalId: "renewal-1",
          offerId: "offer-1",
          offerRevision: 1,
          effectiveOn: "2020-08-01",
        },
      },
      {
        type: "UpgradeTookEffect",
        data: { commitmentId: "commitment-1", upgradeId: "upgrade-2", offerId: "offer-2", effectiveOn: "2020-08-10" },
      },
    ]);
    expect(told([...story, ["2020-07-12", terminate("2020-07-31")]])).toEqual(["2020-08-01 TerminationTookEffect"]);
    expect(told([...story, ["2020-07-12", terminate("2020-08-01")]])).toEqual([
      "2020-08-01 RenewalTookEffect",
      "2020-08-02 TerminationTookEffect",
    ]);
  });

  it("drops the renewal and the planned upgrade that a scheduled one drops", () => {
    expect(
      told([
        ["2020-07-05", upgradeUntil("2020-07-31", { then: true })],
        ["2020-07-10", renew()],
        ["2020-07-11", upgrade({ effectiveOn: "2020-07-20" })],
      ]),
    ).toEqual([
      "2020-07-20 UpgradeRevertTookEffect",
      "2020-07-20 UpgradeTookEffect",
      "2020-10-31 DiscountEndTookEffect",
    ]);
  });

  it("only ends what was annulled", () => {
    expect(
      told([
        ["2020-07-05", pause({ from: "2020-07-06" })],
        ["2020-07-10", annul()],
      ]),
    ).toEqual(["2020-07-02 TerminationTookEffect"]);
  });

  it("only cancels what was to start later", () => {
    const later = assigned({ effectiveOn: "2020-09-01", discountEnd: "2022-09-01" });
    const cancelled = after(later, [
      ["2020-07-15", pause({ from: "2020-09-10", until: "2020-09-20" })],
      ["2020-07-20", terminate()],
    ]);
    expect(transitionsOf(cancelled)).toEqual([
      { type: "TerminationTookEffect", data: { commitmentId: "commitment-1", effectiveOn: "2020-07-21" } },
    ]);
  });
});

describe("the signals that are due", () => {
  const summer = transitionsOf(held([["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })]]));

  it("are those of days that have come and were not recorded", () => {
    const [first, second] = dueSignals(summer, lifecycleEvolver.initial, "2020-10-01");
    expect([first?.type, second?.type]).toEqual(["PauseStartTookEffect", "PauseEndTookEffect"]);
    expect(dueSignals(summer, lifecycleEvolver.initial, "2020-07-31")).toEqual([]);
    if (!first || !second) throw new Error("two signals are due");
    const one = lifecycleEvolver.evolve(lifecycleEvolver.initial, first, "event-1");
    expect(dueSignals(summer, one, "2020-10-01")).toEqual([second]);
    expect(nextSignalOn(summer, one)).toBe("2020-10-01");
    const both = lifecycleEvolver.evolve(one, second, "event-2");
    expect(dueSignals(summer, both, "2020-10-01")).toEqual([]);
    expect(nextSignalOn(summer, both)).toBe("2020-12-31");
  });

  it("come again on another day, not on the same", () => {
    const ended = dueSignals(transitionsOf(held([])), lifecycleEvolver.initial, "2020-10-31");
    const recorded = ended.reduce(
      (state, event) => lifecycleEvolver.evolve(state, event, "event"),
      lifecycleEvolver.initial,
    );
    const anew = transitionsOf(held([["2020-11-15", setEnd("2020-12-31")]]));
    expect(dueSignals(anew, recorded, "2020-12-31").map(({ data }) => data.effectiveOn)).toEqual(["2020-12-31"]);
  });
});
