import { tz } from "@date-fns/tz";
import { utc } from "@date-fns/utc";
import { format } from "date-fns/format";
import { enGB } from "date-fns/locale/en-GB";
import { it } from "date-fns/locale/it";
import { type Instant, type LocalDate, type TimeZone } from "#domain/calendar.js";
import { type DateFormat, type DatePatterns, datePatternsOf } from "#domain/date-format.js";
import { type Language } from "#domain/language.js";

const LOCALES = { EN: enGB, IT: it } as const;
const BY_LANGUAGE: DatePatterns = { date: "d MMMM yyyy", time: "HH:mm" };

/** A date as it is written to a customer: `31 October 2020`, `31.10.2020`. */
export const dateText = (date: LocalDate, dates: DateFormat, language: Language): string =>
  format(date, (datePatternsOf(dates) ?? BY_LANGUAGE).date, { in: utc, locale: LOCALES[language] });

/** An instant as date and time in a time zone: `31 October 2020 14:05`, `31.10.2020 14:05`, `10/31/2020 02:05 PM`. */
export const dateAndTimeText = (
  instant: Instant,
  timeZone: TimeZone,
  dates: DateFormat,
  language: Language,
): string => {
  const { date, time } = datePatternsOf(dates) ?? BY_LANGUAGE;
  // One after the other: letters between two patterns would be read as one.
  const written = (pattern: string) => format(instant, pattern, { in: tz(timeZone), locale: LOCALES[language] });
  return `${written(date)} ${written(time)}`;
};
