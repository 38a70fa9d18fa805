import { type BillingPeriod } from "../story.js";

/** Days are whole numbers: days since 1970-01-01. */
export type Day = number;

interface Civil {
  year: number;
  month: number;
  day: number;
}

/** Half-open: `to` is the first day of the next period, and the date of the invoice. */
export interface Period {
  from: Day;
  to: Day;
}

/** How a customer's periods are cut. */
export interface Cutting {
  type: BillingPeriod;
  /** Of MONTHLY_ANNIVERSARY: the day of the month on which periods begin. */
  anniversaryDay: number;
  /** Of THIRTY_DAYS: a day on which a period begins. */
  anchor: Day;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

/** Years counted from March, so that the leap day is a year's last (the common "days from civil" method). */
function fromCivil({ year, month, day }: Civil): Day {
  const y = month > 2 ? year : year - 1;
  const fromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468;
}

export function toCivil(n: Day): Civil {
  // A guess that is at most a year off, put right by comparing.
  let year = 1970 + Math.floor(n / 366);
  while (fromCivil({ year: year + 1, month: 1, day: 1 }) <= n) year += 1;
  let rest = n - fromCivil({ year, month: 1, day: 1 });
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  return { year, month, day: rest + 1 };
}

export function dayOf(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split("-").map((part) => parseInt(part, 10));
  return fromCivil({ year, month, day });
}

export function textOf(n: Day): string {
  const { year, month, day } = toCivil(n);
  const two = (part: number): string => part.toString().padStart(2, "0");
  return `${year.toString().padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** Months are counted through from year 0. The day is kept, or the month's last where it has no such day. */
function inMonth(months: number, day: number): Day {
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  return fromCivil({ year, month, day: Math.min(day, daysInMonth(year, month)) });
}

const monthsOf = ({ year, month }: Civil): number => year * 12 + (month - 1);

/** Always from the anchor, never chained. */
const addMonths = (anchor: Day, n: number): Day => inMonth(monthsOf(toCivil(anchor)) + n, toCivil(anchor).day);

/** Half months: up to the 15th a day becomes 15 more of its month, later 15 less of the next; clamped at the end. */
function addHalfMonths(anchor: Day, n: number): Day {
  const civil = toCivil(anchor);
  const months = monthsOf(civil) + Math.floor(n / 2);
  if (n % 2 === 0) return inMonth(months, civil.day);
  return civil.day <= 15 ? inMonth(months, civil.day + 15) : inMonth(months + 1, civil.day - 15);
}

/** n billing periods after a day, as discount periods are counted. */
export function addPeriods(anchor: Day, n: number, type: BillingPeriod): Day {
  switch (type) {
    case "DAILY":
      return anchor + n;
    case "WEEKLY":
      return anchor + 7 * n;
    case "SEMI_MONTHLY":
      return addHalfMonths(anchor, n);
    case "MONTHLY":
    case "MONTHLY_ANNIVERSARY":
      return addMonths(anchor, n);
    case "THIRTY_DAYS":
      return anchor + 30 * n;
    case "QUARTERLY":
      return addMonths(anchor, 3 * n);
    case "YEARLY":
      return addMonths(anchor, 12 * n);
  }
}

/** The whole period that contains a day, whatever was cut off of it. */
export function naturalPeriod(day: Day, { type, anniversaryDay, anchor }: Cutting): Period {
  const civil = toCivil(day);
  const month = monthsOf(civil);
  const span = (months: number, first: number): Period => ({ from: inMonth(first, 1), to: inMonth(first + months, 1) });
  switch (type) {
    case "DAILY":
      return { from: day, to: day + 1 };
    case "WEEKLY": {
      // 1970-01-01 was a Thursday.
      const monday = day - ((((day + 3) % 7) + 7) % 7);
      return { from: monday, to: monday + 7 };
    }
    case "SEMI_MONTHLY":
      return civil.day <= 15
        ? { from: inMonth(month, 1), to: inMonth(month, 16) }
        : { from: inMonth(month, 16), to: inMonth(month + 1, 1) };
    case "MONTHLY":
      return span(1, month);
    case "MONTHLY_ANNIVERSARY": {
      const begins = inMonth(month, anniversaryDay);
      return day >= begins
        ? { from: begins, to: inMonth(month + 1, anniversaryDay) }
        : { from: inMonth(month - 1, anniversaryDay), to: begins };
    }
    case "THIRTY_DAYS": {
      const from = anchor + 30 * Math.floor((day - anchor) / 30);
      return { from, to: from + 30 };
    }
    case "QUARTERLY":
      return span(3, month - (month % 3));
    case "YEARLY":
      return span(12, month - (month % 12));
  }
}
