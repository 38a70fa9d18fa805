import {
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  type EventStoreDBClient,
  type PersistentSubscriptionToStreamSettings,
} from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Consumer, keep } from "./support/consumer.js";
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

const GROUP = "billing";

/** A stream with `count` events and a group that reads it from the start. */
const group = async (count: number, settings: Partial<PersistentSubscriptionToStreamSettings> = {}) => {
  const stream = newStream();
  if (count > 0) await client.appendToStream(stream, events(count));
  await client.createPersistentSubscriptionToStream(stream, GROUP, settingsWith({ startFrom: "start", ...settings }));
  return stream;
};

const consume = (stream: string, react?: ConstructorParameters<typeof Consumer>[1], bufferSize = 10): Consumer => {
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, GROUP, { bufferSize });
  const consumer = new Consumer(subscription, react);
  consumers.push(consumer);
  return consumer;
};

const info = (stream: string) => client.getPersistentSubscriptionToStreamInfo(stream, GROUP);

/** Waits until the server says so: what a consumer sent has no answer of its own. */
const untilInfo = async (stream: string, done: (stats: Awaited<ReturnType<typeof info>>["stats"]) => boolean) => {
  while (!done((await info(stream)).stats)) await delay(10);
};

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

describe("a persistent subscription to a stream", () => {
  it("confirms, sends what there is in order, and then what comes", async () => {
    const stream = await group(50);
    const consumer = consume(stream);
    await consumer.confirmed;
    expect(consumer.subscription.id).toContain(GROUP);
    await consumer.untilCount(50);
    await client.appendToStream(stream, events(5, 50));
    await consumer.untilCount(55);
    expect(consumer.retries).toEqual(upTo(55).map((n) => [n, 0]));
  });

  it.each([
    ["the start", "start", upTo(5)],
    ["a revision, which is included", 2n, [2, 3, 4]],
    ["the end, so with what comes", "end", [4]],
  ] as const)("starts from %s", async (_, startFrom, expected) => {
    const stream = await group(4, { startFrom });
    await client.appendToStream(stream, event(4));
    const consumer = consume(stream);
    await consumer.untilCount(expected.length);
    expect(consumer.numbers).toEqual(expected);
  });

  it("can be made for a stream that does not exist yet", async () => {
    const stream = await group(0);
    const consumer = consume(stream);
    await consumer.confirmed;
    await client.appendToStream(stream, events(3));
    await consumer.untilCount(3);
    expect(consumer.numbers).toEqual([0, 1, 2]);
  });

  it("sends a consumer no more than its buffer holds before it has settled some", async () => {
    const stream = await group(20);
    const consumer = consume(stream, keep, 4);
    await consumer.untilCount(4);
    expect((await info(stream)).connections).toMatchObject([{ inFlightMessages: 4, availableSlots: 0 }]);
    await consumer.ack(...consumer.deliveries.slice(0, 3));
    await consumer.untilCount(7);
    expect(consumer.numbers).toEqual(upTo(7));
  });

  it("reads more events than its buffers hold, and more than one page", async () => {
    const stream = await group(700, { historyBufferSize: 40, readBatchSize: 20, liveBufferSize: 10 });
    const consumer = consume(stream);
    await consumer.untilCount(700);
    await Promise.all(upTo(10).map((n) => client.appendToStream(stream, events(20, 700 + 20 * n))));
    await consumer.untilCount(900);
    expect(consumer.numbers.slice(0, 700)).toEqual(upTo(700));
    expect(new Set(consumer.numbers).size).toBe(900);
  });

  it("leaves out what the stream's metadata cuts off", async () => {
    const stream = await group(10);
    await client.setStreamMetadata(stream, { truncateBefore: 7 });
    const consumer = consume(stream);
    await consumer.untilCount(3);
    expect(consumer.numbers).toEqual([7, 8, 9]);
  });

  it("follows links when it was made to, and is acknowledged by the link", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(2));
    const index = newStream("index");
    const link = { ...event(0, "$>"), contentType: "application/octet-stream" as const };
    await client.appendToStream(index, { ...link, data: Buffer.from(`1@${stream}`) });
    await client.createPersistentSubscriptionToStream(
      index,
      GROUP,
      settingsWith({ startFrom: "start", resolveLinkTos: true, checkPointUpperBound: 1, checkPointLowerBound: 1 }),
    );
    const consumer = consume(index);
    await consumer.untilCount(1);
    expect(
      consumer.deliveries.map(({ event: record, link: through }) => [record?.streamId, through?.streamId]),
    ).toEqual([[stream, index]]);
    await untilInfo(index, ({ totalInFlightMessages }) => totalInFlightMessages === 0);
  });

  it("goes on for the next consumer where the one before it stopped", async () => {
    const stream = await group(10);
    const first = consume(stream, keep);
    await first.untilCount(10);
    await first.ack(...first.deliveries.slice(0, 6));
    await untilInfo(stream, ({ totalInFlightMessages }) => totalInFlightMessages === 4);
    await first.stop();
    const second = consume(stream);
    await second.untilCount(4);
    expect(second.numbers).toEqual([6, 7, 8, 9]);
  });
});

