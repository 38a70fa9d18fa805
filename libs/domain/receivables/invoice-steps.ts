import { type LocalDate } from "../calendar.js";
import { type InvoiceState, stateOf, stateOn } from "../invoicing/invoice.js";
import { type Amount, big, type Currency, format, sum, ZERO } from "../money.js";
import { computed, given, onDay, type Step, type StepName, statusStep } from "../step.js";
import { isOfDocument, MOVEMENT_STEPS, type RecordedMovement } from "./balance-steps.js";

/** What is left to pay of an invoice, as the sum of everything that changed it, in order. */
export const leftToPayStep = (invoiceId: string, changes: readonly RecordedMovement[], currency: Currency): Step => {
  const parts = changes.map(({ kind, amount, on, documentId, eventId }) =>
    given(nameOf(kind, amount), "MONEY", amount, {
      days: onDay(on),
      on: isOfDocument(kind) ? { invoiceId: documentId, line: null } : null,
      events: eventId === null ? [] : [eventId],
    }),
  );
  const left = format(sum(parts.map(({ value }) => big(value))), currency);
  return computed("LEFT_TO_PAY", "SUM", left, parts, { on: { invoiceId, line: null } });
};

/** What an invoice is less by when it is issued, it takes of credit that was there. */
const nameOf = (kind: RecordedMovement["kind"], change: Amount): StepName =>
  kind === "INVOICE" && big(change).lt(ZERO) ? "PAID_FROM_BALANCE" : MOVEMENT_STEPS[kind];

/** An issued invoice whose state is explained. */
export interface ExplainedInvoice {
  readonly total: Amount;
  readonly writtenOff: Amount;
  readonly dueOn: LocalDate;
  readonly sealedEventId: string;
  /** When it became void, and the event that says so; null: it is not. */
  readonly voided: { readonly on: LocalDate; readonly eventId: string } | null;
}

/** The state of an invoice on a day, with why it is so. @param left what is left to pay of it */
export const invoiceStateStep = (invoice: ExplainedInvoice, left: Step, day: LocalDate): Step =>
  statusStep((because): InvoiceState => {
    const { total, writtenOff, dueOn, sealedEventId, voided } = invoice;
    if (voided) because(given("VOIDED_ON", "DATE", voided.on, { events: [voided.eventId], days: onDay(voided.on) }));
    because(left);
    const state = voided ? "VOID" : stateOf(total, left.value, writtenOff);
    return stateOn({ state, open: left.value, dueOn, sealedEventId }, day, because);
  });
