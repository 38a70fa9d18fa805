import { type IncomingHttpHeaders, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller } from "#application/access/caller.js";
import { type Role } from "#application/access/roles.js";
import { type FrontDoorConfiguration, LOOPBACK_DOOR } from "#configuration/front-door.js";
import { certifiedFor } from "#configuration/spec-support/certificate.js";
import { httpRefusal, Refused } from "./graphql/refusals.js";
import { Authenticator } from "./http/authentication/authenticator.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type RunningApi, startApi } from "./start-api.js";

/** Lets in by the name of a role for a token. */
class RoleTokens extends Authenticator {
  override caller({ authorization = "" }: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    const [, role] = /^Bearer (operator|admin|support)\d*$/.exec(authorization) ?? [];
    if (role === undefined) return Promise.reject(new Refused(httpRefusal("UNAUTHENTICATED")));
    return Promise.resolve({ actor: `key:${role}`, roles: [role as Role], providerId: null, customerId: null });
  }
}

let bench: Bench;
const opened: RunningApi[] = [];
beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => {
  for (const api of opened) await api.close();
  await bench.stop();
});

const open = async (changes: Partial<FrontDoorConfiguration>): Promise<RunningApi> => {
  const { eventStoreUrl, databaseUrl } = bench;
  const door = { ...LOOPBACK_DOOR, ...changes };
  const configuration = { eventStoreUrl, databaseUrl, port: 0, testClock: true, door };
  const api = await startApi(configuration, () => undefined, [], new RoleTokens(), {
    stillValid: () => Promise.resolve(true),
  });
  opened.push(api);
  return api;
};

