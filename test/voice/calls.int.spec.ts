import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authority, type Certified, certifiedFor } from "#configuration/spec-support/certificate.js";
import { type Bench, startBench } from "../../apps/api/spec-support/bench.js";
import { type Client } from "../../apps/api/spec-support/client.js";
import { doDaysWork } from "../../apps/api/spec-support/days-work.js";
import { type RunningApi } from "../../apps/api/start-api.js";
import { Boots } from "../../apps/cli/edge/journal/boots.js";
import { bootsIn, filesOf } from "../../apps/cli/edge/journal/files.js";
import { callsLeftOpen } from "../../apps/cli/edge/journal/open-calls.js";
import { parentOf } from "../../apps/cli/edge/left-behind.js";
import { hasKamailio } from "./edge.js";
import { freePort } from "./ports.js";
import { hasSipp, type Place, Sipp } from "./sipp.js";
import { Caller } from "./sip-parties.js";
import { knockWhile } from "./strangers.js";
import { relayFromTls, relayToTls } from "./tls-relay.js";

/*
 * Calls by sipp through `tenure edge` as it is built, with a real Kamailio and the real API: codes of SIP, records of calls
 * and lines of invoices. Each account has a number of its own, so that calls are made side by side. Incoming calls cost 0.06
 * a minute in 30 and 6 seconds, and 0.01 each; outgoing ones 0.03 in 60 and 60. .31 and .32 are trusted, .66 is not.
 */

const isThere = hasKamailio() && hasSipp();
const program = resolve("dist/apps/cli/main.js");
const EDGE = "127.0.0.11";
const API = "127.0.0.2";

let folder: string;
let bench: Bench;
let client: Client;
let api: RunningApi;
let sipp: Sipp;
let edge: { readonly child: ChildProcess; readonly ended: Promise<number | null>; told(): string };
let places: Readonly<Record<"udp" | "tcp" | "tls", Place>>;
let args: readonly string[];
let common: Readonly<Record<"customerId" | "mainProductId" | "incomingTariffId" | "own" | "newCalls", string>>;
/** Who vouches for the edge, for the API and for PBXs. */
const ca = authority("Everybody");
const pbx: Record<string, Place> = {};
const relays: Server[] = [];
/** Calls that nobody waits for. */
const going: Promise<unknown>[] = [];

const idOf = async (name: string, input: object): Promise<string> => (await client.run(name, input)).id;
const uri = ({ address, port }: Place, number = "1", more = ""): string => `<sip:${number}@${address}:${port}${more}>`;

