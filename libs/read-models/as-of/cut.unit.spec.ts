import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareText } from "#domain/by-day.js";
import { addDays, daysBetween, type LocalDate } from "#domain/calendar.js";
import { type Commitment, statusOn } from "#domain/commitments/commitment.js";
import { discountEndForServing } from "#domain/commitments/discount-end.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { termsOn } from "#domain/commitments/terms.js";
import { endingLives, evolved, lived, START, started } from "#domain/spec-support/life.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { cut } from "./cut.js";
import { momentOf } from "./moment.js";

const streamNamed = (category: string): string =>
  streamName("00000000-0000-4000-8000-000000000000", category, "00000000-0000-4000-8000-000000000001");

/** A stream of events, each with its instant of recording and its own day; named by their places. */
const streamOf = (
  category: string,
  ...events: readonly (readonly [recordedAt: string, effectiveOn: string])[]
): RecordedEvent[] =>
  events.map(
    ([recordedAt, effectiveOn], place) =>
      ({
        ...{ stream: streamNamed(category), revision: BigInt(place) },
        ...{ metadata: { recordedAt }, data: { effectiveOn } },
      }) as unknown as RecordedEvent,
  );

const stream = (...events: Parameters<typeof streamOf> extends [string, ...infer Events] ? Events : never) =>
  streamOf("customer", ...events);

const placesOf = (events: readonly RecordedEvent[]): number[] => events.map(({ revision }) => Number(revision));
const counted = (events: readonly RecordedEvent[]): number => events.length;

describe("The events of a stream that were known at an instant", () => {
  const knownAt = (instant: string) => ({ knownAt: instant, day: null, dayEnds: null });

  it("go up to the last that was recorded by then, whatever the clocks of those before it said", () => {
    const skewed = stream(
      ["2020-07-01T10:00:00.000Z", "2020-07-01"],
      ["2020-07-01T10:00:00.200Z", "2020-07-01"],
      ["2020-07-01T10:00:00.100Z", "2020-07-01"],
      ["2020-07-01T10:00:00.300Z", "2020-07-01"],
    );
    expect(counted(cut(skewed, knownAt("2020-07-01T10:00:00.100Z")))).toBe(3);
    expect(counted(cut(skewed, knownAt("2020-07-01T12:00:00.100+02:00")))).toBe(3);
    expect(counted(cut(skewed, knownAt("2020-07-01T10:00:00.099Z")))).toBe(1);
    expect(counted(cut(skewed, knownAt("2020-07-01T09:59:59.999Z")))).toBe(0);
    expect(counted(cut(skewed, { knownAt: null, day: null, dayEnds: null }))).toBe(4);
  });
});

