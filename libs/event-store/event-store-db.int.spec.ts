import { randomUUID } from "node:crypto";
import { BACKWARDS, END, EventStoreDBClient, jsonEvent, NO_STREAM, StreamNotFoundError } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { AppendTooLarge, StoreUnavailable, UndecodableEvent, WrongExpectedRevision } from "./errors.js";
import { type NewEvent } from "./event.js";
import { type EventStore } from "./event-store.js";
import { createEventStore, type EventStoreOptions } from "./event-store-db.js";
import { comparePositions, START } from "./position.js";
import { added, amountOf, counterStream, counterTypes, chained } from "./spec-support/counter.js";
import { EmbeddedServer, urlOf } from "./spec-support/embedded-server.js";
import { Proxy } from "./spec-support/proxy.js";
import { streamName } from "./streams.js";

let server: EmbeddedServer;
beforeAll(async () => {
  server = await EmbeddedServer.started();
});
afterAll(() => server.remove());

const open = (options: Partial<EventStoreOptions> = {}): EventStore => {
  const store = createEventStore({ url: server.url, types: counterTypes, ...options });
  onTestFinished(() => store.close());
  return store;
};

const newStream = (): string => counterStream(randomUUID());

/** One event per amount, all of one command. */
const events = (stream: string, amounts: readonly number[], after?: NewEvent, note?: string): NewEvent[] =>
  chained(
    stream,
    `command ${amounts.join()}`,
    amounts.map((amount) => added(amount, note)),
    after,
  );

const amountsIn = async (store: EventStore, stream: string): Promise<number[]> =>
  (await store.readStream(stream)).map(amountOf);

