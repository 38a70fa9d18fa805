import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on invoices, payments and collection. What they would make has no number yet. */
export const MONEY_PREVIEWS_EN: Sentences<
  | PreviewedOf<"BILLING" | "MONEY" | "COLLECTION">
  | Extract<PreviewedOf<"RECORD_KEEPING">, "InvoicePageRecorded" | "BasisPageRecorded">
> = {
  InvoicePageRecorded: ({ page, lines }) =>
    `Page ${page} of a document will be recorded: ${lines.length === 1 ? "1 line" : `${lines.length} lines`}.`,
  BasisPageRecorded: ({ page, entries }) =>
    `Page ${page} of what a close is computed from will be recorded: ${entries.length === 1 ? "1 stream" : `${entries.length} streams`}.`,
  InvoiceSealed: ({ total, currency, period, dueOn, reissueOf }, say) =>
    `The billing period ${say.days(period.from, period.until)} will be ${
      reissueOf === undefined ? "closed with" : "billed again by"
    } an invoice of ${say.money(total, currency)}, due on ${say.day(dueOn)}.`,
  CreditNoteSealed: ({ total, currency, purpose, invoiceId }, say) =>
    `A credit note of ${say.money(total.replace("-", ""), currency)} will be issued, ${say.words.creditNotes[purpose]}${
      invoiceId === null ? "" : `: ${say.name("DOCUMENT", invoiceId)}`
    }.`,
  InvoiceVoided: ({ invoiceId }, say) => `The invoice ${say.name("DOCUMENT", invoiceId)} will be void.`,
  PeriodClosed: ({ period }, say) =>
    `The billing period ${say.days(period.from, period.until)} will be closed: there is nothing to charge.`,
  UsageSummarised: ({ calls, period }, say) =>
    `Calls will be summed up for the billing period ${say.days(period.from, period.until)}: ${say.count(calls)}.`,
  CallCorrected: ({ was, amount, currency, period }, say) =>
    period === null
      ? `A call that is on no invoice will cost ${say.money(amount, currency)}, not ${say.money(was, currency)}.`
      : `A call that the billing period ${say.days(period.from, period.until)} has billed with ${say.money(was, currency)} will cost ${say.money(amount, currency)}.`,

  PaymentRecorded: ({ amount, currency, method, valueOn, invoiceId }, say) =>
    `A payment of ${say.money(amount, currency)} by ${say.words.paymentMethods[method]} will be recorded, of ${say.day(valueOn)}${
      invoiceId === null ? "" : `, for the invoice ${say.name("DOCUMENT", invoiceId)}`
    }.`,
  PaymentReversed: ({ amount }, say) => `The payment of ${say.money(amount)} will be taken back.`,
  RefundRecorded: ({ amount, currency, method }, say) =>
    `${say.money(amount, currency)} will be paid back by ${say.words.paymentMethods[method]}.`,
  InvoiceWrittenOff: ({ invoiceId, amount }, say) =>
    `What is open of the invoice ${say.name("DOCUMENT", invoiceId)} will be written off: ${say.money(amount)}.`,

  PaymentPromised: ({ by }, say) => `Collection will wait: the customer promises to pay by ${say.day(by)}.`,
  CollectionExemptionSet: ({ exempt }) =>
    exempt ? "Collection will leave the customer alone." : "Collection will not leave the customer alone any more.",
};
