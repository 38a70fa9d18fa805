import { jsonEvent, type EventStoreDBClient } from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  appended,
  collect,
  event,
  events,
  newStream,
  readStream,
  rejection,
  seen,
  type Seen,
} from "./support/events.js";
import { Watched } from "./support/subscription.js";
import { openTarget, type Target } from "./support/target.js";

let target: Target;
let client: EventStoreDBClient;

beforeAll(async () => {
  target = await openTarget();
  client = target.client;
});

afterAll(async () => {
  await target.close();
});

/** A stream with `count` events, and what its readers would see of it without metadata. */
const filledStream = async (count: number): Promise<{ stream: string; all: Seen[] }> => {
  const stream = newStream();
  const list = events(count);
  await client.appendToStream(stream, list, { expectedRevision: "no_stream" });
  return { stream, all: list.map((item, n) => appended(stream, n, item)) };
};

describe("the metadata of a stream", () => {
  it("is nothing for a stream that has none, and for one that does not exist", async () => {
    const { stream } = await filledStream(1);
    const missing = newStream();
    expect(await client.getStreamMetadata(stream)).toEqual({ streamName: stream });
    expect(await client.getStreamMetadata(missing)).toEqual({ streamName: missing });
  });

  it("is given back as it was set, its own fields and the user's, and the newest replaces the others", async () => {
    const { stream } = await filledStream(1);
    const first = { maxCount: 12, maxAge: 3600, truncateBefore: 0, cacheControl: 15, owner: { team: "billing 🦃" } };
    await client.setStreamMetadata(stream, first);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual(first);
    await client.setStreamMetadata(stream, { maxCount: 11 });
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 11 });
  });

  it("is given back with its access list", async () => {
    const { stream } = await filledStream(1);
    const acl = {
      readRoles: ["reader", "$admins"],
      writeRoles: ["$all"],
      deleteRoles: ["$admins"],
      metaReadRoles: ["$all"],
      metaWriteRoles: ["$all"],
    };
    await client.setStreamMetadata(stream, { maxCount: 3, acl });
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3, acl });
    await client.appendToStream(`$$${stream}`, jsonEvent({ type: "$metadata", data: { $acl: "$userStreamAcl" } }));
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ acl: "$userStreamAcl" });
  });

  it("can be set before the stream has an event, and then the stream exists for an append that needs one", async () => {
    const stream = newStream();
    await client.setStreamMetadata(stream, { maxCount: 2 }, { expectedRevision: "no_stream" });
    expect(await rejection(readStream(client, stream))).toEqual({ type: "stream-not-found", streamName: stream });
    const list = events(3);
    const result = await client.appendToStream(stream, list, { expectedRevision: "stream_exists" });
    expect(result.nextExpectedRevision).toBe(2n);
    expect(await readStream(client, stream)).toEqual(list.map((item, n) => appended(stream, n, item)).slice(1));
  });

  it("has revisions of its own, which an append can expect", async () => {
    const { stream } = await filledStream(4);
    await client.setStreamMetadata(stream, { maxCount: 5 }, { expectedRevision: "no_stream" });
    await client.setStreamMetadata(stream, { maxCount: 4 }, { expectedRevision: 0n });
    expect(await rejection(client.setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: 0n }))).toEqual({
      type: "wrong-expected-version",
      streamName: `$$${stream}`,
      expectedVersion: 0n,
      actualVersion: 1n,
    });
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 4 });
  });

  it("is a stream of which only the newest event is read", async () => {
    const { stream } = await filledStream(1);
    for (const maxCount of [7, 8, 9]) await client.setStreamMetadata(stream, { maxCount });
    expect(
      (await readStream(client, `$$${stream}`)).map(({ revision, type, data }) => ({ revision, type, data })),
    ).toEqual([{ revision: 2n, type: "$metadata", data: { $maxCount: 9 } }]);
  });

  it("holds nothing back when it makes no sense", async () => {
    const { stream, all } = await filledStream(3);
    const nonsense = [
      { $maxCount: "two" },
      { $tb: -1 },
      { $maxAge: 0.5 },
      { $maxCount: 0 },
      { $tb: 2, $maxCount: "x" },
    ];
    for (const data of nonsense) {
      await client.appendToStream(`$$${stream}`, jsonEvent({ type: "$metadata", data }));
      expect(await readStream(client, stream)).toEqual(all);
    }
  });
});

