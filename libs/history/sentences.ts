import { type AnyEvent } from "#event-store/catalogue.js";
import { EN } from "./en/sentences.js";
import { IT } from "./it/sentences.js";
import { type Sentences } from "./sentences-of.js";
import { type Speaker } from "./speaker.js";

const SENTENCES: Readonly<Record<Speaker["language"], Sentences>> = { EN, IT };

/** What happened, in one sentence without who did it and why. */
export const sentenceOf = ({ type, data }: AnyEvent, say: Speaker): string => {
  const tell = SENTENCES[say.language][type] as (data: object, say: Speaker) => string;
  return tell(data, say);
};
