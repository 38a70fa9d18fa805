import { describe, expect, it } from "vitest";
import { type Step } from "../story.js";
import { endOf, issued, linesOf, outcomeOf, type Terms, whole } from "./support.js";

const jonas = { name: "Jonas", accounts: [{ id: "2", mainProduct: "Home" }] };

describe("transfers", () => {
  const anniversary = { ...jonas, billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 10 } as const;
  const steps: Step[] = [
    { on: "2021-01-01", assign: "Internet", account: "1", as: "net" },
    { on: "2021-03-05", transfer: "net", toAccount: "2" },
    { on: "2021-03-08", terminate: "net" },
  ];

  it("claims back from the last holder what every holder was given", () => {
    const outcome = outcomeOf({}, steps, "2021-03-10", {}, [anniversary]);
    expect(linesOf(outcome, "2021-03-10").map(whole)).toEqual([
      "RECURRING 2021-03-05..2021-03-08 4/28: 2.86 / 0.71 COMMITMENT / 2.15",
      "PENALTY 2021-03-08..2021-03-08 1/-: 11.36 / 0.00 - / 11.36",
    ]);
  });

  it("adjusts the penalty on the last holder's next invoice when something changes with another", () => {
    const suspended: Step = { on: "2021-03-20", suspend: "Ona", effective: "2021-03-03" };
    const outcome = outcomeOf({}, [...steps, suspended], "2021-04-10", {}, [anniversary]);
    expect(outcome.creditNotes.map(({ issued: on, customer, lines }) => [on, customer, ...lines.map(whole)])).toEqual([
      ["2021-04-10", "Jonas", "ADJUSTMENT 2021-03-08..2021-03-08 1/-: -0.33 / 0.00 - / -0.33"],
    ]);
    expect(linesOf(outcome, "2021-04-01").map(whole)).toEqual([
      "RECURRING 2021-03-01..2021-03-02 2/31: 1.29 / 0.32 COMMITMENT / 0.97",
    ]);
  });

  it("charges the transfer fee of the held terms to the receiver, and splits a line within a customer", () => {
    const accounts = [1, 2].map((id) => ({ id: `${id}`, mainProduct: "Home" }));
    const within: Step[] = [
      { on: "2021-03-01", assign: "Internet", account: "1", as: "net" },
      { on: "2021-03-11", transfer: "net", toAccount: "2" },
      { on: "2021-03-11", transfer: "net", toAccount: "2" },
    ];
    const outcome = outcomeOf({ transferFee: "9.90" }, within, "2021-04-01", { accounts });
    expect(outcome.steps).toEqual([null, null, "SAME_ACCOUNT"]);
    expect(linesOf(outcome, "2021-04-01").map(whole)).toEqual([
      "TRANSFER_FEE 2021-03-11..2021-03-11 1/-: 9.90 / 0.00 - / 9.90",
      "RECURRING 2021-03-01..2021-03-10 10/31: 6.45 / 1.61 COMMITMENT / 4.84",
      "RECURRING 2021-03-11..2021-03-31 21/31: 13.55 / 3.39 COMMITMENT / 10.16",
    ]);
  });

  it("dates a transfer back over closed periods of both", () => {
    const back: Step[] = [
      { on: "2021-01-01", assign: "Internet", account: "1", as: "net" },
      { on: "2021-03-05", transfer: "net", toAccount: "2", effective: "2021-02-15" },
    ];
    const outcome = outcomeOf({ transferFee: "1.00" }, back, "2021-04-01", {}, [jonas]);
    expect(outcome.creditNotes.map(({ customer, lines }) => [customer, ...lines.map(whole)])).toEqual([
      ["Ona", "ADJUSTMENT 2021-02-15..2021-02-28 14/28: -10.00 / -2.50 COMMITMENT / -7.50"],
    ]);
    expect(outcome.invoices.at(-1)?.lines.map(whole)).toEqual([
      "TRANSFER_FEE 2021-02-15..2021-02-15 1/-: 1.00 / 0.00 - / 1.00",
      "ADJUSTMENT 2021-02-15..2021-02-28 14/28: 10.00 / 2.50 COMMITMENT / 7.50",
      "RECURRING 2021-03-01..2021-03-31 31/31: 20.00 / 5.00 COMMITMENT / 15.00",
    ]);
  });
});

