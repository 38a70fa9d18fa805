import {
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  type EventStoreDBClient,
} from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { keep, type Consumer } from "./support/consumer.js";
import { event, events, newStream } from "./support/events.js";
import { GROUP, Groups, upTo } from "./support/groups.js";
import { openTarget, type Target } from "./support/target.js";

let target: Target;
let client: EventStoreDBClient;
const groups = new Groups(() => client);

beforeAll(async () => {
  target = await openTarget();
  client = target.client;
});

afterEach(() => groups.stopConsumers());

afterAll(async () => {
  await target.close();
});

describe("a persistent subscription to a stream", () => {
  it("confirms, sends what there is in order, and then what comes", async () => {
    const stream = await groups.create(50);
    const consumer = groups.consume(stream);
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
    const stream = await groups.create(4, { startFrom });
    await client.appendToStream(stream, event(4));
    const consumer = groups.consume(stream);
    await consumer.untilCount(expected.length);
    expect(consumer.numbers).toEqual(expected);
  });

  it("can be made for a stream that does not exist yet", async () => {
    const stream = await groups.create(0);
    const consumer = groups.consume(stream);
    await consumer.confirmed;
    await client.appendToStream(stream, events(3));
    await consumer.untilCount(3);
    expect(consumer.numbers).toEqual([0, 1, 2]);
  });

  it("sends a consumer no more than its buffer holds before it has settled some", async () => {
    const stream = await groups.create(20);
    const consumer = groups.consume(stream, keep, 4);
    await consumer.untilCount(4);
    expect((await groups.info(stream)).connections).toMatchObject([{ inFlightMessages: 4, availableSlots: 0 }]);
    await consumer.ack(...consumer.deliveries.slice(0, 3));
    await consumer.untilCount(7);
    expect(consumer.numbers).toEqual(upTo(7));
  });

  it("reads more events than its buffers hold, and more than one page", async () => {
    const stream = await groups.create(700, { historyBufferSize: 40, readBatchSize: 20, liveBufferSize: 10 });
    const consumer = groups.consume(stream);
    await consumer.untilCount(700);
    await Promise.all(upTo(10).map((n) => client.appendToStream(stream, events(20, 700 + 20 * n))));
    await consumer.untilCount(900);
    expect(consumer.numbers.slice(0, 700)).toEqual(upTo(700));
    expect(new Set(consumer.numbers).size).toBe(900);
  });

  it("leaves out what the stream's metadata cuts off", async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(10));
    await client.setStreamMetadata(stream, { truncateBefore: 7 });
    // After that: a real server fills a group's buffers before a consumer comes.
    await client.createPersistentSubscriptionToStream(stream, GROUP, settingsWith({ startFrom: "start" }));
    const consumer = groups.consume(stream);
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
    const consumer = groups.consume(index);
    await consumer.untilCount(1);
    expect(
      consumer.deliveries.map(({ event: record, link: through }) => [record?.streamId, through?.streamId]),
    ).toEqual([[stream, index]]);
    await groups.until(index, ({ totalInFlightMessages }) => totalInFlightMessages === 0);
  });

  it("goes on for the next consumer where the one before it stopped", async () => {
    const stream = await groups.create(10);
    const first = groups.consume(stream, keep);
    await first.untilCount(10);
    await first.ack(...first.deliveries.slice(0, 6));
    await groups.until(stream, ({ totalInFlightMessages }) => totalInFlightMessages === 4);
    await first.stop();
    const second = groups.consume(stream);
    await second.untilCount(4);
    expect(second.numbers).toEqual([6, 7, 8, 9]);
  });
});

