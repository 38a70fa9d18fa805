import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Append } from "./append.js";
import { Committer } from "./committer.js";
import { rowStream } from "./row.js";
import { LogStore } from "./store.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenure-log-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const append = (stream: string, count = 1): Append => ({
  stream: Buffer.from(stream),
  expected: { kind: "any" },
  events: Array.from({ length: count }, () => ({
    id: Buffer.from(randomUUID().replaceAll("-", ""), "hex"),
    type: "t",
    contentType: "application/json",
    metadata: new Uint8Array(),
    data: Buffer.from("{}"),
  })),
  expired: () => false,
});

const log = (store: LogStore) => store.pageOfAll(0, "forwards").map(rowStream);

it("writes nothing more once another process has opened the log", async () => {
  const failures: unknown[] = [];
  const first = await LogStore.open(folder, true);
  const writer = new Committer(first, (error) => failures.push(error));
  await writer.append(append("before"));
  const second = await LogStore.open(folder, false);
  let answered = false;
  void writer.append(append("after", 1500)).then(() => (answered = true));
  await writer.close(new Error("closed"));
  expect(failures).toEqual([new Error("another process has taken over the folder")]);
  expect(answered).toBe(false);
  expect(log(second)).toEqual(["before"]);
  await new Committer(second, (error) => failures.push(error)).append(append("now"));
  expect(log(second)).toEqual(["before", "now"]);
  expect(failures).toHaveLength(1);
  await second.close();
});

it("shows readers nothing of a commit that has not been reported", async () => {
  const store = await LogStore.open(folder, true);
  const writer = new Committer(store, () => undefined);
  await writer.append(append("a", 3));
  const head = store.head;
  let done = false;
  const commit = writer.append(append("a", 900)).then(() => (done = true));
  const seen = new Set<number>();
  while (!(done as boolean)) {
    if (store.head === head) {
      seen.add(log(store).length);
      seen.add(store.pageOfStream(1, 0, "forwards").length);
      seen.add(store.pageOfStream(1, Number.MAX_SAFE_INTEGER, "backwards").length);
    }
    await new Promise(setImmediate);
  }
  await commit;
  expect([...seen]).toEqual([3]);
  expect(log(store).length).toBeGreaterThan(3);
  await store.close();
});
