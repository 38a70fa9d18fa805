import { type Say, type Translations } from "../../../web/texts/language.js";
import { useSay } from "../../../web/texts/speech.js";
import { en, type Texts } from "./en.js";
import { it } from "./it.js";

/** What the app says besides what its components say themselves. */
export const appTexts: Translations<Texts> = { en, it };

/** Texts of the app in the agent's language. */
export const useAppSay = (): Say<Texts> => useSay(appTexts);
