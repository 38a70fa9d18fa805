import { utc } from "@date-fns/utc";
import { format } from "date-fns/format";
import { enGB } from "date-fns/locale/en-GB";
import { it } from "date-fns/locale/it";
import { addDays, type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { type Language } from "#domain/language.js";
import { type Amount, type Currency } from "#domain/money.js";
import { type DateStyle } from "./document.js";

/*
 * Numbers and dates are written here rather than by Intl, whose answers change with the data of the runtime: a document
 * has the same bytes on every version of Node.
 */

interface Numbers {
  readonly decimal: string;
  readonly group: string;
  /** Signs of currencies; others are written as their codes. */
  readonly signs: Readonly<Partial<Record<Currency, string>>>;
  readonly isSignFirst: boolean;
}

const NUMBERS: Readonly<Record<Language, Numbers>> = {
  EN: { decimal: ".", group: ",", signs: { EUR: "€", GBP: "£", JPY: "¥", USD: "$" }, isSignFirst: true },
  IT: { decimal: ",", group: ".", signs: { EUR: "€", GBP: "£" }, isSignFirst: false },
};

/** Holds an amount and its currency together in a paragraph. */
export const NO_BREAK_SPACE = "\u00a0";

/** An amount without its currency, all its decimals kept: `1,234.50`, `1.234,50`. */
export const numberText = (amount: Amount, language: Language): string => {
  const { decimal, group } = NUMBERS[language];
  const [, sign = "", whole = "", fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return `${sign}${grouped}${fraction === undefined ? "" : `${decimal}${fraction}`}`;
};

/** An amount with its currency, as the language writes them: `€1,234.50`, `CHF 15.00`, `1.234,50 €`. */
export const amountText = (amount: Amount, currency: Currency, language: Language): string => {
  const { signs, isSignFirst } = NUMBERS[language];
  const number = numberText(amount, language);
  const sign = signs[currency];
  if (!isSignFirst) return `${number}${NO_BREAK_SPACE}${sign ?? currency}`;
  const unsigned = number.replace("-", "");
  const minus = number === unsigned ? "" : "-";
  return `${minus}${sign ?? `${currency}${NO_BREAK_SPACE}`}${unsigned}`;
};

const LOCALES = { EN: enGB, IT: it } as const;

const written = (date: LocalDate, pattern: string, language: Language): string =>
  format(date, pattern, { in: utc, locale: LOCALES[language] });

/** A date in text: `31 October 2020`. */
export const longDate = (date: LocalDate, { pattern }: DateStyle, language: Language): string =>
  written(date, pattern ?? "d MMMM yyyy", language);

/** A date in a table: `31 Oct 2020`. */
export const shortDate = (date: LocalDate, { pattern }: DateStyle, language: Language): string =>
  written(date, pattern ?? "d MMM yyyy", language);

/** A first and a last day, as short as can be: `1–31 Oct 2020`, `15 Oct – 14 Nov 2020`; one day by itself. */
export const daysText = ({ from, until }: PeriodDays, dates: DateStyle, language: Language): string => {
  const last = shortDate(until, dates, language);
  if (from === until) return last;
  const first = (pattern: string) => written(from, pattern, language);
  if (dates.pattern !== null) return `${first(dates.pattern)} – ${last}`;
  if (from.slice(0, 7) === until.slice(0, 7)) return `${first("d")}–${last}`;
  return `${first(from.slice(0, 4) === until.slice(0, 4) ? "d MMM" : "d MMM yyyy")} – ${last}`;
};

/** A billing period: a calendar month by its name, any other by its days. */
export const periodText = (period: PeriodDays, dates: DateStyle, language: Language): string => {
  const isMonth = period.from.endsWith("-01") && addDays(period.until, 1).endsWith("-01");
  const isOne = period.from.slice(0, 7) === period.until.slice(0, 7);
  if (dates.pattern === null && isMonth && isOne) return written(period.from, "MMMM yyyy", language);
  return daysText(period, dates, language);
};
