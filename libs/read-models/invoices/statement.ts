import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount, big, type Currency, format } from "#domain/money.js";
import { type RecordedMovement } from "#domain/receivables/balance-steps.js";
import { type MovementKind } from "#domain/receivables/movements.js";
import { DOCUMENTS } from "../rows/documents.js";
import { isIn, type Scope } from "../rows/scope.js";

/** Something that changed what a customer owes. */
export interface StatementLine {
  readonly on: LocalDate;
  readonly kind: MovementKind;
  /** The invoice, credit note, payment or refund; of a write-off, or its undoing, the invoice. */
  readonly documentId: string;
  /** The number of the invoice or credit note, or the reference of the payment or refund; null: it has none. */
  readonly reference: string | null;
  /** Added to what the customer owes: below zero for what pays or credits. */
  readonly amount: Amount;
  /** What the customer owes after it. */
  readonly balance: Amount;
}

/** What a customer owed before and after some days, and every movement between. Below zero, it was owed. */
export interface Statement {
  readonly opening: Amount;
  readonly movements: readonly StatementLine[];
  readonly closing: Amount;
}

type Queryable = Pick<DataSource, "query">;

/**
 * The statement of a customer from a day until another, both included (docs/rules.md#statements). Movements come by day,
 * then in the order of the log: a document that was numbered late has the day of its date.
 */
export const loadMovements = async (
  db: Queryable,
  { providerId, customerId: own }: Scope,
  customer: { readonly customerId: string; readonly currency: Currency },
  days: { readonly from: LocalDate; readonly until: LocalDate },
): Promise<Statement> => {
  const { customerId, currency } = customer;
  const opening = format(big(await owedBefore(db, providerId, customerId, own, days.from)), currency);
  const rows = await db.query<Omit<StatementLine, "balance">[]>(
    `SELECT m.on_day::text AS "on", m.kind, m.document_id AS "documentId",
            coalesce(d.number, p.reference, r.reference) AS reference, m.amount::text AS amount
       FROM receivables_movements m
       LEFT JOIN ${DOCUMENTS} d ON d.provider_id = m.provider_id AND d.id = m.document_id
       LEFT JOIN payments p ON p.provider_id = m.provider_id AND p.id = m.document_id
       LEFT JOIN refunds r ON r.provider_id = m.provider_id AND r.id = m.document_id
      WHERE m.provider_id = $1 AND m.customer_id = $2 AND ${isIn("m.customer_id", 5)} AND m.on_day BETWEEN $3 AND $4
      ORDER BY m.on_day, m.place, m.line`,
    [providerId, customerId, days.from, days.until, own],
  );
  let owed = big(opening);
  const movements = rows.map((row): StatementLine => {
    owed = owed.plus(big(row.amount));
    return { ...row, balance: format(owed, currency) };
  });
  return { opening, movements, closing: format(owed, currency) };
};

/** What a customer owed before a day. "0" where nothing had moved. */
const owedBefore = async (
  db: Queryable,
  providerId: string,
  customerId: string,
  own: string | null,
  day: LocalDate,
): Promise<Amount> => {
  const [row] = await db.query<{ owed: Amount }[]>(
    `SELECT coalesce(sum(amount), 0)::text AS owed FROM receivables_movements
      WHERE provider_id = $1 AND customer_id = $2 AND on_day < $3 AND ${isIn("customer_id", 4)}`,
    [providerId, customerId, day, own],
  );
  return row?.owed ?? "0";
};

/** Everything that ever changed what a customer owes, in the order of its statements. */
export const allMovements = (
  db: Queryable,
  { providerId, customerId: own }: Scope,
  customerId: string,
): Promise<RecordedMovement[]> =>
  db.query(
    `SELECT on_day::text AS "on", kind, document_id AS "documentId", amount::text AS amount, event_id AS "eventId"
       FROM receivables_movements
      WHERE provider_id = $1 AND customer_id = $2 AND ${isIn("customer_id", 3)}
      ORDER BY on_day, place, line`,
    [providerId, customerId, own],
  );
