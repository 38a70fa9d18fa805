import { describe, expect, it } from "vitest";
import { type BillingPeriod, type Step } from "../story.js";
import { addPeriods, dayOf, textOf } from "./calendar.js";
import { endOf, linesOf, outcomeOf, whole } from "./support.js";

describe("n periods after a day", () => {
  it.each([
    ["2021-01-31", 1, "2021-02-16"],
    ["2021-01-31", 3, "2021-03-16"],
    ["2021-01-15", 3, "2021-02-28"],
    ["2021-01-01", 1, "2021-01-16"],
    ["2021-01-16", 1, "2021-02-01"],
    ["2021-01-01", 2, "2021-02-01"],
  ])("%s + %i half months is %s", (day, n, expected) => {
    expect(textOf(addPeriods(dayOf(day), n, "SEMI_MONTHLY"))).toBe(expected);
  });

  it.each([
    ["DAILY", "2020-02-03"],
    ["WEEKLY", "2020-02-21"],
    ["SEMI_MONTHLY", "2020-03-16"],
    ["MONTHLY", "2020-04-30"],
    ["THIRTY_DAYS", "2020-04-30"],
    ["QUARTERLY", "2020-10-31"],
    ["YEARLY", "2023-01-31"],
  ] as [BillingPeriod, string][])("three of %s after 2020-01-31", (type, expected) => {
    expect(textOf(addPeriods(dayOf("2020-01-31"), 3, type))).toBe(expected);
  });
});

const assigned: Step = { on: "2020-08-12", assign: "Internet", account: "1", as: "net" };

