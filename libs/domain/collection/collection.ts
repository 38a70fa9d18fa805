import { later, type LocalDate } from "../calendar.js";
import { type CollectionEvent } from "../invoicing/collection-events.js";
import { type Amount, big, type Currency, format, ZERO } from "../money.js";
import { type OpenInvoice } from "../receivables/account.js";
import { accountOf, type Books } from "../receivables/books.js";

/** What was sealed and has no number yet: it counts once it has one. */
export interface WaitingDocument {
  readonly documentId: string;
  readonly issuedOn: LocalDate;
  readonly currency: Currency;
  readonly total: Amount;
  /** Null: it is a credit note. */
  readonly dueOn: LocalDate | null;
  /** Of a credit note: why there is one; null: it is an invoice. */
  readonly purpose: string | null;
  /** The invoice that a credit note is for. */
  readonly invoiceId: string | null;
  readonly eventId: string;
}

export type StepKind = "OVERDUE" | "REMINDER" | "WARNING" | "SUSPENSION" | "TERMINATION";

/** A step that was taken about an invoice. */
export interface TakenStep {
  readonly kind: StepKind;
  readonly invoiceId: string;
  /** Of a reminder; else null. */
  readonly afterDays: number | null;
}

/** What collection goes by for one customer, as its streams tell (docs/rules.md#collection). */
export interface Collection {
  /** Null: nothing was billed or paid yet. */
  readonly books: Books | null;
  /** How many steps the books have had. */
  readonly steps: number;
  readonly waiting: readonly WaitingDocument[];
  /** Of each unpaid invoice the event from which it is collected: its seal, or the reversal that reopened it. */
  readonly causes: readonly { readonly invoiceId: string; readonly eventId: string }[];
  readonly exempt: boolean;
  readonly promise: { readonly by: LocalDate; readonly eventId: string } | null;
  /** About unpaid invoices. */
  readonly taken: readonly TakenStep[];
  /** Unpaid invoices that were the oldest unpaid one when a suspension for non-payment was lifted by hand. */
  readonly spared: readonly string[];
  /** The coming day of a lifting by hand that will end the suspension for non-payment; null: none is ordered. */
  readonly liftingOn: LocalDate | null;
  /**
   * The earliest day on which a step can be taken: what becomes due by a change of one day, for this day or earlier, is
   * left to the next day's run. Null: no change yet.
   */
  readonly notBefore: LocalDate | null;
  /** The last event that changed what is open. */
  readonly changedBy: string | null;
  /** What was decided last about the customer's service; null: nothing yet. */
  readonly decision: ServiceDecision | null;
}

/** That the customer is suspended for non-payment, or is not any more, from a day on. */
export interface ServiceDecision {
  readonly suspended: boolean;
  readonly on: LocalDate;
  readonly eventId: string;
}

export const NO_COLLECTION: Collection = {
  ...{ books: null, steps: 0, waiting: [], causes: [], exempt: false, promise: null, taken: [], spared: [] },
  ...{ liftingOn: null, notBefore: null, changedBy: null, decision: null },
};

/** An unpaid invoice, with the event from which it is collected. */
export interface UnpaidInvoice extends OpenInvoice {
  readonly cause: string;
}

/** What is unpaid by the causes of a state and its books: each step that is taken asks for it, and changes neither. */
const unpaid = new WeakMap<Collection["causes"], { books: Books | null; invoices: readonly UnpaidInvoice[] }>();

/** Unpaid invoices, the oldest first. */
export const unpaidOf = (state: Collection): readonly UnpaidInvoice[] => {
  const { books, causes } = state;
  const known = unpaid.get(causes);
  if (known?.books === books) return known.invoices;
  const invoices = unpaidIn(state);
  unpaid.set(causes, { books, invoices });
  return invoices;
};

const unpaidIn = ({ books, causes }: Collection): UnpaidInvoice[] => {
  if (!books) return [];
  const causeOf = new Map(causes.map(({ invoiceId, eventId }) => [invoiceId, eventId]));
  return accountOf(books).open.flatMap((open) => {
    const cause = causeOf.get(open.invoiceId);
    return cause === undefined ? [] : [{ ...open, cause }];
  });
};

/** Those that are overdue on a day: from the day after their due dates on. */
export const overdueOn = (collection: Collection, day: LocalDate): UnpaidInvoice[] =>
  unpaidOf(collection).filter(({ dueOn }) => dueOn < day);

/** What is overdue on a day, of all invoices. */
export const amountOverdueOn = (collection: Collection, day: LocalDate, currency: Currency): Amount =>
  format(
    overdueOn(collection, day).reduce((total, { open }) => total.plus(big(open)), ZERO),
    currency,
  );

/** The state with one more event of collection itself. */
export const withCollectionEvent = (state: Collection, event: CollectionEvent, eventId: string): Collection => {
  switch (event.type) {
    case "PaymentPromised":
      return { ...state, promise: { by: event.data.by, eventId } };
    case "CollectionExemptionSet":
      return { ...state, exempt: event.data.exempt };
    case "InvoiceOverdue":
      return withStep(state, "OVERDUE", event.data.invoiceId);
    case "PaymentReminderDue":
      return withStep(state, "REMINDER", event.data.invoiceId, event.data.afterDays);
    case "SuspensionWarned":
      return withStep(state, "WARNING", event.data.invoiceId);
    case "SuspendedForNonPayment": {
      const decision = { suspended: true, on: event.data.effectiveOn, eventId };
      return { ...withStep(state, "SUSPENSION", event.data.invoiceId), decision };
    }
    case "TerminatedForNonPayment":
      return withStep(state, "TERMINATION", event.data.invoiceId);
    case "NonPaymentSuspensionLifted":
      return { ...state, decision: { suspended: false, on: event.data.effectiveOn, eventId } };
  }
};

const withStep = (
  state: Collection,
  kind: StepKind,
  invoiceId: string,
  afterDays: number | null = null,
): Collection => ({ ...state, taken: [...state.taken, { kind, invoiceId, afterDays }] });

/** The state after a suspension for non-payment was lifted by hand: none comes again for the same oldest invoice. */
export const withLiftingByHand = (state: Collection): Collection => {
  const oldest = unpaidOf(state)[0]?.invoiceId;
  return oldest === undefined || state.spared.includes(oldest)
    ? state
    : { ...state, spared: [...state.spared, oldest] };
};

/**
 * The state on a day on which nothing has happened yet: a lifting by hand that was ordered ahead counts from its day on,
 * for the invoice that is the oldest unpaid one then.
 */
export const collectionOn = (state: Collection, day: LocalDate): Collection =>
  state.liftingOn === null || day < state.liftingOn ? state : { ...withLiftingByHand(state), liftingOn: null };

/**
 * The state after something changed which invoice is collected or how: what that made due for an earlier day is taken
 * from a day on, but for reminders, which are never made up for.
 * @param day the first day with a run after the change
 * @param nextOn the day of the next step before it, whose run may still be to come; null: none
 */
export const withChange = (state: Collection, day: LocalDate, nextOn: LocalDate | null): Collection => {
  const first = nextOn !== null && nextOn < day ? nextOn : day;
  return { ...state, notBefore: state.notBefore === null ? first : later(state.notBefore, first) };
};
