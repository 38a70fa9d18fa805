import { encodeCursor } from "#read-models/rows/cursor.js";
import { firstPlaces, type NestedList } from "#read-models/nested-lists.js";
import { type Backend } from "../core/backend.js";
import { type Connection } from "../graphql/pagination.js";
import { grouped } from "./connections.js";

/** The first rows of each parent, as connections; the rows are loaded in bulk. */
export const firstPages = async <Node extends { readonly id: string }>(
  backend: Backend,
  providerId: string,
  list: NestedList,
  parents: readonly string[],
  first: number,
  find: (ids: readonly string[]) => Promise<readonly Node[]>,
): Promise<Map<string, Connection<Node>>> => {
  const { order } = list;
  const places = await firstPlaces(backend.dataSource, providerId, list, parents, first + 1);
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
