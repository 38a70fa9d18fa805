import { describe, expect, it } from "vitest";
import { type RecordedEvent } from "#event-store/event.js";
import { cut } from "./cut.js";
import { momentOf } from "./moment.js";

/** A stream of events, each with its instant of recording and its own day; named by their places. */
const stream = (...events: readonly (readonly [recordedAt: string, effectiveOn: string])[]): RecordedEvent[] =>
  events.map(
    ([recordedAt, effectiveOn], place) =>
      ({ revision: BigInt(place), metadata: { recordedAt }, data: { effectiveOn } }) as unknown as RecordedEvent,
  );

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
  const on = (day: string, known: string | null = null) =>
    counted(cut(events, momentOf({ day, knownAt: known }, "2020-08-01T00:00:00.000Z", "UTC")));

  it("go up to the last that was recorded by its end, or takes effect on it or before", () => {
    expect(on("2020-06-30")).toBe(0);
    expect(on("2020-07-01")).toBe(1);
    expect(on("2020-07-02")).toBe(2);
    // The last one is dated back to the 5th: what was recorded before it comes along.
    expect(on("2020-07-05")).toBe(4);
    expect(on("2020-07-10")).toBe(4);
    expect(on("2020-07-11")).toBe(5);
  });

  it("are among those that were known, where both are asked for", () => {
    expect(on("2020-07-05", "2020-07-09T12:00:00.000Z")).toBe(2);
    expect(on("2020-07-20", "2020-07-02T12:00:00.000Z")).toBe(2);
  });
});

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
