import { compareText } from "../by-day.js";
import { type LocalDate } from "../calendar.js";
import { type Amount, big, type Currency, format, ZERO } from "../money.js";

/** An issued invoice with what is left to pay of it. */
export interface OpenInvoice {
  readonly invoiceId: string;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  /** As printed: invoices of one day are paid in this order. */
  readonly number: string;
  readonly open: Amount;
}

/**
 * What a customer owes and is owed (docs/rules.md#allocation). Never are an unused credit and an open invoice there
 * together.
 */
export interface ReceivablesAccount {
  readonly currency: Currency;
  /** Invoices that are not paid whole, in the order in which credits pay them. */
  readonly open: readonly OpenInvoice[];
  /** Credit that the next invoice uses; below zero: owed beyond all invoices, settled first by the next credit. */
  readonly balance: Amount;
}

/** What is owed: below zero it is owed to the customer. */
export const balanceDue = ({ open, balance, currency }: ReceivablesAccount): Amount =>
  format(open.reduce((total, invoice) => total.plus(big(invoice.open)), ZERO).minus(big(balance)), currency);

/** The order in which credits pay invoices: by issue date, then number. INV-1000000 comes after INV-999999. */
export const byAge = (a: Pick<OpenInvoice, "issuedOn" | "number">, b: Pick<OpenInvoice, "issuedOn" | "number">) =>
  compareText(a.issuedOn, b.issuedOn) || a.number.length - b.number.length || compareText(a.number, b.number);
