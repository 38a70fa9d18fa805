import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { walk } from "#application/processes/clock/walk.js";
import { addDays } from "#domain/calendar.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { type Provider } from "#domain/providers/provider.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { nextDue } from "#read-models/billing/due.js";
import { forgetClosed, listParked, retryParked } from "#read-models/billing/parked.js";
import { type Bench, signedUp, startBench, terms } from "./spec-support/worker.js";

const paused = (pauseId: string, from: string, until: string | null): CommitmentEvent => ({
  type: "PauseScheduled",
  data: {
    pauseId,
    from,
    until,
    now: false,
    orderedOn: addDays(from, -1),
    effectiveOn: from,
    discountEndBefore: "2022-08-01",
    discountEndAfter: "2022-08-01",
    discountEndFloors: [],
  },
});

const terminated = (effectiveOn: string): CommitmentEvent => ({
  type: "CommitmentTerminated",
  data: { effectiveOn, discountEnd: "2022-08-01", early: true, penaltyPreview: "0.00", reason: "ORDERED" },
});

describe("the agenda", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const newProvider = async (testClock: string): Promise<Provider> => {
    const providerId = randomUUID();
    const effectiveOn = testClock.slice(0, 10);
    await bench.record(providerId, "provider", providerId, testClock, [
      { type: "ProviderCreated", data: { providerId, name: "Spec", invoiceNumberPrefix: "INV-", effectiveOn } },
      { type: "TestClockSet", data: { at: testClock, effectiveOn } },
    ]);
    return {
      providerId,
      name: "Spec",
      invoiceNumberPrefix: "INV-",
      backDatingDays: 90,
      coolingOffDays: 14,
      testClock,
      advance: null,
    };
  };

  const signUp = async (provider: Provider, start: string, more: readonly CommitmentEvent[], timeZone = "UTC") => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const events = signedUp(ids, start, { timeZone });
    const at = `${start}T12:00:00.000Z`;
    await bench.record(provider.providerId, "customer", ids.customerId, at, [events.customer]);
    await bench.record(provider.providerId, "account", ids.accountId, at, [events.account]);
    await bench.record(provider.providerId, "commitment", ids.commitmentId, at, [events.commitment, ...more]);
    return ids;
  };

  const signals = async (provider: Provider, commitmentId: string) => {
    const events = await bench.store.readStream(streamName(provider.providerId, "lifecycle", commitmentId));
    return events.map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn} ${type}`);
  };

  /** What the worker recorded, in the log's order: signals, closed periods and numbers by their own dates. */
  const journal = async (provider: Provider, streams: readonly [string, string][]) => {
    const read = streams.map(([category, id]) => bench.store.readStream(streamName(provider.providerId, category, id)));
    const events = (await Promise.all(read)).flat();
    return events
      .filter(({ type }) => type.endsWith("TookEffect") || /InvoiceSealed|PeriodClosed|NumbersAssigned/.test(type))
      .sort((a, b) => (a.position.commit < b.position.commit ? -1 : 1))
      .map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn} ${type}`);
  };

  const story = [paused("9a000000-0000-4000-8000-000000000001", "2020-08-20", "2020-09-10"), terminated("2020-10-31")];
  const EXPECTED = [
    "2020-08-20 PauseStartTookEffect",
    "2020-09-11 PauseEndTookEffect",
    "2020-11-01 TerminationTookEffect",
  ];

  it("records what time did, each once and in order, when the clock jumps by years", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const { commitmentId } = await signUp(provider, "2020-08-01", story);
    const advance = { advanceId: randomUUID(), to: "2024-01-01T12:00:00.000Z" };
    await bench.record(provider.providerId, "provider", provider.providerId, "2020-08-01T12:00:00.000Z", [
      { type: "ClockAdvanceOrdered", data: { ...advance, effectiveOn: "2020-08-01" } },
    ]);
    expect(await walk(bench, { ...provider, advance })).toBe(true);
    expect(await signals(provider, commitmentId)).toEqual(EXPECTED);
    const [first] = await bench.store.readStream(streamName(provider.providerId, "lifecycle", commitmentId));
    expect(first?.metadata.recordedAt).toBe("2020-08-20T00:00:00.000Z");
    expect(first?.data).toEqual({
      commitmentId,
      effectiveOn: "2020-08-20",
      pauseId: "9a000000-0000-4000-8000-000000000001",
      until: "2020-09-10",
    });
  });

  it("after a month without a worker catches up day by day: transitions, closes, numbers", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01", story);
    await daysWork(bench, provider, "2020-11-03T09:00:00.000Z");
    expect(
      await journal(provider, [
        ["lifecycle", ids.commitmentId],
        ["receivables", ids.customerId],
        ["register", "invoices"],
      ]),
    ).toEqual([
      "2020-08-20 PauseStartTookEffect",
      "2020-09-01 InvoiceSealed",
      "2020-11-03 NumbersAssigned",
      "2020-09-11 PauseEndTookEffect",
      "2020-10-01 InvoiceSealed",
      "2020-11-03 NumbersAssigned",
      "2020-11-01 TerminationTookEffect",
      "2020-11-01 InvoiceSealed",
      "2020-11-03 NumbersAssigned",
    ]);
    await daysWork(bench, provider, "2020-11-03T09:00:00.000Z");
    expect(await signals(provider, ids.commitmentId)).toEqual(EXPECTED);
  });

  it("waits for midnight in the customer's zone, also where clocks change", async () => {
    const provider = await newProvider("2020-10-01T12:00:00.000Z");
    const berlin = [paused("9a000000-0000-4000-8000-000000000002", "2020-10-26", null)];
    const { commitmentId } = await signUp(provider, "2020-10-01", berlin, "Europe/Berlin");
    await bench.settle();
    // Summer time ended on October 25th: midnight of the 26th is 23:00 in UTC, no longer 22:00.
    expect(await nextDue(bench.dataSource, provider.providerId)).toBe("2020-10-25T23:00:00.000Z");
    await daysWork(bench, provider, "2020-10-25T22:59:59.999Z");
    expect(await signals(provider, commitmentId)).toEqual([]);
    await daysWork(bench, provider, "2020-10-25T23:00:00.000Z");
    expect(await signals(provider, commitmentId)).toEqual(["2020-10-26 PauseStartTookEffect"]);
  });

  it("forgets what was cancelled in time, and tells a new date again", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const { commitmentId } = await signUp(provider, "2020-08-01", [terminated("2020-08-20")]);
    await daysWork(bench, provider, "2020-08-10T12:00:00.000Z");
    await bench.record(provider.providerId, "commitment", commitmentId, "2020-08-10T12:00:00.000Z", [
      { type: "TerminationCancelled", data: { discountEnd: "2022-08-01", effectiveOn: "2020-08-10" } },
      terminated("2020-08-25"),
    ]);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    expect(await signals(provider, commitmentId)).toEqual(["2020-08-26 TerminationTookEffect"]);
  });

  it("records nothing twice when the answer of an append was lost", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const { commitmentId } = await signUp(provider, "2020-08-01", story);
    let lost = false;
    const store: Pick<EventStore, "append" | "tail" | "readStream"> = {
      async append(stream, ...rest) {
        const appended = await bench.store.append(stream, ...rest);
        if (!stream.endsWith(`lifecycle-${commitmentId}`) || lost) return appended;
        lost = true;
        throw new StoreUnavailable("the connection was lost");
      },
      tail: () => bench.store.tail(),
      readStream: (...call) => bench.store.readStream(...call),
    };
    const work = daysWork({ ...bench, store: store as EventStore }, provider, "2020-11-03T09:00:00.000Z");
    await expect(work).rejects.toThrow("the connection was lost");
    // An outage is not the customer's fault.
    expect(await listParked(bench.dataSource, provider.providerId)).toEqual([]);
    await daysWork(bench, provider, "2020-11-03T09:00:00.000Z");
    expect(await signals(provider, commitmentId)).toEqual(EXPECTED);
  });

  it("parks a customer whose signals fail, and goes on with the others", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const [bad, good] = [await signUp(provider, "2020-08-01", story), await signUp(provider, "2020-08-01", story)];
    const store: Pick<EventStore, "append" | "tail" | "readStream"> = {
      append: (stream, ...rest) =>
        stream.endsWith(`lifecycle-${bad.commitmentId}`)
          ? Promise.reject(new Error("no room for this one"))
          : bench.store.append(stream, ...rest),
      tail: () => bench.store.tail(),
      readStream: (...call) => bench.store.readStream(...call),
    };
    const now = "2020-11-03T09:00:00.000Z";
    await daysWork({ ...bench, store: store as EventStore }, provider, now);
    expect(await signals(provider, good.commitmentId)).toEqual(EXPECTED);
    // What comes after its transitions waits for them.
    const receivables = () => bench.store.readStream(streamName(provider.providerId, "receivables", bad.customerId));
    expect([await signals(provider, bad.commitmentId), await receivables()]).toEqual([[], []]);
    await retryParked(bench.dataSource, provider.providerId);
    await daysWork(bench, provider, now);
    expect(await signals(provider, bad.commitmentId)).toEqual(EXPECTED);
    expect((await receivables()).length).toBeGreaterThan(0);
    await forgetClosed(bench.dataSource, provider.providerId);
  });

  it("waits for midnight in the zone that the day belongs to, whatever zone comes with the next period", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    // A customer since August, whose first commitment starts in October: the period that closes first is October.
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const { customerId, commitmentId } = ids;
    const at = "2020-08-05T19:00:00.000Z";
    const { customer, account } = signedUp(ids, "2020-08-01", { timeZone: "America/Vancouver" });
    await bench.record(provider.providerId, "customer", customerId, at, [customer]);
    await bench.record(provider.providerId, "account", ids.accountId, at, [account]);
    await bench.record(provider.providerId, "commitment", commitmentId, at, [signedUp(ids, "2020-10-15").commitment]);
    await bench.record(provider.providerId, "customer", customerId, at, [
      {
        type: "CustomerTimeZoneChanged",
        data: { timeZone: "Asia/Tokyo", inForceFrom: "2020-09-01", effectiveOn: "2020-08-05" },
      },
    ]);
    await bench.record(provider.providerId, "commitment", commitmentId, at, [terminated("2020-08-05")]);
    await bench.settle();
    expect(await nextDue(bench.dataSource, provider.providerId)).toBe("2020-08-06T07:00:00.000Z");
    await daysWork(bench, provider, "2020-08-06T06:59:59.999Z");
    expect(await signals(provider, commitmentId)).toEqual([]);
    await daysWork(bench, provider, "2020-08-06T07:00:00.000Z");
    expect(await signals(provider, commitmentId)).toEqual(["2020-08-06 TerminationTookEffect"]);
  });

  it("shows the terms of a planned upgrade from its day on", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const better = { ...terms(), offerId: "0ffe0000-0000-4000-8000-000000000002", name: "Turbo 2GB" };
    const { commitmentId } = await signUp(provider, "2020-08-01", [
      {
        type: "TimeLimitedUpgradeOrdered",
        data: {
          upgradeId: "0b000000-0000-4000-8000-000000000001",
          rowId: "recurring-1",
          addOnProductId: "ad000000-0000-4000-8000-000000000002",
          until: "2020-08-31",
          then: { terms: better, from: "2020-09-01", discountEnd: null },
          effectiveOn: "2020-08-01",
        },
      },
    ]);
    const name = async () => {
      const sql = "SELECT offer_name FROM commitments WHERE id = $1";
      const [row] = await bench.dataSource.query<{ offer_name: string }[]>(sql, [commitmentId]);
      return row?.offer_name;
    };
    await daysWork(bench, provider, "2020-08-31T23:59:59.999Z");
    expect(await name()).toBe("Turbo 1GB");
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    expect(await name()).toBe("Turbo 2GB");
    expect(await signals(provider, commitmentId)).toEqual([
      "2020-09-01 UpgradeRevertTookEffect",
      "2020-09-01 PlannedUpgradeTookEffect",
    ]);
  });

  it("shows the terms of a renewal and of a scheduled upgrade from their days on", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const renewed = { ...terms(), offerRevision: 2, name: "Turbo 1GB plus" };
    const better = { ...terms(), offerId: "0ffe0000-0000-4000-8000-000000000002", name: "Turbo 2GB" };
    const orderedOn = "2020-08-01";
    const { commitmentId } = await signUp(provider, "2020-08-01", [
      {
        type: "FeesRenewalOrdered",
        data: {
          renewalId: "0b000000-0000-4000-8000-000000000003",
          terms: renewed,
          orderedOn,
          effectiveOn: "2020-09-01",
        },
      },
      {
        type: "UpgradeScheduled",
        data: {
          upgradeId: "0b000000-0000-4000-8000-000000000004",
          terms: better,
          discountEnd: { kind: "KEEP", default: null },
          orderedOn,
          effectiveOn: "2020-09-02",
        },
      },
    ]);
    const name = async () => {
      const sql = "SELECT offer_name FROM commitments WHERE id = $1";
      const [row] = await bench.dataSource.query<{ offer_name: string }[]>(sql, [commitmentId]);
      return row?.offer_name;
    };
    await daysWork(bench, provider, "2020-08-31T23:59:59.999Z");
    expect(await name()).toBe("Turbo 1GB");
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    expect(await name()).toBe("Turbo 1GB plus");
    await daysWork(bench, provider, "2020-09-02T00:00:00.000Z");
    expect(await name()).toBe("Turbo 2GB");
    expect(await signals(provider, commitmentId)).toEqual([
      "2020-09-01 RenewalTookEffect",
      "2020-09-02 UpgradeTookEffect",
    ]);
  });
});
