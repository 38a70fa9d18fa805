import { randomUUID } from "node:crypto";
import { binaryEvent, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type NewEvent } from "./event.js";
import { type EventStore, type Batch, type SubscribeOptions } from "./event-store.js";
import { createEventStore, type EventStoreOptions } from "./event-store-db.js";
import { comparePositions, START } from "./position.js";
import { added, amountOf, counterStream, counterTypes, chained } from "./spec-support/counter.js";
import { EmbeddedServer, urlOf } from "./spec-support/embedded-server.js";
import { Proxy } from "./spec-support/proxy.js";

let server: EmbeddedServer;
beforeAll(async () => {
  server = await EmbeddedServer.started();
});
afterAll(() => server.remove());

const patience = { timeout: 120_000, interval: 5 };

const open = (options: Partial<EventStoreOptions> = {}): EventStore => {
  const store = createEventStore({ url: server.url, types: counterTypes, ...options });
  onTestFinished(() => store.close());
  return store;
};

/** Appends 0, 1, 2, … to a stream of its own, one append each. */
const writer = (store: EventStore) => {
  const stream = counterStream(randomUUID());
  let last: NewEvent | undefined;
  let next = 0;
  const write = async (count: number, note?: string): Promise<void> => {
    for (let n = 0; n < count; n += 1, next += 1) {
      const [event] = chained(stream, `command ${next}`, [added(next, note)], last);
      if (event === undefined) throw new Error("nothing chained");
      await store.append(stream, next === 0 ? "no_stream" : BigInt(next - 1), [event]);
      last = event;
    }
  };
  return { stream, write };
};

