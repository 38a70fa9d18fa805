/**
 * Business days as numbers, so that drawings can measure them: days since 1970-01-01 in the Gregorian calendar. Plain
 * arithmetic: no `Date`, so no zone moves a day. The text is ISO (`2020-10-31`), as in the API.
 */

const DAYS_OF_400_YEARS = 146_097;

/** Months are counted from March on, so that the leap day is a year's last. */
const fromMarch = (month: number): number => (month + 9) % 12;

/** The day's number, e.g. 0 for `1970-01-01`. @throws RangeError for a text that is no ISO date */
export const dayNumber = (text: string): number => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (!year || !month || !day) throw new RangeError(`Not a day: ${text}`);
  const ofMonth = Number(month);
  const ofYear = Number(year) - (ofMonth <= 2 ? 1 : 0);
  const era = Math.floor(ofYear / 400);
  const inEra = ofYear - era * 400;
  const inYear = Math.floor((153 * fromMarch(ofMonth) + 2) / 5) + Number(day) - 1;
  return era * DAYS_OF_400_YEARS + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear - 719_468;
};

/** The ISO text of a day's number. */
export const dayText = (number: number): string => {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / DAYS_OF_400_YEARS);
  const inEra = shifted - era * DAYS_OF_400_YEARS;
  const year = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * month + 2) / 5) + 1;
  const ofMonth = month < 10 ? month + 3 : month - 9;
  return iso(era * 400 + year + (ofMonth <= 2 ? 1 : 0), ofMonth, day);
};

/** So many days later; earlier if negative. */
export const addDays = (text: string, days: number): string => dayText(dayNumber(text) + days);

/** So many months later, clamped to the end of short months: Jan 31 + 1 is Feb 28 or 29. */
export const addMonths = (text: string, months: number): string => {
  const { year, month, day } = partsOf(text);
  const first = firstOfMonth(year * 12 + month - 1 + months);
  const next = firstOfMonth(year * 12 + month + months);
  return addDays(first, Math.min(day, dayNumber(next) - dayNumber(first)) - 1);
};

/** Year, month (1 to 12) and day of the month. */
export const partsOf = (text: string): { readonly year: number; readonly month: number; readonly day: number } => ({
  year: Number(text.slice(0, 4)),
  month: Number(text.slice(5, 7)),
  day: Number(text.slice(8, 10)),
});

/** First day of a month counted from year 0: 12 times the year, plus 0 for January. */
export const firstOfMonth = (count: number): string => iso(Math.floor(count / 12), (((count % 12) + 12) % 12) + 1, 1);

/** The earlier day of two. ISO texts of days are in the order of the days. */
export const earlier = (one: string, other: string): string => (one < other ? one : other);
/** The later day of two. */
export const later = (one: string, other: string): string => (one > other ? one : other);

const iso = (year: number, month: number, day: number): string =>
  [String(year).padStart(4, "0"), ...[month, day].map((part) => String(part).padStart(2, "0"))].join("-");
