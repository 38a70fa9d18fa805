import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Amount, type Currency } from "#domain/money.js";
import { type Speaker } from "./speaker.js";

/** A value within a sentence, which its reader may want written in another way. */
type Value =
  | { readonly day: LocalDate; readonly until?: LocalDate }
  | { readonly instant: Instant }
  | { readonly amount: Amount; readonly currency: Currency };

/** A piece of a sentence: its text, and what that is where it is a value. All texts together are the sentence. */
export interface SentencePart {
  readonly text: string;
  /** A day, or the first of several. */
  readonly day: LocalDate | null;
  /** The last of several days. */
  readonly until: LocalDate | null;
  readonly instant: Instant | null;
  readonly amount: Amount | null;
  readonly currency: Currency | null;
}

// No text of anybody's holds control characters (libs/domain/readable-text.ts).
const BEGIN = "\u0001";
const TEXT = "\u0002";
const END = "\u0003";

const marked = (value: Value, text: string): string => `${BEGIN}${JSON.stringify(value)}${TEXT}${text}${END}`;

/**
 * A speaker whose sentences are read by {@link partsOf} only.
 * @param currency of amounts that are recorded without one; null: not known
 */
export const inParts = (say: Speaker, currency: Currency | null): Speaker => {
  const day = (date: LocalDate): string => marked({ day: date }, say.day(date));
  return {
    ...say,
    day,
    days: (from, until) =>
      until === null ? say.words.fromOn(day(from)) : marked({ day: from, until }, say.days(from, until)),
    at: (instant) => marked({ instant }, say.at(instant)),
    money: (amount, own) => {
      const of = own ?? currency;
      return of === null ? say.money(amount) : marked({ amount, currency: of }, say.money(amount, of));
    },
  };
};

const PLAIN = { day: null, until: null, instant: null, amount: null, currency: null } as const;

/** The pieces of what a speaker {@link inParts} said. */
export const partsOf = (said: string): SentencePart[] => {
  const [first = "", ...values] = said.split(BEGIN);
  const parts = values.flatMap((piece): SentencePart[] => {
    const [head = "", after = ""] = piece.split(END);
    const [value = "", text = ""] = head.split(TEXT);
    return [
      { ...PLAIN, ...(JSON.parse(value) as Value), text },
      { ...PLAIN, text: after },
    ];
  });
  return [{ ...PLAIN, text: first }, ...parts].filter(({ text }) => text !== "");
};

/** The sentence as it is said without parts. */
export const textOf = (parts: readonly SentencePart[]): string => parts.map(({ text }) => text).join("");