beforeAll(async () => {
  if (!isThere) return;
  folder = await mkdtemp(join(tmpdir(), "tenure-calls-"));
  sipp = new Sipp(folder);
  bench = await startBench();
  client = await bench.provider("2020-11-10T12:00:00Z");
  api = await startApi(0);
  const wanted = Object.entries({
    one: "127.0.0.31",
    two: "127.0.0.32",
    untrusted: "127.0.0.66",
    gateway: "127.0.0.41",
  });
  await Promise.all(wanted.map(async ([name, address]) => (pbx[name] = await sipp.party("pbx", address))));
  await makeCatalog();
  await startEdge();
});
afterAll(async () => {
  if (!isThere) return;
  sipp.stop();
  await Promise.all(going);
  for (const relay of relays) relay.close();
  edge.child.kill("SIGKILL");
  for (const pid of boots().processes()) process.kill(pid, "SIGKILL");
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Edges come in with TLS. */
const startApi = (port: number): Promise<RunningApi> =>
  bench.api({ edgeListen: { host: API, port, tls: { ...certifiedFor(API, ca), clientCa: ca.cert } } });

const makeCatalog = async (): Promise<void> => {
  const from = { effectiveFrom: "2020-01-01T00:00:00Z" };
  const incomingTariffId = await idOf("defineTariff", { name: "In", currency: "USD" });
  const incoming = {
    ...from,
    priceFirst: "0.06",
    priceNext: "0.06",
    connectFee: "0.01",
    firstInterval: 30,
    nextInterval: 6,
  };
  await client.run("changeRates", { tariffId: incomingTariffId, rates: [{ prefix: "1", ...incoming }] });
  const outgoingTariffId = await idOf("defineTariff", { name: "Out", currency: "USD" });
  const outgoing = { ...from, priceFirst: "0.03", priceNext: "0.03", firstInterval: 60, nextInterval: 60 };
  await client.run("changeRates", {
    tariffId: outgoingTariffId,
    rates: [
      { prefix: "1", ...outgoing },
      { prefix: "1900", ...outgoing, forbidden: true },
    ],
  });
  const trustedNetworks = ["127.0.0.31", "127.0.0.32", "127.0.0.34", "127.0.0.1", EDGE, "pbx.invalid"];
  const policy = (redirectAction: string) =>
    idOf("defineServicePolicy", { name: redirectAction, redirectAction, trustedNetworks });
  common = {
    incomingTariffId,
    own: await policy("REJECT"),
    newCalls: await policy("NEW_CALL_AUTHORIZATION"),
    mainProductId: await idOf("defineMainProduct", { name: "Smart", voice: { incomingTariffId, outgoingTariffId } }),
    customerId: await idOf("createCustomer", { contact: { name: "Big" }, currency: "USD" }),
  };
};

/** An account with a number whose calls are sent to a place. */
const account = async (number: string, to: Place, more: object = {}, whose: object = {}): Promise<string> => {
  const { customerId, mainProductId } = { ...common, ...whose };
  const accountId = await idOf("openAccount", { customerId, identifier: number, mainProductId });
  const sipContact = { host: to.address, port: to.port, transport: "UDP" };
  await client.run("configureAccountVoice", { accountId, servicePolicyId: common.own, sipContact, ...more });
  return accountId;
};

/** A number whose redirect server answers so. */
const redirecting = async (number: string, answer: string, header: string, more: object = {}): Promise<string> => {
  await account(
    number,
    await sipp.party("answer", "127.0.0.21", { instead: { "302 Moved": answer }, keys: { header } }),
    more,
  );
  return number;
};
/** Writes a file into the folder of the spec. */
const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const boots = (): Boots => new Boots(join(folder, "data", "journal"));

const startEdge = async (): Promise<void> => {
  const registered = await client.run(
    "registerEdge",
    { name: "Milan", addresses: ["127.0.0.1"], gateway: { host: pbx["gateway"]?.address, port: pbx["gateway"]?.port } },
    "secret",
  );
  const { id, secret } = registered as unknown as { readonly id: string; readonly secret: string };
  const own = certifiedFor(EDGE, ca);
  const certificates = { ca: await write("ca.pem", ca.cert), cert: await write("edge.pem", own.cert) };
  const key = await write("edge.key", own.key);
  places = {
    udp: { address: EDGE, port: await freePort() },
    tcp: { address: EDGE, port: await freePort() },
    tls: { address: EDGE, port: await freePort() },
  };
  args = [
    ...[
      "edge",
      "--api",
      `https://${API}:${api.edgePort}`,
      "--edge",
      id,
      "--secret-file",
      await write("secret", secret),
    ],
    ...Object.entries(places).flatMap(([by, { port }]) => ["--listen", `${by}:${EDGE}:${port}`]),
    ...["sip", "api"].flatMap((of) => [
      ...[`--${of}-ca-file`, certificates.ca, `--${of}-cert-file`, certificates.cert, `--${of}-key-file`, key],
    ]),
    ...["--folder", join(folder, "data"), "--memory", "64"],
  ];
  await runEdge();
};

/** Starts the program, and waits until it takes calls. */
const runEdge = async (): Promise<void> => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (text += data.toString()));
  edge = { child, ended: new Promise((ended) => child.once("exit", ended)), told: () => text };
  const caller = await Caller.at("127.0.0.1", places.udp);
  // Until it listens, nothing comes back, or what one before it says.
  while (!text.includes("takes calls at") || (await caller.call({ method: "INFO", patience: 300 })) !== 405) {
    if (child.exitCode !== null) throw new Error(`tenure edge ended with ${child.exitCode}: ${text}`);
    await delay(20);
  }
  caller.close();
};

/** Codes of calls. An API on a busy machine may say nothing for a second: such calls are made again. */
const call = async (number: string, more: object = {}, at = places.udp): Promise<readonly number[]> => {
  for (;;) {
    const codes = await sipp.call(at, { number, ...more });
    if (!codes.includes(503)) return codes;
    await delay(500);
  }
};

