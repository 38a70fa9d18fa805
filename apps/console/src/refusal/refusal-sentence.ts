import { type Refusal } from "../../../web/failure.js";
import { type Say } from "../../../web/texts/language.js";
import { en, type RefusalTexts } from "./texts.en.js";

/** How days, instants and amounts are written. */
interface Written {
  readonly day: (day: string) => string;
  readonly instant: (instant: string) => string;
  readonly money: (amount: string, currency: string) => string;
}

const isText = (key: string): key is keyof RefusalTexts => Object.hasOwn(en, key);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
/** Facts that are as somebody wrote them, whatever they look like. */
const AS_WRITTEN: readonly string[] = ["name", "text", "externalId"];

/** What is said of a refusal. */
export type Refused = Pick<Refusal, "sentence" | "code" | "facts">;

/**
 * A refusal in the user's language, with days and amounts as he has them: by its case, else by its code. What is not
 * known here, e.g. because the API is newer than the page, is said as the API says it.
 */
export const refusalSentence = (refused: Refused, say: Say<RefusalTexts>, { day, instant, money }: Written): string => {
  const { sentence, code, facts } = refused;
  const { case: is = "", currency = "", line, column, ...told } = facts ?? {};
  const written = (name: string, value: string): string => {
    if (AS_WRITTEN.includes(name)) return value;
    if (DAY.test(value)) return day(value);
    if (INSTANT.test(value)) return instant(value);
    return name === "amount" ? money(value, currency) : value;
  };
  const values = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, written(name, value)]));
  const key = isText(is) ? is : code;
  if (!isText(key)) return sentence;
  try {
    const said = say(key, { ...values, currency, sentence });
    if (line === undefined) return said;
    return column === undefined ? say("lineOfFile", { line, said }) : say("cellOfFile", { line, column, said });
  } catch {
    // A fact that the text needs was not given.
    return sentence;
  }
};
