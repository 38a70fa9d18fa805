import { type Correction, type DiscountOrigin, type LineKind } from "#domain/billing/line.js";
import { type UsageCounts } from "#domain/voice/usage.js";
import { type LocalDate, type PeriodDays } from "#domain/calendar.js";
import { type PenaltyStrategy } from "#domain/catalog/events.js";
import { type CreditNotePurpose, type Recipient } from "#domain/invoicing/events.js";
import { type Language } from "#domain/language.js";
import { type Amount, type Currency } from "#domain/money.js";
import { type MovementKind } from "#domain/receivables/movements.js";
import { type DocumentDetails } from "#domain/providers/document-details.js";

/**
 * The version of what is drawn around the data. The same document drawn by the same version has the same bytes. Raise it
 * with every change of layout, words or fonts. The files name it.
 */
export const TEMPLATE_VERSION = 2;

/** Who issues a document, as it was when the document was numbered. */
export interface Issuer extends DocumentDetails {
  /** The provider's name, which stands where there is no legal name. */
  readonly name: string;
}

/** How dates are written. */
export interface DateStyle {
  /** Of date-fns, for a date without a time, e.g. `dd.MM.yyyy`; null: as the language writes dates, with the month's name. */
  readonly pattern: string | null;
}

interface Common {
  readonly language: Language;
  readonly dates: DateStyle;
  readonly issuer: Issuer;
  readonly recipient: Recipient;
  readonly currency: Currency;
}

/** A line of an invoice or credit note, as far as it is printed. */
export interface DocumentLine {
  readonly kind: LineKind;
  /** In the invoice or credit note, from 1: corrections name it. */
  readonly position: number;
  /** The account's identifier, e.g. a phone number; null: not known. */
  readonly account: string | null;
  readonly description: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly days: number;
  readonly periodDays: number | null;
  readonly unitFee: Amount | null;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly discountOrigin: DiscountOrigin | null;
  readonly net: Amount;
  readonly corrects: Correction | null;
  /** Of calls: how many, and how long they were; null: of other lines. */
  readonly usage: UsageCounts | null;
  /** Of what a penalty is about: how it was reckoned; null: of other lines, or not known. */
  readonly penalty: Penalty | null;
}

export interface Penalty {
  readonly strategy: PenaltyStrategy;
  /** Whether the row is a one-time fee. */
  readonly isOneTime: boolean;
}

interface WithLines extends Common {
  /** As printed. */
  readonly number: string;
  readonly issuedOn: LocalDate;
  readonly period: PeriodDays;
  readonly total: Amount;
  readonly lines: readonly DocumentLine[];
  /** The numbers of the invoices and credit notes that corrections name, by their ids. */
  readonly numbers: ReadonlyMap<string, string>;
}

export interface InvoiceDocument extends WithLines {
  readonly type: "INVOICE";
  readonly dueOn: LocalDate;
}

export interface CreditNoteDocument extends WithLines {
  readonly type: "CREDIT_NOTE";
  readonly purpose: CreditNotePurpose;
  /** The number of the invoice that it corrects or voids; null: none. */
  readonly invoiceNumber: string | null;
  /** Why, in the words of a person: printed for goodwill only. */
  readonly reason: string | null;
}

/** Something that changed what a customer owes. */
export interface StatementMovement {
  readonly on: LocalDate;
  readonly kind: MovementKind;
  /** The number of the document, or a payment's reference; null: none. */
  readonly reference: string | null;
  /** Above zero: the customer owes more. */
  readonly amount: Amount;
  /** What the customer owes after it. */
  readonly balance: Amount;
}

/** A statement of account: from an opening balance over every movement to a closing balance. */
export interface StatementDocument extends Common {
  readonly type: "STATEMENT";
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** What the customer owed before the first day; below zero: was owed. */
  readonly opening: Amount;
  readonly movements: readonly StatementMovement[];
  readonly closing: Amount;
}

export type BillingDocument = InvoiceDocument | CreditNoteDocument | StatementDocument;
