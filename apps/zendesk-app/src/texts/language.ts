import { IntlMessageFormat } from "intl-messageformat";
import { en, type Texts } from "./en.js";
import { it } from "./it.js";

const languages: Readonly<Record<string, Texts>> = { en, it };

/** Says a text in the reader's language. */
export type Say = (key: keyof Texts, values?: Readonly<Record<string, string | number>>) => string;

/** The language that the app speaks, and how its reader writes dates and numbers. */
export interface Language {
  /** BCP 47, as the reader set it in Zendesk where we have its texts, else English. */
  readonly locale: string;
  readonly say: Say;
}

/** @param wanted BCP 47, e.g. `it` or `en-GB`; with a region it also decides how dates and numbers are written */
export const languageOf = (wanted: string): Language => {
  const locale = localeOf(wanted);
  const texts = languages[locale.language] ?? en;
  const made = new Map<keyof Texts, IntlMessageFormat>();
  const say: Say = (key, values) => {
    const message = made.get(key) ?? new IntlMessageFormat(texts[key], locale.baseName);
    made.set(key, message);
    return String(message.format(values));
  };
  return { locale: locale.baseName, say };
};

const ENGLISH = new Intl.Locale("en");

const localeOf = (wanted: string): Intl.Locale => {
  try {
    const locale = new Intl.Locale(wanted);
    return locale.language in languages ? locale : ENGLISH;
  } catch {
    // Not a language tag.
    return ENGLISH;
  }
};
