import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "./processes.js";
import { type Engines, startEmbedded } from "./start-embedded.js";

let dataDir: string;
let running: Engines | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tenure-embedded-"));
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const start = async (need = { eventStore: true, postgres: false }, eventStorePort = 0): Promise<Engines> => {
  running = await startEmbedded({ dataDir, need, eventStorePort, log: () => undefined });
  return running;
};

describe("an embedded event store", () => {
  it("keeps its events over a restart, and no PostgreSQL is started beside it", async () => {
    const first = await start();
    expect(first.eventStoreUrl).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
    expect(first.databaseUrl).toBeUndefined();
    expect(await readdir(dataDir)).not.toContain("postgres");
    const port = Number(new URL(first.eventStoreUrl?.replace("esdb:", "http:") ?? "").port);
    const writer = EventStoreDBClient.connectionString(first.eventStoreUrl ?? "");
    await writer.appendToStream("embedded-1", jsonEvent({ type: "Kept", data: { answer: 42 } }));
    await writer.dispose();
    await first.stop();
    const second = await start(undefined, port);
    expect(second.eventStoreUrl).toBe(first.eventStoreUrl);
    const reader = EventStoreDBClient.connectionString(second.eventStoreUrl ?? "");
    const found = [];
    for await (const { event } of reader.readStream("embedded-1")) found.push(event?.data);
    await reader.dispose();
    expect(found).toEqual([{ answer: 42 }]);
  });

  it("refuses a busy port in one sentence and leaves no PostgreSQL running", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as { port: number };
    await expect(start({ eventStore: true, postgres: true }, port)).rejects.toMatchObject({
      code: "PORT_BUSY",
      engine: "event store",
      message: `Port ${port} (event store) is already in use on 127.0.0.1.`,
    });
    server.close();
    expect(await readdir(dataDir)).not.toContain("launcher.lock");
  });

  it("starts beside a PostgreSQL, is reported when it ends, and both are gone after a stop", async () => {
    const { died, pids, stop } = await start({ eventStore: true, postgres: true });
    process.kill(pids.eventStore ?? 0, "SIGKILL");
    expect(await died).toMatch(/^The event store ended \(signal SIGKILL\); its log is .*eventstore\.log\.$/);
    await stop();
    expect([pids.eventStore, pids.postgres].map((pid) => isAlive(pid ?? 0))).toEqual([false, false]);
  });
});
