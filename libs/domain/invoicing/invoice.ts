import { addDays, inclusive, type Interval } from "../calendar.js";
import { type ClassTerms } from "../catalog/events.js";
import { type Line, type LineKind } from "../billing/line.js";
import { totalOf } from "../billing/period.js";
import { type Customer } from "../customers/customer.js";
import { type Amount, big, type Currency, ZERO } from "../money.js";
import {
  type BasisEntry,
  type InvoicePageRecorded,
  type InvoiceSealed,
  type PeriodClosed,
  type SealedPage,
} from "./events.js";

/** Lines of one invoice page at most (docs/rules.md#period-close). */
export const LINES_PER_PAGE = 500;

export type InvoiceState = "UNPAID" | "PAID";

/** An invoice with a total of zero counts as paid. */
export const stateOf = (total: Amount): InvoiceState => (big(total).eq(ZERO) ? "PAID" : "UNPAID");

/** The pages of an invoice. @param hash the SHA-256 of a JSON value */
export const pagesOf = (
  invoiceId: string,
  lines: readonly Line[],
  period: Interval,
  hash: (value: unknown) => string,
): InvoicePageRecorded[] =>
  Array.from({ length: Math.ceil(lines.length / LINES_PER_PAGE) }, (_, index) => {
    const page = lines.slice(index * LINES_PER_PAGE, (index + 1) * LINES_PER_PAGE);
    const data = { invoiceId, page: index + 1, lines: page, contentHash: hash(page), effectiveOn: period.to };
    return { type: "InvoicePageRecorded", data };
  });

export interface SealInput {
  readonly invoiceId: string;
  readonly customer: Customer;
  readonly period: Interval;
  readonly lines: readonly Line[];
  readonly pages: readonly SealedPage[];
  readonly contentHash: string;
  readonly basis: readonly BasisEntry[];
  readonly terms: ClassTerms;
}

/** The seal of an invoice: issued on the day after its period, due the class's grace days later. */
export const seal = ({
  invoiceId,
  customer,
  period,
  lines,
  pages,
  contentHash,
  basis,
  terms,
}: SealInput): InvoiceSealed => ({
  type: "InvoiceSealed",
  data: {
    invoiceId,
    customerId: customer.customerId,
    period: inclusive(period),
    currency: customer.currency,
    issuedOn: period.to,
    dueOn: addDays(period.to, terms.graceDays),
    graceDays: terms.graceDays,
    rounding: terms.rounding,
    lineCount: lines.length,
    totalsByKind: totalsByKind(lines, customer.currency),
    total: totalOf(lines, customer.currency),
    pages,
    contentHash,
    basis,
    effectiveOn: period.to,
    personal: { recipient: customer.contact },
  },
});

export const periodClosed = (customer: Customer, period: Interval, basis: readonly BasisEntry[]): PeriodClosed => ({
  type: "PeriodClosed",
  data: { customerId: customer.customerId, period: inclusive(period), basis, effectiveOn: period.to },
});

const totalsByKind = (lines: readonly Line[], currency: Currency): Partial<Record<LineKind, Amount>> => {
  const kinds = [...new Set(lines.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      totalOf(
        lines.filter((line) => line.kind === kind),
        currency,
      ),
    ]),
  );
};
