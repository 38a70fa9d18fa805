import { randomUUID } from "node:crypto";
import { EventStoreDBClient, jsonEvent, type JSONEventData } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, it } from "vitest";
import { inFlight, inTurns, median, percentile, perSecond, seconds, share } from "./support/figures.js";
import { MeasuredServer } from "./support/measured-server.js";
import { RawLog } from "./support/raw-log.js";

/**
 * Appends through the client, beside two floors of the same run: the same server with its log in memory, so that there
 * is no disk to wait for, and LMDB alone with the same durability.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? "7");

/** Some 500 bytes with its metadata, like an event of Tenure. */
const event = (): JSONEventData =>
  jsonEvent({
    type: "UsageRecorded",
    data: { accountId: randomUUID(), text: "x".repeat(180), amount: "12.30" },
    metadata: { correlationId: randomUUID(), causationId: randomUUID(), contentHash: "y".repeat(64) },
  });

/** Makes the client use one call per append, as the application does; without TLS they are not sent. */
const BY_ITSELF = { credentials: { username: "nobody", password: "nothing" } };

describe("appending", () => {
  let servers: Record<"disk" | "memory", MeasuredServer>;
  let clients: Record<"disk" | "memory", EventStoreDBClient>;
  let raw: RawLog;

  beforeAll(async () => {
    servers = { disk: await MeasuredServer.start("disk"), memory: await MeasuredServer.start("memory") };
    clients = {
      disk: EventStoreDBClient.connectionString(servers.disk.url),
      memory: EventStoreDBClient.connectionString(servers.memory.url),
    };
    raw = new RawLog();
  });

  afterAll(async () => {
    await Promise.all([clients.disk.dispose(), clients.memory.dispose()]);
    await Promise.all([servers.disk.stop(), servers.memory.stop(), raw.close()]);
  });

  const run = async (
    title: string,
    { appends, events, flight, way }: { appends: number; events: number; flight: number; way: object },
  ) => {
    const through = (client: EventStoreDBClient) => async () => {
      const lists = Array.from({ length: appends }, () => Array.from({ length: events }, event));
      const time = await seconds(() =>
        inFlight(appends, flight, (n) =>
          client.appendToStream(`bench-${randomUUID()}`, lists[n] ?? [], { ...way, expectedRevision: "no_stream" }),
        ),
      );
      return (appends * events) / time;
    };
    const rawly = async () => {
      const time = await seconds(() => inFlight(appends, flight, () => raw.append(events)));
      return (appends * events) / time;
    };
    const { disk, memory, lmdb } = await inTurns(ROUNDS, {
      disk: through(clients.disk),
      memory: through(clients.memory),
      lmdb: rawly,
    });
    console.log(
      `${title.padEnd(46)} ${perSecond(disk).padStart(8)}   without a disk ${perSecond(memory).padStart(8)} (${share(disk, memory)})   LMDB alone ${perSecond(lmdb).padStart(9)} (${share(disk, lmdb)})`,
    );
  };

  it("waits for a disk", () => {
    const times = raw.flushes(200);
    console.log(
      `one flush: p50 ${median(times).toFixed(2)} ms, p99 ${percentile(times, 0.99).toFixed(2)} ms; a commit waits for two`,
    );
  });

  it("one event at a time, one after the other", async () => {
    await run("1 event, one after the other", { appends: 300, events: 1, flight: 1, way: {} });
  });

  it("one event at a time, 32 in flight", async () => {
    await run("1 event, 32 in flight", { appends: 2_000, events: 1, flight: 32, way: {} });
    await run("1 event, 32 in flight, a call for each", { appends: 2_000, events: 1, flight: 32, way: BY_ITSELF });
  });

  it("a hundred events at a time", async () => {
    await run("100 events, one append after the other", { appends: 60, events: 100, flight: 1, way: {} });
    await run("100 events, 4 in flight", { appends: 100, events: 100, flight: 4, way: {} });
  });
});
