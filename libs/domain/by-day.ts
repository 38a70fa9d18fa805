import { type LocalDate } from "./calendar.js";

/** Order of text, for `sort`; dates compare as text. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What holds on a day: operations take effect by their day, those of one day in order of recording (domain.md 2).
 * @param items in order of recording
 * @param dayOf the day from which an item holds; null: from ever
 */
export const inForceOn = <Item>(
  items: readonly Item[],
  date: LocalDate,
  dayOf: (item: Item) => LocalDate | null,
): Item | undefined => {
  const day = (item: Item) => dayOf(item) ?? "";
  return items.reduce<Item | undefined>(
    (found, item) => (day(item) <= date && (found === undefined || day(item) >= day(found)) ? item : found),
    undefined,
  );
};
