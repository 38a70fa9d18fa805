import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { type Snapshot } from "./snapshot.js";

/**
 * About how many rows an export has, counted without making them: each document with its lines, what was paid, each
 * customer's statement with its two balances, each row of the discount ledger, and each commitment that may run.
 * @param today the provider's
 */
export const rowsToExport = async (
  snapshot: Snapshot,
  { from, until }: PeriodDays,
  today: LocalDate,
): Promise<number> => {
  const [row] = await snapshot.query<{ rows: string }[]>(
    `SELECT (SELECT coalesce(sum(1 + line_count), 0) FROM invoices
              WHERE provider_id = $1 AND number IS NOT NULL AND issued_on BETWEEN $2 AND $3)
          + (SELECT coalesce(sum(1 + line_count), 0) FROM credit_notes
              WHERE provider_id = $1 AND number IS NOT NULL AND issued_on BETWEEN $2 AND $3)
          + (SELECT count(*) FROM payments WHERE provider_id = $1 AND recorded_on BETWEEN $2 AND $3)
          + (SELECT count(*) FROM payments WHERE provider_id = $1 AND reversed_on BETWEEN $2 AND $3)
          + (SELECT count(*) FROM refunds WHERE provider_id = $1 AND recorded_on BETWEEN $2 AND $3)
          + (SELECT count(*) FROM receivables_movements WHERE provider_id = $1 AND on_day BETWEEN $2 AND $3)
          + (SELECT 2 * count(*) FROM receivables_accounts WHERE provider_id = $1)
          + (SELECT count(*) FROM billing_ledger WHERE provider_id = $1)
          + (SELECT count(*) FROM billing_commitments
              WHERE provider_id = $1 AND (terminated_on IS NULL OR terminated_on >= $4)) AS rows`,
    [snapshot.providerId, from, until, today],
  );
  return Number(row?.rows ?? 0);
};
