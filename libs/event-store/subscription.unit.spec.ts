import { describe, expect, it, onTestFinished, vi } from "vitest";
import { RestartFrom } from "./errors.js";
import { type Batch, type SubscribeOptions } from "./event-store.js";
import { comparePositions, type Position, START } from "./position.js";
import { added, amountOf, counterStream, counterTypes, chained } from "./spec-support/counter.js";
import { InMemoryEventStore } from "./spec-support/in-memory-event-store.js";

const stream = counterStream("1");
const patience = { timeout: 50_000, interval: 5 };

/** A store with a subscription that writes down what it is given. */
const follow = (store: InMemoryEventStore, options: Partial<SubscribeOptions> = {}) => {
  const batches: Batch[] = [];
  const amounts: number[] = [];
  const onBatch = async (batch: Batch): Promise<void> => {
    await options.onBatch?.(batch);
    batches.push(batch);
    amounts.push(...batch.events.map(amountOf));
  };
  const subscription = store.subscribe({ name: "spec", from: START, ...options, onBatch });
  onTestFinished(() => subscription.stop());
  return { subscription, batches, amounts };
};

const opened = (watchdogMs?: number): InMemoryEventStore => new InMemoryEventStore(counterTypes, watchdogMs);

let written = 0;
const write = (store: InMemoryEventStore, amount: number): Position => {
  const [event] = chained(stream, `command ${(written += 1)}`, [added(amount)]);
  if (event === undefined) throw new Error("nothing chained");
  return store.write(stream, event).position;
};

