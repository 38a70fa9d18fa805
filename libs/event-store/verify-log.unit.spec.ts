import { afterEach, describe, expect, it } from "vitest";
import { streamName } from "./streams.js";
import { added, counterStream, counterTypes, PROVIDER, chained } from "./spec-support/counter.js";
import { InMemoryEventStore } from "./spec-support/in-memory-event-store.js";
import { verifyLog } from "./verify-log.js";

const [one, two] = [counterStream("1"), counterStream("2")];
const OTHER = "0f3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";

const stores: InMemoryEventStore[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

/** Two streams of three events; of the second, `change` makes what is stored. */
const logWith = (change: (event: Stored, index: number) => Stored | undefined = (event) => event) => {
  const store = new InMemoryEventStore(counterTypes);
  stores.push(store);
  for (const event of chained(one, "a", [added(1), added(2), added(3)])) store.write(one, event);
  chained(two, "b", [added(1), added(2), added(3)]).forEach((event, index) => {
    const stored = change(event, index);
    if (stored !== undefined) store.write(two, stored);
  });
  return store;
};

type Stored = Parameters<InMemoryEventStore["write"]>[1];

/** The second event of the stream is another one. */
const second = (change: (event: Stored) => Stored | undefined) =>
  logWith((event, index) => (index === 1 ? change(event) : event));

describe("verifying a log", () => {
  it("finds every link of every stream", async () => {
    expect(await verifyLog(logWith())).toEqual({ streams: 2, events: 6, broken: [] });
  });

  it("has nothing against an empty log", async () => {
    expect(
      await verifyLog(
        logWith(() => undefined),
        { provider: OTHER },
      ),
    ).toEqual({
      streams: 0,
      events: 0,
      broken: [],
    });
  });

  it("names the first broken link of the stream in which data was changed, and no other", async () => {
    const { broken, ...counts } = await verifyLog(second((event) => ({ ...event, data: { amount: 2000 } })));
    expect(counts).toEqual({ streams: 2, events: 6 });
    expect(broken).toEqual([
      {
        stream: two,
        revision: 1n,
        type: "Added",
        reason: expect.stringMatching(/^its content hash should be [0-9a-f]{64}$/) as string,
      },
    ]);
  });

  it("misses an event that was dropped, by the next one's hash", async () => {
    const { broken } = await verifyLog(second(() => undefined));
    expect(broken).toMatchObject([{ stream: two, revision: 1n }]);
  });

  it("takes an event that cannot be read for a broken link", async () => {
    const { broken } = await verifyLog(second((event) => ({ ...event, data: "{" })));
    expect(broken).toEqual([
      {
        stream: two,
        revision: 1n,
        type: "Added",
        reason: `Cannot decode Added at ${two}@1: its data is not a JSON object`,
      },
    ]);
  });

  it("passes over what others wrote into a stream of ours", async () => {
    const store = logWith();
    store.write(one, { id: "n", type: "Noted", data: {}, metadata: {} });
    expect(await verifyLog(store)).toEqual({ streams: 2, events: 7, broken: [] });
  });

  it("looks at one provider's streams only, if told so", async () => {
    const store = second((event) => ({ ...event, data: { amount: 2000 } }));
    const foreign = streamName(OTHER, "counter", "1");
    for (const event of chained(foreign, "c", [added(1)])) store.write(foreign, event);
    expect(await verifyLog(store, { provider: OTHER })).toEqual({ streams: 1, events: 1, broken: [] });
    expect((await verifyLog(store, { provider: PROVIDER })).broken).toHaveLength(1);
  });

  it("gives up on a log that says nothing", async () => {
    const store = logWith();
    const subscribe = store.subscribe.bind(store);
    // Nothing of it is ever taken.
    store.subscribe = (options) => subscribe({ ...options, onBatch: () => Promise.reject(new Error("dropped")) });
    await expect(verifyLog(store, { patienceMs: 100 })).rejects.toThrow(
      "The log could not be read to its end: dropped",
    );
  });
});