describe("billing periods", () => {
  it.each([
    ["DAILY", "2020-08-15", ["2020-08-12..2020-08-12 1/1", "2020-08-13..2020-08-13 1/1", "2020-08-14..2020-08-14 1/1"]],
    ["WEEKLY", "2020-08-24", ["2020-08-12..2020-08-16 5/7", "2020-08-17..2020-08-23 7/7"]],
    ["SEMI_MONTHLY", "2020-09-01", ["2020-08-12..2020-08-15 4/15", "2020-08-16..2020-08-31 16/16"]],
    ["MONTHLY", "2020-09-01", ["2020-08-12..2020-08-31 20/31"]],
    ["MONTHLY_ANNIVERSARY", "2020-09-12", ["2020-08-12..2020-09-11 31/31"]],
    ["THIRTY_DAYS", "2020-10-11", ["2020-08-12..2020-09-10 30/30", "2020-09-11..2020-10-10 30/30"]],
    ["QUARTERLY", "2020-10-01", ["2020-08-12..2020-09-30 50/92"]],
    ["YEARLY", "2021-01-01", ["2020-08-12..2020-12-31 142/366"]],
  ] as [BillingPeriod, string, string[]][])("%s", (billingPeriod, until, expected) => {
    const fees = { [billingPeriod]: "20.00" };
    const outcome = outcomeOf({ fees, periods: null, discount: "0.00" }, [assigned], until, { billingPeriod });
    const shown = outcome.invoices.flatMap(({ lines }) =>
      lines.map((line) => whole(line).replace(/^RECURRING |:.*$/g, "")),
    );
    expect(shown).toEqual(expected);
  });

  it("E10: 5.00 off a half-month of 10.00", () => {
    const fees = { MONTHLY: "20.00", SEMI_MONTHLY: "10.00" };
    const semi = { billingPeriod: "SEMI_MONTHLY" } as const;
    const outcome = outcomeOf({ fees }, [{ ...assigned, on: "2020-08-01" }], "2020-09-01", semi);
    expect(outcome.invoices.map(({ issued, total }) => [issued, total])).toEqual([
      ["2020-08-16", "5.00"],
      ["2020-09-01", "5.00"],
    ]);
    expect(endOf(outcome)).toBe("2021-08-01");
  });

  it("changes the type when the period ends, with the natural denominator for the part that is left", () => {
    const fees = { MONTHLY: "20.00", WEEKLY: "7.00" };
    const steps: Step[] = [
      { ...assigned, on: "2020-08-01" },
      { on: "2020-08-20", changeBilling: "Ona", billingPeriod: "WEEKLY" },
    ];
    const outcome = outcomeOf({ fees, periods: null, discount: "0.00" }, steps, "2020-09-14");
    // 2020-09-01 was a Tuesday.
    expect(outcome.invoices.flatMap(({ lines }) => lines.map(whole))).toEqual([
      "RECURRING 2020-08-01..2020-08-31 31/31: 20.00 / 0.00 - / 20.00",
      "RECURRING 2020-09-01..2020-09-06 6/7: 6.00 / 0.00 - / 6.00",
      "RECURRING 2020-09-07..2020-09-13 7/7: 7.00 / 0.00 - / 7.00",
    ]);
  });

  it("counts the discount period by the type that holds on the start day, as known then", () => {
    const fees = { MONTHLY: "20.00", WEEKLY: "7.00" };
    const steps: Step[] = [
      { on: "2021-03-01", changeBilling: "Ona", billingPeriod: "WEEKLY" },
      { on: "2021-03-10", assign: "Internet", account: "1", as: "net", effective: "2021-04-10" },
      { on: "2021-03-10", assign: "Internet", account: "1", as: "two", effective: "2021-03-10" },
    ];
    const outcome = outcomeOf({ fees }, steps, "2021-03-11");
    expect([endOf(outcome), endOf(outcome, "two")]).toEqual(["2021-09-25", "2023-03-10"]);
  });

  it("refuses a type without a fee, or with a discount above it, and lets a second change replace the first", () => {
    const fees = { MONTHLY: "20.00", WEEKLY: "4.00", QUARTERLY: "60.00" };
    const steps: Step[] = [
      { ...assigned, on: "2020-08-01" },
      { on: "2020-08-02", changeBilling: "Ona", billingPeriod: "DAILY" },
      { on: "2020-08-02", changeBilling: "Ona", billingPeriod: "WEEKLY" },
      { on: "2020-08-02", changeBilling: "Ona", billingPeriod: "QUARTERLY" },
      { on: "2020-08-03", changeBilling: "Ona", billingPeriod: "MONTHLY" },
    ];
    const outcome = outcomeOf({ fees }, steps, "2020-10-01");
    expect(outcome.steps).toEqual([null, "FEE_MISSING_FOR_PERIOD", "DISCOUNT_EXCEEDS_FEE", null, null]);
    expect(outcome.invoices.map(({ total }) => total)).toEqual(["15.00", "15.00"]);
  });

  it("moves the anniversary without gap or overlap", () => {
    const steps: Step[] = [
      { ...assigned, on: "2020-08-10" },
      { on: "2020-08-20", changeBilling: "Ona", anniversaryDay: 20 },
    ];
    const customer = { billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 10 } as const;
    const outcome = outcomeOf({ fee: "31.00", periods: null, discount: "0.00" }, steps, "2020-10-20", customer);
    expect(outcome.invoices.flatMap(({ lines }) => lines.map(whole))).toEqual([
      "RECURRING 2020-08-10..2020-09-09 31/31: 31.00 / 0.00 - / 31.00",
      "RECURRING 2020-09-10..2020-09-19 10/31: 10.00 / 0.00 - / 10.00",
      "RECURRING 2020-09-20..2020-10-19 30/30: 31.00 / 0.00 - / 31.00",
    ]);
  });

  it("tells the day by a new time zone from the next period on", () => {
    const steps: Step[] = [
      { ...assigned, on: "2020-08-01" },
      { on: "2020-08-20", changeBilling: "Ona", timeZone: "Pacific/Honolulu" },
      { on: "2020-09-01", suspend: "Ona" },
    ];
    const outcome = outcomeOf({}, steps, "2020-10-01", { timeZone: "Pacific/Auckland" });
    expect(outcome.steps).toEqual([null, null, null]);
    expect(outcome.invoices.map(({ issued }) => issued)).toEqual(["2020-09-01"]);
    expect(linesOf(outcome, "2020-09-01")).toHaveLength(1);
  });
});
