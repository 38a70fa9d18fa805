import { type EntityManager } from "typeorm";
import { belongsTo, type BilledLine, type Ledger } from "#domain/billing/ledger.js";
import { type LedgerLine } from "#domain/billing/recorded-billing.js";
import { type Correction, type LineKind, type DiscountOrigin } from "#domain/billing/line.js";
import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { documentIdOf } from "#domain/invoicing/events.js";
import { type Amount, big, type Currency, format } from "#domain/money.js";
import { type SealedLine } from "../invoices/pages.js";
import { type Queryable } from "../runner/checkpoints.js";
import { toJsonb } from "../runner/fit.js";
import { inStatements } from "../runner/upsert.js";
import { upsert } from "./rows.js";

/** A line of a sealed invoice. Days are text `YYYY-MM-DD`; first and last day are both included. */
export interface LineRow {
  readonly provider_id: string;
  readonly invoice_id: string;
  /** Number of the line in the invoice, from 1. */
  readonly position: number;
  /** Revision of the seal in the customer's receivables stream. */
  readonly revision: string;
  readonly customer_id: string;
  readonly account_id: string;
  /** Null: of calls. */
  readonly commitment_id: string | null;
  readonly row_id: string;
  readonly kind: LineKind;
  readonly description: string;
  /** The invoice's billing period. */
  readonly period_from: LocalDate;
  readonly period_until: LocalDate;
  /** A day of the billing period that the line belongs to. */
  readonly belongs_to: LocalDate;
  readonly from_on: LocalDate;
  readonly until_on: LocalDate;
  readonly days: number;
  readonly period_days: number | null;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly discount_origin: DiscountOrigin | null;
  readonly net: Amount;
  readonly unit_discount: Amount | null;
  readonly charged: PeriodDays | null;
  readonly corrects: Correction | null;
  readonly currency: Currency;
}

const toRow = ({ provider, seal, position, line }: SealedLine): LineRow => ({
  provider_id: provider,
  invoice_id: documentIdOf(seal),
  position,
  revision: seal.revision.toString(),
  customer_id: seal.data.customerId,
  account_id: line.accountId,
  commitment_id: line.commitmentId,
  row_id: line.rowId,
  kind: line.kind,
  description: line.description,
  period_from: seal.data.period.from,
  period_until: seal.data.period.until,
  belongs_to: belongsTo(line, seal.data.period),
  from_on: line.from,
  until_on: line.until,
  days: line.days,
  period_days: line.periodDays,
  fee: line.fee,
  discount: line.discount,
  discount_origin: line.discountOrigin,
  net: line.net,
  unit_discount: line.unitDiscount ?? null,
  charged: line.charged ?? null,
  corrects: line.corrects ?? null,
  currency: line.currency,
});

export const writeLines = async (manager: EntityManager, lines: readonly SealedLine[]): Promise<void> => {
  const given = new Map<string, GivenRow>();
  for (const some of inStatements(lines)) {
    const rows = some.map(toRow);
    await upsert(manager, "billing_lines", ["provider_id", "invoice_id", "position"], rows);
    addGiven(given, rows);
  }
  await addToLedger(manager, [...given.values()]);
};

const LEDGER_KEY = ["provider_id", "customer_id", "commitment_id", "row_id"] as const;

/** Discounts given on lines of one row. */
type GivenRow = Pick<LineRow, (typeof LEDGER_KEY)[number]> & { readonly given: Amount };

const addGiven = (all: Map<string, GivenRow>, lines: readonly LineRow[]): void => {
  for (const { provider_id, customer_id, commitment_id, row_id, discount, discount_origin, currency } of lines) {
    if (discount_origin !== "COMMITMENT") continue;
    const key = [provider_id, customer_id, commitment_id, row_id].join(" ");
    const given = format(big(all.get(key)?.given ?? "0").plus(big(discount)), currency);
    all.set(key, { provider_id, customer_id, commitment_id, row_id, given });
  }
};

/** Adds the discounts of newly sealed lines. Each line comes once: with its seal. */
const addToLedger = async (manager: EntityManager, given: readonly GivenRow[]): Promise<void> => {
  if (given.length === 0) return;
  await manager.query(
    `INSERT INTO billing_ledger SELECT * FROM jsonb_populate_recordset(NULL::billing_ledger, $1::jsonb)
     ON CONFLICT (${LEDGER_KEY.join(", ")})
       DO UPDATE SET given = billing_ledger.given + EXCLUDED.given`,
    [toJsonb(given)],
  );
};

