import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { expect, it, onTestFinished } from "vitest";
import { streamName } from "../../libs/event-store/streams.js";
import { FaultyServer } from "../../apps/eventstore/test/faults/support/faulty-server.js";

const PROGRAM = fileURLToPath(new URL("../../examples/partner/follow.js", import.meta.url));
const PROVIDER = "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";
const OTHER = "11111111-6f0c-4d27-9c0e-1b1c5f1d2a90";

interface Line {
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** The example program, started as often as it is killed. */
class Partner {
  readonly checkpoint: string;
  private output = "";
  errors = "";
  private process: ChildProcess | undefined;

  constructor(
    folder: string,
    private readonly url: string,
  ) {
    this.checkpoint = join(folder, "checkpoint.json");
  }

  start(): void {
    const args = ["--url", this.url, "--provider", PROVIDER, "--checkpoint", this.checkpoint];
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (this.errors += chunk.toString()));
    this.process = child;
  }

  /** Stops reading what it prints, so that it has to wait. */
  block(): void {
    this.process?.stdout?.pause();
  }

  unblock(): void {
    this.process?.stdout?.resume();
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.process;
    if (!child) throw new Error("The example was not started");
    child.kill(signal);
    // Whatever it has printed has been read then.
    if (child.stdout && !child.stdout.closed) await once(child, "close");
    return child.exitCode;
  }

  get lines(): Line[] {
    return this.output
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  }
}

const begin = async () => {
  const server = await FaultyServer.started();
  onTestFinished(() => server.remove());
  await server.order({ fault: "drop-slow-consumers", on: true });
  const folder = mkdtempSync(join(tmpdir(), "tenure-partner-"));
  const partner = new Partner(folder, server.url);
  onTestFinished(async () => {
    await partner.end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const client = EventStoreDBClient.connectionString(server.url);
  onTestFinished(() => client.dispose());
  return { server, partner, client };
};

const stream = streamName(PROVIDER, "customer", randomUUID());

/** Appends `count` events to the provider's stream, with others of another provider around them. */
const append = async (client: EventStoreDBClient, count: number): Promise<Line[]> => {
  const foreign = streamName(OTHER, "customer", randomUUID());
  const list = Array.from({ length: count }, (_, n) =>
    jsonEvent({ type: "Happened", data: { n, pad: "x".repeat(1000) }, metadata: { provider: PROVIDER } }),
  );
  await client.appendToStream(foreign, jsonEvent({ type: "Foreign", data: {} }));
  const { nextExpectedRevision } = await client.appendToStream(stream, list);
  await client.appendToStream(foreign, jsonEvent({ type: "Foreign", data: {} }));
  const first = Number(nextExpectedRevision) + 1 - count;
  return list.map(({ id, type, data, metadata }, n) => ({
    stream,
    revision: (first + n).toString(),
    id,
    type,
    data,
    metadata,
  }));
};

/** Without the place in the log. */
const content = ({ stream: name, revision, id, type, data, metadata }: Line): Line => ({
  stream: name,
  revision,
  id,
  type,
  data,
  metadata,
});

const patience = { timeout: 120_000, interval: 20 };

it("prints each event of its provider once, in order, though it is dropped for being slow and the server restarts", async () => {
  const { server, partner, client } = await begin();
  const expected = await append(client, 20);
  partner.start();
  await expect.poll(() => partner.lines.length, patience).toBe(20);
  // An eager consumer is dropped for these.
  expected.push(...(await append(client, 400)));
  await expect.poll(() => partner.lines.length, patience).toBe(420);
  await expect.poll(() => partner.errors, patience).toContain("the subscription ended (timeout): ");
  // And one that waits for its own reader, for these.
  partner.block();
  for (let n = 0; n < 20; n++) expected.push(...(await append(client, 50)));
  partner.unblock();
  await expect.poll(() => partner.lines.length, patience).toBe(1420);
  await server.stop();
  await server.start();
  await server.order({ fault: "drop-slow-consumers", on: true });
  await server.order({ fault: "duplicate-events", on: true });
  const again = EventStoreDBClient.connectionString(server.url);
  onTestFinished(() => again.dispose());
  expected.push(...(await append(again, 30)));
  await expect.poll(() => partner.lines.length, patience).toBe(1450);
  expect(partner.lines.map(content)).toEqual(expected);
});

it("goes on where it stopped, and repeats nothing when it was asked to stop", async () => {
  const { partner, client } = await begin();
  const expected = await append(client, 150);
  partner.start();
  await expect.poll(() => partner.lines.length, patience).toBe(150);
  expect(await partner.end("SIGTERM")).toBe(0);
  expected.push(...(await append(client, 150)));
  partner.start();
  await expect.poll(() => partner.lines.length, patience).toBe(300);
  expect(partner.lines.map(content)).toEqual(expected);
  expect(Object.keys(JSON.parse(readFileSync(partner.checkpoint, "utf8")) as object)).toEqual(["commit", "prepare"]);
});

it("loses nothing when it is killed, and what it prints once more is the same", async () => {
  const { partner, client } = await begin();
  const expected: Line[] = [];
  for (let round = 0; round < 4; round++) {
    partner.start();
    expected.push(...(await append(client, 300)));
    await expect.poll(() => partner.lines.length, patience).toBeGreaterThan(200 * (round + 1));
    await partner.end("SIGKILL");
  }
  partner.start();
  const byId = () => new Map(partner.lines.map((line) => [line.id, content(line)]));
  await expect.poll(() => byId().size, patience).toBe(expected.length);
  expect([...byId().values()]).toEqual(expected);
  const { lines } = partner;
  const known = byId();
  expect(lines.map(content)).toEqual(lines.map(({ id }) => known.get(id)));
});
