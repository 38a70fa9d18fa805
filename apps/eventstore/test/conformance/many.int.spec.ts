import { binaryEvent, jsonEvent, type EventStoreDBClient } from "@eventstore/db-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { appended, collect, event, events, newStream, readStream, rejection, type Seen } from "./support/events.js";
import { Watched } from "./support/subscription.js";
import { openTarget, type Target } from "./support/target.js";

/** Sizes beyond one page, one message and one commit of the server's. */

let target: Target;
let client: EventStoreDBClient;

beforeAll(async () => {
  target = await openTarget();
  client = target.client;
});

afterAll(async () => {
  await target.close();
});

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

it("reads a stream of 10,000 events whole, in both directions, in part, and as a subscription", async () => {
  const stream = newStream();
  const list = events(10_000);
  for (let n = 0; n < 10_000; n += 1000) {
    const expectedRevision = n === 0 ? "no_stream" : BigInt(n - 1);
    await client.appendToStream(stream, list.slice(n, n + 1000), { expectedRevision });
  }
  const all = list.map((item, n) => appended(stream, n, item));
  expect(await readStream(client, stream)).toEqual(all);
  const backwards = client.readStream(stream, { direction: "backwards", fromRevision: "end", maxCount: 5000 });
  expect(await collect(backwards)).toEqual(all.slice(5000).toReversed());
  expect(await collect(client.readStream(stream, { fromRevision: 9990n }))).toEqual(all.slice(9990));
  const watched = new Watched(client.subscribeToStream(stream));
  await watched.untilCaughtUp();
  expect(watched.events).toEqual(all);
  await watched.subscription.unsubscribe();
});

it("keeps 1,000 streams apart that are written at the same time", async () => {
  const streams = upTo(1000).map(() => newStream("one-of-many"));
  const lists = streams.map((_, n) => events(3, 3 * n));
  await Promise.all(
    streams.map((stream, n) => client.appendToStream(stream, lists[n] ?? [], { expectedRevision: "no_stream" })),
  );
  const expected = new Map<string, Seen[]>(
    streams.map((stream, n) => [stream, (lists[n] ?? []).map((item, revision) => appended(stream, revision, item))]),
  );
  const found = new Map<string, Seen[]>(streams.map((stream) => [stream, []]));
  for (const seen of await collect(client.readAll())) found.get(seen.stream)?.push(seen);
  expect(found).toEqual(expected);
  const some = streams.filter((_, n) => n % 50 === 7);
  expect(await Promise.all(some.map((stream) => readStream(client, stream)))).toEqual(
    some.map((stream) => expected.get(stream)),
  );
});

it("takes an event of almost 1 MiB and gives it back to readers, subscribers and backwards", async () => {
  const stream = newStream();
  const large = jsonEvent({ type: "large", data: { text: "x".repeat(1024 * 1024 - 100) } });
  const list = [event(1), large, event(2)];
  for (const item of list) await client.appendToStream(stream, item);
  const all = list.map((item, n) => appended(stream, n, item));
  expect(await readStream(client, stream)).toEqual(all);
  const backwards = client.readStream(stream, { direction: "backwards", fromRevision: "end" });
  expect(await collect(backwards)).toEqual(all.toReversed());
  const watched = new Watched(client.subscribeToStream(stream));
  await watched.untilCaughtUp();
  expect(watched.events).toEqual(all);
  await watched.subscription.unsubscribe();
});

it("counts the data of an append's events, up to exactly 1 MiB, and neither their types nor their metadata", async () => {
  const stream = newStream();
  const half = (bytes: number) =>
    binaryEvent({ type: "t".repeat(1000), data: new Uint8Array(bytes), metadata: new Uint8Array(300_000) });
  const result = await client.appendToStream(stream, [half(512 * 1024), half(512 * 1024)]);
  expect(result.nextExpectedRevision).toBe(1n);
  expect(await rejection(client.appendToStream(stream, [half(512 * 1024), half(512 * 1024 + 1)]))).toEqual({
    type: "maximum-append-size-exceeded",
    maxAppendSize: 1024 * 1024,
  });
  expect((await collect(client.readStream(stream))).map(({ revision }) => revision)).toEqual([0n, 1n]);
});

it("refuses an event of more than 1 MiB, and the stream does not begin to exist by it", async () => {
  const stream = newStream();
  const tooLarge = jsonEvent({ type: "large", data: { text: "x".repeat(1024 * 1024 + 1) } });
  expect(await rejection(client.appendToStream(stream, tooLarge))).toEqual({
    type: "maximum-append-size-exceeded",
    maxAppendSize: 1024 * 1024,
  });
  expect(await rejection(readStream(client, stream))).toEqual({ type: "stream-not-found", streamName: stream });
});

it("sends 20 subscribers the same events in the same order", async () => {
  const stream = newStream();
  const subscribers = upTo(20).map(() => new Watched(client.subscribeToStream(stream, { fromRevision: "end" })));
  await Promise.all(subscribers.map((subscriber) => subscriber.untilCaughtUp()));
  const list = events(100);
  await Promise.all(upTo(10).map((n) => client.appendToStream(stream, list.slice(10 * n, 10 * n + 10))));
  const all = await readStream(client, stream);
  await Promise.all(subscribers.map((subscriber) => subscriber.untilCount(100)));
  expect(subscribers.map((subscriber) => subscriber.events)).toEqual(subscribers.map(() => all));
  await Promise.all(subscribers.map(({ subscription }) => subscription.unsubscribe()));
});
