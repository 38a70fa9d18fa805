import { describe, expect, it } from "vitest";
import { type Step } from "../story.js";
import { brief, endOf, linesOf, outcomeOf } from "./support.js";

const start: Step = { on: "2020-08-01", assign: "Internet", account: "1", as: "net" };
const endsOn = (date: string): Step => ({ ...start, discountEnd: { date } });

describe("charges worked out by hand", () => {
  it("adds the days before the start where the first period is not prorated, and shows those served", () => {
    const terms = { subscription: { prorateFirst: false } };
    const outcome = outcomeOf(terms, [{ ...start, on: "2020-08-17" }], "2020-09-01");
    expect(linesOf(outcome, "2020-09-01").map(brief)).toEqual(["2020-08-17..2020-08-31 20.00 - 5.00 = 15.00"]);
    expect(linesOf(outcome, "2020-09-01")).toMatchObject([{ days: 31 }]);
  });

  it("adds the days after an end inside a pause in a segment of their own", () => {
    // Served 1 to 10, paused 11 to 15, added 16 to 31: 26 of 31 days, 16.77 and 4.19 in all.
    const outcome = outcomeOf(
      { subscription: { prorateLast: false } },
      [
        start,
        { on: "2020-08-02", pause: "net", from: "2020-08-11", until: "2020-08-20" },
        { on: "2020-08-15", terminate: "net" },
      ],
      "2020-10-01",
    );
    expect(linesOf(outcome, "2020-09-01").map((line) => `${line.days}: ${brief(line)}`)).toEqual([
      "10: 2020-08-01..2020-08-10 6.45 - 1.61 = 4.84",
      "16: 2020-08-10..2020-08-10 10.32 - 2.58 = 7.74",
      "1: 2020-08-15..2020-08-15 4.19 - 0.00 = 4.19",
    ]);
    expect(outcome.invoices).toHaveLength(1);
  });

  it("moves the end by the paused days alone where pause and suspension overlap", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-05", suspend: "Ona" },
        { on: "2020-08-09", pause: "net", until: "2020-08-20" },
        { on: "2020-08-16", unsuspend: "Ona" },
      ],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map(({ from, until, days }) => [from, until, days])).toEqual([
      ["2020-08-01", "2020-08-04", 4],
      ["2020-08-21", "2020-08-31", 11],
    ]);
    expect(endOf(outcome)).toBe("2022-08-12");
  });

  it("takes the fees left at the customer's rate of the last day", () => {
    // September 20.00 - 2.00; October, 15 of 31 days: 9.68 - 0.97 = 8.71.
    const outcome = outcomeOf(
      { penalty: "REMAINING_FEES" },
      [
        endsOn("2020-10-16"),
        { on: "2020-08-10", setSubscriptionDiscountRate: "Ona", rate: "10" },
        { on: "2020-08-31", terminate: "net" },
      ],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01", "PENALTY").map(({ net }) => net)).toEqual(["26.71"]);
  });

  it("claims a fixed amount, and the one-time discount in a line of its own", () => {
    const outcome = outcomeOf(
      {
        penalty: "FIXED",
        subscription: { penaltyAmount: "25.00" },
        oneTime: [{ description: "Router", fee: "50.00", discount: "49.99" }],
      },
      [start, { on: "2020-08-31", terminate: "net" }],
      "2020-09-01",
    );
    const penalties = linesOf(outcome, "2020-09-01", "PENALTY");
    expect(penalties.map(({ description, net }) => [description, net])).toEqual([
      ["Early termination: Router", "49.99"],
      ["Early termination: Internet", "25.00"],
    ]);
  });

  it("keeps the end date for the penalty when it moves to an offer without a discount period", () => {
    const outcome = outcomeOf(
      [{}, { name: "Endless", fee: "31.00", discount: "0.00", periods: null }],
      [start, { on: "2020-08-11", upgrade: "net", to: "Endless" }, { on: "2020-08-31", terminate: "net" }],
      "2020-09-01",
    );
    // 10 of 31 days of 5.00.
    expect(linesOf(outcome, "2020-09-01", "PENALTY").map(({ net }) => net)).toEqual(["1.61"]);
    expect(endOf(outcome)).toBe("2022-08-01");
  });
});

