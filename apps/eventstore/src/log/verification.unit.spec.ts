import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open, type Database } from "lmdb";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Append } from "./append.js";
import { Committer } from "./committer.js";
import { positionKey, revisionKey } from "./keys.js";
import { LogReader } from "./log-reader.js";
import { rowPosition } from "./row.js";
import { LogStore } from "./store.js";
import { Verification } from "./verification.js";

let folder: string;
/** Of the events, in order. */
let positions: number[];

const append = (stream: Buffer): Append => ({
  stream,
  expected: { kind: "any" },
  events: [
    {
      id: Buffer.from(randomUUID().replaceAll("-", ""), "hex"),
      type: "t",
      contentType: "application/json",
      metadata: new Uint8Array(),
      data: Buffer.from("{}"),
    },
  ],
  expired: () => false,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenure-verification-"));
  const store = await LogStore.open(folder, true);
  const committer = new Committer(store, () => undefined);
  for (const stream of ["a", "b", "a"]) await committer.append(append(Buffer.from(stream)));
  const state = { key: "group", value: Buffer.from("what it remembers") };
  await committer.append({
    stream: Buffer.from("a"),
    expected: { kind: "any" },
    events: [],
    state,
    expired: () => false,
  });
  positions = store.pageOfAll(0, "forwards").map(rowPosition);
  await store.close();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Table = Database<Buffer, Buffer>;

/** Changes a table behind the server's back, and tells what verification says to that. */
const problemsAfter = async (table: string, damage: (table: Table) => Promise<unknown>): Promise<string[]> => {
  const root = open<Buffer, Buffer>({ path: join(folder, "log.mdb"), encoding: "binary", keyEncoding: "binary" });
  await damage(root.openDB<Buffer, Buffer>({ name: table, encoding: "binary", keyEncoding: "binary" }));
  await root.close();
  const problems: string[] = [];
  const log = LogReader.open(folder);
  await new Verification(log, (problem) => problems.push(problem)).run();
  await log.close();
  return problems;
};

it("finds nothing wrong with a sound log", async () => {
  expect(await problemsAfter("log", () => Promise.resolve())).toEqual([]);
});

it("tells streams apart whose names are not valid UTF-8, as older servers took them", async () => {
  const store = await LogStore.open(folder, false);
  const committer = new Committer(store, () => undefined);
  for (const byte of [0xfe, 0xff, 0xfe]) await committer.append(append(Buffer.from([0x61, byte])));
  await store.close();
  expect(await problemsAfter("log", () => Promise.resolve())).toEqual([]);
});

it("finds an event that is missing", async () => {
  const [, missing = 0, next = 0] = positions;
  expect(await problemsAfter("log", (log) => log.remove(positionKey(missing)))).toEqual([
    `the log should go on at position ${missing}, and goes on at ${next}`,
    `the index leads to position ${missing}, where no such event is`,
    "the log has 2 events, and the index 3",
    expect.stringMatching(/^the table of event ids leads from [0-9a-f]{32} to another event$/),
  ]);
});

it("finds that the log has lost its end", async () => {
  const last = positions.at(-1) ?? 0;
  expect(await problemsAfter("log", (log) => log.remove(positionKey(last)))).toEqual([
    `the index leads to position ${last}, where no event is`,
  ]);
});

it("finds an event that the index does not know, or has elsewhere", async () => {
  const [first = 0, second = 0, third = 0] = positions;
  expect(await problemsAfter("index", (index) => index.remove(revisionKey(2, 0)))).toEqual([
    `the event at log position ${second} (revision 0 of b) is not in the index`,
    "the log has 3 events, and the index 2",
    expect.stringMatching(/^the table of event ids leads from/),
  ]);
  expect(await problemsAfter("index", (index) => index.put(revisionKey(2, 0), positionKey(second)))).toEqual([]);
  expect(await problemsAfter("index", (index) => index.put(revisionKey(1, 1), positionKey(first)))).toEqual([
    `the event at log position ${third} (revision 1 of a) has another position in the index`,
    expect.stringMatching(/^the table of event ids leads from/),
  ]);
});

it("finds a name that leads to another stream", async () => {
  const two = Buffer.from([0, 0, 0, 2]);
  expect(await problemsAfter("streams", (streams) => streams.put(Buffer.from("a"), two))).toEqual([
    `the event at log position ${positions[0] ?? 0} (revision 0 of a) is in stream 1, and its name leads elsewhere`,
    `the event at log position ${positions[2] ?? 0} (revision 1 of a) is in stream 1, and its name leads elsewhere`,
  ]);
});

it("finds that what the server remembers is not what it wrote", async () => {
  const other = Buffer.from("1234something else");
  expect(await problemsAfter("state", (state) => state.put(Buffer.from("group"), other))).toEqual([
    "what is remembered as group is corrupt: its checksum does not match",
  ]);
});
