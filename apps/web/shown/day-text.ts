import { shortMonths } from "./month-names.js";

/** A part of a date as a language writes it: its day, month or year, or what stands between. */
type Part = { readonly type: "day" | "month" | "year" } | { readonly type: "text"; readonly value: string };

interface Pattern {
  readonly parts: readonly Part[];
  /** January first. */
  readonly months: readonly string[];
}

const patterns = new Map<string, Pattern>();

/**
 * A day as a language writes it, e.g. `31 Oct 2020`, `31 ott 2020`, `Oct 31, 2020`.
 * @param day ISO date: it is text from the API to the page, and no zone can move it
 */
export const dateShown = (day: string, locale: string): string => {
  const [year = "", month = "", dayOfMonth = ""] = day.split("-");
  const pattern = patterns.get(locale) ?? patternOf(locale);
  patterns.set(locale, pattern);
  const values = {
    year,
    month: pattern.months[Number.parseInt(month, 10) - 1] ?? month,
    day: dayOfMonth.replace(/^0/, ""),
  };
  return pattern.parts.map((part) => (part.type === "text" ? part.value : values[part.type])).join("");
};

/** How a language writes dates, read off made-up ones in UTC. */
const patternOf = (locale: string): Pattern => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const parts = format
    .formatToParts(Date.UTC(2020, 0, 15))
    .map(({ type, value }): Part =>
      type === "day" || type === "month" || type === "year" ? { type } : { type: "text", value },
    );
  return { parts, months: shortMonths(locale) };
};
