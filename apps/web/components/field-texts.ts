import { type Translations } from "../texts/language.js";

const en = {
  missing: "Fill this in.",
  dateWrong: "Type a day as {pattern}, for example {example}.",
  timePattern: "hh:mm",
  timeWrong: "Type a time of day, for example 14:05.",
  pickDay: "Choose from a calendar: {field}",
  year: "y",
  month: "m",
  day: "d",
  amountWrong: "Type an amount, for example {example}.",
  numberWrong: "Type a whole number.",
  choose: "Choose …",
  none: "None",
};

type Texts = typeof en;

const it: Texts = {
  missing: "Compila questo campo.",
  dateWrong: "Scrivi un giorno come {pattern}, per esempio {example}.",
  timePattern: "oo:mm",
  timeWrong: "Scrivi un'ora del giorno, per esempio 14:05.",
  pickDay: "Scegli dal calendario: {field}",
  year: "a",
  month: "m",
  day: "g",
  amountWrong: "Scrivi un importo, per esempio {example}.",
  numberWrong: "Scrivi un numero intero.",
  choose: "Scegli …",
  none: "Nessuno",
};

/** What fields say whose values are more than text. Apart from the others, for pages without them. */
export const fieldTexts: Translations<Texts> = { en, it };
