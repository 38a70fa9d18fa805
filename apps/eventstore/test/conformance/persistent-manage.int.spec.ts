import {
  persistentSubscriptionToAllSettingsFromDefaults as allSettingsWith,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  streamNameFilter,
  type EventStoreDBClient,
} from "@eventstore/db-client";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Consumer, keep } from "./support/consumer.js";
import { events, newStream, rejection } from "./support/events.js";
import { embeddedOnly, openTarget, type Target } from "./support/target.js";

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

const create = (stream: string, group: string, settings: Parameters<typeof settingsWith>[0] = {}) =>
  client.createPersistentSubscriptionToStream(stream, group, settingsWith({ startFrom: "start", ...settings }));

const consume = (stream: string, group: string, react?: ConstructorParameters<typeof Consumer>[1]): Consumer => {
  const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, group), react);
  consumers.push(consumer);
  return consumer;
};

const newGroup = () => `group-${randomUUID()}`;

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

const COMES_AGAIN = "with a real server messages come again that were settled since the last stored checkpoint";

const error = (type: string, streamName: string, groupName: string) => ({ type, streamName, groupName });
const missing = (stream: string, group: string) => error("persistent-subscription-does-not-exist", stream, group);

describe("creating a group", () => {
  it("is refused when there is one of that name on that stream, and on that stream only", async () => {
    const [stream, other] = [newStream(), newStream()];
    await create(stream, "g");
    await create(stream, "h");
    await create(other, "g");
    expect(await rejection(create(stream, "g"))).toEqual(error("persistent-subscription-exists", stream, "g"));
    const group = newGroup();
    await client.createPersistentSubscriptionToAll(group, allSettingsWith());
    expect(await rejection(client.createPersistentSubscriptionToAll(group, allSettingsWith()))).toEqual(
      error("persistent-subscription-exists", "$all", group),
    );
  });

  it("takes settings that can be read back, for a stream and for $all", async () => {
    const stream = newStream();
    const settings = settingsWith({
      startFrom: 7n,
      resolveLinkTos: true,
      extraStatistics: true,
      messageTimeout: 1234,
      maxRetryCount: 3,
      checkPointAfter: 345,
      checkPointLowerBound: 4,
      checkPointUpperBound: 56,
      maxSubscriberCount: 5,
      liveBufferSize: 60,
      readBatchSize: 7,
      historyBufferSize: 80,
      consumerStrategyName: "Pinned",
    });
    await client.createPersistentSubscriptionToStream(stream, "g", settings);
    const group = newGroup();
    const ofAll = allSettingsWith({ startFrom: { commit: 4000n, prepare: 4000n }, readBatchSize: 9 });
    await client.createPersistentSubscriptionToAll(group, ofAll);
    const infos = [
      await client.getPersistentSubscriptionToStreamInfo(stream, "g"),
      await client.getPersistentSubscriptionToAllInfo(group),
    ];
    expect(
      infos.map(({ eventSource, groupName, settings: told, connections }) => ({
        eventSource,
        groupName,
        told,
        connections,
      })),
    ).toEqual([
      { eventSource: stream, groupName: "g", told: settings, connections: [] },
      { eventSource: "$all", groupName: group, told: ofAll, connections: [] },
    ]);
  });

  it("takes checkpoint counts of nothing or crossed, and refuses a buffer that one read would fill", async () => {
    const stream = newStream();
    await create(stream, "nothing", { checkPointLowerBound: 0, checkPointUpperBound: 0 });
    await create(stream, "crossed", { checkPointLowerBound: 20, checkPointUpperBound: 5 });
    await client.appendToStream(stream, events(30));
    const both = ["nothing", "crossed"].map((group) => consume(stream, group));
    await Promise.all(both.map((consumer) => consumer.untilCount(30)));
    expect(both.map(({ numbers }) => numbers)).toEqual([upTo(30), upTo(30)]);
    await create(stream, "larger", { readBatchSize: 20, historyBufferSize: 21 });
    await expect(create(stream, "equal", { readBatchSize: 20, historyBufferSize: 20 })).rejects.toThrow();
  });

  it.each(["start", "end"] as const)("keeps the start at the %s", async (startFrom) => {
    const [stream, group] = [newStream(), newGroup()];
    await create(stream, "g", { startFrom });
    await client.createPersistentSubscriptionToAll(group, allSettingsWith({ startFrom }));
    expect([
      (await client.getPersistentSubscriptionToStreamInfo(stream, "g")).settings.startFrom,
      (await client.getPersistentSubscriptionToAllInfo(group)).settings.startFrom,
    ]).toEqual([startFrom, startFrom]);
  });

  it("takes names that are not ASCII", async () => {
    const [stream, group] = [newStream("어학연구소/0️⃣"), "ヽ༼ຈل͜ຈ༽ﾉ"];
    await create(stream, group);
    await client.appendToStream(stream, events(2));
    const consumer = consume(stream, group);
    await consumer.untilCount(2);
    const { eventSource, groupName } = await client.getPersistentSubscriptionToStreamInfo(stream, group);
    expect([eventSource, groupName]).toEqual([stream, group]);
  });
});

