import { type LocalDate } from "#domain/calendar.js";
import { type Speaker } from "../speaker.js";
import { type Field } from "../words/fields.js";

/** Something that is so about something, in words. */
export interface Fact {
  readonly field: Field;
  /** Tells several of one field apart: each pause has its own. */
  readonly key?: string;
  /** Null: there is none. */
  readonly value: string | null;
}

/** What is so of a state on a day, as known with it. */
export type FactsOf<State> = (state: State, on: LocalDate, say: Speaker) => readonly Fact[];

/** A fact for each item of a list. */
export const each = <Item>(
  items: readonly Item[],
  field: Field,
  keyOf: (item: Item) => string,
  valueOf: (item: Item) => string | null,
): Fact[] => items.map((item) => ({ field, key: keyOf(item), value: valueOf(item) }));
