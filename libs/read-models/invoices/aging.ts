import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount, big, type Currency, format } from "#domain/money.js";
import { isIn, type Scope } from "../rows/scope.js";

/** What was open on a day in one currency, by how long it had been due. Amounts are 0 or more, apart from `balance`. */
export interface AgedAmounts {
  readonly currency: Currency;
  /** Not overdue yet. */
  readonly current: Amount;
  readonly days1To30: Amount;
  readonly days31To60: Amount;
  readonly days61To90: Amount;
  readonly over90: Amount;
  /** Their sum. */
  readonly open: Amount;
  /** Unused credit; below zero: owed beyond all invoices. */
  readonly balance: Amount;
  /** What was owed: `open` less `balance`. */
  readonly due: Amount;
}

const AMOUNTS = ["current", "days1To30", "days31To60", "days61To90", "over90", "open", "balance", "due"] as const;

/**
 * A provider's aged receivables on a day, as recorded by then, by currency (docs/rules.md#aged-receivables). What
 * happened since is taken back from what is open now, so a day of the past costs what happened since.
 * @param customerId only that customer's; null: all of the scope
 */
export const agedReceivables = async (
  dataSource: Pick<DataSource, "query">,
  scope: Scope,
  day: LocalDate,
  customerId: string | null,
): Promise<AgedAmounts[]> => {
  const rows = await dataSource.query<AgedAmounts[]>(
    `WITH since AS (
       SELECT invoice_id, sum(change) AS change FROM receivables_open
        WHERE provider_id = $1 AND on_day > $2 AND ${isIn("customer_id", 3)} AND ${isIn("customer_id", 4)} GROUP BY invoice_id
     ), invoices_then AS (
       SELECT i.currency, $2::date - i.due_on AS age, i.open - coalesce(s.change, 0) AS open
         FROM invoices i LEFT JOIN since s ON s.invoice_id = i.id
        WHERE i.provider_id = $1 AND ${isIn("i.customer_id", 3)} AND ${isIn("i.customer_id", 4)} AND i.number IS NOT NULL
          AND (i.open <> 0 OR s.change IS NOT NULL)
     ), aged AS (
       SELECT currency, sum(open) AS open,
              sum(open) FILTER (WHERE age <= 0) AS a0, sum(open) FILTER (WHERE age BETWEEN 1 AND 30) AS a1,
              sum(open) FILTER (WHERE age BETWEEN 31 AND 60) AS a2, sum(open) FILTER (WHERE age BETWEEN 61 AND 90) AS a3,
              sum(open) FILTER (WHERE age > 90) AS a4
         FROM invoices_then GROUP BY currency
     ), owed AS (
       SELECT a.currency, sum(
                coalesce((SELECT sum(i.open) FROM invoices i
                           WHERE i.provider_id = a.provider_id AND i.customer_id = a.customer_id
                             AND i.open <> 0 AND i.number IS NOT NULL), 0)
                - a.balance
                - coalesce((SELECT sum(m.amount) FROM receivables_movements m
                             WHERE m.provider_id = a.provider_id AND m.customer_id = a.customer_id
                               AND m.on_day > $2), 0)) AS due
         FROM receivables_accounts a
        WHERE a.provider_id = $1 AND ${isIn("a.customer_id", 3)} AND ${isIn("a.customer_id", 4)} GROUP BY a.currency
     )
     SELECT o.currency, coalesce(a.a0, 0)::text AS current, coalesce(a.a1, 0)::text AS "days1To30",
            coalesce(a.a2, 0)::text AS "days31To60", coalesce(a.a3, 0)::text AS "days61To90",
            coalesce(a.a4, 0)::text AS over90, coalesce(a.open, 0)::text AS open,
            (coalesce(a.open, 0) - o.due)::text AS balance, o.due::text AS due
       FROM owed o LEFT JOIN aged a ON a.currency = o.currency
      ORDER BY o.currency`,
    [scope.providerId, day, customerId, scope.customerId],
  );
  return rows.map((row) => {
    const amounts = AMOUNTS.map((name) => [name, format(big(row[name]), row.currency)]);
    return { ...row, ...(Object.fromEntries(amounts) as Record<(typeof AMOUNTS)[number], Amount>) };
  });
};
