import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount } from "#domain/money.js";
import { type RecordedMovement, type UnusedCredit } from "#domain/receivables/balance-steps.js";
import { isUuid } from "../rows/filters.js";
import { isIn, type Scope } from "../rows/scope.js";
import { usesOfCredits } from "./allocations.js";

type Queryable = Pick<DataSource, "query">;

/**
 * Everything that changed what is left to pay of invoices, in order, by invoice id: each change with the kind, document
 * and event of the movement that it came with.
 */
export const openChangesOf = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  invoiceIds: readonly string[],
): Promise<Map<string, RecordedMovement[]>> => {
  const rows = await db.query<(RecordedMovement & { readonly invoiceId: string })[]>(
    `SELECT o.invoice_id AS "invoiceId", o.on_day::text AS "on", o.change::text AS amount,
            m.kind, m.document_id AS "documentId", m.event_id AS "eventId"
       FROM receivables_open o
       JOIN LATERAL (SELECT * FROM receivables_movements m
                      WHERE m.provider_id = o.provider_id AND m.customer_id = o.customer_id AND m.place = o.place
                      ORDER BY m.line LIMIT 1) m ON true
      WHERE o.provider_id = $1 AND o.invoice_id = ANY($2::uuid[]) AND ${isIn("o.customer_id", 3)}
      ORDER BY o.invoice_id, o.place, o.line`,
    [providerId, invoiceIds.filter(isUuid), customerId],
  );
  const found = new Map<string, RecordedMovement[]>();
  for (const { invoiceId, ...change } of rows) {
    const own = found.get(invoiceId) ?? [];
    found.set(invoiceId, own);
    own.push(change);
  }
  return found;
};

/** When invoices became void, and the event that says so, by invoice id. */
export const voidingsOf = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  invoiceIds: readonly string[],
): Promise<Map<string, { readonly on: LocalDate; readonly eventId: string }>> => {
  const rows = await db.query<{ invoiceId: string; on: LocalDate; eventId: string }[]>(
    `SELECT invoice_id AS "invoiceId", issued_on::text AS "on", sealed_event_id AS "eventId" FROM credit_notes
      WHERE provider_id = $1 AND invoice_id = ANY($2::uuid[]) AND purpose = 'VOID' AND ${isIn("customer_id", 3)}`,
    [providerId, invoiceIds.filter(isUuid), customerId],
  );
  return new Map(rows.map(({ invoiceId, ...voided }) => [invoiceId, voided]));
};

/** The credits of a customer of which something is left, in the order in which they came. */
export const unusedCreditsOf = async (db: Queryable, scope: Scope, ofCustomer: string): Promise<UnusedCredit[]> => {
  const { providerId, customerId } = scope;
  const rows = await db.query<(RecordedMovement & { readonly creditId: string; readonly unused: Amount })[]>(
    `SELECT c.credit_id AS "creditId", c.unused::text AS unused, m.on_day::text AS "on", m.kind,
            m.amount::text AS amount, m.document_id AS "documentId", m.event_id AS "eventId"
       FROM receivables_credits c
       JOIN receivables_movements m
         ON m.provider_id = c.provider_id AND m.customer_id = c.customer_id AND m.place = c.place
        AND m.document_id = c.credit_id
      WHERE c.provider_id = $1 AND c.customer_id = $2 AND c.unused <> 0 AND ${isIn("c.customer_id", 3)}
      ORDER BY c.place`,
    [providerId, ofCustomer, customerId],
  );
  const uses = await usesOfCredits(
    db,
    scope,
    rows.map(({ creditId }) => creditId),
  );
  return rows.map(({ creditId, unused, ...movement }) => ({
    movement,
    unused,
    uses: (uses.get(creditId) ?? []).map(({ usedFor, userId, amount }) => ({ by: usedFor, userId, amount })),
  }));
};

/** The issued invoices of a customer of which something is left to pay, the oldest first. */
export const openInvoicesOf = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  ofCustomer: string,
): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM invoices
      WHERE provider_id = $1 AND customer_id = $2 AND open <> 0 AND number IS NOT NULL AND ${isIn("customer_id", 3)}
      ORDER BY issued_on, series_index`,
    [providerId, ofCustomer, customerId],
  );
  return rows.map(({ id }) => id);
};