/** Discounts with origin `COMMITMENT` that were given to a customer on lines of a row. */
export interface LedgerRow {
  readonly customer_id: string;
  readonly commitment_id: string;
  readonly row_id: string;
  readonly amount: Amount;
}

/**
 * The discount ledgers of customers, by customer: the discounts with origin `COMMITMENT` on their lines billed
 * (docs/rules.md#ledger-and-penalty). Customers without any are left out.
 */
export const ledgersOf = (found: readonly LedgerRow[]): Map<string, Ledger> => {
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

/**
 * The lines that a customer's discount ledger adds up, in order of recording, with the events that they come from where
 * the document's own rows are known already.
 */
export const ledgerLinesOf = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<LedgerLine[]> => {
  const found = await db.query<(LineRow & { readonly causes: string[] | null })[]>(
    `SELECT l.invoice_id, l.position, l.commitment_id, l.row_id, l.description, l.from_on, l.until_on,
            l.discount::text, l.discount_origin, l.currency, i.causes
       FROM billing_lines l
       LEFT JOIN invoice_lines i
         ON i.provider_id = l.provider_id AND i.invoice_id = l.invoice_id AND i.position = l.position
      WHERE l.provider_id = $1 AND l.customer_id = ANY($2::uuid[]) AND l.discount_origin = 'COMMITMENT'
      ORDER BY l.revision, l.position`,
    [provider, customerIds],
  );
  return found.map((row) => ({
    ...{ invoiceId: row.invoice_id, position: row.position, commitmentId: row.commitment_id, rowId: row.row_id },
    ...{ description: row.description, from: row.from_on, until: row.until_on },
    ...{ discount: row.discount, discountOrigin: row.discount_origin, currency: row.currency },
    causes: row.causes ?? [],
  }));
};

/** A customer, and the first day of the first period whose lines are needed. */
export interface BilledFrom {
  readonly customerId: string;
  readonly from: LocalDate;
}

/** The lines billed for these periods and later ones, in order of recording, by customer id. */
export const billedLinesOf = async (
  db: Queryable,
  provider: string,
  wanted: readonly BilledFrom[],
): Promise<Map<string, BilledLine[]>> => {
  const lines = new Map<string, BilledLine[]>();
  if (wanted.length === 0) return lines;
  const found = await db.query<LineRow[]>(
    `SELECT l.customer_id, l.invoice_id, l.position, l.kind, l.commitment_id, l.account_id, l.row_id, l.description,
            l.from_on, l.until_on, l.days, l.period_days, l.fee::text, l.discount::text, l.discount_origin,
            l.unit_discount::text, l.charged, l.corrects, l.belongs_to, l.currency
       FROM unnest($2::uuid[], $3::text[]) AS w (customer_id, belongs_from)
       JOIN billing_lines l ON l.provider_id = $1 AND l.customer_id = w.customer_id AND l.belongs_to >= w.belongs_from
      ORDER BY l.revision, l.position`,
    [provider, wanted.map(({ customerId }) => customerId), wanted.map(({ from }) => from)],
  );
  for (const row of found) {
    const own = lines.get(row.customer_id) ?? [];
    lines.set(row.customer_id, own);
    own.push(toBilled(row));
  }
  return lines;
};

const toBilled = (row: LineRow): BilledLine => ({
  invoiceId: row.invoice_id,
  position: row.position,
  kind: row.kind,
  commitmentId: row.commitment_id,
  accountId: row.account_id,
  rowId: row.row_id,
  description: row.description,
  from: row.from_on,
  until: row.until_on,
  days: row.days,
  periodDays: row.period_days,
  fee: row.fee,
  discount: row.discount,
  discountOrigin: row.discount_origin,
  ...(row.unit_discount !== null && { unitDiscount: row.unit_discount }),
  ...(row.charged !== null && { charged: row.charged }),
  ...(row.corrects !== null && { corrects: row.corrects }),
  belongsTo: row.belongs_to,
  currency: row.currency,
});
