import { type LocalDate } from "./calendar.js";

/** Order of text, for `sort`; dates compare as text. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of days from which something holds, for `sort`; null: from ever, before all days. */
export const compareDays = (a: LocalDate | null, b: LocalDate | null): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareText(a, b);
};

/**
 * What holds on a day: operations take effect by their day, those of one day in order of recording
 * (docs/rules.md#in-force).
 * @param items in order of recording
 * @param dayOf the day from which an item holds; null: from ever
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
