import { type EntityManager, type DataSource } from "typeorm";

/** A list that belongs to a parent, in the order of its query's own sorting `order`, so that cursors fit both. */
export interface NestedList {
  readonly table: "accounts" | "commitments" | "invoices";
  readonly parent: "customer_id" | "account_id";
  readonly key: "created_commit" | "start" | "issued_on";
  readonly direction: "ASC" | "DESC";
  /** The sorting's name in cursors, e.g. `START ASC`. */
  readonly order: string;
  /** SQL condition on the rows that are listed; left out: all. */
  readonly only?: "number IS NOT NULL";
}

/** Place of a row in its parent's list. */
export interface NestedPlace {
  readonly id: string;
  readonly parent: string;
  /** Sort key, as PostgreSQL writes it. */
  readonly key: string;
  /** How many rows the parent has. */
  readonly total: string;
}

/** Places of the first rows of each parent's list, in order, in one statement. */
export const firstPlaces = (
  db: Pick<DataSource | EntityManager, "query">,
  providerId: string,
  { table, parent, key, direction, only }: NestedList,
  parents: readonly string[],
  first: number,
): Promise<NestedPlace[]> =>
  db.query<NestedPlace[]>(
    `SELECT id, parent, key, total FROM (
       SELECT id, ${parent} AS parent, ${key}::text AS key, count(*) OVER (PARTITION BY ${parent}) AS total,
              row_number() OVER (PARTITION BY ${parent} ORDER BY ${key} ${direction}, id ${direction}) AS place
         FROM ${table}
        WHERE provider_id = $1 AND ${parent} = ANY($2::uuid[]) ${only ? `AND ${only}` : ""}
     ) placed WHERE place <= $3 ORDER BY parent, place`,
    [providerId, parents, first],
  );
