import {
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  streamNameFilter,
  type Filter,
  type Position,
} from "@eventstore/db-client";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appended, collect, event, events, newStream, readUserEvents, rejection } from "./support/events.js";
import { embeddedOnly, openTarget, type Target } from "./support/target.js";
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

const DROPS_THE_SLOW = "a real server drops a live subscriber that is more than about 32 events behind";

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
    await once(watched.subscription, "confirmation");
    const [first] = events(1);
    await client.appendToStream(newStream(), events(1));
    await client.appendToStream(stream, first ?? []);
    await watched.untilCaughtUp();
    expect(watched.entries).toEqual([{ event: first && appended(stream, 0, first) }, "caughtUp"]);
  });

  it("has caught up at once with the end of a stream that does not exist yet", async () => {
    const stream = newStream();
    const watched = watch(client.subscribeToStream(stream, { fromRevision: "end" }));
    await watched.untilCaughtUp();
    const item = event(1);
    await client.appendToStream(stream, item);
    await watched.untilCount(1);
    expect(watched.entries).toEqual(["caughtUp", { event: appended(stream, 0, item) }]);
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
    const after = (last: Position | "start") => client.subscribeToAll({ fromPosition: last });
    const subscribers = [1, 2, 3].map(() => {
      const watched = new Watched(after(fromPosition), (last) => after(last?.event?.position ?? fromPosition));
      open.push(watched);
      return watched;
    });
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
    expect(watched.events.filter((seen) => seen.stream === stream)).toEqual([appended(stream, 3, last)]);
  });

  embeddedOnly(DROPS_THE_SLOW)("is kept when it pauses while live, however far it falls behind", async () => {
    const stream = newStream("burst");
    const watched = watch(client.subscribeToStream(stream, { fromRevision: "end" }));
    await watched.untilCaughtUp();
    watched.subscription.pause();
    const burst = () => events(200).map((item) => ({ ...item, data: { pad: "x".repeat(2000) } }));
    for (let n = 0; n < 20; n++) await client.appendToStream(stream, burst());
    watched.subscription.resume();
    await watched.untilCount(4000);
    expect(watched.entries.filter((entry) => typeof entry === "string")).toEqual(["caughtUp"]);
    expect(watched.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 4000 }, (_, n) => BigInt(n)));
  });

  embeddedOnly(DROPS_THE_SLOW)("keeps the order of the log when its consumer is slow", async () => {
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
  const tag = newStream("F").replaceAll("-", "");
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
    [
      "an expression of .NET's: options in front",
      (checkpointReached) =>
        streamNameFilter({ regex: `(?ix) ^ ${tag.toUpperCase()} a - [12] $ # both`, checkpointReached }),
      (stream) => stream.startsWith(`${tag}a-`),
    ],
    [
      "an expression of .NET's: anchors, categories and groups that do not try again",
      (checkpointReached) =>
        streamNameFilter({ regex: `\\A(?>\\p{Lu}${tag.slice(1)}|never)[a-z-[b]]-\\d\\z`, checkpointReached }),
      (stream) => stream.startsWith(`${tag}a-`),
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
    await expect(failed).rejects.toThrow();
  });

  embeddedOnly("a real server takes what .NET takes")("says what of an expression it does not know", async () => {
    const broken = client.subscribeToAll({ filter: streamNameFilter({ regex: "^(a)\\1$" }) });
    const failed = new Promise((_resolve, reject) => broken.on("error", reject));
    await expect(failed).rejects.toThrow(/the filter's regular expression .* cannot be used: \\1 is not supported/);
  });

  it("without prefixes matches nothing", async () => {
    const watched = watchFiltered((checkpointReached) => streamNameFilter({ prefixes: [], checkpointReached }), start);
    await watched.untilCaughtUp();
    expect(watched.events).toEqual([]);
  });
});

describe("checkpoints", () => {
  embeddedOnly("a real server sends none before it has caught up")(
    "come every maxSearchWindow times checkpointInterval events, matching or not, and when caught up",
    async () => {
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
    },
  );

  it("grow, and are a place to go on from: nothing is missed and nothing comes twice", async () => {
    const stream = newStream("resumed");
    const filter = (checkpointReached: CheckpointReached) =>
      streamNameFilter({ prefixes: [stream], maxSearchWindow: 7, checkpointReached });
    for (let n = 0; n < 20; n++) {
      await client.appendToStream(stream, events(1, n));
      await client.appendToStream(newStream(), events(3));
    }
    const first = watchFiltered(filter);
    await first.untilCaughtUp();
    // One after the other: a real server sends no checkpoint before, and drops who falls behind.
    for (let n = 20; n < 40; n++) {
      await client.appendToStream(stream, events(1, n));
      await client.appendToStream(newStream(), events(3));
    }
    await first.until(() => first.events.length === 40 && first.checkpoints.length >= 2);
    const commits = first.checkpoints.map(({ commit }) => commit);
    expect(commits).toEqual([...new Set(commits)].sort((a, b) => (a < b ? -1 : 1)));
    const all = await collect(client.readStream(stream));
    const middle = first.checkpoints[Math.floor(first.checkpoints.length / 2)];
    for (const [index, entry] of first.entries.entries()) {
      if (typeof entry !== "object" || !("checkpoint" in entry)) continue;
      if (![first.checkpoints[0], middle, first.checkpoints.at(-1)].includes(entry.checkpoint)) continue;
      const before = first.entries
        .slice(0, index)
        .flatMap((item) => (typeof item === "object" && "event" in item ? [item.event] : []));
      const second = watchFiltered(filter, entry.checkpoint);
      await second.untilCaughtUp();
      expect([...before, ...second.events]).toEqual(all);
    }
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
