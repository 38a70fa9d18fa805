import { randomUUID } from "node:crypto";
import { describe, it } from "vitest";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { readLog } from "../libs/event-store/read-log.js";
import { EmbeddedServer } from "../libs/event-store/spec-support/embedded-server.js";
import { projections } from "../libs/read-models/read-models.js";
import { replay } from "../libs/read-models/replay/replay.js";
import { journalAsSource } from "../libs/read-models/replay/source.js";
import { startProjections } from "../libs/read-models/runner/runner.js";
import { openDatabases } from "../libs/read-models/spec-support/database.js";
import { START } from "../libs/event-store/position.js";
import { type CpuTime, cpuTime, postmasterOf } from "./cpu-time.js";
import { append, type Told, toldFor, toldStories } from "./told-stories.js";

/**
 * `npm run bench`: events per second that a replay rebuilds every read model at, beside merely reading the same events
 * from the same source. The events are those of random stories, each told again for many providers.
 */
const EVENTS = Number(process.env["BENCH_EVENTS"] ?? "200000");
const STORIES = 40;
const AT_ONCE = 32;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
};

/** From the moment of the first call on: seconds by the clock, and microseconds of CPU an event, as text. */
const stopwatch = (cpu: () => CpuTime, events: number) => {
  const [start, before] = [performance.now(), cpu()];
  return () => {
    const took = (performance.now() - start) / 1_000;
    const after = cpu();
    const of = (name: keyof CpuTime): string => (((after[name] - before[name]) * 1_000_000) / events).toFixed(0);
    return {
      took,
      cpu: `CPU an event: Node ${of("node")}, PostgreSQL ${of("postgres")}, server of events ${of("events")} us`,
    };
  };
};

describe("replay", () => {
  it(`of ${EVENTS} events`, { timeout: 3_600_000 }, async () => {
    const server = await EmbeddedServer.started();
    const databases = await openDatabases();
    const store = createEventStore({ url: server.url });
    try {
      const dataSource = await databases.migrated();
      const stories = await toldStories(STORIES);
      let total = 0;
      for (let round = 0; total < EVENTS;) {
        const several: (readonly Told[])[] = [];
        for (; several.length < AT_ONCE && total < EVENTS; round += 1) {
          const told = stories[round % STORIES] ?? [];
          several.push(toldFor(randomUUID(), told));
          total += told.length;
        }
        await Promise.all(several.map((told) => append(store, told)));
      }
      const tail = await store.tail();
      const runner = startProjections({ store, dataSource, projections, log: console.log });
      const live = await seconds(() => runner.reached(tail));
      await runner.stop();
      // Of the live tables; otherwise PostgreSQL does it by itself while it is measured.
      await dataSource.query("VACUUM ANALYZE");
      const rate = (took: number): string => `${(total / took).toFixed(0)} events/s`;
      console.log(`${total} events; projected live at ${rate(live)}`);

      const sources = {
        events: () => readLog(store, { name: "bench", onBatch: () => undefined }),
        journal: async () => {
          const range = { from: START, to: tail, signal: new AbortController().signal };
          let read = 0;
          for await (const { events } of journalAsSource(dataSource, null).read(range)) read += events.length;
          if (read !== total) throw new Error(`the journal has ${read} of ${total} events`);
        },
      };
      const [{ pid: backend } = { pid: 0 }] = await dataSource.query<{ pid: number }[]>(
        "SELECT pg_backend_pid() AS pid",
      );
      const postmaster = postmasterOf(backend);
      const watch = () => stopwatch(() => cpuTime(server.pid, postmaster), total);
      for (const source of ["events", "journal"] as const) {
        const read = watch();
        await sources[source]();
        const reading = read();
        const rebuild = watch();
        let rebuilt: ReturnType<typeof rebuild> | undefined;
        await replay({
          ...{ store, dataSource, providerId: null, source, switchIn: false, id: randomUUID(), mostRows: 10 },
          projections: projections.filter(({ name }) => name !== "journal"),
          signal: new AbortController().signal,
          progress: ({ phase, done }) => {
            if (phase === "rebuilding" && done === total) rebuilt ??= rebuild();
          },
        }).then(({ rows }) => {
          for (const { table, kind } of rows) console.log(`a row of ${table} differs: ${kind}`);
        });
        const whole = rebuild();
        if (!rebuilt) throw new Error(`not all of the ${total} events were rebuilt`);
        console.log(
          [
            `from ${source}: read ${rate(reading.took)}; ${reading.cpu}`,
            `rebuilt ${rate(rebuilt.took)} (${(reading.took / rebuilt.took).toFixed(2)} of merely reading); ${rebuilt.cpu}`,
            `with the comparison ${rate(whole.took)}; ${whole.cpu}`,
          ].join("\n  "),
        );
      }
    } finally {
      await store.close();
      await databases.stop();
      await server.remove();
    }
  });
});
