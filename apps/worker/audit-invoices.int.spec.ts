import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InvoiceAudit, invoiceAuditThatSaves } from "#application/audit/invoices/audit-invoices.js";
import { type Findings, type Json } from "#application/audit/job.js";
import { daysWork } from "#application/processes/clock/days-work.js";
import { type Provider } from "#domain/providers/provider.js";
import { callsId } from "#event-store/ids.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { recordCall, TARIFF } from "./spec-support/calls.js";
import { type Bench, signedUp, signUp, startBench, storeWith, testClockProvider } from "./spec-support/worker.js";

/** What an audit finds, with the files that it writes, and what it could go on from. */
interface Audited {
  readonly findings: Findings;
  readonly files: Readonly<Record<string, string>>;
  /** Each save, as plain JSON, with the files as they were then. */
  readonly saves: readonly { readonly state: Json; readonly files: Readonly<Record<string, string>> }[];
}

const YEAR = { from: "2020-01-01", until: "2020-12-31", customerId: null };

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

interface Asked extends InvoiceAudit {
  readonly providerId: string;
  readonly store?: EventStore;
  readonly now?: string;
}

const audit = async (
  { providerId, store = bench.store, now = "2020-11-02T00:00:00.000Z", ...input }: Asked,
  from?: Audited["saves"][number],
): Promise<Audited> => {
  const files: Record<string, string> = { ...from?.files };
  const saves: Audited["saves"][number][] = [];
  const { dataSource, log } = bench;
  const findings = await invoiceAuditThatSaves(1, 0).run(
    { store, dataSource, providerId, now: () => now, log },
    input,
    {
      signal: new AbortController().signal,
      saved: (from?.state ?? null) as never,
      save(state) {
        saves.push({ state: JSON.parse(JSON.stringify(state)) as Json, files: { ...files } });
        return Promise.resolve();
      },
      append(file, text) {
        files[file] = (files[file] ?? "") + text;
        return Promise.resolve();
      },
      progress: () => undefined,
    },
  );
  return { findings, files, saves };
};

/** The same, wherever it is cut off. */
const auditsAlike = async (asked: Asked, before: () => Promise<unknown>): Promise<Audited> => {
  const through = await audit(asked);
  await before();
  for (const save of through.saves) {
    const { findings, files } = await audit(asked, save);
    expect([findings, files]).toEqual([through.findings, through.files]);
  }
  return through;
};

describe("an audit of invoices", () => {
  let provider: Provider;

  beforeAll(async () => {
    provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    const { providerId } = provider;
    const signed = [];
    for (let customer = 0; customer < 4; customer += 1) signed.push(await signUp(bench, providerId, "2020-08-01"));
    const [giver, second, , receiver] = signed.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
    if (!giver || !second || !receiver) throw new Error("There are no customers");
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    // The first and the last customer rest on one commitment.
    await bench.record(providerId, "commitment", giver.commitmentId, "2020-09-10T12:00:00.000Z", [
      {
        type: "CommitmentTransferred",
        data: {
          ...{ accountId: receiver.accountId, customerId: receiver.customerId },
          ...{ fromAccountId: giver.accountId, fromCustomerId: giver.customerId },
          ...{ transferFee: "0.00", termsName: "Turbo 1GB", effectiveOn: "2020-09-10" },
        },
      },
    ]);
    await bench.settle();
    await daysWork(bench, provider, "2020-11-01T00:00:00.000Z");
    await bench.settle();
    // Documents of the second customer are not proven by the journal.
    await bench.dataSource.query(
      `UPDATE journal SET data = replace(data::text, '"20.00"', '"21.00"')::jsonb WHERE provider_id = $1 AND stream = $2`,
      [providerId, streamName(providerId, "commitment", second.commitmentId)],
    );
  });

  it.each(["journal", "events"] as const)("reports the same from the %s, wherever it is cut off", async (source) => {
    const { providerId } = provider;
    const { findings, saves } = await auditsAlike({ ...YEAR, providerId, source }, async () => {
      // What is recorded meanwhile is no part of it.
      await signUp(bench, providerId, "2020-11-01");
      await bench.settle();
    });
    expect(findings.checked).toMatchObject({ customers: 4, numbers: findings.checked["invoices"] });
    expect(findings.differencesTotal > 0).toBe(source === "journal");
    // Saves keep within a share of the time, so that one in between may be left out.
    const done = saves.map(({ state }) => (state as { done: number }).done);
    expect([done[0], done.at(-1)]).toEqual([1, 4]);
  });
});

