import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDue } from "#application/processes/closing/close-due.js";
import { inFlight } from "#application/processes/in-flight.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { type DomainEvent } from "#domain/event.js";
import { ofType } from "#event-store/catalogue.js";
import { invoiceId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { loadBilling } from "#read-models/billing/load.js";
import { listParked } from "#read-models/billing/parked.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Bench, signUp, startBench, terms, testClockProvider } from "./spec-support/worker.js";

const LATE: CommitmentEvent = {
  type: "PauseScheduled",
  data: {
    pauseId: "pause-1",
    from: "2020-08-03",
    until: "2020-08-09",
    now: false,
    orderedOn: "2020-09-05",
    discountEndBefore: "2022-08-01",
    discountEndAfter: "2022-08-08",
    discountEndFloors: [],
    effectiveOn: "2020-08-03",
  },
};

describe("large customers", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const closed = async (provider: string, day: string): Promise<void> => {
    const moment = `${day}T00:00:00.000Z`;
    await closeDue(bench, { provider, moment, now: moment });
    await bench.settle();
    expect(await listParked(bench.dataSource, provider)).toEqual([]);
  };
  const sealed = async (provider: string, customerId: string) => {
    const events = await bench.store.readStream(streamName(provider, "receivables", customerId));
    return ofType(events, "InvoiceSealed").map(({ data }) => data);
  };

  it(
    "have 1,000 commitments, 5,000 lines on an invoice, and all of them corrected on the next",
    { timeout: 600_000 },
    async () => {
      const { providerId } = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
      const [row] = terms().recurring;
      if (!row) throw new Error("the terms have a row");
      const five = terms({ recurring: [1, 2, 3, 4, 5].map((index) => ({ ...row, rowId: `recurring-${index}` })) });
      const ids = await signUp(bench, providerId, "2020-08-01", { terms: five });
      const at = "2020-08-01T12:00:00.000Z";
      await inFlight([...Array(999).keys()], 32, async () => {
        const commitmentId = randomUUID();
        await bench.record(providerId, "commitment", commitmentId, at, [
          {
            type: "CommitmentAssigned",
            data: {
              ...ids,
              commitmentId,
              terms: five,
              discountEnd: "2022-08-01",
              discountEndKind: "DEFAULT",
              effectiveOn: "2020-08-01",
            },
          },
        ]);
      });
      await closed(providerId, "2020-09-01");
      await bench.record(providerId, "customer", ids.customerId, "2020-09-05T12:00:00.000Z", [
        { type: "SubscriptionDiscountRateSet", data: { rate: "10", effectiveOn: "2020-08-11" } },
      ]);
      await closed(providerId, "2020-10-01");
      // Of each row August loses 5.00 and gains 2.00 for 21 of 31 days, 3.39 and 1.35; September is 18.00.
      expect(
        (await sealed(providerId, ids.customerId)).map(({ lineCount, total, totalsByKind }) => ({
          lineCount,
          total,
          totalsByKind,
        })),
      ).toEqual([
        { lineCount: 5_000, total: "75000.00", totalsByKind: { RECURRING: "75000.00" } },
        { lineCount: 15_000, total: "100200.00", totalsByKind: { ADJUSTMENT: "10200.00", RECURRING: "90000.00" } },
      ]);
    },
  );

  it("have a basis of 20,000 streams in pages, which later closes compare with", { timeout: 600_000 }, async () => {
    const { providerId } = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const ids = await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    // The feed is where a close begins: 20,000 rows copied in it save recording as many streams.
    await bench.dataSource.query(
      `INSERT INTO billing_accounts (provider_id, account_id, customer_id, state, revision)
       SELECT provider_id, id, customer_id, jsonb_set(state, '{accountId}', to_jsonb(id)), revision
         FROM billing_accounts, LATERAL (SELECT gen_random_uuid() AS id FROM generate_series(1, 20000)) ids
        WHERE account_id = $1`,
      [ids.accountId],
    );
    await closed(providerId, "2020-09-01");
    const [august] = await sealed(providerId, ids.customerId);
    expect(august?.basis).toEqual([]);
    expect(august?.basisPages?.length).toBe(11);
    const billing = await loadBilling(bench.dataSource, wholeProvider(providerId), ids.customerId);
    expect(billing?.basis.length).toBe(20_004);
    expect(billing?.late).toEqual([]);

    await bench.record(providerId, "commitment", ids.commitmentId, "2020-09-05T12:00:00.000Z", [LATE]);
    await closed(providerId, "2020-10-01");
    const seals = await sealed(providerId, ids.customerId);
    expect(seals.map(({ total, recomputedFrom }) => [total, recomputedFrom])).toEqual([
      ["15.00", undefined],
      ["11.61", "2020-08-01"],
    ]);
    expect((await loadBilling(bench.dataSource, wholeProvider(providerId), ids.customerId))?.late).toEqual([]);
    expect(await bench.dataSource.query("SELECT * FROM billing_basis_pages")).toEqual([]);
  });

  it("leave no page of the basis of a credit note behind, and keep those of a close to come", async () => {
    const { providerId } = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { customerId } = await signUp(bench, providerId, "2020-08-01");
    await bench.settle();
    await closed(providerId, "2020-09-01");
    const [august] = await sealed(providerId, customerId);
    if (!august) throw new Error("August was not closed");
    const { invoiceId: id, dueOn: _due, graceDays: _days, ...shared } = august;
    const page = (invoice: string, hash: string): DomainEvent => ({
      type: "BasisPageRecorded",
      data: { invoiceId: invoice, page: 1, entries: [], contentHash: hash, effectiveOn: "2020-09-02" },
    });
    const note = (purpose: string): DomainEvent => ({
      type: "CreditNoteSealed",
      data: {
        ...shared,
        creditNoteId: randomUUID(),
        purpose,
        invoiceId: null,
        lineCount: 0,
        total: "-1.00",
        pages: [],
      },
    });
    const record = (...events: DomainEvent[]) =>
      bench.record(providerId, "receivables", customerId, "2020-09-02T12:00:00.000Z", events);
    const september = invoiceId(providerId, customerId, "2020-09-01");
    await record(page(id, "of August"), page(september, "of September"), note("GOODWILL"));
    await bench.settle();
    const pages = () => bench.dataSource.query("SELECT content_hash FROM billing_basis_pages ORDER BY content_hash");
    expect(await pages()).toEqual([{ content_hash: "of August" }, { content_hash: "of September" }]);
    await record(note("CORRECTION"));
    await bench.settle();
    expect(await pages()).toEqual([{ content_hash: "of September" }]);
  });
});
