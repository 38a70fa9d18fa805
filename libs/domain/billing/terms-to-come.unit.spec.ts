import { describe, expect, it } from "vitest";
import { offer, offerDefined, subscription, subscriptions, tvSet } from "../spec-support/examples.js";
import {
  assigned,
  billing,
  history,
  internet,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import {
  after,
  annul,
  betterOffer,
  dropUpgrade,
  keepOn,
  pause,
  renew,
  terminate,
  type Told,
  upgrade,
} from "../spec-support/story.js";
import { periodLines } from "./period.js";

/** From 2020-07-01, discount until the end of June 2022. */
const start = (changes: Parameters<typeof assigned>[0] = {}) =>
  assigned({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01", ...changes });
const lines = (text: string, steps: Told, changes: Parameters<typeof assigned>[0] = {}) =>
  periodLines(billing(history([after(start(changes), steps)])), month(text));
const [first, both] = [["event-1"], ["event-1", "event-2"]];

/** Since July the offer costs 22.00 with 7.00 off, and the plan prorates no edge. */
const revised = {
  offers: new Map([
    [
      "offer-1",
      offer(
        offerDefined({
          recurringFees: [{ subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "7.00" }],
          oneTimeFees: [tvSet],
        }),
      ),
    ],
  ]),
  subscriptions: subscriptions(
    subscription({ recurringFees: { MONTHLY: "22.00" }, prorateFirst: false, prorateLast: false }),
  ),
};
const renewed = recurringLine({
  rowId: "renewal-1-recurring-1",
  from: "2020-08-01",
  until: "2020-08-31",
  fee: "22.00",
  discount: "7.00",
  causes: both,
});

describe("renewed fees", () => {
  const renewal: Told = [["2020-07-10", renew(revised)]];

  it("are charged from the next period on, the one-time fees of the offer are not", () => {
    expect(lines("2020-07", renewal)).toEqual([recurringLine({ causes: first })]);
    expect(lines("2020-08", renewal)).toEqual([renewed]);
  });

  it("are prorated as the row was that they follow", () => {
    const ended = lines("2020-08", [...renewal, ["2020-07-11", terminate("2020-08-15")]]);
    // 15 of 31 days of 22.00 and 7.00
    const cut = { until: "2020-08-15", days: 15, fee: "10.65", discount: "3.39", net: "7.26" };
    expect(ended[0]).toEqual({ ...renewed, ...cut, causes: [...both, "event-3"] });
  });

  it("make a row of their own in the penalty", () => {
    const ended = lines("2020-08", [...renewal, ["2020-08-10", terminate("2020-08-31")]]);
    expect(ended).toEqual([
      renewed,
      penaltyLine("2020-08-31", "5.00", { causes: ["event-1", "event-3"] }),
      penaltyLine("2020-08-31", "7.00", { rowId: "renewal-1-recurring-1", causes: ["event-1", "event-2", "event-3"] }),
    ]);
  });

  it("are none of the fees left of a termination before them", () => {
    const changes = { discountEnd: "2020-09-11", terms: terms({ penalty: "REMAINING_FEES" }) };
    const ended = lines("2020-07", [...renewal, ["2020-07-11", terminate("2020-07-31")]], changes);
    // August 15.00, and 10 of 30 days of 20.00 - 5.00.
    expect(ended.at(-1)).toEqual(penaltyLine("2020-07-31", "20.00", { causes: ["event-1", "event-3"] }));
    const later = lines("2020-08", [...renewal, ["2020-08-11", terminate("2020-08-31")]], changes);
    // 10 of 30 days of 22.00 - 7.00, for the rows held then.
    expect(later.slice(1)).toEqual([
      penaltyLine("2020-08-31", "5.00", { rowId: "renewal-1-recurring-1", causes: ["event-1", "event-2", "event-3"] }),
    ]);
  });
});

describe("a scheduled upgrade", () => {
  const scheduled: Told = [
    ["2020-07-10", upgrade({ effectiveOn: "2020-07-20" }, { offer: betterOffer({ oneTimeFees: [tvSet] }) })],
  ];
  const before = recurringLine({
    until: "2020-07-19",
    days: 19,
    fee: "12.26",
    discount: "3.06",
    net: "9.20",
    causes: first,
  });
  const tvLine = oneTimeLine("2020-07-20", { rowId: "upgrade-1-one-time-1", causes: both });
  const since = recurringLine({
    rowId: "upgrade-1-recurring-1",
    description: "Turbo 10 GB",
    from: "2020-07-20",
    days: 12,
    fee: "11.61",
    discount: "2.32",
    net: "9.29",
    unitFee: "30.00",
    unitDiscount: "6.00",
    causes: both,
  });

  it("charges as one made on its day", () => {
    expect(lines("2020-07", scheduled)).toEqual([before, tvLine, since]);
  });

  it("charges nothing once it is cancelled, or dropped by a termination", () => {
    expect(lines("2020-07", [...scheduled, ["2020-07-11", dropUpgrade()]])).toEqual([recurringLine({ causes: first })]);
    const ended: Told = [...scheduled, ["2020-07-11", terminate("2020-07-19")]];
    expect(lines("2020-07", ended)[0]).toEqual({ ...before, causes: ["event-1", "event-3"] });
    expect(lines("2020-07", ended)).toHaveLength(2);
    expect(lines("2020-07", [...ended, ["2020-07-12", keepOn]])).toEqual([before, tvLine, since]);
  });

  it("claims back what was given before it and since", () => {
    const ended = lines("2020-07", [...scheduled, ["2020-07-31", terminate()]]);
    expect(ended.filter(({ kind }) => kind === "PENALTY").map(({ rowId, net }) => [rowId, net])).toEqual([
      ["recurring-1", "3.06"],
      ["upgrade-1-one-time-1", "399.99"],
      ["upgrade-1-recurring-1", "2.32"],
    ]);
  });

  it("ends the discount on the date that it begins", () => {
    const anew = upgrade({ effectiveOn: "2020-07-20", discountEnd: { kind: "DEFAULT" } });
    const story: Told = [
      ["2020-07-10", anew],
      ["2020-07-11", pause({ from: "2020-07-25", until: "2020-07-31" })],
    ];
    // 2021-07-20, and the seven paused days.
    const july = lines("2021-07", story);
    expect(july.map(({ from, until, discount }) => [from, until, discount])).toEqual([
      ["2021-07-01", "2021-07-26", "5.03"],
      ["2021-07-27", "2021-07-31", "0.00"],
    ]);
  });
});

describe("an annulled commitment", () => {
  it("charges nothing, neither recurring nor one-time fees nor a penalty, in no period", () => {
    const changes = { terms: terms({ recurring: [internet()], oneTime: [tv()], penalty: "REMAINING_FEES" as const }) };
    const story: Told = [
      ["2020-07-10", upgrade()],
      ["2020-07-12", terminate("2020-08-31")],
      ["2020-07-15", annul()],
    ];
    for (const text of ["2020-06", "2020-07", "2020-08", "2020-09"]) expect(lines(text, story, changes)).toEqual([]);
    expect(lines("2020-07", story.slice(0, 2), changes)).not.toEqual([]);
  });
});
