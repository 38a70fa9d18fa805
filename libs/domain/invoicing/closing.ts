import { classTermsOf } from "../billing/class-terms.js";
import { recomputedFrom } from "../billing/corrections.js";
import { type CustomerBilling } from "../billing/ledger.js";
import { type Interval } from "../calendar.js";
import {
  type BasisEntry,
  type BasisPageRecorded,
  type CreditNoteSealed,
  type InvoicePageRecorded,
  type InvoiceSealed,
  type PeriodClosed,
  type ReceivablesEvent,
} from "./events.js";
import { named, periodClosed, seal } from "./invoice.js";
import { type Totals } from "./totals.js";

/** An event that closes a period, or closes it again where it has `reissueOf`. */
export type Closing = InvoiceSealed | CreditNoteSealed | PeriodClosed;

export const isClosing = <Event extends ReceivablesEvent>(event: Event): event is Event & Closing =>
  event.type === "InvoiceSealed" ||
  event.type === "PeriodClosed" ||
  (event.type === "CreditNoteSealed" && event.data.purpose === "PERIOD");

/** What a close is made from once its lines are known and in pages. */
export interface ClosingInput {
  /** Of the invoice that the period has or would have. */
  readonly invoiceId: string;
  readonly billing: CustomerBilling;
  readonly period: Interval;
  readonly pages: readonly InvoicePageRecorded[];
  readonly totals: Totals;
  readonly basis: readonly BasisEntry[];
  readonly basisPages: readonly BasisPageRecorded[];
  /** SHA-256 of a JSON value. */
  readonly hash: (value: unknown) => string;
  /** Id of the event of a page. */
  readonly pageId: (page: InvoicePageRecorded | BasisPageRecorded) => string;
}

/** The seal of what a period bills, or `PeriodClosed` where there is nothing to invoice. */
export const closing = ({
  invoiceId,
  billing,
  period,
  pages,
  totals,
  hash,
  pageId,
  ...based
}: ClosingInput): Closing => {
  const { history } = billing;
  const basis = {
    entries: based.basis,
    pages: named(based.basisPages, pageId),
    recomputedFrom: recomputedFrom(billing),
    ...(billing.rules !== undefined && { rules: billing.rules }),
  };
  if (pages.length === 0) return periodClosed(history.customer, period, basis);
  return seal({
    invoiceId,
    customer: history.customer,
    period,
    issuedOn: period.to,
    totals,
    pages: named(pages, pageId),
    contentHash: hash(pages.map(({ data }) => data.contentHash)),
    basis,
    terms: classTermsOf(history, period),
  });
};
