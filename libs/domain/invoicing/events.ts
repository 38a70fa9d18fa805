import { type Line, type LineKind } from "../billing/line.js";
import { type LocalDate, type PeriodDays } from "../calendar.js";
import { type CategoryEvents, type DomainEvent } from "../event.js";
import { type Amount, type Currency, type RoundingMode } from "../money.js";

/** A stream and the revision up to which something was computed from it. A stream that is not named counts as empty. */
export interface BasisEntry {
  readonly stream: string;
  /** Decimal text of a bigint. */
  readonly revision: string;
}

export interface SealedPage {
  readonly page: number;
  readonly eventId: string;
  readonly contentHash: string;
}

/** At most 500 lines of an invoice. Counts only when the invoice's seal names it. */
export type InvoicePageRecorded = DomainEvent<
  "InvoicePageRecorded",
  {
    readonly invoiceId: string;
    /** From 1. */
    readonly page: number;
    readonly lines: readonly Line[];
    /** SHA-256 over the lines. */
    readonly contentHash: string;
    readonly effectiveOn: LocalDate;
  }
>;

/** A part of the basis of a close. Counts only when the close's seal or `PeriodClosed` names it. */
export type BasisPageRecorded = DomainEvent<
  "BasisPageRecorded",
  {
    /** The id that the invoice of the period has or would have. */
    readonly invoiceId: string;
    /** From 1. */
    readonly page: number;
    readonly entries: readonly BasisEntry[];
    /** SHA-256 over the entries. */
    readonly contentHash: string;
    readonly effectiveOn: LocalDate;
  }
>;

/** The seal: the invoice is complete and never changes. `effectiveOn` is its issue date, the day after its period. */
export type InvoiceSealed = DomainEvent<
  "InvoiceSealed",
  {
    readonly invoiceId: string;
    readonly customerId: string;
    readonly period: PeriodDays;
    readonly currency: Currency;
    readonly issuedOn: LocalDate;
    readonly dueOn: LocalDate;
    readonly graceDays: number;
    readonly rounding: RoundingMode;
    readonly lineCount: number;
    readonly totalsByKind: Readonly<Partial<Record<LineKind, Amount>>>;
    readonly total: Amount;
    readonly pages: readonly SealedPage[];
    /** SHA-256 over the hashes of the pages. */
    readonly contentHash: string;
    readonly basis: readonly BasisEntry[];
    /** Pages with the entries of a basis that is too long for the seal; then `basis` is empty. */
    readonly basisPages?: readonly SealedPage[];
    /** The closed periods from this day on were computed again with this basis. Absent where none was. */
    readonly recomputedFrom?: LocalDate;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly recipient: Recipient };
  }
>;

export interface Recipient {
  readonly name: string;
  readonly companyDomain: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A billing period of a customer that has or had a commitment was closed without a line. */
export type PeriodClosed = DomainEvent<
  "PeriodClosed",
  {
    readonly customerId: string;
    readonly period: PeriodDays;
    readonly basis: readonly BasisEntry[];
    /** As of an {@link InvoiceSealed}. */
    readonly basisPages?: readonly SealedPage[];
    readonly recomputedFrom?: LocalDate;
    /** The day after the period. */
    readonly effectiveOn: LocalDate;
  }
>;

export type ReceivablesEvent = InvoicePageRecorded | BasisPageRecorded | InvoiceSealed | PeriodClosed;

/** Sealed invoices got the next numbers of a series, in this order and without a gap. */
export type NumbersAssigned = DomainEvent<
  "NumbersAssigned",
  {
    readonly series: string;
    /** Number of the first invoice; the others follow without a gap. */
    readonly first: number;
    readonly invoices: readonly {
      readonly invoiceId: string;
      readonly customerId: string;
      readonly issuedOn: LocalDate;
      /** As printed, e.g. "INV-000042". */
      readonly number: string;
    }[];
    readonly effectiveOn: LocalDate;
  }
>;

export const receivablesEvents: CategoryEvents<"receivables", ReceivablesEvent> = {
  category: "receivables",
  types: {
    InvoicePageRecorded: { version: 1, movesCharges: false, callsForWork: false },
    BasisPageRecorded: { version: 1, movesCharges: false, callsForWork: false },
    InvoiceSealed: { version: 1, movesCharges: false, callsForWork: false },
    PeriodClosed: { version: 1, movesCharges: false, callsForWork: false },
  },
};

export const registerEvents: CategoryEvents<"register", NumbersAssigned> = {
  category: "register",
  types: {
    NumbersAssigned: { version: 1, movesCharges: false, callsForWork: false },
  },
};
