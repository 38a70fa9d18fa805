import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Append, AppendResult } from "./append.js";
import { Committer } from "./committer.js";
import { NoRoom } from "./room.js";
import { rowStream } from "./row.js";
import { LogStore, type Batch } from "./store.js";

let folder: string;
let store: LogStore;
let failures: unknown[];
let committer: Committer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenure-committer-"));
  store = await LogStore.open(folder, true);
  failures = [];
  committer = new Committer(store, (error) => failures.push(error));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const append = (stream: string, expected: Append["expected"] = { kind: "any" }): Append => ({
  stream: Buffer.from(stream),
  expected,
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

/** Puts something between the committer and the disk. */
const onWrite = (write: (batch: Batch, really: (batch: Batch) => Promise<void>) => Promise<void>) => {
  const really = store.write.bind(store);
  store.write = (batch) => write(batch, really);
};

const log = () => store.pageOfAll(0, "forwards").map(rowStream);

it("shares one commit between appends that arrive together, and the next between those that come meanwhile", async () => {
  const commits: number[] = [];
  const later: Promise<AppendResult>[] = [];
  onWrite(async (batch, really) => {
    commits.push(batch.rows.length);
    if (commits.length === 1) {
      for (let n = 0; n < 20; n++) later.push(committer.append(append(`later-${n}`)));
    }
    await really(batch);
  });
  await Promise.all(Array.from({ length: 32 }, (_, n) => committer.append(append(`first-${n}`))));
  await Promise.all(later);
  expect(commits).toEqual([32, 20]);
  expect(log()).toHaveLength(52);
});

it("answers nothing before the commit is on disk, refusals included", async () => {
  let release: () => void = () => undefined;
  const disk = new Promise<void>((resolve) => (release = resolve));
  onWrite(async (batch, really) => {
    await disk;
    await really(batch);
  });
  const answered: string[] = [];
  const all = [append("a", { kind: "no_stream" }), append("a", { kind: "no_stream" })].map((one) =>
    committer.append(one).then(({ kind }) => answered.push(kind)),
  );
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(answered).toEqual([]);
  expect(log()).toEqual([]);
  release();
  await Promise.all(all);
  expect(answered).toEqual(["appended", "wrong_expected_version"]);
});

it("refuses what does not fit on the disk, answers what needs no room, and goes on when there is room", async () => {
  const known = append("a", { kind: "no_stream" });
  const first = await committer.append(known);
  let full = true;
  onWrite((batch, really) => (full ? Promise.reject(new NoRoom()) : really(batch)));
  const one = append("b", { kind: "no_stream" });
  const results = await Promise.allSettled([
    committer.append(one),
    // Decided on top of the append before it, which is not written either: it may come back and be the first.
    committer.append(append("b", { kind: "no_stream" })),
    committer.append(known),
    committer.append(append("a", { kind: "no_stream" })),
  ]);
  expect(results).toEqual([
    { status: "rejected", reason: new NoRoom() },
    { status: "rejected", reason: new NoRoom() },
    { status: "fulfilled", value: first },
    { status: "fulfilled", value: { kind: "wrong_expected_version", current: 0 } },
  ]);
  expect(log()).toEqual(["a"]);
  full = false;
  expect((await committer.append(one)).kind).toBe("appended");
  expect(log()).toEqual(["a", "b"]);
  expect(failures).toEqual([]);
});

it("answers nothing more after a commit that failed for any other reason", async () => {
  const broken = new Error("Input/output error");
  onWrite(() => Promise.reject(broken));
  const answered: unknown[] = [];
  const settle = (one: Append) =>
    void committer.append(one).then(
      (result) => answered.push(result),
      (error: unknown) => answered.push(error),
    );
  settle(append("a"));
  await committer.close(new Error("closed"));
  await expect.poll(() => failures).toEqual([broken]);
  settle(append("b"));
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(answered).toEqual([new Error("closed")]);
  expect(log()).toEqual([]);
});