/** A subscription that writes down what it is given of one stream. */
const follow = (store: EventStore, stream: string, options: Partial<SubscribeOptions> = {}) => {
  const batches: Batch[] = [];
  const amounts: number[] = [];
  const onBatch = async (batch: Batch): Promise<void> => {
    await options.onBatch?.(batch);
    batches.push(batch);
    for (const event of batch.events) {
      if (event.stream === stream) amounts.push(amountOf(event));
    }
  };
  const subscription = store.subscribe({ name: "spec", from: START, ...options, onBatch });
  const live = () => expect.poll(() => subscription.status().state, patience).toBe("live");
  const upTo = (count: number) => expect.poll(() => amounts.at(-1), patience).toBe(count - 1);
  return { subscription, batches, amounts, live, upTo };
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe.each([
  { name: "a subscription", inThread: false },
  { name: "a subscription in a thread of its own", inThread: true },
])("$name", ({ inThread }) => {
  it("catches up in batches and then follows, event by event", async () => {
    const store = open();
    const { stream, write } = writer(store);
    await write(25);
    const { amounts, batches, live, upTo, subscription } = follow(store, stream, { batchSize: 10, inThread });
    await live();
    expect(amounts).toEqual(numbers(25));
    expect(Math.max(...batches.map(({ events }) => events.length))).toBe(10);
    await write(25);
    await upTo(50);
    expect(amounts).toEqual(numbers(50));
    expect(subscription.status()).toMatchObject({ state: "live", restarts: 0, position: await store.tail() });
    for (const [index, { position }] of batches.entries()) {
      expect(comparePositions(position, batches[index + 1]?.position ?? position)).toBeLessThanOrEqual(0);
    }
  });

  it("starts after a position, and passes what others write without handing it over", async () => {
    const store = open();
    const { stream, write } = writer(store);
    await write(3);
    const from = await store.tail();
    await write(2);
    const client = EventStoreDBClient.connectionString(server.url);
    onTestFinished(() => client.dispose());
    const foreign = () => Array.from({ length: 600 }, () => jsonEvent({ type: "Foreign", data: { any: "thing" } }));
    await client.appendToStream("somebody-else", foreign());
    const { amounts, batches, live, subscription } = follow(store, stream, { from, inThread });
    await live();
    expect(amounts).toEqual([3, 4]);
    const before = subscription.status().position;
    await client.appendToStream("somebody-else", foreign());
    await expect.poll(() => comparePositions(subscription.status().position, before), patience).toBe(1);
    expect(batches.at(-1)?.events).toEqual([]);
    expect(amounts).toEqual([3, 4]);
  });

  it("resumes by itself when the server was killed and started again, without gap or repetition", async () => {
    const own = await EmbeddedServer.started();
    onTestFinished(() => own.remove());
    const store = open({ url: own.url });
    const { stream, write } = writer(store);
    const { amounts, live, upTo, subscription } = follow(store, stream, { batchSize: 7, inThread });
    await live();
    for (let round = 1; round <= 3; round += 1) {
      const writing = write(150);
      await expect.poll(() => amounts.length, patience).toBeGreaterThan(round * 150 - 100);
      await own.kill();
      await own.start();
      await writing;
    }
    await upTo(450);
    expect(amounts).toEqual(numbers(450));
    expect(subscription.status().restarts).toBeGreaterThanOrEqual(3);
  });

  it("delivers again from the last batch that was taken when its consumer fails", async () => {
    const store = open();
    const { stream, write } = writer(store);
    await write(40);
    let calls = 0;
    const { amounts, live, subscription } = follow(store, stream, {
      ...{ batchSize: 6, inThread },
      onBatch: () => {
        calls += 1;
        return calls % 3 === 0 ? Promise.reject(new Error("no room")) : Promise.resolve();
      },
    });
    await live();
    expect(amounts).toEqual(numbers(40));
    expect(subscription.status().restarts).toBeGreaterThan(2);
  });

  it("ends with the store", async () => {
    const store = open();
    const { subscription, live } = follow(store, "", { inThread });
    await live();
    await store.close();
    expect(subscription.status().state).toBe("stopped");
    expect(() => follow(store, "")).toThrow(/closed/);
  });
});

describe("a subscription", () => {
  it("hands over the same by another thread, whatever it is", async () => {
    // What cannot be read would end other subscriptions.
    const own = await EmbeddedServer.started();
    onTestFinished(() => own.remove());
    const store = open({ url: own.url });
    const { stream, write } = writer(store);
    await write(2, 'ä \u{1F600} \u0000 "quoted"');
    const client = EventStoreDBClient.connectionString(own.url);
    onTestFinished(() => client.dispose());
    const bytes = Buffer.from([0, 255, 123]);
    await client.appendToStream(stream, [
      binaryEvent({ type: "Added", data: bytes, metadata: bytes }),
      jsonEvent({ type: "Added", data: { amount: 1.5, many: [null, -0.001, 1e300] }, metadata: { provider: 7 } }),
      jsonEvent({ type: "Other", data: "no object" }),
    ]);
    const handedOver = async (inThread: boolean) => {
      const { batches, live } = follow(store, stream, { inThread, unreadable: "HAND_OVER" });
      await live();
      return batches.flatMap(({ events, unreadable = [] }) => [...events, ...unreadable]);
    };
    const [here, there] = [await handedOver(false), await handedOver(true)];
    expect(there).toEqual(here);
    const reasons = there.map((event) => ("reason" in event ? event.reason : "read"));
    const cannot = (revision: number, why: string) => `Cannot decode Added at ${stream}@${revision}: ${why}`;
    expect(reasons).toEqual([
      ...["read", "read"],
      cannot(2, "its data is not a JSON object"),
      cannot(3, "metadata.provider is missing"),
      null,
    ]);
  });

  it("holds the server back while its consumer is busy", async () => {
    const store = open();
    const { stream, write } = writer(store);
    // More than the server may send before anything was taken.
    await write(100, "x".repeat(16_384));
    let release = (): void => undefined;
    const busy = new Promise<void>((resolve) => (release = resolve));
    const { amounts, live, batches } = follow(store, stream, { batchSize: 3, onBatch: () => busy });
    await write(20);
    expect(batches).toEqual([]);
    release();
    await live();
    expect(amounts).toEqual(numbers(120));
  });

  it("is started anew by its watchdog when it fell silent on a connection that works", async () => {
    const proxy = await Proxy.to(server.port);
    onTestFinished(() => {
      proxy.close();
    });
    const store = open({ url: urlOf(proxy.port), watchdogMs: 100 });
    const { stream, write } = writer(store);
    const { amounts, live, upTo, subscription } = follow(store, stream);
    await live();
    await write(5);
    await upTo(5);
    // A slow machine may look silent for a moment, too.
    const { restarts } = subscription.status();
    proxy.muteOpenCalls();
    await write(5);
    await upTo(10);
    expect(amounts).toEqual(numbers(10));
    expect(subscription.status().restarts).toBeGreaterThan(restarts);
  });

  it("comes back when its connection died without a word", async () => {
    const proxy = await Proxy.to(server.port);
    onTestFinished(() => {
      proxy.close();
    });
    const store = open({ url: urlOf(proxy.port), watchdogMs: 100, readTimeoutMs: 1_000 });
    const { stream, write } = writer(open());
    const { amounts, live, upTo } = follow(store, stream);
    await live();
    await write(5);
    await upTo(5);
    proxy.deafenConnections();
    await write(5);
    await upTo(10);
    expect(amounts).toEqual(numbers(10));
  });

  it("is back within two seconds after a long outage, whatever it has tried meanwhile", async () => {
    const own = await EmbeddedServer.started();
    onTestFinished(() => own.remove());
    const store = open({ url: own.url });
    const { stream, write } = writer(store);
    const { amounts, live, upTo, subscription } = follow(store, stream);
    await live();
    await write(1);
    await upTo(1);
    await own.kill();
    // Long enough for pauses of several seconds, had they grown without bound.
    await expect.poll(() => subscription.status().restarts, { timeout: 120_000 }).toBeGreaterThanOrEqual(10);
    await own.start();
    await write(1);
    await expect.poll(() => amounts, { timeout: 120_000, interval: 5 }).toEqual(numbers(2));
  });
});
