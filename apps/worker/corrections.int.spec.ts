import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { corrections } from "#domain/billing/corrections.js";
import { type Line } from "#domain/billing/line.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { listClosedPeriods } from "#read-models/billing/closed-periods.js";
import { loadBilling } from "#read-models/billing/load.js";
import { linesOfInvoices } from "#read-models/invoices/queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Bench, signUp, startBench, terms, testClockProvider } from "./spec-support/worker.js";

const paused = (from: string, until: string): CommitmentEvent => ({
  type: "PauseScheduled",
  data: {
    pauseId: "pause-1",
    from,
    until,
    now: false,
    orderedOn: from,
    discountEndBefore: "2022-08-01",
    discountEndAfter: "2022-08-08",
    discountEndFloors: [],
    effectiveOn: from,
  },
});
const rated = (rate: string | null, effectiveOn: string): CustomerEvent => ({
  type: "SubscriptionDiscountRateSet",
  data: { rate, effectiveOn },
});
const terminated = (effectiveOn: string): CommitmentEvent => ({
  type: "CommitmentTerminated",
  data: { effectiveOn, discountEnd: "2022-08-01", early: true, penaltyPreview: "0.00", reason: "ORDERED" },
});

describe("corrections by the close", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  /** The lines of each invoice and credit note of a provider, in order of issue: kind, first day, fee, discount, net. */
  const invoiced = async (provider: string) => {
    const rows = await bench.dataSource.query<{ id: string; issued_on: string }[]>(
      `SELECT id, issued_on FROM (SELECT id, issued_on, customer_id FROM invoices WHERE provider_id = $1
        UNION ALL SELECT id, issued_on, customer_id FROM credit_notes WHERE provider_id = $1) documents
        ORDER BY issued_on, customer_id`,
      [provider],
    );
    const lines = await linesOfInvoices(
      bench.dataSource,
      wholeProvider(provider),
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, issued_on }) => [
      issued_on,
      ...(lines.get(id) ?? []).map(({ kind, fromOn, fee, discount, net }) =>
        [kind, fromOn, fee, discount, net].join(" "),
      ),
    ]);
  };
  const movedPeriods = async (provider: string) => {
    const { rows } = await listClosedPeriods(bench.dataSource, wholeProvider(provider), { moved: true }, {});
    return rows.map(({ period_from }) => period_from);
  };
  const lateEvents = async (provider: string, id: string) =>
    (await loadBilling(bench.dataSource, wholeProvider(provider), id))?.late.map(({ effectiveOn }) => effectiveOn);

  it("put what a pause dated back takes on the next invoice, once, and name lines and events", async () => {
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { providerId } = provider;
    const ids = await signUp(bench, providerId, "2020-08-01");
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    await bench.record(providerId, "commitment", ids.commitmentId, "2020-10-05T12:00:00.000Z", [
      paused("2020-08-03", "2020-08-09"),
    ]);
    await bench.settle();
    expect(await movedPeriods(providerId)).toEqual(["2020-09-01", "2020-08-01"]);
    const billing = await loadBilling(bench.dataSource, wholeProvider(providerId), ids.customerId);
    expect(billing && corrections(billing).map((line: Line) => line.net)).toEqual(["-3.39"]);

    await daysWork(bench, provider, "2020-11-01T00:00:00.000Z");
    await daysWork(bench, provider, "2020-12-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced(providerId)).toEqual([
      ["2020-09-01", "RECURRING 2020-08-01 20.00 5.00 15.00"],
      ["2020-10-01", "RECURRING 2020-09-01 20.00 5.00 15.00"],
      ["2020-11-01", "ADJUSTMENT 2020-08-03 -4.52 -1.13 -3.39", "RECURRING 2020-10-01 20.00 5.00 15.00"],
      ["2020-12-01", "RECURRING 2020-11-01 20.00 5.00 15.00"],
    ]);
    const [adjustment] = await bench.dataSource.query<{ corrects: Line["corrects"]; causes: string[] }[]>(
      "SELECT corrects, causes FROM invoice_lines WHERE provider_id = $1 AND kind = 'ADJUSTMENT'",
      [providerId],
    );
    const [first] = await bench.dataSource.query<{ id: string }[]>(
      "SELECT id FROM invoices WHERE provider_id = $1 AND issued_on = '2020-09-01'",
      [providerId],
    );
    const events = await bench.store.readStream(
      `tenure.${providerId.replaceAll("-", "")}.commitment-${ids.commitmentId}`,
    );
    expect(adjustment?.causes).toEqual([events[1]?.id]);
    expect(adjustment?.corrects).toMatchObject({
      kind: "RECURRING",
      period: { from: "2020-08-01", until: "2020-08-31" },
      lines: [{ invoiceId: first?.id, line: 1 }],
    });
    expect(await movedPeriods(providerId)).toEqual([]);
  });

  it("correct a correction, and a termination over two periods with its penalty", async () => {
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { providerId } = provider;
    // With the TV set's discount claimed back, the invoice is no credit note.
    const tv = { rowId: "one-time-1", description: "TV set", service: "TV", fee: "400.00", discount: "399.99" };
    const ids = await signUp(bench, providerId, "2020-08-01", { terms: terms({ oneTime: [tv] }) });
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    await bench.record(providerId, "customer", ids.customerId, "2020-10-05T12:00:00.000Z", [rated("10", "2020-08-01")]);
    await daysWork(bench, provider, "2020-11-01T00:00:00.000Z");
    await bench.record(providerId, "customer", ids.customerId, "2020-11-05T12:00:00.000Z", [rated(null, "2020-08-01")]);
    await bench.record(providerId, "commitment", ids.commitmentId, "2020-11-05T12:00:00.000Z", [
      terminated("2020-09-15"),
    ]);
    await daysWork(bench, provider, "2020-12-01T00:00:00.000Z");
    await bench.settle();
    expect((await invoiced(providerId)).slice(2)).toEqual([
      [
        "2020-11-01",
        "ADJUSTMENT 2020-08-01 0.00 -5.00 5.00",
        "ADJUSTMENT 2020-08-01 0.00 2.00 -2.00",
        "ADJUSTMENT 2020-09-01 0.00 -5.00 5.00",
        "ADJUSTMENT 2020-09-01 0.00 2.00 -2.00",
        "RECURRING 2020-10-01 20.00 2.00 18.00",
      ],
      [
        "2020-12-01",
        "ADJUSTMENT 2020-08-01 0.00 5.00 -5.00",
        "ADJUSTMENT 2020-08-01 0.00 -2.00 2.00",
        // 15 of 30 days: 10.00 - 2.50.
        "ADJUSTMENT 2020-09-01 -10.00 2.50 -12.50",
        "ADJUSTMENT 2020-09-01 0.00 -2.00 2.00",
        "PENALTY 2020-09-15 399.99 0.00 399.99",
        "PENALTY 2020-09-15 7.50 0.00 7.50",
        "ADJUSTMENT 2020-10-01 -20.00 0.00 -20.00",
        "ADJUSTMENT 2020-10-01 0.00 -2.00 2.00",
      ],
    ]);
    expect(await movedPeriods(providerId)).toEqual([]);
    expect(await lateEvents(providerId, ids.customerId)).toEqual([]);
  });

  it("bill a customer that held nothing then with its first close", async () => {
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { providerId } = provider;
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const known = await signUp(bench, providerId, "2020-08-01");
    await bench.record(providerId, "customer", ids.customerId, "2020-08-01T12:00:00.000Z", [
      {
        type: "CustomerCreated",
        data: {
          customerId: ids.customerId,
          currency: "USD",
          billingPeriod: "MONTHLY",
          timeZone: "UTC",
          customerClassId: null,
          creditLimit: "0.00",
          effectiveOn: "2020-08-01",
          personal: { name: "Late", companyDomain: null, email: null, phone: null },
        },
      },
    ]);
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    const late = { ...ids, terms: terms(), discountEnd: "2022-08-17", discountEndKind: "DEFAULT" as const };
    await bench.record(providerId, "commitment", ids.commitmentId, "2020-10-05T12:00:00.000Z", [
      { type: "CommitmentAssigned", data: { ...late, effectiveOn: "2020-08-17" } },
    ]);
    await daysWork(bench, provider, "2020-11-01T00:00:00.000Z");
    await bench.settle();
    const own = (await invoiced(providerId)).filter((lines) => lines.length > 2);
    expect(own).toEqual([
      [
        "2020-11-01",
        "ADJUSTMENT 2020-08-17 9.68 2.42 7.26",
        "ADJUSTMENT 2020-09-01 20.00 5.00 15.00",
        "RECURRING 2020-10-01 20.00 5.00 15.00",
      ],
    ]);
    const { rows } = await listClosedPeriods(
      bench.dataSource,
      wholeProvider(providerId),
      { customerId: ids.customerId },
      {},
    );
    expect(rows.map(({ period_from, invoice_id, moved }) => [period_from, invoice_id !== null, moved])).toEqual([
      ["2020-10-01", true, []],
      ["2020-09-01", false, []],
      ["2020-08-01", false, []],
    ]);
    expect(await lateEvents(providerId, known.customerId)).toEqual([]);
  });

  it("take a penalty back whose termination was replaced at the last moment, after its period had closed", async () => {
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { providerId } = provider;
    const ids = await signUp(bench, providerId, "2020-08-01");
    await bench.record(providerId, "commitment", ids.commitmentId, "2020-08-20T12:00:00.000Z", [
      terminated("2020-08-31"),
    ]);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    // Decided before midnight, recorded after the close.
    await bench.record(providerId, "commitment", ids.commitmentId, "2020-08-31T23:59:59.999Z", [
      terminated("2020-09-15"),
    ]);
    await bench.settle();
    expect(await movedPeriods(providerId)).toEqual(["2020-08-01"]);
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced(providerId)).toEqual([
      ["2020-09-01", "RECURRING 2020-08-01 20.00 5.00 15.00", "PENALTY 2020-08-31 5.00 0.00 5.00"],
      [
        "2020-10-01",
        "ADJUSTMENT 2020-08-31 -5.00 0.00 -5.00",
        "RECURRING 2020-09-01 10.00 2.50 7.50",
        "PENALTY 2020-09-15 7.50 0.00 7.50",
      ],
    ]);
    expect(await movedPeriods(providerId)).toEqual([]);
  });
});
