import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BillingCycle,
  type BillingPeriodType,
  billingPeriodTypes,
  periodContaining,
  periodsAfter,
} from "./billing-periods.js";
import { addDays, dayOfMonth, daysBetween, FIRST_DATE } from "./calendar.js";

const cycleOf = (type: BillingPeriodType, anchor: string): BillingCycle =>
  type === "MONTHLY_ANNIVERSARY" || type === "THIRTY_DAYS" ? { type, anchor } : { type, anchor: null };

describe("natural periods", () => {
  it.each<[BillingPeriodType, string, string, string]>([
    ["DAILY", "2020-02-29", "2020-02-29", "2020-03-01"],
    ["WEEKLY", "2021-03-01", "2021-03-01", "2021-03-08"],
    ["WEEKLY", "2021-03-07", "2021-03-01", "2021-03-08"],
    ["WEEKLY", "2021-01-01", "2020-12-28", "2021-01-04"],
    ["WEEKLY", "1970-01-01", "1969-12-29", "1970-01-05"],
    ["SEMI_MONTHLY", "2021-02-15", "2021-02-01", "2021-02-16"],
    ["SEMI_MONTHLY", "2021-02-16", "2021-02-16", "2021-03-01"],
    ["SEMI_MONTHLY", "2021-12-31", "2021-12-16", "2022-01-01"],
    ["MONTHLY", "2020-02-29", "2020-02-01", "2020-03-01"],
    ["QUARTERLY", "2021-01-01", "2021-01-01", "2021-04-01"],
    ["QUARTERLY", "2021-06-30", "2021-04-01", "2021-07-01"],
    ["QUARTERLY", "2021-12-31", "2021-10-01", "2022-01-01"],
    ["YEARLY", "2020-02-29", "2020-01-01", "2021-01-01"],
    ["YEARLY", "2199-12-31", "2199-01-01", "2200-01-01"],
  ])("of %s: %s lies in [%s, %s)", (type, date, from, to) => {
    expect(periodContaining(cycleOf(type, date), date)).toEqual({ from, to });
  });

  it.each([
    ["2021-01-10", "2021-01-10", "2021-02-09"],
    ["2021-02-08", "2021-01-10", "2021-02-09"],
    ["2021-02-09", "2021-02-09", "2021-03-11"],
    ["2021-01-09", "2020-12-11", "2021-01-10"],
  ])("of thirty days from 2021-01-10: %s lies in [%s, %s)", (date, from, to) => {
    expect(periodContaining({ type: "THIRTY_DAYS", anchor: "2021-01-10" }, date)).toEqual({ from, to });
  });

  const days: Record<BillingPeriodType, readonly number[]> = {
    DAILY: [1],
    WEEKLY: [7],
    SEMI_MONTHLY: [13, 14, 15, 16],
    MONTHLY: [28, 29, 30, 31],
    MONTHLY_ANNIVERSARY: [28, 29, 30, 31],
    THIRTY_DAYS: [30],
    QUARTERLY: [90, 91, 92],
    YEARLY: [365, 366],
  };

  it("follow each other without gap or overlap, contain their days, and are as long as their type says", () => {
    const dates = fc.nat({ max: 83_000 }).map((count) => addDays(FIRST_DATE, count));
    fc.assert(
      fc.property(fc.constantFrom(...billingPeriodTypes), dates, dates, (type, anchor, date) => {
        const cycle = cycleOf(type, anchor);
        const period = periodContaining(cycle, date);
        expect(period.from <= date && date < period.to).toBe(true);
        expect(periodContaining(cycle, period.to).from).toBe(period.to);
        expect(periodContaining(cycle, addDays(period.from, -1)).to).toBe(period.from);
        expect(days[type]).toContain(daysBetween(period.from, period.to));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("n periods after a start", () => {
  it.each<[BillingPeriodType, string, number, string]>([
    ["DAILY", "2021-02-27", 3, "2021-03-02"],
    ["WEEKLY", "2021-04-10", 24, "2021-09-25"],
    ["SEMI_MONTHLY", "2021-01-31", 1, "2021-02-16"],
    ["SEMI_MONTHLY", "2021-01-31", 2, "2021-02-28"],
    ["SEMI_MONTHLY", "2021-01-31", 3, "2021-03-16"],
    ["SEMI_MONTHLY", "2021-01-31", 4, "2021-03-31"],
    ["SEMI_MONTHLY", "2021-01-15", 3, "2021-02-28"],
    ["SEMI_MONTHLY", "2020-01-15", 3, "2020-02-29"],
    ["SEMI_MONTHLY", "2021-01-14", 3, "2021-02-28"],
    ["SEMI_MONTHLY", "2021-01-13", 3, "2021-02-28"],
    ["SEMI_MONTHLY", "2021-01-12", 3, "2021-02-27"],
    ["SEMI_MONTHLY", "2021-01-15", 1, "2021-01-30"],
    ["SEMI_MONTHLY", "2021-01-16", 1, "2021-02-01"],
    ["SEMI_MONTHLY", "2021-01-01", 1, "2021-01-16"],
    ["SEMI_MONTHLY", "2021-01-16", 2, "2021-02-16"],
    ["SEMI_MONTHLY", "2021-12-30", 1, "2022-01-15"],
    ["SEMI_MONTHLY", "2021-01-01", 24, "2022-01-01"],
    ["THIRTY_DAYS", "2021-01-20", 2, "2021-03-21"],
    ["QUARTERLY", "2021-11-30", 1, "2022-02-28"],
    ["QUARTERLY", "2021-11-30", 2, "2022-05-30"],
    ["YEARLY", "2020-02-29", 1, "2021-02-28"],
    ["YEARLY", "2020-02-29", 4, "2024-02-29"],
  ])("of %s: %s and %d more is %s", (type, start, count, end) => {
    expect(periodsAfter(type, start, count)).toBe(end);
  });

  it("of days and weeks are counted in days; of half-months an even number is months", () => {
    const dates = fc.nat({ max: 60_000 }).map((count) => addDays(FIRST_DATE, count));
    fc.assert(
      fc.property(dates, fc.nat({ max: 400 }), (start, count) => {
        for (const [type, length] of [
          ["DAILY", 1],
          ["WEEKLY", 7],
          ["THIRTY_DAYS", 30],
        ] as const) {
          expect(daysBetween(start, periodsAfter(type, start, count))).toBe(length * count);
        }
        const inMonths = [
          ["SEMI_MONTHLY", 2 * count],
          ["QUARTERLY", count],
          ["YEARLY", count],
        ] as const;
        const months = [count, 3 * count, 12 * count];
        inMonths.forEach(([type, periods], index) => {
          expect(periodsAfter(type, start, periods)).toBe(periodsAfter("MONTHLY", start, months[index] ?? 0));
        });
      }),
    );
  });

  it("of half-months grow with n, by 12 to 18 days, and reach the day of the month that the start gives", () => {
    const dates = fc.nat({ max: 60_000 }).map((count) => addDays(FIRST_DATE, count));
    fc.assert(
      fc.property(dates, fc.nat({ max: 100 }), (start, count) => {
        const after = (halves: number) => periodsAfter("SEMI_MONTHLY", start, halves);
        const step = daysBetween(after(count), after(count + 1));
        // The fewest: from February 16 to 28, after a start on the 31st.
        expect(step >= 12 && step <= 18).toBe(true);
        const odd = dayOfMonth(after(2 * count + 1));
        const day = dayOfMonth(start);
        const wanted = day <= 15 ? day + 15 : day - 15;
        // Short of it on the last day of a short month only.
        expect(odd === wanted || (odd < wanted && dayOfMonth(addDays(after(2 * count + 1), 1)) === 1)).toBe(true);
      }),
    );
  });
});
