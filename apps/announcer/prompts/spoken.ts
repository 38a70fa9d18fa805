import { type PromptLanguage } from "./catalogue.js";

/** How values are said, in words and numbers that a synthesiser reads as people do. */

const LOCALES: Readonly<Record<PromptLanguage, string>> = { en: "en-GB", it: "it-IT" };

interface Unit {
  readonly one: string;
  readonly other: string;
}

/** Currencies whose coins are said by name; others by Intl's name of the currency, with decimals. */
const CURRENCIES: Readonly<Record<string, Readonly<Record<PromptLanguage, readonly [whole: Unit, hundredth: Unit]>>>> =
  {
    EUR: {
      en: [
        { one: "euro", other: "euros" },
        { one: "cent", other: "cents" },
      ],
      it: [
        { one: "euro", other: "euro" },
        { one: "centesimo", other: "centesimi" },
      ],
    },
    USD: {
      en: [
        { one: "dollar", other: "dollars" },
        { one: "cent", other: "cents" },
      ],
      it: [
        { one: "dollaro", other: "dollari" },
        { one: "centesimo", other: "centesimi" },
      ],
    },
    GBP: {
      en: [
        { one: "pound", other: "pounds" },
        { one: "penny", other: "pence" },
      ],
      it: [
        { one: "sterlina", other: "sterline" },
        { one: "penny", other: "penny" },
      ],
    },
    CHF: {
      en: [
        { one: "franc", other: "francs" },
        { one: "centime", other: "centimes" },
      ],
      it: [
        { one: "franco", other: "franchi" },
        { one: "centesimo", other: "centesimi" },
      ],
    },
  };

const ONE: Readonly<Record<PromptLanguage, Readonly<Record<string, string>>>> = {
  en: {},
  // A unit of feminine gender.
  it: { sterlina: "una" },
};
const AND: Readonly<Record<PromptLanguage, string>> = { en: "and", it: "e" };
const MINUS: Readonly<Record<PromptLanguage, string>> = { en: "minus", it: "meno" };

const counted = (count: number, unit: Unit, language: PromptLanguage): string => {
  if (count !== 1) return `${count} ${unit.other}`;
  return `${ONE[language][unit.one] ?? { en: "one", it: "un" }[language]} ${unit.one}`;
};

/** @param amount decimal, such as "15.05"; @param currency ISO 4217 */
export const spokenAmount = (amount: string, currency: string, language: PromptLanguage): string => {
  const [, sign, whole = "0", decimals = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (sign === undefined) throw new Error(`"${amount}" is no amount.`);
  const minus = sign === "-" && /[1-9]/.test(amount) ? `${MINUS[language]} ` : "";
  const units = CURRENCIES[currency]?.[language];
  const isHundredths = /^\d{0,2}0*$/.test(decimals);
  if (!units || !isHundredths) {
    const format = { style: "currency", currency, currencyDisplay: "name", maximumFractionDigits: 5 } as const;
    // BigInt-safe: Intl takes decimals as text.
    const said = new Intl.NumberFormat(LOCALES[language], { ...format, useGrouping: false });
    return `${minus}${said.format(`${Number(whole)}.${decimals || "0"}` as never)}`;
  }
  const hundredths = Number(decimals.slice(0, 2).padEnd(2, "0"));
  const parts = [
    ...(Number(whole) > 0 || hundredths === 0 ? [counted(Number(whole), units[0], language)] : []),
    ...(hundredths > 0 ? [counted(hundredths, units[1], language)] : []),
  ];
  return `${minus}${parts.join(` ${AND[language]} `)}`;
};

/** @param date YYYY-MM-DD */
export const spokenDate = (date: string, language: PromptLanguage): string => {
  const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  const said = new Intl.DateTimeFormat(LOCALES[language], format).format(new Date(`${date}T00:00:00Z`));
  // The first of a month is the only day that Italian counts by order.
  return language === "it" ? said.replace(/^1 /, "primo ") : said;
};

/** One by one, as numbers to dial are: what is no digit, `*`, `#` or leading `+` is left out. */
export const spokenDigits = (text: string, language: PromptLanguage): string => {
  const words: Readonly<Record<string, string>> =
    language === "en"
      ? { "+": "plus", "*": "star", "#": "hash" }
      : { "+": "più", "*": "asterisco", "#": "cancelletto" };
  return Array.from(text)
    .filter((character, at) => /[\d*#]/.test(character) || (character === "+" && at === 0))
    .map((character) => words[character] ?? character)
    .join(" ");
};

const SECONDS: Readonly<Record<PromptLanguage, Unit>> = {
  en: { one: "second", other: "seconds" },
  it: { one: "secondo", other: "secondi" },
};

export const spokenSeconds = (seconds: number, language: PromptLanguage): string =>
  counted(seconds, SECONDS[language], language);
