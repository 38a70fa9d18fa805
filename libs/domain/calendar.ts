import { reject } from "./rejection.js";

/** A calendar date `YYYY-MM-DD` in the customer's billing time zone. Dates compare as text. */
export type LocalDate = string;
/** An ISO 8601 instant in UTC, e.g. `2020-08-01T12:00:00.000Z`. */
export type Instant = string;
/** IANA time zone, e.g. `Europe/Berlin`. */
export type TimeZone = string;

/** Dates `[from, to)`: `from` is in it, `to` is not. */
export interface Interval {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The first and the last day of a period, both inclusive, as people read them. */
export interface PeriodDays {
  readonly from: LocalDate;
  readonly until: LocalDate;
}

const DAY = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Dates outside these years are refused as typing errors: time zones are not known for them. */
export const FIRST_DATE = "1970-01-01";
export const LAST_DATE = "2199-12-31";

/**
 * Times of dates met so far, and back. A history of many years counts the days of the same pauses for every period:
 * reading and writing their dates took more than half of a close. There are some 84,000 dates at most.
 */
const times = new Map<LocalDate, number>();
const dates = new Map<number, LocalDate>();

const epoch = (date: LocalDate): number => {
  const known = times.get(date);
  if (known !== undefined) return known;
  const time = Date.parse(`${date}T00:00:00Z`);
  // What is no date is asked about once, before it is refused.
  const inRange = date >= FIRST_DATE && date <= LAST_DATE;
  if (inRange && !Number.isNaN(time) && toText(time) === date) times.set(date, time);
  return time;
};

const text = (time: number): LocalDate => {
  const known = dates.get(time);
  if (known !== undefined) return known;
  const date = toText(time);
  if (time % DAY === 0 && date >= FIRST_DATE && date <= LAST_DATE) dates.set(time, date);
  return date;
};

const toText = (time: number): LocalDate => new Date(time).toISOString().slice(0, 10);

/** True for a date of the calendar (no February 30th) between 1970 and 2199. */
export const isLocalDate = (value: string): boolean => {
  if (!DATE.test(value) || value < FIRST_DATE || value > LAST_DATE) return false;
  const time = epoch(value);
  return !Number.isNaN(time) && text(time) === value;
};

/** @throws Rejection VALIDATION_FAILED when it is no date of the calendar */
export const parseDate = (value: string, field?: string): LocalDate => {
  if (isLocalDate(value)) return value;
  throw reject(
    "VALIDATION_FAILED",
    `"${value}" is not a date such as 2020-08-01.`,
    field === undefined ? {} : { field },
  );
};

export const addDays = (date: LocalDate, days: number): LocalDate => text(epoch(date) + days * DAY);

/** Days from `from` to `to`: 31 from January 1st to February 1st. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => (epoch(to) - epoch(from)) / DAY;

/** The day of the month, 1 to 31. */
export const dayOfMonth = (date: LocalDate): number => new Date(epoch(date)).getUTCDate();

/** The month of the year, 1 to 12. */
export const monthOfYear = (date: LocalDate): number => new Date(epoch(date)).getUTCMonth() + 1;

/** n months after an anchor, clamped to short months; always from the anchor, never chained (docs/rules.md#dates). */
export const addMonths = (anchor: LocalDate, months: number): LocalDate => {
  const date = new Date(epoch(anchor));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  return text(Math.min(Date.UTC(year, month, date.getUTCDate()), Date.UTC(year, month + 1, 0)));
};

export const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
export const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** The earlier of two days, of which the first may not be known yet: for `reduce`. */
export const earliest = (known: LocalDate | null, date: LocalDate): LocalDate =>
  known === null ? date : earlier(known, date);

export const days = (interval: Interval): number => Math.max(0, daysBetween(interval.from, interval.to));

/** @param interval not empty */
export const inclusive = ({ from, to }: Interval): PeriodDays => ({ from, until: addDays(to, -1) });

/** The days of a period as code counts them: the opposite of {@link inclusive}. */
export const halfOpen = ({ from, until }: PeriodDays): Interval => ({ from, to: addDays(until, 1) });

/** The days that two intervals share; null where they share none. */
export const intersect = (a: Interval, b: Interval): Interval | null => {
  const shared = { from: later(a.from, b.from), to: earlier(a.to, b.to) };
  return shared.from < shared.to ? shared : null;
};

/** First day of the month of a date. */
export const firstOfMonth = (date: LocalDate): LocalDate => `${date.slice(0, 7)}-01`;

const formatters = new Map<TimeZone, Intl.DateTimeFormat>();

const formatter = (zone: TimeZone): Intl.DateTimeFormat => {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(zone, found);
  }
  return found;
};

