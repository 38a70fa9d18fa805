import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type PenaltyStrategy } from "../catalog/events.js";
import { type CustomerEvent } from "../customers/events.js";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerCreated,
  rateSet,
  subscription,
  subscriptions,
  suspended,
} from "../spec-support/examples.js";
import { assigned, billing, history, internet, month, penaltyLine, terms, tv } from "../spec-support/history.js";
import {
  after,
  pause,
  plainOffer,
  setEnd,
  terminate,
  type Told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { periodLines, totalOf } from "./period.js";

const fresh = { effectiveOn: "2020-07-01", discountEnd: "2022-07-01" };
const owned = (...events: CustomerEvent[]) => ({ owner: customer(customerCreated(), ...events) });
const penalties = (
  on: LocalDate,
  steps: Told,
  changes: Parameters<typeof assigned>[0] = fresh,
  holders: Parameters<typeof history>[1] = {},
) =>
  periodLines(billing(history([after(assigned(changes), steps)], holders)), month(on.slice(0, 7))).filter(
    ({ kind }) => kind !== "RECURRING" && kind !== "ONE_TIME",
  );
const amounts = (...args: Parameters<typeof penalties>) => penalties(...args).map(({ rowId, net }) => [rowId, net]);
/** Monthly 12.00 with 2.00 off until 2023-01-01. */
const priced = (penalty: PenaltyStrategy, penaltyAmount?: string) => ({
  effectiveOn: "2022-07-01",
  discountEnd: "2023-01-01",
  terms: terms({
    penalty,
    recurring: [
      internet({
        fees: { MONTHLY: "12.00" },
        discount: "2.00",
        ...(penaltyAmount === undefined ? {} : { penaltyAmount }),
      }),
    ],
  }),
});

describe("after an upgrade the penalty", () => {
  const upgraded: Told = [
    ["2020-07-20", upgrade()],
    ["2020-07-31", terminate()],
  ];

  it("claims back since they signed up, a line for each row before and after", () => {
    expect(penalties("2020-07-31", upgraded)).toEqual([
      penaltyLine("2020-07-31", "3.06", { causes: ["event-1", "event-3"] }),
      penaltyLine("2020-07-31", "2.32", {
        rowId: "upgrade-1-recurring-1",
        description: "Early termination: Turbo 10 GB",
        causes: ["event-1", "event-2", "event-3"],
      }),
    ]);
  });

  it("is due where the new offer has no discount period: it is no free exit", () => {
    const plain: Told = [
      ["2020-07-20", upgrade({}, { offer: plainOffer() })],
      ["2020-07-31", terminate()],
    ];
    expect(amounts("2020-07-31", plain)).toEqual([["recurring-1", "3.06"]]);
    expect(amounts("2020-07-31", plain, { ...fresh, discountEnd: "2020-08-01" })).toEqual([]);
  });

  it.each<[PenaltyStrategy, string | undefined, [string, string][]]>([
    ["NONE", undefined, []],
    [
      "FIXED",
      "25.00",
      [
        ["one-time-1", "399.99"],
        ["upgrade-1-recurring-1", "25.00"],
      ],
    ],
    [
      "SUM_OF_DISCOUNTS",
      undefined,
      [
        ["one-time-1", "399.99"],
        ["recurring-1", "3.06"],
        ["upgrade-1-recurring-1", "2.32"],
      ],
    ],
    [
      "REMAINING_FEES",
      undefined,
      [
        ["one-time-1", "399.99"],
        ["upgrade-1-recurring-1", "24.00"],
      ],
    ],
    // 24.00 over 399.99 + 3.06 + 2.32.
    [
      "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES",
      undefined,
      [
        ["one-time-1", "23.68"],
        ["recurring-1", "0.18"],
        ["upgrade-1-recurring-1", "0.14"],
      ],
    ],
  ])("is by the strategy of the terms held on that day: %s", (penalty, penaltyAmount, expected) => {
    const plan = subscription({
      subscriptionId: "subscription-2",
      name: "Turbo 10 GB",
      recurringFees: { MONTHLY: "30.00" },
      penalty,
      ...(penaltyAmount === undefined ? {} : { penaltyAmount }),
    });
    const steps: Told = [
      ["2020-07-20", upgrade({}, { subscriptions: subscriptions(plan) })],
      ["2020-07-31", terminate()],
    ];
    const device = { ...fresh, discountEnd: "2020-09-01", terms: terms({ oneTime: [tv()] }) };
    expect(amounts("2020-07-31", steps, device)).toEqual(expected);
  });
});

describe("pauses and the penalty", () => {
  it("a pause that the termination cuts moves the end by its days until then, no more", () => {
    const cut = (until: LocalDate, on: LocalDate): Told => [
      ["2020-08-01", pause({ from: "2020-08-20", until })],
      ["2020-08-01", terminate(on)],
    ];
    const short = { ...fresh, discountEnd: "2020-09-01" };
    // Base end 2020-09-01, four paused days: the end is 09-05, though the pause was to last until December.
    expect(amounts("2020-08-23", cut("2020-12-31", "2020-08-23"), short)).toEqual([["recurring-1", "8.06"]]);
    // Whole pauses count: the end is 2020-09-05 here too.
    expect(amounts("2020-09-03", cut("2020-08-23", "2020-09-03"), short)).toEqual([["recurring-1", "9.85"]]);
    expect(amounts("2020-09-04", cut("2020-08-23", "2020-09-04"), short)).toEqual([]);
  });

  it("a pause that lies beyond the termination moves nothing: the last discounted day is the last one", () => {
    const beyond: Told = [
      ["2020-08-01", pause({ from: "2020-08-31", until: "2020-12-31" })],
      ["2020-08-01", terminate("2020-08-30")],
    ];
    expect(amounts("2020-08-30", beyond, { ...fresh, discountEnd: "2020-08-31" })).toEqual([]);
    expect(amounts("2020-08-30", beyond, { ...fresh, discountEnd: "2020-09-01" })).toEqual([["recurring-1", "9.84"]]);
  });

  it("a closing cuts them as a termination does", () => {
    const open: Told = [["2020-08-01", pause({ from: "2020-08-20", until: "2020-12-31" })]];
    const closed = { accounts: [account(accountOpened(), accountClosed("2020-08-23"))] };
    expect(amounts("2020-08-23", open, { ...fresh, discountEnd: "2020-09-01" }, closed)).toEqual([
      ["recurring-1", "8.06"],
    ]);
  });

  it("a date that was set decides with what it includes", () => {
    const steps = (on: LocalDate): Told => [
      ["2020-08-01", setEnd("2020-09-01")],
      ["2020-08-01", terminate(on)],
    ];
    expect(amounts("2020-08-30", steps("2020-08-30"))).toEqual([["recurring-1", "9.84"]]);
    expect(amounts("2020-08-31", steps("2020-08-31"))).toEqual([]);
  });
});

it("a waived penalty is shown, and credited line by line", () => {
  const device = { ...fresh, terms: terms({ oneTime: [tv()] }) };
  const lines = penalties("2020-07-31", [["2020-07-31", terminate(undefined, "moved away")]], device);
  const causes = ["event-1", "event-2"];
  const set = { rowId: "one-time-1", description: "Early termination: TV set", causes };
  const credit = (net: string) => ({ kind: "PENALTY_WAIVED", fee: net, net, causes }) as const;
  expect(lines).toEqual([
    penaltyLine("2020-07-31", "399.99", set),
    penaltyLine("2020-07-31", "399.99", { ...set, ...credit("-399.99") }),
    penaltyLine("2020-07-31", "5.00", { causes }),
    penaltyLine("2020-07-31", "5.00", credit("-5.00")),
  ]);
  expect(totalOf(lines, "USD")).toBe("0.00");
});

describe("the fees left", () => {
  const left = (steps: Told, ...events: CustomerEvent[]) =>
    amounts("2022-08-31", [...steps, ["2022-08-31", terminate()]], priced("REMAINING_FEES"), owned(...events));

  it("are at the customer's rate of the last day", () => {
    expect(left([])).toEqual([["recurring-1", "40.00"]]);
    expect(left([], rateSet("50", "2022-08-31"))).toEqual([["recurring-1", "24.00"]]);
    expect(left([], rateSet("50", "2022-08-01"), rateSet(null, "2022-08-31"))).toEqual([["recurring-1", "40.00"]]);
    expect(left([], rateSet("50", "2022-09-01"))).toEqual([["recurring-1", "40.00"]]);
  });

  it("are whole though the customer is suspended", () => {
    expect(left([], suspended("2022-08-15"))).toEqual([["recurring-1", "40.00"]]);
  });

  it("are those of the terms held, not of what was planned", () => {
    expect(left([["2022-08-20", upgradeUntil("2022-08-31", { then: true })]])).toEqual([["recurring-1", "40.00"]]);
  });

  it("go on through days that were to be paused, until the end without them", () => {
    expect(left([["2022-08-01", pause({ from: "2022-09-10", until: "2022-10-31" })]])).toEqual([
      ["recurring-1", "40.00"],
    ]);
  });

  it("reach to the end that the pause cut short gives: 17 days of 31 more", () => {
    expect(left([["2022-08-14", pause()]])).toEqual([["recurring-1", "45.48"]]);
  });
});
