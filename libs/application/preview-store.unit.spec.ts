import { describe, expect, it } from "vitest";
import { loadAggregate } from "#event-store/fold.js";
import { decideAndAppend } from "./command/decide-and-append.js";
import { START } from "#event-store/position.js";
import { PreviewStore } from "./preview-store.js";
import { added, counter, counterStream, counterTypes } from "#event-store/spec-support/counter.js";
import { envelope } from "./spec-support/counter.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";

const stream = counterStream("1");
const add = (store: InMemoryEventStore | PreviewStore, key: string, amount: number) =>
  decideAndAppend(store, {
    stream,
    evolver: counter,
    envelope: envelope(key, { amount }),
    types: counterTypes,
    decide: () => [added(amount), added(1)],
  });

describe("a preview store", () => {
  it("runs a command as it would run, and records nothing", async () => {
    const [stored, other] = [new InMemoryEventStore(counterTypes), new InMemoryEventStore(counterTypes)];
    for (const store of [stored, other]) await add(store, "a", 5);
    const before = await stored.tail();
    const preview = new PreviewStore(stored, counterTypes);
    const foreseen = await add(preview, "b", 7);
    const recorded = await add(other, "b", 7);
    expect(foreseen).toEqual({ ...recorded, position: START });
    const [, , ...behind] = await other.readStream(stream);
    expect(preview.appended).toEqual(behind.map((event) => ({ ...event, position: START })));
    expect(await stored.tail()).toEqual(before);
    expect(await stored.readStream(stream)).toHaveLength(2);
  });

  it("reads what was appended behind what is stored", async () => {
    const stored = new InMemoryEventStore(counterTypes);
    await add(stored, "a", 5);
    const preview = new PreviewStore(stored, counterTypes);
    await add(preview, "b", 7);
    expect(await loadAggregate(preview, stream, counter)).toMatchObject({ state: 14, revision: 3n });
    const revisions = async (options: { from?: bigint; backwards?: boolean; limit?: number }) =>
      (await preview.readStream(stream, options)).map(({ revision }) => revision);
    expect(await revisions({ from: 1n, limit: 2 })).toEqual([1n, 2n]);
    expect(await revisions({ backwards: true, limit: 3 })).toEqual([3n, 2n, 1n]);
    expect(await revisions({ backwards: true, from: 2n })).toEqual([2n, 1n, 0n]);
    expect(await preview.readStream(counterStream("2"))).toEqual([]);
  });

  it("begins streams", async () => {
    const preview = new PreviewStore(new InMemoryEventStore(counterTypes), counterTypes);
    expect(await add(preview, "a", 5)).toMatchObject({ state: 6, revision: 1n, repeated: false });
    expect(preview.appended.map(({ revision }) => revision)).toEqual([0n, 1n]);
  });

  it("refuses what could not be recorded", () => {
    const preview = new PreviewStore(new InMemoryEventStore(counterTypes), counterTypes);
    expect(() => preview.append(stream, "no_stream", [{ type: "Unknown" } as never])).toThrow(TypeError);
  });
});
