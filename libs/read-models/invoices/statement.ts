import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount } from "#domain/money.js";
import { type MovementKind } from "#domain/receivables/movements.js";
import { DOCUMENTS } from "../rows/documents.js";

/** A line of a customer's statement. */
export interface StatementLine {
  readonly on: LocalDate;
  readonly kind: MovementKind;
  /** The number of the invoice or credit note, or the reference of the payment or refund; null: it has none. */
  readonly reference: string | null;
  /** Added to what the customer owes. */
  readonly amount: Amount;
}

/** What a customer owed before a day: below zero, it was owed. "0" where nothing had moved. */
export const owedBefore = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  customerId: string,
  day: LocalDate,
): Promise<Amount> => {
  const [row] = await dataSource.query<{ owed: Amount }[]>(
    `SELECT coalesce(sum(amount), 0)::text AS owed FROM receivables_movements
      WHERE provider_id = $1 AND customer_id = $2 AND on_day < $3`,
    [providerId, customerId, day],
  );
  return row?.owed ?? "0";
};

/** What moved from a day until another, both included, in the order of the log. */
export const statementLines = (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  customerId: string,
  days: { readonly from: LocalDate; readonly until: LocalDate },
): Promise<StatementLine[]> =>
  dataSource.query(
    `SELECT m.on_day::text AS "on", m.kind, coalesce(d.number, p.reference, r.reference) AS reference,
            m.amount::text AS amount
       FROM receivables_movements m
       LEFT JOIN ${DOCUMENTS} d ON d.provider_id = m.provider_id AND d.id = m.document_id
       LEFT JOIN payments p ON p.provider_id = m.provider_id AND p.id = m.document_id
       LEFT JOIN refunds r ON r.provider_id = m.provider_id AND r.id = m.document_id
      WHERE m.provider_id = $1 AND m.customer_id = $2 AND m.on_day BETWEEN $3 AND $4
      ORDER BY m.place, m.line`,
    [providerId, customerId, days.from, days.until],
  );
