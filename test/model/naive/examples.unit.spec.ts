import { describe, expect, it } from "vitest";
import { brief, endOf, issued, linesOf, outcomeOf, type Terms } from "./support.js";

/** E1 to E11 of docs/rules.md#worked-examples, and the numbers on the same examples elsewhere in it. */
const months = (from: string, until: string, n: number, step: (month: string) => string): string[] => {
  const [year = 0, month = 0] = from.split("-").map((part) => parseInt(part, 10));
  const all = Array.from({ length: n }, (_, i) => {
    const count = year * 12 + month - 1 + i;
    return step(`${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`);
  });
  return all.filter((date) => date <= until);
};

describe("the worked examples", () => {
  it("E1: 20.00 monthly with 5.00 off is charged 15.00", () => {
    const outcome = outcomeOf({}, [{ on: "2020-08-01", assign: "Internet", account: "1", as: "net" }], "2020-10-01");
    expect(outcome.invoices.map(({ total }) => total)).toEqual(["15.00", "15.00"]);
    expect(endOf(outcome)).toBe("2022-08-01");
  });

  it("E2: terminated after 20 full months, penalty 100.00", () => {
    const outcome = outcomeOf(
      {},
      [
        { on: "2019-03-01", assign: "Internet", account: "1", as: "net" },
        { on: "2020-10-31", terminate: "net" },
      ],
      "2020-11-01",
    );
    expect(outcome.invoices).toHaveLength(20);
    expect(issued(outcome, "2020-11-01")?.total).toBe("115.00");
    expect(linesOf(outcome, "2020-11-01", "PENALTY").map(({ net }) => net)).toEqual(["100.00"]);
    expect(outcome.commitments[0]?.discountsGiven).toBe("100.00");
  });

  it.each([
    ["2021-02-28", []],
    ["2021-02-27", ["119.82"]],
  ])("E2's terms terminated on %s: %j", (day, penalties) => {
    const outcome = outcomeOf(
      {},
      [
        { on: "2019-03-01", assign: "Internet", account: "1", as: "net" },
        { on: day, terminate: "net" },
      ],
      "2021-03-01",
    );
    expect(linesOf(outcome, "2021-03-01", "PENALTY").map(({ net }) => net)).toEqual(penalties);
  });

  it("E3: a TV set for a cent, and 399.99 for leaving early", () => {
    const outcome = outcomeOf(
      { name: "IPTV", recurring: false, oneTime: [{ description: "TV", fee: "400.00", discount: "399.99" }] },
      [
        { on: "2020-01-15", assign: "IPTV", account: "1", as: "iptv" },
        { on: "2020-06-10", terminate: "iptv" },
      ],
      "2020-07-01",
    );
    expect(outcome.invoices.map(({ total, issued: date }) => [date, total])).toEqual([
      ["2020-02-01", "0.01"],
      ["2020-07-01", "399.99"],
    ]);
    expect(linesOf(outcome, "2020-07-01").map(({ description }) => description)).toEqual(["Early termination: TV"]);
  });

  it("E4: two months of pause are 61 days", () => {
    const outcome = outcomeOf(
      { fee: "30.00", discount: "6.00" },
      [
        { on: "2020-07-01", assign: "Internet", account: "1", as: "net", discountEnd: { date: "2020-10-31" } },
        { on: "2020-07-15", pause: "net", from: "2020-08-01", until: "2020-09-30" },
      ],
      "2020-11-01",
    );
    expect(outcome.invoices.map(({ total, issued: date }) => [date, total])).toEqual([
      ["2020-08-01", "24.00"],
      ["2020-11-01", "24.00"],
    ]);
    expect(endOf(outcome)).toBe("2020-12-31");
    expect(outcome.commitments[0]?.discountsGiven).toBe("12.00");
  });

  it("E5: paused now on August 7, seven of 31 days are charged", () => {
    const outcome = outcomeOf(
      { fee: "31.00", discount: "6.20" },
      [
        { on: "2020-08-01", assign: "Internet", account: "1", as: "net" },
        { on: "2020-08-07", pause: "net" },
      ],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map(brief)).toEqual(["2020-08-01..2020-08-07 7.00 - 1.40 = 5.60"]);
    expect(outcome.commitments[0]?.status).toBe("PAUSED");
  });

  it("E6: the second commitment ends with the first", () => {
    const outcome = outcomeOf(
      {},
      [
        { on: "2020-08-15", assign: "Internet", account: "1", as: "net" },
        { on: "2020-11-15", assign: "Internet", account: "1", as: "two", discountEnd: { syncWith: "net" } },
      ],
      "2020-11-16",
    );
    expect([endOf(outcome), endOf(outcome, "two")]).toEqual(["2022-08-15", "2022-08-15"]);
  });

  it("E7: a better package at the same fee, then for good", () => {
    const outcome = outcomeOf(
      [
        { name: "Midi", fee: "10.00", discount: "0.00", addOn: "400 MB" },
        { name: "Turbo", fee: "15.00", discount: "0.00", addOn: "1 GB" },
      ],
      [
        { on: "2020-05-01", assign: "Midi", account: "1", as: "net" },
        { on: "2020-05-01", timeLimitedUpgrade: "net", addOnProduct: "1 GB", until: "2020-07-31" },
        { on: "2020-08-01", upgrade: "net", to: "Turbo", discountEnd: "KEEP" },
      ],
      "2020-09-01",
    );
    expect(outcome.steps).toEqual([null, null, null]);
    expect(outcome.invoices.map(({ total }) => total)).toEqual(["10.00", "10.00", "10.00", "15.00"]);
  });

  it.each([
    ["E8", "SUM_OF_DISCOUNTS", "2021-10-31", ["49.99", "20.00"]],
    ["E8", "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "2021-10-31", ["49.99", "20.00"]],
    ["E8", "REMAINING_FEES", "2021-10-31", ["49.99", "140.00"]],
    ["E9", "SUM_OF_DISCOUNTS", "2022-08-31", ["49.99", "40.00"]],
    ["E9", "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "2022-08-31", ["22.22", "17.78"]],
    ["E9", "NONE", "2022-08-31", []],
  ] as const)("%s: %s when terminated on %s", (_, penalty, day, penalties) => {
    const terms: Terms = {
      fee: "12.00",
      discount: "2.00",
      penalty,
      oneTime: [{ description: "Router", fee: "50.00", discount: "49.99" }],
    };
    const outcome = outcomeOf(
      terms,
      [
        { on: "2021-01-01", assign: "Internet", account: "1", as: "net" },
        { on: day, terminate: "net" },
      ],
      "2022-09-01",
    );
    const lines = outcome.invoices.flatMap((invoice) => invoice.lines).filter(({ kind }) => kind === "PENALTY");
    expect(lines.map(({ net }) => net)).toEqual(penalties);
  });

  it("E10: 20.00 with 5.00 off, anchored on any day of the month", () => {
    const outcome = outcomeOf({}, [{ on: "2020-08-31", assign: "Internet", account: "1", as: "net" }], "2020-12-01", {
      billingPeriod: "MONTHLY_ANNIVERSARY",
    });
    // Created on a 31st: clamped to short months, never normalised.
    expect(outcome.invoices.map(({ total, issued: date }) => [date, total])).toEqual([
      ["2020-09-30", "15.00"],
      ["2020-10-31", "15.00"],
      ["2020-11-30", "15.00"],
    ]);
  });

  it("E11: 31 days, 16.00, signed up on the 17th: 15/31", () => {
    const outcome = outcomeOf(
      { fee: "16.00", discount: "0.00", periods: null },
      [{ on: "2020-08-17", assign: "Internet", account: "1", as: "net" }],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01")).toMatchObject([{ net: "7.74", days: 15, periodDays: 31 }]);
    expect(endOf(outcome)).toBeNull();
  });

  it("invoices every month once, due after the grace days of the class", () => {
    const outcome = outcomeOf(
      { subscription: { recurringFees: { MONTHLY: "20.00", MONTHLY_ANNIVERSARY: "21.00" } } },
      [{ on: "2020-01-01", assign: "Internet", account: "1", as: "net" }],
      "2021-02-01",
      { class: "Up" },
    );
    expect(outcome.invoices.map(({ issued: date }) => date)).toEqual(
      months("2020-02", "2021-02-01", 13, (m) => `${m}-01`),
    );
    expect(outcome.invoices[0]).toMatchObject({ due: "2020-03-02", state: "OVERDUE", total: "15.00" });
    expect(outcome.customers[0]?.balanceDue).toBe("195.00");
  });
});
