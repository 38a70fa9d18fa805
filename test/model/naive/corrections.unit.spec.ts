import { describe, expect, it } from "vitest";
import { type Step } from "../story.js";
import { endOf, issued, linesOf, outcomeOf, whole } from "./support.js";

const assigned: Step = { on: "2020-08-01", assign: "Internet", account: "1", as: "net" };

describe("corrections of closed periods", () => {
  it("writes a rate dated back as two lines", () => {
    const rate: Step = { on: "2020-09-10", setSubscriptionDiscountRate: "Ona", rate: "10", effective: "2020-08-01" };
    const outcome = outcomeOf({}, [assigned, rate], "2020-11-01");
    expect(linesOf(outcome, "2020-10-01", "ADJUSTMENT").map(whole)).toEqual([
      "ADJUSTMENT 2020-08-01..2020-08-31 31/31: 0.00 / -5.00 COMMITMENT / 5.00",
      "ADJUSTMENT 2020-08-01..2020-08-31 31/31: 0.00 / 2.00 CUSTOMER_RATE / -2.00",
    ]);
    expect(issued(outcome, "2020-10-01")?.total).toBe("21.00");
    expect(linesOf(outcome, "2020-11-01")).toHaveLength(1);
  });

  it("gives back a week that a pause dated back adds to the discount", () => {
    const steps: Step[] = [
      { ...assigned, discountEnd: { date: "2020-11-01" } },
      { on: "2020-12-05", pause: "net", from: "2020-09-15", until: "2020-09-21" },
    ];
    const outcome = outcomeOf({}, steps, "2021-01-01");
    expect(endOf(outcome)).toBe("2020-11-08");
    // 7 of 30 days of 20.00 - 5.00 less in September, 7 of 30 days of 5.00 less in November.
    expect(linesOf(outcome, "2021-01-01", "ADJUSTMENT").map(whole)).toEqual([
      "ADJUSTMENT 2020-09-15..2020-09-21 7/30: -4.67 / -1.17 COMMITMENT / -3.50",
      "ADJUSTMENT 2020-11-01..2020-11-07 7/30: 0.00 / 1.17 COMMITMENT / -1.17",
    ]);
  });

  it("bills what a customer held that held nothing then on one invoice", () => {
    const fees = [{ description: "Router", fee: "50.00", discount: "49.99" }];
    const steps: Step[] = [{ on: "2020-08-01" }, { ...assigned, on: "2020-10-20", effective: "2020-08-17" }];
    const outcome = outcomeOf({ oneTime: fees }, steps, "2020-12-01");
    expect(outcome.invoices.map(({ issued: on, total }) => [on, total])).toEqual([
      ["2020-11-01", "37.27"],
      ["2020-12-01", "15.00"],
    ]);
    expect(linesOf(outcome, "2020-11-01").map(whole)).toEqual([
      "ONE_TIME 2020-08-17..2020-08-17 1/-: 50.00 / 49.99 COMMITMENT / 0.01",
      "ADJUSTMENT 2020-08-17..2020-08-31 15/31: 9.68 / 2.42 COMMITMENT / 7.26",
      "ADJUSTMENT 2020-09-01..2020-09-30 30/30: 20.00 / 5.00 COMMITMENT / 15.00",
      "RECURRING 2020-10-01..2020-10-31 31/31: 20.00 / 5.00 COMMITMENT / 15.00",
    ]);
  });

  it("bills the penalty of a termination dated back over two closed periods with its own day", () => {
    const steps: Step[] = [assigned, { on: "2020-10-12", terminate: "net", effective: "2020-08-31" }];
    const outcome = outcomeOf({}, steps, "2020-12-01");
    // September's 15.00 and October's come off; the penalty is August's discount.
    expect(outcome.creditNotes).toMatchObject([{ issued: "2020-11-01", total: "-10.00" }]);
    expect(outcome.creditNotes[0]?.lines.map(whole)).toEqual([
      "PENALTY 2020-08-31..2020-08-31 1/-: 5.00 / 0.00 - / 5.00",
      "ADJUSTMENT 2020-09-01..2020-09-30 30/30: -20.00 / -5.00 COMMITMENT / -15.00",
    ]);
    expect(outcome.customers[0]?.balanceDue).toBe("20.00");
    expect(outcome.commitments[0]?.discountsGiven).toBe("5.00");
    expect(outcome.invoices.map(({ open, state }) => [open, state])).toEqual([
      ["5.00", "OVERDUE"],
      ["15.00", "OVERDUE"],
    ]);
  });

  it("corrects a correction by the opposite line, and then no more", () => {
    const steps: Step[] = [
      assigned,
      { on: "2020-09-10", suspend: "Ona", effective: "2020-08-25" },
      { on: "2020-09-10", unsuspend: "Ona", effective: "2020-09-01" },
      { on: "2020-10-10", unsuspend: "Ona", effective: "2020-08-25" },
    ];
    const outcome = outcomeOf({}, steps, "2020-12-01");
    expect(linesOf(outcome, "2020-10-01", "ADJUSTMENT").map(whole)).toEqual([
      "ADJUSTMENT 2020-08-25..2020-08-31 7/31: -4.52 / -1.13 COMMITMENT / -3.39",
    ]);
    expect(linesOf(outcome, "2020-11-01", "ADJUSTMENT").map(whole)).toEqual([
      "ADJUSTMENT 2020-08-25..2020-08-31 7/31: 4.52 / 1.13 COMMITMENT / 3.39",
    ]);
    expect(outcome.commitments[0]?.discountsGiven).toBe("20.00");
  });

  it("refuses days of closed periods more than 90 days ago, not those of a running one", () => {
    const steps: Step[] = [{ on: "2020-01-01" }, { ...assigned, on: "2020-11-30", effective: "2020-02-01" }];
    expect(outcomeOf({}, steps, "2020-12-01").steps[1]).toBe("DATE_ALREADY_INVOICED");
    const yearly = { billingPeriod: "YEARLY" } as const;
    const outcome = outcomeOf({ fees: { YEARLY: "366.00" }, discount: "0.00" }, steps, "2021-01-01", yearly);
    expect(linesOf(outcome, "2021-01-01").map(whole)).toEqual([
      "RECURRING 2020-02-01..2020-12-31 335/366: 335.00 / 0.00 - / 335.00",
    ]);
  });
});

