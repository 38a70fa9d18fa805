import { digitsAt, HYPHEN, NOT_NATIVE, POINT, writeInt32, writeInt64 } from "./writer.js";

/** Days before each month of a year, without a leap day. */
const BEFORE_MONTH: readonly number[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
/** Days from the first of January of the year 1 to that of 2000, from which PostgreSQL counts. */
const EPOCH = 730_119;

/** Days since the beginning of 2000 of a text that begins with `YYYY-MM-DD`; NaN: it does not, or there is no such day. */
const daysOf = (text: string): number => {
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  if (text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return NaN;
  if (year < 1 || month < 1 || month > 12 || day < 1) return NaN;
  const leapDay = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  const before = BEFORE_MONTH[month - 1] ?? 0;
  const after = BEFORE_MONTH[month] ?? 0;
  if (day > after - before + (month === 2 ? leapDay : 0)) return NaN;
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return past * 365 + leapDays + before + (month > 2 ? leapDay : 0) + day - 1 - EPOCH;
};

const DATE_CHARACTERS = "YYYY-MM-DD".length;

/** `YYYY-MM-DD`, from the year 1 on. */
export const writeDate = (buffer: Buffer, at: number, value: unknown): number => {
  const days = typeof value === "string" && value.length === DATE_CHARACTERS ? daysOf(value) : NaN;
  return Number.isNaN(days) ? NOT_NATIVE : writeInt32(buffer, at, days);
};

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** Milliseconds from 1970 to 2000. */
const EPOCH_MS = 946_684_800_000;
/** Milliseconds before and after 2000 whose microseconds a double holds exactly: 285 years. */
const EXACT_MS = Math.floor(Number.MAX_SAFE_INTEGER / 1_000);
const [T, COLON, Z] = ["T".charCodeAt(0), ":".charCodeAt(0), "Z".charCodeAt(0)];
const [WITHOUT_MS, WITH_MS] = ["YYYY-MM-DDTHH:MM:SSZ".length, "YYYY-MM-DDTHH:MM:SS.mmmZ".length];

/** Milliseconds since the beginning of 2000 of `YYYY-MM-DDTHH:MM:SSZ`, with or without `.mmm`; NaN: it is not that. */
const millisecondsOf = (text: string): number => {
  const { length } = text;
  if ((length !== WITHOUT_MS && length !== WITH_MS) || text.charCodeAt(length - 1) !== Z) return NaN;
  if (text.charCodeAt(10) !== T || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return NaN;
  if (length === WITH_MS && text.charCodeAt(19) !== POINT) return NaN;
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  const second = digitsAt(text, 17, 2);
  const milliseconds = length === WITH_MS ? digitsAt(text, 20, 3) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || milliseconds < 0) return NaN;
  return daysOf(text) * DAY + ((hour * 60 + minute) * 60 + second) * SECOND + milliseconds;
};

/** An instant in UTC, or a `Date`. */
export const writeInstant = (buffer: Buffer, at: number, value: unknown): number => {
  let milliseconds = NaN;
  if (typeof value === "string") milliseconds = millisecondsOf(value);
  else if (value instanceof Date) milliseconds = value.getTime() - EPOCH_MS;
  const isExact = milliseconds >= -EXACT_MS && milliseconds <= EXACT_MS;
  return isExact ? writeInt64(buffer, at, milliseconds * 1_000) : NOT_NATIVE;
};
