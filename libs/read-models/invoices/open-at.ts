import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount, big, type Currency, format } from "#domain/money.js";
import { type Position } from "#event-store/position.js";
import { isIn, type Scope } from "../rows/scope.js";

/** An issued invoice as it was at a place in the log. */
export interface InvoiceThen {
  readonly id: string;
  readonly number: string;
  readonly dueOn: LocalDate;
  readonly currency: Currency;
  readonly total: Amount;
  /** What was left to pay of it. */
  readonly open: Amount;
}

/**
 * The invoices of a customer of which something was left to pay when an event was recorded, in the order of their
 * numbers. What happened since is taken back from what is open now, so it costs what happened since.
 * @param position of the event, which has to be projected
 * @param invoiceId an invoice that is listed whatever was left of it; null: none
 */
export const invoicesOpenAt = async (
  dataSource: Pick<DataSource, "query">,
  scope: Scope,
  customerId: string,
  position: Position,
  invoiceId: string | null,
): Promise<InvoiceThen[]> => {
  const rows = await dataSource.query<InvoiceThen[]>(
    `WITH since AS (
       SELECT invoice_id, sum(change) AS change FROM receivables_open
        WHERE provider_id = $1 AND customer_id = $2 AND commit > $3 GROUP BY invoice_id
     )
     SELECT i.id, i.number, i.due_on::text AS "dueOn", i.currency, i.total::text,
            (i.open - coalesce(s.change, 0))::text AS open
       FROM invoices i LEFT JOIN since s ON s.invoice_id = i.id
      WHERE i.provider_id = $1 AND i.customer_id = $2 AND ${isIn("i.customer_id", 5)} AND i.number IS NOT NULL
        AND (i.open - coalesce(s.change, 0) > 0 OR i.id = $4)
      ORDER BY i.series_index`,
    [scope.providerId, customerId, position.commit.toString(), invoiceId, scope.customerId],
  );
  return rows.map((row) => ({ ...row, open: format(big(row.open), row.currency) }));
};
