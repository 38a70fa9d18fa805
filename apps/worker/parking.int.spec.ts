import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { walk } from "#application/processes/clock/walk.js";
import { closeDue } from "#application/processes/closing/close-due.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { listParked, park, retryParked } from "#read-models/billing/parked.js";
import { type Bench, signUp, startBench, storeWith, testClockProvider } from "./spec-support/worker.js";

const CLOCK = "2020-08-01T12:00:00.000Z";
const END = "2020-09-01T00:00:00.000Z";

describe("parking", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const parkedOf = async (provider: string) =>
    (await listParked(bench.dataSource, provider)).map(({ customer_id }) => customer_id);
  const close = (provider: string, context = bench) => closeDue(context, { provider, moment: END, now: END });

  /** The other worker closes all periods meanwhile, and the append fails then. */
  const overtaken = (provider: string, error: Error): Bench => {
    const store = storeWith(bench.store, {
      async append() {
        await close(provider);
        await bench.settle();
        throw error;
      },
    });
    return { ...bench, store };
  };

  it("leaves out customers whose close says only that the event store did not answer", async () => {
    const { providerId } = await testClockProvider(bench, CLOCK);
    await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    const store = storeWith(bench.store, { append: () => Promise.reject(new StoreUnavailable("gave up")) });
    await expect(close(providerId, { ...bench, store })).rejects.toThrow("gave up");
    expect(await parkedOf(providerId)).toEqual([]);
    expect(await close(providerId)).toMatchObject({ periods: 1, parked: 0 });
  });

  it("leaves out customers whose period another worker has closed meanwhile", async () => {
    const { providerId } = await testClockProvider(bench, CLOCK);
    await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    expect(await close(providerId, overtaken(providerId, new Error("no room")))).toMatchObject({
      periods: 0,
      parked: 0,
    });
    expect(await parkedOf(providerId)).toEqual([]);
  });

  it("stops a walk, whoever parked the customer, and the invoices are numbered in order all the same", async () => {
    const provider = await testClockProvider(bench, CLOCK);
    const { providerId } = provider;
    const { customerId } = await signUp(bench, providerId, "2020-08-01");
    await signUp(bench, providerId, "2020-08-01");
    const advance = { advanceId: randomUUID(), to: "2020-11-15T12:00:00.000Z" };
    await bench.record(providerId, "provider", providerId, CLOCK, [
      { type: "ClockAdvanceOrdered", data: { ...advance, effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    let moves = 0;
    const store = storeWith(bench.store, {
      async append(stream, expected, events) {
        const appended = await bench.store.append(stream, expected, events);
        if (events[0]?.type === "TestClockMoved" && (moves += 1) === 2) {
          const work = { kind: "CLOSE", periodEnd: "2020-10-01" } as const;
          expect(await park(bench.dataSource, providerId, customerId, work, "late")).toBe(true);
        }
        return appended;
      },
    });
    expect(await walk({ ...bench, store }, { ...provider, advance })).toBe(false);
    expect(moves).toBe(2);
    await retryParked(bench.dataSource, providerId);
    expect(await walk(bench, { ...provider, testClock: "2020-10-01T00:00:00.000Z", advance })).toBe(true);
    await bench.settle();
    const invoices = await bench.dataSource.query<{ issued_on: string }[]>(
      "SELECT issued_on FROM invoices WHERE provider_id = $1 ORDER BY number",
      [providerId],
    );
    expect(invoices.map(({ issued_on }) => issued_on)).toEqual([
      ...["2020-09-01", "2020-09-01", "2020-10-01", "2020-10-01", "2020-11-01", "2020-11-01"],
    ]);
  });

  it("stops a walk that was about to arrive", async () => {
    const provider = await testClockProvider(bench, CLOCK);
    const { providerId } = provider;
    const { customerId } = await signUp(bench, providerId, "2020-08-01");
    const advance = { advanceId: randomUUID(), to: "2020-09-15T12:00:00.000Z" };
    await bench.record(providerId, "provider", providerId, CLOCK, [
      { type: "ClockAdvanceOrdered", data: { ...advance, effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    const store = storeWith(bench.store, {
      async append(stream, expected, events) {
        const appended = await bench.store.append(stream, expected, events);
        if (events[0]?.type === "NumbersAssigned") {
          const work = { kind: "CLOSE", periodEnd: "2020-10-01" } as const;
          await park(bench.dataSource, providerId, customerId, work, "late");
        }
        return appended;
      },
    });
    expect(await walk({ ...bench, store }, { ...provider, advance })).toBe(false);
  });
});
