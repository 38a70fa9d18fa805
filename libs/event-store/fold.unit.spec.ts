import { describe, expect, it } from "vitest";
import { loadAggregate } from "./fold.js";
import { START } from "./position.js";
import { added, counter, counterStream, counterTypes, chained } from "./spec-support/counter.js";
import { InMemoryEventStore } from "./spec-support/in-memory-event-store.js";

const stream = counterStream("1");

describe("loadAggregate", () => {
  it("folds the stream as it was at a revision", async () => {
    const store = new InMemoryEventStore(counterTypes);
    await store.append(stream, "no_stream", chained(stream, "a", [added(1), added(2), added(4)]));
    expect(await loadAggregate(store, stream, counter)).toMatchObject({ state: 7, revision: 2n });
    expect(await loadAggregate(store, stream, counter, { upTo: 1n })).toMatchObject({ state: 3, revision: 1n });
    expect(await loadAggregate(store, stream, counter, { upTo: -1n })).toMatchObject({ state: 0, revision: -1n });
    await expect(loadAggregate(store, stream, counter, { upTo: 3n })).rejects.toThrow(RangeError);
    expect(await loadAggregate(store, counterStream("2"), counter)).toMatchObject({ state: 0, position: START });
  });
});
