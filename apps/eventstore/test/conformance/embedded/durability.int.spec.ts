import { EventStoreDBClient, type JSONEventData } from "@eventstore/db-client";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import {
  appended,
  collect,
  event,
  events,
  newStream,
  readStream,
  readUserEvents,
  type Seen,
} from "../support/events.js";
import { startServer, temporaryFolders } from "../support/server.js";

/** Each test uses its clients one after the other: the client's table of pending appends is shared by all of them. */
const folders = temporaryFolders();

afterAll(() => {
  folders.removeAll();
});

/** Not the error's type: the client gives errors of reconnecting no type. */
const UNAVAILABLE = 14;

const connect = (url: string) => EventStoreDBClient.connectionString(url);

it("has the same log, retries included, after a restart", async () => {
  const data = folders.create();
  const server = await startServer(data);
  const client = connect(server.url);
  const stream = newStream();
  const retried = events(3, 100);
  const first = await client.appendToStream(stream, retried, { expectedRevision: "any" });
  for (let n = 0; n < 50; n++) await client.appendToStream(newStream(`s${n % 7}`), events(5));
  const log = await collect(client.readAll());
  await client.dispose();
  expect(await server.stop()).toBe(0);

  const next = await startServer(data);
  const nextClient = connect(next.url);
  expect((await collect(nextClient.readAll())).slice(0, log.length)).toEqual(log);
  expect(await nextClient.appendToStream(stream, retried, { expectedRevision: "any" })).toEqual(first);
  const more = event(7);
  await nextClient.appendToStream(stream, more, { expectedRevision: 2n });
  expect((await readUserEvents(nextClient)).at(-1)).toEqual(appended(stream, 3, more));
  await nextClient.dispose();
  await next.stop();
});

it("loses nothing acknowledged and tears no append when it is killed under 32 writers, three times", async () => {
  const data = folders.create();
  const streams = Array.from({ length: 32 }, (_, n) => newStream(`writer${n}`));
  /** Per stream: what was acknowledged, and what was sent and never answered. */
  const histories = streams.map(() => ({ acknowledged: [] as JSONEventData[], inDoubt: [] as JSONEventData[] }));

  for (let round = 0; round < 3; round++) {
    const server = await startServer(data);
    const client = connect(server.url);
    let acknowledgements = 0;
    const writer = async (stream: string, history: (typeof histories)[number]) => {
      for (let n = 0; ; n++) {
        const list = events(1 + (n % 4), n);
        const revision = history.acknowledged.length - 1;
        try {
          await client.appendToStream(stream, list, {
            expectedRevision: revision < 0 ? "no_stream" : BigInt(revision),
          });
        } catch (error) {
          expect((error as { code: number }).code).toBe(UNAVAILABLE);
          history.inDoubt = list;
          return;
        }
        history.acknowledged.push(...list);
        if (++acknowledgements === 400) await server.kill();
      }
    };
    await Promise.all(streams.map((stream, n) => writer(stream, histories[n] ?? { acknowledged: [], inDoubt: [] })));
    expect(acknowledgements).toBeGreaterThanOrEqual(400);
    await client.dispose();

    const restarted = await startServer(data);
    const reader = connect(restarted.url);
    const log = await readUserEvents(reader);
    for (const [n, stream] of streams.entries()) {
      const { acknowledged, inDoubt } = histories[n] ?? { acknowledged: [], inDoubt: [] };
      const kept = log.filter((entry) => entry.stream === stream);
      // The append without an answer is there as a whole or not at all.
      const whole = kept.length > acknowledged.length ? [...acknowledged, ...inDoubt] : acknowledged;
      const expected: Seen[] = whole.map((item, revision) => appended(stream, revision, item));
      expect(kept).toEqual(expected);
      if (kept.length > 0) expect(await readStream(reader, stream)).toEqual(expected);
      histories[n] = { acknowledged: whole, inDoubt: [] };
    }
    await reader.dispose();
    await restarted.kill();
  }
});

it("never serves a damaged event: it names the position, and serves the rest", async () => {
  const data = folders.create();
  const server = await startServer(data);
  const client = connect(server.url);
  const [damaged, sound] = [newStream("damaged"), newStream("sound")];
  const secret = "a-text-that-occurs-once-in-the-log";
  const list = [event(1), { ...event(2), data: { secret } }, event(3)];
  await client.appendToStream(damaged, list.slice(0, 1));
  const { position } = await client.appendToStream(damaged, list.slice(1, 2));
  await client.appendToStream(damaged, list.slice(2));
  await client.appendToStream(sound, list.slice(0, 1));
  await client.dispose();
  await server.stop();

  const file = join(data, "log.mdb");
  const bytes = readFileSync(file);
  let at = bytes.indexOf(secret);
  expect(at).toBeGreaterThan(0);
  // LMDB leaves old copies of a page behind: damage all of them.
  for (; at >= 0; at = bytes.indexOf(secret, at + 1)) bytes[at] = 0x41;
  writeFileSync(file, bytes);

  const next = await startServer(data);
  const reader = connect(next.url);
  const message = new RegExp(
    `DATA_LOSS: the event at log position ${position?.commit.toString() ?? ""} is corrupt: its checksum`,
  );
  await expect(readStream(reader, damaged)).rejects.toThrow(message);
  await expect(collect(reader.readAll())).rejects.toThrow(message);
  const subscription: NodeJS.EventEmitter = reader.subscribeToStream(damaged).on("data", () => undefined);
  await expect(new Promise((_resolve, reject) => subscription.on("error", reject))).rejects.toThrow(message);
  expect(await collect(reader.readStream(damaged, { maxCount: 1 }))).toHaveLength(1);
  expect(await readStream(reader, sound)).toHaveLength(1);
  await reader.dispose();
  await next.stop();
});
