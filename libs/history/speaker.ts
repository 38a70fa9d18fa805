import { utc } from "@date-fns/utc";
import { format } from "date-fns/format";
import { amountText, daysText, numberText, shortDate } from "#documents/formats.js";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Language } from "#domain/language.js";
import { type Amount, type Currency } from "#domain/money.js";
import { type Words } from "./words/words.js";
import { wordsOf } from "./words/words-of.js";

/** What is told by its name rather than by its id. */
export const namedKinds = [
  "CUSTOMER",
  "ACCOUNT",
  "COMMITMENT",
  "DOCUMENT",
  "PLAN",
  "OFFER",
  "ADD_ON_PRODUCT",
  "VOLUME_DISCOUNT_PLAN",
  "MAIN_PRODUCT",
  "CUSTOMER_CLASS",
  "SERVICE_POLICY",
  "TARIFF",
  "EDGE",
  "PERSON",
  "KEY",
] as const;
export type NamedKind = (typeof namedKinds)[number];

/** The name of something; null: it is not known, or has none. */
export type Naming = (kind: NamedKind, id: string) => string | null;

/** How values are said in a language. */
export interface Speaker {
  readonly language: Language;
  readonly words: Words;
  /** A date: `31 Oct 2020`. */
  readonly day: (date: LocalDate) => string;
  /** First and last day: `1–31 Oct 2020`; without a last day, `from 1 Oct 2020 on`. */
  readonly days: (from: LocalDate, until: LocalDate | null) => string;
  /** An instant in UTC: `31 Oct 2020, 14:05 UTC`. */
  readonly at: (instant: Instant) => string;
  /** An amount with its currency: without one, in that of what it is about. */
  readonly money: (amount: Amount, currency?: Currency) => string;
  readonly count: (count: number) => string;
  readonly percent: (rate: string) => string;
  /** The name of something; its id where none is known. */
  readonly name: (kind: NamedKind, id: string) => string;
  readonly yesNo: (value: boolean) => string;
}

/** No pattern of the provider's: the people who read histories read them in their own language. */
const DATES = { pattern: null } as const;

/** @param currency of amounts that are recorded without one; null: not known */
export const speakerOf = (language: Language, naming: Naming, currency: Currency | null): Speaker => {
  const words = wordsOf(language);
  return {
    language,
    words,
    day: (date) => shortDate(date, DATES, language),
    days: (from, until) =>
      until === null ? words.fromOn(shortDate(from, DATES, language)) : daysText({ from, until }, DATES, language),
    at: (instant) =>
      `${shortDate(instant.slice(0, 10), DATES, language)}, ${format(instant, "HH:mm", { in: utc })} UTC`,
    money: (amount, own) => {
      const of = own ?? currency;
      return of === null ? numberText(amount, language) : amountText(amount, of, language);
    },
    count: (count) => String(count),
    percent: (rate) => `${numberText(rate, language)} %`,
    name: (kind, id) => naming(kind, id) ?? id,
    yesNo: (value) => (value ? words.yes : words.no),
  };
};