describe("a negative acknowledgement", () => {
  const nackOnce = (action: "park" | "retry" | "skip" | "stop", unwanted: number) => {
    let done = false;
    return async (delivery: Consumer["deliveries"][number], consumer: Consumer) => {
      const isIt = (delivery.event?.data as { n: number }).n === unwanted && !done;
      if (isIt) done = true;
      await (isIt ? consumer.nack(action, "because", delivery) : consumer.ack(delivery));
    };
  };

  it("with retry has the message sent again, counted", async () => {
    const stream = await group(3);
    const consumer = consume(stream, nackOnce("retry", 1));
    await consumer.untilCount(4);
    expect(consumer.retries.filter(([n]) => n === 1)).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it("with skip has the message never sent again", async () => {
    const stream = await group(3);
    const consumer = consume(stream, nackOnce("skip", 1));
    await consumer.untilCount(3);
    await untilInfo(stream, ({ totalInFlightMessages }) => totalInFlightMessages === 0);
    expect([consumer.numbers, (await info(stream)).stats.parkedMessageCount]).toEqual([[0, 1, 2], 0n]);
  });

  it("with park puts a link to the message and the reason into the group's stream of parked messages", async () => {
    const stream = await group(3);
    const consumer = consume(stream, nackOnce("park", 1));
    await consumer.untilCount(3);
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 1n);
    const parked = [];
    const read = client.readStream(`$persistentsubscription-${stream}::${GROUP}-parked`, { resolveLinkTos: true });
    for await (const { event: record, link } of read) {
      const { reason } = link?.metadata as { reason: string };
      parked.push({ data: record?.data, type: link?.type, because: reason.includes("because") });
    }
    expect(parked).toEqual([{ data: { n: 1 }, type: "$>", because: true }]);
    expect(consumer.numbers).toEqual([0, 1, 2]);
  });

  it("parks a message that has been retried as often as it may", async () => {
    const stream = await group(1, { maxRetryCount: 2 });
    const consumer = consume(stream, (delivery, self) => self.nack("retry", "again", delivery));
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 1n);
    expect(consumer.retries).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  it("of several messages settles them all", async () => {
    const stream = await group(5);
    const consumer = consume(stream, keep);
    await consumer.untilCount(5);
    await consumer.nack("park", "all", ...consumer.deliveries);
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 5n);
  });
});

describe("a message that is not settled", () => {
  it("in time is sent again, and parked after its last retry", async () => {
    const stream = await group(1, { messageTimeout: 150, maxRetryCount: 1 });
    const consumer = consume(stream, keep);
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 1n);
    expect(consumer.retries).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it("stays with its consumer when there is no time limit", async () => {
    const stream = await group(1, { messageTimeout: 0 });
    const consumer = consume(stream, keep);
    await consumer.untilCount(1);
    await delay(300);
    expect([consumer.retries, (await info(stream)).stats.totalInFlightMessages]).toEqual([[[0, 0]], 1]);
  });

  it("goes to another consumer, as it was, when its own goes away", async () => {
    const stream = await group(6);
    const first = consume(stream, keep);
    await first.untilCount(6);
    const second = consume(stream);
    await second.confirmed;
    await first.stop();
    await second.untilCount(6);
    expect(second.numbers).toEqual(upTo(6));
  });

  it("is not settled by somebody who does not have it", async () => {
    const stream = await group(1);
    const holder = consume(stream, keep);
    await holder.untilCount(1);
    const other = consume(stream);
    await other.confirmed;
    await other.ack(...holder.deliveries);
    await client.appendToStream(stream, events(2, 1));
    await other.untilCount(1);
    await untilInfo(stream, ({ totalInFlightMessages }) => totalInFlightMessages === 2);
    expect([holder.numbers, other.numbers]).toEqual([[0, 1], [2]]);
  });
});

describe("replaying parked messages", () => {
  /** Parks the first `count` events that it is sent and acknowledges all others. */
  const parkFirst = (count: number) => {
    let parked = 0;
    return (delivery: Consumer["deliveries"][number], consumer: Consumer) =>
      parked++ < count ? consumer.nack("park", "later", delivery) : consumer.ack(delivery);
  };

  it("sends them once more, all of them, and then none are parked", async () => {
    const stream = await group(12);
    const consumer = consume(stream, parkFirst(12));
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 12n);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(24);
    await untilInfo(stream, (stats) => stats.parkedMessageCount === 0n && stats.totalInFlightMessages === 0);
    expect(consumer.numbers.slice(12)).toEqual(upTo(12));
  });

  it("stops at the number that is asked for", async () => {
    const stream = await group(6);
    const consumer = consume(stream, parkFirst(6));
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 6n);
    await client.replayParkedMessagesToStream(stream, GROUP, { stopAt: 2 });
    await consumer.untilCount(8);
    await untilInfo(stream, (stats) => stats.parkedMessageCount === 4n && stats.totalInFlightMessages === 0);
    expect(consumer.numbers).toEqual([...upTo(6), 0, 1]);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(12);
    expect(consumer.numbers.slice(8)).toEqual([2, 3, 4, 5]);
  });

  it("parks again what is parked again", async () => {
    const stream = await group(2);
    const consumer = consume(stream, parkFirst(4));
    await untilInfo(stream, ({ parkedMessageCount }) => parkedMessageCount === 2n);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(4);
    await untilInfo(stream, (stats) => stats.parkedMessageCount === 2n && stats.totalInFlightMessages === 0);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(6);
    expect(consumer.numbers).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("of a group that does not exist is refused", async () => {
    const streamName = newStream();
    expect(await rejection(client.replayParkedMessagesToStream(streamName, "none"))).toEqual({
      type: "persistent-subscription-does-not-exist",
      streamName,
      groupName: "none",
    });
  });
});

describe("several consumers", () => {
  it("take turns with the strategy RoundRobin", async () => {
    const stream = await group(0, { consumerStrategyName: "RoundRobin" });
    const both = [consume(stream, keep), consume(stream, keep)];
    await Promise.all(both.map(({ confirmed }) => confirmed));
    await client.appendToStream(stream, events(8));
    await Promise.all(both.map((consumer) => consumer.untilCount(4)));
    expect(both.map(({ numbers }) => numbers).sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [0, 2, 4, 6],
      [1, 3, 5, 7],
    ]);
  });

  it("come after the first with the strategy DispatchToSingle, when its buffer is full", async () => {
    const stream = await group(0, { consumerStrategyName: "DispatchToSingle" });
    const first = consume(stream, keep, 5);
    await first.confirmed;
    const second = consume(stream, keep, 5);
    await second.confirmed;
    await client.appendToStream(stream, events(8));
    await Promise.all([first.untilCount(5), second.untilCount(3)]);
    expect([first.numbers, second.numbers]).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7],
    ]);
  });

  it("see each event once, with more of them coming and going", async () => {
    const stream = await group(300);
    const settled: number[] = [];
    const settle = async (delivery: Consumer["deliveries"][number], consumer: Consumer) => {
      await consumer.ack(delivery);
      settled.push((delivery.event?.data as { n: number }).n);
    };
    consume(stream, settle);
    const stays = consume(stream, settle);
    await stays.untilCount(20);
    const late = consume(stream, settle);
    await late.untilCount(5);
    while (new Set(settled).size < 300) await delay(5);
    expect(settled.toSorted((a, b) => a - b)).toEqual(upTo(300));
  });

  it("are not more than the group may have", async () => {
    const stream = await group(1, { maxSubscriberCount: 1 });
    const first = consume(stream);
    await first.untilCount(1);
    const second = consume(stream);
    expect(await second.failure()).toEqual({
      type: "maximum-subscribers-reached",
      streamName: stream,
      groupName: GROUP,
    });
    await first.stop();
    await untilGone(stream);
    const third = consume(stream);
    await third.confirmed;
  });

  const untilGone = async (stream: string) => {
    while ((await info(stream)).connections.length > 0) await delay(10);
  };
});
