import { type AnyEvent } from "#event-store/catalogue.js";
import { PREVIEWS_EN } from "./en/previews/sentences.js";
import { PREVIEWS_IT } from "./it/previews/sentences.js";
import { type PreviewedType } from "./previewed.js";
import { sentenceOf } from "./sentences.js";
import { type Sentences } from "./sentences-of.js";
import { type Speaker } from "./speaker.js";

const PREVIEWS: Readonly<Record<Speaker["language"], Sentences<PreviewedType>>> = { EN: PREVIEWS_EN, IT: PREVIEWS_IT };

/** What a command will do, in one sentence for each event that it would record; of others, what histories say. */
export const previewSentenceOf = (event: AnyEvent, say: Speaker): string => {
  const previews: Readonly<Record<string, unknown>> = PREVIEWS[say.language];
  const tell = previews[event.type] as ((data: object, say: Speaker) => string) | undefined;
  return tell ? tell(event.data, say) : sentenceOf(event, say);
};
