import { type Line, type LineKind } from "../billing/line.js";
import { type LocalDate, type PeriodDays } from "../calendar.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";
import { type Language } from "../language.js";
import { type Amount, type Currency, type RoundingMode } from "../money.js";
import { COLLECTION_EVENTS, type CollectionEvent } from "./collection-events.js";
import { type PostalAddress } from "../postal-address.js";
import { type PaymentEvent, paymentEventTypes } from "./payment-events.js";

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

/** What something was computed from. */
interface Computed {
  readonly basis: readonly BasisEntry[];
  /** Pages with the entries of a basis that is too long for the event; then `basis` is empty. */
  readonly basisPages?: readonly SealedPage[];
  /** The closed periods from this day on were computed again with this basis. Absent where none was. */
  readonly recomputedFrom?: LocalDate;
  /** Version of the rules that it was computed by (rules.ts). Absent: 1. */
  readonly rules?: number;
  /** The void invoice whose period is billed again by it. Absent on the first invoice of a period, and on other credit notes. */
  readonly reissueOf?: string;
  /**
   * Of a reissue: the first day of other periods that the void invoice had corrected or billed late, so that penalties of
   * theirs may count again what it gave. Absent where there is none, and on reissues from before 2026-11-28.
   */
  readonly reissuedFrom?: LocalDate;
}

/** What the seals of invoices and credit notes have in common. */
interface Sealed {
  readonly customerId: string;
  /** The billing period that it belongs to. */
  readonly period: PeriodDays;
  readonly currency: Currency;
  readonly issuedOn: LocalDate;
  readonly rounding: RoundingMode;
  /** The language of the document; absent: English. */
  readonly language?: Language;
  /** How its dates are written: a pattern of date-fns, e.g. `dd.MM.yyyy`; absent: as the language writes dates. */
  readonly datePattern?: string;
  readonly lineCount: number;
  readonly totalsByKind: Readonly<Partial<Record<LineKind, Amount>>>;
  /** Of an invoice 0 or more, of a credit note as a rule below 0. */
  readonly total: Amount;
  readonly pages: readonly SealedPage[];
  /** SHA-256 over the hashes of the pages. */
  readonly contentHash: string;
}

/** The seal: the invoice is complete and never changes. `effectiveOn` is its issue date, the day after its period. */
export type InvoiceSealed = DomainEvent<
  "InvoiceSealed",
  Sealed &
    Computed & {
      readonly invoiceId: string;
      readonly dueOn: LocalDate;
      readonly graceDays: number;
      readonly effectiveOn: LocalDate;
      readonly personal: { readonly recipient: Recipient };
    }
>;

export interface Recipient {
  readonly name: string;
  readonly companyDomain: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Absent on documents from before there were addresses and tax ids, and where the customer has none. */
  readonly address?: PostalAddress;
  readonly taxId?: string;
}

/**
 * Why there is a credit note: a period that sums below zero, corrections of a period at once, a void invoice, or
 * goodwill, which has no lines and belongs to no commitment.
 */
export const creditNotePurposes = ["PERIOD", "CORRECTION", "VOID", "GOODWILL"] as const;
export type CreditNotePurpose = (typeof creditNotePurposes)[number];

/**
 * The seal of a credit note, whose lines are in pages as those of an invoice are. With the purpose PERIOD it closes the
 * period, as an invoice does. `effectiveOn` is its issue date.
 */
export type CreditNoteSealed = DomainEvent<
  "CreditNoteSealed",
  Sealed &
    Computed & {
      readonly creditNoteId: string;
      readonly purpose: CreditNotePurpose;
      /** The invoice that it corrects or voids; null: none. */
      readonly invoiceId: string | null;
      readonly effectiveOn: LocalDate;
      readonly personal: { readonly recipient: Recipient; readonly reason?: string };
    }
>;

/** What pages belong to: the seal of an invoice or a credit note. */
export type DocumentSealed = InvoiceSealed | CreditNoteSealed;

export const documentIdOf = (event: DocumentSealed): string =>
  event.type === "InvoiceSealed" ? event.data.invoiceId : event.data.creditNoteId;

/** An invoice is void: nothing of it is owed, and its period is billed only by a reissue. Follows its credit note. */
export type InvoiceVoided = DomainEvent<
  "InvoiceVoided",
  {
    readonly invoiceId: string;
    readonly creditNoteId: string;
    /** The billing period that is not billed any more. */
    readonly period: PeriodDays;
    /**
     * First day of other periods that the invoice had corrected or billed late: from there on closed periods are computed
     * again. Null: there were none. Before 2026-11-28 what was billed late did not count.
     */
    readonly undoneFrom: LocalDate | null;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly reason: string };
  }
>;

/** A billing period of a customer that has or had a commitment was closed without a line. */
export type PeriodClosed = DomainEvent<
  "PeriodClosed",
  Computed & {
    readonly customerId: string;
    readonly period: PeriodDays;
    /** The day after the period; of a reissue its own day. */
    readonly effectiveOn: LocalDate;
  }
>;

export type ReceivablesEvent =
  | InvoicePageRecorded
  | BasisPageRecorded
  | InvoiceSealed
  | CreditNoteSealed
  | InvoiceVoided
  | PeriodClosed
  | CollectionEvent
  | PaymentEvent
  | CommandAccepted;

/** Sealed invoices, or credit notes in a series of their own, got the next numbers, in this order and without a gap. */
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
    // From the first version to the second: lines may belong to no commitment.
    InvoicePageRecorded: {
      version: 2,
      upcast: { 1: (data) => data },
      movesCharges: false,
      callsForWork: false,
    },
    BasisPageRecorded: { version: 1, movesCharges: false, callsForWork: false },
    // A reissue waits for its number.
    InvoiceSealed: { version: 1, movesCharges: false, callsForWork: true },
    CreditNoteSealed: { version: 1, movesCharges: false, callsForWork: true },
    // The periods that its adjustments corrected are computed again.
    InvoiceVoided: { version: 1, movesCharges: true, callsForWork: true },
    PeriodClosed: { version: 1, movesCharges: false, callsForWork: false },
    ...COLLECTION_EVENTS,
    ...paymentEventTypes,
    ...COMMAND_ACCEPTED,
  },
};

export const registerEvents: CategoryEvents<"register", NumbersAssigned> = {
  category: "register",
  types: {
    NumbersAssigned: { version: 1, movesCharges: false, callsForWork: false },
  },
};
