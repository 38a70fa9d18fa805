import { type CursorPlace } from "#read-models/rows/cursor.js";
import { isAtAnEnd, sliceOf, type SliceArguments, type Window, windowOf } from "#read-models/rows/window.js";
import { batch } from "../graphql/batch.js";
import { type Connection } from "../graphql/pagination.js";
import { connection, grouped } from "./connections.js";

/** A list of each of many parents, which is read in bulk where its first or last items are asked for. */
export interface ListOfEach<Node> {
  /** Name of its sort order, as in cursors. */
  readonly order: string;
  /** The items at the window's end of each parent's list, in the direction in which the window is walked. */
  readonly atEnd: (parents: readonly string[], window: Window) => Promise<readonly Placed<Node>[]>;
  /** How many items the parents' lists have; those without any may be left out. */
  readonly counts: (parents: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** A slice of one parent's list between cursors. */
  readonly list: (parent: string, asked: SliceArguments) => Promise<Connection<Node>>;
}

/** An item with its place in its parent's list. */
export interface Placed<Node> {
  readonly parent: string;
  readonly place: CursorPlace;
  readonly node: Node;
}

/** Loads slices of nested lists for one request: those at an end together, by size. */
export const nestedLoader = <Node>({
  order,
  atEnd,
  counts,
  list,
}: ListOfEach<Node>): ((parent: string, asked: SliceArguments) => Promise<Connection<Node>>) => {
  const count = batch<string, number>(counts);
  const bySize = new Map<string, (parent: string) => Promise<readonly Placed<Node>[] | undefined>>();
  const loaderOf = (window: Window) => {
    const key = `${window.backward ? "last" : "first"} ${window.size}`;
    const loader =
      bySize.get(key) ??
      batch<string, readonly Placed<Node>[]>(async (parents) =>
        grouped(await atEnd(parents, window), ({ parent }) => parent),
      );
    bySize.set(key, loader);
    return loader;
  };
  return async (parent, asked) => {
    const window = windowOf(asked, order);
    if (!isAtAnEnd(window)) return list(parent, asked);
    const placed = (await loaderOf(window)(parent)) ?? [];
    const found = placed.map(({ node, place }) => ({ row: node, place }));
    const slice = sliceOf(window, found, {
      // Nothing lies beyond a cursor that was not given.
      exists: () => Promise.resolve(false),
      count: async () => (await count(parent)) ?? 0,
    });
    return connection(slice, (node) => node);
  };
};
