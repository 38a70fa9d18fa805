import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodContaining, periodsAfter } from "./billing-periods.js";
import { addDays, dateOf, daysBetween, noon, startOfDay } from "./calendar.js";
import { MONTHLY } from "./spec-support/history.js";

const ZONES = [
  "UTC",
  "America/Sao_Paulo",
  "Pacific/Apia",
  "Asia/Beirut",
  "America/Santiago",
  "Africa/Cairo",
  "America/Havana",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Asia/Pyongyang",
  "Australia/Lord_Howe",
  "Europe/Berlin",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "Etc/GMT+12",
];

const zones = fc.constantFrom(...ZONES);
const FIRST = "2011-01-01";
const dates = fc.nat({ max: 9000 }).map((count) => addDays(FIRST, count));
const skipped = (date: string, zone: string) => date === "2011-12-30" && zone === "Pacific/Apia";

describe("periods after an anchor", () => {
  it("keep its day, or the last one of a shorter month", () => {
    fc.assert(
      fc.property(dates, fc.nat({ max: 1200 }), (anchor, count) => {
        const [year, month, day] = anchor.split("-").map((part) => parseInt(part, 10)) as [number, number, number];
        const index = year * 12 + month - 1 + count;
        const [wantedYear, wantedMonth] = [Math.floor(index / 12), (index % 12) + 1];
        const last = new Date(Date.UTC(wantedYear, wantedMonth, 0)).getUTCDate();
        const expected = new Date(Date.UTC(wantedYear, wantedMonth - 1, Math.min(day, last)))
          .toISOString()
          .slice(0, 10);
        expect(periodsAfter("MONTHLY", anchor, count)).toBe(expected);
      }),
    );
  });

  it("follow each other without gap or overlap, and contain their days", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const period = periodContaining(MONTHLY, date);
        expect(period.from <= date && date < period.to).toBe(true);
        expect(periodContaining(MONTHLY, period.to).from).toBe(period.to);
        expect(periodContaining(MONTHLY, addDays(period.from, -1)).to).toBe(period.from);
      }),
    );
  });

  it("adding days is undone by counting them", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, count) => {
        expect(daysBetween(date, addDays(date, count))).toBe(count);
      }),
    );
  });
});

describe("days and instants", () => {
  it("a day begins with its first instant, and no instant before is on it", () => {
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        fc.pre(!skipped(date, zone));
        const start = startOfDay(date, zone);
        expect(dateOf(start, zone)).toBe(date);
        expect(dateOf(new Date(Date.parse(start) - 1).toISOString(), zone) < date).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("at noon the wall says twelve, on that date", () => {
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        fc.pre(!skipped(date, zone));
        const wall = new Date(noon(date, zone)).toLocaleString("sv-SE", { timeZone: zone });
        expect(wall).toBe(`${date} 12:00:00`);
      }),
      { numRuns: 400 },
    );
  });

  it("every instant lies in the day of its date", () => {
    fc.assert(
      fc.property(dates, fc.nat({ max: 86_399_999 }), zones, (day, milliseconds, zone) => {
        const instant = new Date(Date.parse(`${day}T00:00:00Z`) + milliseconds).toISOString();
        const date = dateOf(instant, zone);
        expect(startOfDay(date, zone) <= instant).toBe(true);
        expect(instant < startOfDay(addDays(date, 1), zone)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each(ZONES)("the days of %s follow each other from 2011 to 2013 and from 2017 to 2019", (zone) => {
    for (const first of ["2011-12-15", "2017-01-01", "2019-03-01", "2023-03-20"]) {
      let before = startOfDay(first, zone);
      for (let count = 1; count <= 60; count += 1) {
        const next = startOfDay(addDays(first, count), zone);
        expect(next > before || skipped(addDays(first, count - 1), zone)).toBe(true);
        before = next;
      }
    }
  });
});
