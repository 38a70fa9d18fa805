import { type LocalDate, type PeriodDays } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Amount } from "../money.js";
import { type ReceivablesEvent } from "./events.js";
import { type PaymentMethod } from "./payment-events.js";

/** An invoice as the receivables stream tells of it. */
export interface SealedInvoice {
  readonly invoiceId: string;
  readonly period: PeriodDays;
  readonly issuedOn: LocalDate;
  /** The credit note that voided it; null: it is not void. */
  readonly voidedBy: string | null;
}

/** A payment as the receivables stream tells of it. */
export interface RecordedPayment {
  readonly paymentId: string;
  readonly amount: Amount;
  readonly method: PaymentMethod;
  readonly valueOn: LocalDate;
  readonly invoiceId: string | null;
  /** Identifies it among the customer's payments; null: nothing does. */
  readonly reference: string | null;
  readonly isReversed: boolean;
}

/** What commands on a customer's receivables are decided by. */
export interface Receivables {
  readonly customerId: string;
  /** In order of recording. */
  readonly invoices: readonly SealedInvoice[];
  /** Void invoices whose periods were billed again. */
  readonly reissued: readonly string[];
  /** In order of recording, reversed ones included. */
  readonly payments: readonly RecordedPayment[];
}

/** Nothing was recorded: null. Pages count only through what seals them, and tell nothing here. */
export const receivablesEvolver: Evolver<Receivables | null, ReceivablesEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "InvoiceSealed": {
        const { customerId, invoiceId, period, issuedOn, reissueOf } = event.data;
        const before = known(state, customerId);
        const invoices = [...before.invoices, { invoiceId, period, issuedOn, voidedBy: null }];
        return { ...again(before, reissueOf), invoices };
      }
      case "CreditNoteSealed":
      case "PeriodClosed":
        return again(known(state, event.data.customerId), event.data.reissueOf);
      case "InvoiceVoided": {
        if (!state) return state;
        const { invoiceId, creditNoteId: voidedBy } = event.data;
        const invoices = state.invoices.map((each) => (each.invoiceId === invoiceId ? { ...each, voidedBy } : each));
        return { ...state, invoices };
      }
      case "PaymentRecorded": {
        const { paymentId, customerId, amount, method, valueOn, invoiceId, personal } = event.data;
        const before = known(state, customerId);
        const { reference } = personal;
        const payment = { paymentId, amount, method, valueOn, invoiceId, reference, isReversed: false };
        return { ...before, payments: [...before.payments, payment] };
      }
      case "PaymentReversed": {
        if (!state) return state;
        const { paymentId } = event.data;
        const payments = state.payments.map((each) =>
          each.paymentId === paymentId ? { ...each, isReversed: true } : each,
        );
        return { ...state, payments };
      }
      case "RefundRecorded":
        return known(state, event.data.customerId);
      case "InvoicePageRecorded":
      case "BasisPageRecorded":
      case "PaymentPromised":
      case "CollectionExemptionSet":
      case "InvoiceOverdue":
      case "PaymentReminderDue":
      case "SuspensionWarned":
      case "SuspendedForNonPayment":
      case "TerminatedForNonPayment":
      case "NonPaymentSuspensionLifted":
      case "InvoiceWrittenOff":
      case "CommandAccepted":
        return state;
    }
  },
};

const known = (state: Receivables | null, customerId: string): Receivables =>
  state ?? { customerId, invoices: [], reissued: [], payments: [] };

const again = (state: Receivables, reissueOf: string | undefined): Receivables =>
  reissueOf === undefined ? state : { ...state, reissued: [...state.reissued, reissueOf] };

/** How often the period of an invoice was billed before: part of the id of the next invoice of it. */
export const attemptsOf = ({ invoices }: Receivables, { from }: PeriodDays): number =>
  invoices.filter(({ period }) => period.from === from).length;

/**
 * First days of the periods that adjustments on an invoice correct, where what they correct is void: the credit note of
 * that invoice took them into account, so that they are not undone again.
 */
export const voidBesides = ({ invoices }: Receivables, invoiceId: string): ReadonlySet<LocalDate> => {
  const earlier = invoices.slice(
    0,
    invoices.findIndex((each) => each.invoiceId === invoiceId),
  );
  // An adjustment corrects the last invoice of its period by then: a period can have several, all but one of them void.
  const corrected = new Map(earlier.map(({ period, voidedBy }) => [period.from, voidedBy]));
  return new Set([...corrected].flatMap(([from, voidedBy]) => (voidedBy === null ? [] : [from])));
};
