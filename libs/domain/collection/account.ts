import { type LocalDate } from "../calendar.js";
import { type CreditNoteSealed, documentIdOf, type InvoiceSealed, type InvoiceVoided } from "../invoicing/events.js";
import { type PaymentEvent } from "../invoicing/payment-events.js";
import { big, type Currency, negated } from "../money.js";
import { accountOf, type Books, emptyBooks } from "../receivables/books.js";
import { applied, type BookStep, countsWhenSealed, moneyStep } from "../receivables/movements.js";
import { type Collection, overdueOn, type UnpaidInvoice, unpaidOf, type WaitingDocument } from "./collection.js";

/**
 * The state with a sealed invoice or credit note, which counts once it is numbered, or at once.
 * @param today the customer's day on which it was sealed
 */
export const withSealed = (
  state: Collection,
  event: InvoiceSealed | CreditNoteSealed,
  eventId: string,
  today: LocalDate,
): Collection => {
  const { issuedOn, currency, total } = event.data;
  if (event.type === "CreditNoteSealed" && countsWhenSealed(event.data.purpose)) {
    const { creditNoteId, invoiceId } = event.data;
    const credit: BookStep = { kind: "CREDIT_NOTE", creditNoteId, amount: negated(total, currency), invoiceId };
    return credited(state, booked(state, currency, credit), eventId, today);
  }
  const isInvoice = event.type === "InvoiceSealed";
  const document: WaitingDocument = {
    ...{ documentId: documentIdOf(event), issuedOn, currency, total, eventId },
    dueOn: isInvoice ? event.data.dueOn : null,
    purpose: isInvoice ? null : event.data.purpose,
    invoiceId: isInvoice ? null : event.data.invoiceId,
  };
  return { ...state, waiting: [...state.waiting, document] };
};

/**
 * The state with a number of a waiting document: an invoice is open, a credit note is used.
 * @param today the customer's day on which it got the number
 * @returns null when nothing waits under this id
 */
export const withNumber = (
  state: Collection,
  assigned: { readonly documentId: string; readonly number: string; readonly eventId: string },
  today: LocalDate,
): Collection | null => {
  const document = state.waiting.find(({ documentId }) => documentId === assigned.documentId);
  if (!document) return null;
  const { documentId, issuedOn, currency, total, dueOn, invoiceId, eventId } = document;
  const waiting = state.waiting.filter((other) => other !== document);
  if (dueOn !== null) {
    const invoice = { invoiceId: documentId, issuedOn, dueOn, number: assigned.number };
    const causes = [...state.causes, { invoiceId: documentId, eventId }];
    return openOnly(booked({ ...state, waiting, causes }, currency, { kind: "INVOICE", invoice, total }));
  }
  // A void settles its invoice at once, not with the number of its credit note.
  if (document.purpose === "VOID") return { ...state, waiting };
  const amount = negated(total, currency);
  const credit: BookStep = { kind: "CREDIT_NOTE", creditNoteId: documentId, amount, invoiceId };
  return credited(state, booked({ ...state, waiting }, currency, credit), assigned.eventId, today);
};

/**
 * The state without a void invoice. Its credit note was sealed before.
 * @param today the customer's day on which it was recorded
 */
export const withVoidInvoice = (
  state: Collection,
  { invoiceId, creditNoteId }: InvoiceVoided["data"],
  eventId: string,
  today: LocalDate,
): Collection => {
  const note = state.waiting.find(({ documentId }) => documentId === creditNoteId);
  if (!note) return state;
  const amount = negated(note.total, note.currency);
  const step: BookStep = { kind: "VOID", invoiceId, creditNoteId, amount };
  return credited(state, booked(state, note.currency, step), eventId, today);
};

/**
 * The state after money came or went.
 * @param today the customer's day on which it was recorded
 */
export const withMoney = (state: Collection, event: PaymentEvent, eventId: string, today: LocalDate): Collection => {
  const currency = "currency" in event.data ? event.data.currency : state.books?.currency;
  if (currency === undefined) return state;
  const after = booked(state, currency, moneyStep(event));
  switch (event.type) {
    case "PaymentRecorded":
    case "InvoiceWrittenOff":
      return credited(state, after, eventId, today);
    case "PaymentReversed":
      return reopened(state, after, eventId);
    case "RefundRecorded":
      return after;
  }
};

const booked = (state: Collection, currency: Currency, step: BookStep): Collection => ({
  ...state,
  books: applied(state.books ?? emptyBooks(currency), step, state.steps),
  steps: state.steps + 1,
});

/**
 * After a credit of whichever kind: a promise ends where it settles all that was overdue, or all that was open
 * (docs/rules.md#promises).
 */
const credited = (before: Collection, booked: Collection, eventId: string, today: LocalDate): Collection => {
  const after = openOnly({ ...booked, changedBy: eventId });
  if (after.promise === null) return after;
  const settles = (owed: (state: Collection) => readonly UnpaidInvoice[]): boolean =>
    owed(before).length > 0 && owed(after).length === 0;
  const isKept = settles((state) => overdueOn(state, today)) || settles(unpaidOf);
  return isKept ? { ...after, promise: null } : after;
};

/** After a reversal: the steps about what it reopened are taken again. */
const reopened = (state: Collection, after: Collection, eventId: string): Collection => {
  const before = new Map(openOf(state.books).map(({ invoiceId, open }) => [invoiceId, open]));
  const again = new Set(
    openOf(after.books)
      .filter(({ invoiceId, open }) => big(open).gt(big(before.get(invoiceId) ?? "0")))
      .map(({ invoiceId }) => invoiceId),
  );
  const kept = <Known extends { readonly invoiceId: string }>(all: readonly Known[]) =>
    all.filter(({ invoiceId }) => !again.has(invoiceId));
  return {
    ...after,
    changedBy: eventId,
    causes: [...kept(state.causes), ...[...again].map((invoiceId) => ({ invoiceId, eventId }))],
    taken: kept(state.taken),
    spared: state.spared.filter((invoiceId) => !again.has(invoiceId)),
  };
};

/** What is paid is not collected any more; if a reversal reopens it, all begins anew. */
const openOnly = (state: Collection): Collection => {
  const open = new Set(openOf(state.books).map(({ invoiceId }) => invoiceId));
  const kept = <Known extends { readonly invoiceId: string }>(all: readonly Known[]) =>
    all.filter(({ invoiceId }) => open.has(invoiceId));
  return {
    ...{ ...state, causes: kept(state.causes), taken: kept(state.taken) },
    spared: state.spared.filter((invoiceId) => open.has(invoiceId)),
  };
};

const openOf = (books: Books | null) => (books ? accountOf(books).open : []);
