import { foldCase } from "../text.js";

/** An identifier as it is stored and shown: composed characters (NFC), no space around it. */
export const identifierText = (typed: string): string => typed.normalize("NFC").trim();

/** What makes an identifier itself: two texts of the same form are the same account id or alias. */
export const identifierForm = (typed: string): string => foldCase(identifierText(typed)).normalize("NFC");
