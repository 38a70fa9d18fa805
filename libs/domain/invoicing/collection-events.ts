import { type LocalDate } from "../calendar.js";
import { type DomainEvent } from "../event.js";
import { type Amount, type Currency } from "../money.js";

/*
 * Collection's events in the receivables stream of a customer (docs/rules.md#collection): what people told it, and each
 * step that it took. A step is recorded by the day's work, at most once for an invoice until a payment is reversed.
 */

/** The customer promised to pay through a day. It replaces an earlier promise. */
export type PaymentPromised = DomainEvent<
  "PaymentPromised",
  {
    /** The last day through which collection waits. */
    readonly by: LocalDate;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly note: string | null };
  }
>;

/** From now on collection leaves the customer alone, or does so no more. */
export type CollectionExemptionSet = DomainEvent<
  "CollectionExemptionSet",
  {
    readonly exempt: boolean;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly reason: string | null };
  }
>;

/** What every step says. */
interface Step {
  /** The invoice that it is about: of steps but InvoiceOverdue the oldest unpaid one. */
  readonly invoiceId: string;
  /** Ids of the events because of which it was taken: the invoice's seal or the reversal that reopened it, the promise. */
  readonly causes: readonly string[];
  readonly effectiveOn: LocalDate;
}

interface Demand extends Step {
  /** What is overdue of all invoices on that day. */
  readonly amountOverdue: Amount;
  readonly currency: Currency;
}

/** An invoice was not paid whole by its due date. */
export type InvoiceOverdue = DomainEvent<
  "InvoiceOverdue",
  Step & {
    readonly number: string;
    readonly dueOn: LocalDate;
    /** What is left to pay of it. */
    readonly open: Amount;
    readonly currency: Currency;
  }
>;

/** The customer is to be reminded. */
export type PaymentReminderDue = DomainEvent<
  "PaymentReminderDue",
  Demand & {
    /** Days after the due date, as the class says. */
    readonly afterDays: number;
  }
>;

/** The customer is to be told that it will be suspended. */
export type SuspensionWarned = DomainEvent<"SuspensionWarned", Demand & { readonly suspensionOn: LocalDate }>;

/** The customer is suspended from `effectiveOn` on. A processor suspends it, with the origin NON_PAYMENT. */
export type SuspendedForNonPayment = DomainEvent<"SuspendedForNonPayment", Demand>;

/** Commitments end with `effectiveOn` as their last charged day. A processor terminates them. */
export type TerminatedForNonPayment = DomainEvent<
  "TerminatedForNonPayment",
  Step & {
    /** Those that the customer held and that would have gone on after that day; may be none. */
    readonly commitmentIds: readonly string[];
  }
>;

/** Nothing is overdue any more: the suspension for non-payment is over. A processor lifts it. */
export type NonPaymentSuspensionLifted = DomainEvent<
  "NonPaymentSuspensionLifted",
  { readonly causes: readonly string[]; readonly effectiveOn: LocalDate }
>;

/** A step of collection, in the order in which those of one day are taken. */
export type CollectionStep =
  InvoiceOverdue | PaymentReminderDue | SuspensionWarned | SuspendedForNonPayment | TerminatedForNonPayment;

export type CollectionEvent = PaymentPromised | CollectionExemptionSet | CollectionStep | NonPaymentSuspensionLifted;

/** Rows of the table of the category `receivables`. All of it is due by the calendar. */
export const COLLECTION_EVENTS = {
  PaymentPromised: { version: 1, movesCharges: false, callsForWork: false },
  CollectionExemptionSet: { version: 1, movesCharges: false, callsForWork: false },
  InvoiceOverdue: { version: 1, movesCharges: false, callsForWork: false },
  PaymentReminderDue: { version: 1, movesCharges: false, callsForWork: false },
  SuspensionWarned: { version: 1, movesCharges: false, callsForWork: false },
  SuspendedForNonPayment: { version: 1, movesCharges: false, callsForWork: false },
  TerminatedForNonPayment: { version: 1, movesCharges: false, callsForWork: false },
  NonPaymentSuspensionLifted: { version: 1, movesCharges: false, callsForWork: false },
} as const;