interface Listed {
  readonly calls: { readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[] };
}
/** Records of the calls to numbers, by number and leg: what they have that does not differ from run to run. */
const records = async (...numbers: readonly string[]) => {
  const fields = "leg cld redirectedTo chargedSeconds amount state reason";
  const data = await client.query(`{ calls(first: 100) { edges { node { ${fields} account { identifier } } } } }`);
  return (data as Listed).calls.edges
    .map(({ node: { account: of, ...rest } }) => ({
      of: (of as { identifier: string } | null)?.identifier ?? "",
      ...rest,
    }))
    .filter(({ of }) => numbers.includes(of))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};
/**
 * How calls to numbers failed, in order and each once: number, code, why. Those that billing said nothing to are left out,
 * since such calls are made again.
 */
const failures = async (...numbers: readonly string[]): Promise<readonly string[]> => {
  const data = await client.query("{ failedCalls(first: 200) { edges { node { cld sipCode reason } } } }");
  const found = (data as Record<"failedCalls", Listed["calls"]>).failedCalls.edges
    .filter(({ node: { cld, reason } }) => numbers.includes(String(cld)) && reason !== "BILLING_SILENT")
    .map(({ node: { cld, sipCode, reason } }) => [cld, sipCode, reason].join(" "));
  return [...new Set(found)].sort();
};
/** Calls that go on. */
const openListed = async (): Promise<readonly string[]> => {
  const data = await client.query("{ openCalls { edges { node { cld edge { name } overdue } } } }");
  return (data as Record<"openCalls", Listed["calls"]>).openCalls.edges.map(({ node: { cld, edge: by, overdue } }) =>
    [cld, (by as { readonly name: string }).name, overdue].join(" "),
  );
};
/** Of calls to a number, in order: the customer's day, and whether it lasted as long as the caller spoke. */
const daysAndSeconds = async (number: string) => {
  const data = await client.query("{ calls(first: 100) { edges { node { cld day answered ended } } } }");
  return (data as Listed).calls.edges
    .filter(({ node }) => node["cld"] === number)
    .map(({ node: { day, answered, ended } }) => {
      const seconds = (Date.parse(String(ended)) - Date.parse(String(answered))) / 1_000;
      return [day, seconds >= 1 && seconds < 60];
    })
    .sort();
};
const NO_HEADER = { header: "Subject: -" };
const RATED = { leg: "IN", chargedSeconds: 30, amount: "0.04000", state: "RATED", reason: null };
const rated = (of: string, more: object = {}) => ({ of, ...RATED, cld: of, redirectedTo: null, ...more });

