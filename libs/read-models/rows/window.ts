import { reject } from "#domain/rejection.js";
import { type CursorArgument, type CursorPlace, decodeCursor, encodeCursor } from "./cursor.js";

/** Items of a slice at most. */
export const MAX_PAGE = 200;
/** Items of a slice unless its size is given. */
export const DEFAULT_PAGE = 50;

export type SortDirection = "ASC" | "DESC";

/** Which slice of a list is asked for, as Relay's Cursor Connections Specification has it. */
export interface SliceArguments {
  /** The first so many items of those between the cursors, 0 to 200; not together with `last`. Default 50. */
  readonly first?: number | null | undefined;
  /** The last so many items of those between the cursors, 0 to 200. Default 50 when only `before` is given. */
  readonly last?: number | null | undefined;
  /** Cursor of the item after which the slice begins; valid only for the sort order that it comes from. */
  readonly after?: string | null | undefined;
  /** Cursor of the item before which the slice ends; likewise. */
  readonly before?: string | null | undefined;
}

/** A slice that was asked for, checked. */
export interface Window {
  readonly size: number;
  /** Whether items are counted from the end. */
  readonly backward: boolean;
  readonly after: CursorPlace | null;
  readonly before: CursorPlace | null;
  /** Name of the list's sort order. */
  readonly order: string;
}

/** @throws Rejection VALIDATION_FAILED for sizes out of range or both of them, and for cursors of another sort order */
export const windowOf = (asked: SliceArguments, order: string): Window => {
  const { first, last, after, before } = asked;
  if (first != null && last != null) {
    throw reject("VALIDATION_FAILED", "Give either first or last, not both.", { field: "last" });
  }
  const backward = last != null || (first == null && before != null && after == null);
  const size = last ?? first ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || size < 0 || size > MAX_PAGE) {
    const field = backward ? "last" : "first";
    throw reject("VALIDATION_FAILED", `${field} must be a whole number from 0 to ${MAX_PAGE}.`, { field });
  }
  const placeOf = (cursor: string | null | undefined, field: CursorArgument) =>
    cursor == null ? null : decodeCursor(cursor, order, field);
  return { size, backward, after: placeOf(after, "after"), before: placeOf(before, "before"), order };
};

/** Whether no cursor limits the window. */
export const isAtAnEnd = ({ after, before }: Window): boolean => after === null && before === null;

/** Rows at most that a query for a window reads: one more than the window has, which tells whether there are more. */
export const limitOf = ({ size }: Window): number => size + 1;

/** In which direction a query for a window goes through a list: from the end for the last items. */
export const walkOf = ({ backward }: Window, direction: SortDirection): SortDirection =>
  backward ? (direction === "ASC" ? "DESC" : "ASC") : direction;

export interface Slice<Row> {
  readonly rows: readonly Row[];
  /** Cursors of the rows. */
  readonly cursors: readonly string[];
  /** Cursors of the first and the last row; null without rows. */
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  /** Whether rows precede or follow. What the query does not tell anyway is looked up when called. */
  hasPreviousPage(): Promise<boolean>;
  hasNextPage(): Promise<boolean>;
  /** Counts all rows that match, when called. */
  totalCount(): Promise<number>;
}

/** What is looked up about a list beside a slice of it. */
export interface Lookups {
  /** Whether there is a row at the cursor's place or beyond it. */
  readonly exists: (argument: CursorArgument) => Promise<boolean>;
  readonly count: () => Promise<number>;
}

/**
 * The slice of a window.
 * @param found at most {@link limitOf} rows in the direction of {@link walkOf}, with their places
 */
export const sliceOf = <Row>(
  window: Window,
  found: readonly { readonly row: Row; readonly place: CursorPlace }[],
  { exists, count }: Lookups,
): Slice<Row> => {
  const { size, backward, order } = window;
  const kept = found.slice(0, size);
  if (backward) kept.reverse();
  const hasMore = Promise.resolve(found.length > size);
  const beyond = (argument: CursorArgument) => (window[argument] === null ? Promise.resolve(false) : exists(argument));
  const cursors = kept.map(({ place }) => encodeCursor(place, order));
  return {
    rows: kept.map(({ row }) => row),
    cursors,
    startCursor: cursors[0] ?? null,
    endCursor: cursors.at(-1) ?? null,
    hasPreviousPage: () => (backward ? hasMore : beyond("after")),
    hasNextPage: () => (backward ? beyond("before") : hasMore),
    // All that there is was found.
    totalCount: isAtAnEnd(window) && found.length <= size ? () => Promise.resolve(found.length) : count,
  };
};
