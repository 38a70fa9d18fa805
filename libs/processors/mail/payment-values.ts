import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { type Language } from "#domain/language.js";
import { findPayments } from "#read-models/invoices/payment-queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Telling } from "./telling.js";

const METHODS: Readonly<Record<Language, Readonly<Record<PaymentMethod, string>>>> = {
  EN: {
    BANK_TRANSFER: "bank transfer",
    DIRECT_DEBIT: "direct debit",
    CARD: "card",
    CASH: "cash",
    CHEQUE: "cheque",
    OTHER: "other",
  },
  IT: {
    BANK_TRANSFER: "bonifico bancario",
    DIRECT_DEBIT: "addebito diretto",
    CARD: "carta",
    CASH: "contanti",
    CHEQUE: "assegno",
    OTHER: "altro",
  },
};

/** Of the payment that a mail is about; null: it is not known, or it was reversed. */
export const paymentValues = async ({ dataSource, occasion, reader, writing }: Telling) => {
  const [payment] = await findPayments(dataSource, wholeProvider(reader.providerId), [occasion.subjectId ?? ""]);
  if (!payment || payment.reversedOn !== null) return null;
  return {
    "payment.amount": writing.amount(payment.amount),
    "payment.receivedOn": writing.date(payment.valueOn),
    "payment.method": METHODS[reader.language][payment.method],
    "payment.reference": payment.reference,
  };
};
