import { type Correction, type DiscountOrigin, type LineKind } from "#domain/billing/line.js";
import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { type Amount } from "#domain/money.js";
import { type UsageCounts } from "#domain/voice/usage.js";
import { type DocumentType, issuedDocuments } from "./documents.js";
import { type Snapshot } from "./snapshot.js";

/** A line of an issued invoice or credit note. Days are both included. */
export interface ExportedLine {
  readonly document: DocumentType;
  readonly number: string;
  readonly documentId: string;
  /** From 1. */
  readonly position: number;
  readonly issuedOn: LocalDate;
  readonly customerId: string;
  readonly customer: string;
  /** The identifier of the account; null: there is none any more. */
  readonly account: string | null;
  /** Null: of calls. */
  readonly commitmentId: string | null;
  readonly rowId: string;
  readonly kind: LineKind;
  readonly description: string;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly days: number;
  readonly periodDays: number | null;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly discountOrigin: DiscountOrigin | null;
  readonly net: Amount;
  readonly currency: string;
  readonly corrects: Correction | null;
  readonly usage: UsageCounts | null;
}

/** The lines of the documents issued on some days: invoices first, by issue date, number and position. */
export const linesBetween = (snapshot: Snapshot, { from, until }: PeriodDays): AsyncGenerator<ExportedLine[]> =>
  snapshot.parts(
    `SELECT d.document, d.number, d.id AS "documentId", l.position, d.issued_on AS "issuedOn",
            d.customer_id AS "customerId", d.customer, a.identifier AS account, l.commitment_id AS "commitmentId",
            l.row_id AS "rowId", l.kind, l.description, l.from_on AS "fromOn", l.until_on AS "untilOn", l.days,
            l.period_days AS "periodDays", l.fee::text, l.discount::text, l.discount_origin AS "discountOrigin",
            l.net::text, l.currency, l.corrects, l.usage
       FROM ${issuedDocuments("issued_on BETWEEN $2 AND $3")}
       JOIN invoice_lines l ON l.provider_id = d.provider_id AND l.invoice_id = d.id
       LEFT JOIN accounts a ON a.provider_id = l.provider_id AND a.id = l.account_id
      ORDER BY d.document DESC, d.issued_on, d.series_index, l.position`,
    [snapshot.providerId, from, until],
  );
