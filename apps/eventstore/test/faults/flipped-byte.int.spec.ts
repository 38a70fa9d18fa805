import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { collect, events, newStream } from "../conformance/support/events.js";
import { startServer, temporaryFolders } from "../conformance/support/server.js";
import { tenureEventstore } from "../command/support/command.js";

const folders = temporaryFolders();
const FLIPS = 16;

let original: Buffer;
let marker: string;
let digest: string;
let used: number;
/** Lies in one event only. */
const SECRET = "a-text-that-occurs-once-in-the-log";

const digestOf = (stdout: string) => /^digest: (\w+)$/m.exec(stdout)?.[1] ?? "";

beforeAll(async () => {
  const data = folders.create();
  const server = await startServer(data);
  const client = EventStoreDBClient.connectionString(server.url);
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => client.appendToStream(newStream(`s${n}`), events(1 + (n % 20), n))),
  );
  await client.appendToStream(newStream("secret"), jsonEvent({ type: "told", data: { SECRET } }));
  await client.appendToStream(newStream("last"), events(10));
  await client.dispose();
  await server.stop();
  const stats = await tenureEventstore("stats", "--data", data, "--json");
  used = (JSON.parse(stats.stdout) as { usedBytes: number }).usedBytes;
  const verified = await tenureEventstore("verify", "--data", data);
  expect(verified.code).toBe(0);
  digest = digestOf(verified.stdout);
  original = readFileSync(join(data, "log.mdb"));
  marker = join(data, "tenure-eventstore");
});

afterAll(() => {
  folders.removeAll();
});

/** The log with one bit turned over at each of these places. */
const flipped = (places: readonly number[]): string => {
  const folder = join(folders.create(), "flipped");
  mkdirSync(folder);
  copyFileSync(marker, join(folder, "tenure-eventstore"));
  const bytes = Buffer.from(original);
  for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
  writeFileSync(join(folder, "log.mdb"), bytes);
  return folder;
};

/** Spread over the pages that LMDB uses, its own and the free ones included; the same in every run. */
const places = (): number[] => Array.from({ length: FLIPS }, (_, n) => Math.floor(((n + 0.37) * used) / FLIPS));

it("is found by verify wherever it lies, or changes nothing that is in the log", async () => {
  const outcomes = { found: 0, harmless: 0 };
  for (const at of places()) {
    const folder = flipped([at]);
    const { code, stdout, stderr } = await tenureEventstore("verify", "--data", folder);
    if (code === 0) {
      // A page that is not in use, or a byte between the contents of one.
      expect([at, digestOf(stdout)]).toEqual([at, digest]);
      outcomes.harmless++;
    } else {
      // Where a flipped bit points beyond the file, LMDB prints a line of its own first, or the C library does.
      const said = stderr.replace(
        /^(?:page \d+ not found error|free\(\): .+|malloc.*: .+|double free .+|corrupted .+)\n/,
        "",
      );
      expect([at, code, said]).toEqual([at, 3, expect.stringMatching(/^damaged: /)]);
      outcomes.found++;
    }
  }
  expect(outcomes.found).toBeGreaterThan(0);
  expect(outcomes.found + outcomes.harmless).toBe(FLIPS);
});

it("is found by readers: its event is refused by position, and all others are served", async () => {
  const copies: number[] = [];
  // LMDB leaves old copies of a page behind.
  for (let at = original.indexOf(SECRET); at >= 0; at = original.indexOf(SECRET, at + 1)) copies.push(at);
  const folder = flipped(copies);
  const server = await startServer(folder);
  const client = EventStoreDBClient.connectionString(server.url);
  const error = await collect(client.readAll()).catch((reason: unknown) => (reason as Error).message);
  const position = /at log position (\d+) is corrupt/.exec(error as string)?.[1] ?? "0";
  const { stderr } = await tenureEventstore("verify", "--data", folder);
  expect(stderr).toBe(`damaged: the event at log position ${position} is corrupt: its checksum does not match\n`);
  const [at, next] = [BigInt(position), BigInt(position) + 1n];
  const before = client.readAll({ direction: "backwards", fromPosition: { commit: at, prepare: at } });
  const after = client.readAll({ fromPosition: { commit: next, prepare: next } });
  const users = (list: Awaited<ReturnType<typeof collect>>) => list.filter(({ stream }) => !stream.startsWith("$"));
  expect(users(await collect(before))).toHaveLength(420);
  expect(users(await collect(after))).toHaveLength(10);
  await client.dispose();
  await server.stop();
});