describe("a transfer fee that was credited before its invoice is void", () => {
  // Jonas is billed by the day: 20.00 of each, and 0.05 for the transfer.
  const daily = { ...jonas, billingPeriod: "DAILY" } as const;
  const terms: Terms = { fees: { MONTHLY: "20.00", DAILY: "20.00" }, discount: "0.00", transferFee: "0.05" };
  const steps: Step[] = [
    { on: "2020-02-29", assign: "Internet", account: "1", as: "net" },
    { on: "2020-03-02", transfer: "net", toAccount: "2", effective: "2020-03-01" },
    { on: "2020-03-03", annul: "net" },
    { on: "2020-03-04", voidInvoice: "Jonas", issued: "2020-03-03" },
  ];

  it("is not credited twice, and a reissue brings nothing back", () => {
    const reissued: Step = { on: "2020-03-08", reissueInvoice: "Jonas", issued: "2020-03-03" };
    for (const told of [steps, [...steps, reissued]]) {
      const outcome = outcomeOf(terms, told, "2020-03-10", {}, [daily]);
      expect(outcome.steps.filter((code) => code !== null)).toEqual([]);
      const ofJonas = [...outcome.invoices, ...outcome.creditNotes].filter(({ customer }) => customer === "Jonas");
      // March 1 and 2 with the fee, all of it credited for the annulment; the adjustment of March 1 undone, then made again.
      expect(ofJonas.map(({ issued: on, total }) => [on, total])).toEqual([
        ["2020-03-03", "40.05"],
        ["2020-03-05", "20.00"],
        ["2020-03-04", "-40.05"],
        ["2020-03-04", "-20.00"],
      ]);
      expect(outcome.customers.map(({ customer, balanceDue }) => [customer, balanceDue])).toEqual([
        // The one day of February, 20.00 / 29, is credited with March.
        ["Ona", "0.69"],
        ["Jonas", "0.00"],
      ]);
    }
  });
});

describe("renewals and scheduled upgrades", () => {
  const assigned: Step = { on: "2020-08-01", assign: "Internet", account: "1", as: "net" };

  it("renews fees and discounts from the next period on, and no one-time fees", () => {
    const steps: Step[] = [
      assigned,
      { on: "2020-08-10", reviseSubscription: "Internet", recurringFees: { MONTHLY: "24.00" } },
      { on: "2020-08-10", renewFees: "net" },
    ];
    const outcome = outcomeOf({ oneTime: [{ description: "Router", fee: "9.00" }] }, steps, "2020-10-01");
    expect(outcome.invoices.map(({ total }) => total)).toEqual(["24.00", "19.00"]);
    expect(endOf(outcome)).toBe("2022-08-01");
  });

  it("cancels a waiting renewal, or drops it for an upgrade", () => {
    const steps: Step[] = [
      assigned,
      { on: "2020-08-10", reviseSubscription: "Internet", recurringFees: { MONTHLY: "24.00" } },
      { on: "2020-08-10", renewFees: "net" },
    ];
    const cancelled: Step = { on: "2020-08-11", cancelScheduled: "net", what: "RENEWAL", effective: "2020-09-01" };
    expect(outcomeOf({}, [...steps, cancelled, cancelled], "2020-08-12").steps.slice(3)).toEqual([
      null,
      "NOT_SCHEDULED",
    ]);
    const turbo = { name: "Turbo", fee: "30.00" };
    const upgraded: Step = { on: "2020-08-11", upgrade: "net", to: "Turbo" };
    expect(issued(outcomeOf([{}, turbo], [...steps, upgraded], "2020-10-01"), "2020-10-01")?.total).toBe("25.00");
  });

  it("upgrades on a coming day; a termination before it drops it, and cancelling that restores it", () => {
    const turbo = { name: "Turbo", fee: "31.00", discount: "0.00" };
    const steps: Step[] = [
      assigned,
      { on: "2020-08-10", upgrade: "net", to: "Turbo", effective: "2020-09-16" },
      { on: "2020-08-10", upgrade: "net", to: "Turbo", effective: "2020-09-17" },
      { on: "2020-08-10", upgrade: "net", to: "Turbo", effective: "2020-09-17", discountEnd: { date: "2020-12-01" } },
      { on: "2020-08-11", terminate: "net", effective: "2020-09-10" },
      { on: "2020-08-12", cancelTermination: "net" },
    ];
    const outcome = outcomeOf([{}, turbo], steps, "2020-10-01");
    expect(outcome.steps).toEqual([null, null, "UPGRADE_INVALID", "DISCOUNT_END_INVALID", null, null]);
    expect(linesOf(outcome, "2020-10-01").map(whole)).toEqual([
      "RECURRING 2020-09-01..2020-09-15 15/30: 10.00 / 2.50 COMMITMENT / 7.50",
      "RECURRING 2020-09-16..2020-09-30 15/30: 15.50 / 0.00 - / 15.50",
    ]);
  });
});

