import { describe, expect, it } from "vitest";
import { accountStatus } from "#domain/accounts/account.js";
import { addDays, type LocalDate } from "#domain/calendar.js";
import { type Commitment, statusOn } from "#domain/commitments/commitment.js";
import { type Customer, customerStatus } from "#domain/customers/customer.js";
import { evaluate, isConsistent } from "#domain/evaluate.js";
import { type Language } from "#domain/language.js";
import { balanceDueStep, balanceStep } from "#domain/receivables/balance-steps.js";
import { invoiceStateStep, leftToPayStep } from "#domain/receivables/invoice-steps.js";
import { type MovementKind } from "#domain/receivables/movements.js";
import { customer, customerClosed, customerCreated, suspended, unsuspended } from "#domain/spec-support/examples.js";
import { assigned } from "#domain/spec-support/history.js";
import * as story from "#domain/spec-support/story.js";
import { type Step, statusStep } from "#domain/step.js";
import { told } from "./tell.js";

const said = (step: Step, language: Language = "EN"): string[] =>
  told(step, { language, dates: { pattern: null }, currency: "USD", numbers: new Map() });

describe("why a status is so", () => {
  const saidOf = (commitment: Commitment, on: LocalDate): [string, string[]] => {
    const step = statusStep((because) => statusOn(commitment, on, because));
    expect(isConsistent(step, "USD")).toBe(true);
    expect(evaluate(step, "USD")).toBe(statusOn(commitment, on));
    return [step.value, said(step)];
  };

  it("is told of a commitment", () => {
    const [from, until] = ["2020-08-01", "2020-09-30"];
    const held = story.after(assigned({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01" }), [
      ["2020-07-15", story.pause({ from, until })],
    ]);
    const open = story.after(assigned({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01" }), [
      ["2020-07-15", story.pause({ from, until: null })],
      ["2020-12-01", story.terminate("2020-12-31")],
    ]);
    const since = "The commitment has run since 1 July 2020.";
    expect([
      saidOf(held, "2020-06-30"),
      saidOf(held, "2020-07-31"),
      saidOf(held, from),
      saidOf(held, addDays(until, 1)),
      saidOf(open, "2020-12-31"),
      saidOf(open, "2021-01-01"),
    ]).toEqual([
      ["PENDING", ["The commitment begins on 1 July 2020."]],
      ["ACTIVE", [since]],
      ["PAUSED", [since, "It is on pause: 1 Aug – 30 Sep 2020."]],
      ["ACTIVE", [since]],
      ["PAUSED", [since, "It has been on pause since 1 August 2020, until it is resumed."]],
      ["TERMINATED", ["The commitment has ended: 31 December 2020 was its last day."]],
    ]);
  });

  it("is told of a customer", () => {
    const saidOn = (owner: Customer, on: LocalDate): [string, string[]] => {
      const step = statusStep((because) => customerStatus(owner, on, because));
      return [step.value, said(step)];
    };
    const blocked = [customerCreated(), suspended("2020-07-10"), unsuspended("2020-07-15")];
    expect([
      saidOn(customer(...blocked), "2020-07-09"),
      saidOn(customer(...blocked), "2020-07-10"),
      saidOn(customer(...blocked), "2020-07-15"),
      saidOn(customer(...blocked, customerClosed("2020-07-20")), "2020-07-20"),
    ]).toEqual([
      ["ACTIVE", ["Nothing blocks the service."]],
      ["SUSPENDED", ["The service has been suspended since 10 July 2020."]],
      ["ACTIVE", ["The service was suspended, and is back since 15 July 2020."]],
      ["CLOSED", ["The customer was closed on 20 July 2020."]],
    ]);
  });
});

it("is told of an account", () => {
  const account = { openedOn: "2020-07-01", closedOn: null, closedEventId: null };
  const saidOf = (state: Parameters<typeof accountStatus>[0]): [string, string[], string[]] => {
    const step = statusStep((because) => accountStatus(state, because, "opened"));
    return [step.value, said(step), step.because.flatMap(({ events }) => events)];
  };
  const opened = "The account was opened on 1 July 2020.";
  expect([saidOf(account), saidOf({ ...account, closedOn: "2020-09-30", closedEventId: "closed" })]).toEqual([
    ["OPEN", [opened], ["opened"]],
    ["CLOSED", [opened, "It was closed: 30 September 2020 is its last day."], ["opened", "closed"]],
  ]);
});

const moved = (kind: MovementKind, amount: string, documentId = "d") =>
  ({ kind, amount, documentId, on: "2020-07-01", eventId: "event" }) as const;

describe("why an invoice is paid or not", () => {
  const invoice = {
    ...{ total: "15.00", writtenOff: "0.00", dueOn: "2020-07-15", sealedEventId: "seal" },
    voided: null,
  };
  const saidOn = (
    day: LocalDate,
    changes: readonly ReturnType<typeof moved>[],
    own: Partial<Parameters<typeof invoiceStateStep>[0]> = {},
    language: Language = "EN",
  ): [string, string[]] => {
    const left = leftToPayStep("invoice", [moved("INVOICE", "15.00"), ...changes], "USD");
    const step = invoiceStateStep({ ...invoice, ...own }, left, day);
    expect(isConsistent(step, "USD")).toBe(true);
    return [step.value, said(step, language)];
  };

  it("is told in all its states, in order of what changed it", () => {
    const of = "The invoice is of $15.00.";
    expect([
      saidOn("2020-07-15", []),
      saidOn("2020-07-16", [moved("PAYMENT", "-5.00")]),
      saidOn("2020-07-16", [moved("INVOICE", "-4.00"), moved("CREDIT_NOTE", "-6.00"), moved("PAYMENT", "-5.00")]),
      saidOn("2020-07-15", [moved("PAYMENT", "-15.00"), moved("REVERSAL", "5.00")]),
      saidOn("2020-07-16", [moved("WRITE_OFF", "-15.00")], { writtenOff: "15.00" }),
      saidOn("2020-07-16", [moved("CREDIT_NOTE", "-15.00")], { voided: { on: "2020-07-10", eventId: "void" } }),
    ]).toEqual([
      ["UNPAID", [of, "That leaves $15.00 to pay.", "It is to be paid by 15 July 2020."]],
      [
        "OVERDUE",
        [of, "Payments took $5.00 off it.", "That leaves $10.00 to pay.", "It was to be paid by 15 July 2020."],
      ],
      [
        "PAID",
        [
          of,
          "$4.00 of it were paid with credit that you had.",
          "Credit notes took $6.00 off it.",
          "Payments took $5.00 off it.",
          "That leaves nothing to pay.",
        ],
      ],
      [
        "PARTIALLY_PAID",
        [
          of,
          "Payments took $15.00 off it.",
          "$5.00 are open again, because a payment went back.",
          "That leaves $5.00 to pay.",
          "It is to be paid by 15 July 2020.",
        ],
      ],
      ["WRITTEN_OFF", [of, "We wrote off $15.00 of it.", "That leaves nothing to pay."]],
      ["VOID", ["The invoice is void since 10 July 2020: nothing of it is owed."]],
    ]);
    expect(saidOn("2020-07-16", [moved("PAYMENT", "-5.00")], {}, "IT")).toEqual([
      "OVERDUE",
      [
        "La fattura è di 15,00\u00a0USD.",
        "I pagamenti la riducono di 5,00\u00a0USD.",
        "Restano da pagare 10,00\u00a0USD.",
        "Era da pagare entro il 15 luglio 2020.",
      ],
    ]);
  });
});

describe("what a balance of unused credit consists of", () => {
  const saidOf = (step: Step, language: Language = "EN"): [string, string[]] => {
    expect(isConsistent(step, "USD")).toBe(true);
    return [step.value, said(step, language)];
  };

  it("is told credit by credit, and where more is owed than all invoices by what is owed", () => {
    const nothing = balanceDueStep([], "USD");
    const due = balanceDueStep([moved("INVOICE", "15.00"), moved("REVERSAL", "20.00")], "USD");
    const credits = [
      {
        ...{ movement: moved("PAYMENT", "-50.00"), unused: "18.00" },
        uses: [
          { by: "INVOICE", userId: "one", amount: "30.00" },
          { by: "REFUND", userId: "two", amount: "2.00" },
        ],
      },
      { movement: moved("CREDIT_NOTE", "-5.00"), unused: "5.00", uses: [] },
    ] as const;
    const open = [leftToPayStep("one", [moved("INVOICE", "15.00")], "USD")];
    expect([
      saidOf(balanceStep([], [], nothing, "USD")),
      saidOf(balanceStep(credits, [], nothing, "USD")),
      saidOf(balanceStep([], open, due, "USD")),
      saidOf(balanceStep([], open, due, "USD"), "IT"),
    ]).toEqual([
      ["0.00", ["No credit is left that is not used."]],
      [
        "23.00",
        [
          "Of the payment of $50.00 on 1 July 2020, $18.00 are not used yet.",
          "Of the credit note of $5.00 on 1 July 2020, $5.00 are not used yet.",
          "That is $23.00 in your favour.",
        ],
      ],
      [
        "-20.00",
        ["$15.00 are left to pay of your invoices.", "You owe $35.00 in all: $20.00 more than your invoices."],
      ],
      [
        "-20.00",
        [
          "Delle vostre fatture restano da pagare 15,00\u00a0USD.",
          "In tutto dovete 35,00\u00a0USD: 20,00\u00a0USD oltre alle fatture.",
        ],
      ],
    ]);
  });
});

describe("what a balance due consists of", () => {
  const all = [
    moved("INVOICE", "15.00", "one"),
    moved("PAYMENT", "-20.00"),
    moved("INVOICE", "30.00", "two"),
    moved("REVERSAL", "20.00"),
    moved("CREDIT_NOTE", "-3.39"),
    moved("REFUND", "1.00"),
    moved("WRITE_OFF", "-10.00", "two"),
    moved("WRITE_OFF_UNDONE", "4.00", "two"),
  ];

  it("is told by kind, and comes to its sum", () => {
    const step = balanceDueStep(all, "USD");
    expect(step.value).toBe("36.61");
    expect(evaluate(step, "USD")).toBe("36.61");
    expect(isConsistent(step, "USD")).toBe(true);
    expect(step.of.map(({ what, value, of }) => [what, value, of.map(({ on }) => on?.invoiceId ?? null)])).toEqual([
      ["INVOICED", "45.00", ["one", "two"]],
      ["CREDITED", "-3.39", ["d"]],
      ["PAID", "-20.00", [null]],
      ["PAYMENT_REVERSED", "20.00", [null]],
      ["REFUNDED", "1.00", [null]],
      ["WRITTEN_OFF", "-10.00", ["two"]],
      ["WRITE_OFF_UNDONE", "4.00", ["two"]],
    ]);
    expect(said(step)).toEqual([
      "2 invoices of $45.00 in all.",
      "1 credit note takes off $3.39.",
      "1 payment of $20.00 in all.",
      "Of these, 1 payment of $20.00 went back.",
      "We paid back $1.00, once.",
      "We wrote off $10.00.",
      "Of that, $4.00 are owed again.",
      "That leaves $36.61 to pay.",
    ]);
  });

  it("is told where nothing is owed, or more was paid", () => {
    expect(said(balanceDueStep([], "USD"))).toEqual(["That leaves nothing to pay."]);
    expect(said(balanceDueStep([moved("PAYMENT", "-5.00")], "USD"), "IT")).toEqual([
      "1 pagamento per 5,00\u00a0USD in tutto.",
      "Restano 5,00\u00a0USD a vostro credito.",
    ]);
  });
});
