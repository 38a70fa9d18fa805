import { correctionsOf } from "../billing/corrections.js";
import { type CustomerBilling } from "../billing/ledger.js";
import { classTermsOf } from "../billing/class-terms.js";
import { type Line } from "../billing/line.js";
import { type Recording } from "../billing/recording.js";
import { totalOf } from "../billing/period.js";
import { halfOpen, type Instant, type Interval, type LocalDate } from "../calendar.js";
import { billingPeriodOf, todayOf } from "../customers/customer.js";
import { big, ZERO } from "../money.js";
import { doneWithReason, requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import {
  type BasisEntry,
  type BasisPageRecorded,
  type InvoicePageRecorded,
  type InvoiceVoided,
  type ReceivablesEvent,
} from "./events.js";
import {
  type Basis,
  basisPagesOf,
  creditNote,
  type CreditNoteInput,
  named,
  pagesOf,
  periodClosed,
  seal,
} from "./invoice.js";
import { attemptsOf, voidBesides, type Receivables } from "./receivables.js";
import { reissuedLines } from "./reissue.js";
import { totalsOf } from "./totals.js";
import { undoneFrom, voidLines } from "./void.js";

/** What the commands on issued invoices need from outside of the receivables stream. */
export interface CorrectingFacts {
  readonly billing: CustomerBilling;
  /** The streams that the billing was loaded from. */
  readonly basis: readonly BasisEntry[];
  /** Whether the invoice that is named has a number: only then it is issued. */
  readonly isIssued: boolean;
  /** SHA-256 of a JSON value. */
  readonly hash: (value: unknown) => string;
  /** Id of the event of a page. */
  readonly pageId: (page: InvoicePageRecorded | BasisPageRecorded) => string;
  /** The id of the n-th invoice of a period, from 0. */
  readonly idOf: (periodFrom: LocalDate, attempt: number) => string;
}

/** Pages first: what names them follows in the same append, or after them. */
type Document = readonly ReceivablesEvent[];

/**
 * Credits the corrections of one closed period at once, instead of on the next invoice (docs/rules.md#credit-notes).
 * @param command.correcting a day of the period
 * @throws Rejection NOTHING_TO_CORRECT, also for a period that is not closed or void; INVALID_AMOUNT
 */
export const issueCreditNote = (
  command: {
    readonly creditNoteId: string;
    readonly correcting: LocalDate;
    readonly reason: string | null;
    readonly now: Instant;
  },
  state: Receivables | null,
  facts: CorrectingFacts,
  record?: Recording,
): Document => {
  const { billing } = facts;
  const { customer } = billing.history;
  const { correcting, creditNoteId } = command;
  const period = billingPeriodOf(customer, correcting);
  const lines = correctionsOf(billing, ({ from }) => from === period.from, record);
  if (lines.length === 0) {
    throw reject("NOTHING_TO_CORRECT", `Nothing of the period from ${period.from} is to be corrected.`, {
      field: "correcting",
    });
  }
  const total = totalOf(lines, customer.currency);
  if (big(total).gte(ZERO)) {
    const message = `The corrections of that period add up to ${total}: they come with the next invoice.`;
    throw reject("INVALID_AMOUNT", message, {
      field: "correcting",
      facts: { case: "NOTHING_TO_CREDIT", amount: total, currency: customer.currency },
    });
  }
  const corrected = state?.invoices.findLast(
    (invoice) => invoice.period.from === period.from && invoice.voidedBy === null,
  );
  return credited(facts, {
    creditNoteId,
    purpose: "CORRECTION",
    invoiceId: corrected?.invoiceId ?? null,
    period,
    issuedOn: todayOf(customer, command.now),
    lines,
    ...(command.reason !== null && { reason: command.reason }),
  });
};

/**
 * Voids an issued invoice: a credit note of what is not credited yet (docs/rules.md#void). Its period stays unbilled
 * until it is issued again.
 * @throws Rejection VALIDATION_FAILED (reason), INVOICE_NOT_FOUND, INVOICE_VOID
 */
export const voidInvoice = (
  command: {
    readonly invoiceId: string;
    readonly creditNoteId: string;
    readonly reason: string | null;
    readonly now: Instant;
  },
  state: Receivables | null,
  facts: CorrectingFacts,
  record?: Recording,
): Document => {
  const { invoiceId, creditNoteId } = command;
  const reason = requireReason(command.reason, doneWithReason.voidInvoice);
  const invoice = state?.invoices.find((each) => each.invoiceId === invoiceId);
  if (!state || !invoice || !facts.isIssued) throw notFound();
  if (invoice.voidedBy !== null) throw reject("INVOICE_VOID", "The invoice is void already.", { field: "invoiceId" });
  const { billed, history } = facts.billing;
  const today = todayOf(history.customer, command.now);
  const gone = voidBesides(state, invoiceId);
  const voided: InvoiceVoided = {
    type: "InvoiceVoided",
    data: {
      invoiceId,
      creditNoteId,
      period: invoice.period,
      undoneFrom: undoneFrom(billed, invoiceId, halfOpen(invoice.period), gone),
      effectiveOn: today,
      personal: { reason },
    },
  };
  const period = halfOpen(invoice.period);
  const periodOf = (day: LocalDate) => billingPeriodOf(history.customer, day);
  const noted = record && { record, voidedOn: today };
  const lines = voidLines(billed, invoiceId, period, gone, periodOf, noted);
  const note = { creditNoteId, purpose: "VOID" as const, invoiceId, period, issuedOn: today, lines, reason };
  return [...credited(facts, note), voided];
};

/**
 * Bills the period of a void invoice again, from the history now and dated today (docs/rules.md#reissue).
 * @throws Rejection INVOICE_NOT_FOUND when there is no such void invoice, or it was issued again before
 */
export const reissueInvoice = (
  command: {
    readonly invoiceId: string;
    readonly now: Instant;
  },
  state: Receivables | null,
  facts: CorrectingFacts,
  record?: Recording,
): Document => {
  const invoice = state?.invoices.find(({ invoiceId }) => invoiceId === command.invoiceId);
  if (!state || !invoice?.voidedBy || state.reissued.includes(invoice.invoiceId)) throw notFound();
  const { billing, hash, pageId } = facts;
  const { customer } = billing.history;
  const period = halfOpen(invoice.period);
  const today = todayOf(customer, command.now);
  const lines = reissuedLines(
    billing,
    { invoiceId: invoice.invoiceId, creditNoteId: invoice.voidedBy },
    period,
    record,
  );
  const reissueOf = invoice.invoiceId;
  const reissuedFrom = undoneFrom(billing.billed, reissueOf, period, new Set());
  const { basis, basisPages } = basedOn(facts, period);
  if (lines.length === 0) return [...basisPages, periodClosed(customer, period, basis, { reissueOf, on: today })];
  const invoiceId = facts.idOf(period.from, attemptsOf(state, invoice.period));
  const pages = pagesOf(invoiceId, lines, { from: period.from, to: today }, hash);
  const terms = classTermsOf(billing.history, period);
  return [
    ...basisPages,
    ...pages,
    seal({
      ...{ invoiceId, customer, period, issuedOn: today, basis, terms, reissueOf, reissuedFrom },
      totals: totalsOf(lines, customer.currency),
      pages: named(pages, pageId),
      contentHash: hash(pages.map(({ data }) => data.contentHash)),
    }),
  ];
};

const credited = (
  facts: CorrectingFacts,
  {
    lines,
    ...note
  }: Omit<CreditNoteInput, "customer" | "totals" | "pages" | "contentHash" | "basis" | "terms"> & {
    readonly lines: readonly Line[];
  },
): ReceivablesEvent[] => {
  const { hash, pageId } = facts;
  const { history } = facts.billing;
  const { basis, basisPages } = basedOn(facts, note.period);
  const pages = pagesOf(note.creditNoteId, lines, { from: note.period.from, to: note.issuedOn }, hash);
  const sealed = creditNote({
    ...note,
    customer: history.customer,
    totals: totalsOf(lines, history.customer.currency),
    basis,
    terms: classTermsOf(history, note.period),
    pages: named(pages, pageId),
    contentHash: hash(pages.map(({ data }) => data.contentHash)),
  });
  return [...basisPages, ...pages, sealed];
};

/** The basis as the seal says it, with the pages of one that is too long for it. */
const basedOn = ({ billing: { rules }, basis: entries, hash, pageId, idOf }: CorrectingFacts, period: Interval) => {
  const basisPages = basisPagesOf(idOf(period.from, 0), entries, period, hash);
  const based = { entries, pages: named(basisPages, pageId), recomputedFrom: null };
  const basis: Basis = { ...based, ...(rules !== undefined && { rules }) };
  return { basis, basisPages };
};

const notFound = () => reject("INVOICE_NOT_FOUND", "There is no such invoice.", { field: "invoiceId" });
