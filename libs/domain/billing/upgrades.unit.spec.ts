import { describe, expect, it } from "vitest";
import { subscription, subscriptions, tvSet } from "../spec-support/examples.js";
import { assigned, history, internet, month, oneTimeLine, recurringLine, terms } from "../spec-support/history.js";
import {
  after,
  betterOffer,
  dropPlan,
  endUpgrade,
  pause,
  plainOffer,
  terminate,
  type Told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { charges } from "./charges.js";
import { type Line } from "./line.js";

const lines = (text: string, steps: Told, changes: Parameters<typeof assigned>[0] = {}) =>
  charges(history([after(assigned(changes), steps)]), month(text));
const line = (changes: Parameters<typeof recurringLine>[0]) => recurringLine({ causes: ["event-1"], ...changes });
/** A whole July of the better offer, held by an upgrade that is the second event. */
const better = (changes: Partial<Line> = {}) =>
  recurringLine({
    rowId: "upgrade-1-recurring-1",
    description: "Turbo 10 GB",
    unitFee: "30.00",
    unitDiscount: changes.discountOrigin === null ? "0.00" : "6.00",
    fee: "30.00",
    discount: "6.00",
    net: "24.00",
    causes: ["event-1", "event-2"],
    ...changes,
  });
const half = { until: "2020-07-19", days: 19, fee: "12.26", discount: "3.06", net: "9.20" };
const otherHalf = { from: "2020-07-20", days: 12, fee: "11.61", discount: "2.32", net: "9.29" };

describe("a time-limited upgrade", () => {
  it("splits nothing, wherever it begins and ends", () => {
    const steps: Told = [
      ["2020-07-10", upgradeUntil("2020-07-31")],
      ["2020-07-20", endUpgrade],
    ];
    expect(lines("2020-07", steps)).toEqual([line({})]);
    expect(lines("2020-07", steps.slice(0, 1))).toEqual([line({})]);
  });

  it("until the end of July, then a permanent one: 10.00 through July, 15.00 from August (E7)", () => {
    const small = terms({
      recurring: [internet({ description: "400 MB", fees: { MONTHLY: "10.00" }, discount: "0.00" })],
    });
    const row = { subscriptionId: "subscription-2", addOnProductId: "add-on-2", discount: "0.00" };
    const bigger = {
      offer: betterOffer({ recurringFees: [row] }),
      subscriptions: subscriptions(
        subscription({ subscriptionId: "subscription-2", name: "1 GB", recurringFees: { MONTHLY: "15.00" } }),
      ),
    };
    const stories: Told[] = [
      [["2020-07-10", upgradeUntil("2020-07-31", { then: true, ...bigger })]],
      [
        ["2020-07-10", upgradeUntil("2020-07-31")],
        ["2020-08-01", upgrade({}, bigger)],
      ],
    ];
    for (const story of stories) {
      expect(lines("2020-07", story, { terms: small }).map(({ description, net }) => [description, net])).toEqual([
        ["400 MB", "10.00"],
      ]);
      expect(lines("2020-08", story, { terms: small }).map(({ description, net }) => [description, net])).toEqual([
        ["1 GB", "15.00"],
      ]);
    }
  });
});

describe("an upgrade", () => {
  it("charges its day at the new fee; the rows before and after are rows of their own", () => {
    expect(lines("2020-07", [["2020-07-20", upgrade()]])).toEqual([line(half), better(otherHalf)]);
    expect(lines("2020-08", [["2020-07-20", upgrade()]])).toEqual([
      better({ from: "2020-08-01", until: "2020-08-31" }),
    ]);
  });

  it("charges new one-time fees on its day, the former ones not again", () => {
    const withTv = upgrade({}, { offer: betterOffer({ oneTimeFees: [tvSet] }) });
    expect(lines("2020-07", [["2020-07-20", withTv]])).toEqual([
      line(half),
      oneTimeLine("2020-07-20", { rowId: "upgrade-1-one-time-1", causes: ["event-1", "event-2"] }),
      better(otherHalf),
    ]);
    expect(lines("2020-08", [["2020-07-20", withTv]]).map(({ kind }) => kind)).toEqual(["RECURRING"]);
  });

  it("on the first day leaves nothing of the former rows but their one-time fees", () => {
    const changes = { effectiveOn: "2020-07-20", discountEnd: "2022-07-20" };
    expect(lines("2020-07", [["2020-07-20", upgrade()]], changes)).toEqual([better(otherHalf)]);
  });

  it("twice on one day charges the second", () => {
    const twice: Told = [
      ["2020-07-20", upgrade({}, { offer: plainOffer() })],
      ["2020-07-20", upgrade()],
    ];
    expect(lines("2020-07", twice)).toEqual([
      line(half),
      better({ ...otherHalf, rowId: "upgrade-2-recurring-1", causes: ["event-1", "event-3"] }),
    ]);
  });

  it("gives the new discount until the end date: kept, it may be over", () => {
    const over = { discountEnd: "2020-07-10" };
    expect(lines("2020-07", [["2020-07-01", upgrade()]], over)).toEqual([
      better({ until: "2020-07-09", days: 9, fee: "8.71", discount: "1.74", net: "6.97" }),
      better({
        from: "2020-07-10",
        days: 22,
        fee: "21.29",
        discount: "0.00",
        discountOrigin: null,
        net: "21.29",
        unitDiscount: "0.00",
      }),
    ]);
    expect(lines("2020-07", [["2020-07-20", upgrade({ discountEnd: { kind: "DEFAULT" } })]], over).at(-1)).toEqual(
      better(otherHalf),
    );
  });

  it("during a pause charges from the day after the pause", () => {
    const steps: Told = [
      ["2020-07-10", pause({ until: "2020-07-19" })],
      ["2020-07-15", upgrade()],
    ];
    expect(lines("2020-07", steps)).toEqual([
      line({
        until: "2020-07-10",
        days: 10,
        fee: "6.45",
        discount: "1.61",
        net: "4.84",
        causes: ["event-1", "event-2"],
      }),
      better({ ...otherHalf, causes: ["event-1", "event-3", "event-2"] }),
    ]);
  });

  it("that follows a time-limited one takes place by itself, unless it was cancelled or the commitment ended", () => {
    const planned: Told[number] = ["2020-07-10", upgradeUntil("2020-07-19", { then: true })];
    expect(lines("2020-07", [planned])).toEqual([line(half), better(otherHalf)]);
    expect(lines("2020-07", [planned, ["2020-07-11", dropPlan]])).toEqual([line({})]);
    expect(lines("2020-07", [planned, ["2020-07-11", terminate("2020-07-19")]])).toEqual([
      line({ ...half, causes: ["event-1", "event-3"] }),
    ]);
  });

  it("is cut short by a termination like any terms: only the lines that end with it name it", () => {
    const steps: Told = [
      ["2020-07-20", upgrade()],
      ["2020-07-25", terminate()],
    ];
    expect(lines("2020-07", steps)).toEqual([
      line(half),
      better({
        from: "2020-07-20",
        until: "2020-07-25",
        days: 6,
        fee: "5.81",
        discount: "1.16",
        net: "4.65",
        causes: ["event-1", "event-2", "event-3"],
      }),
    ]);
  });

  it("always prorates: first and last are the commitment's own days", () => {
    const flags = (prorateFirst: boolean, prorateLast: boolean) => ({
      subscriptions: subscriptions(
        subscription({
          subscriptionId: "subscription-2",
          name: "Turbo 10 GB",
          recurringFees: { MONTHLY: "30.00" },
          prorateFirst,
          prorateLast,
        }),
      ),
    });
    const whole = terms({ recurring: [internet({ prorateFirst: false, prorateLast: false })] });
    const steps: Told = [["2020-07-20", upgrade({}, flags(false, false))]];
    expect(lines("2020-07", steps, { terms: whole })).toEqual([line(half), better(otherHalf)]);
    const started = { terms: whole, effectiveOn: "2020-07-10", discountEnd: "2022-07-10" };
    expect(lines("2020-07", steps, started)).toEqual([
      line({ ...half, from: "2020-07-10", charged: { from: "2020-07-01", until: "2020-07-19" } }),
      better(otherHalf),
    ]);
    expect(lines("2020-07", [...steps, ["2020-07-25", terminate()]], { terms: whole })).toEqual([
      line(half),
      better({
        ...otherHalf,
        until: "2020-07-25",
        charged: { from: "2020-07-20", until: "2020-07-31" },
        causes: ["event-1", "event-2", "event-3"],
      }),
    ]);
  });
});
