import { describe, expect, it } from "vitest";
import { periodContaining, periodsAfter } from "./billing-periods.js";
import { addDays, addMonths, days, daysBetween, intersect, isLocalDate, parseDate } from "./calendar.js";
import { rejectionOf } from "./spec-support/given.js";
import { MONTHLY } from "./spec-support/history.js";

describe("dates", () => {
  it.each(["1970-01-01", "2020-02-29", "2199-12-31"])("%s is one", (date) => {
    expect(parseDate(date)).toBe(date);
  });

  it.each([
    "1969-12-31",
    "2200-01-01",
    "2021-02-29",
    "2020-02-30",
    "2020-13-01",
    "2020-1-1",
    "2020-01-01T00:00",
    "01.02.2020",
    "",
  ])("%j is none", (date) => {
    expect(isLocalDate(date)).toBe(false);
    expect(rejectionOf(() => parseDate(date, "from"))).toEqual({ code: "VALIDATION_FAILED", field: "from" });
  });

  it("add up over months, leap years and centuries", () => {
    expect(addDays("2020-02-28", 1)).toBe("2020-02-29");
    expect(addDays("2021-02-28", 1)).toBe("2021-03-01");
    expect(addDays("2020-01-01", -1)).toBe("2019-12-31");
    expect(daysBetween("2020-02-01", "2020-03-01")).toBe(29);
    expect(daysBetween("2100-02-01", "2100-03-01")).toBe(28);
    expect(daysBetween("2020-03-01", "2020-02-01")).toBe(-29);
  });
});

describe("intervals", () => {
  const july = { from: "2020-07-01", to: "2020-08-01" };

  it("count the days up to, not with, their end", () => {
    expect(days(july)).toBe(31);
    expect(days({ from: "2020-07-01", to: "2020-07-01" })).toBe(0);
    expect(days({ from: "2020-07-02", to: "2020-07-01" })).toBe(0);
  });

  it("share nothing where one ends on the day the other begins", () => {
    expect(intersect(july, { from: "2020-08-01", to: "2020-09-01" })).toBeNull();
    expect(intersect(july, { from: "2020-07-31", to: "2020-09-01" })).toEqual({ from: "2020-07-31", to: "2020-08-01" });
    expect(intersect({ from: "2020-06-01", to: "2020-07-02" }, july)).toEqual({ from: "2020-07-01", to: "2020-07-02" });
  });
});

describe("monthly periods", () => {
  it.each([
    ["2020-02-01", "2020-02-01", "2020-03-01"],
    ["2020-02-29", "2020-02-01", "2020-03-01"],
    ["2020-12-31", "2020-12-01", "2021-01-01"],
  ])("%s lies in [%s, %s)", (date, from, to) => {
    expect(periodContaining(MONTHLY, date)).toEqual({ from, to });
  });

  it.each([
    ["2020-01-31", 1, "2020-02-29"],
    ["2021-01-31", 1, "2021-02-28"],
    ["2020-01-31", 2, "2020-03-31"],
    ["2020-01-31", 3, "2020-04-30"],
    ["2019-03-01", 24, "2021-03-01"],
    ["2020-02-29", 12, "2021-02-28"],
    ["2020-02-29", 48, "2024-02-29"],
    ["2020-08-15", 24, "2022-08-15"],
    ["2020-12-31", 1200, "2120-12-31"],
  ])("%s and %d more is %s: from the anchor, clamped", (start, count, end) => {
    expect(periodsAfter("MONTHLY", start, count)).toBe(end);
    expect(addMonths(start, count)).toBe(end);
  });
});
