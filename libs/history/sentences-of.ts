import { type AnyEvent, type AnyEventType } from "#event-store/catalogue.js";
import { type HistoryKind, type kindOfType } from "./kinds.js";
import { type Speaker } from "./speaker.js";

/** The data of events of a type. */
export type DataOf<Type extends AnyEventType> = Extract<AnyEvent, { readonly type: Type }>["data"];

/** What happened, in one sentence without who did it and why, by event type. A type without one does not compile. */
export type Sentences<Type extends AnyEventType = AnyEventType> = {
  readonly [One in Type]: (data: DataOf<One>, say: Speaker) => string;
};

/** The event types of a kind of entries. */
export type TypesOf<Kind extends HistoryKind> = {
  readonly [Type in AnyEventType]: (typeof kindOfType)[Type] extends Kind ? Type : never;
}[AnyEventType];
