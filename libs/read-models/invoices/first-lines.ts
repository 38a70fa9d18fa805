import { type DataSource } from "typeorm";
import { type InvoiceLineRow } from "./table.js";

/** A line with the number of lines that its invoice has. */
export type CountedLine = Omit<InvoiceLineRow, "providerId"> & { readonly total: string };

/** The first lines of each invoice, in one statement. */
export const firstInvoiceLines = (
  dataSource: DataSource,
  providerId: string,
  invoiceIds: readonly string[],
  first: number,
): Promise<CountedLine[]> =>
  dataSource.query<CountedLine[]>(
    `SELECT invoice_id AS "invoiceId", position, kind, commitment_id AS "commitmentId", account_id AS "accountId",
            row_id AS "rowId", description, from_on AS "fromOn", until_on AS "untilOn", days,
            period_days AS "periodDays", fee::text, discount::text, discount_origin AS "discountOrigin", net::text,
            currency, causes, (SELECT line_count FROM invoices i WHERE i.provider_id = l.provider_id
                                  AND i.id = l.invoice_id)::text AS total
       FROM invoice_lines l
      WHERE provider_id = $1 AND invoice_id = ANY($2::uuid[]) AND position <= $3
      ORDER BY invoice_id, position`,
    [providerId, invoiceIds, first],
  );
