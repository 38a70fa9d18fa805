import { describe, expect, it } from "vitest";
import { addDays } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { billing, commitment, history, internet, terms, tv } from "../spec-support/history.js";
import { discountLedger, type DiscountLedger } from "./discount-ledger.js";
import { penaltyIfTerminated } from "./early-termination-quote.js";
import { EMPTY_LEDGER, type Ledger } from "./ledger.js";
import { totalOf } from "./period.js";

const sealed = (amounts: Record<string, string>): Ledger =>
  new Map([["commitment-1", new Map(Object.entries(amounts))]]);

const of = (
  held: Commitment,
  today: string,
  given = EMPTY_LEDGER,
  issued = EMPTY_LEDGER,
  closedTo: string | null = null,
) => discountLedger(held, billing(history([held]), { sealed: given, closedTo }), issued, today);

const sums = ({ issued, notIssued, total }: Pick<DiscountLedger, "issued" | "notIssued" | "total">) => [
  issued,
  notIssued,
  total,
];

const withTv = terms({ oneTime: [tv()], recurring: [internet()] });
const held = (changes: Parameters<typeof commitment>[0] = {}, terminated?: string) =>
  commitment({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01", terms: withTv, ...changes }, terminated);

describe("the discount ledger of a commitment", () => {
  it("tells what issued invoices gave from what was given since, through today, by row", () => {
    const given = sealed({ "one-time-1": "399.99", "recurring-1": "10.00" });
    // September through the 15th: 15/30 of 5.00.
    expect(
      of(held(), "2020-09-15", given, sealed({ "one-time-1": "399.99", "recurring-1": "5.00" }), "2020-09-01"),
    ).toEqual({
      issued: "404.99",
      notIssued: "7.50",
      total: "412.49",
      currency: "USD",
      rows: [
        { rowId: "one-time-1", description: "TV set", issued: "399.99", notIssued: "0.00", total: "399.99" },
        { rowId: "recurring-1", description: "Turbo 1 GB", issued: "5.00", notIssued: "7.50", total: "12.50" },
      ],
    });
  });

  it("counts periods that have ended and are not closed yet", () => {
    expect(sums(of(held(), "2020-09-15"))).toEqual(["0.00", "412.49", "412.49"]);
    expect(of(held(), "2020-07-01").rows.map(sums)).toEqual([
      ["0.00", "399.99", "399.99"],
      ["0.00", "0.16", "0.16"],
    ]);
  });

  it("has no rows before the start, and grows no more after the end", () => {
    expect(of(held(), "2020-06-30")).toEqual({
      issued: "0.00",
      notIssued: "0.00",
      total: "0.00",
      currency: "USD",
      rows: [],
    });
    const ended = held({}, "2020-07-31");
    for (const today of ["2020-07-31", "2020-08-01", "2021-01-15"]) expect(of(ended, today).total).toBe("404.99");
    // A termination to come changes nothing yet.
    expect(of(held({}, "2020-12-31"), "2020-07-31").total).toBe("404.99");
  });

  it("totals what a termination on the day claims back", () => {
    for (let day = 0; day < 100; day += 1) {
      const today = addDays("2020-07-01", day);
      expect(of(held(), today).total).toBe(
        totalOf(penaltyIfTerminated(held(), today, billing(history([held()]))), "USD"),
      );
    }
  });
});
