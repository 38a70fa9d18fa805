import { type LocalDate } from "../calendar.js";
import { type Amount, big, type Currency, format, sum, ZERO } from "../money.js";
import { computed, given, onDay, type Step, type StepName } from "../step.js";
import { type CreditUse, type CreditUser } from "./books.js";
import { type Movement, type MovementKind } from "./movements.js";

/** A movement of a statement, with its day and the event behind it; null: not known. */
export interface RecordedMovement extends Movement {
  readonly on: LocalDate;
  readonly eventId: string | null;
}

/** What movements of a kind are called in a calculation, in the order in which it adds them up. */
export const MOVEMENT_STEPS: Readonly<Record<MovementKind, StepName>> = {
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
  const groups = (Object.keys(MOVEMENT_STEPS) as MovementKind[]).flatMap((kind): Step[] => {
    const own = movements.filter((movement) => movement.kind === kind);
    if (own.length === 0) return [];
    const parts = own.map(({ amount, on, documentId, eventId }) =>
      given(MOVEMENT_STEPS[kind], "MONEY", amount, {
        days: onDay(on),
        on: isOfDocument(kind) ? { invoiceId: documentId, line: null } : null,
        events: eventId === null ? [] : [eventId],
      }),
    );
    return [computed(MOVEMENT_STEPS[kind], "SUM", totalOf(parts), parts)];
  });
  return computed("BALANCE_DUE", "SUM", totalOf(groups), groups);
};

/** A payment or a credit note of which something is left, with the movement that brought it and what used it. */
export interface UnusedCredit {
  readonly movement: RecordedMovement;
  readonly unused: Amount;
  readonly uses: readonly Pick<CreditUse, "by" | "userId" | "amount">[];
}

const USES: Readonly<Record<CreditUser, StepName>> = {
  INVOICE: "USED_FOR_INVOICE",
  REFUND: "USED_FOR_REFUND",
  OWED: "USED_FOR_OWED",
};

/**
 * A customer's balance (docs/rules.md#allocation): what is left of each credit; where something is owed beyond all
 * invoices no credit is left, and it is what is left to pay of invoices less the balance due.
 * @param open what is left to pay of invoices, each as its own step
 */
export const balanceStep = (
  credits: readonly UnusedCredit[],
  open: readonly Step[],
  due: Step,
  currency: Currency,
): Step => {
  const left = open.reduce((total, { value }) => total.plus(big(value)), ZERO);
  const unused = credits.reduce((total, credit) => total.plus(big(credit.unused)), ZERO);
  if (unused.eq(ZERO) && big(due.value).gt(left)) {
    const leftToPay = computed("LEFT_TO_PAY", "SUM", format(left, currency), open);
    return computed("BALANCE", "DIFFERENCE", format(left.minus(big(due.value)), currency), [leftToPay, due]);
  }
  return computed("BALANCE", "SUM", format(unused, currency), credits.map(unusedStep));
};

const unusedStep = ({ movement, unused, uses }: UnusedCredit): Step => {
  const { kind, amount, on, documentId, eventId } = movement;
  const came = given(MOVEMENT_STEPS[kind], "MONEY", big(amount).abs().toFixed(), {
    days: onDay(on),
    on: isOfDocument(kind) ? { invoiceId: documentId, line: null } : null,
    events: eventId === null ? [] : [eventId],
  });
  const used = uses.map((use) =>
    given(USES[use.by], "MONEY", use.amount, {
      on: use.by === "INVOICE" && use.userId !== null ? { invoiceId: use.userId, line: null } : null,
    }),
  );
  return computed("UNUSED_CREDIT", "DIFFERENCE", unused, [came, ...used], { days: onDay(on) });
};

/** Whether its document is an invoice or a credit note, not a payment or refund. */
export const isOfDocument = (kind: MovementKind): boolean =>
  kind === "INVOICE" || kind === "CREDIT_NOTE" || kind === "WRITE_OFF" || kind === "WRITE_OFF_UNDONE";
