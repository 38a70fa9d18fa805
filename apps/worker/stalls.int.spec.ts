import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { type Provider } from "#domain/providers/provider.js";
import { quarantineEvent } from "#domain/providers/quarantine.js";
import { streamName } from "#event-store/streams.js";
import { listStalls, ProviderStalled } from "#read-models/runner/stalls.js";
import { WorkerMetrics } from "./monitoring/metrics.js";
import { startMonitoring } from "./monitoring/server.js";
import { type Bench, signedUp, startBench } from "./spec-support/worker.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const START = "2020-08-01T12:00:00.000Z";
const NEXT_MONTH = "2020-09-01T00:00:00.000Z";

/** A provider with a customer that is billed monthly. */
const newProvider = async () => {
  const providerId = randomUUID();
  const provider: Provider = {
    providerId,
    name: "Spec",
    invoiceNumberPrefix: "INV-",
    backDatingDays: 90,
    coolingOffDays: 14,
    testClock: START,
    advance: null,
  };
  const created = { providerId, name: "Spec", invoiceNumberPrefix: "INV-", effectiveOn: "2020-08-01" };
  await bench.record(providerId, "provider", providerId, START, [
    { type: "ProviderCreated", data: created },
    { type: "TestClockSet", data: { at: START, effectiveOn: "2020-08-01" } },
  ]);
  const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
  const events = signedUp(ids, "2020-08-01");
  await bench.record(providerId, "customer", ids.customerId, START, [events.customer]);
  await bench.record(providerId, "account", ids.accountId, START, [events.account]);
  await bench.record(providerId, "commitment", ids.commitmentId, START, [events.commitment]);
  return { provider, ids };
};

const invoiced = async ({ providerId }: Provider) =>
  bench.dataSource.query<unknown>("SELECT number, total FROM invoices WHERE provider_id = $1", [providerId]);
const INVOICE = { number: "INV-000001", total: "15.00" };

/** A worker's answers; it has no roles here. */
const monitored = async () => {
  const { store, dataSource } = bench;
  const server = await startMonitoring({ port: 0, store, dataSource, metrics: new WorkerMetrics(), roles: () => [] });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  const health = (await (await get("/health")).json()) as { ready: boolean; stalls: { provider: string }[] };
  const metrics = await (await get("/metrics")).text();
  await server.stop();
  return { ready: health.ready, providers: [...new Set(health.stalls.map(({ provider }) => provider))], metrics };
};

describe("a provider that is stalled by a bad event", () => {
  it("is not billed until the event is quarantined, and all others are", async () => {
    const [stalled, other] = [await newProvider(), await newProvider()];
    const { providerId } = stalled.provider;
    const { customerId } = stalled.ids;
    await bench.record(providerId, "customer", customerId, START, [
      { type: "OfferWithdrawn", data: { effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    await daysWork(bench, other.provider, NEXT_MONTH);
    expect(await invoiced(other.provider)).toEqual([INVOICE]);
    await expect(daysWork(bench, stalled.provider, NEXT_MONTH)).rejects.toBeInstanceOf(ProviderStalled);
    expect(await invoiced(stalled.provider)).toEqual([]);
    const told = await monitored();
    expect(told).toMatchObject({ ready: true, providers: [providerId] });
    expect(told.metrics).toContain('tenure_parked{kind="provider"} 1\n');

    const bad = { stream: streamName(providerId, "customer", customerId), revision: "1" };
    const named = { ...bad, eventId: randomUUID(), eventType: "OfferWithdrawn" };
    const events = quarantineEvent({ ...named, reason: "Written by a trial", today: "2020-08-01" }, []);
    await bench.record(providerId, "quarantine", providerId, START, events);
    await expect.poll(() => listStalls(bench.dataSource), { timeout: 120_000 }).toEqual([]);
    await daysWork(bench, stalled.provider, NEXT_MONTH);
    expect(await invoiced(stalled.provider)).toEqual([INVOICE]);
    expect(await monitored()).toMatchObject({ ready: true, providers: [] });
  });
});
