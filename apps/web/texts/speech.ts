import { createContext, useContext } from "react";
import { type Say, sayIn, type Speech, speechOf, type Translations } from "./language.js";

/** How the reader of everything below is spoken to. */
export const SpeechContext = createContext<Speech>(speechOf(["en"]));

export const useSpeech = (): Speech => useContext(SpeechContext);

/**
 * Texts of a part of a page in the reader's language.
 *
 *   const say = useSay({ en, it });
 */
export const useSay = <Texts extends Readonly<Record<string, string>>>(texts: Translations<Texts>): Say<Texts> =>
  sayIn(texts, useSpeech());
