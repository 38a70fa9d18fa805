import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of invoices, payments and collection. */
export const MONEY_IT: Sentences<
  TypesOf<"BILLING" | "MONEY" | "COLLECTION"> | "InvoicePageRecorded" | "BasisPageRecorded"
> = {
  InvoicePageRecorded: ({ page, lines }) =>
    `È stata registrata la pagina ${page} di un documento: ${lines.length === 1 ? "1 riga" : `${lines.length} righe`}.`,
  BasisPageRecorded: ({ page, entries }) =>
    `È stata registrata la pagina ${page} della base di una chiusura: ${entries.length === 1 ? "1 flusso" : `${entries.length} flussi`}.`,
  InvoiceSealed: ({ invoiceId, total, currency, period, dueOn, reissueOf }, say) =>
    `Il periodo di fatturazione ${say.days(period.from, period.until)} è stato ${
      reissueOf === undefined ? "chiuso" : "fatturato di nuovo"
    } con la fattura ${say.name("DOCUMENT", invoiceId)} di ${say.money(total, currency)}, in scadenza il ${say.day(dueOn)}.`,
  CreditNoteSealed: ({ creditNoteId, total, currency, purpose, invoiceId }, say) =>
    `È stata emessa la nota di credito ${say.name("DOCUMENT", creditNoteId)} di ${say.money(total.replace("-", ""), currency)}, ${
      say.words.creditNotes[purpose]
    }${invoiceId === null ? "" : `: ${say.name("DOCUMENT", invoiceId)}`}.`,
  InvoiceVoided: ({ invoiceId, creditNoteId }, say) =>
    `La fattura ${say.name("DOCUMENT", invoiceId)} è annullata dalla nota di credito ${say.name("DOCUMENT", creditNoteId)}.`,
  PeriodClosed: ({ period }, say) =>
    `Il periodo di fatturazione ${say.days(period.from, period.until)} è stato chiuso: non c’era nulla da addebitare.`,
  UsageSummarised: ({ calls, period }, say) =>
    `Sono state sommate le chiamate del periodo di fatturazione ${say.days(period.from, period.until)}: ${say.count(calls)}.`,
  CallCorrected: ({ was, amount, currency, period }, say) =>
    period === null
      ? `Una chiamata non ancora fatturata costa ${say.money(amount, currency)}, non ${say.money(was, currency)}.`
      : `Una chiamata fatturata nel periodo ${say.days(period.from, period.until)} con ${say.money(was, currency)} costa ${say.money(amount, currency)}.`,
  NumbersAssigned: ({ invoices, series }) => {
    const [first] = invoices;
    const isCredit = series === "credit-notes";
    if (invoices.length === 1 && first) {
      return `${isCredit ? "La nota di credito" : "La fattura"} ha ricevuto il numero ${first.number}.`;
    }
    return `${invoices.length} ${isCredit ? "note di credito" : "fatture"} hanno ricevuto i numeri da ${first?.number ?? "—"} a ${
      invoices.at(-1)?.number ?? "—"
    }.`;
  },

  PaymentRecorded: ({ amount, currency, method, valueOn, invoiceId }, say) =>
    `È stato registrato un pagamento di ${say.money(amount, currency)} (${say.words.paymentMethods[method]}), del ${say.day(valueOn)}${
      invoiceId === null ? "" : `, per la fattura ${say.name("DOCUMENT", invoiceId)}`
    }.`,
  PaymentReversed: ({ amount }, say) => `Un pagamento di ${say.money(amount)} è stato stornato.`,
  RefundRecorded: ({ amount, currency, method }, say) =>
    `È stato registrato un rimborso di ${say.money(amount, currency)} (${say.words.paymentMethods[method]}).`,
  InvoiceWrittenOff: ({ invoiceId, amount }, say) =>
    `Quanto restava da pagare della fattura ${say.name("DOCUMENT", invoiceId)} è stato stralciato: ${say.money(amount)}.`,

  PaymentPromised: ({ by }, say) => `Il cliente ha promesso di pagare entro il ${say.day(by)}.`,
  CollectionExemptionSet: ({ exempt }) =>
    exempt ? "Da ora il cliente è escluso dal recupero crediti." : "Il cliente non è più escluso dal recupero crediti.",
  InvoiceOverdue: ({ number, dueOn, open, currency }, say) =>
    `La fattura ${number}, in scadenza il ${say.day(dueOn)}, è scaduta: restano da pagare ${say.money(open, currency)}.`,
  PaymentReminderDue: ({ afterDays, amountOverdue, currency }, say) =>
    `È dovuto un sollecito al cliente, ${say.words.days(afterDays)} dopo la scadenza: sono scaduti ${say.money(amountOverdue, currency)}.`,
  SuspensionWarned: ({ suspensionOn, amountOverdue, currency }, say) =>
    `Il cliente va avvisato della sospensione del ${say.day(suspensionOn)}: sono scaduti ${say.money(amountOverdue, currency)}.`,
  SuspendedForNonPayment: ({ amountOverdue, currency }, say) =>
    `Il recupero crediti sospende il cliente: sono scaduti ${say.money(amountOverdue, currency)}.`,
  TerminatedForNonPayment: ({ commitmentIds, effectiveOn }, say) =>
    `Il recupero crediti cessa ${
      commitmentIds.length === 1 ? "1 impegno" : `${commitmentIds.length} impegni`
    } per mancato pagamento: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato.`,
  NonPaymentSuspensionLifted: () => "Nulla è più scaduto: la sospensione per mancato pagamento è revocata.",
};
