import { expect, it } from "vitest";
import { NOTHING_BILLED } from "#domain/billing/ledger.js";
import { type Line } from "#domain/billing/line.js";
import { linesThrough } from "#domain/billing/period.js";
import { Recording } from "#domain/billing/recording.js";
import { discountEndOn, DiscountEndSteps } from "#domain/commitments/discount-end.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { evaluate, isConsistent } from "#domain/evaluate.js";
import { voidLines } from "#domain/invoicing/void.js";
import { type Language } from "#domain/language.js";
import { customer, customerCreated, rateSet } from "#domain/spec-support/examples.js";
import { assigned, commitment, history, internet, month, terms, tv } from "#domain/spec-support/history.js";
import * as story from "#domain/spec-support/story.js";
import { told, type Told } from "./tell.js";

const how = (language: Language = "EN"): Told => ({
  language,
  dates: { pattern: null },
  currency: "USD",
  numbers: new Map([["invoice-1", "INV-000007"]]),
});

type Said = [kind: Line["kind"], sentences: string[]];

/** What the lines through a month say. */
const toldOf = (known: CustomerHistory, through: string, language?: Language): Said[] => {
  const record = new Recording();
  const lines = linesThrough({ ...NOTHING_BILLED, history: known }, month(through), record);
  return lines.map((line): Said => {
    const working = record.workingOf(line);
    if (!working) throw new Error("the charge takes down every line");
    return [line.kind, told(working.net, how(language))];
  });
};

const ENDED =
  "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.";

it("tells E2: a whole month, and the penalty with its twenty discounts", () => {
  expect(toldOf(history([commitment({}, "2020-10-31")]), "2020-10").slice(-2)).toEqual([
    [
      "RECURRING",
      [
        "The fee for Turbo 1 GB is $20.00 for the whole of October 2020.",
        "Your commitment gives a discount of $5.00 for a whole billing period; 28 February 2021 is its last day.",
        "$20.00 less a discount of $5.00 leaves $15.00.",
      ],
    ],
    [
      "PENALTY",
      [
        ENDED,
        "While it lasted, you were given these discounts: 20 times $5.00, from 1 March 2019 to 31 October 2020. That is $100.00 in all.",
        "They are charged back: $100.00 for Turbo 1 GB.",
      ],
    ],
  ]);
});

it("tells a part of a month, how it was rounded, and in Italian", () => {
  const known = history([commitment({ effectiveOn: "2019-03-17" })]);
  expect(toldOf(known, "2019-03")).toMatchInlineSnapshot(`
    [
      [
        "RECURRING",
        [
          "The fee for Turbo 1 GB is $20.00 for a whole billing period.",
          "15 days of 31 are charged, 17–31 Mar 2019: $20.00 times 15, divided by 31, is $9.677419.",
          "Rounded, that is $9.68.",
          "Your commitment gives a discount of $5.00 for a whole billing period; 28 February 2021 is its last day.",
          "15 days of 31 are charged, 17–31 Mar 2019: $5.00 times 15, divided by 31, is $2.419355.",
          "Rounded, that is $2.42.",
          "$9.68 less a discount of $2.42 leaves $7.26.",
        ],
      ],
    ]
  `);
  expect(toldOf(known, "2019-03", "IT")).toMatchInlineSnapshot(`
    [
      [
        "RECURRING",
        [
          "Il canone di Turbo 1 GB è di 20,00 USD per un intero periodo di fatturazione.",
          "Sono addebitati 15 giorni su 31, 17–31 mar 2019: 20,00 USD per 15, diviso 31, fa 9,677419 USD.",
          "Arrotondato fa 9,68 USD.",
          "Il vostro impegno dà uno sconto di 5,00 USD per un intero periodo di fatturazione; ultimo giorno: 28 febbraio 2021.",
          "Sono addebitati 15 giorni su 31, 17–31 mar 2019: 5,00 USD per 15, diviso 31, fa 2,419355 USD.",
          "Arrotondato fa 2,42 USD.",
          "9,68 USD meno uno sconto di 2,42 USD fa 7,26 USD.",
        ],
      ],
    ]
  `);
});

it("tells segments of one row that are rounded together, the discount over, and a customer's rate", () => {
  expect(toldOf(history([commitment({ effectiveOn: "2019-03-01", discountEnd: "2019-03-08" })]), "2019-03"))
    .toMatchInlineSnapshot(`
    [
      [
        "RECURRING",
        [
          "The fee for Turbo 1 GB is $20.00 for a whole billing period.",
          "Together with the days next to them, 31 days of 31 come to $20.00, of which $4.52 fall to this line.",
          "Your commitment gives a discount of $5.00 for a whole billing period; 7 March 2019 is its last day.",
          "7 days of 31 are charged, 1–7 Mar 2019: $5.00 times 7, divided by 31, is $1.129032.",
          "Rounded, that is $1.13.",
          "$4.52 less a discount of $1.13 leaves $3.39.",
        ],
      ],
      [
        "RECURRING",
        [
          "The fee for Turbo 1 GB is $20.00 for a whole billing period.",
          "Together with the days next to them, 31 days of 31 come to $20.00, of which $15.48 fall to this line.",
          "The discount of your commitment is over: 7 March 2019 was its last day.",
        ],
      ],
    ]
  `);
  const owner = customer(customerCreated(), rateSet("12.5", "2019-03-01"));
  expect(toldOf(history([commitment()], { owner }), "2019-03")).toMatchInlineSnapshot(`
    [
      [
        "RECURRING",
        [
          "The fee for Turbo 1 GB is $20.00 for the whole of March 2019.",
          "Your own discount rate of 12.5 % takes $2.50 off the fee of $20.00; it replaces the discount of the commitment.",
          "$20.00 less a discount of $2.50 leaves $17.50.",
        ],
      ],
    ]
  `);
});

