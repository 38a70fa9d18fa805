import { EventStoreDBClient, START, type Position } from "@eventstore/db-client";
import { afterAll, expect, it } from "vitest";
import { seen, type Seen } from "../conformance/support/events.js";
import { startServer, temporaryFolders } from "../conformance/support/server.js";
import { tenureEventstore } from "../command/support/command.js";
import { Deleter, Writer } from "./support/kill-history.js";
import { Queue } from "./support/kill-queue.js";

const ROUNDS = 20;
const WRITERS = 32;

const folders = temporaryFolders();

afterAll(() => {
  folders.removeAll();
});

/** The user's events as they lie in the log, by stream; read on from where the last round ended. */
class Log {
  private position: Position | typeof START = START;
  private readonly streams = new Map<string, Seen[]>();

  async readOn(client: EventStoreDBClient): Promise<void> {
    const from = this.position;
    for await (const resolved of client.readAll({ fromPosition: from })) {
      const { event } = resolved;
      if (!event || (from !== START && event.position.commit <= from.commit)) continue;
      this.position = event.position;
      if (event.streamId.startsWith("$")) continue;
      const stream = this.streams.get(event.streamId) ?? [];
      this.streams.set(event.streamId, stream);
      stream.push(seen(resolved));
    }
  }

  of(stream: string): Seen[] {
    return this.streams.get(stream) ?? [];
  }
}

it(`loses nothing acknowledged in ${ROUNDS} rounds of kill -9 under ${WRITERS} writers, deletions and a persistent subscription`, async () => {
  const data = folders.create();
  const writers = Array.from({ length: WRITERS }, () => new Writer());
  const deleters = [new Deleter(), new Deleter()];
  const queue = new Queue();
  const log = new Log();
  const check = async (client: EventStoreDBClient, deletions: number) => {
    await log.readOn(client);
    for (const writer of [...writers, queue.writer]) writer.check(log.of(writer.stream));
    for (const deleter of deleters) await deleter.check(client, deletions);
  };

  for (let round = 0; round < ROUNDS; round++) {
    const server = await startServer(data);
    const client = EventStoreDBClient.connectionString(server.url);
    if (round === 0) await queue.create(client);
    else await check(client, 3);
    queue.connect(client);
    // Not always at the same moment of a commit's life.
    const killAt = 100 + ((round * 37) % 60);
    let acknowledged = 0;
    let killed: Promise<void> | undefined;
    const count = () => {
      if (++acknowledged >= killAt) killed ??= server.kill();
    };
    await Promise.all([
      ...writers.map((writer) => writer.write(client, count)),
      ...deleters.map((deleter) => deleter.delete(client, count)),
      queue.writer.write(client, count),
    ]);
    await killed;
    queue.checkStart();
    await client.dispose();
  }

  const server = await startServer(data);
  const client = EventStoreDBClient.connectionString(server.url);
  await check(client, Number.POSITIVE_INFINITY);
  await queue.drain(client, log.of(queue.writer.stream));
  await client.dispose();
  expect(await server.stop()).toBe(0);
  expect(writers.every(({ count }) => count > 0)).toBe(true);
  expect(deleters.every(({ count }) => count > 0)).toBe(true);
  const verified = await tenureEventstore("verify", "--data", data);
  expect(verified).toMatchObject({ code: 0, stderr: "" });
  expect(verified.stdout).toMatch(/^sound: /);
});
