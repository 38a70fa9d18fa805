import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CorrectCalls, usageCommands } from "#application/calls/commands.js";
import { proveDocuments } from "#application/audit/invoices/prove.js";
import { fromStore, streamsOfCustomers } from "#application/audit/invoices/streams.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { daysWork } from "#application/processes/clock/days-work.js";
import { unbilled } from "#domain/billing/unbilled.js";
import { REFUSE } from "#domain/customers/closed-days.js";
import { big, format, round } from "#domain/money.js";
import { type Provider } from "#domain/providers/provider.js";
import { accountCallsEvolver, NO_ACCOUNT_CALLS } from "#domain/voice/billed-calls.js";
import { type CallsRecorded, type RecordedCall } from "#domain/voice/events.js";
import { callKey } from "#domain/voice/xdr.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { isOf } from "#event-store/catalogue.js";
import { callsId, usageEventId, usageRowId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { addedUp, type DaysUsage, usageToBill } from "#read-models/billing/calls-to-bill.js";
import { feedRowsOf } from "#read-models/billing/feed-rows.js";
import { loadBilling } from "#read-models/billing/load.js";
import { withRunningUsage } from "#read-models/billing/running-usage.js";
import { createFacts } from "#read-models/facts/facts.js";
import { billedCalls } from "#read-models/calls/billed.js";
import { listCalls } from "#read-models/calls/queries.js";
import { sumCalls } from "#read-models/calls/sums.js";
import { linesOfInvoices, listUsageLines } from "#read-models/invoices/queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { recordCall, TARIFF } from "./spec-support/calls.js";
import { type Bench, signedUp, startBench, storeWith, testClockProvider } from "./spec-support/worker.js";

const hash = (value: unknown): string => sha256(canonicalJson(value));

describe("calls on invoices", () => {
  let bench: Bench;
  let provider: Provider;
  let ids: { readonly customerId: string; readonly accountId: string; readonly commitmentId: string };

  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const begin = async (clock: string, timeZone = "UTC"): Promise<void> => {
    provider = await testClockProvider(bench, clock);
    ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const events = signedUp(ids, "2020-06-01", { timeZone });
    const at = "2020-06-01T12:00:00.000Z";
    await bench.record(provider.providerId, "customer", ids.customerId, at, [events.customer]);
    await bench.record(provider.providerId, "account", ids.accountId, at, [events.account]);
    await bench.record(provider.providerId, "tariff", TARIFF, at, [
      {
        type: "TariffDefined",
        data: {
          ...{ tariffId: TARIFF, name: "Toll-free", currency: "USD", matchBy: "CLD", duration: "NEAREST" },
          effectiveOn: "2020-06-01",
        },
      },
    ]);
  };

  /** A call of 30 s, recorded when it ended where nothing else is said. */
  const call = (answered: string, { recorded = answered, amount = "0.04000" } = {}): Promise<string> =>
    recordCall(bench, { providerId: provider.providerId, ...ids, answered, recorded, amount });

  /** Records a call of a story. */
  const tell = async ({ accountId, place, answered, recorded, seconds, units, ...call }: Placed): Promise<void> => {
    const hour = `${answered.slice(0, 13)}:00:00.000Z`;
    const { customerId } = ids;
    const xdr: RecordedCall = {
      ...{ state: "RATED", key: callKey({ edge: "edge-1", callId: `${place}`, fromTag: "tag", leg: "IN" }, hash) },
      ...{ leg: call.leg, tariffId: call.tariffId, prefix: call.prefix, accountId, customerId },
      ...{ day: dayOf(answered), answered, ended: answered, authorised: "LIVE", tariffRevision: 0 },
      ...{ seconds, chargedSeconds: seconds, amount: (units / 100_000).toFixed(5), currency: "USD" },
    };
    const numbers = [{ cli: null, cld: "12065551202" }];
    const event: CallsRecorded = {
      type: "CallsRecorded",
      data: { edge: "edge-1", hour, calls: [xdr], effectiveOn: hour.slice(0, 10), personal: { numbers } },
    };
    await bench.record(provider.providerId, "calls", callsId("edge-1", hour), recorded, [event]);
  };

  /** Rates by which a call of 30 s costs 0.04000, and one of 60 s 0.07000. */
  const rates = (): Promise<void> =>
    bench.record(provider.providerId, "rates", TARIFF, "2020-06-01T12:00:00.000Z", [
      {
        type: "RatesChanged",
        data: {
          tariffId: TARIFF,
          rates: [
            {
              ...{ prefix: "1", description: null, country: null, effectiveFrom: "2020-01-01T00:00:00.000Z" },
              ...{ priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01", firstInterval: 30, nextInterval: 6 },
              ...{ discontinued: false, forbidden: false, hidden: false, payback: false },
            },
          ],
          effectiveOn: "2020-06-01",
        },
      },
    ]);

  /** Decides `correctCalls` by what is projected, and records it. */
  const correct = async (input: CorrectCalls, now: string): Promise<void> => {
    await bench.settle();
    const { providerId } = provider;
    const { accountId } = ids;
    const recorded = await bench.store.readStream(streamName(providerId, "usage", accountId));
    const state = recorded.reduce(
      (before, event) => (isOf(event, "usage") ? accountCallsEvolver.evolve(before, event, event.id) : before),
      NO_ACCOUNT_CALLS,
    );
    const source = {
      ...createFacts(bench.dataSource),
      zendeskOrganization: () => Promise.reject(new Error("not asked")),
    };
    const { correctCalls } = usageCommands;
    const facts = await correctCalls.facts?.(input, {
      ...{ state, providerId, facts: source, actor: "spec" },
      closedDays: REFUSE,
    });
    if (!facts) throw new Error("There are no facts");
    const given = { state, facts, id: accountId, now, systemNow: now, newId: () => randomUUID(), principal: LOCAL };
    const events = correctCalls.decide(input, { ...given, closedDays: REFUSE });
    await bench.record(providerId, "usage", accountId, now, events);
  };

  const close = (until: string): Promise<unknown> => daysWork(bench, provider, until);

  /** The lines that `unbilled` shows a second before a moment. */
  const running = async (moment: string) => {
    await bench.settle();
    const loaded = await loadBilling(bench.dataSource, wholeProvider(provider.providerId), ids.customerId);
    if (!loaded) return [];
    const before = new Date(Date.parse(moment) - 1_000).toISOString();
    const { lines } = unbilled(await withRunningUsage(bench.dataSource, loaded), before);
    return lines.map(({ kind, from, until, net, usage: counted }) => ({
      line: [kind, from, until, net].join(" "),
      ...(counted && { usage: counted }),
    }));
  };

  const invoiced = async () => {
    const scope = wholeProvider(provider.providerId);
    const rows = await bench.dataSource.query<{ id: string; number: string; issued_on: string; total: string }[]>(
      `SELECT id, issued_on::text, total::text FROM invoices WHERE provider_id = $1 UNION ALL
       SELECT id, issued_on::text, total::text FROM credit_notes WHERE provider_id = $1 ORDER BY issued_on`,
      [provider.providerId],
    );
    const lines = await linesOfInvoices(
      bench.dataSource,
      scope,
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, issued_on, total }) => [
      `${issued_on} ${total}`,
      ...(lines.get(id) ?? []).map(({ kind, fromOn, untilOn, net, usage, corrects }) => ({
        line: [kind, fromOn, untilOn, net].join(" "),
        ...(usage && { usage }),
        ...(corrects && { corrects: corrects.lines.map(({ line }) => line) }),
      })),
    ]);
  };

  const summaries = async () =>
    (await bench.store.readStream(streamName(provider.providerId, "usage", ids.accountId))).map(({ data }) => data);

  /** Every document of the customer, computed again from its basis. */
  const proven = async () => {
    const { providerId } = provider;
    const streams = await streamsOfCustomers(fromStore(bench.store), providerId, [ids.customerId]);
    return [...proveDocuments(providerId, ids.customerId, streams, () => true)].flatMap((proof) => proof.differences);
  };

  /** What each line of calls of the documents adds up to, by its calls, and what is told of these. */
  const onLines = async () => {
    const scope = wholeProvider(provider.providerId);
    const documents = await bench.dataSource.query<{ id: string }[]>(
      `SELECT id, issued_on FROM invoices WHERE provider_id = $1 UNION ALL
       SELECT id, issued_on FROM credit_notes WHERE provider_id = $1 ORDER BY issued_on`,
      [provider.providerId],
    );
    // The worker's bench numbers nothing.
    await bench.dataSource.query(
      "UPDATE invoices SET number = id::text, series = 'R', series_index = 1 WHERE provider_id = $1",
      [provider.providerId],
    );
    const found = [];
    for (const { id } of documents) {
      const { rows: lines } = await listUsageLines(bench.dataSource, scope, id, { first: 200 });
      for (const { position, net, usage: counts } of lines) {
        const filter = { invoice: { invoiceId: id, line: position } };
        const { rows } = await listCalls(bench.dataSource, scope, { filter, first: 200 });
        const [sum] = await sumCalls(bench.dataSource, scope, filter);
        const billed = await billedCalls(bench.dataSource, scope, rows);
        const exact = big(sum?.billedAmount ?? "0");
        expect({ calls: rows.length, net: format(round(exact, "USD", "HALF_UP"), "USD") }).toEqual({
          ...{ calls: counts?.calls, net },
        });
        expect(rows.map((row) => [billed.get(row.id)?.line?.invoiceId, billed.get(row.id)?.line?.position])).toEqual(
          rows.map(() => [id, position]),
        );
        found.push({ id, keys: rows.map((row) => row.id), amount: sum?.amount, billed: sum?.billedAmount });
      }
      const all = await listCalls(bench.dataSource, scope, { filter: { invoice: { invoiceId: id } }, first: 200 });
      const own = new Set(found.flatMap((line) => (line.id === id ? line.keys : [])));
      // Beside them calls of groups that come to nothing, which have no line.
      const [onLine, beside] = [true, false].map((is) => all.rows.filter(({ id: key }) => own.has(key) === is));
      expect(onLine).toHaveLength(own.size);
      const nowhere = await billedCalls(bench.dataSource, scope, beside ?? []);
      expect([...nowhere.values()].map(({ line }) => line)).toEqual((beside ?? []).map(() => null));
    }
    return found.map(({ keys, amount, billed }) => ({ keys, amount, billed }));
  };

  /** What runs, as it is added up while calls are recorded, is what the calls that no close counted add up to. */
  const requireRunning = async (): Promise<void> => {
    await bench.settle();
    const { providerId } = provider;
    const { usage: own } = await feedRowsOf(bench.dataSource, providerId, [ids.customerId]);
    const inOrder = (usage: readonly DaysUsage[]) =>
      usage
        .map(({ amount, ...day }) => JSON.stringify({ ...day, amount: Number(amount) }))
        .sort()
        .map((text) => JSON.parse(text) as unknown);
    const kept = await usageToBill(bench.dataSource, providerId, own);
    expect(inOrder(kept)).toEqual(inOrder(await addedUp(bench.dataSource, providerId, own)));
  };

  const usage = (calls: number, late = false) => ({ calls, seconds: 30 * calls, chargedSeconds: 30 * calls, late });

  it("make a customer without commitments due, are summed up before its invoice, and are proven", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    const first = await call("2020-07-02T12:00:00.000Z");
    const second = await call("2020-07-30T12:00:00.000Z");
    await bench.settle();
    const loaded = await loadBilling(bench.dataSource, wholeProvider(provider.providerId), ids.customerId);
    const running = loaded && unbilled(await withRunningUsage(bench.dataSource, loaded), "2020-07-31T12:00:00.000Z");
    const rowId = usageRowId(ids.accountId, TARIFF, "IN", "1");
    const line = {
      ...{ kind: "USAGE", commitmentId: null, accountId: ids.accountId, rowId },
      description: "Calls received: Toll-free, 1",
      ...{ from: "2020-07-02", until: "2020-07-30", days: 29, periodDays: null },
      ...{ fee: "0.08", discount: "0.00", discountOrigin: null, net: "0.08", usage: usage(2) },
      ...{ currency: "USD", taxes: [] },
    };
    expect(running?.lines).toEqual([{ ...line, causes: [] }]);

    await close("2020-08-01T00:00:00.000Z");
    await close("2020-09-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced()).toEqual([
      ["2020-08-01 0.08", { line: "USAGE 2020-07-02 2020-07-30 0.08", usage: usage(2) }],
    ]);
    const counted = await bench.store.readStream(
      streamName(provider.providerId, "calls", callsId("edge-1", "2020-07-30T12:00:00.000Z")),
    );
    expect(await summaries()).toEqual([
      {
        ...{ accountId: ids.accountId, customerId: ids.customerId },
        period: { from: "2020-07-01", until: "2020-07-31" },
        groups: [
          {
            ...{ leg: "IN", tariffId: TARIFF, prefix: "1", late: false, rowId, tariff: "Toll-free" },
            ...{ from: "2020-07-02", until: "2020-07-30", calls: 2, seconds: 60, chargedSeconds: 60 },
            ...{ amount: "0.08000", currency: "USD" },
          },
        ],
        calls: 2,
        callsHash: hash([first, second].sort().map((key) => [key, "0.04000"])),
        countedTo: {
          eventId: counted[0]?.id,
          position: `${counted[0]?.position.commit}/${counted[0]?.position.commit}`,
        },
        effectiveOn: "2020-08-01",
      },
    ]);
    expect(await proven()).toEqual([]);
  });

  it("that come in after the close of their period are on the next invoice, on a line of their own", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    await call("2020-07-02T12:00:00.000Z");
    // Answered in August before July was closed: nothing of July's invoice.
    await call("2020-08-01T00:00:10.000Z");
    await close("2020-08-01T00:00:00.000Z");
    await call("2020-07-31T23:59:50.000Z", { recorded: "2020-08-01T00:10:00.000Z" });
    await close("2020-09-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced()).toEqual([
      ["2020-08-01 0.04", { line: "USAGE 2020-07-02 2020-07-02 0.04", usage: usage(1) }],
      [
        "2020-09-01 0.08",
        { line: "USAGE 2020-08-01 2020-08-01 0.04", usage: usage(1) },
        { line: "USAGE 2020-07-31 2020-07-31 0.04", usage: usage(1, true) },
      ],
    ]);
    expect(await proven()).toEqual([]);
  });

  it("are billed once where the close was late, and those of its period came behind those of the next", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    await call("2020-07-02T12:00:00.000Z");
    await call("2020-08-01T00:00:10.000Z");
    await call("2020-07-31T23:59:50.000Z", { recorded: "2020-08-01T00:10:00.000Z" });
    await close("2020-08-01T00:00:00.000Z");
    await close("2020-09-01T00:00:00.000Z");
    await call("2020-09-02T12:00:00.000Z");
    await close("2020-10-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced()).toEqual([
      ["2020-08-01 0.08", { line: "USAGE 2020-07-02 2020-07-31 0.08", usage: usage(2) }],
      ["2020-09-01 0.04", { line: "USAGE 2020-08-01 2020-08-01 0.04", usage: usage(1) }],
      ["2020-10-01 0.04", { line: "USAGE 2020-09-02 2020-09-02 0.04", usage: usage(1) }],
    ]);
    expect(await onLines()).toHaveLength(3);
    expect(await proven()).toEqual([]);
  });

  it("are billed as they were summed up first, where the close was cut off behind that", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    await call("2020-07-02T12:00:00.000Z");
    await bench.settle();
    const append: Bench["store"]["append"] = (stream, ...rest) => {
      if (stream.includes("receivables")) throw new Error("cut off");
      return bench.store.append(stream, ...rest);
    };
    const cutOff = { ...bench, store: storeWith(bench.store, { append }) };
    await daysWork(cutOff, provider, "2020-08-01T00:00:00.000Z").catch(() => undefined);
    expect(await summaries()).toHaveLength(1);
    await call("2020-07-31T12:00:00.000Z", { recorded: "2020-08-01T00:10:00.000Z" });
    await bench.settle();
    await bench.dataSource.query("DELETE FROM parked_closes WHERE provider_id = $1", [provider.providerId]);
    await close("2020-08-01T00:00:00.000Z");
    await close("2020-09-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced()).toEqual([
      ["2020-08-01 0.04", { line: "USAGE 2020-07-02 2020-07-02 0.04", usage: usage(1) }],
      ["2020-09-01 0.04", { line: "USAGE 2020-07-31 2020-07-31 0.04", usage: usage(1, true) }],
    ]);
    const events = await bench.store.readStream(streamName(provider.providerId, "usage", ids.accountId));
    expect(events.map(({ id }) => id)).toEqual(
      ["2020-07-01", "2020-08-01"].map((from) => usageEventId(provider.providerId, ids.accountId, from)),
    );
    expect(await proven()).toEqual([]);
  });

  it("that are voided count nothing while no close has billed them, and are taken off their line once one has", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    const first = await call("2020-07-02T12:00:00.000Z");
    const second = await call("2020-07-03T12:00:00.000Z");
    const third = await call("2020-07-04T12:00:00.000Z");
    await rates();
    await correct({ keys: [first], void: true, reason: "A test" }, "2020-07-05T12:00:00.000Z");
    await correct({ keys: [third], seconds: "60", reason: "Cut off" }, "2020-07-05T12:00:00.000Z");
    await requireRunning();
    await close("2020-08-01T00:00:00.000Z");
    const counted = { calls: 3, seconds: 120, chargedSeconds: 120, late: false };
    await requireRunning();
    const july = ["2020-08-01 0.11", { line: "USAGE 2020-07-02 2020-07-04 0.11", usage: counted }];
    // The void call was no less than that when it was billed.
    const raised = { keys: [first], seconds: "30", reason: "No test" };
    await expect(correct(raised, "2020-08-05T12:00:00.000Z")).rejects.toMatchObject({ code: "INVALID_AMOUNT" });
    await correct({ keys: [second], void: true, reason: "A test" }, "2020-08-05T12:00:00.000Z");
    await correct({ keys: [third], seconds: "30", reason: "Cut off" }, "2020-08-05T12:00:00.000Z");
    await call("2020-08-06T12:00:00.000Z", { amount: "1.00000" });
    await requireRunning();
    await close("2020-09-01T00:00:00.000Z");
    await close("2020-10-01T00:00:00.000Z");
    await bench.settle();
    expect(await invoiced()).toEqual([
      july,
      [
        "2020-09-01 0.93",
        { line: "ADJUSTMENT 2020-07-02 2020-07-04 -0.07", corrects: [1] },
        { line: "USAGE 2020-08-06 2020-08-06 1.00", usage: usage(1) },
      ],
    ]);
    expect(
      await bench.dataSource.query(
        `SELECT id, amount::text, amount_at_first::text, voided, seconds FROM xdrs
          WHERE provider_id = $1 AND amount_at_first IS NOT NULL ORDER BY answered`,
        [provider.providerId],
      ),
    ).toEqual([
      { id: first, amount: "0.00000", amount_at_first: "0.04000", voided: true, seconds: 30 },
      { id: second, amount: "0.00000", amount_at_first: "0.04000", voided: true, seconds: 30 },
      { id: third, amount: "0.04000", amount_at_first: "0.04000", voided: false, seconds: 30 },
    ]);
    // The calls of July's line add up to it as it was billed, whatever was corrected since.
    expect(await onLines()).toEqual([
      { keys: [third, second, first], amount: "0.04000", billed: "0.11000" },
      { keys: [expect.any(String)], amount: "1.00000", billed: "1.00000" },
    ]);
    expect(await proven()).toEqual([]);
  });

  it("that are voided while they are summed up are counted anew by a close that begins again", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    const key = await call("2020-07-02T12:00:00.000Z");
    await call("2020-07-03T12:00:00.000Z");
    await rates();
    await bench.settle();
    let voided = false;
    const append: Bench["store"]["append"] = async (stream, ...rest) => {
      if (!voided && stream === streamName(provider.providerId, "usage", ids.accountId)) {
        voided = true;
        await correct({ keys: [key], void: true, reason: "A test" }, "2020-08-01T00:00:00.000Z");
      }
      return bench.store.append(stream, ...rest);
    };
    const raced = { ...bench, store: storeWith(bench.store, { append }) };
    await daysWork(raced, provider, "2020-08-01T00:00:00.000Z");
    await bench.settle();
    expect(voided).toBe(true);
    expect(await invoiced()).toEqual([
      ["2020-08-01 0.04", { line: "USAGE 2020-07-02 2020-07-03 0.04", usage: usage(2) }],
    ]);
    expect(await proven()).toEqual([]);
  });

  it("that cost something else later are corrected on the next invoice, linked to their line", async () => {
    await begin("2020-07-02T12:00:00.000Z");
    const key = await call("2020-07-02T12:00:00.000Z");
    await call("2020-07-03T12:00:00.000Z");
    await call("2020-08-02T12:00:00.000Z", { amount: "1.00000" });
    await close("2020-08-01T00:00:00.000Z");
    await bench.record(provider.providerId, "usage", ids.accountId, "2020-08-05T12:00:00.000Z", [
      {
        type: "CallCorrected",
        data: {
          ...{ accountId: ids.accountId, customerId: ids.customerId, key },
          period: { from: "2020-07-01", until: "2020-07-31" },
          ...{ leg: "IN", tariffId: TARIFF, prefix: "1", late: false },
          ...{ was: "0.04000", amount: "0.01000", currency: "USD", effectiveOn: "2020-07-01" },
        },
      },
    ]);
    await close("2020-09-01T00:00:00.000Z");
    await close("2020-10-01T00:00:00.000Z");
    await bench.settle();
    expect((await invoiced()).slice(1)).toEqual([
      [
        "2020-09-01 0.97",
        { line: "ADJUSTMENT 2020-07-02 2020-07-03 -0.03", corrects: [1] },
        { line: "USAGE 2020-08-02 2020-08-02 1.00", usage: usage(1) },
      ],
    ]);
    expect(await proven()).toEqual([]);
  });

  it("of random stories come to what naive arithmetic bills, each call once", async () => {
    const stories = fc.sample(story, { numRuns: 2, seed: 20201129 });
    for (const calls of stories) {
      await begin("2020-07-02T12:00:00.000Z", "Europe/Berlin");
      const second = { ...ids, accountId: randomUUID() };
      await bench.record(provider.providerId, "account", second.accountId, "2020-06-01T12:00:00.000Z", [
        signedUp(second, "2020-06-01").account,
      ]);
      const accounts = [ids.accountId, second.accountId].sort();
      const told = calls.map((one, place) => ({ ...one, place, accountId: accounts[one.account] ?? "" }));
      const inOrder = told.toSorted((a, b) => (a.recorded < b.recorded ? -1 : 1));
      let closed = "";
      const foreseen: object[][] = [];
      for (const { moment } of PERIODS) {
        for (const one of inOrder) if (closed <= one.recorded && one.recorded < moment) await tell(one);
        await requireRunning();
        foreseen.push(await running(moment));
        await close(moment);
        closed = moment;
      }
      await bench.settle();
      const billed = PERIODS.map((_, period) => naiveLines(told, period)).filter((lines) => lines.length > 0);
      expect((await invoiced()).map(([, ...lines]) => lines)).toEqual(billed);
      // And `unbilled` told each of them a second before the period ended.
      expect(foreseen.filter((lines) => lines.length > 0)).toEqual(billed);
      await onLines();
      expect(await proven()).toEqual([]);
    }
  });
});