it("tells one-time fees", () => {
  expect(toldOf(history([commitment({ terms: terms({ recurring: [], oneTime: [tv()] }) })]), "2019-03"))
    .toMatchInlineSnapshot(`
    [
      [
        "ONE_TIME",
        [
          "TV set is a one-time fee of $400.00, charged on 1 March 2019.",
          "Your commitment takes $399.99 off it.",
          "$400.00 less a discount of $399.99 leaves $0.01.",
        ],
      ],
    ]
  `);
});

const e9 = (penalty: "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES" | "REMAINING_FEES" | "FIXED") =>
  commitment(
    {
      terms: terms({
        penalty,
        recurring: [internet({ fees: { MONTHLY: "12.00" }, discount: "2.00", penaltyAmount: "33.00" })],
        oneTime: [tv({ description: "Router", fee: "50.00", discount: "49.99" })],
      }),
    },
    "2020-10-31",
  );

it("tells penalties by every strategy", () => {
  const penaltiesOf = (penalty: Parameters<typeof e9>[0]) =>
    toldOf(history([e9(penalty)]), "2020-10").filter(([kind]) => kind === "PENALTY");
  expect(penaltiesOf("LESSER_OF_DISCOUNTS_AND_REMAINING_FEES")).toMatchInlineSnapshot(`
    [
      [
        "PENALTY",
        [
          "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
          "The discounts given come to $89.99, the fees left to pay to $40.00. The lesser of the two is charged: $40.00.",
          "Shared by what was given on each, $22.22 of it fall to Router.",
        ],
      ],
      [
        "PENALTY",
        [
          "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
          "The discounts given come to $89.99, the fees left to pay to $40.00. The lesser of the two is charged: $40.00.",
          "Shared by what was given on each, $17.78 of it fall to Turbo 1 GB.",
        ],
      ],
    ]
  `);
  expect(penaltiesOf("REMAINING_FEES")).toMatchInlineSnapshot(`
    [
      [
        "PENALTY",
        [
          "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
          "While it lasted, you were given these discounts: $49.99 for 1 Mar 2019. That is $49.99 in all.",
          "They are charged back: $49.99 for Router.",
        ],
      ],
      [
        "PENALTY",
        [
          "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
          "These fees were left to pay until the agreed end: 4 times $10.00, from 1 November 2020 to 28 February 2021. That is $40.00 in all.",
          "They are charged: $40.00 for Turbo 1 GB.",
        ],
      ],
    ]
  `);
  expect(penaltiesOf("FIXED")).toMatchInlineSnapshot(`
    [
      [
        "PENALTY",
        [
          "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
          "While it lasted, you were given these discounts: $49.99 for 1 Mar 2019. That is $49.99 in all.",
          "They are charged back: $49.99 for Router.",
        ],
      ],
      [
        "PENALTY",
        [
          "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
          "For ending early, a fixed $33.00 was agreed for Turbo 1 GB.",
        ],
      ],
    ]
  `);
});

it("tells why a void invoice is credited", () => {
  const [first] = linesThrough({ ...NOTHING_BILLED, history: history([commitment()]) }, month("2019-03"));
  if (!first) throw new Error("nothing is charged");
  const billed = [{ ...first, invoiceId: "invoice-1", position: 1, belongsTo: first.from }];
  const record = new Recording();
  const noted = { record, voidedOn: "2019-04-10" };
  const [credit] = voidLines(billed, "invoice-1", month("2019-03"), new Set(), () => month("2019-03"), noted);
  const working = credit && record.workingOf(credit);
  expect(working && isConsistent(working.net, "USD")).toBe(true);
  expect(working && told(working.net, how())).toEqual([
    "The invoice is void since 10 April 2019: nothing of it is owed.",
    "Until now $20.00 were billed: $20.00 for March 2019 on INV-000007.",
    "The difference is -$20.00.",
    "The invoice is void since 10 April 2019: nothing of it is owed.",
    "Until now $5.00 were billed: $5.00 for March 2019 on INV-000007.",
    "The difference is -$5.00.",
    "-$20.00 less a discount of -$5.00 leaves -$15.00.",
  ]);
});

it("tells a discount end date that pauses moved", () => {
  const paused = story.after(assigned({ discountEnd: "2020-11-01" }), [
    ["2020-07-15", story.pause({ from: "2020-08-01", until: "2020-09-30" })],
  ]);
  const taken = new DiscountEndSteps();
  expect(discountEndOn(paused, "2020-07-15", null, taken)).toBe("2021-01-01");
  if (!taken.end) throw new Error("the date was taken down");
  expect(evaluate(taken.end, "USD")).toBe("2021-01-01");
  expect(isConsistent(taken.end, "USD")).toBe(true);
  expect(told(taken.end, how())).toMatchInlineSnapshot(`
    [
      "The discount was agreed until 31 October 2020.",
      "The pause of 1 Aug – 30 Sep 2020 moves that by 61 days, to 31 December 2020.",
      "The last day with the discount is 31 December 2020.",
    ]
  `);
});
