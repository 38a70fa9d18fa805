import {
  EventStoreDBClient,
  persistentSubscriptionToAllSettingsFromDefaults as allSettingsWith,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  streamNameFilter,
} from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { Consumer, keep } from "../support/consumer.js";
import { event, events, newStream } from "../support/events.js";
import { startServer, temporaryFolders, type TestServer } from "../support/server.js";

const folders = temporaryFolders();

afterAll(() => {
  folders.removeAll();
});

const GROUP = "billing";

/** A server that can die and come back, with one client at a time. */
class Mortal {
  private readonly data = folders.create();
  private server: TestServer | undefined;
  private connected: EventStoreDBClient | undefined;

  async start(): Promise<EventStoreDBClient> {
    this.server = await startServer(this.data);
    this.connected = EventStoreDBClient.connectionString(this.server.url);
    return this.connected;
  }

  /** kill -9, or as it should be. */
  async end(how: "kill" | "stop"): Promise<void> {
    await this.connected?.dispose();
    await this.server?.[how]();
  }

  async restart(how: "kill" | "stop"): Promise<EventStoreDBClient> {
    await this.end(how);
    return await this.start();
  }
}

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

describe("a persistent subscription", () => {
  it("survives kill -9 with its settings, its filter, its checkpoint and what it parked", async () => {
    const mortal = new Mortal();
    let client = await mortal.start();
    const stream = newStream();
    await client.appendToStream(stream, events(30));
    const settings = settingsWith({
      startFrom: "start",
      checkPointLowerBound: 1,
      checkPointUpperBound: 1,
      consumerStrategyName: "DispatchToSingle",
    });
    await client.createPersistentSubscriptionToStream(stream, GROUP, settings);
    const ofAll = allSettingsWith({ startFrom: "start" });
    await client.createPersistentSubscriptionToAll(GROUP, ofAll, { filter: streamNameFilter({ prefixes: [stream] }) });
    const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP), keep);
    await consumer.untilCount(10);
    await consumer.nack("park", "later", ...consumer.deliveries.slice(0, 3));
    await consumer.ack(...consumer.deliveries.slice(3, 8));
    const before = async () => (await client.getPersistentSubscriptionToStreamInfo(stream, GROUP)).stats;
    while ((await before()).lastCheckpointedEventRevision !== 7n) await delay(10);

    client = await mortal.restart("kill");
    const info = await client.getPersistentSubscriptionToStreamInfo(stream, GROUP);
    expect([info.settings, info.stats.parkedMessageCount, info.stats.lastCheckpointedEventRevision]).toEqual([
      settings,
      3n,
      7n,
    ]);
    const next = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP));
    await next.untilCount(22);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await next.untilCount(25);
    expect(next.numbers).toEqual([...upTo(22, 8), 0, 1, 2]);
    expect((await client.getPersistentSubscriptionToAllInfo(GROUP)).settings).toEqual(ofAll);
    const filtered = new Consumer(client.subscribeToPersistentSubscriptionToAll(GROUP));
    await filtered.untilCount(30);
    expect(filtered.numbers).toEqual(upTo(30));
    await mortal.end("stop");
  });

  it("sends again after kill -9 what was replayed and not settled, and not what was", async () => {
    const mortal = new Mortal();
    let client = await mortal.start();
    const stream = newStream();
    await client.appendToStream(stream, events(4));
    await client.createPersistentSubscriptionToStream(stream, GROUP, settingsWith({ startFrom: "start" }));
    const parked = async () =>
      (await client.getPersistentSubscriptionToStreamInfo(stream, GROUP)).stats.parkedMessageCount;
    const first = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP), (delivery, self) =>
      self.deliveries.length <= 4 ? self.nack("park", "later", delivery) : Promise.resolve(),
    );
    while ((await parked()) < 4n) await delay(10);
    await client.replayParkedMessagesToStream(stream, GROUP);
    await first.untilCount(8);
    expect(await parked()).toBe(0n);

    client = await mortal.restart("kill");
    expect(await parked()).toBe(4n);
    const second = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP));
    await client.replayParkedMessagesToStream(stream, GROUP);
    await second.until(({ numbers }) => new Set(numbers).size === 4);
    const stats = async () => (await client.getPersistentSubscriptionToStreamInfo(stream, GROUP)).stats;
    while ((await stats()).totalInFlightMessages > 0) await delay(10);
    // Cutting off what has been settled is a commit of its own.
    const cut = async () =>
      (await client.getStreamMetadata(`$persistentsubscription-${stream}::${GROUP}-parked`)).metadata;
    while ((await cut())?.truncateBefore !== 4) await delay(10);

    client = await mortal.restart("kill");
    expect(await parked()).toBe(0n);
    await mortal.end("stop");
  });

  it("loses no event and tells which may come twice, killed three times under two consumers", async () => {
    const mortal = new Mortal();
    let client = await mortal.start();
    const stream = newStream();
    const settings = settingsWith({ startFrom: "start", checkPointLowerBound: 1, checkPointUpperBound: 20 });
    await client.appendToStream(stream, events(600));
    await client.createPersistentSubscriptionToStream(stream, GROUP, settings);
    const settled: number[] = [];
    for (const round of [1, 2, 3]) {
      const both = [1, 2].map(
        () =>
          new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP), async (delivery, self) => {
            await self.ack(delivery).catch(() => undefined);
            settled.push((delivery.event?.data as { n: number }).n);
          }),
      );
      while (new Set(settled).size < 150 * round) await delay(5);
      client = await mortal.restart("kill");
      expect(both.map(({ deliveries }) => deliveries.length > 0)).toEqual([true, true]);
    }
    const last = new Consumer(
      client.subscribeToPersistentSubscriptionToStream(stream, GROUP),
      async (delivery, self) => {
        await self.ack(delivery);
        settled.push((delivery.event?.data as { n: number }).n);
      },
    );
    while (new Set(settled).size < 600) await delay(5);
    expect([...new Set(settled)].sort((a, b) => a - b)).toEqual(upTo(600));
    // At most what was in flight, and what was settled after a checkpoint and while one was written, comes again.
    expect(settled.length - 600).toBeLessThan(3 * (20 + 20 + 20 + 20));
    expect(last.deliveries.length).toBeGreaterThan(0);
    await mortal.end("stop");
  });

  it("writes down how far it has come when the server stops, so that nothing comes twice", async () => {
    const mortal = new Mortal();
    let client = await mortal.start();
    const stream = newStream();
    await client.appendToStream(stream, events(3));
    await client.createPersistentSubscriptionToStream(stream, GROUP, settingsWith({ startFrom: "start" }));
    const first = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP));
    await first.untilCount(3);
    const stats = async () => (await client.getPersistentSubscriptionToStreamInfo(stream, GROUP)).stats;
    while ((await stats()).totalInFlightMessages > 0) await delay(10);
    client = await mortal.restart("stop");
    await client.appendToStream(stream, event(3));
    const second = new Consumer(client.subscribeToPersistentSubscriptionToStream(stream, GROUP));
    await second.untilCount(1);
    expect(second.numbers).toEqual([3]);
    await mortal.end("stop");
  });

  it("stays deleted after kill -9, and so do deleted and tombstoned streams", async () => {
    const mortal = new Mortal();
    let client = await mortal.start();
    const [stream, dead] = [newStream(), newStream()];
    await client.appendToStream(stream, events(1));
    await client.createPersistentSubscriptionToStream(stream, GROUP, settingsWith());
    await client.deletePersistentSubscriptionToStream(stream, GROUP);
    await client.tombstoneStream(dead);
    await client.deleteStream(stream);
    client = await mortal.restart("kill");
    expect(await client.listAllPersistentSubscriptions()).toEqual([]);
    await expect(client.appendToStream(dead, events(1))).rejects.toMatchObject({ type: "stream-deleted" });
    const { nextExpectedRevision } = await client.appendToStream(stream, events(1), { expectedRevision: "no_stream" });
    expect(nextExpectedRevision).toBe(1n);
    await mortal.end("stop");
  });
});
