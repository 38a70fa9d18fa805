import { describe, expect, it } from "vitest";
import { type CommitmentAssigned } from "../commitments/events.js";
import {
  billing,
  commitment,
  endedByTermination,
  history,
  internet,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { EMPTY_LEDGER, type Ledger } from "./ledger.js";
import { penaltiesOf, periodLines, totalOf } from "./period.js";

const close = (text: string, changes: Partial<CommitmentAssigned["data"]>, last: string | null) =>
  periodLines(billing(history([commitment(changes, last)])), month(text));
const october = { from: "2020-10-01", until: "2020-10-31" };

describe("the close of the month of an early termination", () => {
  it("claims back every discount given: 20 full months of 5.00 (E2)", () => {
    const lines = close("2020-10", {}, "2020-10-31");
    expect(lines).toEqual([recurringLine(october), penaltyLine("2020-10-31", "100.00")]);
    expect(totalOf(lines, "USD")).toBe("115.00");
  });

  it.each([
    ["2021-02-28", "20.00", "5.00", "15.00", null],
    ["2021-02-27", "19.29", "4.82", "14.47", "119.82"],
    ["2021-02-26", "18.57", "4.64", "13.93", "119.64"],
  ])("of %s, by the day", (last, fee, discount, net, penalty) => {
    const days = parseInt(last.slice(8), 10);
    expect(close("2021-02", {}, last)).toEqual([
      recurringLine({
        from: "2021-02-01",
        until: last,
        days,
        periodDays: 28,
        fee,
        discount,
        net,
        ...(penalty === null ? {} : endedByTermination),
      }),
      ...(penalty === null ? [] : [penaltyLine(last, penalty)]),
    ]);
  });

  it.each([
    ["on the day before the discount end, none", "2020-07-15", 1],
    ["a day earlier, one", "2020-07-14", 2],
    ["on the discount end, none", "2020-07-16", 2],
    ["after it, none", "2020-07-17", 2],
  ])("with the discount end inside the month: %s", (_, last, count) => {
    const lines = close("2020-07", { discountEnd: "2020-07-16" }, last);
    expect(lines).toHaveLength(count);
    expect(lines.some(({ kind }) => kind === "PENALTY")).toBe(last < "2020-07-15");
  });

  it("in the sign-up month claims back what that month gave", () => {
    expect(close("2020-07", { effectiveOn: "2020-07-10" }, "2020-07-20")).toEqual([
      recurringLine({
        from: "2020-07-10",
        until: "2020-07-20",
        days: 11,
        fee: "7.10",
        discount: "1.77",
        net: "5.33",
        ...endedByTermination,
      }),
      penaltyLine("2020-07-20", "1.77"),
    ]);
  });

  it("claims back one-time discounts, first (E3)", () => {
    const both = { effectiveOn: "2020-10-01", terms: terms({ oneTime: [tv()] }) };
    expect(close("2020-10", both, "2020-10-31")).toEqual([
      oneTimeLine("2020-10-01"),
      recurringLine(october),
      penaltyLine("2020-10-31", "399.99", { rowId: "one-time-1", description: "Early termination: TV set" }),
      penaltyLine("2020-10-31", "5.00"),
    ]);
  });

  it("adds up to 69.99 after ten months, 89.99 after twenty (E8, E9's sum of discounts)", () => {
    const device = tv({ fee: "50.00", discount: "49.99" });
    const rows = terms({ recurring: [internet({ fees: { MONTHLY: "12.00" }, discount: "2.00" })], oneTime: [device] });
    const penalty = (text: string, last: string) =>
      totalOf(
        close(text, { terms: rows }, last).filter(({ kind }) => kind === "PENALTY"),
        "USD",
      );
    expect(penalty("2019-12", "2019-12-31")).toBe("69.99");
    expect(penalty("2020-10", "2020-10-31")).toBe("89.99");
  });

  it("gives a row without discounts no penalty line", () => {
    const rows = terms({ recurring: [internet({ discount: "0.00" }), internet({ rowId: "recurring-2" })] });
    const lines = close("2020-10", { effectiveOn: "2020-10-01", terms: rows }, "2020-10-31");
    expect(lines.filter(({ kind }) => kind === "PENALTY")).toEqual([
      penaltyLine("2020-10-31", "5.00", { rowId: "recurring-2" }),
    ]);
  });

  it("gives no line for discounts that rounded to nothing", () => {
    const rows = terms({ recurring: [internet({ discount: "0.10" })] });
    const lines = close("2020-07", { effectiveOn: "2020-07-31", terms: rows }, "2020-07-31");
    expect(lines.map(({ kind }) => kind)).toEqual(["RECURRING"]);
  });

  it("decides nothing in other months", () => {
    expect(close("2020-09", {}, "2020-10-31")).toHaveLength(1);
    expect(close("2020-10", {}, "2020-11-01")).toHaveLength(1);
    expect(close("2020-11", {}, "2020-10-31")).toEqual([]);
    expect(close("2020-10", {}, null)).toHaveLength(1);
  });

  it("charges nobody who has no discount end date", () => {
    expect(close("2020-10", { discountEnd: null, terms: terms({ discountPeriods: null }) }, "2020-10-31")).toEqual([
      recurringLine({ ...october, discount: "0.00", discountOrigin: null, net: "20.00" }),
    ]);
  });
});

describe("the ledger of a close", () => {
  const sealed = (amount: string): Ledger =>
    new Map([
      ["commitment-1", new Map([["recurring-1", amount]])],
      ["commitment-2", new Map([["recurring-1", "77.00"]])],
    ]);
  const ended = history([commitment({}, "2020-10-31")]);
  const penalty = (ledger: Ledger, closedTo: string | null) =>
    penaltiesOf(billing(ended, { sealed: ledger, closedTo }), month("2020-10")).find(({ kind }) => kind === "PENALTY")
      ?.net;

  it("is what sealed invoices gave, whatever they should have given, and this period's own lines", () => {
    expect(penalty(sealed("95.00"), "2020-10-01")).toBe("100.00");
    expect(penalty(sealed("12.34"), "2020-10-01")).toBe("17.34");
  });

  it("counts periods that are not closed yet by their charges", () => {
    expect(penalty(sealed("80.00"), "2020-07-01")).toBe("100.00");
    expect(penalty(EMPTY_LEDGER, null)).toBe("100.00");
  });

  it("counts a period that is closed already once", () => {
    expect(penalty(sealed("100.00"), "2020-11-01")).toBe("100.00");
    expect(penalty(sealed("100.00"), "2020-12-01")).toBe("100.00");
  });
});

it("penalties stand after the lines of all commitments, in the same order", () => {
  const first = commitment({ commitmentId: "a", effectiveOn: "2020-10-01" }, "2020-10-31");
  const second = commitment({ commitmentId: "b", effectiveOn: "2020-10-01" }, "2020-10-31");
  const lines = periodLines(billing(history([second, first])), month("2020-10"));
  expect(lines.map(({ kind, commitmentId }) => `${kind} ${commitmentId}`)).toEqual([
    "RECURRING a",
    "RECURRING b",
    "PENALTY a",
    "PENALTY b",
  ]);
});
