import { expect, it } from "vitest";
import { type Line } from "#domain/billing/line.js";
import { NOTHING_BILLED } from "#domain/billing/ledger.js";
import { linesThrough } from "#domain/billing/period.js";
import { Recording } from "#domain/billing/recording.js";
import { type CustomerHistory } from "#domain/commitments/history.js";
import { DiscountEndSteps, discountEndOn } from "#domain/commitments/discount-end.js";
import { type Language } from "#domain/language.js";
import { customer, customerCreated, rateSet } from "#domain/spec-support/examples.js";
import { commitment, history, internet, month, terms, tv } from "#domain/spec-support/history.js";
import { evolved } from "#domain/spec-support/life.js";
import { told, type Told } from "./tell.js";

const how = (language: Language = "EN"): Told => ({
  language,
  dates: { pattern: null },
  currency: "USD",
  numbers: new Map([["invoice-1", "INV-000007"]]),
});

/** What the lines through a month say, by kind. */
const toldOf = (known: CustomerHistory, through: string, language?: Language): [Line["kind"], string[]][] => {
  const record = new Recording();
  const lines = linesThrough({ ...NOTHING_BILLED, history: known }, month(through), record);
  return lines.flatMap((line): [Line["kind"], string[]][] => {
    const working = record.workingOf(line);
    return working ? [[line.kind, told(working.net, how(language))]] : [];
  });
};

it("tells E2: twenty months, then the penalty with its twenty discounts", () => {
  const lines = toldOf(history([commitment({}, "2020-10-31")]), "2020-10");
  expect(lines.slice(-2)).toEqual([
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
        "Your commitment ended early: 31 October 2020 was its last day, and its discount was agreed until 28 February 2021.",
        "While it lasted, you were given these discounts: 20 times $5.00, from 1 March 2019 to 31 October 2020. That is $100.00 in all.",
        "They are charged back: $100.00 for Turbo 1 GB.",
      ],
    ],
  ]);
});
