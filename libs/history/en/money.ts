import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of invoices, payments and collection. */
export const MONEY_EN: Sentences<
  TypesOf<"BILLING" | "MONEY" | "COLLECTION"> | "InvoicePageRecorded" | "BasisPageRecorded"
> = {
  InvoicePageRecorded: ({ page, lines }) =>
    `Page ${page} of a document was recorded: ${lines.length === 1 ? "1 line" : `${lines.length} lines`}.`,
  BasisPageRecorded: ({ page, entries }) =>
    `Page ${page} of what a close was computed from was recorded: ${entries.length === 1 ? "1 stream" : `${entries.length} streams`}.`,
  InvoiceSealed: ({ invoiceId, total, currency, period, dueOn, reissueOf }, say) =>
    `The billing period ${say.days(period.from, period.until)} was ${
      reissueOf === undefined ? "closed with" : "billed again by"
    } the invoice ${say.name("DOCUMENT", invoiceId)} of ${say.money(total, currency)}, due on ${say.day(dueOn)}.`,
  CreditNoteSealed: ({ creditNoteId, total, currency, purpose, invoiceId }, say) =>
    `The credit note ${say.name("DOCUMENT", creditNoteId)} of ${say.money(total.replace("-", ""), currency)} was issued, ${
      say.words.creditNotes[purpose]
    }${invoiceId === null ? "" : `: ${say.name("DOCUMENT", invoiceId)}`}.`,
  InvoiceVoided: ({ invoiceId, creditNoteId }, say) =>
    `The invoice ${say.name("DOCUMENT", invoiceId)} is void, by the credit note ${say.name("DOCUMENT", creditNoteId)}.`,
  PeriodClosed: ({ period }, say) =>
    `The billing period ${say.days(period.from, period.until)} was closed: there was nothing to charge.`,
  UsageSummarised: ({ calls, period }, say) =>
    `Calls were summed up for the billing period ${say.days(period.from, period.until)}: ${say.count(calls)}.`,
  CallCorrected: ({ was, amount, currency, period }, say) =>
    period === null
      ? `A call that was on no invoice costs ${say.money(amount, currency)}, not ${say.money(was, currency)}.`
      : `A call that the billing period ${say.days(period.from, period.until)} had billed with ${say.money(was, currency)} costs ${say.money(amount, currency)}.`,
  NumbersAssigned: ({ invoices, series }) => {
    const [first] = invoices;
    const what = series === "credit-notes" ? "credit note" : "invoice";
    if (invoices.length === 1 && first) return `The ${what} got its number: ${first.number}.`;
    return `${invoices.length} ${what}s got their numbers: ${first?.number ?? "—"} to ${invoices.at(-1)?.number ?? "—"}.`;
  },

  PaymentRecorded: ({ amount, currency, method, valueOn, invoiceId }, say) =>
    `A payment of ${say.money(amount, currency)} by ${say.words.paymentMethods[method]} was recorded, of ${say.day(valueOn)}${
      invoiceId === null ? "" : `, for the invoice ${say.name("DOCUMENT", invoiceId)}`
    }.`,
  PaymentReversed: ({ amount }, say) => `A payment of ${say.money(amount)} came back.`,
  RefundRecorded: ({ amount, currency, method }, say) =>
    `${say.money(amount, currency)} were paid back by ${say.words.paymentMethods[method]}.`,
  InvoiceWrittenOff: ({ invoiceId, amount }, say) =>
    `What was open of the invoice ${say.name("DOCUMENT", invoiceId)} was written off: ${say.money(amount)}.`,

  PaymentPromised: ({ by }, say) => `The customer promised to pay by ${say.day(by)}.`,
  CollectionExemptionSet: ({ exempt }) =>
    exempt
      ? "Collection leaves the customer alone from now on."
      : "Collection does not leave the customer alone any more.",
  InvoiceOverdue: ({ number, dueOn, open, currency }, say) =>
    `The invoice ${number}, due on ${say.day(dueOn)}, is overdue: ${say.money(open, currency)} are left to pay.`,
  PaymentReminderDue: ({ afterDays, amountOverdue, currency }, say) =>
    `The customer is to be reminded, ${say.words.days(afterDays)} after the due date: ${say.money(amountOverdue, currency)} are overdue.`,
  SuspensionWarned: ({ suspensionOn, amountOverdue, currency }, say) =>
    `The customer is to be warned of its suspension on ${say.day(suspensionOn)}: ${say.money(amountOverdue, currency)} are overdue.`,
  SuspendedForNonPayment: ({ amountOverdue, currency }, say) =>
    `Collection suspends the customer: ${say.money(amountOverdue, currency)} are overdue.`,
  TerminatedForNonPayment: ({ commitmentIds, effectiveOn }, say) =>
    `Collection ends ${
      commitmentIds.length === 1 ? "1 commitment" : `${commitmentIds.length} commitments`
    } for non-payment: ${say.day(effectiveOn)} is the last charged day.`,
  NonPaymentSuspensionLifted: () => "Nothing is overdue any more: the suspension for non-payment is lifted.",
};
