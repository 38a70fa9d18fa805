import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FailedCallsBound, forgetCallProgress } from "#read-models/voice/forget-calls.js";
import { readRef } from "#application/edges/call-ref.js";
import { endLine, failedLine, startLine } from "#application/spec-support/journal-lines.js";
import { NotTaken } from "../cli/edge/journal/post.js";
import { Shipper } from "../cli/edge/journal/shipper.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";
import { statementsOf } from "./spec-support/statements.js";
import { type RunningApi } from "./start-api.js";

/* What an edge is answered by the real API, as accounts, catalog and edges are at that moment. */

let bench: Bench;
let client: Client;
let api: RunningApi;
let doomed: ReturnType<typeof startDoomed>;
let edge: { readonly id: string; readonly secret: string };
let ids: Readonly<Record<"account" | "customer" | "policy" | "incoming" | "outgoing" | "commitment", string>>;

const NUMBER = "12065551200";
const rate = (prefix: string, changes: object = {}) => ({
  ...{ prefix, effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06", ...changes },
});
const withSecret = async (name: string, input: object) =>
  (await client.run(name, input, "secret")) as unknown as { readonly id: string; readonly secret: string };
const idOf = async (name: string, input: object): Promise<string> => (await client.run(name, input)).id;

beforeAll(async () => {
  bench = await startBench();
  // It starts while others are asked.
  doomed = startDoomed();
  client = await bench.provider("2026-11-02T12:00:00Z");
  api = await bench.api({ edgeListen: { host: "127.0.0.1", port: 0 } });
  edge = await withSecret("registerEdge", {
    ...{ name: "Milan", realm: "example.org", addresses: ["127.0.0.1"] },
    gateway: { host: "127.0.0.41" },
  });
  const [incoming, outgoing] = [
    await idOf("defineTariff", { name: "In", currency: "USD" }),
    await idOf("defineTariff", { name: "Out", currency: "USD" }),
  ];
  await client.run("changeRates", { tariffId: incoming, rates: [rate("1")] });
  await client.run("changeRates", { tariffId: outgoing, rates: [rate("1"), rate("1900", { forbidden: true })] });
  const policy = await idOf("defineServicePolicy", {
    ...{ name: "Own", redirectAction: "NEW_CALL_AUTHORIZATION", trustedNetworks: ["127.0.0.31"] },
  });
  const calls = await idOf("defineAddOnProduct", {
    ...{ name: "Calls", service: "Phone" },
    voice: { servicePolicyId: policy, incomingTariffId: incoming, outgoingTariffId: outgoing, maxSeconds: 7200 },
  });
  const planId = await idOf("definePlan", {
    ...{ name: "Line", currency: "USD", recurringFees: [{ period: "MONTHLY", amount: "20.00" }] },
  });
  const mainProductId = await idOf("defineMainProduct", { name: "Smart", addOnProductIds: [calls] });
  const offerId = await idOf("defineOffer", {
    ...{ name: "Calls", currency: "USD", recurringFees: [{ planId, addOnProductId: calls, discount: "0" }] },
  });
  const customerClassId = await idOf("defineCustomerClass", { name: "Aziende", language: "IT" });
  const customer = await idOf("createCustomer", {
    ...{ contact: { name: "Big" }, currency: "USD", customerClassId },
  });
  const account = await idOf("openAccount", { customerId: customer, identifier: NUMBER, mainProductId });
  await client.run("configureAccountVoice", {
    ...{ accountId: account, maxCalls: 2, sipContact: { host: "127.0.0.21", port: 5062 } },
  });
  const commitment = await idOf("assignOffer", { accountId: account, offerId });
  ids = { account, customer, policy, incoming, outgoing, commitment };
});
afterAll(() => bench.stop());

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** Sets the provider's clock to the day on which calls are reported, unless specs before have. */
const onTheThird = async (): Promise<void> => {
  const day = "2026-11-03T12:00:00.000Z";
  const { provider } = (await client.query("{ provider { clock { now } } }")) as {
    provider: { clock: { now: string } };
  };
  if (provider.clock.now !== day) await bench.advance(client, day);
};

/** An API of its own that kills itself once the first calls that it is told are in the event store. */
const startDoomed = async () => {
  const port = await freePort();
  const child = spawn(process.execPath, [resolve("dist/apps/api/main.js")], {
    env: {
      ...process.env,
      ...{ EVENTSTORE_URL: bench.eventStoreUrl, DATABASE_URL: bench.databaseUrl, TENURE_PORT: "0" },
      ...{ TENURE_TOKEN: "x".repeat(40), TENURE_TEST_CLOCK: "1", EDGE_LISTEN: `127.0.0.1:${port}` },
      TENURE_FAULT: "calls.appended",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = new Promise<NodeJS.Signals | number | null>((ended) => {
    child.once("exit", (code, signal) => {
      ended(signal ?? code);
    });
  });
  await new Promise((ready) => child.stdout.once("data", ready));
  return { port, exit };
};

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly user?: string;
  readonly secret?: string | null;
  readonly body?: string;
}
const send = ({ path = "/edge/v1/route", method = "POST", user = edge.id, secret = edge.secret, body }: Sent) =>
  fetch(`http://127.0.0.1:${api.edgePort}${path}`, {
    method,
    headers: secret === null ? {} : { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}` },
    ...(body !== undefined && { body }),
  });
const call = { callId: "a", fromTag: "b", cli: "12015550100", cld: NUMBER, sourceIp: "127.0.0.1" };
type Answered = Readonly<Record<string, unknown>> & { readonly ref?: string };
const asked = async (changes: object = {}) => {
  const response = await send({ body: JSON.stringify({ ...call, ...changes }) });
  expect(response.status).toBe(200);
  return (await response.json()) as Answered;
};
const routed = () => ({
  ...{ decision: "ROUTE", ref: expect.any(String) as unknown, accountId: ids.account },
  ...{ target: `sip:${NUMBER}@127.0.0.21:5062;transport=udp`, maxCalls: 2, maxSeconds: 7200, language: "IT" },
  redirect: { trusted: ["127.0.0.31"], action: "NEW_CALL_AUTHORIZATION" },
});
/** What a ref of this provider says. */
const said = async (ref = "") => {
  const [row] = await bench.dataSource.query<{ identifier_key: Buffer }[]>(
    "SELECT identifier_key FROM provider_secrets WHERE provider_id = $1",
    [client.providerId],
  );
  return readRef(ref, row?.identifier_key ?? Buffer.alloc(32));
};

describe("an edge that asks about a call", () => {
  it("is told where it goes, with what its record is charged by", async () => {
    const before = (await bench.store.tail()).commit;
    const answer = await asked();
    expect(answer).toEqual(routed());
    expect(await said(answer.ref)).toEqual({
      ...{ accountId: ids.account, customerId: ids.customer, tariffId: ids.incoming, leg: "IN" },
      maxSeconds: 7200,
      issued: "2026-11-02T12:00:00.000Z",
    });
    expect((await bench.store.tail()).commit).toBe(before);
    expect(await asked({ cld: `+${NUMBER}` })).toEqual(routed());
  });

  it("finds numbers of its realm and those of none, and no others", async () => {
    const alias = async (given: object) => client.run("addAlias", { accountId: ids.account, ...given });
    await alias({ alias: "12065550001", realm: "example.org" });
    await alias({ alias: "12065550002", realm: "example.net", allowAuthentication: false });
    await alias({ alias: "12065550003", allowAuthentication: false });
    expect(await asked({ cld: "12065550001" })).toEqual(routed());
    const unknown = { decision: "REFUSE", sipCode: 404, reason: "UNKNOWN_NUMBER" };
    expect(await asked({ cld: "12065550002" })).toEqual(unknown);
    expect(await asked({ cld: "12065550003" })).toEqual(routed());
    for (const cld of ["", "a$b%c\"'", "1".repeat(4_000), "\u0000"]) {
      expect(await asked({ cld })).toEqual(unknown);
    }
  });

  it("is told of a redirection that makes a new call: over the gateway, by the outgoing tariff", async () => {
    const { ref } = await asked();
    const redirected = (redirectTo: string, changes: object = {}) =>
      asked({ reason: "REDIRECT", redirectTo, ref, ...changes });
    const answer = await redirected("sip:12065551201@127.0.0.66:5060");
    const { redirect: _, ...rest } = routed();
    expect(answer).toEqual({
      ...{ ...rest, target: "sip:12065551201@127.0.0.41:5060;transport=udp" },
      diversion: `sip:${NUMBER}@example.org`,
    });
    expect(await said(answer.ref)).toMatchObject({ tariffId: ids.outgoing, leg: "OUT", accountId: ids.account });
    const forbidden = { decision: "REFUSE", sipCode: 403, reason: "FORBIDDEN" };
    const ofAccount = { ...forbidden, accountId: ids.account };
    expect(await redirected("sip:19005551201@127.0.0.66")).toEqual(ofAccount);
    expect(await redirected("sip:anna@127.0.0.66")).toEqual(ofAccount);
    // Neither an invented ref nor that of the leg that a redirection made.
    expect(await redirected("sip:12065551201@127.0.0.66", { ref: "1.I.x" })).toEqual(forbidden);
    expect(await redirected("sip:12065551201@127.0.0.66", { ref: answer.ref })).toEqual(forbidden);
  });

  it("is told at once that a line is paused, resumed, suspended (V8), in the words of the customer's class", async () => {
    await client.run("pauseCommitment", { commitmentId: ids.commitment, from: "2026-11-03", until: "2026-12-01" });
    expect(await asked()).toEqual(routed());
    await bench.advance(client, "2026-11-03T12:00:00Z");
    const refused = (sipCode: number, reason: string) => ({ sipCode, reason, accountId: ids.account });
    expect(await asked()).toEqual({ decision: "REFUSE", ...refused(480, "NOT_IN_SERVICE") });
    await client.run("resumeCommitment", { commitmentId: ids.commitment });
    expect(await asked()).toEqual(routed());
    await client.run("suspendCustomer", { customerId: ids.customer, reason: "Asked for" });
    expect(await asked()).toEqual({ decision: "REFUSE", ...refused(403, "SUSPENDED") });
    await client.run("reviseEdge", { edgeId: edge.id, announcer: { host: "127.0.0.1" }, language: "EN" });
    // The edge's own terms are looked at again after four seconds.
    await expect
      .poll(() => asked())
      .toEqual({
        ...{ decision: "ANNOUNCE", ...refused(403, "SUSPENDED") },
        target: "sip:suspended.it@127.0.0.1:5070;code=403",
      });
    expect(await asked({ cld: "1" })).toEqual({
      ...{ decision: "ANNOUNCE", sipCode: 404, reason: "UNKNOWN_NUMBER" },
      target: "sip:unknown-number.en@127.0.0.1:5070;code=404",
    });
    await client.run("unsuspendCustomer", { customerId: ids.customer, reason: "Asked for" });
    expect(await asked()).toEqual(routed());
  });
});

it("is answered by one statement, beside which the edge itself is looked at now and then", async () => {
  const statements = await statementsOf(() => asked());
  expect(statements.filter((text) => !text.includes("kind = 'edge'"))).toHaveLength(1);
});

describe("an edge that reports calls", () => {
  beforeAll(onTheThird);
  /** Five minutes before, by a clock of an edge that is not the provider's. */
  const SENT = "2026-12-24T18:05:00.000Z";
  const before = (ms: number): string => new Date(Date.parse(SENT) - ms).toISOString();

  it("has each recorded once: three shippers with the same lines, three copies of the API, one of them killed (V11)", async () => {
    const { ref = "" } = await asked();
    const lines = Array.from({ length: 30 }, (_, at) => {
      const answered = before(60_000 + at * 240_000);
      return endLine({ callId: `c${at}`, answered, seconds: 31, legs: { IN: ref }, cld: NUMBER, redirectedTo: "pbx" });
    });
    const second = await bench.api({ edgeListen: { host: "127.0.0.1", port: 0 } });
    const killed = await doomed;
    const addresses = [api.edgePort, second.edgePort, killed.port].map((port) => `http://127.0.0.1:${port}`);
    const told: string[] = [];
    const shippers = await Promise.all(
      addresses.map(async (address, at) => {
        const journal = await mkdtemp(join(tmpdir(), "journal-"));
        await mkdir(join(journal, "b1"));
        const shuffled = lines.toSorted((a, b) => ((a.length * (at + 3)) % 7) - ((b.length * (at + 3)) % 7));
        await writeFile(join(journal, "b1", `ends-20811_${at}.log`), shuffled.map((line) => `${line}\n`).join(""));
        await writeFile(join(journal, "b1", `starts-20811_${at}.log`), `${startLine(open(ref))}\n`);
        // The one that dies is asked first by one of them.
        const order = [address, ...addresses.filter((other) => other !== address)];
        return new Shipper({
          journal,
          billing: { addresses: order, edge: edge.id, secret: edge.secret },
          isRunning: () => false,
          now: () => new Date(SENT),
          report: (event) => told.push(event),
        });
      }),
    );
    // A copy that is told nothing yet waits for the others: each is tried until all is recorded.
    await Promise.all(shippers.map((shipper) => expect.poll(() => shipped(shipper)).toBe(true)));
    expect(await killed.exit).toBe("SIGKILL");
    const found = await listed();
    expect(found).toHaveLength(31);
    expect(new Set(found.map(({ id }) => id)).size).toBe(31);
    const rated = { state: "RATED", reason: null, seconds: 31, amount: "0.03100", cld: NUMBER, redirectedTo: "pbx" };
    expect(found.filter(({ state }) => state === "RATED").map(({ id: _, answered: __, ...rest }) => rest)).toEqual(
      Array(30).fill({ ...rated, day: "2026-11-03" }),
    );
    expect(found.find(({ state }) => state === "UNRATED")).toMatchObject({ reason: "INTERRUPTED", seconds: null });
    expect([...new Set(told)]).toEqual(["calls were interrupted"]);
  });

  it("has them at instants of the provider's clock, on the customer's day of the answer (V12)", async () => {
    const { ref = "" } = await asked();
    const count = (await listed()).length;
    const midnight = 12 * 3_600_000;
    const ended = [
      endLine({ callId: "last", answered: before(midnight + 10_000), seconds: 30, legs: { IN: ref } }),
      endLine({ callId: "first", answered: before(midnight), seconds: 30, legs: { IN: ref } }),
    ];
    const body = JSON.stringify({ sentAt: SENT, ended, interrupted: [] });
    expect(await (await send({ path: "/edge/v1/journal", body })).json()).toEqual({
      ...{ recorded: 2, repeated: 0, differing: [], unreadable: 0 },
    });
    expect((await send({ path: "/edge/v1/journal", body: JSON.stringify({ sentAt: "now" }) })).status).toBe(400);
    await expect.poll(async () => (await listed()).length).toBe(count + 2);
    const instants = (await listed()).map(({ answered, day }) => [answered, day]);
    expect(instants).toContainEqual(["2026-11-02T23:59:50.000Z", "2026-11-02"]);
    expect(instants).toContainEqual(["2026-11-03T00:00:00.000Z", "2026-11-03"]);
  });

  /** A call that nobody saw the end of. */
  const open = (ref: string) => ({ callId: "open", answered: before(30_000), legs: { IN: ref } });
  const shipped = async (shipper: Shipper): Promise<boolean> => {
    try {
      await shipper.ship();
      return true;
    } catch (error) {
      if (error instanceof NotTaken) return false;
      throw error;
    }
  };
  interface Listed {
    readonly calls: { readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[] };
  }
  const listed = async () => {
    const fields = "id state reason answered day seconds amount cld redirectedTo";
    const data = await client.query(`{ calls(first: 100) { edges { node { ${fields} } } } }`);
    return (data as Listed).calls.edges.map(({ node }) => node);
  };
});

describe("an edge that tells which calls go on, and which failed", () => {
  beforeAll(onTheThird);
  /** By a clock of an edge that is far ahead of the system's. */
  const SENT = "2126-12-24T18:05:00.000Z";
  const before = (seconds: number): string => new Date(Date.parse(SENT) - seconds * 1_000).toISOString();
  const tell = async (told: object): Promise<unknown> => {
    const body = JSON.stringify({ sentAt: SENT, started: [], ended: [], failed: [], ...told });
    return (await send({ path: "/edge/v1/progress", body })).json();
  };
  const at = (seconds: number): string => new Date(Date.parse("2026-11-03T12:00:00Z") - seconds * 1_000).toISOString();
  interface Listed {
    readonly [list: string]: { readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[] };
  }
  const listed = async (list: string, fields: string, filter: object = {}, by = client) => {
    const type = list === "openCalls" ? "OpenCallFilter" : "FailedCallFilter";
    const data = await by.query(
      `query ($filter: ${type}) { ${list}(filter: $filter) { edges { node { ${fields} } } } }`,
      {
        filter,
      },
    );
    return (data as Listed)[list]?.edges.map(({ node }) => node);
  };
  const KEPT = { days: 30, failedCalls: 10 };
  const OPEN =
    "cli callerHidden cld answered redirectedTo authorised maxSeconds overdue account { identifier } edge { name }";

  it("has those listed until they end, however often it says so, and those that it never ended as overdue", async () => {
    const { ref = "" } = await asked();
    const [first, second, lost, strange] = [
      { callId: "o1", answered: before(30), legs: { IN: ref }, cld: NUMBER, redirectedTo: "pbx" },
      {
        callId: "o2",
        answered: before(20),
        legs: { IN: ref },
        cld: NUMBER,
        authorised: "STALE" as const,
        hidden: true,
      },
      { callId: "o3", answered: "2020-01-01T00:00:00.000Z", legs: { IN: ref }, cld: NUMBER },
      { callId: "o4", answered: before(10), legs: { IN: "nobody" }, cld: "1\u0000" },
    ];
    const started = [first, second, lost, strange].map(startLine);
    expect(await tell({ started: [...started, "torn"] })).toEqual({ started: 4, ended: 0, failed: 0 });
    const known = {
      ...{ account: { identifier: NUMBER }, edge: { name: "Milan" }, maxSeconds: 7200, overdue: false },
      ...{ cli: "12015550100", callerHidden: false },
    };
    const [one, two, three, four] = [
      { ...known, cld: NUMBER, answered: at(30), redirectedTo: "pbx", authorised: "LIVE" },
      { ...known, callerHidden: true, cld: NUMBER, answered: at(20), redirectedTo: null, authorised: "STALE" },
      { ...known, cld: NUMBER, answered: expect.any(String) as string, redirectedTo: null, authorised: "LIVE" },
      { ...known, cld: "1\uFFFD", answered: at(10), redirectedTo: null, authorised: "LIVE" },
    ];
    const ofNobody = { ...four, account: null, maxSeconds: 86_400 };
    expect(await listed("openCalls", OPEN)).toEqual([ofNobody, two, one, { ...three, overdue: true }]);
    expect(await listed("openCalls", OPEN, { accountId: ids.account, overdue: false })).toEqual([two, one]);
    expect(await listed("openCalls", OPEN, { overdue: true, edgeId: edge.id })).toEqual([{ ...three, overdue: true }]);
    const ended = [endLine({ ...first, seconds: 5 }), startLine(lost)];
    expect(await tell({ started, ended })).toEqual({ started: 2, ended: 2, failed: 0 });
    await tell({ ended });
    expect(await listed("openCalls", OPEN)).toEqual([ofNobody, two]);
    const [{ id } = {}] = (await listed("openCalls", "id", { accountId: ids.account })) ?? [];
    const end = endLine({ ...second, seconds: 5 });
    await send({ path: "/edge/v1/journal", body: JSON.stringify({ sentAt: SENT, ended: [end], interrupted: [] }) });
    const query = "query ($id: ID!) { call(id: $id) { cli callerHidden cld authorised } }";
    const told = { callerHidden: true, cld: NUMBER, authorised: "STALE" };
    await expect.poll(() => client.query(query, { id })).toEqual({ call: { ...told, cli: "12015550100" } });
    const own = callersOf(client, ids.customer)("self-care");
    const asOwn = query.replace(" authorised", "");
    expect(await own.query(asOwn, { id })).toEqual({ call: { cli: null, callerHidden: true, cld: NUMBER } });
    // Nobody has told its end: it is recorded.
    expect(await listed("openCalls", OPEN)).toEqual([ofNobody]);
    expect(await forgetCallProgress(bench.dataSource, KEPT)).toBe(1);
    expect(await bench.dataSource.query("SELECT cld FROM open_calls")).toEqual([{ cld: "1\uFFFD" }]);
  });

  it("has those that failed listed with the code and why, each once, and removed after 30 days", async () => {
    const FAILED =
      "cli callerHidden cld came failed sipCode reason redirectedTo account { identifier } customer { id }";
    const unknown = {
      callId: "f1",
      came: before(30),
      sipCode: 404,
      reason: "UNKNOWN_NUMBER",
      cld: "1999",
      hidden: true,
    };
    const busy = { callId: "f2", came: before(20), sipCode: 486, reason: "CALLED_SIDE", cld: NUMBER, cli: "" };
    const failed = [
      failedLine(unknown),
      failedLine({ ...busy, account: ids.account, redirectedTo: "pbx" }),
      // Tried again, and of an account that is not the provider's.
      failedLine({ ...busy, came: before(10), account: randomUUID() }),
      failedLine({ ...busy, callId: "f3", reason: "SOMETHING" }),
    ];
    expect(await tell({ failed })).toEqual({ started: 0, ended: 0, failed: 3 });
    await tell({ failed });
    const ofNobody = { account: null, customer: null, redirectedTo: null, callerHidden: true };
    const [again, first, none] = [
      { ...ofNobody, cli: null, cld: NUMBER, came: at(10), failed: at(8), sipCode: 486, reason: "CALLED_SIDE" },
      {
        ...{
          cli: null,
          callerHidden: true,
          cld: NUMBER,
          came: at(20),
          failed: at(18),
          sipCode: 486,
          reason: "CALLED_SIDE",
        },
        ...{ redirectedTo: "pbx", account: { identifier: NUMBER }, customer: { id: ids.customer } },
      },
      {
        ...{ ...ofNobody, cli: "12015550100", cld: "1999", came: at(30), failed: at(28) },
        ...{ sipCode: 404, reason: "UNKNOWN_NUMBER" },
      },
    ];
    expect(await listed("failedCalls", FAILED)).toEqual([again, first, none]);
    expect(await listed("failedCalls", FAILED, { accountId: ids.account })).toEqual([first]);
    expect(await listed("failedCalls", FAILED, { reason: "UNKNOWN_NUMBER", sipCode: 404 })).toEqual([none]);
    expect(await listed("failedCalls", FAILED, { from: at(18), until: at(8) })).toEqual([first]);
    const other = await bench.provider("2026-11-02T12:00:00Z");
    expect(await listed("failedCalls", FAILED, {}, other)).toEqual([]);
    // Its callers may hide, and not every edge says so.
    const own = callersOf(client, ids.customer)("self-care");
    expect(await listed("failedCalls", "cld came", {}, own)).toEqual([{ cld: NUMBER, came: at(20) }]);
    const numbers = await own.ask("{ openCalls { edges { node { cli } } } failedCalls { edges { node { cli } } } }");
    expect(numbers.errors.map(({ message }) => message)).toEqual([
      "The role self-care may not ask for OpenCall.cli, FailedCall.cli.",
    ]);
    const lost = { callId: "o9", answered: "2020-01-01T00:00:00.000Z", legs: { IN: "nobody" } };
    await tell({ started: [startLine(lost)] });
    await bench.dataSource.query("UPDATE failed_calls SET told_at = told_at - interval '31 days' WHERE cld = '1999'");
    expect(await forgetCallProgress(bench.dataSource, KEPT)).toBe(2);
    expect(await listed("openCalls", "id", { overdue: true })).toEqual([]);
    expect(await listed("failedCalls", FAILED)).toEqual([again, first]);
    expect(await forgetCallProgress(bench.dataSource, { ...KEPT, failedCalls: 2 })).toBe(0);
    expect(await forgetCallProgress(bench.dataSource, { ...KEPT, failedCalls: 1 })).toBe(1);
    expect(await listed("failedCalls", FAILED)).toEqual([again]);
  });

  it("fills no disk with those that failed, before they are looked after the next time", async () => {
    const flood = [1, 2, 3, 4].map((at) =>
      failedLine({ callId: `flood ${at}`, came: before(9 - at), sipCode: 404, reason: "UNKNOWN_NUMBER", cld: `${at}` }),
    );
    const other = await bench.provider("2026-11-02T12:00:00Z");
    await tell({ failed: flood });
    const numbers = async () => (await listed("failedCalls", "cld"))?.map(({ cld }) => cld);
    expect(await numbers()).toEqual(["4", "3", "2", "1", NUMBER]);
    const bound = new FailedCallsBound(bench.dataSource, 2, 3);
    await bound.kept(client.providerId ?? "", 2);
    await bound.kept(other.providerId ?? "", 3);
    expect(await numbers()).toHaveLength(5);
    await bound.kept(client.providerId ?? "", 1);
    expect(await numbers()).toEqual(["4", "3"]);
  });

  it("is told what is no such report", async () => {
    expect(await tell({ started: 1 })).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
    expect(await tell({ failed: Array(501).fill("") })).toMatchObject({
      errors: [{ message: "A report has at most 500 lines of a kind.", extensions: { code: "BAD_REQUEST" } }],
    });
  });
});

describe("the listener for edges", () => {
  const refusal = async (sent: Sent) => {
    const response = await send(sent);
    const { errors } = (await response.json()) as { readonly errors: readonly { extensions: { code: string } }[] };
    return `${response.status} ${errors[0]?.extensions.code ?? ""}`;
  };

  it("answers nobody but an edge, of its own provider", async () => {
    const body = JSON.stringify(call);
    const strangers = [
      { secret: null },
      { secret: "tnr_wrong" },
      { user: randomUUID() },
      { user: "' OR true" },
      { secret: "", user: "" },
    ];
    for (const stranger of strangers) expect(await refusal({ ...stranger, body })).toBe("401 UNAUTHENTICATED");
    expect((await send({ secret: null, body })).headers.get("www-authenticate")).toBe('Basic realm="edge"');
    const other = await bench.provider("2026-11-02T12:00:00Z");
    const theirs = (await other.run(
      "registerEdge",
      { name: "Rome", addresses: ["127.0.0.1"] },
      "secret",
    )) as unknown as { readonly id: string; readonly secret: string };
    const response = await send({ user: theirs.id, secret: theirs.secret, body });
    expect(await response.json()).toEqual({ decision: "REFUSE", sipCode: 404, reason: "UNKNOWN_NUMBER" });
  });

  it("refuses what is no question", async () => {
    expect(await refusal({ body: "{" })).toBe("400 BAD_REQUEST");
    expect(await refusal({ body: "[]" })).toBe("400 BAD_REQUEST");
    expect(await refusal({ body: JSON.stringify({ ...call, cld: 1 }) })).toBe("400 BAD_REQUEST");
    expect(await refusal({ body: "x".repeat(70_000) })).toBe("413 REQUEST_TOO_LARGE");
    expect(await refusal({ path: "/graphql", body: "{}" })).toBe("404 NOT_FOUND");
    expect(await refusal({ method: "GET" })).toBe("405 METHOD_NOT_ALLOWED");
  });

  it("tells an edge what it is started with", async () => {
    const response = await send({ path: "/edge/v1/configuration", method: "GET" });
    expect(await response.json()).toMatchObject({ edgeId: edge.id, name: "Milan", addresses: ["127.0.0.1"] });
  });

  it("takes both secrets while they are rotated, and no secret of a retired edge", async () => {
    const { secret } = await withSecret("rotateEdgeSecret", { edgeId: edge.id });
    const path = "/edge/v1/configuration";
    const status = async (given: string) => (await send({ path, method: "GET", secret: given })).status;
    await expect.poll(() => status(secret)).toBe(200);
    expect(await status(edge.secret)).toBe(200);
    await client.run("rotateEdgeSecret", { edgeId: edge.id, previousUntil: "2020-01-01T00:00:00Z" });
    await expect.poll(() => status(secret)).toBe(401);
    expect(await status(edge.secret)).toBe(401);
    await client.run("retireEdge", { edgeId: edge.id });
    const listed = await client.query(
      "{ edges { edges { node { name status realm addresses previousSecretUntil } } } }",
    );
    expect(listed).toEqual({
      edges: {
        edges: [
          {
            node: {
              ...{ name: "Milan", status: "RETIRED", realm: "example.org", addresses: ["127.0.0.1"] },
              previousSecretUntil: "2020-01-01T00:00:00.000Z",
            },
          },
        ],
      },
    });
  });
});
