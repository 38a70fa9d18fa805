import { type EntityManager, type DataSource } from "typeorm";
import { isIn, type Scope } from "./rows/scope.js";
import { limitOf, type SortDirection, walkOf, type Window } from "./rows/window.js";

/** A list that belongs to a parent, in the order of its query's own sorting, so that cursors fit both. */
export interface NestedList {
  readonly table: "accounts" | "commitments" | "invoices" | "credit_notes" | "payments" | "refunds" | "people";
  readonly parent: "customer_id" | "account_id" | "invoice_id";
  readonly key: "created_commit" | "start" | "issued_on" | "recorded_commit";
  /** Orders rows of equal keys. */
  readonly unique: "id" | "series_index";
  readonly direction: SortDirection;
  /** SQL condition on the rows that are listed; left out: all. */
  readonly only?: "number IS NOT NULL" | "is_removed IS FALSE";
}

/** Place of a row in its parent's list. */
export interface NestedPlace {
  readonly id: string;
  readonly parent: string;
  /** Sort key and unique key, as PostgreSQL writes them. */
  readonly key: string;
  readonly unique: string;
}

type Queryable = Pick<DataSource | EntityManager, "query">;

/**
 * Places of the rows at an end of each parent's list, in the direction in which the window is walked, in one statement.
 * @param window without cursors: they belong to the list of one parent
 */
export const placesAtEnd = (
  db: Queryable,
  { providerId, customerId }: Scope,
  { table, parent, key, unique, direction, only }: NestedList,
  parents: readonly string[],
  window: Window,
): Promise<NestedPlace[]> => {
  const walk = walkOf(window, direction);
  return db.query<NestedPlace[]>(
    `SELECT found.id, p.id AS parent, found.key::text AS key, found.place::text AS unique
       FROM unnest($2::uuid[]) AS p (id)
      CROSS JOIN LATERAL (
            SELECT t.id, t.${key} AS key, t.${unique} AS place FROM ${table} t
             WHERE t.provider_id = $1 AND t.${parent} = p.id AND ${isIn("t.customer_id", 4)} ${only ? `AND t.${only}` : ""}
             ORDER BY t.${key} ${walk}, t.${unique} ${walk} LIMIT $3) found
      ORDER BY p.id, found.key ${walk}, found.place ${walk}`,
    [providerId, parents, limitOf(window), customerId],
  );
};

/** How many rows each parent's list has; parents without any are left out. */
export const countsOf = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  { table, parent, only }: NestedList,
  parents: readonly string[],
): Promise<Map<string, number>> => {
  const rows = await db.query<{ parent: string; count: string }[]>(
    `SELECT ${parent} AS parent, count(*) FROM ${table}
      WHERE provider_id = $1 AND ${parent} = ANY($2::uuid[]) AND ${isIn("customer_id", 3)} ${only ? `AND ${only}` : ""} GROUP BY ${parent}`,
    [providerId, parents, customerId],
  );
  return new Map(rows.map((row) => [row.parent, Number(row.count)]));
};
