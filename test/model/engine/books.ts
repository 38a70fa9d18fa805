import { type LocalDate } from "#domain/calendar.js";
import { type ReceivablesEvent } from "#domain/invoicing/events.js";
import { type Amount, big, negated, ZERO } from "#domain/money.js";
import { accountOf } from "#domain/receivables/books.js";
import { applied, type BookStep, moneyStep, movementsOf } from "#domain/receivables/movements.js";
import { type World } from "./world.js";

type Sum = typeof ZERO;

/** What went through a customer's books, added up from the events alone. */
export interface Tally {
  /** Totals of invoices and credit notes. */
  invoiced: Sum;
  refunded: Sum;
  /** Less what was reversed. */
  paid: Sum;
}

/** As the read model does it: what an event does to the customer's books. */
export const book = (world: World, customerId: string, event: ReceivablesEvent): void => {
  tally(world.tallyOf(customerId), event);
  const place = world.booked++;
  const step = stepOf(event, place, world.credits);
  if (!step) return;
  const before = world.booksOf(customerId);
  const books = applied(before, step, place);
  world.books.set(customerId, books);
  const { effectiveOn } = event.data as { effectiveOn?: LocalDate };
  const movements = movementsOf(step, before, books).map(({ kind, amount }) => `${effectiveOn} ${kind} ${amount}`);
  world.movements.set(customerId, [...(world.movements.get(customerId) ?? []), ...movements]);
  world.session.facts.accounts.set(customerId, accountOf(books));
};

/** @param credits what credit notes credit, by id: filled here */
const stepOf = (event: ReceivablesEvent, place: number, credits: Map<string, Amount>): BookStep | null => {
  switch (event.type) {
    case "InvoiceSealed": {
      const { invoiceId, issuedOn, dueOn, total } = event.data;
      return { kind: "INVOICE", invoice: { invoiceId, issuedOn, dueOn, number: `${place}`.padStart(9, "0") }, total };
    }
    case "CreditNoteSealed": {
      const { creditNoteId, invoiceId, purpose, currency, total } = event.data;
      const amount = negated(total, currency);
      credits.set(creditNoteId, amount);
      return purpose === "VOID" ? null : { kind: "CREDIT_NOTE", creditNoteId, amount, invoiceId };
    }
    case "InvoiceVoided": {
      const { invoiceId, creditNoteId } = event.data;
      return { kind: "VOID", invoiceId, creditNoteId, amount: credits.get(creditNoteId) ?? "0" };
    }
    case "PaymentRecorded":
    case "PaymentReversed":
    case "RefundRecorded":
    case "InvoiceWrittenOff":
      return moneyStep(event);
    default:
      return null;
  }
};

const tally = (sums: Tally, event: ReceivablesEvent): void => {
  switch (event.type) {
    case "InvoiceSealed":
    case "CreditNoteSealed":
      sums.invoiced = sums.invoiced.plus(big(event.data.total));
      return;
    case "PaymentRecorded":
      sums.paid = sums.paid.plus(big(event.data.amount));
      return;
    case "PaymentReversed":
      sums.paid = sums.paid.minus(big(event.data.amount));
      return;
    case "RefundRecorded":
      sums.refunded = sums.refunded.plus(big(event.data.amount));
      return;
    default:
  }
};

/**
 * Conservation, per customer and in sum: invoiced net of all credit notes + refunded = paid net of reversals + written
 * off + open - balance. Never are unused credit and an open invoice there together.
 */
export const conservesMoney = (world: World): string[] => {
  const checked = [...world.tallies].map(([customerId, { invoiced, refunded, paid }]) => {
    const books = world.booksOf(customerId);
    const { balance } = accountOf(books);
    const of = (part: "open" | "writtenOff"): Sum =>
      books.invoices.reduce((total, invoice) => total.plus(big(invoice[part])), ZERO);
    const open = of("open");
    return {
      faults:
        big(balance).gt(ZERO) && open.gt(ZERO) ? [`${customerId} has ${balance} unused, ${open.toFixed()} open`] : [],
      customerId,
      left: invoiced.plus(refunded),
      right: paid.plus(of("writtenOff")).plus(open).minus(big(balance)),
    };
  });
  const all = checked.reduce((total, { left, right }) => total.plus(left).minus(right), ZERO);
  return checked
    .flatMap(({ faults, customerId, left, right }) => [
      ...faults,
      ...(left.eq(right) ? [] : [`${customerId}: ${left.toFixed()} was invoiced, ${right.toFixed()} is accounted for`]),
    ])
    .concat(all.eq(ZERO) ? [] : [`${all.toFixed()} in sum is not accounted for`]);
};
