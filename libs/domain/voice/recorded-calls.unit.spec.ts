import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callsOf, type CallsEvent } from "./events.js";
import { hourOf, isRecorded, NO_CALLS, recordCalls, recordedCallsEvolver } from "./recorded-calls.js";
import { type UnratedXdr } from "./xdr.js";

const HOUR = "2020-07-10T12:00:00.000Z";
const xdr = (key: string, changes: Partial<UnratedXdr> = {}): UnratedXdr => ({
  state: "UNRATED",
  reason: "NO_RATE",
  key,
  leg: "IN",
  accountId: "account-1",
  customerId: "customer-1",
  day: "2020-07-10",
  answered: "2020-07-10T12:59:59.999Z",
  ended: "2020-07-10T13:00:30.000Z",
  authorised: "LIVE",
  personal: { cli: null, cld: "12065551202" },
  ...changes,
});
const { personal: numbers } = xdr("a");
const recorded = (key: string) => {
  const { personal: _, ...call } = xdr(key);
  return call;
};
const record = (calls: readonly UnratedXdr[], state = NO_CALLS) =>
  recordCalls({ edge: "edge-1", hour: HOUR, calls }, state);
const folded = (events: readonly CallsEvent[], state = NO_CALLS) =>
  events.reduce((before, event) => recordedCallsEvolver.evolve(before, event, "id"), state);
const keysIn = (events: readonly CallsEvent[]): string[] =>
  events.flatMap((event) => (event.type === "CallsRecorded" ? event.data.calls.map(({ key }) => key) : []));

describe("recording calls", () => {
  it("is an event with the calls of one edge and hour", () => {
    expect(record([xdr("a"), xdr("b")])).toEqual([
      {
        type: "CallsRecorded",
        data: {
          edge: "edge-1",
          hour: HOUR,
          calls: [recorded("a"), recorded("b")],
          effectiveOn: "2020-07-10",
          personal: { numbers: [numbers, numbers] },
        },
      },
    ]);
    expect(
      record([xdr("a"), xdr("b")]).map((event) => (event.type === "CallsRecorded" ? callsOf(event.data) : [])),
    ).toEqual([[xdr("a"), xdr("b")]]);
    expect(record([])).toEqual([]);
    expect(hourOf("2020-07-10T12:00:00.000Z")).toBe(HOUR);
    expect(() => record([xdr("a", { answered: "2020-07-10T13:00:00.000Z" })])).toThrow("was not answered in the hour");
  });

  it("lets the first of several reports stand, whatever the later ones say", () => {
    const [first, other] = [xdr("a"), xdr("a", { reason: "FORBIDDEN" })];
    expect(record([first, other])).toEqual(record([first]));
    expect(record([other], folded(record([first])))).toEqual([]);
  });

  it("has at most 500 calls, and 240 kB, in an event", () => {
    const many = Array.from({ length: 1_201 }, (_, index) => xdr(String(index)));
    const sizes = (calls: readonly UnratedXdr[]) =>
      record(calls).map((event) => (event.type === "CallsRecorded" ? event.data.calls.length : 0));
    expect(sizes(many)).toEqual([500, 500, 201]);
    const long = many.slice(0, 20).map((call) => ({ ...call, personal: { cli: "é".repeat(20_000), cld: "1" } }));
    expect(sizes(long).reduce((sum, count) => sum + count)).toBe(20);
    const bytes = record(long).map(({ data }) => new TextEncoder().encode(JSON.stringify(data)).length);
    expect(Math.max(...bytes)).toBeLessThan(241_000);
  });

  it("records every key once, in whichever batches calls are reported, and however often", () => {
    const keys = fc.array(fc.array(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 20 }), { maxLength: 20 });
    fc.assert(
      fc.property(keys, (batches) => {
        let state = NO_CALLS;
        const recorded: string[] = [];
        for (const batch of batches) {
          const events = record(
            batch.map((key) => xdr(key)),
            state,
          );
          recorded.push(...keysIn(events));
          state = folded(events, state);
        }
        const once = [...new Set(batches.flat())];
        expect(recorded).toEqual(once);
        expect(once.every((key) => isRecorded(state, key))).toBe(true);
        expect(isRecorded(state, "61")).toBe(false);
        const sizes = state.keys.map((set) => set.size);
        expect(sizes.every((size, index) => index === 0 || (sizes[index - 1] ?? 0) >= 2 * size)).toBe(true);
      }),
    );
  });
});
