import type { AppendResult, EventStoreDBClient } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appended, collect, events, newStream, readUserEvents, rejection, type Seen } from "./support/events.js";
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

describe("reading a stream", () => {
  const stream = newStream();
  let all: Seen[];

  beforeAll(async () => {
    // More than one page of the server's.
    const list = events(600);
    await client.appendToStream(stream, list, { expectedRevision: "no_stream" });
    all = list.map((item, n) => appended(stream, n, item));
  });

  it("gives every event forwards by default", async () => {
    expect(await collect(client.readStream(stream))).toEqual(all);
  });

  it("gives every event backwards from the end", async () => {
    const read = client.readStream(stream, { direction: "backwards", fromRevision: "end" });
    expect(await collect(read)).toEqual(all.toReversed());
  });

  it.each([1, 255, 256, 257, 600, 1000])("gives no more than %i events in either direction", async (maxCount) => {
    expect(await collect(client.readStream(stream, { maxCount }))).toEqual(all.slice(0, maxCount));
    expect(await collect(client.readStream(stream, { maxCount, direction: "backwards", fromRevision: "end" }))).toEqual(
      all.toReversed().slice(0, maxCount),
    );
  });

  it("starts at a revision and includes it, in both directions", async () => {
    expect(await collect(client.readStream(stream, { fromRevision: 598n }))).toEqual(all.slice(598));
    expect(await collect(client.readStream(stream, { fromRevision: 1n, direction: "backwards" }))).toEqual(
      all.slice(0, 2).toReversed(),
    );
  });

  it("gives the first event only, backwards from the start", async () => {
    expect(await collect(client.readStream(stream, { fromRevision: "start", direction: "backwards" }))).toEqual([
      all[0],
    ]);
  });

  it("gives nothing after the end and everything before a revision beyond it", async () => {
    expect(await collect(client.readStream(stream, { fromRevision: 600n }))).toEqual([]);
    const beyond = client.readStream(stream, { fromRevision: 18446744073709551615n, direction: "backwards" });
    expect(await collect(beyond)).toEqual(all.toReversed());
  });

  embeddedOnly("a real server refuses it")("gives nothing forwards from the end", async () => {
    expect(await collect(client.readStream(stream, { fromRevision: "end" }))).toEqual([]);
    expect(await collect(client.readAll({ fromPosition: "end" }))).toEqual([]);
  });

  it("says that a stream does not exist", async () => {
    const missing = newStream();
    expect(await rejection(collect(client.readStream(missing)))).toEqual({
      type: "stream-not-found",
      streamName: missing,
    });
  });
});

describe("reading $all", () => {
  let results: AppendResult[];
  let order: Seen[];

  beforeAll(async () => {
    const before = (await readUserEvents(client)).length;
    const streams = [newStream("a"), newStream("b"), newStream("c")];
    results = [];
    const expected: Seen[] = [];
    for (let n = 0; n < 300; n++) {
      const stream = streams[n % 3] ?? "";
      const list = events(2, n);
      results.push(await client.appendToStream(stream, list));
      const revision = 2 * Math.floor(n / 3);
      expected.push(...list.map((item, index) => appended(stream, revision + index, item)));
    }
    order = (await readUserEvents(client)).slice(before);
    expect(order).toEqual(expected);
  });

  it("gives the log backwards as the reverse of forwards, the server's own events included", async () => {
    const forwards = await collect(client.readAll());
    expect(forwards.some(({ stream }) => stream.startsWith("$"))).toBe(true);
    const backwards = await collect(client.readAll({ direction: "backwards", fromPosition: "end" }));
    // A server may have written something of its own meanwhile.
    const end = backwards.findIndex(({ id }) => id === forwards.at(-1)?.id);
    expect(backwards.slice(end)).toEqual(forwards.toReversed());
  });

  it("has positions that grow, are not 0, and are those that the appends were answered with", async () => {
    const positions: bigint[] = [];
    const byEvent = new Map<string, unknown>();
    for await (const { event, commitPosition } of client.readAll()) {
      positions.push(commitPosition ?? 0n);
      expect(event?.position).toEqual({ commit: commitPosition, prepare: commitPosition });
      if (event) byEvent.set(event.id, event.position);
    }
    expect(positions[0]).toBeGreaterThan(0n);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => (a < b ? -1 : 1)));
    expect(results.map(({ position }) => position)).toEqual(
      order.filter((_, index) => index % 2 === 1).map(({ id }) => byEvent.get(id)),
    );
  });

  it("starts forwards with the event at a position, and backwards with the one before it", async () => {
    const fromPosition = results[149]?.position ?? "start";
    const next = order[299];
    expect((await collect(client.readAll({ fromPosition, maxCount: 1 })))[0]).toEqual(next);
    const backwards = client.readAll({ fromPosition, maxCount: 1, direction: "backwards" });
    expect((await collect(backwards))[0]).toEqual(order[298]);
  });

  it("gives nothing backwards from the start", async () => {
    expect(await collect(client.readAll({ fromPosition: "start", direction: "backwards" }))).toEqual([]);
  });

  it("ends where the log ended when the read began, though others keep writing", async () => {
    let writing = true;
    const stream = newStream("busy");
    const write = async () => {
      while (writing) await client.appendToStream(stream, events(20));
    };
    const writer = write();
    try {
      for (let n = 0; n < 5; n++) {
        const read = await collect(client.readAll({ fromPosition: results[0]?.position ?? "start" }));
        expect(read.length).toBeGreaterThanOrEqual(order.length - 1);
      }
    } finally {
      writing = false;
      await writer;
    }
  });
});
