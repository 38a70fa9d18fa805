import fc from "fast-check";
import { expect, it } from "vitest";
import { penaltyStrategies } from "../catalog/events.js";
import { addDays } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { roundingModes } from "../money.js";
import { histories, months } from "../spec-support/arbitraries.js";
import { type Books, close, closeAll, moved } from "../spec-support/books.js";
import { classDefined, customer, customerClass, customerCreated } from "../spec-support/examples.js";
import { history } from "../spec-support/history.js";
import { endingLives, lived, owners } from "../spec-support/life.js";
import { expectSteps } from "../spec-support/steps.js";
import { stepsOf } from "../step.js";
import { comingPeriods } from "./coming-periods.js";
import { earlyTerminationQuotes } from "./early-termination-quote.js";
import { foresee } from "./foresee.js";
import { ledgerOf, NOTHING_BILLED } from "./ledger.js";
import { linesThrough, periodLines } from "./period.js";
import { netSteps, recordingOf } from "./recorded-billing.js";
import { Recording } from "./recording.js";

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

it("what a termination would cost is taken down as what it costs, and so is what a command would change", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...months), fc.nat({ max: 27 }), ({ history: known }, period, days) => {
      const billing = closedBefore(known, period);
      const record = recordingOf(billing, billing.billed) ?? expect.fail("its lines are those of its ledger");
      const today = addDays(period.from, days);
      for (const commitment of known.commitments) {
        const quotes = earlyTerminationQuotes(commitment, billing, today, 3, record);
        expect(quotes).toEqual(earlyTerminationQuotes(commitment, billing, today, 3));
        for (const line of quotes.flatMap(({ lines }) => lines)) expectSteps(line, record);
      }
      const [first, ...others] = known.commitments;
      if (!first) return;
      const ended = { ...first, termination: { on: today, early: false, penaltyWaived: true, eventId: "ended" } };
      const after = { ...known, commitments: [ended, ...others] };
      const foreseen = foresee(billing, after, today, today, record);
      expect(foreseen).toEqual(foresee(billing, after, today, today));
      const { periods, ...whether } = comingPeriods(billing, after, today, today, record);
      expect({ periods, ...whether }).toEqual(comingPeriods(billing, after, today, today));
      const coming = periods.flatMap((each) => [each.before, each.after]);
      const lines = [foreseen.before, foreseen.after, foreseen.penalty, ...coming].flatMap((part) => part?.lines ?? []);
      for (const line of lines) expectSteps(line, record);
      expect(netSteps(lines, record).map(({ value }) => value)).toEqual(lines.map(({ net }) => net));
    }),
    { numRuns: 20 },
  );
});

/** What is known when all periods before one are closed. */
const closedBefore = (known: CustomerHistory, period: (typeof months)[number]) => ({
  ...closeAll(
    known,
    months.filter(({ to }) => to <= period.from),
  ),
  history: known,
});

it("lines that do not come to a ledger are not taken for it", () => {
  const line = {
    commitmentId: "c",
    rowId: "r",
    discount: "5.00",
    discountOrigin: "COMMITMENT",
    currency: "USD",
  } as const;
  const sealed = ledgerOf([line, line]);
  expect([
    recordingOf({ sealed }, [line, line]) === null,
    recordingOf({ sealed }, [line]) === null,
    recordingOf({ sealed }, [line, line, { ...line, commitmentId: "other" }]) === null,
    recordingOf({ sealed }, [line, line, { ...line, commitmentId: "other", discount: "0.00" }]) === null,
  ]).toEqual([false, true, true, false]);
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
