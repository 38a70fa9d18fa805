import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { walk } from "#application/processes/clock/walk.js";
import { alone } from "#application/processes/sharing.js";
import { tasksSettled } from "#application/processes/clock/tasks-settled.js";
import { quarantineEvent } from "#domain/providers/quarantine.js";
import { streamName } from "#event-store/streams.js";
import { listStalls, ProviderStalled } from "#read-models/runner/stalls.js";
import { type Bench, signUp, startBench, storeWith, testClockProvider } from "./spec-support/worker.js";

const CLOCK = "2020-08-01T12:00:00.000Z";

describe("a provider whose billing is stalled", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  /** The feed cannot take a signal of a commitment that it does not know. */
  const stall = async (provider: string) => {
    const unknown = randomUUID();
    await bench.record(provider, "lifecycle", unknown, CLOCK, [
      {
        type: "PauseEndTookEffect",
        data: { commitmentId: unknown, pauseId: randomUUID(), effectiveOn: "2020-08-01" },
      },
    ]);
    const [event] = await bench.store.readStream(streamName(provider, "lifecycle", unknown));
    if (!event) throw new Error("nothing was recorded");
    await vi.waitFor(async () => {
      expect((await listStalls(bench.dataSource, provider)).map(({ projection }) => projection)).toEqual(["billing"]);
    }, 120_000);
    return event;
  };

  const tasksOf = (provider: string) =>
    bench.dataSource.query<{ key: string; status: string; error: string | null }[]>(
      "SELECT key, status, error FROM processor_tasks WHERE provider_id = $1 AND key LIKE 'account %'",
      [provider],
    );

  it("has its tasks done once it goes on, not before", async () => {
    const { providerId } = await testClockProvider(bench, CLOCK);
    const { accountId, commitmentId } = await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    const bad = await stall(providerId);
    await bench.record(providerId, "account", accountId, CLOCK, [
      { type: "AccountClosed", data: { effectiveOn: "2020-08-01" } },
    ]);
    await vi.waitFor(async () => {
      expect(await tasksOf(providerId)).toEqual([
        {
          key: `account ${accountId}`,
          status: "OPEN",
          error: expect.stringMatching(/is stalled in billing/) as string,
        },
      ]);
    }, 120_000);
    const named = { stream: bad.stream, revision: bad.revision.toString(), eventId: bad.id, eventType: bad.type };
    const events = quarantineEvent({ ...named, reason: "not ours", today: "2020-08-01" }, []);
    await bench.record(providerId, "quarantine", providerId, CLOCK, events);
    await vi.waitFor(async () => {
      expect(await tasksOf(providerId)).toEqual([{ key: `account ${accountId}`, status: "DONE", error: null }]);
    }, 120_000);
    const commitment = await bench.store.readStream(streamName(providerId, "commitment", commitmentId));
    expect(commitment.map(({ type }) => type)).toEqual(["CommitmentAssigned", "CommitmentTerminated"]);
  });

  it("is not waited for until its tasks are done", async () => {
    const { providerId } = await testClockProvider(bench, CLOCK);
    await bench.settle();
    const asked = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
    const settled = tasksSettled({ ...bench, tasks: { ...bench.tasks, any: asked } }, providerId, CLOCK, alone);
    settled.catch(() => undefined);
    await vi.waitUntil(() => asked.mock.calls.length > 1, 120_000);
    await stall(providerId);
    await expect(Promise.race([settled, delay(120_000, undefined, { ref: false })])).rejects.toThrow(ProviderStalled);
  });

  it("gets no signals from rows that do not show all that was recorded", async () => {
    const provider = await testClockProvider(bench, CLOCK);
    const { commitmentId } = await signUp(bench, provider.providerId, "2020-08-01");
    const pauseId = randomUUID();
    const unmoved = { discountEndBefore: null, discountEndAfter: null, discountEndFloors: [] };
    const scheduled = { pauseId, from: "2020-08-05", until: "2020-08-10", now: false, orderedOn: "2020-08-01" };
    await bench.record(provider.providerId, "commitment", commitmentId, CLOCK, [
      { type: "PauseScheduled", data: { ...scheduled, ...unmoved, effectiveOn: "2020-08-05" } },
    ]);
    await bench.settle();
    let asked = 0;
    const store = storeWith(bench.store, {
      async tail() {
        asked += 1;
        // After the look for stalls, before the place that the feed is waited for is noted.
        if (asked === 2) {
          await stall(provider.providerId);
          await bench.record(provider.providerId, "commitment", commitmentId, CLOCK, [
            {
              type: "PauseCancelled",
              data: { pauseId, orderedOn: "2020-08-01", ...unmoved, effectiveOn: "2020-08-05" },
            },
          ]);
        }
        return bench.store.tail();
      },
    });
    const work = daysWork({ ...bench, store }, provider, "2020-08-05T00:00:00.000Z");
    await expect(work).rejects.toThrow(ProviderStalled);
    expect(await bench.store.readStream(streamName(provider.providerId, "lifecycle", commitmentId))).toEqual([]);
  });

  it("does not arrive where its clock was ordered to", async () => {
    const provider = await testClockProvider(bench, CLOCK);
    await signUp(bench, provider.providerId, "2020-08-01");
    const advance = { advanceId: randomUUID(), to: "2020-09-15T12:00:00.000Z" };
    await bench.record(provider.providerId, "provider", provider.providerId, CLOCK, [
      { type: "ClockAdvanceOrdered", data: { ...advance, effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    const store = storeWith(bench.store, {
      async append(stream, expected, events) {
        const appended = await bench.store.append(stream, expected, events);
        if (events.some(({ type }) => type === "NumbersAssigned")) await stall(provider.providerId);
        return appended;
      },
    });
    await expect(walk({ ...bench, store }, { ...provider, advance })).rejects.toThrow(ProviderStalled);
    const steps = await bench.store.readStream(streamName(provider.providerId, "provider", provider.providerId));
    expect(steps.map(({ type }) => type)).toEqual([
      "ProviderCreated",
      "TestClockSet",
      "ClockAdvanceOrdered",
      "TestClockMoved",
    ]);
  });
});
