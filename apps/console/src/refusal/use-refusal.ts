import { useCallback } from "react";
import { useDates, useMoney } from "../../../web/shown/shown.js";
import { useSay } from "../../../web/texts/speech.js";
import { refusalSentence, type Refused } from "./refusal-sentence.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Says refusals in the user's language, with his dates and amounts. */
export const useRefusal = (): ((refused: Refused) => string) => {
  const say = useSay({ en, it });
  const { day, instant } = useDates();
  const { money } = useMoney();
  return useCallback(
    (refused) => refusalSentence(refused, say, { day, instant: (at) => instant(at), money }),
    [say, day, instant, money],
  );
};