describe("annulment", () => {
  it("credits everything on the next invoice, within fourteen days of the start", () => {
    const steps: Step[] = [
      { on: "2020-08-25", assign: "Internet", account: "1", as: "net" },
      { on: "2020-09-08", annul: "net" },
    ];
    const outcome = outcomeOf(
      { oneTime: [{ description: "Router", fee: "50.00", discount: "49.99" }] },
      steps,
      "2020-10-01",
    );
    expect(outcome.creditNotes.flatMap(({ lines }) => lines.map(whole))).toEqual([
      "ADJUSTMENT 2020-08-25..2020-08-25 1/-: -50.00 / -49.99 COMMITMENT / -0.01",
      "ADJUSTMENT 2020-08-25..2020-08-31 7/31: -4.52 / -1.13 COMMITMENT / -3.39",
    ]);
    expect(outcome.commitments).toMatchObject([{ status: "TERMINATED", discountsGiven: "0.00" }]);
    expect(outcome.customers[0]?.balanceDue).toBe("0.00");
    const late: Step[] = [...steps.slice(0, 1), { on: "2020-09-09", annul: "net" }];
    expect(outcomeOf({}, late, "2020-09-10").steps[1]).toBe("TERMINATION_INVALID");
  });
});

describe("pauses by the customer, and days to come", () => {
  const assigned: Step = { on: "2020-08-01", assign: "Internet", account: "1", as: "net" };
  const ask = (on: string, from: string, until: string): Step => ({ on, requestPause: "net", from, until });

  it("pauses at once within the class's limits, and asks beyond them", () => {
    const steps: Step[] = [
      assigned,
      ask("2020-08-02", "2020-08-05", "2020-08-14"),
      // Too short a notice; the twentieth day of the year is the last; one request at a time.
      ask("2020-08-20", "2020-08-22", "2020-08-23"),
      { on: "2020-08-20", withdrawPause: "net", from: "2020-08-22" },
      ask("2020-08-20", "2020-09-01", "2020-09-10"),
      ask("2020-08-20", "2020-10-01", "2020-10-01"),
      ask("2020-08-20", "2020-10-05", "2020-10-05"),
      { on: "2020-08-21", approvePause: "net", from: "2020-10-01" },
      { on: "2020-08-21", declinePause: "net", from: "2020-10-01" },
    ];
    const outcome = outcomeOf({}, steps, "2020-08-22", { class: "Free" });
    expect(outcome.steps).toEqual([null, null, null, null, null, null, "PAUSE_INVALID", null, "PAUSE_NOT_FOUND"]);
    expect(endOf(outcome)).toBe("2022-08-22");
  });

  it("lets a request lapse once its first day has begun", () => {
    const steps: Step[] = [
      assigned,
      ask("2020-08-02", "2020-08-05", "2020-08-14"),
      { on: "2020-08-05", approvePause: "net", from: "2020-08-05" },
      ask("2020-08-05", "2020-08-07", "2020-08-14"),
    ];
    expect(outcomeOf({}, steps, "2020-08-06").steps).toEqual([null, null, "PAUSE_NOT_FOUND", null]);
  });

  it("orders suspension, lifting and rate for coming days, and cancels them until then", () => {
    const steps: Step[] = [
      assigned,
      { on: "2020-08-02", suspend: "Ona", effective: "2020-08-11" },
      { on: "2020-08-02", unsuspend: "Ona", effective: "2020-08-21" },
      { on: "2020-08-02", setSubscriptionDiscountRate: "Ona", rate: "50", effective: "2020-08-22" },
      { on: "2020-08-03", setSubscriptionDiscountRate: "Ona", rate: "60", effective: "2020-08-22" },
      { on: "2020-08-04", cancelScheduled: "Ona", what: "RATE", effective: "2020-08-22" },
      { on: "2020-08-05", cancelScheduled: "Ona", what: "RATE", effective: "2020-08-22" },
      { on: "2020-08-11", cancelScheduled: "Ona", what: "SUSPENSION", effective: "2020-08-11" },
    ];
    const outcome = outcomeOf({ fee: "31.00", discount: "0.00" }, steps, "2020-09-01");
    expect(outcome.steps.slice(5)).toEqual([null, "NOT_SCHEDULED", "NOT_SCHEDULED"]);
    expect(linesOf(outcome, "2020-09-01").map(whole)).toEqual([
      "RECURRING 2020-08-01..2020-08-10 10/31: 10.00 / 0.00 - / 10.00",
      "RECURRING 2020-08-21..2020-08-31 11/31: 11.00 / 0.00 - / 11.00",
    ]);
  });
});
