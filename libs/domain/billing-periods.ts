import {
  addDays,
  addMonths,
  dayOfMonth,
  daysBetween,
  earlier,
  firstOfMonth,
  type Interval,
  type LocalDate,
  monthOfYear,
} from "./calendar.js";

/** Every way in which the calendar is cut into billing periods. */
export const billingPeriodTypes = [
  "DAILY",
  "WEEKLY",
  "SEMI_MONTHLY",
  "MONTHLY",
  "MONTHLY_ANNIVERSARY",
  "THIRTY_DAYS",
  "QUARTERLY",
  "YEARLY",
] as const;
export type BillingPeriodType = (typeof billingPeriodTypes)[number];

/** How the calendar is cut into billing periods, by type. */
export type BillingCycle =
  | {
      readonly type: Exclude<BillingPeriodType, "MONTHLY_ANNIVERSARY" | "THIRTY_DAYS">;
      /** The calendar alone cuts these periods. */
      readonly anchor: null;
    }
  | {
      readonly type: "MONTHLY_ANNIVERSARY";
      /** A date on whose day of the month periods begin; where a month is shorter, on its last day. */
      readonly anchor: LocalDate;
    }
  | {
      readonly type: "THIRTY_DAYS";
      /** The first day of a period. */
      readonly anchor: LocalDate;
    };

const A_MONDAY = "1970-01-05";
const LAST_DAY_OF_FIRST_HALF = 15;

/** The day in the month that begins on a date, clamped to short months: day 31 is the 28th of a February. */
const dayIn = (month: LocalDate, day: number): LocalDate =>
  earlier(addDays(month, day - 1), addDays(addMonths(month, 1), -1));

/** The last date through a day that is the n-th of its month, 1 to 31. */
export const lastNthThrough = (n: number, through: LocalDate): LocalDate => {
  for (let month = firstOfMonth(through); ; month = addMonths(month, -1)) {
    const date = addDays(month, n - 1);
    if (date <= through && firstOfMonth(date) === month) return date;
  }
};

/**
 * The natural billing period of a cycle that contains the day, [from, to) (docs/rules.md#billing-periods). Where a
 * customer's cycle changes, only a part of it may be billed: `billingPeriodOf`.
 */
export const periodContaining = ({ type, anchor }: BillingCycle, date: LocalDate): Interval => {
  const month = firstOfMonth(date);
  switch (type) {
    case "DAILY":
      return { from: date, to: addDays(date, 1) };
    case "WEEKLY":
      return stretchContaining(A_MONDAY, 7, date);
    case "SEMI_MONTHLY": {
      const middle = addDays(month, LAST_DAY_OF_FIRST_HALF);
      return date < middle ? { from: month, to: middle } : { from: middle, to: addMonths(month, 1) };
    }
    case "MONTHLY":
      return { from: month, to: addMonths(month, 1) };
    case "MONTHLY_ANNIVERSARY": {
      const day = dayOfMonth(anchor);
      const first = dayIn(month, day) <= date ? month : addMonths(month, -1);
      return { from: dayIn(first, day), to: dayIn(addMonths(first, 1), day) };
    }
    case "THIRTY_DAYS":
      return stretchContaining(anchor, 30, date);
    case "QUARTERLY":
      return monthsFrom(addMonths(month, -((monthOfYear(date) - 1) % 3)), 3);
    case "YEARLY":
      return monthsFrom(addMonths(month, 1 - monthOfYear(date)), 12);
  }
};

const monthsFrom = (from: LocalDate, months: number): Interval => ({ from, to: addMonths(from, months) });

/** Of the stretches of equal length that follow each other, one of them from the anchor on, the one with the day. */
const stretchContaining = (anchor: LocalDate, length: number, date: LocalDate): Interval => {
  const from = addDays(anchor, Math.floor(daysBetween(anchor, date) / length) * length);
  return { from, to: addDays(from, length) };
};

/**
 * The day n billing periods after a start, always reckoned from the start: where a default discount period ends
 * (docs/rules.md#billing-periods).
 */
export const periodsAfter = (type: BillingPeriodType, start: LocalDate, periods: number): LocalDate => {
  switch (type) {
    case "DAILY":
      return addDays(start, periods);
    case "WEEKLY":
      return addDays(start, 7 * periods);
    case "SEMI_MONTHLY":
      return halfMonthsAfter(start, periods);
    case "MONTHLY":
    case "MONTHLY_ANNIVERSARY":
      return addMonths(start, periods);
    case "THIRTY_DAYS":
      return addDays(start, 30 * periods);
    case "QUARTERLY":
      return addMonths(start, 3 * periods);
    case "YEARLY":
      return addMonths(start, 12 * periods);
  }
};

/**
 * Half a month more is 15 days later in the same month for a start through the 15th, else 15 days earlier in the next
 * one; clamped to short months once, at the end. (2021: January 31 + 1 = February 16, January 15 + 3 = February 28.)
 */
const halfMonthsAfter = (start: LocalDate, halves: number): LocalDate => {
  if (halves % 2 === 0) return addMonths(start, halves / 2);
  const month = addMonths(firstOfMonth(start), (halves - 1) / 2);
  const day = dayOfMonth(start);
  return day <= LAST_DAY_OF_FIRST_HALF
    ? dayIn(month, day + LAST_DAY_OF_FIRST_HALF)
    : dayIn(addMonths(month, 1), day - LAST_DAY_OF_FIRST_HALF);
};
