import { addDays, inclusive, type Interval, type LocalDate } from "../calendar.js";
import { type ClassTerms } from "../catalog/events.js";
import { type Line, type LineKind } from "../billing/line.js";
import { totalOf } from "../billing/period.js";
import { type Customer } from "../customers/customer.js";
import { type Amount, big, type Currency, ZERO } from "../money.js";
import {
  type BasisEntry,
  type BasisPageRecorded,
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

/**
 * Characters of JSON that the lines of one page take at most: with many causes or many corrected lines, lines are long,
 * and a page must fit one append of the store.
 */
const CHARACTERS_PER_PAGE = 500_000;

/** Entries of a basis that its seal holds at most, and so does one page of a longer one. */
export const ENTRIES_PER_PAGE = 2_000;

/** The pages of an invoice. @param hash the SHA-256 of a JSON value */
export const pagesOf = (
  invoiceId: string,
  lines: readonly Line[],
  period: Interval,
  hash: (value: unknown) => string,
): InvoicePageRecorded[] =>
  inPages(lines, LINES_PER_PAGE).map((page, index) => ({
    type: "InvoicePageRecorded",
    data: { invoiceId, page: index + 1, lines: page, contentHash: hash(page), effectiveOn: period.to },
  }));

/** The pages of the basis of a close; none where its seal holds it. */
export const basisPagesOf = (
  invoiceId: string,
  basis: readonly BasisEntry[],
  period: Interval,
  hash: (value: unknown) => string,
): BasisPageRecorded[] =>
  basis.length <= ENTRIES_PER_PAGE
    ? []
    : inPages(basis, ENTRIES_PER_PAGE).map((page, index) => ({
        type: "BasisPageRecorded",
        data: { invoiceId, page: index + 1, entries: page, contentHash: hash(page), effectiveOn: period.to },
      }));

const inPages = <Item>(items: readonly Item[], most: number): Item[][] => {
  const pages: Item[][] = [];
  let characters = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    const page = pages.at(-1);
    if (!page || page.length === most || characters + length > CHARACTERS_PER_PAGE) {
      pages.push([item]);
      characters = length;
    } else {
      page.push(item);
      characters += length;
    }
  }
  return pages;
};

/** What a close was computed from, as its seal or `PeriodClosed` says it. */
export interface Basis {
  readonly entries: readonly BasisEntry[];
  /** Pages that hold the entries; none where the seal does. */
  readonly pages: readonly SealedPage[];
  /** The closed periods from this day on were computed again; null: none were. */
  readonly recomputedFrom: LocalDate | null;
}

const basisData = ({ entries, pages, recomputedFrom }: Basis) => ({
  basis: pages.length === 0 ? entries : [],
  ...(pages.length > 0 && { basisPages: pages }),
  ...(recomputedFrom !== null && { recomputedFrom }),
});

export interface SealInput {
  readonly invoiceId: string;
  readonly customer: Customer;
  readonly period: Interval;
  readonly lines: readonly Line[];
  readonly pages: readonly SealedPage[];
  readonly contentHash: string;
  readonly basis: Basis;
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
    ...basisData(basis),
    effectiveOn: period.to,
    personal: { recipient: customer.contact },
  },
});

export const periodClosed = (customer: Customer, period: Interval, basis: Basis): PeriodClosed => ({
  type: "PeriodClosed",
  data: {
    customerId: customer.customerId,
    period: inclusive(period),
    ...basisData(basis),
    effectiveOn: period.to,
  },
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
