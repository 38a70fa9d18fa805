import { type EntityManager } from "typeorm";
import { type Ledger } from "#domain/billing/ledger.js";
import { type LineKind, type DiscountOrigin } from "#domain/billing/line.js";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount, type Currency } from "#domain/money.js";
import { type SealedLine } from "../invoices/pages.js";
import { type Queryable } from "../runner/checkpoints.js";
import { upsert } from "./rows.js";

/** A line of a sealed invoice. Days are text `YYYY-MM-DD`; first and last day are both included. */
export interface LineRow {
  readonly provider_id: string;
  readonly invoice_id: string;
  /** Number of the line in the invoice, from 1. */
  readonly position: number;
  readonly customer_id: string;
  readonly account_id: string;
  readonly commitment_id: string;
  readonly row_id: string;
  readonly kind: LineKind;
  /** The invoice's billing period. */
  readonly period_from: LocalDate;
  readonly period_until: LocalDate;
  readonly from_on: LocalDate;
  readonly until_on: LocalDate;
  readonly days: number;
  readonly period_days: number | null;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly discount_origin: DiscountOrigin | null;
  readonly net: Amount;
  readonly currency: Currency;
}

const toRow = ({ provider, seal, position, line }: SealedLine): LineRow => ({
  provider_id: provider,
  invoice_id: seal.data.invoiceId,
  position,
  customer_id: seal.data.customerId,
  account_id: line.accountId,
  commitment_id: line.commitmentId,
  row_id: line.rowId,
  kind: line.kind,
  period_from: seal.data.period.from,
  period_until: seal.data.period.until,
  from_on: line.from,
  until_on: line.until,
  days: line.days,
  period_days: line.periodDays,
  fee: line.fee,
  discount: line.discount,
  discount_origin: line.discountOrigin,
  net: line.net,
  currency: line.currency,
});

export const writeLines = (manager: EntityManager, lines: readonly SealedLine[]): Promise<void> =>
  upsert(manager, "billing_lines", ["provider_id", "invoice_id", "position"], lines.map(toRow));

/**
 * The discount ledgers of customers, by customer: the discounts with origin `COMMITMENT` on their lines billed
 * (docs/rules.md#ledger-and-penalty). Customers without any are left out.
 */
export const ledgersOf = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<Map<string, Ledger>> => {
  const found = await db.query<{ customer_id: string; commitment_id: string; row_id: string; amount: Amount }[]>(
    `SELECT customer_id, commitment_id, row_id, sum(discount)::text AS amount FROM billing_lines
      WHERE provider_id = $1 AND customer_id = ANY($2::uuid[]) AND discount_origin = 'COMMITMENT'
      GROUP BY customer_id, commitment_id, row_id`,
    [provider, customerIds],
  );
  const ledgers = new Map<string, Map<string, Map<string, Amount>>>();
  for (const { customer_id, commitment_id, row_id, amount } of found) {
    const ledger = ledgers.get(customer_id) ?? new Map<string, Map<string, Amount>>();
    ledgers.set(customer_id, ledger);
    const given = ledger.get(commitment_id) ?? new Map<string, Amount>();
    ledger.set(commitment_id, given);
    given.set(row_id, amount);
  }
  return ledgers;
};

/** The part of the commitments' discount ledger that is on numbered invoices of these customers. */
export const issuedLedgerOf = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
  commitmentIds: readonly string[],
): Promise<Ledger> => {
  const found = await db.query<{ commitment_id: string; row_id: string; amount: Amount }[]>(
    `SELECT commitment_id, row_id, sum(discount)::text AS amount FROM billing_lines l
      WHERE provider_id = $1 AND customer_id = ANY($2::uuid[]) AND discount_origin = 'COMMITMENT'
        AND commitment_id = ANY($3::uuid[])
        AND NOT EXISTS (SELECT FROM billing_unnumbered u
                         WHERE u.provider_id = l.provider_id AND u.invoice_id = l.invoice_id)
      GROUP BY commitment_id, row_id`,
    [provider, customerIds, commitmentIds],
  );
  const ledger = new Map<string, Map<string, Amount>>();
  for (const { commitment_id, row_id, amount } of found) {
    ledger.set(commitment_id, (ledger.get(commitment_id) ?? new Map<string, Amount>()).set(row_id, amount));
  }
  return ledger;
};
