import { useCallback } from "react";
import { type Refusal } from "../../../web/failure.js";
import { useDates, useMoney } from "../../../web/shown/shown.js";
import { useSay } from "../../../web/texts/speech.js";
import { refusalSentence } from "./refusal-sentence.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Says refusals in the user's language, with his dates and amounts. */
export const useRefusal = (): ((refusal: Refusal) => string) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  return useCallback((refusal) => refusalSentence(refusal, say, { day, money }), [say, day, money]);
};
