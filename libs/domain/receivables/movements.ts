import { type CreditNotePurpose } from "../invoicing/events.js";
import { type PaymentEvent } from "../invoicing/payment-events.js";
import { type Amount, big, format, negated, sum, ZERO } from "../money.js";
import { type OpenInvoice } from "./account.js";
import { type Books, withCredit, withInvoice, withRefund, withReversal, withVoid, withWriteOff } from "./books.js";

/**
 * Whether a credit note is used as soon as it is sealed, as money is: those that people issue. Others count with their
 * number, as the invoices of their close do; that of a void counts with the void.
 */
export const countsWhenSealed = (purpose: CreditNotePurpose): boolean =>
  purpose === "CORRECTION" || purpose === "GOODWILL";

/** What changes what a customer owes. Amounts are 0 or more; only a void may have a credit note that charges. */
export type BookStep =
  | { readonly kind: "INVOICE"; readonly invoice: Omit<OpenInvoice, "open">; readonly total: Amount }
  /** A credit note that voids nothing. */
  | {
      readonly kind: "CREDIT_NOTE";
      readonly creditNoteId: string;
      readonly amount: Amount;
      /** The invoice that it corrects; null: none. */
      readonly invoiceId: string | null;
    }
  | { readonly kind: "VOID"; readonly invoiceId: string; readonly creditNoteId: string; readonly amount: Amount }
  | {
      readonly kind: "PAYMENT";
      readonly paymentId: string;
      readonly amount: Amount;
      /** The invoice that it is recorded for; null: none. */
      readonly invoiceId: string | null;
    }
  | { readonly kind: "REVERSAL"; readonly paymentId: string; readonly amount: Amount }
  | { readonly kind: "REFUND"; readonly refundId: string; readonly amount: Amount }
  | { readonly kind: "WRITE_OFF"; readonly invoiceId: string; readonly amount: Amount };

/** The step of money that came or went. */
export const moneyStep = (event: PaymentEvent): BookStep => {
  switch (event.type) {
    case "PaymentRecorded": {
      const { paymentId, amount, invoiceId } = event.data;
      return { kind: "PAYMENT", paymentId, amount, invoiceId };
    }
    case "PaymentReversed": {
      const { paymentId, amount } = event.data;
      return { kind: "REVERSAL", paymentId, amount };
    }
    case "RefundRecorded": {
      const { refundId, amount } = event.data;
      return { kind: "REFUND", refundId, amount };
    }
    case "InvoiceWrittenOff": {
      const { invoiceId, amount } = event.data;
      return { kind: "WRITE_OFF", invoiceId, amount };
    }
  }
};

export const movementKinds = [
  "INVOICE",
  "CREDIT_NOTE",
  "PAYMENT",
  "REVERSAL",
  "REFUND",
  "WRITE_OFF",
  "WRITE_OFF_UNDONE",
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** A line of a statement. */
export interface Movement {
  readonly kind: MovementKind;
  /** The invoice, credit note, payment or refund; of a write-off the invoice. */
  readonly documentId: string;
  /** Added to what the customer owes: below zero for what pays or credits. */
  readonly amount: Amount;
}

/** The books after a step. @param place how many steps there were before */
export const applied = (books: Books, step: BookStep, place: number): Books => {
  switch (step.kind) {
    case "INVOICE":
      return withInvoice(books, step.invoice, step.total);
    case "CREDIT_NOTE": {
      const { creditNoteId: creditId, amount, invoiceId } = step;
      return withCredit(books, { creditId, place, amount, invoiceId, reopens: false });
    }
    case "VOID":
      return withVoid(books, step.invoiceId, { creditId: step.creditNoteId, place, amount: step.amount });
    case "PAYMENT": {
      const { paymentId: creditId, amount, invoiceId } = step;
      return withCredit(books, { creditId, place, amount, invoiceId, reopens: true });
    }
    case "REVERSAL":
      return withReversal(books, step.paymentId);
    case "REFUND":
      return withRefund(books, step.refundId, step.amount);
    case "WRITE_OFF":
      return withWriteOff(books, step.invoiceId, step.amount);
  }
};

/**
 * The movements of a step on the customer's statement: they add up to what it changed of the balance due.
 * @param before the books before it
 * @param after the books after it
 */
export const movementsOf = (step: BookStep, before: Books, after: Books): Movement[] => {
  const moved = (kind: MovementKind, documentId: string, amount: Amount): Movement => ({ kind, documentId, amount });
  const less = (amount: Amount): Amount => negated(amount, before.currency);
  const all = (): Movement[] => {
    switch (step.kind) {
      case "INVOICE":
        return [moved("INVOICE", step.invoice.invoiceId, step.total)];
      case "CREDIT_NOTE":
        return [moved("CREDIT_NOTE", step.creditNoteId, less(step.amount))];
      case "VOID":
        return [moved("CREDIT_NOTE", step.creditNoteId, less(step.amount)), undone(step.invoiceId)];
      case "PAYMENT":
        return [
          moved("PAYMENT", step.paymentId, less(step.amount)),
          ...(step.invoiceId === null ? [] : [undone(step.invoiceId)]),
        ];
      case "REVERSAL":
        return [moved("REVERSAL", step.paymentId, step.amount)];
      case "REFUND":
        return [moved("REFUND", step.refundId, step.amount)];
      case "WRITE_OFF":
        return [moved("WRITE_OFF", step.invoiceId, less(writtenOff(after, step.invoiceId, before)))];
    }
  };
  const undone = (invoiceId: string): Movement =>
    moved("WRITE_OFF_UNDONE", invoiceId, writtenOff(before, invoiceId, after));
  return all().filter((movement) => movement.kind === "INVOICE" || !big(movement.amount).eq(ZERO));
};

/** How much more is written off of an invoice in one than in the other. */
const writtenOff = (more: Books, invoiceId: string, less: Books): Amount => {
  const of = ({ invoices }: Books) => big(invoices.find((each) => each.invoiceId === invoiceId)?.writtenOff ?? "0");
  return format(sum([of(more), ZERO.minus(of(less))]), more.currency);
};