type Placed = Told & { readonly accountId: string; readonly place: number };

/** A call as a story tells it: money in hundred thousandths of a dollar. */
interface Told {
  readonly account: number;
  readonly leg: "IN" | "OUT";
  readonly tariffId: string;
  readonly prefix: string;
  readonly answered: string;
  readonly recorded: string;
  readonly seconds: number;
  readonly units: number;
}

/** Billing periods in Berlin, by their days and the moment of their close. */
const PERIODS = [
  { from: "2020-07-01", to: "2020-08-01", moment: "2020-07-31T22:00:00.000Z" },
  { from: "2020-08-01", to: "2020-09-01", moment: "2020-08-31T22:00:00.000Z" },
  { from: "2020-09-01", to: "2020-10-01", moment: "2020-09-30T22:00:00.000Z" },
  { from: "2020-10-01", to: "2020-11-01", moment: "2020-10-31T23:00:00.000Z" },
] as const;
const BEGINS = Date.parse("2020-07-02T13:00:00.000Z");
const ENDS = Date.parse("2020-10-15T00:00:00.000Z");
const HOURS = 3_600_000;

const story = fc.array(
  fc
    .record({
      account: fc.nat(1),
      leg: fc.constantFrom("IN" as const, "OUT" as const),
      tariffId: fc.constantFrom(TARIFF, "7a000000-0000-4000-8000-000000000002"),
      prefix: fc.constantFrom("", "1", "1206"),
      at: fc.integer({ min: BEGINS, max: ENDS }),
      // At once, within minutes of midnight, or long after the close.
      delay: fc.oneof(fc.constant(0), fc.nat(600_000), fc.nat(40 * 24 * HOURS)),
      seconds: fc.nat(4_000),
      units: fc.oneof(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: -499, max: 499 })),
    })
    .map(({ at, delay, ...call }): Told => {
      const recorded = new Date(Math.min(at + delay, Date.parse(PERIODS[3].moment) - HOURS)).toISOString();
      return { ...call, answered: new Date(at).toISOString(), recorded };
    }),
  { minLength: 20, maxLength: 30 },
);

