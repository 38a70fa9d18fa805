import { type ObjectLiteral, type SelectQueryBuilder } from "typeorm";
import { reject } from "#domain/rejection.js";
import { type CursorPlace, decodeCursor, encodeCursor } from "./cursor.js";

export const MAX_FIRST = 200;
export const DEFAULT_FIRST = 50;

export type SortDirection = "ASC" | "DESC";

export interface ListOptions<Filter, Field extends string> {
  readonly filter?: Filter | null | undefined;
  readonly sort?: { readonly by: Field; readonly direction?: SortDirection | undefined } | null | undefined;
  /** 1 to 200; default 50. */
  readonly first?: number | null | undefined;
  /** Cursor of the row after which the slice begins; valid only for the sort order that it comes from. */
  readonly after?: string | null | undefined;
}

export interface Slice<Row> {
  readonly rows: readonly Row[];
  /** Cursors of the rows. */
  readonly cursors: readonly string[];
  /** Cursor of the last row; null without rows. */
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  /** Counts all rows that match, when called. */
  totalCount(): Promise<number>;
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
 * A slice of a filtered query by keyset pagination: it continues after a row's key, not at an offset, so that inserted
 * or deleted rows do not shift it. Throws a `Rejection` VALIDATION_FAILED for an invalid size or cursor.
 */
export const paginate = async <Row extends ObjectLiteral, Field extends string>(
  query: SelectQueryBuilder<Row>,
  { fields, byDefault, unique }: Sorting<Field>,
  options: ListOptions<unknown, Field>,
): Promise<Slice<Row>> => {
  const first = options.first ?? DEFAULT_FIRST;
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST) {
    throw reject("VALIDATION_FAILED", `first must be a whole number from 1 to ${MAX_FIRST}.`, { field: "first" });
  }
  const { by, direction = "ASC" } = options.sort ?? byDefault;
  const key = fields[by];
  const order = `${by} ${direction}`;
  const counted = query.clone();
  const sliced = query
    .addSelect(`CAST(${key.sql} AS text)`, "sort_key")
    .addSelect(`CAST(${unique.sql} AS text)`, "unique_key")
    .orderBy(key.sql, direction)
    .addOrderBy(unique.sql, direction)
    .limit(first + 1);
  const after = options.after ?? undefined;
  if (after !== undefined) {
    const place = decodeCursor(after, order);
    sliced.andWhere(
      `(${key.sql}, ${unique.sql}) ${direction === "ASC" ? ">" : "<"} (CAST(:afterKey AS ${key.type}), CAST(:afterUnique AS ${unique.type}))`,
      { afterKey: place.key, afterUnique: place.unique },
    );
  }
  const { entities, raw } = await sliced
    .getRawAndEntities<{ sort_key: string; unique_key: string }>()
    .catch((error: unknown) => {
      throw after !== undefined && isBadValue(error) ? badCursor() : error;
    });
  const rows = entities.slice(0, first);
  const cursors = raw
    .slice(0, first)
    .map(({ sort_key, unique_key }) =>
      encodeCursor({ key: sort_key, unique: unique_key } satisfies CursorPlace, order),
    );
  return {
    rows,
    cursors,
    endCursor: cursors.at(-1) ?? null,
    hasNextPage: entities.length > first,
    totalCount: async () => {
      const answer = await counted.select("count(*)", "count").getRawOne<{ count: string }>();
      return Number(answer?.count ?? 0);
    },
  };
};

const badCursor = () => reject("VALIDATION_FAILED", "after is not a cursor of this list.", { field: "after" });

/** Whether PostgreSQL reports a data exception: the cursor was changed by hand. */
const isBadValue = (error: unknown): boolean =>
  (error as { code?: unknown }).code?.toString().startsWith("22") ?? false;
