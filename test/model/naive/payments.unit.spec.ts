import { describe, expect, it } from "vitest";
import { type Customer, type CustomerClass, type Step } from "../story.js";
import { type Outcome } from "../outcome.js";
import { runNaive } from "./run.js";
import { storyOf } from "./support.js";

const assigned: Step = { on: "2021-05-01", assign: "Internet", account: "1", as: "net" };

/** 15.00 a month, due 14 days after; the first invoice on 2021-06-01, due 06-15. */
const told = (steps: Step[], until: string, terms: Partial<CustomerClass> = {}, customer: Partial<Customer> = {}) => {
  const story = storyOf({}, [assigned, ...steps], until, {
    contact: { email: "ona@example.com" },
    class: "Collected",
    ...customer,
  });
  story.catalog.customerClasses = [{ name: "Collected", ...terms }];
  return runNaive(story);
};
const invoices = ({ invoices: all }: Outcome) => all.map(({ issued, open, state }) => `${issued} ${open} ${state}`);
const due = ({ customers }: Outcome) => customers[0]?.balanceDue;
const mails = ({ outbound }: Outcome) =>
  outbound
    .filter(({ to, event }) => to === "EMAIL" && !/INVOICE_GENERATED|PAYMENT/.test(event))
    .map(({ event, on }) => `${on} ${event}`);

describe("payments", () => {
  const paid: Step = { on: "2021-06-02", pay: "Ona", amount: "20.00", as: "p" };

  it("pay the oldest invoice, and what is left over pays the next", () => {
    const outcome = told([paid], "2021-06-03");
    expect(invoices(outcome)).toEqual(["2021-06-01 0.00 PAID"]);
    expect(due(outcome)).toBe("-5.00");
    expect(invoices(told([paid], "2021-07-02"))).toEqual(["2021-06-01 0.00 PAID", "2021-07-01 10.00 PARTIALLY_PAID"]);
  });

  it("that are reversed open what they paid; what was refunded is owed: 15.00 open, balance -5.00, due 20.00", () => {
    const back: Step[] = [
      { on: "2021-06-03", refund: "Ona", amount: "5.00" },
      { on: "2021-06-04", reversePayment: "p" },
    ];
    const outcome = told([paid, ...back], "2021-06-05");
    expect(invoices(outcome)).toEqual(["2021-06-01 15.00 UNPAID"]);
    expect(due(outcome)).toBe("20.00");
    expect(outcome.statements[0]?.movements).toEqual([
      "2021-06-01 INVOICE 15.00",
      "2021-06-02 PAYMENT -20.00",
      "2021-06-03 REFUND 5.00",
      "2021-06-04 REVERSAL 20.00",
    ]);
    const again = told([paid, ...back, { on: "2021-06-05", pay: "Ona", amount: "6.00" }], "2021-06-06");
    expect(invoices(again)).toEqual(["2021-06-01 14.00 PARTIALLY_PAID"]);
  });

  it("are refunded at most as far as nothing uses them", () => {
    const steps: Step[] = [paid, { on: "2021-06-03", refund: "Ona", amount: "5.01" }];
    expect(told(steps, "2021-06-04").steps[2]).toBe("INVALID_AMOUNT");
  });

  it("pass a written-off invoice by, but for one recorded for it, which opens it by its amount", () => {
    const lost: Step[] = [{ on: "2021-06-20", writeOff: "Ona", issued: "2021-06-01" }];
    const other = told([...lost, { on: "2021-06-21", pay: "Ona", amount: "4.00" }], "2021-06-22");
    expect([...invoices(other), due(other)]).toEqual(["2021-06-01 0.00 WRITTEN_OFF", "-4.00"]);
    const own: Step = { on: "2021-06-21", pay: "Ona", amount: "4.00", as: "own", issued: "2021-06-01" };
    const part = told([...lost, own], "2021-06-22");
    expect([...invoices(part), due(part)]).toEqual(["2021-06-01 0.00 WRITTEN_OFF", "0.00"]);
    const back = told([...lost, own, { on: "2021-06-21", reversePayment: "own" }], "2021-06-22");
    expect([...invoices(back), due(back)]).toEqual(["2021-06-01 4.00 OVERDUE", "4.00"]);
  });

  it("return to the balance where their invoice is void, and so does a write-off", () => {
    const voided: Step = { on: "2021-06-21", voidInvoice: "Ona", issued: "2021-06-01" };
    expect(due(told([paid, voided], "2021-06-22"))).toBe("-20.00");
    const lost: Step = { on: "2021-06-20", writeOff: "Ona", issued: "2021-06-01" };
    const outcome = told([lost, voided], "2021-06-22");
    expect([...invoices(outcome), due(outcome)]).toEqual(["2021-06-01 0.00 VOID", "0.00"]);
  });

  it("are no goodwill, which is a credit note without lines", () => {
    const outcome = told([{ on: "2021-06-02", goodwill: "Ona", amount: "5.00" }], "2021-06-03");
    expect(outcome.creditNotes).toEqual([{ customer: "Ona", issued: "2021-06-02", total: "-5.00", lines: [] }]);
    expect(invoices(outcome)).toEqual(["2021-06-01 10.00 PARTIALLY_PAID"]);
    expect(outcome.commitments[0]?.discountsGiven).toBe("5.00");
  });
});