type Headers = Readonly<Record<string, string>>;
interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** As it is, with whatever host it names. @param cert of the server, where it speaks TLS */
const ask = (port: number, method: string, path: string, headers: Headers, cert?: string, body?: string) =>
  new Promise<Answer>((resolve, reject) => {
    const options = { port, path, method, headers, host: "127.0.0.1" };
    const make = cert === undefined ? plainRequest : tlsRequest;
    const sent = make({ ...options, ...(cert !== undefined && { ca: cert, servername: HOST }) }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });

const HOST = "billing.example";
const PUBLIC = `https://${HOST}`;
const OWN: Headers = { "tenure-request": "1" };
const operator = (number = ""): Headers => ({ authorization: `Bearer operator${number}` });
const SESSION = "/session";

describe("a public name", () => {
  const own = certifiedFor(HOST);
  let api: RunningApi;
  beforeAll(async () => {
    api = await open({ publicUrl: PUBLIC, tls: own });
  });
  const at = (host: string, method = "GET", path = SESSION, headers: Headers = {}, body?: string) =>
    ask(api.port, method, path, { ...OWN, ...operator(), host, ...headers }, own.cert, body);

  it("is the only one that requests come by, over TLS", async () => {
    expect(api.url).toBe("https://billing.example/graphql");
    for (const host of [HOST, "BILLING.example", "billing.example:443"]) expect((await at(host)).status).toBe(200);
    for (const host of [
      "localhost",
      "127.0.0.1",
      "evil.example",
      "billing.example.evil.example",
      "billing.example:80",
    ]) {
      expect((await at(host)).status, host).toBe(403);
    }
    const forwarded = await at("evil.example", "GET", SESSION, { "x-forwarded-host": HOST });
    expect(forwarded.status).toBe(403);
    await expect(ask(api.port, "GET", "/live", { host: HOST })).rejects.toThrow();
  });

  it("lets probes come by any", async () => {
    for (const path of ["/live", "/ready"]) expect((await at("10.0.0.1", "GET", path)).status, path).toBe(200);
    for (const path of ["/health", "/metrics"]) expect((await at("10.0.0.1", "GET", path)).status, path).toBe(403);
  });

  it("is the only origin of pages", async () => {
    const from = async (origin: string) => (await at(HOST, "POST", SESSION, { origin })).status;
    expect(await from(PUBLIC)).toBe(200);
    for (const origin of ["http://billing.example", "https://www.billing.example", "https://billing.example:444"]) {
      expect(await from(origin), origin).toBe(403);
    }
  });

  it("gives cookies that no other host can set, and that go over TLS only", async () => {
    const { headers } = await at(HOST, "POST");
    const [given = ""] = headers["set-cookie"] ?? [];
    expect(given.replace(/=[\w-]{43};/, "=…;")).toBe(
      "__Host-tenure-session=…; Path=/; HttpOnly; Secure; SameSite=Strict",
    );
    const [cookie = ""] = given.split(";");
    expect((await ask(api.port, "GET", SESSION, { ...OWN, host: HOST, cookie }, own.cert)).status).toBe(200);
    const plain = cookie.replace("__Host-", "");
    expect((await ask(api.port, "GET", SESSION, { ...OWN, host: HOST, cookie: plain }, own.cert)).status).toBe(401);
  });

  it("is where links lead, whatever a request says", async () => {
    const { id } = await bench.client.run("createCustomer", { contact: { name: "John Doe" }, currency: "USD" });
    const query = JSON.stringify({ query: `{ customer(id: "${id}") { statementUrl } }` });
    const json = { "content-type": "application/json", "x-forwarded-host": "evil.example" };
    const { text } = await at(HOST, "POST", "/graphql", json, query);
    const { provider } = (await bench.client.query("{ provider { id } }")) as { provider: { id: string } };
    const statementUrl = `${PUBLIC}/documents/${provider.id}/statements/${id}.pdf`;
    expect(JSON.parse(text)).toEqual({ data: { customer: { statementUrl } } });
  });
});

describe("a proxy that does TLS", () => {
  it("is asked for: requests that did not come through it, or came to it in the clear, are refused", async () => {
    const behind = await open({ publicUrl: PUBLIC, trustedProxies: ["127.0.0.1"] });
    const elsewhere = await open({ publicUrl: PUBLIC, trustedProxies: ["10.0.0.0/8"] });
    const status = async (api: RunningApi, headers: Headers = {}, path = SESSION) =>
      (await ask(api.port, "GET", path, { ...OWN, ...operator(), host: HOST, ...headers })).status;
    expect(await status(behind)).toBe(200);
    expect(await status(behind, { "x-forwarded-proto": "https" })).toBe(200);
    expect(await status(behind, { "x-forwarded-proto": "http" })).toBe(403);
    expect(await status(elsewhere)).toBe(403);
    expect(await status(elsewhere, { "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https" })).toBe(403);
    expect(await status(elsewhere, {}, "/ready")).toBe(200);
  });
});

describe("limits", () => {
  const told = ({ status, headers, text }: Answer) => {
    const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
    const seconds = Number(headers["retry-after"]);
    return [status, errors?.[0]?.extensions.code, seconds >= 1 && seconds <= 60];
  };
  const LIMITED = [429, "RATE_LIMITED", true];

  it("count the requests of a key by itself, and those without one by address", async () => {
    const api = await open({ requestsPerMinute: 3 });
    const get = (headers: Headers) => ask(api.port, "GET", SESSION, { ...OWN, ...headers });
    for (let sent = 1; sent <= 3; sent += 1) expect((await get(operator("1"))).status).toBe(200);
    expect(told(await get(operator("1")))).toEqual(LIMITED);
    expect((await get(operator("2"))).status).toBe(200);
    for (let sent = 1; sent <= 3; sent += 1) expect((await get({})).status).toBe(401);
    // Nobody is believed to be somebody else's proxy.
    expect(told(await get({ "x-forwarded-for": "10.0.0.9" }))).toEqual(LIMITED);
    expect((await ask(api.port, "GET", "/live", {})).status).toBe(200);
  });

  it("count failed sign-ins by the address that a trusted proxy tells, and keep out nobody who was let in", async () => {
    const api = await open({ failuresPerMinute: 2, trustedProxies: ["127.0.0.1"] });
    const graphql = (from: string, headers: Headers) => {
      const path = `/graphql?query=${encodeURIComponent("{ provider { __typename } }")}`;
      return ask(api.port, "GET", path, { ...headers, "x-forwarded-for": from });
    };
    expect((await graphql("10.0.0.1", operator("1"))).status).toBe(200);
    for (const token of ["a", "b"]) {
      expect((await graphql("10.0.0.1", { authorization: `Bearer ${token}` })).status, token).toBe(401);
    }
    expect(told(await graphql("10.0.0.1", { authorization: "Bearer c" }))).toEqual(LIMITED);
    expect(told(await graphql("10.0.0.1", operator("2")))).toEqual(LIMITED);
    // The last address that is no proxy's counts: what stands before it, its sender wrote.
    expect(told(await graphql("10.0.0.7, 10.0.0.1", { authorization: "Bearer c" }))).toEqual(LIMITED);
    expect((await graphql("10.0.0.1", operator("1"))).status).toBe(200);
    expect((await graphql("10.0.0.2", { authorization: "Bearer c" })).status).toBe(401);
  });
});

describe("health and metrics", () => {
  it("say whether it serves to whoever asks, and the rest to operators", async () => {
    const api = await open({});
    const get = async (path: string, headers: Headers) => {
      const { status, text } = await ask(api.port, "GET", path, headers);
      return [status, text.startsWith("{") ? Object.keys(JSON.parse(text) as object) : text.slice(0, 6)];
    };
    const admin = { authorization: "Bearer admin" };
    const brief = [200, ["live", "ready"]];
    expect(await get("/live", {})).toEqual([200, ["live"]]);
    expect(await get("/ready", {})).toEqual([200, ["ready", "eventStore", "database"]]);
    expect(await get("/health", {})).toEqual(brief);
    expect(await get("/health", admin)).toEqual(brief);
    const all = ["live", "ready", "eventStore", "database", "projections", "stalls"];
    expect(await get("/health", operator())).toEqual([200, all]);
    expect(await get("/metrics", {})).toEqual([401, ["errors"]]);
    expect(await get("/metrics", admin)).toEqual([403, ["errors"]]);
    expect(await get("/metrics", operator())).toEqual([200, "# HELP"]);
  });

  it("are told without a key on a port of their own", async () => {
    const { monitoringPort } = await open({ monitoringPort: 0 });
    const get = (path: string) => ask(monitoringPort ?? 0, "GET", path, {});
    expect(Object.keys(JSON.parse((await get("/health")).text) as object)).toContain("projections");
    expect((await get("/metrics")).text).toContain("tenure_commands_total");
    expect([(await get("/live")).status, (await get("/ready")).status, (await get("/graphql")).status]).toEqual([
      200, 200, 404,
    ]);
  });
});

it("serves the page for trying operations, and says so in the console's page, or nothing is there", async () => {
  const { port } = await open({ graphqlPage: false });
  const shown = async (path: string) => {
    const { status, text } = await ask(port, "GET", path, { accept: "text/html" });
    return [status, /tenure-graphql-page" content="(\w+)"/.exec(text)?.[1]];
  };
  expect(await shown("/customers")).toEqual([200, "no"]);
  for (const path of ["/altair", "/altair/", "/altair/styles.css"]) expect(await shown(path)).toEqual([404, undefined]);
  const { text } = await ask(Number(new URL(bench.url).port), "GET", "/", { accept: "text/html" });
  expect(text).toContain('tenure-graphql-page" content="yes"');
});

it("every answer has the headers that keep browsers from mistakes, and none that opens it to other origins", async () => {
  const { url } = bench;
  for (const path of [
    "/",
    "/assets/nothing.js",
    "/customers/of/nobody",
    "/graphql",
    "/live",
    "/nowhere",
    "/altair/",
    SESSION,
  ]) {
    const { headers } = await fetch(new URL(path, url), { headers: { origin: new URL(url).origin } });
    expect(
      ["x-content-type-options", "x-frame-options", "referrer-policy"].map((name) => headers.get(name)),
      path,
    ).toEqual(["nosniff", "DENY", "no-referrer"]);
    expect(headers.get("content-security-policy"), path).toMatch(/default-src '(none|self)'.*frame-ancestors 'none'/);
    expect(
      [...headers.keys()].filter((name) => name.startsWith("access-control-")),
      path,
    ).toEqual([]);
    expect(headers.get("strict-transport-security"), path).toBeNull();
  }
});
