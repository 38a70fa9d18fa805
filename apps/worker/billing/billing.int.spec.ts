import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { momentsWork } from "#application/processes/clock/moments-work.js";
import { alone, type Lead, type SharedWork } from "#application/processes/sharing.js";
import { StoreUnavailable } from "#event-store/errors.js";
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
    const biller = startBiller({ store, dataSource, projections, metrics: new WorkerMetrics(), targets: [], log });
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
    }, 120_000);
    const advance = { advanceId: randomUUID(), to: "2020-11-01T12:00:00.000Z", effectiveOn: "2020-08-01" };
    await bench.record(providerId, "provider", providerId, "2020-08-01T12:00:00.000Z", [
      { type: "ClockAdvanceOrdered", data: advance },
    ]);
    await vi.waitFor(async () => {
      const events = await bench.store.readStream(streamName(providerId, "provider", providerId));
      expect(events.at(-1)?.type).toBe("ClockAdvanceCompleted");
    }, 120_000);
    expect(cut).toBe(true);
  });

  it("leaves its leases to others while it cannot reach the event store", async () => {
    await Promise.all(billers.splice(0).map((biller) => biller.stop()));
    const { providerId } = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    let isCut = true;
    const unlessCut =
      <Call extends unknown[], Answer>(call: (...args: Call) => Promise<Answer>) =>
      (...args: Call): Promise<Answer> =>
        isCut ? Promise.reject(new StoreUnavailable("cut off")) : call(...args);
    const cutOff = start(
      storeWith(bench.store, {
        append: unlessCut((...call: Parameters<EventStore["append"]>) => bench.store.append(...call)),
        tail: unlessCut(() => bench.store.tail()),
        requireAppends: unlessCut(() => bench.store.requireAppends()),
      }),
    );
    await vi.waitFor(() => {
      expect(cutOff.stall()).toBe("the event store does not answer: cut off");
    }, 120_000);
    expect(await bench.dataSource.query("SELECT name FROM billing_leases")).toEqual([]);
    const advance = { advanceId: randomUUID(), to: "2020-09-15T12:00:00.000Z", effectiveOn: "2020-08-01" };
    await bench.record(providerId, "provider", providerId, "2020-08-01T12:00:00.000Z", [
      { type: "ClockAdvanceOrdered", data: advance },
    ]);
    start(bench.store);
    await vi.waitFor(async () => {
      const events = await bench.store.readStream(streamName(providerId, "provider", providerId));
      expect(events.at(-1)?.type).toBe("ClockAdvanceCompleted");
    }, 120_000);
    isCut = false;
    await vi.waitFor(() => {
      expect(cutOff.stall()).toBeUndefined();
    }, 120_000);
  });

  it("does what a helper that lives leaves undone", async () => {
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { customerId } = await signUp(bench, provider.providerId, "2020-08-01");
    await bench.settle();
    const now = "2020-09-01T00:00:00.000Z";
    const published: SharedWork[] = [];
    // Others have every shard, and nobody works.
    const lead: Lead = { ...alone, shards: () => [], publish: (work) => Promise.resolve(void published.push(work)) };
    const due = { moment: now, signals: false, closes: 100, steps: 0 };
    await momentsWork(bench, { provider, due, now, lead, tail: await bench.store.tail() });
    expect(published).toEqual([{ phase: "CLOSES", moment: now, now }]);
    const closed = await bench.store.readStream(streamName(provider.providerId, "receivables", customerId));
    expect(closed.map(({ type }) => type)).toEqual(["InvoicePageRecorded", "InvoiceSealed"]);
  });
});