it("sends its consumers the event that ends the stream for good", async () => {
  const stream = await groups.create(2);
  const consumer = groups.consume(stream);
  await consumer.untilCount(2);
  await client.tombstoneStream(stream);
  await consumer.untilCount(3);
  expect(consumer.deliveries.map(({ event: record }) => [record?.revision, record?.type])).toEqual([
    [0n, "happened"],
    [1n, "happened"],
    [9223372036854775807n, "$streamDeleted"],
  ]);
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
    const stream = await groups.create(3);
    const consumer = groups.consume(stream, nackOnce("retry", 1));
    await consumer.untilCount(4);
    expect(consumer.retries.filter(([n]) => n === 1)).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it("with skip has the message never sent again", async () => {
    const stream = await groups.create(3);
    const consumer = groups.consume(stream, nackOnce("skip", 1));
    await consumer.untilCount(3);
    await groups.until(stream, ({ totalInFlightMessages }) => totalInFlightMessages === 0);
    expect([consumer.numbers, (await groups.info(stream)).stats.parkedMessageCount]).toEqual([[0, 1, 2], 0n]);
  });

  it("with park puts a link to the message and the reason into the group's stream of parked messages", async () => {
    const stream = await groups.create(3);
    const consumer = groups.consume(stream, nackOnce("park", 1));
    await consumer.untilCount(3);
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 1n);
    const parked = [];
    const read = client.readStream(`$persistentsubscription-${stream}::${GROUP}-parked`, { resolveLinkTos: true });
    for await (const { event: record, link } of read) {
      const { reason, subscriptionEventNumber } = link?.metadata as Record<string, unknown>;
      parked.push({ data: record?.data, type: link?.type, reason, subscriptionEventNumber });
    }
    const reason = "Client explicitly NAK'ed message.\nbecause";
    expect(parked).toEqual([{ data: { n: 1 }, type: "$>", reason, subscriptionEventNumber: 1 }]);
    expect(consumer.numbers).toEqual([0, 1, 2]);
  });

  it("parks a message that has been retried as often as it may", async () => {
    const stream = await groups.create(1, { maxRetryCount: 2 });
    const consumer = groups.consume(stream, (delivery, self) => self.nack("retry", "again", delivery));
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 1n);
    expect(consumer.retries).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
    const reasons = [];
    for await (const { event: link } of client.readStream(`$persistentsubscription-${stream}::${GROUP}-parked`)) {
      const { reason, subscriptionEventNumber } = link?.metadata as Record<string, unknown>;
      reasons.push({ reason, subscriptionEventNumber });
    }
    // The number of the first event of all is left out.
    expect(reasons).toEqual([{ reason: "Reached retry count of 2", subscriptionEventNumber: undefined }]);
  });

  it("of several messages settles them all", async () => {
    const stream = await groups.create(5);
    const consumer = groups.consume(stream, keep);
    await consumer.untilCount(5);
    await consumer.nack("park", "all", ...consumer.deliveries);
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 5n);
  });
});

describe("a message that is not settled", () => {
  it("in time is sent again, and parked after its last retry", async () => {
    const stream = await groups.create(1, { messageTimeout: 150, maxRetryCount: 1 });
    const consumer = groups.consume(stream, keep);
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 1n);
    expect(consumer.retries).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it("stays with its consumer when there is no time limit", async () => {
    const stream = await groups.create(1, { messageTimeout: 0 });
    const consumer = groups.consume(stream, keep);
    await consumer.untilCount(1);
    await delay(300);
    expect([consumer.retries, (await groups.info(stream)).stats.totalInFlightMessages]).toEqual([[[0, 0]], 1]);
  });

  it("goes to another consumer, as it was, when its own goes away", async () => {
    const stream = await groups.create(6);
    const first = groups.consume(stream, keep);
    await first.untilCount(6);
    const second = groups.consume(stream);
    await second.confirmed;
    await first.stop();
    await second.untilCount(6);
    expect(second.numbers).toEqual(upTo(6));
  });

  it("is not settled by somebody who does not have it", async () => {
    const stream = await groups.create(1);
    const holder = groups.consume(stream, keep);
    await holder.untilCount(1);
    const other = groups.consume(stream);
    await other.confirmed;
    await other.ack(...holder.deliveries);
    await client.appendToStream(stream, events(2, 1));
    await other.untilCount(1);
    await groups.until(stream, ({ totalInFlightMessages }) => totalInFlightMessages === 2);
    expect([holder.numbers, other.numbers]).toEqual([[0, 1], [2]]);
  });
});