describe("credit notes, voids, reissues", () => {
  const suspended: Step[] = [
    assigned,
    { on: "2020-09-10", suspend: "Ona", effective: "2020-08-25" },
    { on: "2020-09-10", unsuspend: "Ona", effective: "2020-09-01" },
  ];

  it("credits at once on request, and nothing twice", () => {
    const note: Step = { on: "2020-09-11", creditNote: "Ona", correcting: "2020-08-05" };
    const outcome = outcomeOf({}, [...suspended, note, note], "2020-10-01");
    expect(outcome.steps.slice(3)).toEqual([null, "NOTHING_TO_CORRECT"]);
    expect(outcome.creditNotes).toMatchObject([{ issued: "2020-09-11", total: "-3.39" }]);
    expect(outcome.invoices.map(({ total, open, state }) => [total, open, state])).toEqual([
      ["15.00", "11.61", "OVERDUE"],
      ["15.00", "15.00", "UNPAID"],
    ]);
    expect(outcome.customers[0]?.balanceDue).toBe("26.61");
  });

  it("records no credit note that is not below zero", () => {
    const steps: Step[] = [
      assigned,
      { on: "2020-09-10", setSubscriptionDiscountRate: "Ona", rate: "10", effective: "2020-08-01" },
      { on: "2020-09-11", creditNote: "Ona", correcting: "2020-08-05" },
    ];
    const outcome = outcomeOf({}, steps, "2020-10-01");
    expect(outcome.steps[2]).toBe("INVALID_AMOUNT");
    expect(issued(outcome, "2020-10-01")?.total).toBe("21.00");
  });

  it("voids what is not credited yet: 15.00, corrected by -3.39 on the next invoice", () => {
    const voided: Step = { on: "2020-10-02", voidInvoice: "Ona", issued: "2020-09-01" };
    const outcome = outcomeOf({}, [...suspended, voided, voided], "2020-10-03");
    expect(outcome.steps.slice(3)).toEqual([null, "INVOICE_VOID"]);
    expect(outcome.creditNotes).toMatchObject([{ issued: "2020-10-02", total: "-11.61" }]);
    // The balance is -3.39; September's invoice, 15.00 less 3.39, is open.
    expect(outcome.customers[0]?.balanceDue).toBe("15.00");
    expect(outcome.invoices.map(({ total, state }) => [total, state])).toEqual([
      ["15.00", "VOID"],
      ["11.61", "UNPAID"],
    ]);
    expect(outcome.commitments[0]?.discountsGiven).toBe("5.00");
  });

  it("leaves a voided period unbilled until it is reissued", () => {
    const steps: Step[] = [
      ...suspended,
      { on: "2020-10-02", voidInvoice: "Ona", issued: "2020-09-01" },
      { on: "2020-11-05", reissueInvoice: "Ona", issued: "2020-09-01" },
    ];
    const outcome = outcomeOf({}, steps, "2020-12-01");
    expect(outcome.invoices.map(({ issued: on, total }) => [on, total])).toEqual([
      ["2020-09-01", "15.00"],
      ["2020-10-01", "11.61"],
      ["2020-11-01", "15.00"],
      ["2020-11-05", "11.61"],
      ["2020-12-01", "15.00"],
    ]);
    expect(outcome.customers[0]?.balanceDue).toBe("56.61");
  });

  it("computes again with the next close the adjustments that a voided invoice had", () => {
    const steps: Step[] = [...suspended, { on: "2020-10-02", voidInvoice: "Ona", issued: "2020-10-01" }];
    const outcome = outcomeOf({}, steps, "2020-11-01");
    expect(outcome.creditNotes).toMatchObject([{ total: "-11.61" }]);
    expect(issued(outcome, "2020-11-01")?.total).toBe("11.61");
    // 15.00 - 3.39 of August, and October.
    expect(outcome.customers[0]?.balanceDue).toBe("26.61");
  });
});
