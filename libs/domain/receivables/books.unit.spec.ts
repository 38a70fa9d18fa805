import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big, format, sum, ZERO } from "../money.js";
import { balanceDue } from "./account.js";
import { accountOf, type Books, emptyBooks } from "./books.js";
import { applied, type BookStep, movementsOf } from "./movements.js";

const nothing = emptyBooks("USD");
const after = (...steps: readonly BookStep[]): Books =>
  steps.reduce((books, step, place) => applied(books, step, place), nothing);
const invoice = (invoiceId: string, total: string, issuedOn = "2021-02-01"): BookStep => ({
  kind: "INVOICE",
  invoice: { invoiceId, issuedOn, dueOn: issuedOn, number: invoiceId },
  total,
});
const pay = (paymentId: string, amount: string, invoiceId: string | null = null): BookStep => ({
  ...{ kind: "PAYMENT", paymentId, amount, invoiceId },
});
const reverse = (paymentId: string, amount: string): BookStep => ({ kind: "REVERSAL", paymentId, amount });
const refund = (refundId: string, amount: string): BookStep => ({ kind: "REFUND", refundId, amount });
const credit = (creditNoteId: string, amount: string, invoiceId: string | null = null): BookStep => ({
  ...{ kind: "CREDIT_NOTE", creditNoteId, amount, invoiceId },
});
const writeOff = (invoiceId: string, amount: string): BookStep => ({ kind: "WRITE_OFF", invoiceId, amount });
const voided = (invoiceId: string, amount: string): BookStep => ({
  ...{ kind: "VOID", invoiceId, creditNoteId: `void ${invoiceId}`, amount },
});

const shown = (books: Books) => {
  const account = accountOf(books);
  return {
    open: Object.fromEntries(account.open.map((each) => [each.invoiceId, each.open])),
    balance: account.balance,
    due: balanceDue(account),
  };
};

