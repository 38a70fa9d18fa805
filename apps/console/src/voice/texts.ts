import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

export const voiceTexts = { en, it };
