import { type Instant, isLocalDate } from "./calendar.js";

/** ISO 8601 with an offset from UTC, as RFC 3339 has it. */
const FORM = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The day as it is written, where the text has the form of an instant; undefined: it has not. */
export const writtenDay = (text: string): string | undefined => FORM.exec(text)?.[1];

/**
 * An instant as people and files write it, in the one form in which instants are compared: with milliseconds and `Z`.
 * Undefined: it has another form, there is no such day or time, or it lies out of the range of the calendar.
 */
export const instantOf = (text: string): Instant | undefined => {
  const day = writtenDay(text);
  // 24:00 is another day's 0:00.
  if (day === undefined || !isLocalDate(day) || text.startsWith("T24", day.length)) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  const instant = new Date(time).toISOString();
  // An offset can lead out of the range.
  return isLocalDate(instant.slice(0, 10)) ? instant : undefined;
};