describe("documents that are gone", () => {
  let providerId: string;
  let customerId: string;
  const own = (): string => streamName(providerId, "receivables", customerId);
  const register = (): string => streamName(providerId, "register", "invoices");

  beforeAll(async () => {
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    ({ providerId } = provider);
    ({ customerId } = await signUp(bench, providerId, "2020-08-01"));
    await daysWork(bench, provider, "2020-11-01T00:00:00.000Z");
    await bench.settle();
  });

  /** Names of differences, with how many there are of each. */
  const named = async (asked: Partial<Asked> = {}): Promise<Record<string, number>> => {
    const { findings } = await audit({ ...YEAR, providerId, source: "journal", ...asked });
    const counts: Record<string, number> = {};
    for (const { what } of findings.differences) counts[what] = (counts[what] ?? 0) + 1;
    return counts;
  };
  /** Without some rows of the journal. */
  const without = async <Result>(where: string, work: () => Promise<Result>): Promise<Result> => {
    const { dataSource } = bench;
    await dataSource.query(
      `CREATE TABLE gone AS SELECT * FROM journal WHERE provider_id = '${providerId}' AND ${where}`,
    );
    try {
      await dataSource.query(`DELETE FROM journal WHERE provider_id = '${providerId}' AND ${where}`);
      return await work();
    } finally {
      await dataSource.query("INSERT INTO journal SELECT * FROM gone");
      await dataSource.query("DROP TABLE gone");
    }
  };

  it("from the journal are missed, of all customers and of one; the event store has them still", async () => {
    const all = { JOURNAL_CUT: 1, STREAM_CUT: 1, DOCUMENT_MISSING: 3 };
    await without(`stream = '${own()}'`, async () => {
      expect([await named(), await named({ customerId })]).toEqual([all, { STREAM_CUT: 1, DOCUMENT_MISSING: 3 }]);
      const { findings } = await audit({ ...YEAR, providerId, source: "events" });
      expect([findings.differences, findings.checked]).toEqual([
        [],
        expect.objectContaining({ customers: 1, invoices: 3, numbers: 3 }),
      ]);
    });
    const last = `(SELECT max(revision) FROM journal WHERE stream = '${own()}' AND type = 'InvoiceSealed')`;
    expect([
      await without(`stream = '${own()}' AND revision >= ${last}`, () => named({ customerId })),
      await without(`stream = '${own()}' AND revision = 0`, () => named({ customerId, from: "2020-12-01" })),
      // A document without a number waits for it, unless the event store knows of one.
      await without(`stream = '${register()}' AND revision = 2`, () => named({ customerId })),
      await without(`stream LIKE '%.register-%'`, () => named()),
      await named(),
    ]).toEqual([
      { STREAM_CUT: 1, DOCUMENT_MISSING: 1 },
      { STREAM_CUT: 1 },
      { STREAM_CUT: 1 },
      { JOURNAL_CUT: 1, STREAM_CUT: 1 },
      {},
    ]);
  });

  it("from the event store are missed by the journal", async () => {
    const readStream: EventStore["readStream"] = async (stream, options) => {
      const events = await bench.store.readStream(stream, options);
      return stream === own() ? events.slice(0, 2) : events;
    };
    const { findings } = await audit({
      ...{ ...YEAR, providerId, source: "events", store: storeWith(bench.store, { readStream }) },
    });
    expect(findings.differences.map(({ what, where }) => `${what} ${where.split(".").at(-1) ?? ""}`)).toEqual([
      `STREAM_CUT receivables-${customerId}@2`,
      ...["DOCUMENT_MISSING register-invoices@1", "DOCUMENT_MISSING register-invoices@2"],
    ]);
  });

  it("are missed of a customer that is there; others are refused", async () => {
    const { customerId: newcomer } = await signUp(bench, providerId, "2020-11-01");
    await bench.settle();
    expect(await named({ customerId: newcomer })).toEqual({});
    for (const source of ["journal", "events"] as const) {
      await expect(audit({ ...YEAR, providerId, source, customerId: randomUUID() })).rejects.toMatchObject({
        ...{ code: "CUSTOMER_NOT_FOUND", message: "There is no such customer." },
      });
    }
  });
});

