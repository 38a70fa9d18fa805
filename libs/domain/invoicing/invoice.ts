import { addDays, inclusive, type Interval, type LocalDate } from "../calendar.js";
import { DEFAULT_DATE_FORMAT, datePatternsOf } from "../date-format.js";
import { type ClassTerms } from "../catalog/events.js";
import { type Line } from "../billing/line.js";
import { type Customer } from "../customers/customer.js";
import { type Amount, big, ZERO } from "../money.js";
import { type Because, given } from "../step.js";
import {
  type BasisEntry,
  type BasisPageRecorded,
  type CreditNotePurpose,
  type CreditNoteSealed,
  type InvoicePageRecorded,
  type InvoiceSealed,
  type PeriodClosed,
  type SealedPage,
} from "./events.js";
import { RULES } from "./rules-version.js";
import { type Totals } from "./totals.js";

/** Lines of one invoice page at most (docs/rules.md#period-close). */
export const LINES_PER_PAGE = 500;

/** OVERDUE is a state of a day, which {@link stateOn} tells; the others last until something is recorded. */
export type InvoiceState = "UNPAID" | "PARTIALLY_PAID" | "PAID" | "OVERDUE" | "VOID" | "WRITTEN_OFF";

/**
 * The state of an invoice that is not void, whatever the day. One with a total of zero counts as paid.
 * @param open what is left to pay of it
 * @param writtenOff what was written off of it
 */
export const stateOf = (total: Amount, open: Amount, writtenOff: Amount): Exclude<InvoiceState, "OVERDUE" | "VOID"> => {
  if (big(open).eq(ZERO)) return big(writtenOff).gt(ZERO) ? "WRITTEN_OFF" : "PAID";
  return big(open).plus(big(writtenOff)).lt(big(total)) ? "PARTIALLY_PAID" : "UNPAID";
};

/** The state on a day: overdue from the day after the due date on, with something left to pay. */
export const stateOn = (
  {
    state,
    dueOn,
    open,
    sealedEventId,
  }: {
    readonly state: InvoiceState;
    readonly dueOn: LocalDate;
    readonly open: Amount;
    /** Left out: not asked why. */
    readonly sealedEventId?: string;
  },
  day: LocalDate,
  because?: Because,
): InvoiceState => {
  if (state === "VOID" || !big(open).gt(ZERO)) return state;
  because?.(given("DUE_DATE", "DATE", dueOn, { events: sealedEventId === undefined ? [] : [sealedEventId] }));
  return day > dueOn ? "OVERDUE" : state;
};

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
): InvoicePageRecorded[] => [...eachPageOf(invoiceId, lines, period, hash)];

/** The same, one page after the other: to write and hash a page takes its time. */
export function* eachPageOf(
  invoiceId: string,
  lines: readonly Line[],
  period: Interval,
  hash: (value: unknown) => string,
): Generator<InvoicePageRecorded> {
  let number = 0;
  for (const page of inPages(lines, LINES_PER_PAGE)) {
    number += 1;
    yield {
      type: "InvoicePageRecorded",
      data: { invoiceId, page: number, lines: page, contentHash: hash(page), effectiveOn: period.to },
    };
  }
}

/** The pages of the basis of a close; none where its seal holds it. */
export const basisPagesOf = (
  invoiceId: string,
  basis: readonly BasisEntry[],
  period: Interval,
  hash: (value: unknown) => string,
): BasisPageRecorded[] =>
  basis.length <= ENTRIES_PER_PAGE
    ? []
    : [...inPages(basis, ENTRIES_PER_PAGE)].map((page, index) => ({
        type: "BasisPageRecorded",
        data: { invoiceId, page: index + 1, entries: page, contentHash: hash(page), effectiveOn: period.to },
      }));

/** Pages as the event that follows them names them. @param pageId the id of a page's event */
export const named = <Page extends InvoicePageRecorded | BasisPageRecorded>(
  pages: readonly Page[],
  pageId: (page: Page) => string,
): SealedPage[] =>
  pages.map((page) => ({ page: page.data.page, eventId: pageId(page), contentHash: page.data.contentHash }));

function* inPages<Item>(items: readonly Item[], most: number): Generator<Item[]> {
  let page: Item[] = [];
  let characters = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    if (page.length === most || (page.length > 0 && characters + length > CHARACTERS_PER_PAGE)) {
      yield page;
      page = [];
      characters = 0;
    }
    page.push(item);
    characters += length;
  }
  if (page.length > 0) yield page;
}

