import { type LocalDate } from "../calendar.js";
import { type DomainEvent } from "../event.js";
import { type Amount, type Currency } from "../money.js";

/** How money came or went. */
export const paymentMethods = ["BANK_TRANSFER", "DIRECT_DEBIT", "CARD", "CASH", "CHEQUE", "OTHER"] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** The customer paid. It counts from `effectiveOn` on, the customer's day on which it was recorded. */
export type PaymentRecorded = DomainEvent<
  "PaymentRecorded",
  {
    readonly paymentId: string;
    readonly customerId: string;
    /** Above zero. */
    readonly amount: Amount;
    readonly currency: Currency;
    readonly method: PaymentMethod;
    /** The day on which the money came, as the bank says; only shown. Not after `effectiveOn`. */
    readonly valueOn: LocalDate;
    /** The invoice that it was paid for; null: none was named. */
    readonly invoiceId: string | null;
    readonly effectiveOn: LocalDate;
    readonly personal: {
      /** Identifies the payment among those of the customer, as the bank's reference does; null: nothing does. */
      readonly reference: string | null;
      readonly note: string | null;
    };
  }
>;

/** A payment came back, whole: a bounced debit, a charge back, a mistake. */
export type PaymentReversed = DomainEvent<
  "PaymentReversed",
  {
    readonly paymentId: string;
    /** The payment's amount. */
    readonly amount: Amount;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly reason: string };
  }
>;

/** Unused balance was paid back. */
export type RefundRecorded = DomainEvent<
  "RefundRecorded",
  {
    readonly refundId: string;
    readonly customerId: string;
    /** Above zero. */
    readonly amount: Amount;
    readonly currency: Currency;
    readonly method: PaymentMethod;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly reference: string | null; readonly reason: string | null };
  }
>;

/** Nobody waits for the open part of an invoice any more. Only a payment recorded for it reopens it. */
export type InvoiceWrittenOff = DomainEvent<
  "InvoiceWrittenOff",
  {
    readonly invoiceId: string;
    /** What was open of it, above zero. */
    readonly amount: Amount;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly reason: string };
  }
>;

export type PaymentEvent = PaymentRecorded | PaymentReversed | RefundRecorded | InvoiceWrittenOff;

/** Collection looks again at what is due. */
const MONEY = { version: 1, movesCharges: false, callsForWork: true } as const;

/** Their rows in the table of the receivables streams. */
export const paymentEventTypes = {
  PaymentRecorded: MONEY,
  PaymentReversed: MONEY,
  RefundRecorded: { ...MONEY, callsForWork: false },
  InvoiceWrittenOff: MONEY,
} as const;
