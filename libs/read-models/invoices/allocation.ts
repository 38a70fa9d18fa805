import { type EntityManager } from "typeorm";
import { compareText } from "#domain/by-day.js";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount, big, format, ZERO } from "#domain/money.js";
import { type Books } from "#domain/receivables/books.js";
import { applied, movementsOf } from "#domain/receivables/movements.js";
import { loadBooks, noBooks } from "./books-load.js";
import { type OpenChange, type PlacedMovement, writeBooks } from "./books-write.js";
import { keyOf } from "./pages.js";
import { type Placed, type ReceivablesOrRegister, stepsOf } from "./steps.js";

export interface CustomerKey {
  readonly provider: string;
  readonly customerId: string;
}

/**
 * Brings what customers owe up to date with a batch (docs/rules.md#allocation), in the order of the events.
 * @returns the customers whose books changed, once each
 */
export const allocate = async (
  manager: EntityManager,
  events: readonly ReceivablesOrRegister[],
): Promise<readonly CustomerKey[]> => {
  const steps = await stepsOf(manager, events);
  if (steps.length === 0) return [];
  const before = await loadBooks(manager, steps);
  const after = new Map(before);
  const movements: PlacedMovement[] = [];
  const changes: OpenChange[] = [];
  for (const placed of steps) {
    const { event, provider, customerId, on, step } = placed;
    const key = keyOf(provider, customerId);
    const { books, steps: place, lastOn } = after.get(key) ?? noBooks(placed);
    const now = applied(books, step, place);
    // A document that was numbered late has its own date; what it pays, or is paid by, has none before the last step.
    const settledOn = lastOn !== null && lastOn > on ? lastOn : on;
    after.set(key, { books: now, steps: place + 1, lastOn: settledOn });
    const at = { provider, customerId, place };
    const { id: eventId } = event;
    movements.push(
      ...movementsOf(step, books, now).map((movement, line) => ({ ...movement, ...at, line, on, eventId })),
    );
    changes.push(
      ...openChanges(placed, books, now).map((change, line) => ({
        ...change,
        ...at,
        line,
        on: change.on ?? settledOn,
        position: event.position,
      })),
    );
  }
  const voided = steps.flatMap(({ provider, step }) =>
    step.kind === "VOID" ? [{ provider, invoiceId: step.invoiceId }] : [],
  );
  await writeBooks(manager, { before, after, movements, changes, voided });
  return [
    ...new Map(
      steps.map(({ provider, customerId }) => [keyOf(provider, customerId), { provider, customerId }]),
    ).values(),
  ];
};

/** What a step changes of what is open of each invoice. @returns `on` null: the day on which it settles */
const openChanges = (
  { step, on }: Placed,
  before: Books,
  after: Books,
): { readonly invoiceId: string; readonly change: Amount; readonly on: LocalDate | null }[] => {
  const opened =
    step.kind === "INVOICE" && !big(step.total).eq(ZERO)
      ? [{ invoiceId: step.invoice.invoiceId, change: step.total, on }]
      : [];
  const were = new Map(before.invoices.map(({ invoiceId, open }) => [invoiceId, open]));
  if (step.kind === "INVOICE") were.set(step.invoice.invoiceId, step.total);
  const are = new Map(after.invoices.map(({ invoiceId, open }) => [invoiceId, open]));
  // By id: invoices come from memory or from tables, in no order that both have.
  const inOrder = [...were].sort(([a], [b]) => compareText(a, b));
  const settled = inOrder.flatMap(([invoiceId, open]) => {
    const change = big(are.get(invoiceId) ?? "0").minus(big(open));
    return change.eq(ZERO) ? [] : [{ invoiceId, change: format(change, after.currency), on: null }];
  });
  return [...opened, ...settled];
};
