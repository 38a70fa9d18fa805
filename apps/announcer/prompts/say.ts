import { IntlMessageFormat } from "intl-messageformat";
import { type Kind, type Prompt, type PromptLanguage } from "./catalogue.js";
import { spokenAmount, spokenDate, spokenDigits, spokenSeconds } from "./spoken.js";

/** A value by kind: an amount with its currency, a day, a count, seconds, or text. */
export interface Values {
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly date: string;
  readonly count: number;
  readonly digits: string;
  readonly seconds: number;
  readonly text: string;
}
export type Given = Readonly<Record<string, Values[Kind]>>;

const said = (kind: Kind, value: Values[Kind], language: PromptLanguage): string | number => {
  switch (kind) {
    case "amount": {
      const { amount, currency } = value as Values["amount"];
      return spokenAmount(amount, currency, language);
    }
    case "date":
      return spokenDate(value as string, language);
    case "digits":
      return spokenDigits(value as string, language);
    case "seconds":
      return spokenSeconds(value as number, language);
    case "count":
      return value as number;
    case "text":
      return value as string;
  }
};

/** What a prompt says of these values. @throws Error where a value is missing */
export const sayPrompt = ({ variables, texts }: Prompt, language: PromptLanguage, given: Given): string => {
  const values = Object.entries(variables).map(([name, kind]) => {
    const value = given[name];
    if (value === undefined) throw new Error(`There is no value of ${name}.`);
    return [name, said(kind, value, language)];
  });
  return String(
    new IntlMessageFormat(texts[language], language).format(Object.fromEntries(values) as Record<string, string>),
  );
};

/** Values that show what a prompt sounds like: recordings of prompts with variables are examples. */
export const EXAMPLES: Values = {
  amount: { amount: "15.05", currency: "EUR" },
  date: "2020-11-01",
  count: 3,
  digits: "12015550199",
  seconds: 5,
  text: "Tenure",
};

export const exampleOf = ({ variables }: Prompt): Given =>
  Object.fromEntries(Object.entries(variables).map(([name, kind]) => [name, EXAMPLES[kind]]));
