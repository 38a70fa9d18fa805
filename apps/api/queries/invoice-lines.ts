import { encodeCursor } from "#read-models/rows/cursor.js";
import { firstLinesOf } from "#read-models/invoices/queries.js";
import { type Backend } from "../core/backend.js";
import { type Connection } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { type Line } from "../invoices/models.js";
import { lineShown } from "../invoices/shown.js";
import { grouped } from "./connections.js";

/** Name of the sort order of an invoice's lines, in cursors. */
const ORDER = "POSITION ASC";

/** The first lines of each invoice, as a connection. */
export const firstLines = async (
  backend: Backend,
  providerId: string,
  invoiceIds: readonly string[],
  first: number,
): Promise<Map<string, Connection<Plain<Line>>>> => {
  const rows = await firstLinesOf(backend.dataSource, providerId, invoiceIds, first + 1);
  const byInvoice = grouped(rows, ({ invoiceId }) => invoiceId);
  return new Map(
    invoiceIds.map((id) => {
      const own = byInvoice.get(id) ?? [];
      const edges = own.slice(0, first).map((row) => {
        const position = String(row.position);
        return { cursor: encodeCursor({ key: position, unique: position }, ORDER), node: lineShown(row) };
      });
      const pageInfo = { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: own.length > first };
      return [id, { edges, pageInfo, totalCount: Promise.resolve(Number(own[0]?.total ?? 0)) }];
    }),
  );
};
