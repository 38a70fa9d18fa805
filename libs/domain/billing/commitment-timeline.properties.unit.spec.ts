import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discountEndToday } from "../commitments/on-day.js";
import { discountEndShifts } from "../commitments/discount-end-shifts.js";
import { billing, history } from "../spec-support/history.js";
import { endingLives, lived } from "../spec-support/life.js";
import { big, format, sum } from "../money.js";
import { commitmentTimeline } from "./commitment-timeline.js";
import { discountLedger } from "./discount-ledger.js";
import { EMPTY_LEDGER } from "./ledger.js";
import { linesThrough, totalOf } from "./period.js";
import { billingPeriodOf } from "../customers/customer.js";

const DAYS = ["2020-01-15", "2020-03-31", "2020-06-10", "2021-02-28"];

describe("the timeline of whatever life", () => {
  it("tells steps of the discount end date that follow each other, to the date that is shown", () => {
    fc.assert(
      fc.property(endingLives, (acts) => {
        const { last } = lived(acts);
        for (const day of DAYS) {
          const shifts = discountEndShifts(last, day);
          expect(shifts.at(-1)?.to ?? null).toBe(discountEndToday(last, day));
          expect(shifts.map(({ from }) => from)).toEqual([null, ...shifts.slice(0, -1).map(({ to }) => to)]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("charges what the closes would, and ends its staircase where the ledger does", () => {
    fc.assert(
      fc.property(endingLives, fc.constantFrom(...DAYS), (acts, today) => {
        const { last } = lived(acts);
        const known = history([last]);
        const nothing = billing(known);
        const { periods, given } = commitmentTimeline(last, nothing, { issued: [], ledger: EMPTY_LEDGER }, today);
        const running = periods.filter(({ from }) => from <= today);
        const lines = linesThrough(nothing, billingPeriodOf(known.customer, running.at(-1)?.from ?? today));
        expect(running.flatMap(({ foreseen }) => foreseen)).toEqual(lines);
        const net = format(sum(running.map((period) => big(period.net))), "USD");
        expect(net).toBe(totalOf(lines, "USD"));
        expect(given.at(-1)?.total ?? "0.00").toBe(discountLedger(last, nothing, EMPTY_LEDGER, today).total);
      }),
      { numRuns: 100 },
    );
  });
});