/** True for an IANA time zone that this runtime knows (`Europe/Berlin`, `UTC`); offsets such as `+02:00` are none. */
export const isTimeZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
};

/** The last answer of each time zone: one moment is asked about for many customers, one after the other. */
const answered = new Map<TimeZone, { readonly instant: Instant; readonly date: LocalDate }>();

/** The calendar date of an instant in a time zone. */
export const dateOf = (instant: Instant, zone: TimeZone): LocalDate => {
  if (zone === "UTC") return text(Math.floor(Date.parse(instant) / DAY) * DAY);
  const last = answered.get(zone);
  if (last?.instant === instant) return last.date;
  const date = dateAt(Date.parse(instant), zone);
  answered.set(zone, { instant, date });
  return date;
};

const dateAt = (time: number, zone: TimeZone): LocalDate => {
  // Three times as fast as its parts, where it is written as we write dates.
  const formatted = formatter(zone).format(time);
  if (DATE.test(formatted)) return formatted;
  const parts = formatter(zone).formatToParts(time);
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
};

/**
 * The first instant of a date in a time zone. Where clocks skip midnight it is the first moment that exists; where a
 * whole date was skipped (Pacific/Apia, 2011-12-30) it is the start of the next one.
 */
export const startOfDay = (date: LocalDate, zone: TimeZone): Instant => {
  if (zone === "UTC") return new Date(epoch(date)).toISOString();
  // Midnight by the offset of the day before, unless clocks change around it.
  const guess = epoch(date) - offsetAt(epoch(date) - DAY, zone);
  if (dateAt(guess, zone) >= date && dateAt(guess - 1000, zone) < date) return new Date(guess).toISOString();
  // A zone is at most 26 hours from UTC in either direction: within that window the local date only grows. (Until 2010
  // four zones, St. John's among them, turned clocks back just after midnight: there, either start of the date is found.)
  let before = epoch(date) - 26 * 3_600_000;
  let reached = epoch(date) + 50 * 3_600_000;
  while (reached - before > 1000) {
    const middle = before + Math.floor((reached - before) / 2000) * 1000;
    if (dateAt(middle, zone) >= date) reached = middle;
    else before = middle;
  }
  return new Date(reached).toISOString();
};

/** Noon of a date in a time zone: the moment of a scenario's steps. For a skipped date it is noon of the next one. */
export const noon = (date: LocalDate, zone: TimeZone): Instant => atTime(date, 12 * 3600, zone);

/**
 * A time of a date by the clocks of a zone: of one that they show twice the first, of one that they skip as much later
 * as they are put forward. For a skipped date it is that of the next one.
 * @param seconds since midnight, as clocks show them
 */
export const atTime = (date: LocalDate, seconds: number, zone: TimeZone): Instant => {
  if (zone === "UTC") return new Date(epoch(date) + seconds * 1000).toISOString();
  const start = startOfDay(date, zone);
  const wanted = epoch(dateOf(start, zone)) + seconds * 1000;
  // The offset then may differ from midnight's: read the wall clock there and correct by the difference.
  const guess = Date.parse(start) + (wanted - wallClock(Date.parse(start), zone));
  const corrected = guess + (wanted - wallClock(guess, zone));
  return new Date(wallClock(corrected, zone) === wanted ? corrected : guess).toISOString();
};

/** By how much the clocks of a zone are ahead of UTC, in milliseconds. */
const offsetAt = (time: number, zone: TimeZone): number => wallClock(time, zone) - time;

const clocks = new Map<TimeZone, Intl.DateTimeFormat>();

const wallClock = (time: number, zone: TimeZone): number => {
  let clock = clocks.get(zone);
  if (!clock) {
    const [numeric, twoDigits] = ["numeric", "2-digit"] as const;
    clock = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: numeric,
      month: twoDigits,
      day: twoDigits,
      hour: twoDigits,
      minute: twoDigits,
      second: twoDigits,
    });
    clocks.set(zone, clock);
  }
  const parts = clock.formatToParts(time);
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? "";
  return Date.parse(
    `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}Z`,
  );
};