describe("The events of a stream that hold for a day", () => {
  const events = stream(
    ["2020-07-01T10:00:00.000Z", "2020-07-01"],
    // Ordered on the 2nd for the 20th.
    ["2020-07-02T10:00:00.000Z", "2020-07-20"],
    // Recorded on the 9th, for the 9th.
    ["2020-07-09T10:00:00.000Z", "2020-07-09"],
    // Recorded on the 10th, dated back.
    ["2020-07-10T10:00:00.000Z", "2020-07-05"],
    ["2020-07-11T10:00:00.000Z", "2020-07-11"],
  );
  const on = (day: string, known: string | null = null, all = events) =>
    placesOf(cut(all, momentOf({ day, knownAt: known }, "2020-08-01T00:00:00.000Z", "UTC")));

  it("are those recorded by its end, and those that count from it or before: none that say something later only", () => {
    expect(on("2020-06-30")).toEqual([]);
    expect(on("2020-07-01")).toEqual([0]);
    expect(on("2020-07-02")).toEqual([0, 1]);
    // The last one is dated back to the 5th; what the 9th says comes along on no day before it.
    expect(on("2020-07-05")).toEqual([0, 1, 3]);
    expect(on("2020-07-08")).toEqual([0, 1, 3]);
    expect(on("2020-07-09")).toEqual([0, 1, 2, 3]);
    expect(on("2020-07-11")).toEqual([0, 1, 2, 3, 4]);
  });

  it("are among those that were known, where both are asked for", () => {
    expect(on("2020-07-05", "2020-07-09T12:00:00.000Z")).toEqual([0, 1]);
    expect(on("2020-07-05", "2020-07-10T12:00:00.000Z")).toEqual([0, 1, 3]);
    expect(on("2020-07-20", "2020-07-02T12:00:00.000Z")).toEqual([0, 1]);
  });

  it("are none before it began, but of the catalog what was defined first", () => {
    const begun = [
      ["2020-07-10T10:00:00.000Z", "2020-08-01"],
      ["2020-07-12T10:00:00.000Z", "2020-07-05"],
    ] as const;
    expect(on("2020-07-05", null, stream(...begun))).toEqual([]);
    expect(on("2020-07-05", null, streamOf("receivables", ...begun))).toEqual([1]);
    expect(
      on("2020-07-05", null, streamOf("mainproduct", ...begun.map(([at]) => [at, "2020-07-10"] as const))),
    ).toEqual([0]);
    expect(on("2020-07-05", "2020-07-09T10:00:00.000Z", streamOf("mainproduct", ...begun))).toEqual([]);
  });

  it("do not change when something is recorded afterwards that says something later only", () => {
    const instant = fc
      .integer({ min: 0, max: 40 })
      .map((hours) => new Date(Date.UTC(2020, 6, 1, hours * 12)).toISOString());
    const dated = fc.integer({ min: -20, max: 40 }).map((count) => addDays("2020-07-10", count));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(instant, dated)),
        dated,
        fc.integer({ min: 1, max: 9 }),
        fc.nat({ max: 9 }),
        (told, day, after, later) => {
          const ordered = [...told].sort(([a], [b]) => compareText(a, b));
          const last = ordered.at(-1)?.[0].slice(0, 10) ?? day;
          const at = addDays(last > day ? last : day, after);
          const more = [`${at}T12:00:00.000Z`, addDays(day, 1 + later)] as const;
          expect(on(day, null, streamOf("receivables", ...ordered, more))).toEqual(
            on(day, null, streamOf("receivables", ...ordered)),
          );
        },
      ),
    );
  });

  it("have the ordering of a pause that was moved to days before it", () => {
    const said = (type: string, recordedAt: string, effectiveOn: string, pauseId: string) => ({
      ...{ type, stream: streamNamed("commitment"), metadata: { recordedAt } },
      data: { pauseId, effectiveOn, orderedOn: recordedAt.slice(0, 10) },
    });
    const told = [
      said("CommitmentAssigned", "2020-07-01T10:00:00.000Z", "2020-07-01", ""),
      said("PauseScheduled", "2020-07-08T10:00:00.000Z", "2020-07-20", "moved"),
      said("PauseScheduled", "2020-07-09T10:00:00.000Z", "2020-07-28", "other"),
      said("PauseChanged", "2020-07-10T10:00:00.000Z", "2020-07-05", "moved"),
    ].map((event, place) => ({ ...event, revision: BigInt(place) }) as unknown as RecordedEvent);
    expect(on("2020-07-04", null, told)).toEqual([0]);
    expect(on("2020-07-05", null, told)).toEqual([0, 1, 3]);
  });

  it("fold to a commitment that is on the day what all that is known now makes of it", () => {
    fc.assert(
      fc.property(endingLives, (acts) => {
        const { moments, last } = lived(acts);
        const recorded = moments.flatMap(({ on: today, events: said }) => said.map((event) => ({ event, today })));
        const told = [{ event: started, today: START }, ...recorded].map(
          ({ event, today }, place) =>
            ({
              ...event,
              ...{ id: `e${place}`, stream: streamNamed("commitment"), revision: BigInt(place) },
              metadata: { recordedAt: `${today}T12:00:00.000Z` },
            }) as unknown as RecordedEvent<CommitmentEvent>,
        );
        const until = daysBetween(START, moments.at(-1)?.on ?? START) + 20;
        for (let count = 0; count <= until; count += 1) {
          const day = addDays(START, count);
          const moment = momentOf({ day, knownAt: null }, "2030-01-01T00:00:00.000Z", "UTC");
          const counted = cut(told, moment) as typeof told;
          const held = counted.reduce<Commitment | null>((state, event) => evolved(state, event, event.id), null);
          expect(held && seenOn(held, day)).toEqual(seenOn(last, day));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** What charges of a day go by: on a paused one there are none, with a discount or without. */
const seenOn = (commitment: Commitment, day: LocalDate) => {
  const status = statusOn(commitment, day);
  const isDiscounted = status === "ACTIVE" && day < (discountEndForServing(commitment, day) ?? day);
  return { status, isDiscounted, terms: termsOn(commitment, day).name };
};

describe("The present of an answer", () => {
  const present = "2020-08-01T12:00:00.000Z";
  const at = (day: string | null, knownAt: string | null, zone = "UTC") => momentOf({ day, knownAt }, present, zone).at;

  it("is the last moment of the day in the customer's time zone", () => {
    expect(at("2020-07-10", null)).toBe("2020-07-10T23:59:59.999Z");
    expect(at("2020-07-10", null, "Pacific/Auckland")).toBe("2020-07-10T11:59:59.999Z");
    expect(at("2199-12-31", null, "America/New_York")).toBe("2200-01-01T04:59:59.999Z");
  });

  it("is the instant of knowing on its own day, and without a day", () => {
    expect(at("2020-08-01", null)).toBe(present);
    expect(at(null, "2020-07-10T10:00:00.000Z")).toBe("2020-07-10T10:00:00.000Z");
    expect(at("2020-07-10", "2020-07-10T10:00:00.000Z")).toBe("2020-07-10T10:00:00.000Z");
    expect(at("2020-07-11", "2020-07-10T23:00:00.000Z", "Europe/Rome")).toBe("2020-07-10T23:00:00.000Z");
  });
});
