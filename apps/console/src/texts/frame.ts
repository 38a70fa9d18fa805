import { useSay } from "../../../web/texts/speech.js";
import { type Say, type Translations } from "../../../web/texts/language.js";
import { en, type FrameTexts } from "./en.js";
import { it } from "./it.js";

const texts: Translations<FrameTexts> = { en, it };

export type FrameText = keyof FrameTexts;

/** Texts of the frame in the reader's language. */
export const useFrameSay = (): Say<FrameTexts> => useSay(texts);
