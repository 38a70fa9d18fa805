import { describe, expect, it } from "vitest";
import { at, tvSet } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, commitment, internet, terms, tv } from "../spec-support/history.js";
import {
  after,
  betterOffer,
  betterRow,
  betterTerms,
  factsOf,
  pause,
  plainOffer,
  PROMISED,
  type Step,
  terminate,
  told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { discountEndForServing } from "./discount-end.js";
import { type CommitmentUpgraded } from "./events.js";
import { heldTerms } from "./terms.js";

const given = givenFor(commitmentEvolver);
const today = (step: Step) => (state: Parameters<Step>[0]) => step(state, factsOf(), at("2020-07-20"), "9");
const plainTerms = betterTerms(1, {
  name: "Plain",
  discountPeriods: null,
  recurring: [betterRow({ discount: "0.00" })],
});
const endless = assigned({
  discountEnd: null,
  terms: terms({ discountPeriods: null, recurring: [internet({ discount: "0.00" })] }),
});

const upgraded = (changes: Partial<CommitmentUpgraded["data"]> = {}): CommitmentUpgraded => ({
  type: "CommitmentUpgraded",
  data: {
    terms: betterTerms(),
    discountEndChoice: null,
    ended: [],
    discountEndBefore: "2021-03-01",
    discountEndAfter: "2021-03-01",
    effectiveOn: "2020-07-20",
    ...changes,
  },
});
const DEFAULT = { kind: "DEFAULT" as const, discountEnd: "2021-07-20", counted: [], synchronisedWith: null };

describe("upgrading", () => {
  it("takes the terms of the offer, one-time fees included, with row ids of their own", () => {
    given(assigned())
      .when(today(upgrade({}, { offer: betterOffer({ oneTimeFees: [tvSet] }) })))
      .then([upgraded({ terms: betterTerms(1, { oneTime: [tv({ rowId: "upgrade-1-one-time-1" })] }) })]);
    given(...told(assigned(), [["2020-07-10", upgrade()]]))
      .when(today(upgrade()))
      .then([upgraded({ terms: betterTerms(2) })]);
  });

  it("may date back to the first day of the running period, or to the start", () => {
    given(assigned())
      .when(today(upgrade({ effectiveOn: "2020-07-01" })))
      .then([upgraded({ effectiveOn: "2020-07-01" })]);
    given(assigned({ effectiveOn: "2020-07-05" }))
      .when(today(upgrade({ effectiveOn: "2020-07-05" })))
      .then([upgraded({ effectiveOn: "2020-07-05" })]);
  });

  it("twice on one day ends the first before it was held", () => {
    const twice = after(assigned(), [
      ["2020-07-20", upgrade()],
      ["2020-07-20", upgrade({}, { offer: plainOffer() })],
    ]);
    expect(heldTerms(twice).map(({ from, to, terms: { name } }) => [from, to, name])).toEqual([
      ["2019-03-01", "2020-07-20", "Turbo 24"],
      ["2020-07-20", "2020-07-20", "Turbo Max"],
      ["2020-07-20", null, "Plain"],
    ]);
  });

  it("ends time-limited upgrades with the day before", () => {
    given(...told(assigned(), [["2020-07-10", upgradeUntil("2020-07-31")]]))
      .when(today(upgrade()))
      .then([upgraded({ ended: [{ upgradeId: "upgrade-1", until: "2020-07-19" }] })]);
    given(...told(assigned(), [["2020-07-10", upgradeUntil("2020-07-19")]]))
      .when(today(upgrade()))
      .then([upgraded()]);
  });

  it("is possible during a pause, and through the last day of a scheduled termination", () => {
    given(...told(assigned(), [["2020-07-10", pause()]]))
      .when(today(upgrade()))
      .then([upgraded({ discountEndBefore: "2021-03-11", discountEndAfter: "2021-03-11" })]);
    given(...told(assigned(), [["2020-07-10", terminate("2020-07-20")]]))
      .when(today(upgrade()))
      .then([upgraded()]);
  });
});

describe("the discount end date of an upgrade", () => {
  it("is kept, an earlier one than today included", () => {
    given(assigned({ discountEnd: "2020-07-01" }))
      .when(today(upgrade()))
      .then([upgraded({ discountEndBefore: "2020-07-01", discountEndAfter: "2020-07-01" })]);
  });

  it("is the new default term where there was none to keep", () => {
    given(endless)
      .when(today(upgrade()))
      .then([upgraded({ discountEndChoice: DEFAULT, discountEndBefore: null, discountEndAfter: "2021-07-20" })]);
    given(endless)
      .when(today(upgrade({}, { offer: plainOffer() })))
      .then([upgraded({ terms: plainTerms, discountEndBefore: null, discountEndAfter: null })]);
  });

  it("as a default term starts on the day of the upgrade, back-dated or not", () => {
    given(assigned())
      .when(today(upgrade({ discountEnd: { kind: "DEFAULT" } })))
      .then([upgraded({ discountEndChoice: DEFAULT, discountEndAfter: "2021-07-20" })]);
    given(assigned())
      .when(today(upgrade({ discountEnd: { kind: "DEFAULT" }, effectiveOn: "2020-07-01" })))
      .then([
        upgraded({
          discountEndChoice: { ...DEFAULT, discountEnd: "2021-07-01" },
          discountEndAfter: "2021-07-01",
          effectiveOn: "2020-07-01",
        }),
      ]);
  });

  it("as a default term is moved by pause days from that day on, not by those before it", () => {
    const paused = told(assigned(), [
      ["2020-06-01", pause({ from: "2020-06-11", until: "2020-06-20" })],
      ["2020-07-01", pause({ from: "2020-07-11", until: "2020-07-31" })],
      ["2020-07-01", pause({ from: "2020-08-11", until: "2020-08-20" })],
    ]);
    given(...paused)
      .when(today(upgrade({ discountEnd: { kind: "DEFAULT" } })))
      .then([
        upgraded({
          discountEndChoice: {
            ...DEFAULT,
            counted: [
              { pauseId: "pause-1", days: 10 },
              { pauseId: "pause-2", days: 9 },
            ],
          },
          discountEndBefore: "2021-04-11",
          discountEndAfter: "2021-08-11",
        }),
      ]);
  });

  it("by hand or synchronised includes the pauses known today", () => {
    const paused = told(assigned(), [["2020-07-10", pause()]]);
    const counted = [{ pauseId: "pause-1", days: 10 }];
    given(...paused)
      .when(today(upgrade({ discountEnd: { kind: "MANUAL", date: "2020-12-01" } })))
      .then([
        upgraded({
          discountEndChoice: { kind: "MANUAL", discountEnd: "2020-12-01", counted, synchronisedWith: null },
          discountEndBefore: "2021-03-11",
          discountEndAfter: "2020-12-01",
          personal: { reason: PROMISED },
        }),
      ]);
    const syncTarget = commitment({ commitmentId: "commitment-2", discountEnd: "2022-05-05" });
    const synchronised = { kind: "SYNCHRONISED", commitmentId: "commitment-2" } as const;
    given(...paused)
      .when(today(upgrade({ discountEnd: synchronised }, { syncTarget })))
      .then([
        upgraded({
          discountEndChoice: {
            kind: "SYNCHRONISED",
            discountEnd: "2022-05-05",
            counted,
            synchronisedWith: "commitment-2",
          },
          discountEndBefore: "2021-03-11",
          discountEndAfter: "2022-05-05",
        }),
      ]);
  });

  it("stays, so that it is no free exit, where the offer has no discount period", () => {
    for (const kind of ["KEEP", "DEFAULT"] as const) {
      given(assigned())
        .when(today(upgrade({ discountEnd: { kind } }, { offer: plainOffer() })))
        .then([upgraded({ terms: plainTerms })]);
    }
  });

  it("changes nothing before the day of the upgrade", () => {
    const held = after(assigned({ discountEnd: "2020-07-05" }), [
      ["2020-07-20", upgrade({ discountEnd: { kind: "DEFAULT" }, effectiveOn: "2020-07-10" })],
    ]);
    expect(discountEndForServing(held, "2020-07-09")).toBe("2020-07-05");
    expect(discountEndForServing(held, "2020-07-10")).toBe("2021-07-10");
  });
});
