import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callsId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let ids: { readonly customerId: string; readonly accountId: string; readonly tariffId: string };

/** A customer with an account, and a tariff. */
const begin = async (of: Client): Promise<typeof ids> => {
  const billing = { currency: "USD", timeZone: "Europe/Berlin" };
  const { id: customerId } = await of.run("createCustomer", { contact: { name: "ABC" }, ...billing });
  const { id: mainProductId } = await of.run("defineMainProduct", { name: "Line" });
  const account = { customerId, identifier: "12065551202", mainProductId };
  const { id: accountId } = await of.run("openAccount", account);
  const { id: tariffId } = await of.run("defineTariff", { name: "Calls", currency: "USD" });
  const rate = { effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01" };
  const intervals = { firstInterval: 30, nextInterval: 6 };
  await of.run("changeRates", { tariffId, rates: [{ prefix: "1", ...rate, ...intervals }] });
  return { customerId, accountId, tariffId };
};

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2026-11-28T12:00:00Z");
  ids = await begin(client);
});
afterAll(() => bench.stop());

const record = (callId: string, changes: object = {}) => {
  const { accountId, tariffId } = ids;
  const call = {
    accountId,
    tariffId,
    leg: "IN",
    cli: "12015550100",
    cld: "12065551202",
    answered: "2026-10-31T22:59:50Z",
  };
  return client.run("recordCall", { callId, ...call, seconds: "30.6", ...changes });
};

interface Listed {
  readonly calls: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[];
  };
}
const listed = async (filter: object | null, fields = "id", of = client): Promise<unknown[]> => {
  const data = await of.query(
    `query ($filter: CallFilter) { calls(first: 50, filter: $filter, sort: { by: ANSWERED }) {
       totalCount edges { node { ${fields} } } } }`,
    { filter },
  );
  const { totalCount, edges } = (data as Listed).calls;
  expect(totalCount).toBe(edges.length);
  return edges.map(({ node }) => (fields === "id" ? node["id"] : node));
};

/** Calls as a file. */
const fileOf = async (query: string, own = client) => {
  const url = new URL(`/documents/${client.providerId ?? ""}/calls/calls.csv?${query}`, bench.url);
  const response = await fetch(url, { headers: own.headers });
  return { status: response.status, text: await response.text() };
};
/** Of a line of the file: which call, from whom, and whether the caller hides. */
const callerIn = (line: string): string => {
  const cells = line.split(",");
  return [cells[14], cells[3], cells.at(-1)].join(" ");
};