describe("the books of a customer", () => {
  it("are the open parts of its invoices, less its balance", () => {
    const books = after(invoice("a", "15.00"), invoice("b", "20.00", "2021-03-01"));
    expect(shown(books)).toEqual({ open: { a: "15.00", b: "20.00" }, balance: "0.00", due: "35.00" });
  });

  it("a credit pays the oldest invoice first, then the next number, and the rest waits for the next invoice", () => {
    const three = [invoice("c", "5.00", "2021-03-01"), invoice("b", "4.00"), invoice("a", "3.00")];
    expect(shown(after(...three, pay("p", "8.00")))).toEqual({ open: { c: "4.00" }, balance: "0.00", due: "4.00" });
    const million = [invoice("INV-1000000", "5.00"), invoice("INV-999999", "4.00"), pay("p", "4.00")];
    expect(shown(after(...million)).open).toEqual({ "INV-1000000": "5.00" });
    const paid = [...three, pay("p", "20.00")];
    expect(shown(after(...paid))).toEqual({ open: {}, balance: "8.00", due: "-8.00" });
    expect(shown(after(...paid, invoice("d", "10.00")))).toEqual({ open: { d: "2.00" }, balance: "0.00", due: "2.00" });
  });

  it("a correcting credit note pays what it corrects first, a payment what it was recorded for", () => {
    const two = [invoice("a", "10.00"), invoice("b", "10.00")];
    expect(shown(after(...two, credit("n", "4.00", "b"))).open).toEqual({ a: "10.00", b: "6.00" });
    expect(shown(after(...two, credit("n", "14.00", "b"))).open).toEqual({ a: "6.00" });
    expect(shown(after(...two, pay("p", "4.00", "b"))).open).toEqual({ a: "10.00", b: "6.00" });
  });

  it("an invoice of 0.00 is never open", () => {
    expect(shown(after(invoice("a", "0.00")))).toEqual({ open: {}, balance: "0.00", due: "0.00" });
  });

  it("a void invoice that a later one has credited in part leaves a balance below zero, settled before invoices", () => {
    const void_ = [invoice("a", "15.00"), voided("a", "11.61")];
    expect(shown(after(...void_))).toEqual({ open: {}, balance: "-3.39", due: "3.39" });
    const next = [...void_, invoice("b", "11.61")];
    expect(shown(after(...next))).toEqual({ open: { b: "11.61" }, balance: "-3.39", due: "15.00" });
    expect(shown(after(...next, pay("p", "5.00")))).toEqual({ open: { b: "10.00" }, balance: "0.00", due: "10.00" });
    expect(shown(after(...next, pay("p", "5.00"), reverse("p", "5.00")))).toEqual(shown(after(...next)));
  });

  it("what was paid of a void invoice pays the others, as the same payment", () => {
    const paid = [invoice("a", "15.00"), pay("p", "15.00"), voided("a", "15.00")];
    expect(shown(after(...paid))).toEqual({ open: {}, balance: "15.00", due: "-15.00" });
    const moved = [invoice("a", "15.00"), pay("p", "15.00"), invoice("b", "20.00"), voided("a", "15.00")];
    expect(shown(after(...moved))).toEqual({ open: { b: "5.00" }, balance: "0.00", due: "5.00" });
    expect(shown(after(...moved, reverse("p", "15.00"))).open).toEqual({ b: "20.00" });
  });

  it("a credit note that is larger than the void invoice leaves the difference, one that charges is owed", () => {
    expect(shown(after(invoice("a", "15.00"), voided("a", "16.00"))).balance).toBe("1.00");
    expect(shown(after(invoice("a", "15.00"), voided("a", "-1.00"))).balance).toBe("-16.00");
  });

  it("a reversal reopens what the payment paid and leaves what others paid", () => {
    const paid = [invoice("a", "10.00"), invoice("b", "10.00"), pay("p", "15.00"), pay("q", "5.00")];
    expect(shown(after(...paid))).toEqual({ open: {}, balance: "0.00", due: "0.00" });
    expect(shown(after(...paid, reverse("p", "15.00")))).toEqual({
      ...{ open: { a: "10.00", b: "5.00" }, balance: "0.00", due: "15.00" },
    });
  });

  it("what is unused of other credits pays at once what a reversal reopens", () => {
    const paid = [invoice("a", "10.00"), pay("p", "10.00"), pay("q", "8.00"), reverse("p", "10.00")];
    expect(shown(after(...paid))).toEqual({ open: { a: "2.00" }, balance: "0.00", due: "2.00" });
  });

  it("what was refunded of a reversed payment is owed: 20.00 paid on 15.00, 5.00 refunded, reversed", () => {
    const books = after(invoice("a", "15.00"), pay("p", "20.00"), refund("r", "5.00"), reverse("p", "20.00"));
    expect(shown(books)).toEqual({ open: { a: "15.00" }, balance: "-5.00", due: "20.00" });
    expect(shown(applied(books, pay("q", "7.00"), 4))).toEqual({ open: { a: "13.00" }, balance: "0.00", due: "13.00" });
  });

  it("a refund uses the oldest credit first: reversing a newer payment leaves it", () => {
    const two = [pay("p", "5.00"), pay("q", "5.00"), refund("r", "5.00")];
    expect(shown(after(...two, reverse("q", "5.00")))).toEqual({ open: {}, balance: "0.00", due: "0.00" });
    expect(shown(after(...two, reverse("p", "5.00")))).toEqual({ open: {}, balance: "0.00", due: "0.00" });
  });

  it("a refund that an invoice was faster than is owed", () => {
    expect(shown(after(pay("p", "5.00"), invoice("a", "5.00"), refund("r", "5.00")))).toEqual({
      ...{ open: {}, balance: "-5.00", due: "5.00" },
    });
  });

  it("a write-off takes the open part, which no credit but a payment for the invoice reopens", () => {
    const lost = [invoice("a", "15.00"), pay("p", "5.00"), writeOff("a", "10.00")];
    expect(shown(after(...lost))).toEqual({ open: {}, balance: "0.00", due: "0.00" });
    expect(shown(after(...lost, pay("q", "4.00"))).balance).toBe("4.00");
    expect(shown(after(...lost, credit("n", "4.00", "a"))).balance).toBe("4.00");
    const reopened = after(...lost, pay("q", "4.00", "a"));
    expect(shown(reopened)).toEqual({ open: {}, balance: "0.00", due: "0.00" });
    expect(reopened.invoices.map(({ writtenOff }) => writtenOff)).toEqual(["6.00"]);
    expect(shown(applied(reopened, reverse("q", "4.00"), 4)).open).toEqual({ a: "4.00" });
    expect(shown(after(...lost, pay("q", "14.00", "a"))).balance).toBe("4.00");
  });

  it("a reversal reopens what was paid of an invoice whose rest was written off", () => {
    const books = after(invoice("a", "15.00"), pay("p", "5.00"), writeOff("a", "10.00"), reverse("p", "5.00"));
    expect(shown(books)).toEqual({ open: { a: "5.00" }, balance: "0.00", due: "5.00" });
  });

  it("a void undoes a write-off", () => {
    const books = after(invoice("a", "15.00"), pay("p", "5.00"), writeOff("a", "10.00"), voided("a", "15.00"));
    expect(shown(books)).toEqual({ open: {}, balance: "5.00", due: "-5.00" });
  });
});

