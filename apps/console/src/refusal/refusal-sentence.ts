import { type Refusal } from "../../../web/failure.js";
import { type Say } from "../../../web/texts/language.js";
import { en, type RefusalTexts } from "./texts.en.js";

/** How days and amounts are written. */
interface Written {
  readonly day: (day: string) => string;
  readonly money: (amount: string, currency: string) => string;
}

const isText = (key: string): key is keyof RefusalTexts => Object.hasOwn(en, key);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A refusal in the user's language, with days and amounts as he has them: by its case, else by its code. What is not
 * known here, e.g. because the API is newer than the page, is said as the API says it.
 */
export const refusalSentence = (refusal: Refusal, say: Say<RefusalTexts>, { day, money }: Written): string => {
  const { sentence, code, facts } = refusal;
  const { case: is = "", currency = "", ...told } = facts ?? {};
  const values = Object.fromEntries(
    Object.entries(told).map(([name, value]) => {
      if (DAY.test(value)) return [name, day(value)];
      return [name, name === "amount" ? money(value, currency) : value];
    }),
  );
  const key = isText(is) ? is : code;
  if (!isText(key)) return sentence;
  try {
    return say(key, { ...values, currency, sentence });
  } catch {
    // A fact that the text needs was not given.
    return sentence;
  }
};