describe("calls", () => {
  it("are recorded once with what they cost, and listed by account, state and time", async () => {
    const first = await record("c1");
    const again = await record("c1", { seconds: "99" });
    expect(again.id).toBe(first.id);
    // After midnight in Berlin, and in another month than the first by UTC as well.
    const second = await record("c2", { answered: "2026-11-01T00:00:00Z", leg: "OUT", seconds: "0.499" });
    const unrated = await record("c3", { answered: "2026-11-02T12:00:00+01:00", cld: "4930123", cli: null });

    const fields = `edge leg state reason account { id } customer { id } day answered ended authorised redirectedTo
      cli cld tariff { name } prefix seconds chargedSeconds amount currency`;
    const common = { edge: "api", account: { id: ids.accountId }, customer: { id: ids.customerId } };
    const heard = { authorised: "LIVE", redirectedTo: null };
    const rated = {
      ...common,
      ...heard,
      state: "RATED",
      reason: null,
      tariff: { name: "Calls" },
      prefix: "1",
      currency: "USD",
    };
    expect(await listed(null, fields)).toEqual([
      {
        ...rated,
        ...{ leg: "IN", day: "2026-10-31", cli: "12015550100", cld: "12065551202" },
        ...{ answered: "2026-10-31T22:59:50.000Z", ended: "2026-10-31T23:00:20.600Z" },
        ...{ seconds: 31, chargedSeconds: 36, amount: "0.04600" },
      },
      {
        ...rated,
        ...{ leg: "OUT", day: "2026-11-01", cli: "12015550100", cld: "12065551202" },
        ...{ answered: "2026-11-01T00:00:00.000Z", ended: "2026-11-01T00:00:00.499Z" },
        ...{ seconds: 0, chargedSeconds: 0, amount: "0.00000" },
      },
      {
        ...{ ...common, ...heard, state: "UNRATED", reason: "NO_RATE", tariff: null, prefix: null, currency: null },
        ...{ leg: "IN", day: "2026-11-02", cli: null, cld: "4930123" },
        ...{ answered: "2026-11-02T11:00:00.000Z", ended: "2026-11-02T11:00:30.600Z" },
        ...{ seconds: null, chargedSeconds: null, amount: null },
      },
    ]);
    const all = [first.id, second.id, unrated.id];
    expect(await listed({ accountId: ids.accountId })).toEqual(all);
    expect(await listed({ accountId: randomUUID() })).toEqual([]);
    expect(await listed({ customerId: ids.customerId, leg: "OUT" })).toEqual([second.id]);
    expect(await listed({ state: "UNRATED" })).toEqual([unrated.id]);
    expect(await listed({ reason: "INTERRUPTED" })).toEqual([]);
    expect(await listed({ from: "2026-11-01T00:00:00Z" })).toEqual([second.id, unrated.id]);
    expect(await listed({ until: "2026-11-01T00:00:00Z" })).toEqual([first.id]);
  });

  it("say how their amounts come about, by the rate at their answer", async () => {
    const rating = "rating { rate { prefix } seconds chargedSeconds amount steps { what unit value } }";
    expect(await listed({ leg: "IN" }, rating)).toEqual([
      {
        rating: {
          ...{ rate: { prefix: "1" }, seconds: 31, chargedSeconds: 36, amount: "0.04600" },
          steps: [
            { what: "CALL_SECONDS", unit: "SECONDS", value: "31" },
            { what: "FIRST_SECONDS", unit: "SECONDS", value: "30" },
            { what: "PRICE_FIRST", unit: "PER_MINUTE", value: "0.06" },
            { what: "FIRST_COST", unit: "MONEY", value: "0.03" },
            { what: "NEXT_SECONDS", unit: "SECONDS", value: "6" },
            { what: "PRICE_NEXT", unit: "PER_MINUTE", value: "0.06" },
            { what: "NEXT_COST", unit: "MONEY", value: "0.006" },
            { what: "CONNECT_FEE", unit: "MONEY", value: "0.01" },
            { what: "EXACT", unit: "MONEY", value: "0.046" },
            { what: "AMOUNT", unit: "MONEY", value: "0.04600" },
          ],
        },
      },
      { rating: null },
    ]);
  });

  it("are in the stream of their hour, their numbers apart", async () => {
    const hour = "2026-10-31T22:00:00.000Z";
    const stream = streamName(client.providerId ?? "", "calls", callsId("api", hour));
    const events = await bench.store.readStream(stream);
    // The second report of the same call changed nothing.
    expect(events.map(({ type }) => type)).toEqual(["CallsRecorded", "CommandAccepted"]);
    expect(events[0]?.data).toMatchObject({
      hour,
      calls: [{ tariffRevision: 0, amount: "0.04600" }],
      personal: { numbers: [{ cli: "12015550100", cld: "12065551202" }] },
    });
    const partitions = await bench.dataSource.query<{ name: string }[]>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'xdrs'::regclass ORDER BY name",
    );
    expect(partitions.map(({ name }) => name)).toEqual(["xdrs_2026_10", "xdrs_2026_11"]);
  });

  it("are given amounts later, once", async () => {
    const unrated = await record("c4", { answered: "2026-11-03T12:00:00Z", cld: "4930123" });
    const { id: tariffId } = await client.run("defineTariff", { name: "Abroad", currency: "USD" });
    const rate = { prefix: "49", priceFirst: "0.60", priceNext: "0.60", effectiveFrom: "2027-01-01T00:00:00Z" };
    const order = { keys: [unrated.id], tariffId };
    await client.run("changeRates", { tariffId, rates: [rate] });
    expect(await client.refused("rateCalls", order)).toMatch(/^VALIDATION_FAILED/);
    expect(await client.refused("rateCalls", { ...order, tariffId: ids.tariffId })).toMatch(/^VALIDATION_FAILED/);
    const other = await client.run("recordCall", {
      ...{ callId: "c5", accountId: ids.accountId, tariffId, leg: "OUT", cld: "12065551202" },
      ...{ answered: "2026-11-03T12:30:00Z", seconds: "60" },
    });
    const rated = await client.run("rateCalls", { keys: [other.id], tariffId: ids.tariffId });
    expect(rated.id).toBe(other.id);
    const fields = "state reason tariff { name } seconds amount ended";
    expect(await listed({ from: "2026-11-03T12:30:00Z" }, fields)).toEqual([
      {
        ...{ state: "RATED", reason: null, tariff: { name: "Calls" }, seconds: 60, amount: "0.07000" },
        ended: "2026-11-03T12:31:00.000Z",
      },
    ]);
    expect(await client.refused("rateCalls", { keys: [other.id], tariffId: ids.tariffId })).toMatch(/^CONFLICT/);
  });

  it("are voided and rated again, with a reason, and show what they cost at first", async () => {
    const call = await record("c6", { answered: "2026-11-04T12:00:00Z" });
    const order = { keys: [call.id], reason: "Cut off" };
    expect(await client.refused("correctCalls", { ...order, seconds: "99", void: true })).toBe(
      "VALIDATION_FAILED void",
    );
    expect((await client.run("correctCalls", { ...order, seconds: "61" })).id).toBe(call.id);
    const fields = "seconds chargedSeconds amount amountAtFirst voided ended rating { amount }";
    const from = { from: "2026-11-04T12:00:00Z" };
    const again = { seconds: 61, chargedSeconds: 66, amount: "0.07600", amountAtFirst: "0.04600", voided: false };
    const ended = "2026-11-04T12:01:01.000Z";
    expect(await listed(from, fields)).toEqual([{ ...again, ended, rating: { amount: "0.07600" } }]);
    await client.run("correctCalls", { ...order, void: true });
    expect(await listed(from, fields)).toEqual([{ ...again, amount: "0.00000", voided: true, ended, rating: null }]);
    expect(await client.refused("correctCalls", { ...order, void: true })).toBe("CONFLICT keys");
  });

  it("are added up by currency, and by day", async () => {
    const sums = `currency calls seconds chargedSeconds amount billedAmount`;
    const range = { from: "2026-10-31T00:00:00Z", until: "2026-11-03T00:00:00Z" };
    const data = await client.query(
      `query ($filter: CallFilter) { callSums(filter: $filter) { ${sums} } callDays(filter: $filter) { day ${sums} } }`,
      { filter: range },
    );
    const none = { currency: null, calls: 1, seconds: 0, chargedSeconds: 0, amount: null, billedAmount: null };
    const usd = { currency: "USD", seconds: 31, chargedSeconds: 36, amount: "0.04600", billedAmount: "0.04600" };
    const nothing = { ...usd, seconds: 0, chargedSeconds: 0, amount: "0.00000", billedAmount: "0.00000" };
    expect(data).toEqual({
      callSums: [{ ...usd, calls: 2 }, none],
      callDays: [
        { day: "2026-10-31", ...usd, calls: 1 },
        { day: "2026-11-01", ...nothing, calls: 1 },
        { day: "2026-11-02", ...none },
      ],
    });
  });

  it("are a file, without what would be a formula, and for a customer without rates", async () => {
    await record("c7", { answered: "2026-11-05T12:00:00Z", cli: "+390212345", cld: "=1+1" });
    const asked = "from=2026-11-05T00:00:00Z&leg=IN";
    const file = await fileOf(asked);
    const id = (await listed({ from: "2026-11-05T00:00:00Z" }))[0];
    const columns =
      "answered,day,leg,from,to,redirectedTo,account,customer,seconds,chargedSeconds,amount,currency,voided," +
      "invoice,callId";
    const row = `2026-11-05T12:00:00.000Z,2026-11-05,IN,'+390212345,'=1+1,,12065551202,ABC,,,,,false`;
    expect(file).toEqual({
      status: 200,
      text:
        `${columns},state,reason,tariff,prefix,amountAtFirst,edge,callerHidden\r\n` +
        `${row},,${String(id)},UNRATED,NO_RATE,,,,api,false\r\n`,
    });
    const own = callersOf(client, ids.customerId)("self-care");
    expect(await fileOf(asked, own)).toEqual({
      status: 200,
      text: `${columns},callerHidden\r\n${row},,${String(id)},false\r\n`,
    });
    expect((await fileOf("state=RATED&since=2020", own)).status).toBe(400);
    expect((await fileOf("accountId=x")).status).toBe(400);
  });

  it("of callers that hide name them to staff, marked, and to nobody else: in lists, one by one, as a file", async () => {
    const call = { answered: "2026-11-06T12:00:00Z", seconds: "30", callerHidden: true };
    // Rated by who calls.
    const { id: tariffId } = await client.run("defineTariff", { name: "Origin", currency: "USD", matchBy: "CLI" });
    const rate = { prefix: "39", effectiveFrom: "2026-11-28T12:00:00Z", priceFirst: "1", priceNext: "1" };
    await client.run("changeRates", { tariffId, rates: [rate] });
    const { id } = await record("c8", { ...call, cli: "+390299999" });
    const { id: ofNobody } = await record("c9", { ...call, cli: null, callerHidden: null });
    const { id: rated } = await record("c10", {
      ...call,
      tariffId,
      cli: "390299999",
      answered: "2026-11-28T12:00:00Z",
    });
    const since = { from: "2026-11-06T00:00:00Z" };
    const fields = "id cli callerHidden";
    const by = callersOf(client, ids.customerId);
    const asked = async (own: typeof client) => ({
      listed: await listed(since, fields, own),
      found: await own.query(`query ($id: ID!) { call(id: $id) { ${fields} } }`, { id }),
      file: (await fileOf("from=2026-11-06T00:00:00Z", own)).text.split("\r\n").slice(1, -1).map(callerIn),
    });
    const shown = (number: string | null) => ({ cli: number, callerHidden: true });
    for (const role of ["operator", "admin", "csr", "finance", "support"] as const) {
      expect(await asked(by(role)), role).toEqual({
        // The first two were answered at once: they are in the order of their keys.
        listed: [
          ...[
            { id, ...shown("+390299999") },
            { id: ofNobody, ...shown(null) },
          ].sort((a, b) => (a.id < b.id ? -1 : 1)),
          { id: rated, ...shown("390299999") },
        ],
        found: { call: { id, ...shown("+390299999") } },
        file: [...[`${id} '+390299999 true`, `${ofNobody}  true`].sort(), `${rated} 390299999 true`],
      });
    }
    expect(await asked(by("self-care"))).toEqual({
      listed: [
        ...[
          { id, ...shown(null) },
          { id: ofNobody, ...shown(null) },
        ].sort((a, b) => (a.id < b.id ? -1 : 1)),
        { id: rated, ...shown(null) },
      ],
      found: { call: { id, ...shown(null) } },
      file: [...[`${id}  true`, `${ofNobody}  true`].sort(), `${rated}  true`],
    });
    for (const role of ["partner", "zendesk-app"] as const) {
      const { errors } = await by(role).ask("{ calls(first: 1) { edges { node { cli } } } }");
      expect(
        errors.map(({ extensions }) => extensions.code),
        role,
      ).toEqual(["FORBIDDEN"]);
      expect((await fileOf("", by(role))).status, role).toBe(403);
    }
    // It was rated by the number that it hides.
    expect(await listed({ ...since, state: "RATED" }, "prefix amount")).toContainEqual({
      prefix: "39",
      amount: "0.50000",
    });
  });

  it("belong to their provider alone, and end the time in which rates of the past are taken", async () => {
    const other = await bench.provider("2026-11-28T12:00:00Z");
    expect(await listed(null, "id", other)).toEqual([]);
    const past = { prefix: "49", effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "1", priceNext: "1" };
    expect(await client.refused("changeRates", { tariffId: ids.tariffId, rates: [past] })).toMatch(/^INVALID_DATE/);
  });

  it("that a line of an invoice counts are listed, and say with it why it is 0.04", async () => {
    const of = await bench.provider("2026-11-10T12:00:00Z");
    const { accountId, tariffId } = await begin(of);
    const call = { accountId, tariffId, leg: "IN", cld: "12065551202", seconds: "30" };
    const made = (callId: string, answered: string, leg = "IN") =>
      of.run("recordCall", { ...call, callId, answered, leg });
    const { id: counted } = await made("one", "2026-11-05T12:00:00Z");
    const { id: voided } = await made("two", "2026-11-06T12:00:00Z");
    await of.run("correctCalls", { keys: [voided], void: true, reason: "A test" });
    await made("other side", "2026-11-06T12:00:00Z", "OUT");
    await bench.advance(of, "2026-12-02T12:00:00Z");
    await doDaysWork(bench, of, "2026-12-02T12:00:00.000Z");
    await made("next period", "2026-12-01T12:00:00Z");

    const { invoices } = (await of.query(`{ invoices(first: 1) { edges { node { id lines(first: 5) { edges { node {
      kind net usage { calls } explanation { proof { isEqual } steps { what unit value isReason }
        events { type } en: sentences it: sentences(language: IT) } } } } } } } }`)) as {
      invoices: { edges: { node: { id: string; lines: { edges: { node: object }[] } } }[] };
    };
    const invoice = invoices.edges[0]?.node;
    expect(invoice?.lines.edges.map(({ node }) => node)[0]).toEqual({
      ...{ kind: "USAGE", net: "0.04", usage: { calls: 2 } },
      explanation: {
        proof: { isEqual: true },
        steps: [
          { what: "NET", unit: "MONEY", value: "0.04", isReason: false },
          { what: "ROUNDED", unit: "MONEY", value: "0.04", isReason: false },
          { what: "USAGE", unit: "MONEY", value: "0.04000", isReason: false },
          { what: "CALLS", unit: "TIMES", value: "2", isReason: true },
          { what: "CHARGED_SECONDS", unit: "SECONDS", value: "60", isReason: true },
          { what: "DISCOUNT", unit: "MONEY", value: "0.00", isReason: false },
        ],
        events: [{ type: "UsageSummarised" }],
        en: ["2 calls of 5–6 Nov 2026 (Calls, 1), 60 seconds charged, come to $0.04, each at its own rate."],
        it: [
          "2 chiamate del periodo 5–6 nov 2026 (Calls, 1), 60 secondi addebitati: in tutto 0,04\u00a0USD, ciascuna alla sua tariffa.",
        ],
      },
    });
    const on = (line: number) => listed({ invoice: { invoiceId: invoice?.id, line } }, "id amount", of);
    expect(await on(1)).toEqual([
      { id: counted, amount: "0.04000" },
      { id: voided, amount: "0.00000" },
    ]);
    expect([(await on(2)).length, await on(3)]).toEqual([1, []]);
  });
});
