import type { EventStoreDBClient } from "@eventstore/db-client";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appended, collect, event, events, newStream, readStream, rejection } from "./support/events.js";
import { Watched } from "./support/subscription.js";
import { embeddedOnly, openTarget, type Target } from "./support/target.js";

let target: Target;
let client: EventStoreDBClient;

beforeAll(async () => {
  target = await openTarget();
  client = target.client;
});

afterAll(async () => {
  await target.close();
});

const filledStream = async (count = 3): Promise<string> => {
  const stream = newStream();
  await client.appendToStream(stream, events(count), { expectedRevision: "no_stream" });
  return stream;
};

/** The client sends this expectation, and its typings forbid it. */
const STREAM_MUST_EXIST = { expectedRevision: "stream_exists" as unknown as "any" };

const notFound = (streamName: string) => ({ type: "stream-not-found", streamName });
const deleted = (streamName: string) => ({ type: "stream-deleted", streamName });
const wrong = (streamName: string, expectedVersion: unknown, actualVersion: unknown) => ({
  type: "wrong-expected-version",
  streamName,
  expectedVersion,
  actualVersion,
});

describe("a deleted stream", () => {
  it("is not found by readers in either direction, and its metadata says so", async () => {
    const stream = await filledStream();
    const { position } = await client.deleteStream(stream, { expectedRevision: 2n });
    expect(position?.commit).toBeGreaterThan(0n);
    expect(await rejection(readStream(client, stream))).toEqual(notFound(stream));
    const backwards = client.readStream(stream, { direction: "backwards", fromRevision: "end" });
    expect(await rejection(collect(backwards))).toEqual(notFound(stream));
    expect((await readStream(client, `$$${stream}`)).map(({ type, data }) => ({ type, data }))).toEqual([
      // As near as JavaScript comes to 2^63 - 1.
      { type: "$metadata", data: { $tb: 2 ** 63 } },
    ]);
  });

  it("keeps its events in the log", async () => {
    const stream = await filledStream();
    await client.deleteStream(stream);
    const kept = (await collect(client.readAll())).filter((entry) => entry.stream === stream);
    expect(kept.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
  });

  it.each(["no_stream", "any", 2n] as const)(
    "begins again with an append that expects %s, and its revisions go on",
    async (expectedRevision) => {
      const stream = await filledStream();
      await client.deleteStream(stream);
      const list = [event(10), event(11)];
      const result = await client.appendToStream(stream, list, { expectedRevision });
      expect(result.nextExpectedRevision).toBe(4n);
      const left = list.map((item, n) => appended(stream, 3 + n, item));
      expect(await readStream(client, stream)).toEqual(left);
      expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
      const more = event(12);
      await client.appendToStream(stream, more, { expectedRevision: 4n });
      expect(await readStream(client, stream)).toEqual([...left, appended(stream, 5, more)]);
    },
  );

  it("loses its metadata when it is deleted, and has none of it when it begins again", async () => {
    const stream = await filledStream();
    await client.setStreamMetadata(stream, { maxCount: 50, owner: "billing" });
    await client.deleteStream(stream);
    await client.appendToStream(stream, events(1), { expectedRevision: "no_stream" });
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
  });

  it("begins again with an append without events, and is empty", async () => {
    const stream = await filledStream();
    await client.deleteStream(stream);
    await client.appendToStream(stream, []);
    expect(await readStream(client, stream)).toEqual([]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
  });

  it("exists again when it is given metadata, is empty, and its revisions go on", async () => {
    const stream = await filledStream();
    await client.deleteStream(stream);
    await client.setStreamMetadata(stream, { maxCount: 50, owner: "billing" });
    expect(await readStream(client, stream)).toEqual([]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({
      maxCount: 50,
      owner: "billing",
      truncateBefore: 3,
    });
    expect((await readStream(client, `$$${stream}`)).map(({ revision }) => revision)).toEqual([2n]);
    const item = event(10);
    await client.appendToStream(stream, item, { expectedRevision: 2n });
    expect(await readStream(client, stream)).toEqual([appended(stream, 3, item)]);
  });

  it("answers its first append, sent again, as it did the first time, and stays deleted", async () => {
    const stream = newStream();
    const list = events(3);
    await client.appendToStream(stream, list, { expectedRevision: "no_stream" });
    await client.deleteStream(stream);
    const again = await client.appendToStream(stream, list, { expectedRevision: "no_stream" });
    expect(again.nextExpectedRevision).toBe(2n);
    expect(await rejection(readStream(client, stream))).toEqual(notFound(stream));
  });

  embeddedOnly("a real server answers WrongExpectedVersion")(
    "answers the retry of the append that began it again as it did the first time",
    async () => {
      const stream = await filledStream();
      await client.deleteStream(stream);
      const list = events(2, 20);
      const first = await client.appendToStream(stream, list, { expectedRevision: "no_stream" });
      await client.appendToStream(stream, events(1, 30), { expectedRevision: 4n });
      expect(await client.appendToStream(stream, list, { expectedRevision: "no_stream" })).toEqual(first);
      expect(await readStream(client, stream)).toHaveLength(3);
    },
  );

  it("is deleted for an append that needs it to exist, and at its old revision for one that expects another", async () => {
    const stream = await filledStream();
    await client.deleteStream(stream);
    expect([
      await rejection(client.appendToStream(stream, events(1), { expectedRevision: "stream_exists" })),
      await rejection(client.appendToStream(stream, events(1), { expectedRevision: 1n })),
    ]).toEqual([deleted(stream), wrong(stream, 1n, 2n)]);
  });

  it("can be deleted once more, which changes nothing", async () => {
    const stream = await filledStream();
    await client.deleteStream(stream);
    await client.deleteStream(stream);
    expect(await rejection(readStream(client, stream))).toEqual(notFound(stream));
  });

  it("can be deleted, begun again and deleted over and over", async () => {
    const stream = newStream();
    for (let round = 0n; round < 5n; round++) {
      const item = event(Number(round));
      const result = await client.appendToStream(stream, item, { expectedRevision: "no_stream" });
      expect(result.nextExpectedRevision).toBe(round);
      expect(await readStream(client, stream)).toEqual([appended(stream, Number(round), item)]);
      await client.deleteStream(stream, { expectedRevision: round });
      expect(await rejection(readStream(client, stream))).toEqual(notFound(stream));
    }
  });

  it("sends its subscribers nothing, and then what begins it again", async () => {
    const stream = await filledStream();
    await client.deleteStream(stream);
    const watched = new Watched(client.subscribeToStream(stream));
    await once(watched.subscription, "confirmation");
    const item = event(9);
    await client.appendToStream(stream, item);
    await watched.untilCaughtUp();
    expect(watched.entries).toEqual([{ event: appended(stream, 3, item) }, "caughtUp"]);
    await watched.subscription.unsubscribe();
  });
});

describe("deleting a stream", () => {
  it("is refused when the stream is not as expected", async () => {
    const stream = await filledStream();
    expect([
      await rejection(client.deleteStream(stream, { expectedRevision: 1n })),
      await rejection(client.deleteStream(stream, { expectedRevision: "no_stream" })),
    ]).toEqual([wrong(stream, 1n, 2n), wrong(stream, -1n, 2n)]);
    expect(await readStream(client, stream)).toHaveLength(3);
  });

  it("is refused for a stream that never was, whatever is expected of it", async () => {
    const stream = newStream();
    expect([
      await rejection(client.deleteStream(stream)),
      await rejection(client.deleteStream(stream, { expectedRevision: "no_stream" })),
      await rejection(client.deleteStream(stream, { expectedRevision: 0n })),
    ]).toEqual([wrong(stream, -2n, -1n), wrong(stream, -1n, -1n), wrong(stream, 0n, -1n)]);
  });

  it("succeeds for a stream that has nothing but metadata", async () => {
    const stream = newStream();
    await client.setStreamMetadata(stream, { cacheControl: 10 });
    expect((await client.deleteStream(stream, { expectedRevision: "no_stream" })).position).toBeDefined();
  });

  embeddedOnly("a real server answers with HTTP 500")(
    "names a stream in its errors whose name is not ASCII",
    async () => {
      const stream = newStream("größe-漢字");
      const { streamName } = await rejection(client.deleteStream(stream));
      expect(decodeURIComponent(String(streamName))).toBe(stream);
    },
  );
});

describe("a tombstoned stream", () => {
  it("is deleted for readers, writers, deleters and its metadata, for ever", async () => {
    const stream = await filledStream();
    const { position } = await client.tombstoneStream(stream, { expectedRevision: 2n });
    expect(position?.commit).toBeGreaterThan(0n);
    const append = { credentials: target.credentials, expectedRevision: "any" } as const;
    expect([
      await rejection(readStream(client, stream)),
      await rejection(collect(client.readStream(stream, { direction: "backwards", fromRevision: "end" }))),
      await rejection(client.appendToStream(stream, events(1))),
      await rejection(client.appendToStream(stream, events(1), append)),
      await rejection(client.appendToStream(stream, events(1), { expectedRevision: "no_stream" })),
      await rejection(client.appendToStream(stream, events(1), { expectedRevision: 2n })),
      await rejection(client.deleteStream(stream)),
      await rejection(client.tombstoneStream(stream)),
      await rejection(client.getStreamMetadata(stream)),
      await rejection(client.setStreamMetadata(stream, { maxCount: 1 })),
    ]).toEqual([...Array.from({ length: 8 }, () => deleted(stream)), deleted(`$$${stream}`), deleted(`$$${stream}`)]);
  });

  it("ends in the log with an event of the largest revision there is", async () => {
    const stream = await filledStream(1);
    const { position } = await client.tombstoneStream(stream);
    const kept = await collect(client.readAll({ fromPosition: position ?? "start", maxCount: 1 }));
    expect(kept.map(({ stream: name, revision, type }) => [name, revision, type])).toEqual([
      [stream, 9223372036854775807n, "$streamDeleted"],
    ]);
  });

  it("need not have existed, nor not have been deleted", async () => {
    const [missing, softly] = [newStream(), await filledStream()];
    await client.tombstoneStream(missing, { expectedRevision: "no_stream" });
    await client.deleteStream(softly);
    await client.tombstoneStream(softly);
    expect([await rejection(readStream(client, missing)), await rejection(readStream(client, softly))]).toEqual([
      deleted(missing),
      deleted(softly),
    ]);
  });

  it("is not made of a stream that is not as expected", async () => {
    const [stream, missing] = [await filledStream(), newStream()];
    expect([
      await rejection(client.tombstoneStream(stream, { expectedRevision: 0n })),
      await rejection(client.tombstoneStream(stream, { expectedRevision: "no_stream" })),
      await rejection(client.tombstoneStream(missing, STREAM_MUST_EXIST)),
    ]).toEqual([wrong(stream, 0n, 2n), wrong(stream, -1n, 2n), wrong(missing, -4n, -1n)]);
    expect(await readStream(client, stream)).toHaveLength(3);
  });

  it("ends the subscriptions to it; those that are live see the end first, those that come later do not", async () => {
    const stream = await filledStream();
    const live = new Watched(client.subscribeToStream(stream));
    await live.untilCaughtUp();
    await client.tombstoneStream(stream);
    const late = new Watched(client.subscribeToStream(stream));
    const ends = [live, late].map((watched) => rejection(watched.until(() => false)));
    expect(await Promise.all(ends)).toEqual([deleted(stream), deleted(stream)]);
    const told = [live, late].map(({ events: list }) => list.map(({ revision, type }) => [revision, type]));
    expect(told).toEqual([
      [
        [0n, "happened"],
        [1n, "happened"],
        [2n, "happened"],
        [9223372036854775807n, "$streamDeleted"],
      ],
      [],
    ]);
  });
});
