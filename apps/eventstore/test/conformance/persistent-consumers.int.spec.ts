import type { EventStoreDBClient } from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { keep, type Consumer } from "./support/consumer.js";
import { events, newStream, rejection } from "./support/events.js";
import { GROUP, Groups, upTo } from "./support/groups.js";
import { embeddedOnly, openTarget, type Target } from "./support/target.js";

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

describe("replaying parked messages", () => {
  /** Parks the first `count` events that it is sent and acknowledges all others. */
  const parkFirst = (count: number) => {
    let parked = 0;
    return (delivery: Consumer["deliveries"][number], consumer: Consumer) =>
      parked++ < count ? consumer.nack("park", "later", delivery) : consumer.ack(delivery);
  };

  it("sends them once more, all of them, and then none are parked", async () => {
    const stream = await groups.create(12);
    const consumer = groups.consume(stream, parkFirst(12));
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 12n);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(24);
    await groups.until(stream, (stats) => stats.parkedMessageCount === 0n && stats.totalInFlightMessages === 0);
    expect(consumer.numbers.slice(12)).toEqual(upTo(12));
  });

  it("stops at the number that is asked for", async () => {
    const stream = await groups.create(6);
    const consumer = groups.consume(stream, parkFirst(6));
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 6n);
    await client.replayParkedMessagesToStream(stream, GROUP, { stopAt: 2 });
    await consumer.untilCount(8);
    await groups.until(stream, (stats) => stats.parkedMessageCount === 4n && stats.totalInFlightMessages === 0);
    expect(consumer.numbers).toEqual([...upTo(6), 0, 1]);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(12);
    expect(consumer.numbers.slice(8)).toEqual([2, 3, 4, 5]);
  });

  it("parks again what is parked again", async () => {
    const stream = await groups.create(2);
    const consumer = groups.consume(stream, parkFirst(4));
    await groups.until(stream, ({ parkedMessageCount }) => parkedMessageCount === 2n);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await consumer.untilCount(4);
    await groups.until(stream, (stats) => stats.parkedMessageCount === 2n && stats.totalInFlightMessages === 0);
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
    const stream = await groups.create(0, { consumerStrategyName: "RoundRobin" });
    const both = [groups.consume(stream, keep), groups.consume(stream, keep)];
    await Promise.all(both.map(({ confirmed }) => confirmed));
    await client.appendToStream(stream, events(8));
    await Promise.all(both.map((consumer) => consumer.untilCount(4)));
    expect(both.map(({ numbers }) => numbers).sort(([a = 0], [b = 0]) => a - b)).toEqual([
      [0, 2, 4, 6],
      [1, 3, 5, 7],
    ]);
  });

  it("come after the first with the strategy DispatchToSingle, when its buffer is full", async () => {
    const stream = await groups.create(0, { consumerStrategyName: "DispatchToSingle" });
    const first = groups.consume(stream, keep, 5);
    await first.confirmed;
    const second = groups.consume(stream, keep, 5);
    await second.confirmed;
    await client.appendToStream(stream, events(8));
    await Promise.all([first.untilCount(5), second.untilCount(3)]);
    expect([first.numbers, second.numbers]).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7],
    ]);
  });

  it("see each event once, with more of them coming and going", async () => {
    const stream = await groups.create(300);
    const settled: number[] = [];
    const settle = async (delivery: Consumer["deliveries"][number], consumer: Consumer) => {
      await consumer.ack(delivery);
      settled.push((delivery.event?.data as { n: number }).n);
    };
    groups.consume(stream, settle);
    const stays = groups.consume(stream, settle);
    await stays.untilCount(20);
    const late = groups.consume(stream, settle);
    await late.untilCount(5);
    while (new Set(settled).size < 300) await delay(5);
    expect(settled.toSorted((a, b) => a - b)).toEqual(upTo(300));
  });

  embeddedOnly("with a real server the message is lost")(
    "end with a nack that says stop, and what they had goes to others",
    async () => {
      const stream = await groups.create(3);
      const stops = groups.consume(stream, (delivery, consumer) => consumer.nack("stop", "enough", delivery));
      expect(await stops.failure()).toEqual({
        type: "persistent-subscription-dropped",
        streamName: stream,
        groupName: GROUP,
      });
      const other = groups.consume(stream);
      await other.untilCount(3);
      expect(other.numbers.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    },
  );

  it("are not more than the group may have", async () => {
    const stream = await groups.create(1, { maxSubscriberCount: 1 });
    const first = groups.consume(stream);
    await first.untilCount(1);
    const second = groups.consume(stream);
    expect(await second.failure()).toEqual({
      type: "maximum-subscribers-reached",
      streamName: stream,
      groupName: GROUP,
    });
    await first.stop();
    await groups.until(stream, (_, { connections }) => connections.length === 0);
    const third = groups.consume(stream);
    await third.confirmed;
  });
});