describe("a group that does not exist", () => {
  it("cannot be consumed, updated, deleted, looked at or replayed", async () => {
    const stream = newStream();
    const group = newGroup();
    const toAll = new Consumer(client.subscribeToPersistentSubscriptionToAll(group));
    expect([
      await rejection(consume(stream, group).until(() => false)),
      await rejection(client.updatePersistentSubscriptionToStream(stream, group, settingsWith())),
      await rejection(client.deletePersistentSubscriptionToStream(stream, group)),
      await rejection(client.getPersistentSubscriptionToStreamInfo(stream, group)),
      await rejection(client.replayParkedMessagesToStream(stream, group)),
    ]).toEqual(Array.from({ length: 5 }, () => missing(stream, group)));
    expect(await rejection(client.listPersistentSubscriptionsToStream(stream))).toEqual(missing(stream, ""));
    expect([
      await rejection(toAll.until(() => false)),
      await rejection(client.updatePersistentSubscriptionToAll(group, allSettingsWith())),
      await rejection(client.deletePersistentSubscriptionToAll(group)),
      await rejection(client.getPersistentSubscriptionToAllInfo(group)),
      await rejection(client.replayParkedMessagesToAll(group)),
    ]).toEqual(Array.from({ length: 5 }, () => missing("$all", group)));
  });
});

describe("updating a group", () => {
  embeddedOnly(COMES_AGAIN)("changes its settings, drops its consumers, and goes on where they stopped", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(6));
    await create(stream, "g");
    const first = consume(stream, "g");
    await first.untilCount(6);
    while ((await client.getPersistentSubscriptionToStreamInfo(stream, "g")).stats.totalInFlightMessages > 0) {
      await delay(10);
    }
    const settings = settingsWith({ startFrom: "start", maxRetryCount: 99 });
    await client.updatePersistentSubscriptionToStream(stream, "g", settings);
    expect(await first.failure()).toEqual({
      type: "persistent-subscription-dropped",
      streamName: stream,
      groupName: "g",
    });
    expect((await client.getPersistentSubscriptionToStreamInfo(stream, "g")).settings).toEqual(settings);
    const second = consume(stream, "g");
    await client.appendToStream(stream, events(2, 6));
    await second.untilCount(2);
    expect(second.numbers).toEqual([6, 7]);
  });

  it("changes its settings, drops its consumers, and sends what comes to the next", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(6));
    await create(stream, "g");
    const first = consume(stream, "g");
    await first.untilCount(6);
    const settings = settingsWith({ startFrom: "start", maxRetryCount: 99 });
    await client.updatePersistentSubscriptionToStream(stream, "g", settings);
    expect((await first.failure())["type"]).toBe("persistent-subscription-dropped");
    expect((await client.getPersistentSubscriptionToStreamInfo(stream, "g")).settings).toEqual(settings);
    const second = consume(stream, "g");
    await client.appendToStream(stream, events(2, 6));
    await second.until(({ numbers }) => numbers.includes(7));
    expect(second.numbers.filter((n) => n >= 6)).toEqual([6, 7]);
  });

  it("moves the start of one that has consumed nothing", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(6));
    await create(stream, "g");
    await client.updatePersistentSubscriptionToStream(stream, "g", settingsWith({ startFrom: 4n }));
    const consumer = consume(stream, "g");
    await consumer.untilCount(2);
    expect(consumer.numbers).toEqual([4, 5]);
  });
});

describe("deleting a group", () => {
  it("drops its consumers, and its name can be used again for one that begins anew", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(3));
    await create(stream, "g");
    const first = consume(stream, "g", (delivery, consumer) => consumer.nack("park", "all of it", delivery));
    const parked = async () =>
      (await client.getPersistentSubscriptionToStreamInfo(stream, "g")).stats.parkedMessageCount;
    while ((await parked()) < 3n) await delay(10);
    await client.deletePersistentSubscriptionToStream(stream, "g");
    expect(await first.failure()).toEqual({
      type: "persistent-subscription-dropped",
      streamName: stream,
      groupName: "g",
    });
    expect(await rejection(client.getPersistentSubscriptionToStreamInfo(stream, "g"))).toEqual(missing(stream, "g"));
    await create(stream, "g");
    expect(await parked()).toBe(0n);
    const second = consume(stream, "g");
    await second.untilCount(3);
    expect(second.numbers).toEqual([0, 1, 2]);
  });

  it("leaves an empty list when it was the stream's last, and no error", async () => {
    const stream = newStream();
    await create(stream, "g");
    await client.deletePersistentSubscriptionToStream(stream, "g");
    expect(await client.listPersistentSubscriptionsToStream(stream)).toEqual([]);
  });
});

