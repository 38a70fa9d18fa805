import { type LocalDate } from "../calendar.js";
import { big, type Currency, format, sum } from "../money.js";
import { computed, given, onDay, type Step, type StepName } from "../step.js";
import { type Movement, type MovementKind } from "./movements.js";

/** A movement of a statement, with its day and the event behind it; null: not known. */
export interface RecordedMovement extends Movement {
  readonly on: LocalDate;
  readonly eventId: string | null;
}

/** What movements of a kind are called in a calculation, in the order in which it adds them up. */
const NAMES: Readonly<Record<MovementKind, StepName>> = {
  INVOICE: "INVOICED",
  CREDIT_NOTE: "CREDITED",
  PAYMENT: "PAID",
  REVERSAL: "PAYMENT_REVERSED",
  REFUND: "REFUNDED",
  WRITE_OFF: "WRITTEN_OFF",
  WRITE_OFF_UNDONE: "WRITE_OFF_UNDONE",
};

/**
 * What a customer owes, as the sum of everything that ever moved it (docs/rules.md#statements): each kind together, down
 * to the movements, in their order.
 */
export const balanceDueStep = (movements: readonly RecordedMovement[], currency: Currency): Step => {
  const totalOf = (parts: readonly Step[]): string => format(sum(parts.map(({ value }) => big(value))), currency);
  const groups = (Object.keys(NAMES) as MovementKind[]).flatMap((kind): Step[] => {
    const own = movements.filter((movement) => movement.kind === kind);
    if (own.length === 0) return [];
    const parts = own.map(({ amount, on, documentId, eventId }) =>
      given(NAMES[kind], "MONEY", amount, {
        days: onDay(on),
        on: isOfDocument(kind) ? { invoiceId: documentId, line: null } : null,
        events: eventId === null ? [] : [eventId],
      }),
    );
    return [computed(NAMES[kind], "SUM", totalOf(parts), parts)];
  });
  return computed("BALANCE_DUE", "SUM", totalOf(groups), groups);
};

/** Whether its document is an invoice or a credit note, not a payment or refund. */
const isOfDocument = (kind: MovementKind): boolean =>
  kind === "INVOICE" || kind === "CREDIT_NOTE" || kind === "WRITE_OFF" || kind === "WRITE_OFF_UNDONE";