describe("calls of invoices", () => {
  let provider: Provider;
  let ids: Readonly<Record<"customerId" | "accountId" | "commitmentId", string>>;
  const keys: string[] = [];

  /** A call of 30 s. */
  const call = async (answered: string, { recorded = answered, amount = "0.04000" } = {}): Promise<string> => {
    const key = await recordCall(bench, { providerId: provider.providerId, ...ids, answered, recorded, amount });
    keys.push(key);
    return key;
  };

  beforeAll(async () => {
    provider = await testClockProvider(bench, "2020-07-02T12:00:00.000Z");
    ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const { providerId } = provider;
    const events = signedUp(ids, "2020-06-01");
    const at = "2020-06-01T12:00:00.000Z";
    await bench.record(providerId, "customer", ids.customerId, at, [events.customer]);
    await bench.record(providerId, "account", ids.accountId, at, [events.account]);
    const voided = await call("2020-07-02T12:00:00.000Z");
    await call("2020-07-03T12:00:00.000Z", { amount: "0.07000" });
    await call("2020-07-03T12:00:10.000Z");
    await bench.record(providerId, "usage", ids.accountId, "2020-07-05T12:00:00.000Z", [
      {
        type: "CallCorrected",
        data: {
          ...{ accountId: ids.accountId, customerId: ids.customerId, key: voided, period: null },
          ...{ leg: "IN", tariffId: TARIFF, prefix: "1", late: false, was: "0.04000", amount: "0.00000" },
          ...{ currency: "USD", effectiveOn: "2020-07-05" },
        },
      },
    ]);
    await bench.settle();
    await daysWork(bench, provider, "2020-08-01T00:00:00.000Z");
    await call("2020-07-31T23:00:00.000Z", { recorded: "2020-08-01T00:10:00.000Z" });
    await call("2020-08-02T12:00:00.000Z");
    await bench.settle();
    await daysWork(bench, provider, "2020-09-01T00:00:00.000Z");
    await bench.settle();
  });

  const usage = (verdicts: readonly string[], { files }: Audited): void => {
    const rows = (files["usage.csv"] ?? "").trimEnd().split("\r\n").slice(1);
    const found = rows
      .map((row) => row.split(","))
      .map((cells) => [cells[2], cells[4], cells[5], cells.at(-1)].join(" "));
    expect(found).toEqual(verdicts);
  };
  it.each(["journal", "events"] as const)("are read again from the %s, and come to what was billed", async (source) => {
    const { providerId } = provider;
    const audited = await auditsAlike({ ...YEAR, providerId, source, calls: true }, () => Promise.resolve());
    expect([audited.findings.differences, audited.findings.checked]).toEqual([
      [],
      {
        ...{ customers: 1, invoices: 2, numbers: 2, lines: 3, streams: audited.findings.checked["streams"] },
        ...{ events: audited.findings.checked["events"], callEvents: 5, calls: 5, usageSummaries: 2, expiredCalls: 0 },
      },
    ]);
    usage(["2020-07-01 3 3 PROVEN", "2020-08-01 2 2 PROVEN"], audited);
    // Of one customer the same; without being asked for, calls are left alone.
    const { customerId } = ids;
    const own = await audit({ ...YEAR, customerId, providerId, source, calls: true });
    expect(own.findings.checked).toMatchObject({ customers: 1, invoices: 2, numbers: 2, calls: 5 });
    expect(own.findings.differences).toEqual([]);
    expect((await audit({ ...YEAR, providerId, source })).findings.checked["calls"]).toBeUndefined();
  });

  it("that have expired are reported as that; others that are gone are differences, each named", async () => {
    const { providerId } = provider;
    const calls = streamName(providerId, "calls", "x").slice(0, -1);
    const readStream: EventStore["readStream"] = (stream, options) =>
      stream.startsWith(calls) ? Promise.resolve([]) : bench.store.readStream(stream, options);
    const asked = {
      ...YEAR,
      providerId,
      source: "events",
      calls: true,
      store: storeWith(bench.store, { readStream }),
    } as const;
    const later = await audit({ ...asked, now: "2022-01-01T00:00:00.000Z" });
    expect([later.findings.differences, later.findings.checked["expiredCalls"]]).toEqual([[], 5]);
    usage(["2020-07-01 3 0 EXPIRED", "2020-08-01 2 0 EXPIRED"], later);
    const removed = await audit(asked);
    expect(removed.findings.differences.map(({ what }) => what)).toEqual([
      ...["CALLS_REMOVED", "CALLS_REMOVED", "CALLS_REMOVED", "CALLS_REMOVED"],
      ...["CALLS_DIFFER", "USAGE_DIFFERS", "CALL_MISSING", "CALL_MISSING", "CALL_MISSING"],
      ...["CALLS_DIFFER", "USAGE_DIFFERS", "USAGE_DIFFERS", "CALL_MISSING", "CALL_MISSING"],
    ]);
    usage(["2020-07-01 3 0 DIFFERENT", "2020-08-01 2 0 DIFFERENT"], removed);
  });

  it("of which one was changed are found, and the call is named", async () => {
    const { providerId } = provider;
    const stream = streamName(providerId, "calls", callsId("edge-1", "2020-07-03T12:00:00.000Z"));
    await bench.dataSource.query(
      `UPDATE journal SET data = replace(data::text, '"0.07000"', '"0.06000"')::jsonb WHERE provider_id = $1 AND stream = $2`,
      [providerId, stream],
    );
    const { findings } = await audit({ ...YEAR, providerId, source: "journal", calls: true });
    const summary = streamName(providerId, "usage", ids.accountId);
    expect(findings.differences.map(({ what, where }) => `${what} ${where}`)).toEqual([
      `CHAIN_BROKEN ${stream}@0`,
      `USAGE_DIFFERS ${summary}@1 IN ${TARIFF} 1`,
      `CALL_DIFFERS ${stream}@0 call ${keys[1] ?? ""}`,
    ]);
    expect(findings.differences.at(-1)).toMatchObject({ expected: "0.07000", found: "0.06000" });
  });
});