describe("a subscription", () => {
  it("catches up in full batches, then tells that it did, then hands over at once", async () => {
    const store = opened();
    for (let amount = 0; amount < 12; amount += 1) write(store, amount);
    const { subscription, batches, amounts } = follow(store, { batchSize: 5 });
    await expect.poll(() => subscription.status().state, patience).toBe("live");
    expect(batches.map(({ events }) => events.length)).toEqual([5, 5, 2]);
    expect(batches.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
    const last = write(store, 12);
    await expect.poll(() => amounts, patience).toHaveLength(13);
    expect(amounts).toEqual(Array.from({ length: 13 }, (_, index) => index));
    expect(subscription.status()).toEqual({ position: last, state: "live", restarts: 0 });
  });

  it("starts after the position that it is given", async () => {
    const store = opened();
    write(store, 1);
    const from = write(store, 2);
    write(store, 3);
    const { amounts, subscription } = follow(store, { from });
    await expect.poll(() => subscription.status().state, patience).toBe("live");
    expect(amounts).toEqual([3]);
  });

  it("tells of an empty log that it has reached its end", async () => {
    const { batches } = follow(opened());
    await expect.poll(() => batches, patience).toEqual([{ events: [], position: START, caughtUp: true }]);
  });

  it("delivers a batch again whose taking failed, and nothing else", async () => {
    const store = opened();
    for (let amount = 0; amount < 6; amount += 1) write(store, amount);
    let failures = 3;
    const { amounts, subscription } = follow(store, {
      batchSize: 2,
      onBatch: ({ events }) => {
        const fails = failures > 0 && events.some(({ revision }) => revision === 2n);
        if (fails) failures -= 1;
        return fails ? Promise.reject(new Error("no room")) : Promise.resolve();
      },
    });
    await expect.poll(() => subscription.status().lastError, patience).toBe("no room");
    await expect.poll(() => amounts, patience).toHaveLength(6);
    expect(amounts).toEqual([0, 1, 2, 3, 4, 5]);
    expect(subscription.status().restarts).toBe(3);
    expect(subscription.status()).not.toHaveProperty("lastError");
  });

  it("resumes where its consumer says", async () => {
    const store = opened();
    const first = write(store, 1);
    for (const amount of [2, 3, 4]) write(store, amount);
    let moved = false;
    const { amounts } = follow(store, {
      onBatch: () => {
        if (moved) return Promise.resolve();
        moved = true;
        return Promise.reject(new RestartFrom(first));
      },
    });
    await expect.poll(() => amounts, patience).toEqual([2, 3, 4]);
  });

  it("comes back after its connection broke, without gap or repetition", async () => {
    const store = opened();
    const { amounts, subscription } = follow(store);
    for (let amount = 0; amount < 50; amount += 1) {
      write(store, amount);
      if (amount % 10 === 9) {
        store.disconnect();
        await expect.poll(() => subscription.status().state, patience).toBe("live");
      }
    }
    await expect.poll(() => amounts, patience).toHaveLength(50);
    expect(amounts).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it("hands over once what is delivered twice, early or late", async () => {
    const store = opened();
    const { amounts, subscription } = follow(store);
    await expect.poll(() => subscription.status().state, patience).toBe("live");
    write(store, 1);
    store.repeat(1);
    write(store, 2);
    store.repeat(2);
    write(store, 3);
    await expect.poll(() => amounts.at(-1), patience).toBe(3);
    expect(amounts).toEqual([1, 2, 3]);
    expect(subscription.status().restarts).toBe(0);
  });

  it("stops at an event that it cannot decode, says which, and goes on once it can", async () => {
    const types = { ...counterTypes };
    const store = new InMemoryEventStore(types);
    write(store, 1);
    const before = write(store, 2);
    const [event] = chained(stream, "poison", [added(3)]);
    store.write(stream, { id: "x", type: "Multiplied", data: { amount: 3 }, metadata: event?.metadata });
    write(store, 4);
    const { amounts, subscription } = follow(store);
    await expect.poll(() => subscription.status().restarts, patience).toBeGreaterThan(2);
    expect(amounts).toEqual([1, 2]);
    expect(subscription.status().position).toEqual(before);
    expect(subscription.status().lastError).toMatch(/Multiplied at tenure\..*counter-1@2/);
    Object.assign(types, { Multiplied: { version: 1 } });
    await expect.poll(() => amounts, patience).toEqual([1, 2, 3, 4]);
    expect(subscription.status()).not.toHaveProperty("lastError");
  });

  it("hands over what it cannot decode, to those who ask for it", async () => {
    const store = opened();
    write(store, 1);
    const [event] = chained(stream, "poison", [added(3)]);
    const poison = store.write(stream, { id: "x", type: "Multiplied", data: {}, metadata: event?.metadata });
    const stray = store.write(stream, { id: "y", type: "Noted", data: {}, metadata: {} });
    write(store, 4);
    const { amounts, batches, subscription } = follow(store, { unreadable: "HAND_OVER" });
    await expect.poll(() => amounts, patience).toEqual([1, 4]);
    const placed = ({ revision, position, id, type }: typeof poison) => ({ stream, revision, position, id, type });
    expect(batches.flatMap(({ unreadable = [] }) => unreadable)).toEqual([
      { ...placed(poison), reason: `Cannot decode Multiplied at ${stream}@1: the event type is not registered` },
      { ...placed(stray), reason: null },
    ]);
    expect(subscription.status()).toMatchObject({ state: "live", restarts: 0, position: await store.tail() });
  });

  it("passes over what others wrote, in streams of ours or under names that are not", async () => {
    const store = opened();
    write(store, 1);
    store.write(stream, { id: "y", type: "Noted", data: {}, metadata: {} });
    store.write("tenure.partner", { id: "z", type: "Added", data: { amount: 7 }, metadata: {} });
    write(store, 4);
    const last = store.write("tenure.partner", { id: "w", type: "Added", data: { amount: 7 }, metadata: {} });
    const { amounts, subscription } = follow(store);
    await expect.poll(() => subscription.status().position, patience).toEqual(last.position);
    expect(amounts).toEqual([1, 4]);
    expect(subscription.status().restarts).toBe(0);
  });

  it("is started anew by its watchdog when it fell silent while the log went on", async () => {
    const store = opened(20);
    const { amounts, subscription } = follow(store);
    await expect.poll(() => subscription.status().state, patience).toBe("live");
    store.mute = true;
    write(store, 1);
    await expect.poll(() => amounts, patience).toEqual([1]);
    expect(subscription.status().restarts).toBe(1);
  });

  it("is left alone by its watchdog while its consumer is busy or there is nothing new", async () => {
    const store = opened(5);
    write(store, 1);
    let release = (): void => undefined;
    const busy = new Promise<void>((resolve) => (release = resolve));
    let isBusy = false;
    const { amounts, subscription } = follow(store, {
      onBatch: () => {
        isBusy = true;
        return busy;
      },
    });
    await expect.poll(() => isBusy, patience).toBe(true);
    const looks = vi.spyOn(store, "tail");
    write(store, 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(looks).not.toHaveBeenCalled();
    release();
    await expect.poll(() => looks.mock.calls.length, patience).toBeGreaterThan(5);
    expect(amounts).toEqual([1, 2]);
    expect(subscription.status().restarts).toBe(0);
  });

  it("hands over one batch at a time, and none after it was stopped", async () => {
    const store = opened();
    write(store, 1);
    const running: number[] = [];
    let release = (): void => undefined;
    const { subscription, batches } = follow(store, {
      onBatch: async () => {
        running.push(1);
        await new Promise<void>((resolve) => (release = resolve));
      },
    });
    await expect.poll(() => running, patience).toHaveLength(1);
    write(store, 2);
    let stopped = false;
    const stopping = subscription.stop().then(() => (stopped = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toBe(false);
    release();
    await stopping;
    write(store, 3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(running).toHaveLength(1);
    expect(batches).toHaveLength(1);
    expect(subscription.status().state).toBe("stopped");
    expect(comparePositions(subscription.status().position, START)).toBe(1);
  });
});
