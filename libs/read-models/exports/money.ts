import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { type Amount, big, format } from "#domain/money.js";
import { type MovementKind } from "#domain/receivables/movements.js";
import { DOCUMENTS } from "../rows/documents.js";
import { type Snapshot } from "./snapshot.js";

/** Money that came, was taken back or was paid back, on the day from which it counts. */
export interface ExportedPayment {
  readonly on: LocalDate;
  readonly kind: "PAYMENT" | "REVERSAL" | "REFUND";
  /** Of a reversal, that of its payment. */
  readonly id: string;
  readonly customerId: string;
  readonly customer: string | null;
  /** What the provider has more by it: below zero for reversals and refunds. */
  readonly amount: Amount;
  readonly currency: string;
  readonly method: PaymentMethod;
  /** When the money came, as the bank says; null: it went. */
  readonly valueOn: LocalDate | null;
  /** The number of the invoice that it was recorded for; null: none. */
  readonly invoice: string | null;
  readonly reference: string | null;
  /** What people noted: with a payment its note, else the reason. */
  readonly note: string | null;
}

/** By day, then by recording. */
export const paymentsBetween = (snapshot: Snapshot, { from, until }: PeriodDays): AsyncGenerator<ExportedPayment[]> =>
  snapshot.parts(
    `SELECT m.on_day AS "on", m.kind, m.id, m.customer_id AS "customerId", c.name AS customer, m.amount::text,
            m.currency, m.method, m.value_on AS "valueOn", i.number AS invoice, m.reference, m.note
       FROM (SELECT provider_id, recorded_on AS on_day, 'PAYMENT' AS kind, id, customer_id, amount, currency, method,
                    value_on, invoice_id, reference, note, recorded_commit
               FROM payments WHERE provider_id = $1 AND recorded_on BETWEEN $2 AND $3
             UNION ALL
             SELECT provider_id, reversed_on, 'REVERSAL', id, customer_id, -amount, currency, method,
                    NULL, invoice_id, reference, reversal_reason, recorded_commit
               FROM payments WHERE provider_id = $1 AND reversed_on BETWEEN $2 AND $3
             UNION ALL
             SELECT provider_id, recorded_on, 'REFUND', id, customer_id, -amount, currency, method,
                    NULL, NULL, reference, reason, recorded_commit
               FROM refunds WHERE provider_id = $1 AND recorded_on BETWEEN $2 AND $3) m
       LEFT JOIN customers c ON c.provider_id = m.provider_id AND c.id = m.customer_id
       LEFT JOIN invoices i ON i.provider_id = m.provider_id AND i.id = m.invoice_id
      ORDER BY m.on_day, m.recorded_commit, m.id, m.kind`,
    [snapshot.providerId, from, until],
  );

/** A line of a customer's statement of account. */
export interface ExportedMovement {
  readonly customerId: string;
  readonly customer: string | null;
  readonly on: LocalDate;
  readonly kind: "OPENING" | MovementKind | "CLOSING";
  /** The invoice, credit note, payment or refund; of a write-off the invoice; null: the line is a balance. */
  readonly documentId: string | null;
  /** The number of the document, or the reference of the payment or refund; null: it has none, or none yet. */
  readonly reference: string | null;
  /** Whether it is of a credit note that counts already and gets its number in a moment: it is not issued yet. */
  readonly unnumbered: boolean;
  /** Added to what the customer owes; null: the line is a balance. */
  readonly amount: Amount | null;
  /** What the customer owes after it: below zero, it is owed. */
  readonly balance: Amount;
  readonly currency: string;
}

type MovementRow = Omit<ExportedMovement, "amount" | "balance"> & { readonly amount: Amount };

/**
 * The statements of account of all customers, one after the other: opening balance, movements, closing balance. Who owed
 * nothing before and had no movement is left out.
 */
export const statementsBetween = async function* (
  snapshot: Snapshot,
  { from, until }: PeriodDays,
): AsyncGenerator<ExportedMovement[]> {
  const parts = snapshot.parts<MovementRow>(
    `SELECT s.customer_id AS "customerId", c.name AS customer, s.on_day AS "on", s.kind, s.document_id AS "documentId",
            coalesce(d.number, p.reference, r.reference) AS reference,
            (d.id IS NOT NULL AND d.number IS NULL) AS unnumbered, s.amount::text, a.currency
       FROM (SELECT m.provider_id, m.customer_id, $2::date AS on_day, 'OPENING' AS kind, NULL::uuid AS document_id,
                    coalesce(sum(m.amount) FILTER (WHERE m.on_day < $2), 0) AS amount, -1 AS place, 0 AS line
               FROM receivables_movements m WHERE m.provider_id = $1 AND m.on_day <= $3
              GROUP BY m.provider_id, m.customer_id
             HAVING coalesce(sum(m.amount) FILTER (WHERE m.on_day < $2), 0) <> 0 OR bool_or(m.on_day >= $2)
             UNION ALL
             SELECT provider_id, customer_id, on_day, kind, document_id, amount, place, line
               FROM receivables_movements WHERE provider_id = $1 AND on_day BETWEEN $2 AND $3) s
       JOIN receivables_accounts a ON a.provider_id = s.provider_id AND a.customer_id = s.customer_id
       LEFT JOIN customers c ON c.provider_id = s.provider_id AND c.id = s.customer_id
       LEFT JOIN ${DOCUMENTS} d ON d.provider_id = s.provider_id AND d.id = s.document_id
       LEFT JOIN payments p ON p.provider_id = s.provider_id AND p.id = s.document_id
       LEFT JOIN refunds r ON r.provider_id = s.provider_id AND r.id = s.document_id
      ORDER BY s.customer_id, s.kind <> 'OPENING', s.on_day, s.place, s.line`,
    [snapshot.providerId, from, until],
  );
  let last: ExportedMovement | undefined;
  for await (const part of parts) {
    const lines: ExportedMovement[] = [];
    for (const row of part) {
      if (row.kind === "OPENING") {
        if (last) lines.push(closing(last, until));
        last = { ...row, amount: null, balance: format(big(row.amount), row.currency) };
      } else {
        const owed = big(last?.balance ?? "0").plus(big(row.amount));
        last = { ...row, balance: format(owed, row.currency) };
      }
      lines.push(last);
    }
    yield lines;
  }
  if (last) yield [closing(last, until)];
};

const closing = (last: ExportedMovement, until: LocalDate): ExportedMovement => ({
  ...last,
  ...{ on: until, kind: "CLOSING", documentId: null, reference: null, unnumbered: false, amount: null },
});
