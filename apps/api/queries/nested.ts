import { encodeCursor } from "#read-models/cursor.js";
import { type Backend } from "../backend.js";
import { type Connection } from "../graphql/pagination.js";
import { grouped } from "./pages.js";

/** A list that belongs to a parent, in the order of its query's own sorting `order`, so that cursors fit both. */
export interface NestedList {
  readonly table: "accounts" | "commitments" | "invoices";
  readonly parent: "customer_id" | "account_id";
  readonly key: "created_commit" | "start" | "issued_on";
  readonly direction: "ASC" | "DESC";
  /** The sorting's name in cursors, e.g. `START ASC`. */
  readonly order: string;
  /** Rows that are not shown. */
  readonly only?: "number IS NOT NULL";
}

interface Place {
  readonly id: string;
  readonly parent: string;
  readonly key: string;
  readonly total: string;
}

/** The first page of each parent in one statement: which rows, in their order; the rows themselves load in bulk. */
export const firstPages = async <Node extends { readonly id: string }>(
  backend: Backend,
  providerId: string,
  list: NestedList,
  parents: readonly string[],
  first: number,
  find: (ids: readonly string[]) => Promise<readonly Node[]>,
): Promise<Map<string, Connection<Node>>> => {
  const { table, parent, key, direction, order, only } = list;
  const places = await backend.rows<Place>(
    `SELECT id, parent, key, total FROM (
       SELECT id, ${parent} AS parent, ${key}::text AS key, count(*) OVER (PARTITION BY ${parent}) AS total,
              row_number() OVER (PARTITION BY ${parent} ORDER BY ${key} ${direction}, id ${direction}) AS place
         FROM ${table}
        WHERE provider_id = $1 AND ${parent} = ANY($2::uuid[]) ${only ? `AND ${only}` : ""}
     ) placed WHERE place <= $3 ORDER BY parent, place`,
    [providerId, parents, first + 1],
  );
  const nodes = new Map((await find(places.map(({ id }) => id))).map((node) => [node.id, node]));
  const byParent = grouped(places, (place) => place.parent);
  return new Map(
    parents.map((id) => {
      const own = byParent.get(id) ?? [];
      const edges = own.slice(0, first).flatMap((place) => {
        const node = nodes.get(place.id);
        return node ? [{ cursor: encodeCursor({ key: place.key, unique: place.id }, order), node }] : [];
      });
      const pageInfo = { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: own.length > first };
      return [id, { edges, pageInfo, totalCount: Promise.resolve(Number(own[0]?.total ?? 0)) }];
    }),
  );
};