describe.skipIf(!isThere)("calls through an edge", () => {
  // Side by side: most of their time they wait.
  it.concurrent("go where a redirect server says, if that is trusted (V1 to V4)", async ({ expect }) => {
    const { one, two, untrusted } = pbx as Record<"one" | "two" | "untrusted", Place>;
    const servers = [one, two].map(({ address, port }) => `1@${address}:${port}`);
    await account("12065550101", await sipp.party("redirect", "127.0.0.21", { lines: servers }));
    const failing = await sipp.party("answer", "127.0.0.31", {
      instead: { "302 Moved": "503 Down" },
      keys: NO_HEADER,
    });
    const busy = await sipp.party("answer", "127.0.0.31", {
      instead: { "302 Moved": "486 Busy" },
      keys: NO_HEADER,
    });
    const to = (number: string, contacts: string, more: object = {}) =>
      redirecting(number, "302 Moved", `Contact: ${contacts}`, more);
    await to("12065550201", uri(untrusted));
    await to("12065550202", uri(one), { servicePolicyId: null });
    await to("12065550301", `${uri(untrusted)};q=0.9, ${uri(two)};q=0.8, ${uri(one)};q=0.2`);
    await to("12065550401", `${uri(failing)};q=0.9, ${uri(two)};q=0.1`);
    await to("12065550402", `${uri(busy)};q=0.9, ${uri(two)};q=0.1`);
    const numbers = ["12065550101", "12065550201", "12065550202", "12065550301", "12065550401", "12065550402"];
    expect(await Promise.all(numbers.map((number) => call(number)))).toEqual([
      [200],
      [403],
      [480],
      [200],
      [200],
      [486],
    ]);
    expect(await call("12065550101")).toEqual([200]);
    await expect
      .poll(() => records(...numbers))
      .toEqual([
        rated("12065550101", { redirectedTo: one.address }),
        rated("12065550101", { redirectedTo: two.address }),
        rated("12065550301", { redirectedTo: two.address }),
        rated("12065550401", { redirectedTo: two.address }),
      ]);
  });

  it.concurrent("go nowhere else (V5, V6)", async ({ expect }) => {
    const { one, two } = pbx as Record<"one" | "two", Place>;
    const again = await sipp.party("answer", "127.0.0.31", { keys: { header: `Contact: ${uri(two)}` } });
    const contacts: readonly (readonly [header: string, answer: string, code: number])[] = [
      [`Contact: ${uri(one, "1", ";maddr=127.0.0.66")}`, "302 Moved", 403],
      [`Contact: ${uri(one, "1", "?Route=%3Csip:127.0.0.66%3E")}`, "302 Moved", 403],
      [`Contact: ${uri(places.udp)}`, "302 Moved", 403],
      [`Contact: <sip:1@127.1:${one.port}>`, "302 Moved", 403],
      ["Contact: <sip:1@PBX.invalid>", "302 Moved", 502],
      ["Subject: none", "302 Moved", 502],
      [`Contact: ${uri(one)}`, "305 Use Proxy", 502],
      [`Contact: ${uri(again)}`, "302 Moved", 482],
    ];
    const numbers = await Promise.all(
      contacts.map(([header, answer], at) => redirecting(`1206555050${at}`, answer, header)),
    );
    expect(await Promise.all(numbers.map((number) => call(number)))).toEqual(contacts.map(([, , code]) => [code]));
    expect(await records(...numbers)).toEqual([]);
  });

  it.concurrent("are new ones to the number of a redirection, where that is allowed (V7)", async ({ expect }) => {
    const untrusted = pbx["untrusted"] as Place;
    const policy = { servicePolicyId: common.newCalls };
    const to = (number: string, called: string) =>
      redirecting(number, "302 Moved", `Contact: ${uri(untrusted, called)}`, policy);
    await to("12065550701", "12065551201");
    await to("12065550702", "19005551201");
    expect(await Promise.all([call("12065550701"), call("12065550702")])).toEqual([[200], [403]]);
    await expect
      .poll(() => records("12065550701", "12065550702"))
      .toEqual([
        rated("12065550701", { redirectedTo: "127.0.0.41" }),
        rated("12065550701", {
          ...{ leg: "OUT", cld: "12065551201", redirectedTo: "127.0.0.41", chargedSeconds: 60, amount: "0.03000" },
        }),
      ]);
  });

  it.concurrent(
    "are refused while an account is paused, and while its customer is suspended (V8)",
    async ({ expect }) => {
      const voice = { incomingTariffId: common.incomingTariffId };
      const addOnProductId = await idOf("defineAddOnProduct", { name: "Calls", service: "Phone", voice });
      const fee = { period: "MONTHLY", amount: "20.00" };
      const planId = await idOf("definePlan", { name: "Line", currency: "USD", recurringFees: [fee] });
      const row = { planId, addOnProductId, discount: "0" };
      const offerId = await idOf("defineOffer", { name: "Calls", currency: "USD", recurringFees: [row] });
      const mainProductId = await idOf("defineMainProduct", { name: "Line", addOnProductIds: [addOnProductId] });
      const customerId = await idOf("createCustomer", { contact: { name: "Small" }, currency: "USD" });
      const accountId = await account("12065550801", pbx["one"] as Place, {}, { customerId, mainProductId });
      const commitmentId = await idOf("assignOffer", { accountId, offerId });
      await client.run("pauseCommitment", { commitmentId, from: "2020-11-10" });
      expect(await call("12065550801")).toEqual([480]);
      await client.run("resumeCommitment", { commitmentId });
      expect(await call("12065550801")).toEqual([200]);
      await client.run("suspendCustomer", { customerId, reason: "Asked for" });
      expect(await call("12065550801")).toEqual([403]);
      await expect.poll(() => records("12065550801")).toEqual([rated("12065550801")]);
    },
  );

  it.concurrent("keep to the limits of the account (V13)", async ({ expect }) => {
    await account("12065551301", pbx["one"] as Place, { maxCalls: 2 });
    await account("12065551302", pbx["one"] as Place, { maxSeconds: 3 });
    // From now on its last answer serves where an API on a busy machine says nothing: none of the four is made again.
    expect(await call("12065551301")).toEqual([200]);
    const calls = [call("12065551301", { count: 4 }), call("12065551302", { scenario: "patient-caller" })];
    expect(await Promise.all(calls)).toEqual([[200, 200, 486, 486], [200]]);
    const expected = [...Array<string>(3).fill("12065551301"), "12065551302"].map((number) => rated(number));
    await expect.poll(() => records("12065551301", "12065551302")).toEqual(expected);
  });

  it.concurrent("come by TCP and TLS, and go to PBXs by them (V14)", async ({ expect }) => {
    const host = "127.0.0.34";
    const number = (at: number) => `1206555140${at}`;
    /** A PBX that is reached by TLS, with a certificate. */
    const secured = async (own: Certified): Promise<Place> => {
      const place = { address: host, port: await freePort() };
      const contact = `sip:pbx@${host}:${place.port};transport=tls`;
      const instead = { "sip:pbx@[local_ip]:[local_port];transport=[transport]": contact };
      relays.push(await relayFromTls(place, own, await sipp.party("pbx", host, { transport: "TCP", instead })));
      return place;
    };
    const tcp = await sipp.party("pbx", host, { transport: "TCP" });
    const own = await secured(certifiedFor(host, ca));
    const unknown = await secured(certifiedFor(host, authority("Somebody")));
    const other = await secured(certifiedFor("pbx.example", ca));
    const to = (at: number, { port }: Place, transport: string) =>
      account(number(at), { address: host, port }, { sipContact: { host, port, transport } });
    await account(number(1), pbx["one"] as Place);
    await to(2, tcp, "TCP");
    await to(3, own, "TLS");
    await to(4, unknown, "TLS");
    await to(5, other, "TLS");
    await redirecting(number(6), "302 Moved", `Contact: ${uri(own).replace("sip:", "sips:")}`);
    await redirecting(number(7), "302 Moved", `Contact: ${uri(unknown, "1", ";transport=tls")}`);
    const relay = { address: "127.0.0.2", port: await freePort() };
    relays.push(await relayToTls(relay, places.tls, ca.cert));
    const calls = [
      call(number(1), { transport: "TCP" }, places.tcp),
      call(number(1), { transport: "TCP" }, relay),
      ...[2, 3, 4, 5, 6, 7].map((at) => call(number(at))),
    ];
    expect(await Promise.all(calls)).toEqual([[200], [200], [200], [200], [502], [502], [200], [502]]);
    await expect
      .poll(() => records(...[1, 2, 3, 4, 5, 6, 7].map(number)))
      .toEqual([...[1, 1, 2, 3].map((at) => rated(number(at))), rated(number(6), { redirectedTo: host })]);
  });

  it.concurrent("go on by TLS while strangers connect in vain", async ({ expect }) => {
    const number = "12065551408";
    await account(number, pbx["one"] as Place);
    const relay = { address: "127.0.0.2", port: await freePort() };
    relays.push(await relayToTls(relay, places.tls, ca.cert));
    const calls = Promise.all(Array.from({ length: 4 }, () => call(number, { transport: "TCP" }, relay)));
    await knockWhile(places.tls, ca.cert, calls);
    expect(await calls).toEqual([[200], [200], [200], [200]]);
    await expect.poll(() => records(number)).toEqual(Array(4).fill(rated(number)));
  });

  it.concurrent("are taken back before, at and after a redirection (V15)", async ({ expect }) => {
    const header = { header: `Contact: ${uri(await sipp.party("ringing", "127.0.0.31", { keys: NO_HEADER }))}` };
    const numbers = ["12065551501", "12065551502", "12065551503"] as const;
    const [before, at, after] = numbers;
    await account(before, await sipp.party("ringing", "127.0.0.21", { keys: NO_HEADER }));
    // As long as the caller waits.
    await account(at, await sipp.party("ringing", "127.0.0.21", { keys: header, instead: { "60000": "300" } }));
    await account(after, await sipp.party("answer", "127.0.0.21", { keys: header }));
    const taking = (number: string, count: number) => call(number, { scenario: "taking-back", count });
    expect(await Promise.all([taking(before, 2), taking(at, 10), taking(after, 2)])).toEqual([
      ...[Array(2).fill(487), Array(10).fill(487), Array(2).fill(487)],
    ]);
    await expect.poll(() => failures(...numbers)).toEqual(numbers.map((number) => `${number} 487 TAKEN_BACK`));
    expect(await records(...numbers)).toEqual([]);
  });

  it.concurrent(
    "are answered by a code where they are odd, and not at all where nothing can be said (V16)",
    async ({ expect }) => {
      const odd = (instead: Readonly<Record<string, string>>, more: object = {}) =>
        sipp.call(places.udp, { number: "12065551601", scenario: "odd", instead, ...more });
      const and = (header: string) => odd({ "Max-Forwards: 70": `Max-Forwards: 70\n${header}` });
      const [first, sequence] = ["INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0", "CSeq: 1 INVITE"];
      const said = await Promise.all([
        odd({ [sequence]: "Subject: no sequence" }),
        odd({ [first]: "no SIP at all" }),
        odd({ [sequence]: "CSeq: 1 BYE" }),
        odd({ "Content-Length: 0": "Content-Length: 900" }),
        odd({ "Max-Forwards: 70": "Max-Forwards: 0" }),
        and(`Subject: ${"x".repeat(20_000)}`),
        and(Array(3_000).fill("Subject: x").join("\n")),
        odd({}, { from: "127.0.0.9" }),
        call("a$b%25c%22'", { scenario: "odd" }),
        odd({ [first]: first.replace("INVITE", "INFO"), [sequence]: "CSeq: 1 INFO" }),
      ]);
      expect(said).toEqual([[], [], [400], [400], [483], [513], [513], [403], [404], [405]]);
      await expect.poll(() => failures(`a$b%c"'`)).toEqual([`a$b%c"' 404 UNKNOWN_NUMBER`]);
      expect(await failures("12065551601")).toEqual([]);
    },
  );

  it("belong to the day of their answer, and are late when that is billed (V12)", async () => {
    const number = "12065551201";
    await account(number, pbx["one"] as Place);
    await bench.advance(client, "2020-12-01T00:00:01Z");
    // Answered more than a second before it is reported.
    expect(await call(number, { pause: 2_500 })).toEqual([200]);
    await expect.poll(() => records(number)).toEqual([rated(number)]);
    await doDaysWork(bench, client, "2020-12-01T00:00:01Z");
    expect(await call(number, { pause: 2_500 })).toEqual([200]);
    await expect.poll(() => records(number)).toEqual([rated(number), rated(number)]);
    await bench.advance(client, "2021-01-01T12:00:00Z");
    await doDaysWork(bench, client, "2021-01-01T12:00:00Z");
    const [day, last] = ["2020-11-10 2020-11-10", "2020-11-30 2020-11-30"];
    expect(await lines()).toEqual([
      `12065550101 ${day} 2 60 s 0.08`,
      `12065550301 ${day} 1 30 s 0.04`,
      `12065550401 ${day} 1 30 s 0.04`,
      `12065550701 ${day} 1 30 s 0.04`,
      `12065550701 ${day} 1 60 s 0.03`,
      `12065550801 ${day} 1 30 s 0.04`,
      `12065551201 ${last} 1 30 s 0.04`,
      `12065551201 ${last} 1 30 s 0.04 late`,
      `12065551301 ${day} 3 90 s 0.12`,
      `12065551302 ${day} 1 30 s 0.04`,
      `12065551401 ${day} 2 60 s 0.08`,
      `12065551402 ${day} 1 30 s 0.04`,
      `12065551403 ${day} 1 30 s 0.04`,
      `12065551406 ${day} 1 30 s 0.04`,
      `12065551408 ${day} 4 120 s 0.16`,
    ]);
  });

  it("are as long as they were in the nights when clocks change, on the customer's day (V12)", async () => {
    const rome = { contact: { name: "Rome" }, currency: "USD", timeZone: "Europe/Rome" };
    const customerId = await idOf("createCustomer", rome);
    // In spring the evening after is a day later already than by winter time, in autumn the same day still.
    for (const [number, change, evening, day] of [
      ["12065551202", "2021-03-28T01:00:02Z", "2021-03-28T22:30:00Z", "2021-03-29"],
      ["12065551203", "2021-10-31T01:00:02Z", "2021-10-31T22:30:00Z", "2021-10-31"],
    ] as const) {
      await account(number, pbx["one"] as Place, {}, { customerId });
      await bench.advance(client, change);
      // Unless the machine is slow, it is answered before the change and ends behind it.
      expect(await call(number, { pause: 3_500 })).toEqual([200]);
      await expect.poll(() => records(number)).toEqual([rated(number)]);
      await bench.advance(client, evening);
      expect(await call(number)).toEqual([200]);
      await expect.poll(() => records(number)).toEqual([rated(number), rated(number)]);
      expect(await daysAndSeconds(number)).toEqual([
        [change.slice(0, 10), true],
        [day, true],
      ]);
    }
    await bench.advance(client, "2021-11-01T12:00:00Z");
    await doDaysWork(bench, client, "2021-11-01T12:00:00Z");
    expect(await lines(customerId)).toEqual([
      "12065551202 2021-03-28 2021-03-29 2 60 s 0.08",
      "12065551203 2021-10-31 2021-10-31 2 60 s 0.08",
    ]);
  });

  it("go on while nobody can be asked, and are recorded once somebody can (V9)", async () => {
    const number = "12065550901";
    const accountId = await account(number, pbx["one"] as Place);
    expect(await call(number)).toEqual([200]);
    const port = api.edgePort ?? 0;
    await api.close();
    expect(await Promise.all([call(number), sipp.call(places.udp, { number: "12065550902" })])).toEqual([[200], [503]]);
    api = await startApi(port);
    await expect.poll(() => records(number)).toEqual([rated(number), rated(number)]);
    const filter = { accountId };
    const { calls } = (await client.query(
      "query ($filter: CallFilter) { calls(filter: $filter) { edges { node { authorised } } } }",
      { filter },
    )) as Listed;
    expect(calls.edges.map(({ node }) => node["authorised"]).sort()).toEqual(["LIVE", "STALE"]);
  });

  it("are interrupted where Kamailio is killed, which ends the program (V10)", async () => {
    const number = "12065551001";
    await account(number, pbx["one"] as Place);
    expect(await call(number)).toEqual([200]);
    going.push(call(number, { count: 3, pause: 60_000 }));
    await expect.poll(openCalls).toBe(3);
    await expect.poll(openListed).toEqual(Array(3).fill(`${number} Milan false`));
    const before = edge.told().length;
    // The one that started the others, which end with it.
    const [main] = boots()
      .processes()
      .filter((pid) => parentOf(pid) === edge.child.pid);
    process.kill(main as number, "SIGKILL");
    expect(await edge.ended).toBe(1);
    expect(boots().processes()).toEqual([]);
    // An API on a busy machine may take the rest of no try: the next start ships it then.
    if (edge.told().slice(before).includes("billing takes no calls")) await runEdge();
    await expect.poll(() => records(number)).toEqual([rated(number), ...Array<unknown>(3).fill(interrupted(number))]);
    expect(await openListed()).toEqual([]);
  });

  it("are interrupted where the program is killed, whose Kamailio the next one ends", async () => {
    const number = "12065551101";
    await account(number, pbx["one"] as Place);
    if (edge.child.exitCode !== null) await runEdge();
    expect(await call(number)).toEqual([200]);
    going.push(call(number, { pause: 60_000 }));
    await expect.poll(openCalls).toBe(1);
    edge.child.kill("SIGKILL");
    await edge.ended;
    const left = boots().processes();
    await runEdge();
    expect(
      boots()
        .processes()
        .filter((pid) => left.includes(pid)),
    ).toEqual([]);
    await expect.poll(() => records(number)).toEqual([rated(number), interrupted(number)]);
    expect(edge.told()).toContain("a Kamailio that was left behind was stopped");
    expect(await ended({})).toEqual([
      1,
      `Another tenure edge runs on ${join(folder, "data")}: process ${edge.child.pid}.\n`,
    ]);
    expect(await call(number, { pause: 0 })).toEqual([200]);
  });

  it("are asked about by an edge that shows its certificate, and by nobody else", async () => {
    const stranger = certifiedFor(EDGE);
    const files = ["--api-cert-file", await write("stranger.pem", stranger.cert)];
    const given = [
      ...files,
      "--api-key-file",
      await write("stranger.key", stranger.key),
      "--folder",
      join(folder, "b"),
    ];
    const at = `https://${API}:${api.edgePort}`;
    const sentence = "Show a certificate of those that EDGE_TLS_CLIENT_CA_FILE vouches for.";
    expect(await ended({}, given)).toEqual([1, `${at} does not let the edge in. ${sentence}\n`]);
    const [code, told] = await ended({}, [
      "--api-ca-file",
      await write("b.pem", stranger.cert),
      "--folder",
      join(folder, "b"),
    ]);
    expect(code).toBe(1);
    expect(told).toMatch(/^No API answers, and the edge never ran here before\.\nhttps:.*certificate/);
  });

  it("end with the program, which keeps for itself who may call, and its secret", async () => {
    for (const name of ["addresses", "http", "tls", "terms.json"]) {
      expect((await stat(join(folder, "data", name))).mode & 0o777, name).toBe(0o600);
    }
    edge.child.kill("SIGTERM");
    expect(await edge.ended).toBe(0);
    expect(boots().processes()).toEqual([]);
  });

  it("are not taken where packages are missing", async () => {
    const sentence =
      "The edge needs Kamailio: apt-get install kamailio kamailio-extra-modules kamailio-utils-modules kamailio-tls-modules kamailio-python3-modules; all else works without.\n";
    expect(await ended({ PATH: "" })).toEqual([3, sentence]);
    const without = 'case "$1" in -c) echo "could not find module <tls.so>" >&2; exit 255;; esac';
    await chmod(await write("kamailio", `#!/bin/sh\n${without}\n`), 0o755);
    expect(await ended({ PATH: folder })).toEqual([3, sentence]);
  });

  /** How another program of the same edge ends, and what it says. */
  const ended = async (env: NodeJS.ProcessEnv, more: readonly string[] = []) => {
    const other = spawn(process.execPath, [program, ...args, ...more], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    other.stderr.on("data", (data: Buffer) => (told += data.toString()));
    return [await new Promise<number | null>((over) => other.once("close", over)), told] as const;
  };

  const interrupted = (of: string) => ({
    ...rated(of),
    ...{ chargedSeconds: null, amount: null, state: "UNRATED", reason: "INTERRUPTED" },
  });
});

/** Answered, and not ended, as the journal of the newest boot has them. */
const openCalls = async (): Promise<number> => {
  const journal = join(folder, "data", "journal");
  const newest = (await bootsIn(journal)).at(-1) ?? "";
  const files = await filesOf(join(journal, newest));
  return (await callsLeftOpen(files)).length;
};

interface Invoiced {
  readonly invoices: {
    readonly edges: readonly {
      readonly node: { readonly lines: { readonly edges: readonly { readonly node: UsageLine }[] } };
    }[];
  };
}
interface UsageLine {
  readonly from: string;
  readonly until: string;
  readonly net: string;
  readonly account: { readonly identifier: string };
  readonly usage: { readonly calls: number; readonly chargedSeconds: number; readonly late: boolean } | null;
}
/** Lines of calls on all invoices, or those of a customer, one text each. */
const lines = async (customerId: string | null = null): Promise<readonly string[]> => {
  const fields = "from until net account { identifier } usage { calls chargedSeconds late }";
  const query = `query ($customerId: ID) { invoices(first: 10, filter: { customerId: $customerId }) { edges { node { lines(first: 100) { edges { node { ${fields} } } } } } } }`;
  const { invoices } = (await client.query(query, { customerId })) as Invoiced;
  return invoices.edges
    .flatMap(({ node }) => node.lines.edges.map(({ node: line }) => line))
    .flatMap(({ account: { identifier }, usage, from, until, net }) => {
      if (usage === null) return [];
      const { calls, chargedSeconds, late } = usage;
      return [`${identifier} ${from} ${until} ${calls} ${chargedSeconds} s ${net}${late ? " late" : ""}`];
    })
    .sort();
};