describe("whether the store takes appends", () => {
  const heartbeats = async (): Promise<number> => {
    const client = EventStoreDBClient.connectionString(server.url);
    onTestFinished(() => client.dispose());
    let last = -1;
    const read = client.readStream("tenure-heartbeats", { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    try {
      for await (const { event } of read) last = Number(event?.revision ?? -1);
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return last + 1;
  };

  it("is tried by an event that concerns nobody, unless an append has just been acknowledged", async () => {
    const before = await heartbeats();
    const idle = open();
    await Promise.all([idle.requireAppends(), idle.requireAppends()]);
    await idle.requireAppends();
    expect(await heartbeats()).toBe(before + 1);
    const busy = open();
    const stream = newStream();
    const { position } = await busy.append(stream, "no_stream", events(stream, [1]));
    await busy.requireAppends();
    expect(await heartbeats()).toBe(before + 1);
    await open().requireAppends();
    expect(await open().tail()).toEqual(position);
  });
});

describe("append and read", () => {
  it("gives back what was appended, in order, with revisions and positions as bigint", async () => {
    const store = open();
    const stream = newStream();
    const first = events(stream, [1, 2]);
    const one = await store.append(stream, "no_stream", first);
    const two = await store.append(stream, one.revision, events(stream, [3], first.at(-1)));
    expect([one.revision, two.revision]).toEqual([1n, 2n]);
    expect(comparePositions(one.position, two.position)).toBe(-1);

    const read = await store.readStream(stream);
    expect(read.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
    expect(read.map(({ data }) => data)).toEqual([{ amount: 1 }, { amount: 2 }, { amount: 3 }]);
    expect(read[0]).toMatchObject({ stream, id: first[0]?.id, type: "Added", metadata: first[0]?.metadata });
    expect(read[1]?.position).toEqual(one.position);
    expect(read[2]?.position).toEqual(two.position);
    expect(await store.tail()).toEqual(two.position);
  });

  it("reads parts of a stream, both ways, and nothing of one that does not exist", async () => {
    const store = open();
    const stream = newStream();
    await store.append(stream, "no_stream", events(stream, [0, 1, 2, 3, 4]));
    const revisions = async (options: Parameters<EventStore["readStream"]>[1]) =>
      (await store.readStream(stream, options)).map(({ revision }) => Number(revision));
    expect(await revisions({ from: 3n })).toEqual([3, 4]);
    expect(await revisions({ from: 5n })).toEqual([]);
    expect(await revisions({ limit: 2 })).toEqual([0, 1]);
    expect(await revisions({ backwards: true, limit: 2 })).toEqual([4, 3]);
    expect(await revisions({ backwards: true, from: 1n })).toEqual([1, 0]);
    expect(await store.readStream(newStream())).toEqual([]);
    expect(await store.readStream(newStream(), { backwards: true, limit: 1 })).toEqual([]);
  });

  it("tells the actual revision when another one was expected", async () => {
    const store = open();
    const stream = newStream();
    const one = await store.append(stream, "no_stream", events(stream, [1, 2]));
    const wrong = async (expected: "no_stream" | bigint) =>
      store.append(stream, expected, events(stream, [9])).catch((error: unknown) => error);
    for (const expected of ["no_stream", 0n, 7n] as const) {
      const error = await wrong(expected);
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({ stream, expected, actual: one.revision });
    }
    const absent = newStream();
    const error = await store.append(absent, 3n, events(absent, [1])).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "WrongExpectedRevision", expected: 3n, actual: "no_stream" });
  });

  it("answers a repeated append with its first result", async () => {
    const store = open();
    const stream = newStream();
    const batch = events(stream, [1, 2]);
    const first = await store.append(stream, "no_stream", batch);
    await store.append(stream, first.revision, events(stream, [3], batch.at(-1)));
    expect(await store.append(stream, "no_stream", batch)).toEqual(first);
    expect(await amountsIn(store, stream)).toEqual([1, 2, 3]);
  });

  it("refuses what is too large, and what could not be read back", async () => {
    const store = open();
    const stream = newStream();
    const huge = chained(stream, "huge", [added(1, "x".repeat(2 * 1024 * 1024))]);
    await expect(store.append(stream, "no_stream", huge)).rejects.toBeInstanceOf(AppendTooLarge);
    const [event] = events(stream, [1]);
    const unfit = { ...event, data: { amount: 1n } } as NewEvent;
    await expect(store.append(stream, "no_stream", [unfit])).rejects.toThrow(TypeError);
    await expect(store.append(stream, "no_stream", [])).rejects.toThrow(TypeError);
    expect(await store.readStream(stream)).toEqual([]);
  });

  it("names the event that it cannot decode", async () => {
    const stream = newStream();
    const client = EventStoreDBClient.connectionString(server.url);
    onTestFinished(() => client.dispose());
    const [{ metadata } = {}] = events(stream, [1]);
    const unheard = jsonEvent({ type: "Unheard", data: {}, metadata: { ...metadata } });
    await client.appendToStream(stream, unheard, { expectedRevision: NO_STREAM });
    const reading = open().readStream(stream);
    await expect(reading).rejects.toBeInstanceOf(UndecodableEvent);
    await expect(reading).rejects.toThrow(`Unheard at ${stream}@0`);
  });
});

describe("a stream that others write to, too", () => {
  it("is read without their events", async () => {
    const stream = newStream();
    const client = EventStoreDBClient.connectionString(server.url);
    onTestFinished(() => client.dispose());
    const store = open();
    await client.appendToStream(stream, jsonEvent({ type: "Noted", data: {} }), { expectedRevision: NO_STREAM });
    await store.append(stream, 0n, events(stream, [1]));
    await client.appendToStream(stream, jsonEvent({ type: "Noted", data: {} }));
    const read = await store.readStream(stream);
    expect(read.map((event) => [event.revision, amountOf(event)])).toEqual([[1n, 1]]);
  });
});

describe("what the store may forget of a stream", () => {
  it("is what the stream's metadata say, and nothing of one that was deleted", async () => {
    const store = open();
    const [stream, deleted, gone] = [newStream(), newStream(), newStream()];
    const client = EventStoreDBClient.connectionString(server.url);
    onTestFinished(() => client.dispose());
    const nothing = { maxAge: null, truncateBefore: null };
    expect(await store.retentionOf(stream)).toEqual(nothing);
    await client.setStreamMetadata(stream, { maxAge: 60, truncateBefore: 2 });
    expect(await store.retentionOf(stream)).toEqual({ maxAge: 60, truncateBefore: 2n });
    for (const each of [deleted, gone]) await store.append(each, "no_stream", events(each, [1]));
    await client.deleteStream(deleted);
    await client.tombstoneStream(gone);
    expect([await store.retentionOf(deleted), await store.retentionOf(gone)]).toEqual([nothing, nothing]);
  });

  it("is what is older than 400 days of a stream of calls, from its first event on", async () => {
    const store = open();
    const [calls, other] = [streamName(randomUUID(), "calls", randomUUID()), newStream()];
    for (const each of [calls, other]) await store.append(each, "no_stream", events(each, [1]));
    await store.append(calls, 0n, events(calls, [2]));
    expect(await store.retentionOf(calls)).toEqual({ maxAge: 34_560_000, truncateBefore: null });
    expect(await store.retentionOf(other)).toEqual({ maxAge: null, truncateBefore: null });
  });
});

describe("tail", () => {
  it("is the last event of ours, whatever others wrote behind it", async () => {
    const own = await EmbeddedServer.started();
    onTestFinished(() => own.remove());
    const store = open({ url: own.url });
    expect(await store.tail()).toEqual(START);
    const stream = newStream();
    const { position } = await store.append(stream, "no_stream", events(stream, [1, 2]));
    const client = EventStoreDBClient.connectionString(own.url);
    const foreign = Array.from({ length: 500 }, () => jsonEvent({ type: "Foreign", data: { any: "thing" } }));
    await client.appendToStream("somebody-else", foreign);
    await client.dispose();
    expect(await store.tail()).toEqual(position);
    const later = await store.append(stream, 1n, events(stream, [3]));
    expect(await store.tail()).toEqual(later.position);
  });
});

describe("a server that fails", () => {
  it("loses and doubles nothing when killed in the middle of appends", async () => {
    const own = await EmbeddedServer.started();
    onTestFinished(() => own.remove());
    const store = open({ url: own.url });
    const streams = Array.from({ length: 16 }, newStream);
    // Large enough for appends to wait until they can be written.
    const note = "x".repeat(50_000);
    const acknowledged = new Map<string, number[]>();
    let running = true;
    const write = async (stream: string) => {
      const done: number[] = [];
      acknowledged.set(stream, done);
      let last: NewEvent | undefined;
      for (let amount = 0; running; amount += 1) {
        const [event] = events(stream, [amount], last, note);
        if (event === undefined) throw new Error("nothing chained");
        const { revision } = await store.append(stream, amount === 0 ? "no_stream" : BigInt(amount - 1), [event]);
        expect(revision).toBe(BigInt(amount));
        done.push(amount);
        last = event;
      }
    };
    const total = () => [...acknowledged.values()].reduce((sum, { length }) => sum + length, 0);
    const writing = Promise.all(streams.map(write));
    for (let round = 0; round < 3; round += 1) {
      const before = total();
      await expect.poll(total, { timeout: 120_000 }).toBeGreaterThan(before + 100);
      await own.kill();
      await own.start();
    }
    const before = total();
    await expect.poll(total, { timeout: 120_000 }).toBeGreaterThan(before + 100);
    running = false;
    await writing;
    for (const stream of streams) expect(await amountsIn(store, stream)).toEqual(acknowledged.get(stream));
  });

  it("is given up on after the total time, reads and appends alike", async () => {
    const own = await EmbeddedServer.started();
    onTestFinished(() => own.remove());
    await own.kill();
    const store = open({ url: own.url, retryMs: 300 });
    const stream = newStream();
    await expect(store.readStream(stream)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.append(stream, "no_stream", events(stream, [1]))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.tail()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it("is not waited for when it takes calls and never answers", async () => {
    const proxy = await Proxy.to(server.port);
    onTestFinished(() => {
      proxy.close();
    });
    const options = { appendTimeoutMs: 200, readTimeoutMs: 200, retryMs: 500 };
    const store = open({ url: urlOf(proxy.port), ...options });
    const stream = newStream();
    await open({ url: urlOf(proxy.port) }).append(stream, "no_stream", events(stream, [1]));
    proxy.silent = true;
    await expect(store.readStream(stream)).rejects.toThrow(/No answer within \d+ ms/);
    await expect(store.tail()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.append(stream, 0n, events(stream, [2]))).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
