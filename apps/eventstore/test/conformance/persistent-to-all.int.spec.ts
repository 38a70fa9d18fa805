import {
  eventTypeFilter,
  persistentSubscriptionToAllSettingsFromDefaults as settingsWith,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type Filter,
} from "@eventstore/db-client";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Consumer } from "./support/consumer.js";
import { event, events, newStream, rejection } from "./support/events.js";
import { openTarget, type Target } from "./support/target.js";

let target: Target;
let client: EventStoreDBClient;
let consumers: Consumer[] = [];

beforeAll(async () => {
  target = await openTarget();
  client = target.client;
});

afterEach(async () => {
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  consumers = [];
});

afterAll(async () => {
  await target.close();
});

const create = async (settings: Parameters<typeof settingsWith>[0], filter?: Filter): Promise<string> => {
  const group = `group-${randomUUID()}`;
  await client.createPersistentSubscriptionToAll(group, settingsWith(settings), filter && { filter });
  return group;
};

const consume = (group: string, react?: ConstructorParameters<typeof Consumer>[1]): Consumer => {
  const consumer = new Consumer(client.subscribeToPersistentSubscriptionToAll(group), react);
  consumers.push(consumer);
  return consumer;
};

/** What a consumer was sent of these streams. */
const of = ({ deliveries }: Consumer, ...streams: string[]) =>
  deliveries.flatMap(({ event: record }) =>
    record && streams.includes(record.streamId) ? [`${record.revision.toString()}@${record.streamId}`] : [],
  );

describe("a persistent subscription to $all", () => {
  it("sends the log from its start, each event with its position", async () => {
    await client.appendToStream(newStream(), events(60));
    const consumer = consume(await create({ startFrom: "start" }));
    await consumer.untilCount(50);
    const place = ({ event: record, commitPosition }: Pick<AllStreamResolvedEvent, "event" | "commitPosition">) => [
      record?.id,
      record?.position.commit,
      commitPosition,
    ];
    const log = [];
    for await (const resolved of client.readAll({ maxCount: 50 })) log.push(place(resolved));
    expect(consumer.deliveries.slice(0, 50).map((delivery) => place(delivery as AllStreamResolvedEvent))).toEqual(log);
  });

  it("starts from a position, with the event there, and from the end, with what comes", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(2));
    const { position } = await client.appendToStream(stream, events(1));
    const [fromHere, fromEnd] = [await create({ startFrom: position ?? "start" }), await create({ startFrom: "end" })];
    await client.appendToStream(stream, events(1));
    const [first, second] = [consume(fromHere), consume(fromEnd)];
    await Promise.all([
      first.until((self) => of(self, stream).length === 2),
      second.until((self) => of(self, stream).length === 1),
    ]);
    expect([of(first, stream), of(second, stream)]).toEqual([[`2@${stream}`, `3@${stream}`], [`3@${stream}`]]);
  });

  it("parks and replays like one to a stream, and does not come back to what it parked by itself", async () => {
    const stream = newStream("parked-of-all");
    const group = await create({ startFrom: "end" });
    let parked = false;
    const consumer = consume(group, async (delivery, self) => {
      const isIt = delivery.event?.streamId === stream && !parked;
      parked ||= isIt;
      await (isIt ? self.nack("park", "later", delivery) : self.ack(delivery));
    });
    await consumer.confirmed;
    await client.appendToStream(stream, event(1));
    const stats = async () => (await client.getPersistentSubscriptionToAllInfo(group)).stats;
    while ((await stats()).parkedMessageCount !== 1n) await delay(10);
    await client.replayParkedMessagesToAll(group);
    await consumer.until((self) => of(self, stream).length === 2);
    while ((await stats()).totalInFlightMessages > 0) await delay(10);
    // A real server sends the metadata of the stream of parked messages, and not the messages.
    const ofParked = `$persistentsubscription-$all::${group}-parked`;
    const own = consumer.deliveries.filter(({ event: record }) => record?.streamId === ofParked);
    expect([of(consumer, stream), own]).toEqual([[`0@${stream}`, `0@${stream}`], []]);
  });

  it("goes on after events that its filter passed over", async () => {
    const stream = newStream("wanted");
    const settings = { startFrom: "start", checkPointUpperBound: 20, checkPointLowerBound: 1 } as const;
    const group = await create(settings, streamNameFilter({ prefixes: [stream] }));
    await client.appendToStream(stream, event(0));
    const first = consume(group);
    await first.untilCount(1);
    const { position } = await client.appendToStream(newStream("unwanted"), events(300));
    const passed = async () =>
      (await client.getPersistentSubscriptionToAllInfo(group)).stats.lastCheckpointedEventPosition?.commit ?? 0n;
    while ((await passed()) < (position?.commit ?? 0n) - 100_000n) await delay(10);
    await first.stop();
    await client.appendToStream(stream, event(1));
    const second = consume(group);
    await second.untilCount(1);
    expect(second.numbers).toEqual([1]);
  });
});

describe("a persistent subscription to $all with a filter", () => {
  const tag = newStream("f").replaceAll("-", "");
  const streams = [`${tag}a-1`, `${tag}a-2`, `${tag}b-1`] as const;

  beforeAll(async () => {
    for (let n = 0; n < 30; n++) {
      await client.appendToStream(streams[n % 3] ?? "", event(n, n % 2 === 0 ? `${tag}.even` : `${tag}.odd`));
    }
  });

  it.each<[string, () => Filter, (n: number) => boolean]>([
    ["stream prefixes", () => streamNameFilter({ prefixes: [`${tag}a-`] }), (n) => n % 3 < 2],
    ["a regular expression on streams", () => streamNameFilter({ regex: `^${tag}[ab]-1$` }), (n) => n % 3 !== 1],
    ["event type prefixes", () => eventTypeFilter({ prefixes: [`${tag}.e`] }), (n) => n % 2 === 0],
    ["a regular expression on event types", () => eventTypeFilter({ regex: `^${tag}\\.odd$` }), (n) => n % 2 === 1],
  ])("by %s lets through what matches and nothing else", async (_, filter, matches) => {
    const expected = Array.from({ length: 30 }, (_unused, n) => n).filter(matches);
    const consumer = consume(await create({ startFrom: "start" }, filter()));
    await consumer.untilCount(expected.length);
    await delay(50);
    expect(consumer.numbers).toEqual(expected);
  });

  it("refuses an expression that is not valid", async () => {
    const { type } = await rejection(create({ startFrom: "start" }, streamNameFilter({ regex: "(" })));
    expect(type).toBe("unknown");
  });
});
