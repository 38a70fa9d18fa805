import { encodeCursor } from "#read-models/cursor.js";
import { type InvoiceLineRow } from "#read-models/invoices/table.js";
import { type Backend } from "../backend.js";
import { type Connection } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { type Line } from "../invoices/models.js";
import { lineShown } from "../invoices/shown.js";
import { grouped } from "./pages.js";

/** As the query of one invoice's lines names its order in cursors. */
const ORDER = "POSITION ASC";

type Row = Omit<InvoiceLineRow, "providerId"> & { readonly total: string };

/** The first page of lines of each invoice, in one statement. */
export const firstLines = async (
  backend: Backend,
  providerId: string,
  invoiceIds: readonly string[],
  first: number,
): Promise<Map<string, Connection<Plain<Line>>>> => {
  const rows = await backend.rows<Row>(
    `SELECT invoice_id AS "invoiceId", position, kind, commitment_id AS "commitmentId", account_id AS "accountId",
            row_id AS "rowId", description, from_on AS "fromOn", until_on AS "untilOn", days,
            period_days AS "periodDays", fee::text, discount::text, discount_origin AS "discountOrigin", net::text,
            currency, causes, (SELECT line_count FROM invoices i WHERE i.provider_id = l.provider_id
                                  AND i.id = l.invoice_id)::text AS total
       FROM invoice_lines l
      WHERE provider_id = $1 AND invoice_id = ANY($2::uuid[]) AND position <= $3
      ORDER BY invoice_id, position`,
    [providerId, invoiceIds, first + 1],
  );
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