/** What a close was computed from, as its seal or `PeriodClosed` says it. */
export interface Basis {
  readonly entries: readonly BasisEntry[];
  /** Pages that hold the entries; none where the seal does. */
  readonly pages: readonly SealedPage[];
  /** The closed periods from this day on were computed again; null: none were. */
  readonly recomputedFrom: LocalDate | null;
  /** Of the rules by which it was computed. Absent: the present ones. */
  readonly rules?: number;
}

const basisData = ({ entries, pages, recomputedFrom, rules = RULES }: Basis) => ({
  basis: pages.length === 0 ? entries : [],
  ...(pages.length > 0 && { basisPages: pages }),
  ...(recomputedFrom !== null && { recomputedFrom }),
  ...(rules > 1 && { rules }),
});

export interface SealInput {
  readonly invoiceId: string;
  readonly customer: Customer;
  readonly period: Interval;
  /** The day after the period; of a reissue the day on which it is ordered. */
  readonly issuedOn: LocalDate;
  readonly totals: Totals;
  readonly pages: readonly SealedPage[];
  readonly contentHash: string;
  readonly basis: Basis;
  readonly terms: ClassTerms;
  /** The void invoice whose period is billed again; left out: none. */
  readonly reissueOf?: string;
  /** The first day of other periods that the void invoice had billed something of; null: there is none. */
  readonly reissuedFrom?: LocalDate | null;
}

/**
 * The seal of what a period bills: an invoice, due the class's grace days after its issue; a credit note where the lines
 * add up to less than zero.
 */
export const seal = (input: SealInput): InvoiceSealed | CreditNoteSealed => {
  const { invoiceId, customer, totals, terms, issuedOn } = input;
  if (big(totals.total).lt(ZERO))
    return creditNote({ ...input, creditNoteId: invoiceId, invoiceId: null, purpose: "PERIOD" });
  return {
    type: "InvoiceSealed",
    data: {
      invoiceId,
      ...sealed(input),
      dueOn: addDays(issuedOn, terms.graceDays),
      graceDays: terms.graceDays,
      effectiveOn: issuedOn,
      personal: { recipient: customer.contact },
    },
  };
};

export interface CreditNoteInput extends Omit<SealInput, "invoiceId"> {
  readonly creditNoteId: string;
  readonly purpose: CreditNotePurpose;
  /** The invoice that it corrects or voids; null: none. */
  readonly invoiceId: string | null;
  /** Why, in the words of a person; left out: no reason was given. */
  readonly reason?: string;
}

/** The seal of a credit note. */
export const creditNote = (input: CreditNoteInput): CreditNoteSealed => {
  const { creditNoteId, purpose, invoiceId, customer, issuedOn, reason } = input;
  return {
    type: "CreditNoteSealed",
    data: {
      creditNoteId,
      purpose,
      invoiceId,
      ...sealed(input),
      effectiveOn: issuedOn,
      personal: { recipient: customer.contact, ...(reason !== undefined && { reason }) },
    },
  };
};

/** What the seals of invoices and credit notes have in common. */
const sealed = (input: Omit<SealInput, "invoiceId">) => {
  const {
    customer,
    period,
    issuedOn,
    totals,
    pages,
    contentHash,
    basis,
    terms,
    reissueOf,
    reissuedFrom = null,
  } = input;
  const patterns = datePatternsOf(terms.dateFormat ?? DEFAULT_DATE_FORMAT);
  const { customerId, currency } = customer;
  return {
    customerId,
    period: inclusive(period),
    currency,
    issuedOn,
    rounding: terms.rounding,
    ...(terms.language && { language: terms.language }),
    ...(patterns && { datePattern: patterns.date }),
    ...totals,
    pages,
    contentHash,
    ...basisData(basis),
    ...(reissueOf !== undefined && { reissueOf }),
    ...(reissuedFrom !== null && { reissuedFrom }),
  };
};

/** @param reissue the void invoice whose period is closed again, and the day of that */
export const periodClosed = (
  customer: Customer,
  period: Interval,
  basis: Basis,
  reissue?: { readonly reissueOf: string; readonly on: LocalDate },
): PeriodClosed => ({
  type: "PeriodClosed",
  data: {
    customerId: customer.customerId,
    period: inclusive(period),
    ...basisData(basis),
    ...(reissue && { reissueOf: reissue.reissueOf }),
    effectiveOn: reissue?.on ?? period.to,
  },
});
