import { randomUUID } from "node:crypto";
import { EventStoreDBClient, jsonEvent, streamNameFilter, type AllStreamResolvedEvent } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, it } from "vitest";
import { inFlight, median, percentile, seconds } from "./support/figures.js";
import { MeasuredServer } from "./support/measured-server.js";

/** Reading beside its floor, the client: what it spends on an event is what no server can save. */
const EVENTS = 20_000;
const ROUNDS = 5;
const SUBSCRIBERS = 128;
const LIVE_EVENTS = 200;

const event = (n: number) =>
  jsonEvent({
    type: "UsageRecorded",
    data: { n, text: "x".repeat(220), amount: "12.30" },
    metadata: { correlationId: randomUUID(), causationId: randomUUID(), contentHash: "y".repeat(64) },
  });

describe("reading", () => {
  let server: MeasuredServer;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    server = await MeasuredServer.start("disk");
    client = EventStoreDBClient.connectionString(server.url);
    await inFlight(EVENTS / 100, 4, (n) =>
      client.appendToStream(
        `filled-${n}`,
        Array.from({ length: 100 }, (_, index) => event(index)),
      ),
    );
  });

  afterAll(async () => {
    await client.dispose();
    await server.stop();
  });

  it("the whole log", async () => {
    const rounds: { rate: number; server: number; client: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [ownBefore, serverBefore] = [process.cpuUsage(), server.cpu];
      let count = 0;
      const time = await seconds(async () => {
        for await (const { event: record } of client.readAll()) if (record) count++;
      });
      const own = process.cpuUsage(ownBefore);
      rounds.push({
        rate: count / time,
        server: ((server.cpu - serverBefore) * 1e6) / count,
        client: (own.user + own.system) / count,
      });
    }
    const of = (name: "rate" | "server" | "client") => median(rounds.map((round) => round[name]));
    console.log(
      `read of the whole log ${of("rate").toFixed(0)} events/s; CPU per event: server ${of("server").toFixed(1)} us, ` +
        `client ${of("client").toFixed(1)} us (${(of("server") / of("client")).toFixed(2)} of it)`,
    );
  });

  it(`by ${SUBSCRIBERS} live subscribers`, async () => {
    const arrivals: number[] = [];
    const sent = new Map<number, number>();
    let live = 0;
    let received = 0;
    const start = new Date().toISOString();
    const subscriptions = Array.from({ length: SUBSCRIBERS }, () =>
      client.subscribeToAll({ fromPosition: "end", filter: streamNameFilter({ prefixes: ["live-"] }) }),
    );
    for (const subscription of subscriptions) {
      subscription.on("data", ({ event: record }: AllStreamResolvedEvent) => {
        received++;
        const { n } = record?.data as { n: number };
        arrivals.push(performance.now() - (sent.get(n) ?? Number.NaN));
      });
      (subscription as NodeJS.EventEmitter).on("caughtUp", () => live++);
    }
    while (live < SUBSCRIBERS) await new Promise((resolve) => setTimeout(resolve, 5));
    const serverBefore = server.cpu;
    const time = await seconds(async () => {
      for (let n = 0; n < LIVE_EVENTS; n++) {
        sent.set(n, performance.now());
        await client.appendToStream(`live-${start}`, event(n));
      }
      while (received < SUBSCRIBERS * LIVE_EVENTS) await new Promise((resolve) => setTimeout(resolve, 1));
    });
    const cpu = ((server.cpu - serverBefore) * 1e6) / received;
    console.log(
      `${SUBSCRIBERS} live subscribers: ${received} deliveries of ${LIVE_EVENTS} appends, ${(received / time).toFixed(0)}/s, ` +
        `append to arrival p50 ${percentile(arrivals, 0.5).toFixed(1)} ms, p99 ${percentile(arrivals, 0.99).toFixed(1)} ms, ` +
        `server CPU ${cpu.toFixed(1)} us per delivery`,
    );
    await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
  });
});
