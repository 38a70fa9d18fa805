import { describe, expect, it } from "vitest";
import { type Language } from "#domain/language.js";
import { type DocumentLine } from "./document.js";
import { explained } from "./explanations.js";
import { adjustmentLine, CORRECTED, line, penaltyLine } from "./spec-support/samples.js";
import { wordsOf } from "./words/words-of.js";

const OTHER = "00000000-0000-4000-8000-000000000028";
const numbers = new Map([
  [CORRECTED, "INV-000029"],
  [OTHER, "INV-000028"],
]);
const told = (own: DocumentLine, language: Language = "EN") =>
  explained(own, { words: wordsOf(language), dates: { pattern: null }, currency: "EUR", numbers });
const corrects = (own: object) =>
  ({ ...adjustmentLine, corrects: { ...adjustmentLine.corrects, ...own } }) as DocumentLine;

describe("a line in plain words", () => {
  it("says whose discount it gives", () => {
    expect(told(line())).toEqual({ what: "Internet 1000", why: ["with the discount of your commitment"] });
    expect(told(line({ discountOrigin: "CUSTOMER_RATE" }))).toEqual({
      what: "Internet 1000",
      why: ["with your own discount rate"],
    });
    expect(told(line({ discount: "0.00", discountOrigin: null }))).toEqual({ what: "Internet 1000", why: [] });
  });

  it("says what a part of a period was prorated from", () => {
    expect(told(line({ until: "2020-10-07", days: 7, fee: "4.52", discount: "1.13", net: "3.39" })).why).toEqual([
      "7 of 31 days, at €20.00 for the whole period, with the discount of your commitment",
    ]);
    expect(told(line({ until: "2020-10-01", days: 1 }), "IT").why).toEqual([
      "1 giorno su 31, a 20,00\u00a0€ per l’intero periodo, con lo sconto del vostro impegno",
    ]);
  });

  it.each([
    ["SUM_OF_DISCOUNTS", false, "The discounts that you were given for this while it lasted are charged back."],
    ["SUM_OF_DISCOUNTS", true, "The discount that you were given on this one-time fee is charged back."],
    [
      "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES",
      false,
      "The discounts that you were given for this are charged back, but all together no more than the fees that were left to pay until the agreed end.",
    ],
    ["REMAINING_FEES", false, "The fees that were left to pay for this until the agreed end are charged."],
    ["REMAINING_FEES", true, "The discount that you were given on this one-time fee is charged back."],
    ["FIXED", false, "This is the fixed amount that was agreed for ending early."],
  ] as const)("explains a penalty by %s (one-time: %s)", (strategy, isOneTime, why) => {
    expect(told({ ...penaltyLine, penalty: { strategy, isOneTime } })).toEqual({
      what: "Early termination: Internet 1000",
      why: ["Your commitment ended early: 31 Oct 2020 was its last day.", why],
    });
  });

  it("explains a penalty of which the strategy is not known, and one that is waived", () => {
    expect(told({ ...penaltyLine, penalty: null }, "IT")).toEqual({
      what: "Recesso anticipato: Internet 1000",
      why: [
        "Il vostro impegno è terminato in anticipo: ultimo giorno 31 ott 2020.",
        "È quanto concordato per il recesso anticipato.",
      ],
    });
    expect(told({ ...penaltyLine, kind: "PENALTY_WAIVED" })).toEqual({
      what: "Early termination, waived: Internet 1000",
      why: ["We do not claim this charge."],
    });
  });

  it("says what an adjustment corrects, and by which document it was billed", () => {
    expect(told(adjustmentLine)).toEqual({
      what: "Correction: Internet 1000",
      why: ["Corrects what line 1 of INV-000029 charged for August 2020.", "The charge for 7 of 31 days has changed."],
    });
    const billed = [
      ...[3, 1, 2, 7].map((position) => ({ invoiceId: CORRECTED, line: position })),
      { invoiceId: OTHER, line: 4 },
    ];
    expect(told(corrects({ lines: billed })).why[0]).toBe(
      "Corrects what lines 1–3, 7 of INV-000029, line 4 of INV-000028 charged for August 2020.",
    );
    expect(told(corrects({ lines: [{ invoiceId: "unknown", line: 4 }] })).why[0]).toBe(
      "Corrects what line 4 of an earlier invoice charged for August 2020.",
    );
  });

  it("says that nothing was billed, that a rate changed, that an invoice is void", () => {
    expect(told(corrects({ lines: [] })).why[0]).toBe("Belongs to August 2020, for which it had not been billed.");
    const rate = { ...adjustmentLine, fee: "0.00", discount: "2.00", discountOrigin: "CUSTOMER_RATE" as const };
    expect(told(rate).why).toEqual([
      "Corrects what line 1 of INV-000029 charged for August 2020.",
      "Your own discount rate for these days has changed.",
    ]);
    expect(told({ ...corrects({ kind: "PENALTY" }), description: penaltyLine.description }).what).toBe(
      "Correction: Early termination: Internet 1000",
    );
    expect(told(corrects({ voids: true })).why).toEqual(["Cancels line 1 of INV-000029, because the invoice is void."]);
  });

  it("says what a transfer fee and a one-time fee are", () => {
    const single = { until: "2020-10-01", days: 1, periodDays: null, unitFee: null };
    expect(told(line({ ...single, kind: "TRANSFER_FEE", description: "Transfer fee: Fibre" }), "IT")).toEqual({
      what: "Costo di subentro: Fibre",
      why: ["Siete subentrati nell’impegno il 1 ott 2020."],
    });
    expect(told(line({ ...single, kind: "ONE_TIME", description: "TV set" }))).toEqual({
      what: "TV set",
      why: ["One-time fee"],
    });
  });
});
