import { randomUUID } from "node:crypto";
import { type DataSource, EntityManager, type ObjectLiteral } from "typeorm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { walk } from "#application/processes/clock/walk.js";
import { closeDue } from "#application/processes/closing/close-due.js";
import { numberInvoices } from "#application/processes/numbering/number-invoices.js";
import { type Provider } from "#domain/providers/provider.js";
import { type EventStore } from "#event-store/event-store.js";
import { listClosedPeriods } from "#read-models/billing/closed-periods.js";
import { nextDue } from "#read-models/billing/due.js";
import { loadBilling } from "#read-models/billing/load.js";
import { forgetClosed, listParked, retryParked } from "#read-models/billing/parked.js";
import { unbilled } from "#domain/billing/unbilled.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Bench, signedUp, startBench, terms } from "./spec-support/worker.js";

interface InvoiceRow {
  readonly number: string | null;
  readonly customer_id: string;
  readonly issued_on: string;
  readonly total: string;
}

describe("the billing work of a provider", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await startBench();
  });

  afterAll(() => bench.stop());

  const newProvider = async (testClock: string): Promise<Provider> => {
    const providerId = randomUUID();
    const state: Provider = {
      providerId,
      name: "Spec",
      invoiceNumberPrefix: "INV-",
      backDatingDays: 90,
      coolingOffDays: 14,
      testClock,
      advance: null,
    };
    const effectiveOn = testClock.slice(0, 10);
    await bench.record(providerId, "provider", providerId, testClock, [
      { type: "ProviderCreated", data: { providerId, name: "Spec", invoiceNumberPrefix: "INV-", effectiveOn } },
      { type: "TestClockSet", data: { at: testClock, effectiveOn } },
    ]);
    return state;
  };

  const signUp = async (provider: Provider, start: string, options: Parameters<typeof signedUp>[2] = {}) => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const events = signedUp(ids, start, options);
    const at = `${start}T12:00:00.000Z`;
    await bench.record(provider.providerId, "customer", ids.customerId, at, [events.customer]);
    await bench.record(provider.providerId, "account", ids.accountId, at, [events.account]);
    await bench.record(provider.providerId, "commitment", ids.commitmentId, at, [events.commitment]);
    return ids;
  };

  const closedBy = async ({ providerId }: Provider, moment: string) =>
    (await closeDue(bench, { provider: providerId, moment, now: moment })).periods;

  const invoices = (provider: Provider) =>
    bench.dataSource.query<InvoiceRow[]>(
      "SELECT number, customer_id, issued_on, total FROM invoices WHERE provider_id = $1 ORDER BY number",
      [provider.providerId],
    );

  it("closes a period once it has ended in the customer's zone, and not before", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const east = await signUp(provider, "2020-08-01", { timeZone: "Pacific/Auckland" });
    const west = await signUp(provider, "2020-08-01", { timeZone: "America/Vancouver" });
    expect(await closedBy(provider, "2020-08-31T11:59:59.999Z")).toBe(0);
    expect(await closedBy(provider, "2020-08-31T12:00:00.000Z")).toBe(1);
    expect(await closedBy(provider, "2020-08-31T12:00:00.000Z")).toBe(0);
    expect(
      await numberInvoices(bench, { provider: provider.providerId, prefix: "INV-", now: "2020-08-31T12:00:00.000Z" }),
    ).toEqual({ invoices: 1, creditNotes: 0 });
    await daysWork(bench, provider, "2020-09-01T07:00:00.000Z");
    expect(await invoices(provider)).toEqual([
      { number: "INV-000001", customer_id: east.customerId, issued_on: "2020-09-01", total: "15.00" },
      { number: "INV-000002", customer_id: west.customerId, issued_on: "2020-09-01", total: "15.00" },
    ]);
  });

  it("closes every period that was missed, each with its own lines, and numbers them by issue date", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-17");
    await daysWork(bench, provider, "2020-11-01T00:00:00.000Z");
    const found = await invoices(provider);
    expect(found.map(({ number, issued_on, total }) => ({ number, issued_on, total }))).toEqual([
      { number: "INV-000001", issued_on: "2020-09-01", total: "7.26" },
      { number: "INV-000002", issued_on: "2020-10-01", total: "15.00" },
      { number: "INV-000003", issued_on: "2020-11-01", total: "15.00" },
    ]);
    const billing = await loadBilling(bench.dataSource, wholeProvider(provider.providerId), ids.customerId);
    expect(billing?.closedTo).toBe("2020-11-01");
    expect(billing?.sealed.get(ids.commitmentId)?.get("recurring-1")).toBe("12.42");
  });

  it("notes a period without a line for a customer that held a commitment", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01");
    await bench.record(provider.providerId, "commitment", ids.commitmentId, "2020-08-31T12:00:00.000Z", [
      {
        type: "CommitmentTerminated",
        data: {
          effectiveOn: "2020-08-31",
          discountEnd: "2022-08-01",
          early: true,
          penaltyPreview: "5.00",
          reason: "ORDERED",
        },
      },
    ]);
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    expect((await invoices(provider)).map(({ issued_on, total }) => ({ issued_on, total }))).toEqual([
      { issued_on: "2020-09-01", total: "20.00" },
    ]);
    const { rows: periods } = await listClosedPeriods(bench.dataSource, wholeProvider(provider.providerId), {}, {});
    expect(periods.map(({ period_from, invoice_id }) => ({ period_from, invoiced: invoice_id !== null }))).toEqual([
      { period_from: "2020-09-01", invoiced: false },
      { period_from: "2020-08-01", invoiced: true },
    ]);
  });

  it("shows a closed period whose basis has moved", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01");
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    const moved = async () =>
      (await listClosedPeriods(bench.dataSource, wholeProvider(provider.providerId), { moved: true }, {})).rows;
    expect(await moved()).toEqual([]);
    const late = randomUUID();
    const { commitment } = signedUp({ ...ids, commitmentId: late }, "2020-08-31");
    await bench.record(provider.providerId, "commitment", late, "2020-09-01T00:00:00.001Z", [commitment]);
    await bench.settle();
    const [period, ...others] = await moved();
    expect(others).toEqual([]);
    expect(period).toMatchObject({
      customer_id: ids.customerId,
      period_from: "2020-08-01",
      moved: [{ revision: "0", type: "CommitmentAssigned", effectiveOn: "2020-08-31" }],
    });
  });

  it("takes no period for moved because of what its customer's later class was", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01");
    const customerClassId = randomUUID();
    const revised = { name: "Business", graceDays: 5, rounding: "UP", effectiveOn: "2020-08-10" } as const;
    await bench.record(provider.providerId, "customerclass", customerClassId, "2020-08-10T12:00:00.000Z", [
      { type: "CustomerClassDefined", data: { ...revised, customerClassId, effectiveOn: "2020-08-01" } },
      { type: "CustomerClassRevised", data: revised },
    ]);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    await bench.record(provider.providerId, "customer", ids.customerId, "2020-09-05T12:00:00.000Z", [
      { type: "CustomerClassSet", data: { customerClassId, effectiveOn: "2020-09-05" } },
    ]);
    await bench.settle();
    const moved = await listClosedPeriods(bench.dataSource, wholeProvider(provider.providerId), { moved: true }, {});
    expect(moved.rows).toEqual([]);
  });

  it("shows the closed periods that a late revision of a class moves, until the next close", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01");
    const customerClassId = randomUUID();
    const terms = { name: "Business", graceDays: 5, rounding: "UP" } as const;
    await bench.record(provider.providerId, "customerclass", customerClassId, "2020-08-01T12:00:00.000Z", [
      { type: "CustomerClassDefined", data: { ...terms, customerClassId, effectiveOn: "2020-08-01" } },
    ]);
    await bench.record(provider.providerId, "customer", ids.customerId, "2020-08-01T12:00:00.000Z", [
      { type: "CustomerClassSet", data: { customerClassId, effectiveOn: "2020-08-01" } },
    ]);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    await bench.record(provider.providerId, "customerclass", customerClassId, "2020-09-02T12:00:00.000Z", [
      { type: "CustomerClassRevised", data: { ...terms, rounding: "DOWN", effectiveOn: "2020-08-20" } },
    ]);
    await bench.settle();
    const moved = async () =>
      (await listClosedPeriods(bench.dataSource, wholeProvider(provider.providerId), { moved: true }, {})).rows.map(
        ({ customer_id, period_from, moved: [event] }) => [customer_id, period_from, event?.type],
      );
    expect(await moved()).toEqual([[ids.customerId, "2020-08-01", "CustomerClassRevised"]]);
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    expect(await moved()).toEqual([]);
  });

  it("loads customer and ledger as of one moment, even while the period closes", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01");
    await bench.settle();
    let closes = true;
    const spy = vi.spyOn(EntityManager.prototype, "query");
    spy.mockImplementation(async function (this: EntityManager, sql: string, parameters?: unknown[] | ObjectLiteral) {
      const rows: unknown = await this.dataSource.query(sql, parameters, this.queryRunner);
      if (closes && sql.includes("billing_customers")) {
        closes = false;
        await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
      }
      return rows;
    });
    const billing = await loadBilling(bench.dataSource, wholeProvider(provider.providerId), ids.customerId);
    spy.mockRestore();
    expect(closes).toBe(false);
    expect({ closedTo: billing?.closedTo, sealed: billing?.sealed }).toEqual({ closedTo: null, sealed: new Map() });
    expect((await invoices(provider)).map(({ total }) => total)).toEqual(["15.00"]);
  });

  it("closes no period that another worker's close has made the next one", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    await signUp(provider, "2020-08-01");
    await bench.settle();
    const moment = "2020-09-01T00:00:00.000Z";
    // Another worker closes August after this one has seen that it is due, and before it loads what is to be charged.
    const dataSource = Object.create(bench.dataSource) as DataSource;
    let closes = true;
    dataSource.createQueryRunner = (...call) => {
      const session = bench.dataSource.createQueryRunner(...call);
      const query = session.query.bind(session) as (...asked: unknown[]) => Promise<unknown>;
      session.query = (async (...asked: unknown[]) => {
        if (closes && String(asked[0]).startsWith("START TRANSACTION ISOLATION LEVEL REPEATABLE READ")) {
          closes = false;
          await closedBy(provider, moment);
          await bench.settle();
        }
        return query(...asked);
      }) as typeof session.query;
      return session;
    };
    const late = await closeDue({ ...bench, dataSource }, { provider: provider.providerId, moment, now: moment });
    expect(closes).toBe(false);
    expect(late.periods).toBe(0);
    await daysWork(bench, provider, moment);
    expect((await invoices(provider)).map(({ issued_on }) => issued_on)).toEqual(["2020-09-01"]);
  });

  it("closes at the moment that it waits for, also where the old date comes back after midnight", async () => {
    const provider = await newProvider("2009-10-01T12:00:00.000Z");
    await signUp(provider, "2009-10-01", { timeZone: "America/St_Johns" });
    await bench.settle();
    // At 00:01 on November 1st the clocks went back to 23:01 on October 31st.
    const due = await nextDue(bench.dataSource, provider.providerId);
    expect(due).toBe("2009-11-01T02:30:00.000Z");
    expect(await closedBy(provider, "2009-11-01T02:29:59.999Z")).toBe(0);
    expect(await closedBy(provider, "2009-11-01T02:45:00.000Z")).toBe(1);
  });

  it("terminates what a closed account left, and claims the discounts back", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const ids = await signUp(provider, "2020-08-01");
    await bench.record(provider.providerId, "account", ids.accountId, "2020-08-31T12:00:00.000Z", [
      { type: "AccountClosed", data: { effectiveOn: "2020-08-31" } },
    ]);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    const sql = "SELECT terminated_on FROM billing_commitments WHERE commitment_id = $1";
    const terminated = () => bench.dataSource.query<{ terminated_on: string }[]>(sql, [ids.commitmentId]);
    expect(await terminated()).toEqual([{ terminated_on: "2020-08-31" }]);
    expect((await invoices(provider)).map(({ total }) => total)).toEqual(["20.00"]);

    // One that was ordered while the account was being closed, and came last.
    const ordered = { effectiveOn: "2020-09-01", discountEnd: "2022-08-01", early: true, penaltyPreview: "5.00" };
    await bench.record(provider.providerId, "commitment", ids.commitmentId, "2020-09-01T00:00:00.000Z", [
      { type: "CommitmentTerminated", data: { ...ordered, reason: "ORDERED" } },
    ]);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    expect(await terminated()).toEqual([{ terminated_on: "2020-08-31" }]);
  });

  it("walks the clock through every period end on the way", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    await signUp(provider, "2020-08-01");
    const advance = { advanceId: randomUUID(), to: "2020-10-15T12:00:00.000Z" };
    await bench.record(provider.providerId, "provider", provider.providerId, "2020-08-01T12:00:00.000Z", [
      { type: "ClockAdvanceOrdered", data: { ...advance, effectiveOn: "2020-08-01" } },
    ]);
    expect(await walk(bench, { ...provider, advance })).toBe(true);
    const [row] = await bench.dataSource.query<{ state: Provider }[]>(
      "SELECT state FROM providers WHERE provider_id = $1",
      [provider.providerId],
    );
    expect(row?.state).toEqual({ ...provider, testClock: "2020-10-15T12:00:00.000Z", advance: null });
    expect((await invoices(provider)).map(({ issued_on }) => issued_on)).toEqual(["2020-09-01", "2020-10-01"]);
  });

  it("parks the close of a customer that fails, goes on with the others, and closes it when tried again", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const [bad, good] = [await signUp(provider, "2020-08-01"), await signUp(provider, "2020-08-01")];
    const store: Pick<EventStore, "append" | "tail" | "readStream"> = {
      append: (stream, ...rest) =>
        stream.endsWith(`receivables-${bad.customerId}`)
          ? Promise.reject(new Error("no room for this one"))
          : bench.store.append(stream, ...rest),
      tail: () => bench.store.tail(),
      readStream: (...call) => bench.store.readStream(...call),
    };
    await daysWork({ ...bench, store: store as EventStore }, provider, "2020-09-01T00:00:00.000Z");
    expect((await invoices(provider)).map(({ customer_id }) => customer_id)).toEqual([good.customerId]);
    const parked = await listParked(bench.dataSource, provider.providerId);
    expect(parked).toMatchObject([{ customer_id: bad.customerId, reason: "no room for this one", attempts: 1 }]);

    await retryParked(bench.dataSource, provider.providerId);
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    await forgetClosed(bench.dataSource, provider.providerId);
    expect((await invoices(provider)).map(({ customer_id }) => customer_id)).toEqual([good.customerId, bad.customerId]);
    expect(await bench.dataSource.query("SELECT * FROM parked_closes")).toEqual([]);
  });

  it("tells what the running period holds and what leaving today would cost", async () => {
    const provider = await newProvider("2020-08-01T12:00:00.000Z");
    const device = terms({
      oneTime: [{ rowId: "one-time-1", description: "TV", service: "TV", fee: "400.00", discount: "399.99" }],
    });
    const ids = await signUp(provider, "2020-08-01", { terms: device });
    await daysWork(bench, provider, "2020-09-10T12:00:00.000Z");
    const billing = await loadBilling(bench.dataSource, wholeProvider(provider.providerId), ids.customerId);
    if (!billing) throw new Error("no billing");
    const { lines: _, ...rest } = unbilled(billing, "2020-09-10T12:00:00.000Z");
    expect(rest).toEqual({
      customerId: ids.customerId,
      today: "2020-09-10",
      period: { from: "2020-09-01", to: "2020-10-01" },
      total: "15.00",
      currency: "USD",
      // 10 of 30 days of 5.00; leaving also claims back August's 5.00 and the television's 399.99.
      commitments: [{ commitmentId: ids.commitmentId, discountAccrued: "1.67", penaltyIfLeftToday: "406.66" }],
    });
  });
});
