import { type Slice } from "#read-models/rows/paging.js";
import { type Connection } from "../graphql/pagination.js";

/** Rows of a read model as a connection; what costs a further query is asked only when requested. */
export const connection = <Row, Node>(slice: Slice<Row>, shown: (row: Row) => Node): Connection<Node> => ({
  edges: slice.rows.map((row, index) => ({ cursor: slice.cursors[index] ?? "", node: shown(row) })),
  pageInfo: {
    startCursor: slice.startCursor,
    endCursor: slice.endCursor,
    get hasPreviousPage() {
      return slice.hasPreviousPage();
    },
    get hasNextPage() {
      return slice.hasNextPage();
    },
  },
  get totalCount() {
    return slice.totalCount();
  },
});

/** Rows by what they belong to, each group in the rows' order. */
export const grouped = <Row>(rows: readonly Row[], groupOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(groupOf(row));
    if (group) group.push(row);
    else groups.set(groupOf(row), [row]);
  }
  return groups;
};
