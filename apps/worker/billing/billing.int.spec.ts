import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { WorkerMetrics } from "../monitoring/metrics.js";
import { type RunningRole } from "../role.js";
import { startBiller } from "../roles/biller.js";
import { type Bench, signUp, startBench, storeWith, testClockProvider } from "../spec-support/worker.js";

describe("a worker that bills", () => {
  let bench: Bench;
  const billers: RunningRole[] = [];

  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(async () => {
    await Promise.all(billers.map((biller) => biller.stop()));
    await bench.stop();
  });

  const start = (store: EventStore): RunningRole => {
    const { dataSource, projections, log } = bench;
    const biller = startBiller({ store, dataSource, projections, metrics: new WorkerMetrics(), log });
    billers.push(biller);
    return biller;
  };

  const sessions = () =>
    bench.dataSource.query<{ pid: number }[]>(
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'tenure biller' AND datname = current_database()",
    );

  it("goes on with a walk after its session with the database was lost for a moment", async () => {
    const { providerId } = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    let cut = false;
    start(
      storeWith(bench.store, {
        async append(...call) {
          const appended = await bench.store.append(...call);
          if (call[2][0]?.type === "TestClockMoved" && !cut) {
            cut = true;
            for (const { pid } of await sessions())
              await bench.dataSource.query("SELECT pg_terminate_backend($1)", [pid]);
            await delay(30);
          }
          return appended;
        },
      }),
    );
    const leads = () =>
      bench.dataSource.query<unknown[]>("SELECT FROM billing_leases WHERE name = 'lead:' || $1", [providerId]);
    await vi.waitFor(async () => {
      expect(await leads()).toHaveLength(1);
    }, 10_000);
    const advance = { advanceId: randomUUID(), to: "2020-11-01T12:00:00.000Z", effectiveOn: "2020-08-01" };
    await bench.record(providerId, "provider", providerId, "2020-08-01T12:00:00.000Z", [
      { type: "ClockAdvanceOrdered", data: advance },
    ]);
    await vi.waitFor(async () => {
      const events = await bench.store.readStream(streamName(providerId, "provider", providerId));
      expect(events.at(-1)?.type).toBe("ClockAdvanceCompleted");
    }, 30_000);
    expect(cut).toBe(true);
  });
});