/** A step that the commands would accept after the others, from what fast-check drew. */
const chosen = (
  { kind, amount, at }: { readonly kind: string; readonly amount: string; readonly at: number },
  index: number,
  books: Books,
  payments: Map<string, string>,
): BookStep => {
  const { open, balance } = accountOf(books);
  const target = books.invoices[at % Math.max(books.invoices.length, 1)];
  const paid = [...payments][at % Math.max(payments.size, 1)];
  const id = `${kind} ${String(index)}`;
  const named = at % 3 === 0 ? (target?.invoiceId ?? null) : null;
  if (kind === "VOID" && target) return { ...voided(target.invoiceId, amount), creditNoteId: id } as BookStep;
  if (kind === "REVERSAL" && paid) {
    payments.delete(paid[0]);
    return reverse(...paid);
  }
  if (kind === "REFUND" && big(balance).gt(ZERO)) return refund(id, big(amount).gt(big(balance)) ? balance : amount);
  const first = open[at % Math.max(open.length, 1)];
  if (kind === "WRITE_OFF" && first) return writeOff(first.invoiceId, first.open);
  if (kind === "CREDIT_NOTE") return credit(id, amount, named);
  if (kind === "PAYMENT") {
    payments.set(id, amount);
    return pay(id, amount, named);
  }
  return invoice(id, amount, `2021-01-${String((at % 28) + 1).padStart(2, "0")}`);
};

describe("after every step of any story of receivables", () => {
  const cents = fc.integer({ min: 0, max: 5000 }).map((amount) => (amount / 100).toFixed(2));
  const kinds = ["INVOICE", "INVOICE", "PAYMENT", "PAYMENT", "REVERSAL", "REFUND", "CREDIT_NOTE", "VOID", "WRITE_OFF"];
  const act = fc.record({ kind: fc.constantFrom(...kinds), amount: cents, at: fc.nat(1000) });

  it("amounts are conserved, and no unused credit is there beside an open invoice", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let books = nothing;
        const payments = new Map<string, string>();
        const totals = { invoiced: ZERO, refunded: ZERO, paid: ZERO };
        acts.forEach((drawn, index) => {
          const step = chosen(drawn, index, books, payments);
          const before = books;
          books = applied(before, step, index);
          if (step.kind === "INVOICE") totals.invoiced = totals.invoiced.plus(big(step.total));
          if (step.kind === "CREDIT_NOTE" || step.kind === "VOID")
            totals.invoiced = totals.invoiced.minus(big(step.amount));
          if (step.kind === "REFUND") totals.refunded = totals.refunded.plus(big(step.amount));
          if (step.kind === "PAYMENT") totals.paid = totals.paid.plus(big(step.amount));
          if (step.kind === "REVERSAL") totals.paid = totals.paid.minus(big(step.amount));
          const { open, balance } = accountOf(books);
          const writtenOff = sum(books.invoices.map((each) => big(each.writtenOff)));
          const opened = sum(open.map((each) => big(each.open)));
          // invoiced net of all credit notes + refunded = paid net of reversals + written off + open - balance
          expect(format(totals.invoiced.plus(totals.refunded), "USD")).toBe(
            format(totals.paid.plus(writtenOff).plus(opened).minus(big(balance)), "USD"),
          );
          expect(big(balance).gt(ZERO) && open.length > 0).toBe(false);
          expect(books.credits.some(({ unused }) => big(unused).gt(ZERO)) && big(books.owed).gt(ZERO)).toBe(false);
          expect(books.credits.every(({ unused }) => big(unused).gte(ZERO))).toBe(true);
          expect(books.invoices.every((each) => big(each.open).gte(ZERO) && big(each.writtenOff).gte(ZERO))).toBe(true);
          const moved = sum(movementsOf(step, before, books).map(({ amount }) => big(amount)));
          expect(format(moved, "USD")).toBe(
            format(big(balanceDue(accountOf(books))).minus(big(balanceDue(accountOf(before)))), "USD"),
          );
        });
      }),
      { numRuns: 300 },
    );
  });

  it("a payment that is reversed leaves what each invoice owes as if it had never come, where no credit waited", () => {
    const positive = fc.integer({ min: 1, max: 5000 }).map((amount) => (amount / 100).toFixed(2));
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 8 }), positive, (totals, amount) => {
        const billed = totals.map((total, index) => invoice(`i${String(index)}`, total));
        expect(shown(after(...billed, pay("p", amount), reverse("p", amount)))).toEqual(shown(after(...billed)));
      }),
    );
  });
});
