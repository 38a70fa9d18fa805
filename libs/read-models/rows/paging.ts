import { type ObjectLiteral, type SelectQueryBuilder } from "typeorm";
import { reject } from "#domain/rejection.js";
import { type CursorArgument, type CursorPlace } from "./cursor.js";
import {
  limitOf,
  type Slice,
  type SliceArguments,
  sliceOf,
  type SortDirection,
  walkOf,
  type Window,
  windowOf,
} from "./window.js";

export { type Slice, type SortDirection } from "./window.js";

export interface ListOptions<Filter, Field extends string> extends SliceArguments {
  readonly filter?: Filter | null | undefined;
  readonly sort?: { readonly by: Field; readonly direction?: SortDirection | undefined } | null | undefined;
}

/** A sort key: an expression on the entity's alias that is never null, and its type in PostgreSQL. */
export interface SortKey {
  readonly sql: string;
  readonly type: "text" | "date" | "numeric" | "integer" | "bigint" | "uuid" | "timestamptz";
}

export interface Sorting<Field extends string> {
  readonly fields: Readonly<Record<Field, SortKey>>;
  readonly byDefault: { readonly by: Field; readonly direction: SortDirection };
  /** Unique key that orders rows with the same sort key. */
  readonly unique: SortKey;
}

/**
 * A slice of a filtered query by keyset pagination: it continues at a row's key, not at an offset, so that inserted or
 * deleted rows do not shift it. Throws a `Rejection` VALIDATION_FAILED for an invalid size or cursor.
 */
export const paginate = async <Row extends ObjectLiteral, Field extends string>(
  query: SelectQueryBuilder<Row>,
  { fields, byDefault, unique }: Sorting<Field>,
  options: ListOptions<unknown, Field>,
): Promise<Slice<Row>> => {
  const { by, direction = "ASC" } = options.sort ?? byDefault;
  const window = windowOf(options, `${by} ${direction}`);
  const key = fields[by];
  const compared = (comparison: string, argument: CursorArgument) =>
    `(${key.sql}, ${unique.sql}) ${comparison} (CAST(:${argument}Key AS ${key.type}), CAST(:${argument}Unique AS ${unique.type}))`;
  const parameters = (argument: CursorArgument, { key: k, unique: u }: CursorPlace) => ({
    [`${argument}Key`]: k,
    [`${argument}Unique`]: u,
  });
  const { after: behind, before: ahead } = COMPARISONS[direction];
  const all = query.clone();
  const walk = walkOf(window, direction);
  const sliced = query
    .addSelect(`CAST(${key.sql} AS text)`, "sort_key")
    .addSelect(`CAST(${unique.sql} AS text)`, "unique_key")
    .orderBy(key.sql, walk)
    .addOrderBy(unique.sql, walk)
    .limit(limitOf(window));
  if (window.after) sliced.andWhere(compared(behind, "after"), parameters("after", window.after));
  if (window.before) sliced.andWhere(compared(ahead, "before"), parameters("before", window.before));
  const { entities, raw } = await sliced
    .getRawAndEntities<{ sort_key: string; unique_key: string }>()
    .catch(refuseBadCursor(window));
  const found = entities.map((row, index) => {
    const { sort_key = "", unique_key = "" } = raw[index] ?? {};
    return { row, place: { key: sort_key, unique: unique_key } };
  });
  return sliceOf(window, found, {
    exists: async (argument) => {
      const place = window[argument];
      if (place === null) return false;
      const beyond = argument === "after" ? `${ahead}=` : `${behind}=`;
      const one = all.clone().select("1", "one").andWhere(compared(beyond, argument), parameters(argument, place));
      return (await one.limit(1).getRawOne()) !== undefined;
    },
    count: async () => {
      const answer = await all.clone().select("count(*)", "count").getRawOne<{ count: string }>();
      return Number(answer?.count ?? 0);
    },
  });
};

/** How many rows a query has; `most` where it has as many or more: no more of them are read. */
export const upTo = async <Row extends ObjectLiteral>(most: number, query: SelectQueryBuilder<Row>): Promise<number> =>
  (await query.select("1", "one").limit(most).getRawMany()).length;

/** How a row after or before a cursor's compares with it. */
export const COMPARISONS = {
  ASC: { after: ">", before: "<" },
  DESC: { after: "<", before: ">" },
} as const satisfies Record<SortDirection, Record<CursorArgument, string>>;

/** Tells PostgreSQL's data exceptions, which only a cursor that was changed by hand can cause, from other errors. */
export const refuseBadCursor =
  ({ after, before }: Window) =>
  (error: unknown): never => {
    const isBadValue = (error as { code?: unknown }).code?.toString().startsWith("22") ?? false;
    if (!isBadValue || (after === null && before === null)) throw error;
    // PostgreSQL does not say which of the two it was.
    const field = after === null ? "before" : "after";
    throw reject("VALIDATION_FAILED", `${field} is not a cursor of this list.`, { field });
  };
