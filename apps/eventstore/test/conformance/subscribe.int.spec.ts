import {
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  streamNameFilter,
  type Filter,
  type Position,
} from "@eventstore/db-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appended, collect, event, events, newStream, readUserEvents, rejection } from "./support/events.js";
import { openTarget, type Target } from "./support/target.js";
import { Watched } from "./support/subscription.js";

type CheckpointReached = NonNullable<Filter["checkpointReached"]>;

let target: Target;
let client: EventStoreDBClient;
let open: Watched[] = [];

beforeAll(async () => {
  target = await openTarget();
  client = target.client;
});

afterEach(async () => {
  await Promise.all(open.map(({ subscription }) => subscription.unsubscribe()));
  open = [];
});

afterAll(async () => {
  await target.close();
});

const watch = (subscription: Watched["subscription"]): Watched => {
  const watched = new Watched(subscription);
  open.push(watched);
  return watched;
};

const watchFiltered = (create: (checkpointReached: CheckpointReached) => Filter, fromPosition?: Position): Watched => {
  const filter = create((_subscription, checkpoint) => {
    watched.add({ checkpoint });
    return Promise.resolve();
  });
  const watched = watch(client.subscribeToAll({ filter, ...(fromPosition && { fromPosition }) }));
  return watched;
};

describe("a subscription to a stream", () => {
  it("confirms, sends what there is, says that it has caught up, then sends what comes", async () => {
    const stream = newStream();
    const list = events(300);
    await client.appendToStream(stream, list.slice(0, 290));
    const subscription = client.subscribeToStream(stream);
    const confirmed = new Promise((resolve) => subscription.once("confirmation", resolve as () => void));
    const watched = watch(subscription);
    await confirmed;
    expect(subscription.id).toMatch(/^[0-9a-f-]{36}$/);
    await watched.untilCaughtUp();
    for (const item of list.slice(290)) await client.appendToStream(stream, item);
    await watched.untilCount(300);
    const told = list.map((item, n) => ({ event: appended(stream, n, item) }));
    expect(watched.entries).toEqual([...told.slice(0, 290), "caughtUp", ...told.slice(290)]);
  });

  it("starts after the revision that it names", async () => {
    const stream = newStream();
    const list = events(5);
    await client.appendToStream(stream, list);
    const watched = watch(client.subscribeToStream(stream, { fromRevision: 2n }));
    await watched.untilCaughtUp();
    expect(watched.events).toEqual(list.map((item, n) => appended(stream, n, item)).slice(3));
  });

  it("sends only what comes when it starts from the end", async () => {
    const stream = newStream();
    const list = events(5);
    await client.appendToStream(stream, list.slice(0, 3));
    const watched = watch(client.subscribeToStream(stream, { fromRevision: "end" }));
    await watched.untilCaughtUp();
    await client.appendToStream(stream, list.slice(3));
    await watched.untilCount(2);
    expect(watched.events).toEqual(list.map((item, n) => appended(stream, n, item)).slice(3));
  });

  it("waits for a stream that does not exist yet", async () => {
    const stream = newStream();
    const watched = watch(client.subscribeToStream(stream));
    await watched.untilCaughtUp();
    const [first] = events(1);
    await client.appendToStream(newStream(), events(1));
    await client.appendToStream(stream, first ?? []);
    await watched.untilCount(1);
    expect(watched.events).toEqual([first && appended(stream, 0, first)]);
  });
});

