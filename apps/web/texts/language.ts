import { IntlMessageFormat } from "intl-messageformat";

/** A language that pages speak. */
export type Language = "en" | "it";

export const LANGUAGES: readonly Language[] = ["en", "it"];

/** Texts of one part of a page, in ICU message format. A language without one of the keys does not compile. */
export type Translations<Texts> = Readonly<Record<Language, Texts>>;

/** Says a text in the reader's language. */
export type Say<Texts> = (key: keyof Texts & string, values?: Readonly<Record<string, string | number>>) => string;

/** How a reader is spoken to. */
export interface Speech {
  readonly language: Language;
  /** BCP 47: how its reader writes dates and numbers. */
  readonly locale: string;
  /** Whether texts are made strange, so that one that is not translated shows: for tests. */
  readonly isPseudo: boolean;
}

/** @param wanted BCP 47 tags, the best first; with a region they also decide how dates and numbers are written */
export const speechOf = (wanted: readonly string[], isPseudo = false): Speech => {
  const locales = wanted.flatMap((tag) => localeOf(tag) ?? []);
  const locale = locales[0] ?? new Intl.Locale("en");
  return { language: locale.language as Language, locale: locale.baseName, isPseudo };
};

const localeOf = (tag: string): Intl.Locale | null => {
  try {
    const locale = new Intl.Locale(tag);
    return (LANGUAGES as readonly string[]).includes(locale.language) ? locale : null;
  } catch {
    // Not a language tag.
    return null;
  }
};

type Plain = Readonly<Record<string, string>>;
const made = new WeakMap<Plain, Map<string, Say<Plain>>>();

/** The texts as they are said to a reader; made once for each. */
export const sayIn = <Texts extends Plain>(translations: Translations<Texts>, speech: Speech): Say<Texts> => {
  const texts: Plain = translations[speech.language];
  const says = made.get(texts) ?? new Map<string, Say<Plain>>();
  made.set(texts, says);
  const id = `${speech.locale} ${speech.isPseudo}`;
  const say = says.get(id) ?? sayOf(texts, speech);
  says.set(id, say);
  return say as Say<Texts>;
};

const sayOf = (texts: Plain, { locale, isPseudo }: Speech): Say<Plain> => {
  const messages = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    const message = messages.get(key) ?? new IntlMessageFormat(texts[key] ?? key, locale);
    messages.set(key, message);
    return isPseudo ? pseudo(message, values) : String(message.format(values));
  };
};

/** In brackets, with accents, and a third longer. */
const pseudo = (message: IntlMessageFormat, values?: Readonly<Record<string, string | number>>): string => {
  const text = strange(String(message.format(values)));
  return `⟦${text}${"~".repeat(Math.ceil(text.length / 3))}⟧`;
};

const strange = (text: string): string =>
  text.replaceAll(/[aeiouAEIOU]/g, (vowel) => `${vowel}\u0301`).normalize("NFC");
