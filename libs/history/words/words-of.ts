import { type Language } from "#domain/language.js";
import { EN } from "./en.js";
import { IT } from "./it.js";
import { type Words } from "./words.js";

const WORDS: Readonly<Record<Language, Words>> = { EN, IT };

export const wordsOf = (language: Language): Words => WORDS[language];
