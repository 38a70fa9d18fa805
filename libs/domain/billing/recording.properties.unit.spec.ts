import fc from "fast-check";
import { expect, it } from "vitest";
import { penaltyStrategies } from "../catalog/events.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { evaluate, isConsistent } from "../evaluate.js";
import { big, roundingModes } from "../money.js";
import { histories, months } from "../spec-support/arbitraries.js";
import { type Books, close, moved } from "../spec-support/books.js";
import { classDefined, customer, customerClass, customerCreated } from "../spec-support/examples.js";
import { history } from "../spec-support/history.js";
import { endingLives, lived, owners } from "../spec-support/life.js";
import { stepsOf } from "../step.js";
import { NOTHING_BILLED } from "./ledger.js";
import { type Line } from "./line.js";
import { linesThrough, periodLines } from "./period.js";
import { Recording } from "./recording.js";

const plain = (amount: string) => big(amount).toFixed();

/** What was taken down of a line comes to its amounts, from what is given alone, at every step. */
const expectSteps = (line: Line, record: Recording): void => {
  const working = record.workingOf(line);
  if (!working) throw new Error(`nothing was taken down of ${line.kind} ${line.description}`);
  const amounts = { fee: line.fee, discount: line.discount, net: line.net };
  for (const [of, amount] of Object.entries(amounts) as ["fee" | "discount" | "net", string][]) {
    expect(evaluate(working[of], line.currency)).toBe(plain(amount));
    expect(isConsistent(working[of], line.currency)).toBe(true);
  }
};

/** Closes periods as the billing run does, and takes down each of them. */
const closeRecorded = (known: CustomerHistory, periods: typeof months, books: Books = NOTHING_BILLED): Books =>
  periods.reduce((before, period) => {
    const record = new Recording();
    record.holds(before.sealed, before.billed);
    const { lines, books: after } = close(before, known, period, record);
    expect(lines).toEqual(periodLines({ ...before, history: known }, period));
    for (const line of lines) expectSteps(line, record);
    return after;
  }, books);

it("the steps of every line come to its amounts", () => {
  fc.assert(
    fc.property(histories, ({ history: known }) => {
      closeRecorded(known, months);
    }),
    { numRuns: 10 },
  );
});

const lives = fc.record({
  acts: endingLives,
  owner: owners,
  penalty: fc.constantFrom(...penaltyStrategies),
  rounding: fc.constantFrom(...roundingModes),
  known: fc.nat({ max: 13 }),
});

/** A life with terms of one penalty strategy, as known after some of its acts and after all. */
const livedWith = ({
  acts,
  penalty,
}: {
  acts: Parameters<typeof lived>[0];
  penalty: (typeof penaltyStrategies)[number];
}) => {
  const { moments, last } = lived(acts);
  const agreed = (commitment: Commitment): Commitment => {
    const [first, ...others] = commitment.versions.map((version) => ({
      ...version,
      terms: {
        ...version.terms,
        penalty,
        recurring: version.terms.recurring.map((row) => ({ ...row, penaltyAmount: "33.33" })),
      },
    }));
    return first ? { ...commitment, versions: [first, ...others] } : commitment;
  };
  return { moments: moments.map(({ after }) => agreed(after)), last: agreed(last) };
};

it("with pauses, suspensions, rates, upgrades, every strategy, and corrections of all of them", () => {
  fc.assert(
    fc.property(lives, ({ acts, owner, penalty, rounding, known }) => {
      const { moments, last } = livedWith({ acts, penalty });
      const classes = [customerClass(classDefined({ rounding }))];
      const then = history([moments[known % moments.length] ?? last], {
        owner: { ...customer(customerCreated({ customerClassId: "class-1" })) },
        classes,
      });
      const now = history([last], {
        owner: { ...owner, classes: then.customer.classes },
        classes,
      });
      const half = closeRecorded(then, months.slice(0, 8));
      closeRecorded(
        now,
        months.slice(8),
        moved(half, { eventId: "late", commitmentId: null, effectiveOn: "2019-12-01" }),
      );
    }),
    { numRuns: 60 },
  );
});

it("what is not billed yet is taken down as what is", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...months), ({ history: known }, period) => {
      const record = new Recording();
      const billing = { ...NOTHING_BILLED, history: known };
      const lines = linesThrough(billing, period, record);
      expect(lines).toEqual(linesThrough(billing, period));
      for (const line of lines) expectSteps(line, record);
    }),
    { numRuns: 30 },
  );
});

it("every calculation rests on events", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...months), ({ history: known }, period) => {
      const record = new Recording();
      for (const line of periodLines({ ...NOTHING_BILLED, history: known }, period, record)) {
        const steps = [...stepsOf(record.workingOf(line)?.net ?? expect.fail("nothing was taken down"))];
        expect(new Set(steps.flatMap(({ events }) => events)).size).toBeGreaterThan(0);
      }
    }),
    { numRuns: 30 },
  );
});
