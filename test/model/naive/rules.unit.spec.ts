import { describe, expect, it } from "vitest";
import { type Step } from "../story.js";
import { brief, endOf, issued, linesOf, outcomeOf } from "./support.js";

const start: Step = { on: "2020-08-01", assign: "Internet", account: "1", as: "net" };
const until = (date: string, end: { date: string }): Step => ({ ...start, on: date, discountEnd: end });

describe("the numbers in the text of docs/rules.md", () => {
  it.each(["one order", "the other order"])("folds pauses by first day, recorded in %s", (order) => {
    const pauses: Step[] = [
      { on: "2020-07-15", pause: "net", from: "2020-08-01", until: "2020-09-30" },
      { on: "2020-07-15", pause: "net", from: "2020-11-10", until: "2020-11-20" },
    ];
    if (order === "the other order") pauses.reverse();
    const outcome = outcomeOf({}, [until("2020-07-01", { date: "2020-10-31" }), ...pauses], "2020-07-16");
    expect(endOf(outcome)).toBe("2021-01-11");
  });

  it("does not count a pause after the end", () => {
    const outcome = outcomeOf(
      {},
      [
        until("2020-07-01", { date: "2020-10-31" }),
        { on: "2020-07-15", pause: "net", from: "2020-11-10", until: "2020-11-20" },
      ],
      "2020-07-16",
    );
    expect(endOf(outcome)).toBe("2020-10-31");
  });

  it("shares the rounded total of a row's segments: 7 and 12 days of 31", () => {
    const outcome = outcomeOf(
      {},
      [
        { on: "2020-07-20", assign: "Internet", account: "1", as: "net" },
        { on: "2020-07-25", pause: "net", from: "2020-08-01", until: "2020-08-02" },
        { on: "2020-07-25", pause: "net", from: "2020-08-10", until: "2020-08-19" },
      ],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map(brief)).toEqual([
      "2020-08-03..2020-08-09 4.52 - 1.13 = 3.39",
      "2020-08-20..2020-08-31 7.74 - 1.93 = 5.81",
    ]);
  });

  it.each([
    ["HALF_UP", undefined, "10.01", "2.52"],
    ["HALF_EVEN", "Even", "10.00", "2.52"],
    ["UP", "Up", "10.01", "2.52"],
  ])("rounds %s", (_, name, fee, discount) => {
    const step: Step = { on: "2020-06-16", assign: "Internet", account: "1", as: "net" };
    const customer = name === undefined ? {} : { class: name };
    const outcome = outcomeOf({ fee: "20.01", discount: "5.03" }, [step], "2020-07-01", customer);
    expect(linesOf(outcome, "2020-07-01")).toMatchObject([{ fee, discount }]);
  });

  it.each([
    ["2020-01-31", 1, "2020-02-29"],
    ["2020-01-31", 2, "2020-03-31"],
    ["2021-01-31", 1, "2021-02-28"],
    ["2020-02-29", 12, "2021-02-28"],
  ])("counts %s + %i months from the anchor", (day, periods, end) => {
    expect(endOf(outcomeOf({ periods }, [{ ...start, on: day }], day))).toBe(end);
  });
});