describe("$maxCount", () => {
  it("leaves a stream its newest events, in both directions and from any revision", async () => {
    const { stream, all } = await filledStream(10);
    await client.setStreamMetadata(stream, { maxCount: 3 });
    expect(await readStream(client, stream)).toEqual(all.slice(7));
    expect(await collect(client.readStream(stream, { fromRevision: 2n, maxCount: 2 }))).toEqual(all.slice(7, 9));
    expect(await collect(client.readStream(stream, { fromRevision: 9n }))).toEqual(all.slice(9));
    const backwards = { direction: "backwards", fromRevision: "end" } as const;
    expect(await collect(client.readStream(stream, backwards))).toEqual(all.slice(7).toReversed());
    expect(await collect(client.readStream(stream, { ...backwards, fromRevision: 6n }))).toEqual([]);
  });

  it("moves on with the stream, whose revisions go on", async () => {
    const { stream } = await filledStream(5);
    await client.setStreamMetadata(stream, { maxCount: 2 });
    const item = event(99);
    expect((await client.appendToStream(stream, item, { expectedRevision: 4n })).nextExpectedRevision).toBe(5n);
    expect((await readStream(client, stream)).map(({ revision }) => revision)).toEqual([4n, 5n]);
  });

  it("gives events back when it is raised: nothing has been removed", async () => {
    const { stream, all } = await filledStream(5);
    await client.setStreamMetadata(stream, { maxCount: 1 });
    expect(await readStream(client, stream)).toEqual(all.slice(4));
    await client.setStreamMetadata(stream, { maxCount: 4 });
    expect(await readStream(client, stream)).toEqual(all.slice(1));
  });
});

describe("$tb", () => {
  it("cuts off what is before a revision, for readers and for subscribers that start at the beginning", async () => {
    const { stream, all } = await filledStream(6);
    await client.setStreamMetadata(stream, { truncateBefore: 4 });
    expect(await readStream(client, stream)).toEqual(all.slice(4));
    const watched = new Watched(client.subscribeToStream(stream));
    await watched.untilCaughtUp();
    expect(watched.events).toEqual(all.slice(4));
    await watched.subscription.unsubscribe();
  });

  it("beyond the end leaves a stream that exists and is empty", async () => {
    const { stream } = await filledStream(2);
    await client.setStreamMetadata(stream, { truncateBefore: 10 });
    expect(await readStream(client, stream)).toEqual([]);
    expect((await client.appendToStream(stream, event(1), { expectedRevision: 1n })).nextExpectedRevision).toBe(2n);
  });

  it("holds together with $maxCount: the later beginning counts", async () => {
    const { stream, all } = await filledStream(10);
    await client.setStreamMetadata(stream, { truncateBefore: 2, maxCount: 5 });
    expect(await readStream(client, stream)).toEqual(all.slice(5));
    await client.setStreamMetadata(stream, { truncateBefore: 8, maxCount: 5 });
    expect(await readStream(client, stream)).toEqual(all.slice(8));
  });

  it("leaves the whole log as it is", async () => {
    const { stream, all } = await filledStream(4);
    await client.setStreamMetadata(stream, { truncateBefore: 3 });
    const log = await collect(client.readAll());
    expect(log.filter((entry) => entry.stream === stream)).toEqual(all);
  });
});

describe("$maxAge", () => {
  it("hides events that are older, by the server's clock, and lets new ones be seen", async () => {
    const { stream, all } = await filledStream(3);
    await client.setStreamMetadata(stream, { maxAge: 3600 });
    expect(await readStream(client, stream)).toEqual(all);
    await client.setStreamMetadata(stream, { maxAge: 1 });
    // A new one is seen for a second; where reading took longer, another one is looked for.
    for (let revision = 3; ; revision += 1) {
      await delay(1100);
      expect(await readStream(client, stream)).toEqual([]);
      const young = event(revision);
      const began = performance.now();
      await client.appendToStream(stream, young, { expectedRevision: BigInt(revision - 1) });
      const forwards = await readStream(client, stream);
      const backwards = await collect(client.readStream(stream, { direction: "backwards", fromRevision: "end" }));
      if (performance.now() - began >= 1000) continue;
      expect({ forwards, backwards }).toEqual({
        forwards: [appended(stream, revision, young)],
        backwards: [appended(stream, revision, young)],
      });
      return;
    }
  });
});

describe("a live subscription", () => {
  it.each([
    ["$maxCount", { maxCount: 1 }],
    ["$tb", { truncateBefore: 100 }],
  ])("is sent what comes whatever %s says, which cuts off what it catches up on", async (_, metadata) => {
    const { stream, all } = await filledStream(2);
    const watched = new Watched(client.subscribeToStream(stream, { fromRevision: 0n }));
    await watched.untilCaughtUp();
    await client.setStreamMetadata(stream, metadata);
    const list = events(3, 2);
    await client.appendToStream(stream, list);
    await watched.untilCount(4);
    expect(watched.events).toEqual([all[1], ...list.map((item, n) => appended(stream, 2 + n, item))]);
    await watched.subscription.unsubscribe();
  });
});