describe("collection", () => {
  const terms = { suspendAfterDays: 10, remindAfterDays: [3, 7, 20], warnBeforeSuspensionDays: 3 };

  it("counts from the due date: due 06-15, overdue 06-16, suspended after 10 days on 06-25", () => {
    const outcome = told([], "2021-06-26", terms);
    expect(mails(outcome)).toEqual([
      "2021-06-16 INVOICE_OVERDUE",
      "2021-06-18 REMINDER",
      "2021-06-22 REMINDER",
      "2021-06-22 ABOUT_TO_BE_SUSPENDED",
      "2021-06-25 SUSPENDED",
    ]);
    expect(outcome.customers[0]?.status).toBe("SUSPENDED");
  });

  it("waits for a promise: made on 06-20 until 06-30, warned 06-28, suspended 07-01", () => {
    const promise: Step = { on: "2021-06-20", promiseToPay: "Ona", by: "2021-06-30" };
    expect(mails(told([promise], "2021-07-02", terms))).toEqual([
      "2021-06-16 INVOICE_OVERDUE",
      "2021-06-18 REMINDER",
      "2021-06-28 ABOUT_TO_BE_SUSPENDED",
      "2021-07-01 SUSPENDED",
    ]);
    expect(told([{ on: "2021-06-20", promiseToPay: "Ona", by: "2021-06-19" }], "2021-06-21").steps[1]).toBe(
      "INVALID_DATE",
    );
  });

  it("lifts a suspension with what settles all that is overdue, at once, and takes its steps again after a reversal", () => {
    const paid: Step = { on: "2021-06-27", pay: "Ona", amount: "15.00", as: "p" };
    const outcome = told([paid], "2021-06-28", terms);
    expect(outcome.customers[0]?.status).toBe("ACTIVE");
    // 25 and 26 June are not charged.
    expect(told([paid], "2021-07-01", terms).invoices[1]?.total).toBe("14.00");
    const reversed: Step = { on: "2021-06-29", reversePayment: "p" };
    expect(mails(told([paid, reversed], "2021-06-30", terms)).slice(-2)).toEqual([
      "2021-06-30 INVOICE_OVERDUE",
      "2021-06-30 SUSPENDED",
    ]);
  });

  it("lets a lifting by hand stand for the same invoice", () => {
    const lifted: Step = { on: "2021-06-27", unsuspend: "Ona" };
    expect(told([lifted], "2021-06-30", terms).customers[0]?.status).toBe("ACTIVE");
  });

  it("terminates after m days, that day the last charged one, with the penalty", () => {
    const outcome = told([], "2021-07-02", { terminateAfterDays: 10 });
    expect(outcome.commitments).toMatchObject([{ status: "TERMINATED" }]);
    // 25 of 30 days: 16.67 - 4.17; given were 5.00 and 4.17.
    expect(outcome.invoices[1]?.lines.map(({ kind, until, net }) => `${kind} ${until} ${net}`)).toEqual([
      "RECURRING 2021-06-25 12.50",
      "PENALTY 2021-06-25 9.17",
    ]);
    expect(mails(outcome)).toContain("2021-06-26 COMMITMENT_TERMINATED");
  });

  it("leaves an exempt customer alone; when that ends, what is due comes with the next day's run, reminders do not", () => {
    const exempt: Step = { on: "2021-06-10", exemptFromCollection: "Ona", exempt: true };
    expect(mails(told([exempt], "2021-06-29", terms))).toEqual(["2021-06-16 INVOICE_OVERDUE"]);
    const ended: Step = { on: "2021-06-28", exemptFromCollection: "Ona", exempt: false };
    expect(mails(told([exempt, ended], "2021-06-30", terms))).toEqual([
      "2021-06-16 INVOICE_OVERDUE",
      "2021-06-29 SUSPENDED",
    ]);
  });

  it("tells no customer without an e-mail address", () => {
    const { outbound } = told([], "2021-06-26", terms, { contact: {} });
    expect(outbound.filter(({ to }) => to === "EMAIL")).toEqual([]);
  });
});

describe("what time does", () => {
  const ofKind = (outcome: Outcome, kind: string) => mails(outcome).filter((each) => each.endsWith(kind));

  it("ends a discount once, on the day of the setting where a resume dated back moves the set date before it", () => {
    const steps: Step[] = [
      { on: "2021-05-10", pause: "net" },
      { on: "2021-06-10", setDiscountEnd: "net", to: { date: "2021-06-15" } },
      { on: "2021-06-10", resume: "net", effective: "2021-05-31" },
    ];
    const outcome = told(steps, "2021-07-01");
    // Of 31 days included 21 were paused: 06-15 - 10. Through 06-09 the first date counts.
    expect(outcome.commitments[0]?.discountEndDate).toBe("2021-06-05");
    expect(ofKind(outcome, "DISCOUNT_ENDED")).toEqual(["2021-06-10 DISCOUNT_ENDED"]);
    expect(outcome.invoices[1]?.lines.map(({ until, discount }) => `${until} ${discount}`)).toEqual([
      "2021-06-09 1.50",
      "2021-06-30 0.00",
    ]);
  });

  it("blocks with a suspension ordered ahead, also where a lifting that is dated back makes it so later", () => {
    const twice: Step[] = [
      { on: "2021-05-05", suspend: "Ona" },
      { on: "2021-05-05", suspend: "Ona", effective: "2021-05-20" },
    ];
    expect(ofKind(told(twice, "2021-05-25"), "SUSPENDED")).toEqual(["2021-05-05 SUSPENDED"]);
    const lifted: Step = { on: "2021-05-24", unsuspend: "Ona", effective: "2021-05-18" };
    expect(ofKind(told([...twice, lifted], "2021-05-25"), "SUSPENDED")).toEqual([
      "2021-05-05 SUSPENDED",
      "2021-05-20 SUSPENDED",
    ]);
  });
});
