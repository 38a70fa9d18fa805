import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reject } from "#domain/rejection.js";
import { verifyChain } from "#event-store/content-hash.js";
import { AppendTooLarge } from "#event-store/errors.js";
import { loadAggregate } from "#event-store/fold.js";
import { type Decided, decideAndAppend, type Deciding } from "./decide-and-append.js";
import { eventId } from "#event-store/ids.js";
import { START } from "#event-store/position.js";
import {
  added,
  counter,
  type CounterEvent,
  counterStream,
  counterTypes,
  PROVIDER,
  chained,
} from "#event-store/spec-support/counter.js";
import { envelope } from "../spec-support/counter.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";

const stream = counterStream("1");

type Options = Deciding<number, CounterEvent>;

const add = (
  store: InMemoryEventStore,
  key: string,
  amounts: readonly number[],
  changes: Partial<Options> = {},
): Promise<Decided<number, CounterEvent>> =>
  decideAndAppend(store, {
    stream,
    evolver: counter,
    envelope: envelope(key, { amounts }),
    decide: () => amounts.map((amount) => added(amount)),
    types: counterTypes,
    ...changes,
  });

describe("decideAndAppend", () => {
  it("decides on the folded state and appends behind it", async () => {
    const store = new InMemoryEventStore(counterTypes);
    const seen: [number, boolean][] = [];
    const decide: Options["decide"] = (state, exists) => {
      seen.push([state, exists]);
      return [added(state + 1)];
    };
    const first = await add(store, "a", [], { decide });
    const second = await add(store, "b", [], { decide });
    expect(seen).toEqual([
      [0, false],
      [1, true],
    ]);
    expect(first).toMatchObject({ state: 1, revision: 0n, repeated: false, events: [added(1)] });
    expect(second).toMatchObject({ state: 3, revision: 1n, repeated: false, events: [added(2)] });
    expect(second.position).toEqual(await store.tail());
  });

  it("records who asked, derives the ids and chains the hashes", async () => {
    const store = new InMemoryEventStore(counterTypes);
    await add(store, "a", [1, 2]);
    await add(store, "b", [3], { envelope: { ...envelope("b"), correlationId: "request", causationId: "cause" } });
    const events = await store.readStream(stream);
    const [one, two, three] = events.map(({ metadata }) => metadata);
    expect(one).toMatchObject({ provider: PROVIDER, actor: "spec", correlationId: one?.commandId, schemaVersion: 1 });
    expect(two?.commandId).toBe(one?.commandId);
    expect(three).toMatchObject({ correlationId: "request", causationId: "cause" });
    expect(events.map(({ id }) => id)).toEqual(events.map(({ metadata }) => eventId(metadata.contentHash)));
    expect(verifyChain(events)).toBeUndefined();
  });

  it("answers a repeated command with its first result, whatever has happened since", async () => {
    const store = new InMemoryEventStore(counterTypes);
    await add(store, "a", [1]);
    const first = await add(store, "b", [2, 3]);
    await add(store, "c", [4]);
    const again = await add(store, "b", [2, 3], {
      decide: () => {
        throw new Error("not asked again");
      },
    });
    expect(again).toEqual({ ...first, repeated: true });
    expect(await store.readStream(stream)).toHaveLength(4);
  });

  it("refuses the same key for another request or another command", async () => {
    const store = new InMemoryEventStore(counterTypes);
    await add(store, "a", [1]);
    await expect(add(store, "a", [2])).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
    const renamed = envelope("a", { amounts: [1] }, "subtract");
    await expect(add(store, "a", [1], { envelope: renamed })).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
    expect(await store.readStream(stream)).toHaveLength(1);
  });

  it("takes the same key of another actor for another command", async () => {
    const store = new InMemoryEventStore(counterTypes);
    await add(store, "a", [1]);
    const other = await add(store, "a", [2], { envelope: envelope("a", {}, "add", "somebody else") });
    expect(other).toMatchObject({ state: 3, repeated: false });
  });

  it("appends and remembers nothing when nothing is decided or the decision rejects", async () => {
    const store = new InMemoryEventStore(counterTypes);
    expect(await add(store, "a", [])).toEqual({
      state: 0,
      revision: -1n,
      position: START,
      events: [],
      repeated: false,
    });
    await add(store, "b", [5]);
    expect(await add(store, "a", [])).toMatchObject({ state: 5, revision: 0n, position: await store.tail() });

    const refuse: Options["decide"] = () => {
      throw reject("CONFLICT", "never");
    };
    await expect(add(store, "c", [1], { decide: refuse })).rejects.toMatchObject({ message: "never" });
    expect(await add(store, "c", [1])).toMatchObject({ state: 6, repeated: false });
    expect(await add(store, "a", [7])).toMatchObject({ state: 13, repeated: false });
  });

  it("decides again when another writer was faster", async () => {
    const store = new InMemoryEventStore(counterTypes);
    let others = 2;
    store.onAppend = async () => {
      if (others === 0) return;
      others -= 1;
      const name = `other ${others}`;
      store.onAppend = () => undefined;
      await add(store, name, [10]);
      store.onAppend = race;
    };
    const race = store.onAppend;
    const states: number[] = [];
    const decide: Options["decide"] = (state) => {
      states.push(state);
      return [added(1)];
    };
    expect(await add(store, "mine", [1], { decide })).toMatchObject({ state: 21, revision: 2n });
    expect(states).toEqual([0, 10, 20]);
    expect(verifyChain(await store.readStream(stream))).toBeUndefined();
  });

  it("answers the first result when the faster writer was the same command, though it decides otherwise now", async () => {
    const store = new InMemoryEventStore(counterTypes);
    store.onAppend = async () => {
      store.onAppend = () => undefined;
      await add(store, "mine", [1], { decide: () => [added(1)] });
    };
    const later = { ...envelope("mine", { amounts: [1] }), recordedAt: "2020-07-02T00:00:00.000Z" };
    const result = await add(store, "mine", [1], { envelope: later, decide: () => [added(2)] });
    expect(result).toMatchObject({ state: 1, revision: 0n, events: [added(1)], repeated: true });
    expect(await store.readStream(stream)).toHaveLength(1);
  });

  it("never tells the loser of two racing requests with the same key that it was accepted", async () => {
    const store = new InMemoryEventStore(counterTypes);
    store.onAppend = async () => {
      store.onAppend = () => undefined;
      await add(store, "shared", [1]);
    };
    await expect(add(store, "shared", [2])).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
    expect(await store.readStream(stream)).toHaveLength(1);
  });

  it("gives up with CONFLICT after the attempts it was given", async () => {
    const store = new InMemoryEventStore(counterTypes);
    let appends = 0;
    store.onAppend = () => {
      appends += 1;
      const [event] = chained(stream, `other ${appends}`, [added(1)]);
      if (event) store.write(stream, event);
    };
    await expect(add(store, "mine", [1])).rejects.toMatchObject({ code: "CONFLICT" });
    expect(appends).toBe(5);
    await expect(add(store, "mine", [1], { attempts: 2 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(appends).toBe(7);
  });

  it("passes on what the store throws", async () => {
    const store = new InMemoryEventStore(counterTypes);
    store.onAppend = () => {
      throw new AppendTooLarge(stream, 1);
    };
    await expect(add(store, "a", [1])).rejects.toBeInstanceOf(AppendTooLarge);
  });

  it("counts each command once, however often and in whatever order commands are repeated", async () => {
    const commands = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(commands, async (keys) => {
        const store = new InMemoryEventStore(counterTypes);
        const results = new Map<number, Decided<number, CounterEvent>>();
        for (const key of keys) {
          const result = await add(store, `key ${key}`, [key, 1]);
          const first = results.get(key);
          if (first) expect(result).toEqual({ ...first, repeated: true });
          else results.set(key, result);
        }
        const { state, events } = await loadAggregate(store, stream, counter);
        expect(events).toHaveLength(results.size * 2);
        expect(state).toBe([...results.keys()].reduce((sum, key) => sum + key + 1, 0));
        expect(verifyChain(events)).toBeUndefined();
      }),
    );
  });
});
