import { type ObjectLiteral, type SelectQueryBuilder } from "typeorm";
import { reject } from "#domain/rejection.js";
import { type CursorPlace, decodeCursor, encodeCursor } from "./cursor.js";

export const MAX_PAGE = 200;
export const DEFAULT_PAGE = 50;

export type SortDirection = "ASC" | "DESC";

export interface ListOptions<Filter, Field extends string> {
  readonly filter?: Filter | null | undefined;
  readonly sort?: { readonly by: Field; readonly direction?: SortDirection | undefined } | null | undefined;
  /** 1 to 200; default 50. */
  readonly first?: number | null | undefined;
  /** Cursor of the row behind which the page begins. Only good for the sorting that it comes from. */
  readonly after?: string | null | undefined;
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  /** One for each row. */
  readonly cursors: readonly string[];
  /** Of the last row; null for an empty page. */
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  /** How many rows match on all pages together; counted when asked. */
  totalCount(): Promise<number>;
}

/** What rows are sorted by: an expression on the entity's alias that is never null, and its type in PostgreSQL. */
export interface SortKey {
  readonly sql: string;
  readonly type: "text" | "date" | "numeric" | "integer" | "bigint" | "uuid" | "timestamptz";
}

export interface Sorting<Field extends string> {
  readonly fields: Readonly<Record<Field, SortKey>>;
  readonly byDefault: { readonly by: Field; readonly direction: SortDirection };
  /** Tells rows of the same key apart. */
  readonly unique: SortKey;
}

/**
 * One page of a filtered query in key set order: it continues behind a row's key, not at an offset, so rows that come or
 * go elsewhere do not shift it. Throws a `Rejection` VALIDATION_FAILED for a page size or cursor that is none.
 */
export const paginate = async <Row extends ObjectLiteral, Field extends string>(
  query: SelectQueryBuilder<Row>,
  { fields, byDefault, unique }: Sorting<Field>,
  options: ListOptions<unknown, Field>,
): Promise<PageOf<Row>> => {
  const first = options.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw reject("VALIDATION_FAILED", `first must be a whole number from 1 to ${MAX_PAGE}.`, { field: "first" });
  }
  const { by, direction = "ASC" } = options.sort ?? byDefault;
  const key = fields[by];
  const order = `${by} ${direction}`;
  const counted = query.clone();
  const page = query
    .addSelect(`CAST(${key.sql} AS text)`, "sort_key")
    .addSelect(`CAST(${unique.sql} AS text)`, "unique_key")
    .orderBy(key.sql, direction)
    .addOrderBy(unique.sql, direction)
    .limit(first + 1);
  const after = options.after ?? undefined;
  if (after !== undefined) {
    const place = decodeCursor(after, order);
    page.andWhere(
      `(${key.sql}, ${unique.sql}) ${direction === "ASC" ? ">" : "<"} (CAST(:afterKey AS ${key.type}), CAST(:afterUnique AS ${unique.type}))`,
      { afterKey: place.key, afterUnique: place.unique },
    );
  }
  const { entities, raw } = await page
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

/** PostgreSQL's "data exception": somebody changed a cursor by hand. */
const isBadValue = (error: unknown): boolean =>
  (error as { code?: unknown }).code?.toString().startsWith("22") ?? false;
