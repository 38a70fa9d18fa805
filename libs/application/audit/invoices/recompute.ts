import { type Line } from "#domain/billing/line.js";
import { periodLines } from "#domain/billing/period.js";
import { type Recording } from "#domain/billing/recording.js";
import { halfOpen } from "#domain/calendar.js";
import { closing } from "#domain/invoicing/closing.js";
import { type DocumentSealed, type PeriodClosed, type ReceivablesEvent } from "#domain/invoicing/events.js";
import { basisPagesOf, pagesOf } from "#domain/invoicing/invoice.js";
import { type Receivables } from "#domain/invoicing/receivables.js";
import { issueCreditNote, reissueInvoice, voidInvoice } from "#domain/invoicing/correct-invoices.js";
import { judgedBy } from "#domain/invoicing/rules.js";
import { totalsOf } from "#domain/invoicing/totals.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { invoiceId } from "#event-store/ids.js";
import { type Billing } from "#read-models/billing/load.js";
import { pageId } from "../../command/pages.js";
import { nextPeriod } from "../../processes/closing/close-period.js";

/** What is issued, or closes a period without a line. */
export type Document = RecordedEvent<DocumentSealed> | RecordedEvent<PeriodClosed>;

export const isDocument = (event: RecordedEvent<ReceivablesEvent>): event is Document =>
  event.type === "InvoiceSealed" || event.type === "CreditNoteSealed" || event.type === "PeriodClosed";

/** A document with what it was computed from. */
export interface Based {
  readonly document: Document;
  /** As recorded. */
  readonly lines: readonly Line[];
  /** As of its basis; of a goodwill credit, which has none, null. */
  readonly billing: Billing | null;
  /** The customer's receivables before it was recorded. */
  readonly before: Receivables | null;
  /** The event behind it in the stream: of a credit note of a void, that the invoice is void. */
  readonly next: RecordedEvent | undefined;
}

/** The document cannot have come about like this. */
export class Uncomputable extends Error {
  override readonly name = "Uncomputable";
}

export const hash = (value: unknown): string => sha256(canonicalJson(value));

/**
 * The events that a document should consist of, its pages first: what the close, or the command that made it, comes to on
 * the same basis, by the rules of then. Of a goodwill credit, whose amount a person decided, there is nothing to compute.
 * @param known as of the document's basis
 * @param before the customer's receivables before the document was recorded
 * @param record takes down how each line is computed
 * @throws Uncomputable; Rejection, where a command would have been refused
 */
export const recompute = (
  known: Billing,
  before: Receivables | null,
  document: Document,
  record?: Recording,
): readonly ReceivablesEvent[] => {
  const { rules: version = 1 } = document.data;
  const billing = judgedBy(known, version);
  if (!billing)
    throw new Uncomputable(`it was computed by version ${version} of the rules, which this program has not`);
  const { provider_id: provider, customer_id: customerId } = billing.row;
  const now = document.metadata.recordedAt;
  const facts = {
    billing,
    basis: billing.basis,
    isIssued: true,
    hash,
    pageId,
    idOf: (from: string, attempt: number) => invoiceId(provider, customerId, from, attempt),
  };
  const { reissueOf } = document.data;
  if (reissueOf !== undefined) return reissueInvoice({ invoiceId: reissueOf, now }, before, facts, record);
  if (document.type !== "CreditNoteSealed" || document.data.purpose === "PERIOD") {
    return closed(billing, document, record);
  }
  const { creditNoteId, purpose, invoiceId: voids, period, personal } = document.data;
  const reason = personal.reason ?? null;
  switch (purpose) {
    case "CORRECTION":
      return issueCreditNote({ creditNoteId, correcting: period.from, reason, now }, before, facts, record);
    case "VOID":
      return voidInvoice({ invoiceId: voids ?? "", creditNoteId, reason, now }, before, facts, record);
    default:
      throw new Uncomputable(`its purpose is ${purpose}`);
  }
};

const closed = (billing: Billing, { data }: Document, record?: Recording): ReceivablesEvent[] => {
  const { provider_id: provider, customer_id: customerId } = billing.row;
  const period = nextPeriod(billing);
  const recorded = halfOpen(data.period);
  if (period?.from !== recorded.from || period.to !== recorded.to) {
    const next = period ? `the period from ${period.from} before ${period.to}` : "no period";
    throw new Uncomputable(`it closes the period from ${recorded.from} before ${recorded.to}, and ${next} was next`);
  }
  const id = invoiceId(provider, customerId, period.from);
  const lines = periodLines(billing, period, record);
  const pages = pagesOf(id, lines, period, hash);
  const basisPages = basisPagesOf(id, billing.basis, period, hash);
  const totals = totalsOf(lines, billing.history.customer.currency);
  const { basis } = billing;
  return [
    ...basisPages,
    ...pages,
    closing({ invoiceId: id, billing, period, pages, totals, basis, basisPages, hash, pageId }),
  ];
};
