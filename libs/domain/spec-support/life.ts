import fc from "fast-check";
import { addDays, type LocalDate } from "../calendar.js";
import { type Commitment, commitmentEvolver } from "../commitments/commitment.js";
import { type CommitmentEvent } from "../commitments/events.js";
import { Rejection } from "../rejection.js";
import { at, customer, customerCreated, rateSet, suspended, unsuspended } from "./examples.js";
import { assigned } from "./history.js";
import * as story from "./story.js";

/** The commitment of these lives: from 2020-01-01, discounted until 2020-04-01. */
export const START = "2020-01-01";
export const BASE = "2020-04-01";
export const started = assigned({ effectiveOn: START, discountEnd: BASE });

const day = fc.nat({ max: 330 }).map((count) => addDays(START, count));

/** Pauses that do not overlap, in order of their days. */
export const apart = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 60 }), days: fc.integer({ min: 1, max: 40 }) }), { maxLength: 6 })
  .map((pauses) => {
    let next: LocalDate = addDays(START, -1);
    return pauses.map(({ gap, days }) => {
      const from = addDays(next, gap);
      const until = addDays(from, days - 1);
      next = addDays(until, 1);
      return { from, until };
    });
  });

/** A command on a day, accepted or not: a refused one changes nothing. */
interface Act {
  /** Days since the one before. */
  readonly wait: number;
  readonly step: (today: LocalDate, pauses: Commitment["pauses"]) => story.Step;
}

const one = (pauses: Commitment["pauses"], which: number) => pauses[which % Math.max(1, pauses.length)];
const ahead = fc.integer({ min: -20, max: 60 });
const pauseActs = [
  fc.record({ from: ahead, days: fc.nat({ max: 50 }), open: fc.boolean() }).map(
    ({ from, days, open }) =>
      (today: LocalDate) =>
        story.pause({ from: addDays(today, from), until: open ? null : addDays(today, from + days) }),
  ),
  fc.constant(() => story.pause()),
  fc.integer({ min: -20, max: 20 }).map((on) => (today: LocalDate) => story.resume(addDays(today, on))),
  fc.record({ which: fc.nat({ max: 5 }), from: ahead, days: fc.nat({ max: 50 }) }).map(
    ({ which, from, days }) =>
      (today: LocalDate, pauses: Commitment["pauses"]) =>
        story.movePause(one(pauses, which)?.from ?? today, {
          newFrom: addDays(today, from),
          newUntil: addDays(today, from + days),
        }),
  ),
  fc
    .nat({ max: 5 })
    .map(
      (which) => (today: LocalDate, pauses: Commitment["pauses"]) => story.dropPause(one(pauses, which)?.from ?? today),
    ),
];
const otherActs = [
  fc.nat({ max: 40 }).map((days) => (today: LocalDate) => story.setEnd(addDays(today, days))),
  fc.boolean().map((anew) => () => story.upgrade({ discountEnd: { kind: anew ? "DEFAULT" : "KEEP" } })),
  fc.record({ days: fc.nat({ max: 40 }), then: fc.boolean() }).map(
    ({ days, then }) =>
      (today: LocalDate) =>
        story.upgradeUntil(addDays(today, days), { then }),
  ),
  fc.constant(() => story.endUpgrade),
];
const endings = [
  fc.nat({ max: 90 }).map((days) => (today: LocalDate) => story.terminate(addDays(today, days))),
  fc.constant(() => story.keepOn),
];

const acts = (steps: readonly fc.Arbitrary<Act["step"]>[]) =>
  fc.array(fc.record({ wait: fc.nat({ max: 15 }), step: fc.oneof(...steps) }), { minLength: 4, maxLength: 14 });
/** Lives without an end, and with one that may be scheduled. */
export const lives = acts([...pauseActs, ...pauseActs, ...otherActs]);
export const endingLives = acts([...pauseActs, ...pauseActs, ...otherActs, ...endings]);

/** What happened on a day: the events, and the commitment before and after them. */
export interface Moment {
  readonly on: LocalDate;
  readonly events: readonly CommitmentEvent[];
  readonly before: Commitment;
  readonly after: Commitment;
}

/** Lives through these acts, from the start; event ids count up from "e0", the assignment. */
export const lived = (acts: readonly Act[]): { readonly moments: readonly Moment[]; readonly last: Commitment } => {
  let last = evolved(null, started, "e0");
  let on: LocalDate = START;
  let count = 0;
  const moments: Moment[] = [];
  for (const { wait, step } of acts) {
    on = addDays(on, wait);
    const events = unlessRefused(() => step(on, last.pauses)(last, story.factsOf(), at(on), String(count)));
    const before = last;
    for (const event of events) last = evolved(last, event, `e${(count += 1)}`);
    moments.push({ on, events, before, after: last });
  }
  return { moments, last };
};

export const evolved = (state: Commitment | null, event: CommitmentEvent, id: string): Commitment => {
  const next = commitmentEvolver.evolve(state, event, id);
  if (!next) throw new Error("an assigned commitment has a state");
  return next;
};

const unlessRefused = (decide: () => CommitmentEvent[]): CommitmentEvent[] => {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
};

/** Customers that are suspended and have rates, on any days in any order. */
export const owners = fc
  .array(
    fc.oneof(
      day.map(suspended),
      day.map(unsuspended),
      fc.tuple(fc.constantFrom("0", "12.5", "25", "100", null), day).map(([rate, on]) => rateSet(rate, on)),
    ),
    { maxLength: 6 },
  )
  .map((events) => customer(customerCreated(), ...events));
