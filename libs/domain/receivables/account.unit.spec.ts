import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big, format, sum } from "../money.js";
import { balanceDue, emptyAccount, type ReceivablesAccount, withCredit, withInvoice, withVoid } from "./account.js";

const invoice = (invoiceId: string, issuedOn = "2021-02-01", number = invoiceId) => ({ invoiceId, issuedOn, number });
const nothing = emptyAccount("USD");
const shown = ({ open, balance }: ReceivablesAccount) => ({
  open: Object.fromEntries(open.map((each) => [each.invoiceId, each.open])),
  balance,
});

describe("the receivables of a customer", () => {
  it("are the open parts of its invoices, less its balance", () => {
    const one = withInvoice(nothing, invoice("a"), "15.00");
    const two = withInvoice(one, invoice("b", "2021-03-01"), "20.00");
    expect(shown(two)).toEqual({ open: { a: "15.00", b: "20.00" }, balance: "0.00" });
    expect(balanceDue(two)).toBe("35.00");
  });

  it("a credit pays the oldest invoice first, then the next number, and the rest waits for the next invoice", () => {
    const late = withInvoice(nothing, invoice("c", "2021-03-01"), "5.00");
    const three = withInvoice(withInvoice(late, invoice("b"), "4.00"), invoice("a"), "3.00");
    expect(shown(withCredit(three, "8.00"))).toEqual({ open: { c: "4.00" }, balance: "0.00" });
    const paid = withCredit(three, "20.00");
    expect(shown(paid)).toEqual({ open: {}, balance: "8.00" });
    expect(balanceDue(paid)).toBe("-8.00");
    expect(shown(withInvoice(paid, invoice("d"), "10.00"))).toEqual({ open: { d: "2.00" }, balance: "0.00" });
  });

  it("a correcting credit note pays the invoice that it corrects first", () => {
    const two = withInvoice(withInvoice(nothing, invoice("a"), "10.00"), invoice("b"), "10.00");
    expect(shown(withCredit(two, "4.00", "b"))).toEqual({ open: { a: "10.00", b: "6.00" }, balance: "0.00" });
    expect(shown(withCredit(two, "14.00", "b"))).toEqual({ open: { a: "6.00" }, balance: "0.00" });
  });

  it("an invoice of 0.00 is never open", () => {
    expect(shown(withInvoice(nothing, invoice("a"), "0.00"))).toEqual({ open: {}, balance: "0.00" });
  });

  it("a void invoice that a later one has credited in part leaves a balance below zero, settled before invoices", () => {
    const billed = withInvoice(nothing, invoice("a"), "15.00");
    const voided = withVoid(billed, "a", "11.61");
    expect(shown(voided)).toEqual({ open: {}, balance: "-3.39" });
    expect(balanceDue(voided)).toBe("3.39");
    const next = withInvoice(voided, invoice("b"), "11.61");
    expect(shown(next)).toEqual({ open: { b: "11.61" }, balance: "-3.39" });
    expect(shown(withCredit(next, "5.00"))).toEqual({ open: { b: "10.00" }, balance: "0.00" });
  });

  it("what was paid of a void invoice pays the others", () => {
    const paid = withCredit(withInvoice(nothing, invoice("a"), "15.00"), "15.00");
    expect(shown(withVoid(paid, "a", "15.00"))).toEqual({ open: {}, balance: "15.00" });
    const two = withInvoice(paid, invoice("b"), "20.00");
    expect(shown(withVoid(two, "a", "15.00"))).toEqual({ open: { b: "5.00" }, balance: "0.00" });
  });

  it("conserve every amount, and never have credit beside an open invoice", () => {
    const cents = fc.integer({ min: 0, max: 5000 }).map((amount) => (amount / 100).toFixed(2));
    const act = fc.record({ kind: fc.constantFrom("INVOICE", "CREDIT", "VOID"), amount: cents, at: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let account = nothing;
        const totals: string[] = [];
        const issued: { id: string; total: string }[] = [];
        acts.forEach(({ kind, amount, at }, index) => {
          const target = issued[at % Math.max(issued.length, 1)];
          if (kind === "INVOICE") {
            account = withInvoice(
              account,
              invoice(`i${String(index)}`, `2021-01-${String((at % 28) + 1).padStart(2, "0")}`),
              amount,
            );
            issued.push({ id: `i${String(index)}`, total: amount });
            totals.push(amount);
          } else if (kind === "CREDIT" || !target) {
            account = withCredit(account, amount, at % 2 === 0 ? (target?.id ?? null) : null);
            totals.push(`-${amount}`);
          } else {
            issued.splice(issued.indexOf(target), 1);
            account = withVoid(account, target.id, target.total);
            totals.push(`-${target.total}`);
          }
          expect(balanceDue(account)).toBe(format(sum(totals.map(big)), "USD"));
          expect(big(account.balance).gt(big("0")) && account.open.length > 0).toBe(false);
          expect(account.open.every(({ open }) => big(open).gt(big("0")))).toBe(true);
        });
      }),
    );
  });
});
