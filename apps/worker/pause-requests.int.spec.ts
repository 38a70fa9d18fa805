import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { type Provider } from "#domain/providers/provider.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { nextDue } from "#read-models/billing/due.js";
import { type Bench, signedUp, startBench } from "./spec-support/worker.js";

const CLOCK = "2020-08-01T12:00:00.000Z";
const PAUSE = "9a000000-0000-4000-8000-000000000001";

const requested: CommitmentEvent = {
  type: "PauseRequested",
  data: { pauseId: PAUSE, from: "2020-08-11", until: "2020-08-20", effectiveOn: "2020-08-01" },
};
const withdrawn: CommitmentEvent = {
  type: "PauseRequestWithdrawn",
  data: { pauseId: PAUSE, effectiveOn: "2020-08-02" },
};

describe("a request for a pause that nobody answers", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const newProvider = async (): Promise<Provider> => {
    const providerId = randomUUID();
    const invoiceNumberPrefix = "INV-";
    await bench.record(providerId, "provider", providerId, CLOCK, [
      { type: "ProviderCreated", data: { providerId, name: "Spec", invoiceNumberPrefix, effectiveOn: "2020-08-01" } },
      { type: "TestClockSet", data: { at: CLOCK, effectiveOn: "2020-08-01" } },
    ]);
    const settings = { backDatingDays: 90, coolingOffDays: 14 };
    return { providerId, name: "Spec", invoiceNumberPrefix, ...settings, testClock: CLOCK, advance: null };
  };

  const asked = async ({ providerId }: Provider, more: readonly CommitmentEvent[] = []) => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const events = signedUp(ids, "2020-08-01", { timeZone: "Europe/Berlin" });
    await bench.record(providerId, "customer", ids.customerId, CLOCK, [events.customer]);
    await bench.record(providerId, "account", ids.accountId, CLOCK, [events.account]);
    await bench.record(providerId, "commitment", ids.commitmentId, CLOCK, [events.commitment, requested, ...more]);
    return ids.commitmentId;
  };

  const recorded = async ({ providerId }: Provider, commitmentId: string) => {
    const events = await bench.store.readStream(streamName(providerId, "commitment", commitmentId));
    return events.map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn} ${type}`).slice(1);
  };
  const ASKED = "2020-08-01 PauseRequested";
  const LAPSED = "2020-08-11 PauseRequestLapsed";

  it("lapses when its first day begins in the customer's zone, once", async () => {
    const provider = await newProvider();
    const [open, answered] = [await asked(provider), await asked(provider, [withdrawn])];
    await bench.settle();
    expect(await nextDue(bench.dataSource, provider.providerId)).toBe("2020-08-10T22:00:00.000Z");
    await daysWork(bench, provider, "2020-08-10T21:59:59.999Z");
    expect(await recorded(provider, open)).toEqual([ASKED]);
    await daysWork(bench, provider, "2020-08-10T22:00:00.000Z");
    await daysWork(bench, provider, "2020-08-20T22:00:00.000Z");
    expect(await recorded(provider, open)).toEqual([ASKED, LAPSED]);
    expect(await recorded(provider, answered)).toEqual([ASKED, "2020-08-02 PauseRequestWithdrawn"]);
  });

  it("lapses once where the answer of the append was lost", async () => {
    const provider = await newProvider();
    const commitmentId = await asked(provider);
    let lost = false;
    const store: Pick<EventStore, "append" | "tail" | "readStream"> = {
      async append(stream, ...rest) {
        const appended = await bench.store.append(stream, ...rest);
        if (!stream.endsWith(`commitment-${commitmentId}`) || lost) return appended;
        lost = true;
        throw new StoreUnavailable("the connection was lost");
      },
      tail: () => bench.store.tail(),
      readStream: (...call) => bench.store.readStream(...call),
    };
    const now = "2020-08-12T12:00:00.000Z";
    await expect(daysWork({ ...bench, store: store as EventStore }, provider, now)).rejects.toThrow("was lost");
    await daysWork(bench, provider, now);
    expect(await recorded(provider, commitmentId)).toEqual([ASKED, LAPSED]);
  });
});
