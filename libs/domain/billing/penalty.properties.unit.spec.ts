import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Commitment } from "../commitments/commitment.js";
import { billing } from "../spec-support/history.js";
import { histories, months, termsOf, units } from "../spec-support/arbitraries.js";
import { type CustomerHistory } from "../commitments/history.js";
import { EMPTY_LEDGER, type Ledger, withLines } from "./ledger.js";
import { type Line } from "./line.js";
import { periodLines } from "./period.js";

/** Closes month after month, as the billing run does: each sees what the ones before it sealed. */
const closeAll = (history: CustomerHistory): Line[] => {
  let ledger: Ledger = EMPTY_LEDGER;
  return months.flatMap((period, index) => {
    const lines = periodLines(billing(history, { sealed: ledger, closedTo: index === 0 ? null : period.from }), period);
    ledger = withLines(ledger, lines);
    return lines;
  });
};

const sum = (lines: readonly Line[], of: "discount" | "net") =>
  lines.reduce((total, line) => total + units(line[of]), 0n);
const early = ({ termination, settings }: Commitment) =>
  termination !== null &&
  settings[0] !== undefined &&
  settings[0].end !== null &&
  new Date(Date.parse(termination.on) + 86_400_000).toISOString().slice(0, 10) < settings[0].end;

describe("over the life of a commitment", () => {
  it("the penalty of each row is what its lines gave if it ends early, and nothing otherwise", () => {
    fc.assert(
      fc.property(histories, ({ history }) => {
        const lines = closeAll(history);
        for (const commitment of history.commitments) {
          for (const { rowId } of [...termsOf(commitment).recurring, ...termsOf(commitment).oneTime]) {
            const own = lines.filter((line) => line.commitmentId === commitment.commitmentId && line.rowId === rowId);
            const penalties = own.filter(({ kind }) => kind === "PENALTY");
            expect(sum(penalties, "net")).toBe(early(commitment) ? sum(own, "discount") : 0n);
            expect(penalties.length).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("it is the same however much was closed before, and with no close at all", () => {
    fc.assert(
      fc.property(
        histories,
        fc.constantFrom(...months),
        fc.nat({ max: months.length }),
        ({ history }, period, closed) => {
          const sealed = months.slice(0, closed).filter(({ to }) => to <= period.from);
          const ledger = sealed.reduce(
            (given, month) => withLines(given, periodLines(billing(history), month)),
            EMPTY_LEDGER,
          );
          const expected = periodLines(billing(history), period);
          expect(
            periodLines(billing(history, { sealed: ledger, closedTo: sealed.at(-1)?.to ?? null }), period),
          ).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("every penalty is dated its last day, in the month that contains it", () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...months), ({ history }, period) => {
        for (const line of periodLines(billing(history), period)) {
          if (line.kind !== "PENALTY") continue;
          const held = history.commitments.find(({ commitmentId }) => commitmentId === line.commitmentId);
          expect(line.from).toBe(held?.termination?.on);
          expect(line.from >= period.from && line.from < period.to).toBe(true);
        }
      }),
    );
  });
});
