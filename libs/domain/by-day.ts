import { type LocalDate } from "./calendar.js";

/** Compares text, for `sort`. Dates are compared as text too. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares the days from which something holds, for `sort`. Null means that it has always held, and comes first. */
export const compareDays = (a: LocalDate | null, b: LocalDate | null): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareText(a, b);
};

/**
 * The item that holds on a day: the one for the latest day not after it, of several for the same day the one recorded
 * last (docs/rules.md#in-force).
 * @param items in order of recording
 * @param dayOf the day from which an item holds; null: it has always held
 * @returns undefined where none holds yet
 */
export const inForceOn = <Item>(
  items: readonly Item[],
  date: LocalDate,
  dayOf: (item: Item) => LocalDate | null,
): Item | undefined => {
  let found: Item | undefined;
  let since: LocalDate | null = null;
  for (const item of items) {
    const day = dayOf(item);
    if ((day !== null && day > date) || compareDays(day, since) < 0) continue;
    found = item;
    since = day;
  }
  return found;
};