describe("a subscription to $all", () => {
  it("goes from catching up to live without a gap or a duplicate, under 16 writers", async () => {
    const writes = async (count: number) => {
      const streams = Array.from({ length: 16 }, () => newStream("load"));
      await Promise.all(
        streams.map(async (stream) => {
          for (let n = 0; n < count; n++) await client.appendToStream(stream, events(3, n * 3));
        }),
      );
    };
    const { position } = await client.appendToStream(newStream(), events(1));
    const fromPosition = position ?? "start";
    await writes(20);
    const load = writes(40);
    const subscribers = [1, 2, 3].map(() => watch(client.subscribeToAll({ fromPosition })));
    await Promise.all(subscribers.map((subscriber) => subscriber.untilCaughtUp()));
    await load;
    const log = (await collect(client.readAll({ fromPosition }))).slice(1);
    for (const subscriber of subscribers) {
      await subscriber.untilCount(log.length);
      expect(subscriber.events).toEqual(log);
    }
  });

  it("starts after the position that it names", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(2));
    const { position } = await client.appendToStream(stream, events(1));
    const last = event(4);
    await client.appendToStream(stream, last);
    const watched = watch(client.subscribeToAll({ fromPosition: position ?? "start" }));
    await watched.untilCaughtUp();
    expect(watched.events).toEqual([appended(stream, 3, last)]);
  });

  it("is told when it has fallen behind, and again when it has caught up", async () => {
    const stream = newStream("burst");
    const watched = watch(client.subscribeToStream(stream));
    await watched.untilCaughtUp();
    watched.subscription.pause();
    const burst = () => events(200).map((item) => ({ ...item, data: { pad: "x".repeat(2000) } }));
    for (let n = 0; n < 20; n++) await client.appendToStream(stream, burst());
    watched.subscription.resume();
    const states = () => watched.entries.filter((entry) => typeof entry === "string");
    await watched.until(() => watched.events.length === 4000 && states().length >= 3);
    expect(states()).toEqual(["caughtUp", "fellBehind", "caughtUp"]);
    expect(watched.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 4000 }, (_, n) => BigInt(n)));
  });

  it("keeps the order of the log when its consumer is slow", async () => {
    const { position } = await client.appendToStream(newStream(), events(1));
    const slow = client.subscribeToAll({ fromPosition: position ?? "start", filter: excludeSystemEvents() });
    const read = [];
    const stream = newStream("while-slow");
    const load = Promise.all(Array.from({ length: 50 }, () => client.appendToStream(stream, events(50))));
    for await (const { event: record } of slow) {
      if (record?.streamId !== stream) continue;
      read.push(record.revision);
      if (record.revision % 100n === 0n) await load;
      if (read.length === 2500) break;
    }
    expect(read).toEqual(Array.from({ length: 2500 }, (_, n) => BigInt(n)));
  });
});

