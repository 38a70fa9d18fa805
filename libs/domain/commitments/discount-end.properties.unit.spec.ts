import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, earlier, type LocalDate } from "../calendar.js";
import { history, month } from "../spec-support/history.js";
import { apart, BASE, endingLives, evolved, lived, lives, START, started } from "../spec-support/life.js";
import { after, dropPause, factsOf, keepOn, pause, terminate } from "../spec-support/story.js";
import { at } from "../spec-support/examples.js";
import { charges } from "../billing/charges.js";
import { discountEndOn } from "./discount-end.js";
import { type CommitmentEvent } from "./events.js";

/** Long before anything begins, so that everything can still be changed. */
const EARLY = "2019-12-01";
/** The day by which a change of a pause is judged: its own, where it is dated back; null: nothing changes a pause. */
const ownDayOf = (events: readonly CommitmentEvent[], on: LocalDate): LocalDate | null =>
  events.reduce<LocalDate | null>((found, { type, data }) => {
    if (type === "PauseEnded") return data.effectiveOn;
    if (type === "PauseScheduled") return earlier(data.now ? addDays(data.from, -1) : data.from, on);
    if (type === "PauseChanged") return earlier(data.from, on);
    return type === "PauseCancelled" ? on : found;
  }, null);
const months = Array.from({ length: 14 }, (_, index) =>
  month(`${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`),
);
const all = (...args: Parameters<typeof history>) => months.flatMap((period) => charges(history(...args), period));

describe("pauses and the end date", () => {
  it("as many days are served with a discount as were agreed, however many are paused", () => {
    fc.assert(
      fc.property(apart, (pauses) => {
        const held = after(
          started,
          pauses.map((days) => [EARLY, pause(days)] as const),
        );
        const end = discountEndOn(held, EARLY);
        if (end === null) throw new Error("the commitment has a discount end date");
        const counted = pauses.filter(({ from }) => from < end);
        const paused = counted.reduce((sum, { from, until }) => sum + daysBetween(from, until) + 1, 0);
        expect(daysBetween(START, end) - paused).toBe(daysBetween(START, BASE));
        expect(counted.every(({ until }) => until < end)).toBe(true);
      }),
    );
  });

  it("the order of recording does not matter", () => {
    const shuffled = apart.chain((pauses) =>
      fc.tuple(fc.constant(pauses), fc.shuffledSubarray(pauses, { minLength: pauses.length })),
    );
    fc.assert(
      fc.property(shuffled, ([pauses, turned]) => {
        const [one, other] = [pauses, turned].map((days) => {
          const steps = days.map((item) => [EARLY, pause(item)] as const);
          return discountEndOn(after(started, steps), EARLY);
        });
        expect(other).toBe(one);
      }),
    );
  });

  it("a pause that was cancelled leaves no trace in lines and end date", () => {
    fc.assert(
      fc.property(apart, fc.nat(), (pauses, seed) => {
        fc.pre(pauses.length > 0);
        const gone = pauses[seed % pauses.length];
        if (!gone) throw new Error("there is a pause");
        const record = (days: typeof pauses) => days.map((item) => [EARLY, pause(item)] as const);
        const without = after(started, record(pauses.filter((item) => item !== gone)));
        const cancelled = after(started, [...record(pauses), [EARLY, dropPause(gone.from)]]);
        expect(discountEndOn(cancelled, EARLY)).toBe(discountEndOn(without, EARLY));
        const shown = (held: typeof cancelled) => all([held]).map(({ causes: _, ...line }) => line);
        expect(shown(cancelled)).toEqual(shown(without));
      }),
      { numRuns: 60 },
    );
  });
});

describe("whatever happens to a commitment", () => {
  it("no change of a pause lowers the end date below its day, nor further where it is lower", () => {
    fc.assert(
      fc.property(lives, (acts) => {
        for (const { on, events, before, after: next } of lived(acts).moments) {
          const ownDay = ownDayOf(events, on);
          if (ownDay === null) continue;
          const [was, is] = [discountEndOn(before, on), discountEndOn(next, on)];
          if (was === null || is === null) throw new Error("it has an end date");
          expect(is >= earlier(was, ownDay)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("each event says the end date that is shown before and after it", () => {
    fc.assert(
      fc.property(endingLives, (acts) => {
        for (const { on, events, before, after: next } of lived(acts).moments) {
          for (const { data } of events) {
            if (!("discountEndAfter" in data)) continue;
            expect(data.discountEndBefore).toBe(discountEndOn(before, on));
            expect(data.discountEndAfter).toBe(discountEndOn(next, on));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("a termination that is cancelled leaves no trace", () => {
    fc.assert(
      fc.property(lives, fc.nat({ max: 100 }), (acts, days) => {
        const { moments, last } = lived(acts);
        const today = moments.at(-1)?.on ?? START;
        const ended = terminate(addDays(today, days))(last, factsOf(), at(today), "last");
        const ending = ended.reduce((state, event) => evolved(state, event, "ended"), last);
        expect(ending.termination).not.toBeNull();
        const kept = keepOn(ending, factsOf(), at(today), "last");
        expect(kept).toEqual([
          {
            type: "TerminationCancelled",
            data: { discountEnd: discountEndOn(last, today), effectiveOn: today },
          },
        ]);
        expect(kept.reduce((state, event) => evolved(state, event, "kept"), ending)).toEqual(last);
      }),
    );
  });
});