describe("dates that commands change", () => {
  it("counts a new default term from the upgrade, with the pause days from then on", () => {
    const outcome = outcomeOf(
      [{}, { name: "Turbo", periods: 12 }],
      [
        { ...start, on: "2020-03-01" },
        { on: "2020-03-02", pause: "net", from: "2020-03-05", until: "2020-03-31" },
        { on: "2020-03-10", upgrade: "net", to: "Turbo", discountEnd: "DEFAULT" },
      ],
      "2020-04-01",
    );
    expect(endOf(outcome)).toBe("2021-04-01");
  });

  it("goes back 90 days where periods are closed, and not before an upgrade", () => {
    const outcome = outcomeOf(
      {},
      [
        { ...start, on: "2020-05-01" },
        { on: "2020-09-10", setSubscriptionDiscountRate: "Ona", rate: "5", effective: "2020-06-11" },
        { on: "2020-09-10", pause: "net", from: "2020-06-11", until: "2020-06-12" },
        { on: "2020-09-10", upgrade: "net", to: "Internet", effective: "2020-09-05" },
        { on: "2020-09-10", pause: "net", effective: "2020-08-31", until: "2020-09-02" },
        { on: "2020-09-10", pause: "net", effective: "2020-09-04", until: "2020-09-06" },
        { on: "2020-09-10", terminate: "net", effective: "2020-09-04" },
      ],
      "2020-09-11",
    );
    expect(outcome.steps).toEqual([
      null,
      "DATE_ALREADY_INVOICED",
      "DATE_ALREADY_INVOICED",
      null,
      "CONFLICT",
      null,
      "CONFLICT",
    ]);
  });

  it("cancels a pending commitment by a date before its start: no lines, its dates as they were", () => {
    const outcome = outcomeOf(
      { oneTime: [{ description: "Router", fee: "50.00" }] },
      [
        { ...start, effective: "2020-08-20" },
        { on: "2020-08-10", terminate: "net" },
        { on: "2020-08-11", terminate: "net" },
      ],
      "2020-09-01",
    );
    expect(outcome.steps).toEqual([null, null, "ALREADY_TERMINATED"]);
    expect(outcome.invoices).toEqual([]);
    expect(outcome.commitments).toMatchObject([{ status: "TERMINATED", discountEndDate: "2022-08-20" }]);
  });

  it("does not waive the penalty of a closing that comes before the waived termination", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-10", terminate: "net", waivePenalty: "goodwill", effective: "2020-08-31" },
        { on: "2020-08-20", closeAccount: "1" },
        { on: "2020-08-20", pause: "net" },
        { on: "2020-08-21", pause: "net" },
      ],
      "2020-09-01",
    );
    expect(outcome.steps.slice(3)).toEqual(["ACCOUNT_CLOSED", "ALREADY_TERMINATED"]);
    // 20 of 31 days of 5.00.
    expect(linesOf(outcome, "2020-09-01").map(({ kind, net }) => [kind, net])).toEqual([
      ["RECURRING", "9.67"],
      ["PENALTY", "3.23"],
    ]);
  });

  it("overtakes a back-dated rate by one recorded earlier for a later day", () => {
    const outcome = outcomeOf(
      { fee: "31.00" },
      [
        start,
        { on: "2020-08-11", setSubscriptionDiscountRate: "Ona", rate: "10" },
        { on: "2020-08-12", setSubscriptionDiscountRate: "Ona", rate: "0", effective: "2020-08-06" },
      ],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map((line) => `${brief(line)} ${String(line.discountOrigin)}`)).toEqual([
      "2020-08-01..2020-08-05 5.00 - 0.81 = 4.19 COMMITMENT",
      "2020-08-06..2020-08-10 5.00 - 0.00 = 5.00 null",
      "2020-08-11..2020-08-31 21.00 - 2.10 = 18.90 CUSTOMER_RATE",
    ]);
  });
});
