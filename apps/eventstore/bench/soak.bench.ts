import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  streamNameFilter,
  type PersistentSubscriptionToStreamResolvedEvent,
} from "@eventstore/db-client";
import { expect, it } from "vitest";
import { percentile } from "./support/figures.js";
import { MeasuredServer } from "./support/measured-server.js";

/** An hour in small: `BENCH_SOAK_MINUTES=11`. Writers that pause, live subscribers, a persistent one, deletions. */
const MINUTES = Number(process.env["BENCH_SOAK_MINUTES"] ?? "0");
const WRITERS = 16;
const SUBSCRIBERS = 8;
const PAUSE_MS = 80;

const event = () => jsonEvent({ type: "UsageRecorded", data: { text: "x".repeat(300) }, metadata: { at: Date.now() } });

it.runIf(MINUTES > 0)(`a soak of ${MINUTES} minutes`, { timeout: (MINUTES + 2) * 60_000 }, async () => {
  const server = await MeasuredServer.start("disk");
  const client = EventStoreDBClient.connectionString(server.url);
  let running = true;
  let appended = 0;
  let deleted = 0;
  let delivered = 0;
  let settled = 0;
  let latencies: number[] = [];
  const write = async (n: number) => {
    for (let turn = 0; running; turn++) {
      const start = performance.now();
      await client.appendToStream(`soak-${n}-${Math.floor(turn / 100)}`, event());
      latencies.push(performance.now() - start);
      appended++;
      await delay(PAUSE_MS);
    }
  };
  const erase = async () => {
    while (running) {
      const stream = `gone-${randomUUID()}`;
      await client.appendToStream(stream, [event(), event()]);
      await client.deleteStream(stream);
      deleted++;
      await delay(1_000);
    }
  };
  await client.createPersistentSubscriptionToStream("soak-0-0", "group", settingsWith({ startFrom: "start" }));
  const persistent = client.subscribeToPersistentSubscriptionToStream("soak-0-0", "group");
  persistent.on("data", (message: PersistentSubscriptionToStreamResolvedEvent) => {
    settled++;
    void persistent.ack(message);
  });
  const subscriptions = Array.from({ length: SUBSCRIBERS }, () =>
    client
      .subscribeToAll({ fromPosition: "start", filter: streamNameFilter({ prefixes: ["soak-"] }) })
      .on("data", () => delivered++),
  );
  const working = Promise.all([...Array.from({ length: WRITERS }, (_, n) => write(n)), erase()]);
  const cpuBefore = server.cpu;
  for (let minute = 1; minute <= MINUTES; minute++) {
    latencies = [];
    await delay(60_000);
    console.log(
      `minute ${minute}: ${appended} appended, p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${percentile(latencies, 0.99).toFixed(1)} ms, ` +
        `memory ${server.memory.toFixed(0)} MiB, file ${server.file.toFixed(0)} MiB`,
    );
  }
  running = false;
  await working;
  for (let waited = 0; delivered < appended * SUBSCRIBERS && waited < 20_000; waited += 50) await delay(50);
  console.log(
    `${appended} appended, ${deleted} streams deleted, ${delivered} deliveries, ${settled} settled, ` +
      `server CPU ${(((server.cpu - cpuBefore) / (MINUTES * 60)) * 100).toFixed(1)} % of a core`,
  );
  expect(delivered).toBe(appended * SUBSCRIBERS);
  expect(settled).toBe(100);
  await Promise.all([...subscriptions, persistent].map((subscription) => subscription.unsubscribe()));
  await client.dispose();
  await server.stop();
});
