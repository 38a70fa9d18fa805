import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BillingCycle, periodContaining, periodsAfter } from "./billing-periods.js";
import { addDays, dayOfMonth, daysBetween } from "./calendar.js";

/** January has every day: 2020-01-31 anchors periods on the 31st. */
const from = (anniversaryDay: number): BillingCycle => ({
  type: "MONTHLY_ANNIVERSARY",
  anchor: addDays("2020-01-01", anniversaryDay - 1),
});

describe("periods from an anniversary", () => {
  it.each([
    [15, "2020-08-14", "2020-07-15", "2020-08-15"],
    [15, "2020-08-15", "2020-08-15", "2020-09-15"],
    [1, "2020-08-31", "2020-08-01", "2020-09-01"],
    [15, "2020-01-01", "2019-12-15", "2020-01-15"],
    [31, "2020-12-31", "2020-12-31", "2021-01-31"],
  ])("of day %i: %s lies in [%s, %s)", (day, date, first, to) => {
    expect(periodContaining(from(day), date)).toEqual({ from: first, to });
  });

  it.each([
    [29, ["2021-01-29", "2021-02-28", "2021-03-29", "2021-04-29"]],
    [30, ["2021-01-30", "2021-02-28", "2021-03-30", "2021-04-30"]],
    [31, ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30", "2021-05-31"]],
    [29, ["2020-01-29", "2020-02-29", "2020-03-29"]],
    [31, ["2020-01-31", "2020-02-29", "2020-03-31"]],
    [30, ["2100-01-30", "2100-02-28", "2100-03-30"]],
  ])("of day %i are clamped to short months, and never stay so: %s", (day, firsts) => {
    firsts.slice(0, -1).forEach((first, index) => {
      const period = { from: first, to: firsts[index + 1] };
      expect(periodContaining(from(day), first)).toEqual(period);
      expect(periodContaining(from(day), addDays(firsts[index + 1] ?? "", -1))).toEqual(period);
    });
  });

  it("n of them after a start are n months, whatever the anniversary", () => {
    expect(periodsAfter("MONTHLY_ANNIVERSARY", "2020-01-31", 1)).toBe("2020-02-29");
    expect(periodsAfter("MONTHLY_ANNIVERSARY", "2020-01-31", 2)).toBe("2020-03-31");
    expect(periodsAfter("MONTHLY_ANNIVERSARY", "2020-08-15", 24)).toBe("2022-08-15");
  });

  it("follow each other without gap or overlap, contain their days, and begin on their day or a month's last", () => {
    const dates = fc.nat({ max: 60_000 }).map((count) => addDays("2000-01-01", count));
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 31 }), (date, day) => {
        const period = periodContaining(from(day), date);
        expect(period.from <= date && date < period.to).toBe(true);
        expect(periodContaining(from(day), period.to).from).toBe(period.to);
        expect(periodContaining(from(day), addDays(period.from, -1)).to).toBe(period.from);
        const first = dayOfMonth(period.from);
        expect(first === day || (first < day && dayOfMonth(addDays(period.from, 1)) === 1)).toBe(true);
        const length = daysBetween(period.from, period.to);
        expect(length >= 28 && length <= 31).toBe(true);
      }),
    );
  });
});
