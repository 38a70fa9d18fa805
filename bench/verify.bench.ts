import { describe, it } from "vitest";
import { verification } from "../libs/application/audit/verify/verify.js";
import { chainEvents } from "../libs/event-store/chain-events.js";
import { NO_HASH } from "../libs/event-store/content-hash.js";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { readLog } from "../libs/event-store/read-log.js";
import { EmbeddedServer } from "../libs/event-store/spec-support/embedded-server.js";
import { streamName } from "../libs/event-store/streams.js";
import { journalOf } from "../libs/read-models/journal/projection.js";
import { readJournal } from "../libs/read-models/journal/queries.js";
import { startProjections } from "../libs/read-models/runner/runner.js";
import { openDatabases } from "../libs/read-models/spec-support/database.js";
import { id, PROVIDER } from "../libs/read-models/spec-support/journal.js";
import { customerCreated } from "../libs/read-models/spec-support/story.js";

/** `npm run bench`: events verified per second, beside merely reading the same events from each side. */
const STREAMS = Number(process.env["BENCH_STREAMS"] ?? "400");
const EVENTS_OF_STREAM = 100;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
};

describe("verifying", () => {
  it(`${STREAMS * EVENTS_OF_STREAM} events`, { timeout: 600_000 }, async () => {
    const server = await EmbeddedServer.started();
    const databases = await openDatabases();
    const store = createEventStore({ url: server.url });
    try {
      const dataSource = await databases.migrated();
      for (let number = 0; number < STREAMS; number += 1) {
        const stream = streamName(PROVIDER, "customer", id(`customer ${number}`));
        const events = Array.from({ length: EVENTS_OF_STREAM }, (_, n) => customerCreated(`Customer ${number} ${n}`));
        const day = `2020-${String(1 + (number % 12)).padStart(2, "0")}-01T00:00:00.000Z`;
        const chained = chainEvents({
          ...{ stream, provider: PROVIDER, previousHash: NO_HASH, events, actor: "bench", recordedAt: day },
          ...{ commandId: `command ${number}`, correlationId: "bench", causationId: "bench" },
        });
        await store.append(stream, "no_stream", chained);
      }
      const tail = await store.tail();
      const total = STREAMS * EVENTS_OF_STREAM;
      const rate = (took: number): string => `${(total / took).toFixed(0)} events/s`;
      const reading = await seconds(() => readLog(store, { name: "bench", onBatch: () => undefined }));

      const runner = startProjections({
        ...{ store, dataSource, projections: [journalOf({ hashOnly: [] })], log: console.log },
      });
      const mirroring = await seconds(() => runner.reached(tail));
      await runner.stop();
      const fromJournal = await seconds(async () => {
        for (let after = 0n; ;) {
          const page = await readJournal(dataSource, { providerId: PROVIDER, afterSequence: after, limit: 2_000 });
          if (page.lastSequence === null) return;
          after = page.lastSequence;
        }
      });

      const verifying = await seconds(() =>
        verification.run(
          { dataSource, store, providerId: null, now: () => new Date().toISOString(), log: console.log },
          { checkpoint: null, publicKey: null, eventsOnly: false },
          {
            ...{ signal: new AbortController().signal, saved: null },
            ...{ save: () => Promise.resolve(), progress: () => undefined, append: () => Promise.resolve() },
          },
        ),
      );
      console.log(
        `read from the event store ${rate(reading)}, mirrored ${rate(mirroring)}, read from the journal ${rate(fromJournal)}, ` +
          `verified ${rate(verifying)}: ${((reading + fromJournal) / verifying).toFixed(2)} of merely reading both`,
      );
    } finally {
      await store.close();
      await databases.stop();
      await server.remove();
    }
  });
});
