import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { type CommitmentTransferred } from "#domain/commitments/events.js";
import { streamName } from "#event-store/streams.js";
import { terminateCommitments } from "#processors/leftovers/settle.js";
import { listClosedPeriods } from "#read-models/billing/closed-periods.js";
import { nextDue } from "#read-models/billing/due.js";
import { loadBilling } from "#read-models/billing/load.js";
import { type Bench, signUp, startBench, testClockProvider } from "./spec-support/worker.js";
import { type Provider } from "#domain/providers/provider.js";
import { wholeProvider } from "#read-models/rows/scope.js";

describe("a transferred commitment", () => {
  let bench: Bench;
  let provider: Provider;
  /** Customer, account and commitment of the giver; the receiver has a commitment of its own. */
  let giver: Awaited<ReturnType<typeof signUp>>;
  let receiver: Awaited<ReturnType<typeof signUp>>;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    giver = await signUp(bench, provider.providerId, "2020-08-01");
    receiver = await signUp(bench, provider.providerId, "2020-08-01", { timeZone: "Pacific/Auckland" });
  });

  const record = (category: string, id: string, on: string, ...events: Parameters<Bench["record"]>[4]) =>
    bench.record(provider.providerId, category, id, `${on}T12:00:00.000Z`, events);
  const transfer = (on: string, transferFee = "0.00") =>
    record("commitment", giver.commitmentId, on, {
      type: "CommitmentTransferred",
      data: {
        accountId: receiver.accountId,
        customerId: receiver.customerId,
        fromAccountId: giver.accountId,
        fromCustomerId: giver.customerId,
        transferFee,
        termsName: "Turbo 1GB",
        effectiveOn: on,
      },
    } satisfies CommitmentTransferred);
  const terminated = (on: string) => ({
    type: "CommitmentTerminated",
    data: { effectiveOn: on, discountEnd: "2022-08-01", early: true, penaltyPreview: "0.00", reason: "ORDERED" },
  });
  const work = (until: string) => daysWork(bench, provider, `${until}T00:00:00.000Z`);
  const totals = async () => {
    const found = await bench.dataSource.query<{ customer_id: string; issued_on: string; total: string }[]>(
      "SELECT customer_id, issued_on::text, total FROM invoices WHERE provider_id = $1 ORDER BY issued_on, number",
      [provider.providerId],
    );
    const name = (id: string) => (id === giver.customerId ? "giver" : "receiver");
    return found.map(({ customer_id, issued_on, total }) => `${issued_on} ${name(customer_id)} ${total}`).sort();
  };
  const moved = async () => {
    const { rows } = await listClosedPeriods(bench.dataSource, wholeProvider(provider.providerId), { moved: true }, {});
    const name = (id: string) => (id === giver.customerId ? "giver" : "receiver");
    return rows
      .map(({ customer_id, period_from, moved: late }) =>
        [name(customer_id), period_from, ...late.map(({ type }) => type)].join(" "),
      )
      .sort();
  };
  const billing = (customerId: string) => loadBilling(bench.dataSource, wholeProvider(provider.providerId), customerId);

  it("is billed to each for its days, and the penalty for all of them to the last", async () => {
    await transfer("2020-09-11", "9.50");
    await record("commitment", giver.commitmentId, "2020-10-31", terminated("2020-10-31"));
    await work("2020-11-02");
    // 10 of 30 days: 6.67 - 1.67; 20: 13.33 - 3.33. The penalty: 5.00 + 1.67 + 3.33 + 5.00.
    expect(await totals()).toEqual([
      "2020-09-01 giver 15.00",
      "2020-09-01 receiver 15.00",
      "2020-10-01 giver 5.00",
      "2020-10-01 receiver 34.50",
      "2020-11-01 receiver 45.00",
    ]);
    const [ours, theirs] = [await billing(giver.customerId), await billing(receiver.customerId)];
    expect(ours?.history.commitments.map(({ commitmentId }) => commitmentId)).toEqual([giver.commitmentId]);
    expect(theirs?.history.commitments.map(({ commitmentId }) => commitmentId).sort()).toEqual(
      [giver.commitmentId, receiver.commitmentId].sort(),
    );
    expect([...(theirs?.history.others.keys() ?? [])]).toEqual([giver.customerId]);
    expect(theirs?.sealed.get(giver.commitmentId)).toEqual(new Map([["recurring-1", "8.33"]]));
    expect(ours?.sealed.get(giver.commitmentId)).toEqual(new Map([["recurring-1", "6.67"]]));
    const streams = (loaded: typeof ours) => loaded?.basis.map(({ stream }) => stream).sort();
    const shared = [
      ...[giver, receiver].flatMap(({ customerId, accountId }) => [
        streamName(provider.providerId, "customer", customerId),
        streamName(provider.providerId, "account", accountId),
        streamName(provider.providerId, "receivables", customerId),
      ]),
      streamName(provider.providerId, "commitment", giver.commitmentId),
    ];
    expect(streams(ours)).toEqual([...shared].sort());
    expect(streams(theirs)).toEqual(
      [...shared, streamName(provider.providerId, "commitment", receiver.commitmentId)].sort(),
    );
    expect(await moved()).toEqual([]);
  });

  it("opens the first period of a receiver that held nothing", async () => {
    const late = await signUp(bench, provider.providerId, "2020-12-01");
    receiver = { ...late, commitmentId: giver.commitmentId };
    await transfer("2020-09-11");
    await work("2020-10-02");
    expect((await totals()).filter((line) => line.includes("receiver 10.00"))).toEqual(["2020-10-01 receiver 10.00"]);
  });

  it("moves the closed periods of both where the basis does not reach what is recorded of either", async () => {
    await transfer("2020-09-11");
    await work("2020-10-02");
    await record("customer", giver.customerId, "2020-10-02", {
      type: "CustomerSuspended",
      data: { effectiveOn: "2020-09-05", personal: { reason: null } },
    });
    await bench.settle();
    expect(await moved()).toEqual(["giver 2020-09-01 CustomerSuspended", "receiver 2020-09-01 CustomerSuspended"]);
    await record("commitment", giver.commitmentId, "2020-10-02", terminated("2020-09-20"));
    await bench.settle();
    expect(await moved()).toEqual([
      "giver 2020-09-01 CommitmentTerminated CustomerSuspended",
      "receiver 2020-09-01 CommitmentTerminated CustomerSuspended",
    ]);
  });

  it("has its penalty corrected where a revision of the giver's class rounds its running period anew", async () => {
    const terms = { name: "Business", graceDays: 14, rounding: "HALF_UP" } as const;
    const customerClassId = randomUUID();
    await record("customerclass", customerClassId, "2020-08-01", {
      type: "CustomerClassDefined",
      data: { ...terms, customerClassId, effectiveOn: "2020-08-01" },
    });
    const cycle = { billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 20, timeZone: "UTC" } as const;
    await record(
      "customer",
      giver.customerId,
      "2020-08-01",
      { type: "CustomerBillingChanged", data: { ...cycle, inForceFrom: "2020-08-01", effectiveOn: "2020-08-01" } },
      { type: "CustomerClassSet", data: { customerClassId, effectiveOn: "2020-08-01" } },
    );
    await transfer("2020-08-28");
    await record("commitment", giver.commitmentId, "2020-08-31", terminated("2020-08-31"));
    await work("2020-09-02");
    await record("customerclass", customerClassId, "2020-09-05", {
      type: "CustomerClassRevised",
      data: { ...terms, rounding: "UP", effectiveOn: "2020-09-05" },
    });
    await work("2020-10-02");
    // The giver's August 1 to 19: 12.26 - 3.06. 20 to 27 of 31 days: 5.16 - 1.29, and 5.17 - 1.30 once it is rounded up.
    // The receiver's 28 to 31: 2.58 - 0.65, and the penalty 3.06 + 1.29 + 0.65 = 5.00, beside 15.00; then + 0.01.
    expect(await totals()).toEqual([
      "2020-08-20 giver 9.20",
      "2020-09-01 receiver 21.93",
      "2020-09-20 giver 3.87",
      "2020-10-01 receiver 15.01",
    ]);
  });

  it("moves the receiver's closed periods that it is dated back into, but none before", async () => {
    await work("2020-10-02");
    await transfer("2020-09-11");
    await bench.settle();
    expect(await moved()).toEqual([
      "giver 2020-09-01 CommitmentTransferred",
      "receiver 2020-09-01 CommitmentTransferred",
    ]);
  });

  it("is left alone by a later closing of the giver, and ended by one that comes before the transfer", async () => {
    await transfer("2020-09-11");
    await record("account", giver.accountId, "2020-09-15", {
      type: "AccountClosed",
      data: { effectiveOn: "2020-09-15" },
    });
    await record("customer", giver.customerId, "2020-09-15", {
      type: "CustomerClosed",
      data: { effectiveOn: "2020-09-08" },
    });
    await bench.settle();
    const terminations = async () => {
      const events = await bench.store.readStream(streamName(provider.providerId, "commitment", giver.commitmentId));
      return events.flatMap(({ type, data }) => (type === "CommitmentTerminated" ? [data] : []));
    };
    await terminateCommitments(bench, provider.providerId, { accountId: giver.accountId }, "2020-09-15T12:00:00.000Z");
    // The closing dated back to 09-08: 5.00 of August and 8 of 30 days, owed by the giver.
    expect(await terminations()).toMatchObject([
      { effectiveOn: "2020-09-08", reason: "CUSTOMER_CLOSED", penaltyPreview: "6.33" },
    ]);
  });

  it("is signalled in the zone of the customer that holds it", async () => {
    await record("commitment", giver.commitmentId, "2020-08-02", {
      type: "PauseScheduled",
      data: {
        pauseId: "9a05e000-0000-4000-8000-000000000001",
        orderedOn: "2020-08-02",
        from: "2020-08-20",
        until: "2020-08-21",
        now: false,
        discountEndBefore: "2022-08-01",
        discountEndAfter: "2022-08-03",
        discountEndFloors: [],
        effectiveOn: "2020-08-20",
      },
    });
    await bench.settle();
    expect(await nextDue(bench.dataSource, provider.providerId)).toBe("2020-08-20T00:00:00.000Z");
    await transfer("2020-08-10");
    await bench.settle();
    expect(await nextDue(bench.dataSource, provider.providerId)).toBe("2020-08-19T12:00:00.000Z");
  });
});