describe("listing groups", () => {
  it("gives all of them, those of a stream, and those of $all", async () => {
    const [stream, group] = [newStream(), newGroup()];
    await create(stream, "a");
    await create(stream, "b");
    await client.createPersistentSubscriptionToAll(group, allSettingsWith());
    const names = (list: { eventSource: string; groupName: string }[]) =>
      list.map(({ eventSource, groupName }) => `${eventSource} ${groupName}`).sort();
    const ours = [`${stream} a`, `${stream} b`, `$all ${group}`].sort();
    const all = names(await client.listAllPersistentSubscriptions());
    expect(all.filter((name) => ours.includes(name))).toEqual(ours);
    expect(names(await client.listPersistentSubscriptionsToStream(stream))).toEqual([`${stream} a`, `${stream} b`]);
    expect(names(await client.listPersistentSubscriptionsToAll())).toContain(`$all ${group}`);
    const sources = (await client.listPersistentSubscriptionsToAll()).map(({ eventSource }) => eventSource);
    expect(new Set<string>(sources)).toEqual(new Set(["$all"]));
  });
});

describe("the information about a group", () => {
  it("counts what was sent, what is in flight, and how far it has come", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(20));
    await create(stream, "g", { checkPointLowerBound: 1, checkPointUpperBound: 5, checkPointAfter: 100 });
    const consumer = consume(stream, "g", keep);
    await consumer.untilCount(10);
    await consumer.ack(...consumer.deliveries.slice(0, 6));
    await consumer.untilCount(16);
    const read = async () => (await client.getPersistentSubscriptionToStreamInfo(stream, "g")).stats;
    while ((await read()).lastCheckpointedEventRevision !== 5n) await delay(10);
    expect(await read()).toMatchObject({
      totalItems: 16n,
      totalInFlightMessages: 10,
      outstandingMessagesCount: 10,
      parkedMessageCount: 0n,
      lastKnownEventRevision: 19n,
      lastCheckpointedEventRevision: 5n,
    });
  });

  it("names each connection, and how long it takes for its messages when that was asked for", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(5));
    await create(stream, "g", { extraStatistics: true });
    const consumer = consume(stream, "g");
    await consumer.untilCount(5);
    const read = () => client.getPersistentSubscriptionToStreamInfo(stream, "g");
    while ((await read()).stats.totalInFlightMessages > 0) await delay(10);
    const { connections } = await read();
    expect(connections).toMatchObject([
      { connectionName: client.connectionName, totalItems: 5n, availableSlots: 10, inFlightMessages: 0 },
    ]);
    expect([...(connections[0]?.extraStatistics?.keys() ?? [])]).toEqual(
      expect.arrayContaining(["mean", "median", "fastest", "quintile 3", "90%", "99.9%", "highest"]),
    );
  });
});

describe("restarting the subsystem", () => {
  embeddedOnly(COMES_AGAIN)("drops all consumers and forgets nothing that was settled", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(8));
    await create(stream, "g");
    const first = consume(stream, "g");
    await first.untilCount(8);
    while ((await client.getPersistentSubscriptionToStreamInfo(stream, "g")).stats.totalInFlightMessages > 0) {
      await delay(10);
    }
    await client.restartPersistentSubscriptionSubsystem();
    expect((await first.failure())["type"]).toBe("persistent-subscription-dropped");
    await client.appendToStream(stream, events(2, 8));
    const second = consume(stream, "g");
    await second.untilCount(2);
    expect(second.numbers).toEqual([8, 9]);
  });
});

describe("restarting the subsystem, on any server", () => {
  it("drops all consumers and loses nothing that comes later", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(8));
    await create(stream, "g");
    const first = consume(stream, "g");
    await first.untilCount(8);
    await client.restartPersistentSubscriptionSubsystem();
    expect((await first.failure())["type"]).toBe("persistent-subscription-dropped");
    await client.appendToStream(stream, events(2, 8));
    const second = consume(stream, "g");
    await second.until(({ numbers }) => numbers.includes(9));
    expect(second.numbers.filter((n) => n >= 8)).toEqual([8, 9]);
  });
});

describe("the strategy Pinned", () => {
  it("sends all events of a stream to one consumer, and spreads the streams", async () => {
    const prefix = newStream("pin").replaceAll("-", "");
    const group = newGroup();
    await client.createPersistentSubscriptionToAll(
      group,
      allSettingsWith({ startFrom: "end", consumerStrategyName: "Pinned" }),
      { filter: streamNameFilter({ prefixes: [prefix] }) },
    );
    const both = upTo(2).map(() => new Consumer(client.subscribeToPersistentSubscriptionToAll(group)));
    consumers.push(...both);
    await Promise.all(both.map(({ confirmed }) => confirmed));
    const streams = upTo(24).map((n) => `${prefix}-${n}`);
    for (const round of [0, 1, 2]) {
      await Promise.all(streams.map((stream) => client.appendToStream(stream, events(1, round))));
    }
    const total = () => both.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
    while (total() < 72) await delay(10);
    const owners = both.map(({ deliveries }) => new Set(deliveries.map(({ event: record }) => record?.streamId)));
    expect([...(owners[0] ?? [])].filter((stream) => owners[1]?.has(stream))).toEqual([]);
    expect(owners.map(({ size }) => size > 0)).toEqual([true, true]);
    expect(owners.reduce((sum, { size }) => sum + size, 0)).toBe(24);
  });
});
