import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays } from "../calendar.js";
import { histories, months } from "../spec-support/arbitraries.js";
import { closeAll } from "../spec-support/books.js";
import { comingPeriods } from "./coming-periods.js";
import { changedBy } from "./foresee.js";
import { type CustomerBilling } from "./ledger.js";
import { linesByPeriod } from "./period.js";

it("coming invoices are those that the closes make, without the command and with it", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...months), fc.nat({ max: 90 }), ({ history }, running, days) => {
      const [first, ...others] = history.commitments;
      if (!first) return;
      const closed = months.filter(({ to }) => to <= running.from);
      const billing: CustomerBilling = { ...closeAll(history, closed), history };
      const today = running.from;
      const on = addDays(today, days);
      const ended = { ...first, termination: { on, early: false, penaltyWaived: false, eventId: "ended" } };
      const after = { ...history, commitments: [...others, ended] };
      const { periods } = comingPeriods(billing, after, on, today);
      for (const { period, ...invoice } of periods) {
        const lines = (known: CustomerBilling) => linesByPeriod(known, period).at(-1)?.lines;
        expect([invoice.before.lines, invoice.after.lines]).toEqual([
          lines(billing),
          lines(changedBy(billing, after, on, running)),
        ]);
        expect(invoice.before.total).not.toBe(invoice.after.total);
      }
    }),
    { numRuns: 30 },
  );
});