/** `2020-07-31`, by the clocks of Berlin. */
const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date(instant));

/** The lines of a period, by its definition: each call is billed by the first close that knows it and is of its day. */
const naiveLines = (told: readonly Placed[], period: number): object[] => {
  const own = told
    .map((call) => ({ ...call, day: dayOf(call.answered) }))
    .filter(({ day, recorded }) => PERIODS.findIndex(({ to, moment }) => day < to && recorded < moment) === period);
  const begins = PERIODS[period]?.from ?? "";
  const places = new Map<string, typeof own>();
  for (const call of own) {
    const place = [call.accountId, call.leg, call.tariffId, call.prefix, call.day < begins ? "late" : "in time"].join();
    places.set(place, [...(places.get(place) ?? []), call]);
  }
  // In time comes before late, by the alphabet too where it is turned round.
  const order = [...places].sort(([a], [b]) => (turned(a) < turned(b) ? -1 : 1));
  return order.flatMap(([place, calls]) => {
    const units = calls.reduce((sum, call) => sum + call.units, 0);
    const cents = Math.trunc((Math.abs(units) + 500) / 1000) * (units < 0 ? -1 : 1);
    if (cents === 0) return [];
    const days = calls.map(({ day }) => day).sort();
    const seconds = calls.reduce((sum, call) => sum + call.seconds, 0);
    return [
      {
        line: ["USAGE", days[0], days.at(-1), (cents / 100).toFixed(2)].join(" "),
        usage: { calls: calls.length, seconds, chargedSeconds: seconds, late: place.endsWith("late") },
      },
    ];
  });
};

const turned = (place: string): string => place.replace(/late$/, "z");
