import { addDays, earlier, later } from "./days.js";

/** Days from a first to a last one, both included. */
export interface Range {
  readonly from: string;
  readonly until: string;
}

/** What two ranges share; null: nothing. */
export const shared = (one: Range, other: Range): Range | null => {
  const range = { from: later(one.from, other.from), until: earlier(one.until, other.until) };
  return range.from <= range.until ? range : null;
};

/** What is left of a range without others. */
export const without = (range: Range, others: readonly Range[]): Range[] => {
  const left: Range[] = [];
  let { from } = range;
  for (const other of others.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (other.from > from) {
      const piece = shared({ from, until: addDays(other.from, -1) }, range);
      if (piece) left.push(piece);
    }
    from = later(from, addDays(other.until, 1));
  }
  const last = shared({ from, until: range.until }, range);
  return last ? [...left, last] : left;
};

/** A range whose last day may be unlimited, cut at a last day. */
export const cut = (range: { readonly from: string; readonly until: string | null }, last: string): Range => ({
  from: range.from,
  until: range.until === null ? last : earlier(range.until, last),
});

/** Whether one of these has a day. Null: without a last day. */
export const covers = (
  ranges: readonly { readonly from: string; readonly until: string | null }[],
  day: string,
): boolean => ranges.some(({ from, until }) => from <= day && (until === null || day <= until));
