import { type LineKind } from "#domain/billing/line.js";
import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { type CreditNotePurpose } from "#domain/invoicing/events.js";
import { type InvoiceState } from "#domain/invoicing/invoice.js";
import { type Amount } from "#domain/money.js";
import { type Snapshot } from "./snapshot.js";

/* Issued invoices and credit notes, by issue date, then number. Days are both included. */

interface DocumentColumns {
  readonly number: string;
  readonly id: string;
  readonly customerId: string;
  /** As on the document. */
  readonly customer: string;
  readonly issuedOn: LocalDate;
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
  readonly currency: string;
  readonly totalsByKind: Readonly<Partial<Record<LineKind, Amount>>>;
  readonly total: Amount;
  readonly lines: number;
  readonly contentHash: string;
}

export interface ExportedInvoice extends DocumentColumns {
  readonly dueOn: LocalDate;
  /** Without OVERDUE, which is a matter of the day. */
  readonly state: InvoiceState;
  readonly open: Amount;
  readonly writtenOff: Amount;
}

export interface ExportedCreditNote extends DocumentColumns {
  readonly purpose: CreditNotePurpose;
  /** The number of the invoice that it corrects or voids; null: none. */
  readonly invoice: string | null;
  readonly reason: string | null;
}

const DOCUMENT_COLUMNS = `
  d.number, d.id, d.customer_id AS "customerId", d.recipient ->> 'name' AS customer, d.issued_on AS "issuedOn",
  d.period_from AS "periodFrom", d.period_until AS "periodUntil", d.currency, d.totals_by_kind AS "totalsByKind",
  d.total::text, d.line_count AS lines, d.content_hash AS "contentHash"`;

const ISSUED_BETWEEN = `d.provider_id = $1 AND d.number IS NOT NULL AND d.issued_on BETWEEN $2 AND $3`;

export const invoicesBetween = (snapshot: Snapshot, { from, until }: PeriodDays): AsyncGenerator<ExportedInvoice[]> =>
  snapshot.parts(
    `SELECT ${DOCUMENT_COLUMNS}, d.due_on AS "dueOn", d.state, d.open::text, d.written_off::text AS "writtenOff"
       FROM invoices d WHERE ${ISSUED_BETWEEN} ORDER BY d.issued_on, d.series_index`,
    [snapshot.providerId, from, until],
  );

export const creditNotesBetween = (
  snapshot: Snapshot,
  { from, until }: PeriodDays,
): AsyncGenerator<ExportedCreditNote[]> =>
  snapshot.parts(
    `SELECT ${DOCUMENT_COLUMNS}, d.purpose, i.number AS invoice, d.reason
       FROM credit_notes d LEFT JOIN invoices i ON i.provider_id = d.provider_id AND i.id = d.invoice_id
      WHERE ${ISSUED_BETWEEN} ORDER BY d.issued_on, d.series_index`,
    [snapshot.providerId, from, until],
  );

export type DocumentType = "INVOICE" | "CREDIT_NOTE";

/**
 * SQL: invoices and credit notes that were issued, as `d`, with what their lines are exported by.
 * @param condition on columns of either table
 */
export const issuedDocuments = (condition: string): string => {
  const columns =
    "provider_id, id, customer_id, number, series_index, issued_on, currency, recipient ->> 'name' AS customer";
  const of = (document: DocumentType, table: string) =>
    `SELECT '${document}' AS document, ${columns} FROM ${table}
      WHERE provider_id = $1 AND number IS NOT NULL AND ${condition}`;
  return `(${of("INVOICE", "invoices")} UNION ALL ${of("CREDIT_NOTE", "credit_notes")}) d`;
};