describe("a filter", () => {
  const tag = newStream("f").replaceAll("-", "");
  const streams = [`${tag}a-1`, `${tag}a-2`, `${tag}b-1`, `other-${tag}a`] as const;
  const types = [`${tag}.opened`, `${tag}.closed`, "ordinary"] as const;
  let start: Position | undefined;

  beforeAll(async () => {
    start = (await client.appendToStream(newStream(), events(1))).position;
    for (let n = 0; n < 120; n++) {
      await client.appendToStream(streams[n % 4] ?? "", event(n, types[n % 3]));
    }
  });

  const cases: [string, Parameters<typeof watchFiltered>[0], (stream: string, type: string) => boolean][] = [
    [
      "stream prefixes",
      (checkpointReached) => streamNameFilter({ prefixes: [`${tag}a-`, "other-"], checkpointReached }),
      (stream) => stream.startsWith(`${tag}a-`) || stream.startsWith("other-"),
    ],
    [
      "a regular expression on streams",
      (checkpointReached) => streamNameFilter({ regex: `^${tag}[ab]-1$`, checkpointReached }),
      (stream) => stream === streams[0] || stream === streams[2],
    ],
    [
      "event type prefixes",
      (checkpointReached) => eventTypeFilter({ prefixes: [`${tag}.o`, "ord"], checkpointReached }),
      (_, type) => type === types[0] || type === types[2],
    ],
    [
      "a regular expression on event types",
      (checkpointReached) => eventTypeFilter({ regex: `${tag}\\.(opened|closed)`, checkpointReached }),
      (_, type) => type !== types[2],
    ],
    ["no system events", (checkpointReached) => excludeSystemEvents({ checkpointReached }), () => true],
  ];

  it.each(cases)("by %s lets through what matches and nothing else", async (_, create, matches) => {
    const expected = (await collect(client.readAll({ fromPosition: start ?? "start" })))
      .slice(1)
      .filter(({ stream, type }) => !stream.startsWith("$") && matches(stream, type));
    const watched = watchFiltered(create, start);
    await watched.untilCaughtUp();
    expect(watched.events).toEqual(expected);
    expect(watched.events.length).toBeGreaterThan(0);
    const live = [event(1, types[0]), event(2, types[1]), event(3, types[2])];
    for (const item of live) await client.appendToStream(streams[0], item);
    const come = live.filter(({ type }) => matches(streams[0], type));
    await watched.untilCount(expected.length + come.length);
    expect(watched.events.slice(expected.length).map(({ id }) => id)).toEqual(come.map(({ id }) => id));
  });

  it("refuses an expression that is not valid", async () => {
    const broken = client.subscribeToAll({ filter: streamNameFilter({ regex: "(" }) });
    const failed = new Promise((_resolve, reject) => broken.on("error", reject));
    await expect(failed).rejects.toThrow(/regular expression \( is not valid/);
  });
});

describe("checkpoints", () => {
  it("come every maxSearchWindow times checkpointInterval events, matching or not, and when caught up", async () => {
    const start = (await client.appendToStream(newStream(), events(1))).position;
    for (let n = 0; n < 50; n++) await client.appendToStream(newStream("unwanted"), events(1));
    const positions: (Position | undefined)[] = [];
    for await (const { event: record } of client.readAll({ fromPosition: start ?? "start" }))
      positions.push(record?.position);
    const looked = positions.slice(1);
    const watched = watchFiltered(
      (checkpointReached) =>
        streamNameFilter({
          prefixes: ["wanted-by-nobody"],
          maxSearchWindow: 5,
          checkpointInterval: 3,
          checkpointReached,
        }),
      start,
    );
    await watched.untilCaughtUp();
    const every15th = looked.filter((_, index) => index % 15 === 14);
    const rest = looked.length % 15 === 0 ? [] : looked.slice(-1);
    expect(watched.entries).toEqual([...[...every15th, ...rest].map((checkpoint) => ({ checkpoint })), "caughtUp"]);
  });

  it("are a place to go on from: nothing is missed and nothing comes twice", async () => {
    const stream = newStream("resumed");
    const filter = (checkpointReached: CheckpointReached) =>
      streamNameFilter({ prefixes: [stream], maxSearchWindow: 7, checkpointReached });
    for (let n = 0; n < 20; n++) {
      await client.appendToStream(stream, events(1, n));
      await client.appendToStream(newStream(), events(3));
    }
    const first = watchFiltered(filter);
    await first.untilCaughtUp();
    const all = first.entries;
    const cut = all.findIndex(
      (entry, index) => index > all.length / 2 && typeof entry === "object" && "checkpoint" in entry,
    );
    const entry = all[cut];
    if (typeof entry !== "object" || !("checkpoint" in entry)) throw new Error("no checkpoint in the second half");
    const seenBefore = all
      .slice(0, cut)
      .flatMap((item) => (typeof item === "object" && "event" in item ? [item.event] : []));
    const second = watchFiltered(filter, entry.checkpoint);
    await second.untilCaughtUp();
    expect([...seenBefore, ...second.events]).toEqual(await collect(client.readStream(stream)));
  });
});

it("leaves no subscriber behind when the log ends with events it does not want", async () => {
  const wanted = newStream("tail");
  const item = event(1);
  await client.appendToStream(wanted, item);
  await client.appendToStream(newStream(), events(700));
  const watched = watchFiltered((checkpointReached) => streamNameFilter({ prefixes: [wanted], checkpointReached }));
  await watched.untilCaughtUp();
  expect(watched.events).toEqual([appended(wanted, 0, item)]);
  const tail = (await readUserEvents(client)).at(-1);
  expect(tail?.type).toBe("happened");
  expect(await rejection(collect(client.readStream(newStream("none"))))).toMatchObject({ type: "stream-not-found" });
});