describe("a link", () => {
  const link = (revision: number, stream: string) => ({
    ...jsonEvent({ type: "$>", data: {} }),
    contentType: "application/octet-stream" as const,
    data: Buffer.from(`${revision}@${stream}`),
  });

  /** What a reader is given: the event and the link that led to it, by their places. */
  const places = async (stream: string, resolveLinkTos: boolean) => {
    const found = [];
    for await (const { event: record, link: through } of client.readStream(stream, { resolveLinkTos })) {
      const place = (at: typeof record) => at && `${at.revision.toString()}@${at.streamId}`;
      found.push({ event: place(record), link: place(through) });
    }
    return found;
  };

  it("is sent with the event that it leads to when the reader asks for that, and as it is otherwise", async () => {
    const { stream } = await filledStream(3);
    const odd = newStream("an@odd@name");
    await client.appendToStream(odd, events(1));
    const index = newStream("index");
    await client.appendToStream(index, [link(2, stream), event(1), link(0, odd)]);
    expect(await places(index, true)).toEqual([
      { event: `2@${stream}`, link: `0@${index}` },
      { event: `1@${index}`, link: undefined },
      { event: `0@${odd}`, link: `2@${index}` },
    ]);
    expect(await places(index, false)).toEqual([
      { event: `0@${index}`, link: undefined },
      { event: `1@${index}`, link: undefined },
      { event: `2@${index}`, link: undefined },
    ]);
  });

  it("to revision -1 leads to the last event, and one that cannot be read is sent as the event itself", async () => {
    const { stream } = await filledStream(3);
    const index = newStream("index");
    await client.appendToStream(index, [link(-1, stream), { ...link(0, ""), data: Buffer.from("nonsense") }]);
    expect(await places(index, true)).toEqual([
      { event: `2@${stream}`, link: `0@${index}` },
      { event: `1@${index}`, link: undefined },
    ]);
  });

  it("is sent alone when its event is cut off, deleted or not there yet", async () => {
    const cut = (await filledStream(3)).stream;
    await client.setStreamMetadata(cut, { truncateBefore: 1 });
    const deleted = (await filledStream(1)).stream;
    await client.deleteStream(deleted);
    const tombstoned = (await filledStream(1)).stream;
    await client.tombstoneStream(tombstoned);
    const index = newStream("index");
    const targets = [link(0, cut), link(0, deleted), link(0, tombstoned), link(5, cut), link(0, newStream())];
    await client.appendToStream(index, targets);
    expect(await places(index, true)).toEqual(
      Array.from({ length: 5 }, (_, n) => ({ event: undefined, link: `${n}@${index}` })),
    );
  });

  it("is followed in $all, and by subscriptions to a stream and to $all", async () => {
    const { stream, all } = await filledStream(2);
    const index = newStream("index");
    const { position } = await client.appendToStream(index, link(1, stream));
    const fromPosition = position ?? "start";
    const [first] = await collect(client.readAll({ fromPosition, resolveLinkTos: true, maxCount: 1 }));
    expect(first).toEqual(all[1]);
    const toStream = new Watched(client.subscribeToStream(index, { resolveLinkTos: true }));
    const toAll = new Watched(client.subscribeToAll({ fromPosition, resolveLinkTos: true }));
    await Promise.all([toStream.untilCaughtUp(), toAll.untilCaughtUp()]);
    await client.appendToStream(index, link(0, stream));
    await Promise.all([toStream.untilCount(2), toAll.untilCount(1)]);
    expect(toStream.events).toEqual([all[1], all[0]]);
    expect(toAll.events).toEqual([all[0]]);
    await Promise.all([toStream.subscription.unsubscribe(), toAll.subscription.unsubscribe()]);
  });
});

it("reads a record of $all back with its link's place in the log", async () => {
  const stream = newStream();
  const { position } = await client.appendToStream(stream, events(1));
  const read = [];
  for await (const resolved of client.readAll({ fromPosition: position ?? "start", maxCount: 1 })) {
    read.push({ ...seen(resolved), commit: resolved.commitPosition, own: resolved.event?.position.commit });
  }
  expect(read).toEqual([expect.objectContaining({ stream, commit: read[0]?.own })]);
});
