import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../calendar.js";
import { type PenaltyStrategy } from "../catalog/events.js";
import { big } from "../money.js";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { billing, commitment, history, internet, month, terms, tv } from "../spec-support/history.js";
import { EMPTY_LEDGER, type Ledger } from "./ledger.js";
import { penalties } from "./penalty.js";
import { periodLines, totalOf } from "./period.js";
import { remainingFees } from "./remaining-fees.js";

/** Device 50.00 for 0.01, monthly 12.00 with 2.00 off, 24 periods from 2021-01-01 (E8, E9). */
const router = tv({ description: "Router", fee: "50.00", discount: "49.99" });
const line = internet({ description: "Internet", fees: { MONTHLY: "12.00" }, discount: "2.00" });
const held = (penalty: PenaltyStrategy, on: string | null, changes: { recurring?: (typeof line)[] } = {}) =>
  commitment(
    {
      effectiveOn: "2021-01-01",
      discountEnd: "2023-01-01",
      terms: terms({ penalty, recurring: [line], oneTime: [router], ...changes }),
    },
    on,
  );

const given = (recurring: string, oneTime = "49.99"): Ledger =>
  new Map([
    [
      "commitment-1",
      new Map([...(oneTime === "" ? [] : [["one-time-1", oneTime] as const]), ["recurring-1", recurring]]),
    ],
  ]);

const priced = (penalty: PenaltyStrategy, on: string, ledger: Ledger, changes: { recurring?: (typeof line)[] } = {}) =>
  penalties(history([held(penalty, on, changes)]), month(on.slice(0, 7)), ledger).map(({ rowId, net }) => [rowId, net]);

describe("the lesser of discounts given and fees left", () => {
  it("is the ledger where the discounts are less (E8: 69.99, with 140.00 left)", () => {
    expect(priced("LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "2021-10-31", given("20.00"))).toEqual([
      ["one-time-1", "49.99"],
      ["recurring-1", "20.00"],
    ]);
  });

  it("is the fees left where those are less, over the ledger's rows by largest remainder (E9: 40.00)", () => {
    expect(priced("LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "2022-08-31", given("40.00"))).toEqual([
      ["one-time-1", "22.22"],
      ["recurring-1", "17.78"],
    ]);
  });

  it("is nothing where nothing was given", () => {
    expect(priced("LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "2022-08-31", EMPTY_LEDGER)).toEqual([]);
  });

  it("is nothing where nothing is left to pay", () => {
    const free = [internet({ fees: { MONTHLY: "2.00" }, discount: "2.00" })];
    expect(priced("LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "2022-08-31", given("40.00"), { recurring: free })).toEqual(
      [],
    );
  });
});

describe("the fees left", () => {
  it("are due per recurring row, even if nothing was given, and one-time discounts beside them", () => {
    const second = internet({ rowId: "recurring-2", fees: { MONTHLY: "5.00" }, discount: "0.00" });
    const recurring = [line, second];
    expect(priced("REMAINING_FEES", "2022-08-31", EMPTY_LEDGER, { recurring })).toEqual([
      ["recurring-1", "40.00"],
      ["recurring-2", "20.00"],
    ]);
    expect(priced("REMAINING_FEES", "2022-08-31", given("40.00"), { recurring })).toEqual([
      ["one-time-1", "49.99"],
      ["recurring-1", "40.00"],
      ["recurring-2", "20.00"],
    ]);
  });

  it("count the days of the first and the last month that are left, rounded month by month", () => {
    // 16 of 31 days of October: 6.19 - 1.03; November 10.00; 15 of 31 days of December until the 16th: 5.81 - 0.97.
    const leaving = commitment({
      effectiveOn: "2022-01-01",
      discountEnd: "2022-12-16",
      terms: terms({ recurring: [line] }),
    });
    expect(remainingFees(history([leaving]), leaving, "2022-10-15")).toEqual(new Map([["recurring-1", "20.00"]]));
  });

  it("are days of an unbroken term: proration flags do not stretch them", () => {
    const whole = internet({ ...line, prorateFirst: false, prorateLast: false });
    const leaving = (row: typeof line) =>
      commitment({ effectiveOn: "2022-01-01", discountEnd: "2022-12-16", terms: terms({ recurring: [row] }) });
    expect(remainingFees(history([leaving(whole)]), leaving(whole), "2022-10-15")).toEqual(
      remainingFees(history([leaving(line)]), leaving(line), "2022-10-15"),
    );
  });

  it("do not care for what was closed", () => {
    const closed = {
      owner: customer(customerCreated(), customerClosed("2022-08-31")),
      accounts: [account(accountOpened(), accountClosed("2022-08-31"))],
    };
    const leaving = held("REMAINING_FEES", null);
    expect(penalties(history([leaving], closed), month("2022-08"), EMPTY_LEDGER).map(({ net }) => net)).toEqual([
      "40.00",
    ]);
  });
});

describe("a fixed penalty", () => {
  it("is each row's own amount, beside the one-time discounts", () => {
    const recurring = [
      internet({ ...line, penaltyAmount: "25.00" }),
      internet({ rowId: "recurring-2", penaltyAmount: "0.00" }),
    ];
    expect(priced("FIXED", "2022-08-31", given("40.00"), { recurring })).toEqual([
      ["one-time-1", "49.99"],
      ["recurring-1", "25.00"],
    ]);
    expect(priced("FIXED", "2022-08-31", EMPTY_LEDGER, { recurring })).toEqual([["recurring-1", "25.00"]]);
  });
});

it("no penalty is none, one-time discounts included", () => {
  expect(priced("NONE", "2022-08-31", given("40.00"))).toEqual([]);
});

it.each(["LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "REMAINING_FEES", "FIXED"] as const)(
  "%s is due for an early termination only: D + 1 < E",
  (penalty) => {
    const recurring = [internet({ ...line, penaltyAmount: "25.00" })];
    expect(priced(penalty, "2022-12-31", given("48.00"), { recurring })).toEqual([]);
    expect(priced(penalty, "2022-12-30", given("48.00"), { recurring })).not.toEqual([]);
  },
);

it("the lesser is never more than either, and adds up to the smaller to the cent", () => {
  const days = fc.integer({ min: 0, max: 728 }).map((offset) => addDays("2021-01-01", offset));
  fc.assert(
    fc.property(days, (on) => {
      const total = (penalty: PenaltyStrategy) => {
        const story = history([held(penalty, on)]);
        let sealed = EMPTY_LEDGER;
        // The months before, as their closes gave the discounts.
        const before = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - (2021 * 12 + 1);
        sealed = before === 0 ? sealed : given(`${String(before * 2)}.00`);
        const lines = periodLines(
          billing(story, { sealed, closedTo: before === 0 ? null : month(on.slice(0, 7)).from }),
          month(on.slice(0, 7)),
        );
        return big(
          totalOf(
            lines.filter(({ kind }) => kind === "PENALTY"),
            "USD",
          ),
        );
      };
      const [sum, rest] = [
        total("SUM_OF_DISCOUNTS"),
        remainingFees(history([]), held("NONE", null), on).get("recurring-1"),
      ];
      const remaining = big(rest ?? "0.00");
      const smaller = sum.lt(remaining) ? sum : remaining;
      expect(total("LESSER_OF_DISCOUNTS_AND_REMAINING_FEES").toFixed(2)).toBe(smaller.toFixed(2));
    }),
  );
});
