import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on invoices, payments and collection. What they would make has no number yet. */
export const MONEY_PREVIEWS_IT: Sentences<
  | PreviewedOf<"BILLING" | "MONEY" | "COLLECTION">
  | Extract<PreviewedOf<"RECORD_KEEPING">, "InvoicePageRecorded" | "BasisPageRecorded">
> = {
  InvoicePageRecorded: ({ page, lines }) =>
    `Sarà registrata la pagina ${page} di un documento: ${lines.length === 1 ? "1 riga" : `${lines.length} righe`}.`,
  BasisPageRecorded: ({ page, entries }) =>
    `Sarà registrata la pagina ${page} della base di una chiusura: ${entries.length === 1 ? "1 flusso" : `${entries.length} flussi`}.`,
  InvoiceSealed: ({ total, currency, period, dueOn, reissueOf }, say) =>
    `Il periodo di fatturazione ${say.days(period.from, period.until)} sarà ${
      reissueOf === undefined ? "chiuso" : "fatturato di nuovo"
    } con una fattura di ${say.money(total, currency)}, in scadenza il ${say.day(dueOn)}.`,
  CreditNoteSealed: ({ total, currency, purpose, invoiceId }, say) =>
    `Sarà emessa una nota di credito di ${say.money(total.replace("-", ""), currency)}, ${say.words.creditNotes[purpose]}${
      invoiceId === null ? "" : `: ${say.name("DOCUMENT", invoiceId)}`
    }.`,
  InvoiceVoided: ({ invoiceId }, say) => `La fattura ${say.name("DOCUMENT", invoiceId)} sarà annullata.`,
  PeriodClosed: ({ period }, say) =>
    `Il periodo di fatturazione ${say.days(period.from, period.until)} sarà chiuso: non c’è nulla da addebitare.`,
  UsageSummarised: ({ calls, period }, say) =>
    `Saranno sommate le chiamate del periodo di fatturazione ${say.days(period.from, period.until)}: ${say.count(calls)}.`,
  CallCorrected: ({ was, amount, currency, period }, say) =>
    period === null
      ? `Una chiamata non ancora fatturata costerà ${say.money(amount, currency)}, non ${say.money(was, currency)}.`
      : `Una chiamata fatturata nel periodo ${say.days(period.from, period.until)} con ${say.money(was, currency)} costerà ${say.money(amount, currency)}.`,

  PaymentRecorded: ({ amount, currency, method, valueOn, invoiceId }, say) =>
    `Sarà registrato un pagamento di ${say.money(amount, currency)} (${say.words.paymentMethods[method]}), del ${say.day(valueOn)}${
      invoiceId === null ? "" : `, per la fattura ${say.name("DOCUMENT", invoiceId)}`
    }.`,
  PaymentReversed: ({ amount }, say) => `Il pagamento di ${say.money(amount)} sarà stornato.`,
  RefundRecorded: ({ amount, currency, method }, say) =>
    `Sarà registrato un rimborso di ${say.money(amount, currency)} (${say.words.paymentMethods[method]}).`,
  InvoiceWrittenOff: ({ invoiceId, amount }, say) =>
    `Quanto resta da pagare della fattura ${say.name("DOCUMENT", invoiceId)} sarà stralciato: ${say.money(amount)}.`,

  PaymentPromised: ({ by }, say) =>
    `Il recupero crediti aspetterà: il cliente promette di pagare entro il ${say.day(by)}.`,
  CollectionExemptionSet: ({ exempt }) =>
    exempt ? "Il cliente sarà escluso dal recupero crediti." : "Il cliente non sarà più escluso dal recupero crediti.",
};
