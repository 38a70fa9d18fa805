import { dayInWords } from "./day-in-words.js";
import { dateShown } from "./day-text.js";

/** How a user wants dates written and types them: as the language does, or in one of the fixed ways. */
export type DateFormat = "language" | "iso" | "dotted" | "us";

export const DATE_FORMATS: readonly DateFormat[] = ["language", "iso", "dotted", "us"];

/** A day as the user wants it. @param day ISO date */
export const dayShown = (day: string, format: DateFormat, locale: string): string => {
  const [year = "", month = "", dayOfMonth = ""] = day.split("-");
  switch (format) {
    case "iso":
      return day;
    case "dotted":
      return `${dayOfMonth}.${month}.${year}`;
    case "us":
      return `${month}/${dayOfMonth}/${year}`;
    case "language":
      return dateShown(day, locale);
  }
};

/** A point in time in a zone, which it names: `31.10.2020 14:05 Europe/Berlin`. @param instant RFC 3339 */
export const instantShown = (instant: string, zone: string, format: DateFormat, locale: string): string =>
  `${momentShown(instant, zone, format, locale)} ${zone}`;

/** A point in time in a zone, which is named elsewhere: `31.10.2020 14:05`. @param instant RFC 3339 */
export const momentShown = (instant: string, zone: string, format: DateFormat, locale: string): string => {
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  return `${dayShown(dayIn(zone, instant), format, locale)} ${time.format(new Date(instant))}`;
};

/** The ISO date that it is in a zone at a point in time. */
export const dayIn = (zone: string, instant: string): string => {
  const parts = new Intl.DateTimeFormat("en-US-u-ca-iso8601-nu-latn", {
    timeZone: zone,
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month").padStart(2, "0")}-${part("day").padStart(2, "0")}`;
};

type Unit = "day" | "month" | "year";

/** In which order a user types the parts of a date, and what stands between them. */
export interface Pattern {
  readonly order: readonly Unit[];
  readonly between: string;
}

/** A pattern has digits only, however a language writes dates elsewhere. */
export const patternOf = (format: DateFormat, locale: string): Pattern => {
  if (format === "iso") return { order: ["year", "month", "day"], between: "-" };
  if (format === "dotted") return { order: ["day", "month", "year"], between: "." };
  if (format === "us") return { order: ["month", "day", "year"], between: "/" };
  const parts = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeZone: "UTC" }).formatToParts(0);
  const order = parts.flatMap(({ type }) => (type === "day" || type === "month" || type === "year" ? [type] : []));
  return { order, between: parts.find(({ type }) => type === "literal")?.value.trim() || "/" };
};

/** What a reader is told to type: `dd.mm.yyyy`, in Italian `gg.mm.aaaa`. */
export const patternShown = ({ order, between }: Pattern, letters: Readonly<Record<Unit, string>>): string =>
  order.map((unit) => letters[unit]).join(between);

/** A day as it is typed. @param day ISO date */
export const dayTyped = (day: string, { order, between }: Pattern): string => {
  const [year = "", month = "", dayOfMonth = ""] = day.split("-");
  const values = { year, month, day: dayOfMonth };
  return order.map((unit) => values[unit]).join(between);
};

/** The ISO date that somebody typed, by his pattern, as ISO or with the month as a word; null: it is no day. */
export const dayOf = (typed: string, { order }: Pattern): string | null => {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return calendarDay(iso[1], iso[2], iso[3]);
  const worded = dayInWords(text);
  if (worded) return calendarDay(...worded);
  const numbers = /^(\d{1,4})\D+(\d{1,4})\D+(\d{1,4})$/.exec(text)?.slice(1);
  if (!numbers) return null;
  const of = (unit: Unit) => numbers[order.indexOf(unit)];
  const year = of("year") ?? "";
  return calendarDay(year.length === 2 ? `20${year}` : year, of("month"), of("day"));
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const calendarDay = (year = "", month = "", day = ""): string | null => {
  const [y, m, d] = [Number.parseInt(year, 10), Number.parseInt(month, 10), Number.parseInt(day, 10)];
  if (year.length !== 4 || !(m >= 1 && m <= 12)) return null;
  const isLeap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const last = m === 2 && isLeap ? 29 : (DAYS[m - 1] ?? 0);
  return d >= 1 && d <= last ? `${year}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}` : null;
};
