import { createContext, useContext } from "react";
import { type Language, languageOf } from "./language.js";

/** The language of everything below. */
export const SpokenLanguage = createContext<Language>(languageOf("en"));

export const useLanguage = (): Language => useContext(SpokenLanguage);