describe("which day belongs to what", () => {
  it("resumes: the day becomes the last paused one", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-10", pause: "net" },
        { on: "2020-08-20", resume: "net" },
        { on: "2020-08-20", resume: "net" },
      ],
      "2020-09-01",
    );
    expect(outcome.steps).toEqual([null, null, null, "NOT_PAUSED"]);
    expect(linesOf(outcome, "2020-09-01").map(({ from, until: to }) => [from, to])).toEqual([
      ["2020-08-01", "2020-08-10"],
      ["2020-08-21", "2020-08-31"],
    ]);
    expect(endOf(outcome)).toBe("2022-08-11");
  });

  it("cancels a pause of today by a resume of today", () => {
    const outcome = outcomeOf(
      {},
      [start, { on: "2020-08-10", pause: "net" }, { on: "2020-08-10", resume: "net" }],
      "2020-09-01",
    );
    expect(outcome.steps).toEqual([null, null, null]);
    expect(linesOf(outcome, "2020-09-01")).toMatchObject([{ days: 31 }]);
  });

  it("is not paused by later pauses", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-10", pause: "net", from: "2020-08-12", until: "2020-08-13" },
        { on: "2020-08-11", resume: "net" },
      ],
      "2020-08-11",
    );
    expect(outcome.steps[2]).toBe("NOT_PAUSED");
  });

  it("suspends: D is not charged, E is, and the end date stays", () => {
    const outcome = outcomeOf(
      {},
      [start, { on: "2020-08-10", suspend: "Ona" }, { on: "2020-08-20", unsuspend: "Ona" }],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map(({ from, until: to }) => [from, to])).toEqual([
      ["2020-08-01", "2020-08-09"],
      ["2020-08-20", "2020-08-31"],
    ]);
    expect(endOf(outcome)).toBe("2022-08-01");
  });

  it("charges the customer's rate from its day, and claims back the commitment's discounts only", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-17", setSubscriptionDiscountRate: "Ona", rate: "10" },
        { on: "2020-08-31", terminate: "net" },
      ],
      "2020-09-01",
    );
    // 5.00 x 16/31 = 2.58; 2.00 x 15/31 = 0.97; the fee in full, 10.32 + 9.68.
    expect(linesOf(outcome, "2020-09-01").map((line) => `${brief(line)} ${String(line.discountOrigin)}`)).toEqual([
      "2020-08-01..2020-08-16 10.32 - 2.58 = 7.74 COMMITMENT",
      "2020-08-17..2020-08-31 9.68 - 0.97 = 8.71 CUSTOMER_RATE",
      "2020-08-31..2020-08-31 2.58 - 0.00 = 2.58 null",
    ]);
  });

  it("moves to another offer on a day, with its one-time fees and the end date kept", () => {
    const outcome = outcomeOf(
      [{}, { name: "Turbo", fee: "30.00", discount: "6.00", oneTime: [{ description: "Box", fee: "9.00" }] }],
      [start, { on: "2020-08-17", upgrade: "net", to: "Turbo" }],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map(({ description, from, net }) => [description, from, net])).toEqual([
      ["Box", "2020-08-17", "9.00"],
      ["Internet", "2020-08-01", "7.74"],
      ["Turbo", "2020-08-17", "11.62"],
    ]);
    expect(endOf(outcome)).toBe("2022-08-01");
  });

  it("goes on with thenUpgradeTo on the day after the time-limited upgrade", () => {
    const outcome = outcomeOf(
      [{ addOn: "400 MB" }, { name: "Turbo", fee: "31.00", discount: "0.00", addOn: "1 GB" }],
      [
        start,
        {
          on: "2020-08-05",
          timeLimitedUpgrade: "net",
          addOnProduct: "1 GB",
          until: "2020-08-09",
          thenUpgradeTo: "Turbo",
        },
        { on: "2020-08-06", extendUpgrade: "net", until: "2020-08-21" },
        { on: "2020-08-25", pause: "net", effective: "2020-08-20" },
      ],
      "2020-09-01",
    );
    expect(outcome.steps).toEqual([null, null, null, "CONFLICT"]);
    expect(linesOf(outcome, "2020-09-01").at(-1)).toMatchObject({ from: "2020-08-22", net: "10.00" });
  });

  it("waives a penalty by an equal credit", () => {
    const outcome = outcomeOf(
      {},
      [start, { on: "2020-08-31", terminate: "net", waivePenalty: "goodwill" }],
      "2020-09-01",
    );
    expect(linesOf(outcome, "2020-09-01").map(({ kind, net }) => [kind, net])).toEqual([
      ["RECURRING", "15.00"],
      ["PENALTY", "5.00"],
      ["PENALTY_WAIVED", "-5.00"],
    ]);
    expect(issued(outcome, "2020-09-01")?.total).toBe("15.00");
  });

  it("cuts a pause at the termination before it decides whether that is early", () => {
    // End 2020-08-20, paused from the 11th: uncut it would be far away, cut at the 28th it is September 7.
    const steps: Step[] = [until("2020-08-01", { date: "2020-08-20" }), { on: "2020-08-10", pause: "net" }];
    const outcome = outcomeOf({}, [...steps, { on: "2020-08-28", terminate: "net" }], "2020-10-01");
    expect(endOf(outcome)).toBe("2020-09-07");
    expect(linesOf(outcome, "2020-09-01", "PENALTY")).toHaveLength(1);
  });

  it("shows an open pause through the termination that is scheduled", () => {
    // End 2020-08-20, paused from the 11th through the 25th: 15 days.
    const steps: Step[] = [until("2020-08-01", { date: "2020-08-20" }), { on: "2020-08-10", pause: "net" }];
    const scheduled: Step = { on: "2020-08-12", terminate: "net", effective: "2020-08-25" };
    expect(endOf(outcomeOf({}, [...steps, scheduled], "2020-08-13"))).toBe("2020-09-04");
    expect(
      endOf(outcomeOf({}, [...steps, scheduled, { on: "2020-08-13", cancelTermination: "net" }], "2020-08-14")),
    ).toBe("2020-08-24");
  });

  it("restores by cancelling a termination what it would have cut short", () => {
    const outcome = outcomeOf(
      {},
      [
        until("2020-08-01", { date: "2020-08-20" }),
        { on: "2020-08-02", pause: "net", from: "2020-08-10", until: "2020-08-30" },
        { on: "2020-08-03", terminate: "net", effective: "2020-08-15" },
        { on: "2020-08-15", cancelTermination: "net" },
        { on: "2020-08-15", cancelTermination: "net" },
      ],
      "2020-08-16",
    );
    expect(outcome.steps.at(-1)).toBe("NOT_TERMINATED");
    expect(endOf(outcome)).toBe("2020-09-10");
  });

  it("moves a date set by hand by the difference when a pause known then is cancelled", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-02", pause: "net", from: "2020-09-01", until: "2020-09-10" },
        { on: "2020-08-03", setDiscountEnd: "net", to: { date: "2020-12-31" } },
        { on: "2020-08-04", cancelPause: "net", from: "2020-09-01" },
      ],
      "2020-08-05",
    );
    expect(endOf(outcome)).toBe("2020-12-21");
  });

  it("does not lower the end date below the day of the command", () => {
    const outcome = outcomeOf(
      {},
      [
        start,
        { on: "2020-08-02", pause: "net", from: "2020-09-01", until: "2020-09-30" },
        { on: "2020-08-03", setDiscountEnd: "net", to: { date: "2020-09-02" } },
        { on: "2020-08-20", cancelPause: "net", from: "2020-09-01" },
      ],
      "2020-08-21",
    );
    expect(endOf(outcome)).toBe("2020-08-20");
  });
});
