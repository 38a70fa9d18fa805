import type { AppendToStreamOptions, EventStoreDBClient, JSONEventData } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appended, event, events, newStream, readStream, readUserEvents, rejection } from "./support/events.js";
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

/** Credentials of its own make the client use Append for a call. */
const WAYS: [string, () => AppendToStreamOptions][] = [
  ["BatchAppend", () => ({})],
  ["Append", () => ({ credentials: target.credentials })],
];

describe.each(WAYS)("appending by %s", (_, way) => {
  const append = (
    stream: string,
    list: ReturnType<typeof events>,
    expectedRevision: AppendToStreamOptions["expectedRevision"],
  ) => client.appendToStream(stream, list, { ...way(), ...(expectedRevision !== undefined && { expectedRevision }) });

  it("accepts no_stream for a new stream, then exact revisions, stream_exists and any", async () => {
    const stream = newStream();
    const list = events(7);
    const results = [
      await append(stream, list.slice(0, 1), "no_stream"),
      await append(stream, list.slice(1, 3), 0n),
      await append(stream, list.slice(3, 4), 2n),
      await append(stream, list.slice(4, 6), "stream_exists"),
      await append(stream, list.slice(6, 7), "any"),
    ];
    expect(results.map(({ success, nextExpectedRevision }) => [success, nextExpectedRevision])).toEqual([
      [true, 0n],
      [true, 2n],
      [true, 3n],
      [true, 5n],
      [true, 6n],
    ]);
    expect(await readStream(client, stream)).toEqual(list.map((item, revision) => appended(stream, revision, item)));
  });

  it("answers an append with the position of its last event", async () => {
    const stream = newStream();
    const { position } = await append(stream, events(3), "no_stream");
    const last = [];
    for await (const { event: record } of client.readStream(stream, {
      direction: "backwards",
      fromRevision: "end",
      maxCount: 1,
    })) {
      last.push(record?.position);
    }
    expect(last).toEqual([position]);
  });

  it("refuses each expected revision that does not hold, and says which and what the stream is at", async () => {
    const missing = newStream();
    const present = newStream();
    await append(present, events(3), "no_stream");
    const type = "wrong-expected-version";
    expect([
      await rejection(append(missing, events(1), "stream_exists")),
      await rejection(append(missing, events(1), 0n)),
      await rejection(append(present, events(1), "no_stream")),
      await rejection(append(present, events(1), 1n)),
      await rejection(append(present, events(1), 3n)),
    ]).toEqual([
      { type, streamName: missing, expectedVersion: "stream_exists", actualVersion: "no_stream" },
      { type, streamName: missing, expectedVersion: 0n, actualVersion: "no_stream" },
      { type, streamName: present, expectedVersion: "no_stream", actualVersion: 2n },
      { type, streamName: present, expectedVersion: 1n, actualVersion: 2n },
      { type, streamName: present, expectedVersion: 3n, actualVersion: 2n },
    ]);
    expect(await readStream(client, present)).toHaveLength(3);
  });

  it.each(["no_stream", "any", 0n, "stream_exists"] as const)(
    "answers an identical retry with %s as it did the first time, also when the stream has moved on",
    async (expectedRevision) => {
      const stream = newStream();
      if (expectedRevision === 0n || expectedRevision === "stream_exists") await append(stream, events(1), "no_stream");
      const list = events(3);
      const first = await append(stream, list, expectedRevision);
      const retry = await append(stream, list, expectedRevision);
      await append(stream, events(5), "any");
      const lateRetry = await append(stream, list, expectedRevision);
      expect([retry, lateRetry]).toEqual([first, first]);
      expect(await readStream(client, stream)).toHaveLength(Number(first.nextExpectedRevision) + 1 + 5);
    },
  );

  embeddedOnly("a real server takes 2^64-1 for another number")(
    "refuses a revision that no stream can have",
    async () => {
      const stream = newStream();
      await append(stream, events(3), "no_stream");
      expect(await rejection(append(stream, events(1), 18446744073709551615n))).toEqual({
        type: "wrong-expected-version",
        streamName: stream,
        expectedVersion: 18446744073709551615n,
        actualVersion: 2n,
      });
    },
  );

  it.each(["any", "stream_exists"] as const)(
    "knows event ids again with %s however they were first written, and answers with the last one's revision",
    async (expectedRevision) => {
      const stream = newStream();
      const list = events(5);
      await append(stream, list, "no_stream");
      const answers = [];
      for (const [first, end] of [
        [0, 5],
        [0, 3],
        [2, 5],
      ]) {
        answers.push(await append(stream, list.slice(first, end), expectedRevision));
      }
      answers.push(
        await append(
          stream,
          [list[1], list[3]].flatMap((item) => item ?? []),
          expectedRevision,
        ),
      );
      expect(answers.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual([4n, 2n, 4n, 3n]);
      expect(await rejection(append(stream, [...list.slice(4), ...events(1)], expectedRevision))).toEqual({
        type: "wrong-expected-version",
        streamName: stream,
        expectedVersion: expectedRevision,
        actualVersion: 4n,
      });
      expect(await readStream(client, stream)).toHaveLength(5);
    },
  );

  embeddedOnly("a real server lets the second one time out")(
    "writes an append once that is sent twice at the same time",
    async () => {
      const stream = newStream();
      const list = events(4);
      const [first, second] = await Promise.all([append(stream, list, "no_stream"), append(stream, list, "no_stream")]);
      expect(second).toEqual(first);
      expect(await readStream(client, stream)).toHaveLength(4);
    },
  );

  it.each(["any", "no_stream"] as const)(
    "refuses a retry with %s that has other events in it",
    async (expectedRevision) => {
      const stream = newStream();
      const list = events(3);
      await append(stream, list, expectedRevision);
      const changed = [...list.slice(0, 2), event(99)];
      expect(await rejection(append(stream, changed, expectedRevision))).toEqual({
        type: "wrong-expected-version",
        streamName: stream,
        expectedVersion: expectedRevision,
        actualVersion: 2n,
      });
    },
  );

  it("appends nothing of an append that is over 1 MiB, and says what the limit is", async () => {
    const stream = newStream();
    const half = (n: number) => ({ ...event(n), data: { n, pad: "x".repeat(520 * 1024) } });
    expect(await rejection(append(stream, [half(1), half(2), half(3)], "no_stream"))).toEqual({
      type: "maximum-append-size-exceeded",
      maxAppendSize: 1024 * 1024,
    });
    expect((await append(stream, [half(4)], "no_stream")).nextExpectedRevision).toBe(0n);
  });

  it("keeps type, data, metadata and bytes as they were", async () => {
    const stream = newStream("ünïcode 🎯");
    const binary = {
      ...event(1),
      contentType: "application/octet-stream" as const,
      data: Uint8Array.from([0, 255, 1]),
    };
    const json = {
      ...event(2, "Größe-geändert"),
      metadata: { who: "me", ключ: [1, null] },
      data: { text: "漢字", empty: "" },
    };
    const before = Date.now();
    await client.appendToStream(stream, [binary, json], { ...way(), expectedRevision: "no_stream" });
    const records = [];
    for await (const { event: record } of client.readStream(stream)) records.push(record);
    expect(records.map((record) => record && { ...record, created: undefined, position: undefined })).toEqual([
      {
        streamId: stream,
        id: binary.id,
        revision: 0n,
        type: "happened",
        data: binary.data,
        metadata: undefined,
        isJson: false,
      },
      {
        streamId: stream,
        id: json.id,
        revision: 1n,
        type: json.type,
        data: json.data,
        metadata: json.metadata,
        isJson: true,
      },
    ]);
    const created = records[0]?.created.getTime() ?? 0;
    expect(created).toBeGreaterThanOrEqual(before);
    expect(created).toBeLessThanOrEqual(Date.now());
  });

  it("keeps streams with very long names apart", async () => {
    const name = newStream() + "n".repeat(3000);
    const lists = [events(1), events(2)] as const;
    await append(`${name}a`, lists[0], "no_stream");
    await append(`${name}b`, lists[1], "no_stream");
    expect(await readStream(client, `${name}a`)).toEqual(lists[0].map((item, n) => appended(`${name}a`, n, item)));
    expect(await readStream(client, `${name}b`)).toEqual(lists[1].map((item, n) => appended(`${name}b`, n, item)));
  });

  it("lets one of 8 racing writers have each revision", async () => {
    const stream = newStream();
    const rounds = 25;
    let lost = 0;
    const writer = async (n: number) => {
      let won = 0;
      for (let next = -1n; won < rounds;) {
        try {
          const list = events(1, n);
          next = (await append(stream, list, next < 0n ? "no_stream" : next)).nextExpectedRevision;
          won++;
        } catch (error) {
          const { type, actualVersion } = error as { type: string; actualVersion: bigint };
          expect(type).toBe("wrong-expected-version");
          next = actualVersion;
          lost++;
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_unused, n) => writer(n)));
    const read = await readStream(client, stream);
    expect(read.map(({ revision }) => revision)).toEqual(Array.from({ length: 8 * rounds }, (_unused, n) => BigInt(n)));
    expect(new Set(read.map(({ id }) => id)).size).toBe(8 * rounds);
    expect(lost).toBeGreaterThan(0);
  });
});

it("keeps the events of an append together in the log, whoever else writes", async () => {
  const tag = newStream("together");
  const streams = Array.from({ length: 32 }, (_, n) => `${tag}-${n}`);
  await Promise.all(
    streams.flatMap((stream) => Array.from({ length: 5 }, (_, n) => client.appendToStream(stream, events(7, n * 10)))),
  );
  const log = (await readUserEvents(client)).filter(({ stream }) => stream.startsWith(tag));
  const runs: string[] = [];
  for (let start = 0; start < log.length; start += 7) {
    const run = log.slice(start, start + 7);
    const first = (run[0]?.data as { n: number }).n;
    expect(run.map(({ stream, data }) => ({ stream, data }))).toEqual(
      Array.from({ length: 7 }, (_, n) => ({ stream: run[0]?.stream, data: { n: first + n } })),
    );
    runs.push(`${run[0]?.stream ?? ""} ${first}`);
  }
  expect(new Set(runs).size).toBe(32 * 5);
});

it("does not write an append whose deadline has passed", async () => {
  const stream = newStream();
  expect(await rejection(client.appendToStream(stream, events(2000), { deadline: -1000 }))).toEqual({
    type: "deadline-exceeded",
  });
  expect(await rejection(readStream(client, stream))).toEqual({ type: "stream-not-found", streamName: stream });
});

it("takes an append that arrives in many messages as one", async () => {
  const stream = newStream();
  const list = events(500);
  const before = await readUserEvents(client);
  const result = await client.appendToStream(stream, list, { batchAppendSize: 1024, expectedRevision: "no_stream" });
  expect(result.nextExpectedRevision).toBe(499n);
  expect((await readUserEvents(client)).slice(before.length)).toEqual(list.map((item, n) => appended(stream, n, item)));
});

it("answers an append without events with the stream's revision", async () => {
  const stream = newStream();
  await client.appendToStream(stream, events(2));
  expect((await client.appendToStream(stream, [], { expectedRevision: 1n })).nextExpectedRevision).toBe(1n);
  expect((await rejection(client.appendToStream(stream, [], { expectedRevision: 0n })))["actualVersion"]).toBe(1n);
});

it("answers an append without events to a new stream with a position, and the stream does not exist by it", async () => {
  const stream = newStream();
  const { position } = await client.appendToStream(stream, []);
  expect(position?.commit).toBeGreaterThan(0n);
  expect(await rejection(readStream(client, stream))).toEqual({ type: "stream-not-found", streamName: stream });
});

it("refuses the nil UUID as an event's id", async () => {
  const stream = newStream();
  const [item] = events(1);
  const nil = { ...item, id: "00000000-0000-0000-0000-000000000000" } as JSONEventData;
  // By Append: BatchAppend with an id that is none ends the process of a client on a real server.
  await expect(client.appendToStream(stream, nil, { credentials: target.credentials })).rejects.toThrow();
  expect(await rejection(readStream(client, stream))).toEqual({ type: "stream-not-found", streamName: stream });
});
