import { type IncomingHttpHeaders, request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Caller } from "#application/access/caller.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { bearerOf, type Credentials } from "./http/authentication/credentials.js";
import { Authenticator } from "./http/authentication/authenticator.js";
import { httpRefusal, Refused } from "./graphql/refusals.js";
import { type RunningApi, startApi } from "./start-api.js";

const ANNA: Caller = { actor: "key:anna", roles: ["operator"], providerId: null, customerId: null };

/** Lets in by the one token `anna`. */
class OneToken extends Authenticator {
  override caller({ authorization }: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    if (authorization === "Bearer anna") return Promise.resolve(ANNA);
    return Promise.reject(new Refused(httpRefusal("UNAUTHENTICATED")));
  }
}

/** After the clocks of other APIs in this file, which are the machine's: their sessions have ended by then. */
const START = Date.now() + 365 * 24 * 60 * 60_000;
const MINUTE = 60_000;

let bench: Bench;
let url: string;
let api: RunningApi;
let now = START;
let isAnnaValid = true;

beforeAll(async () => {
  bench = await startBench();
  const { eventStoreUrl, databaseUrl } = bench;
  api = await startApi(
    { eventStoreUrl, databaseUrl, port: 0, testClock: true, credentials: { by: "NOBODY" } },
    (event, fields) => bench.logged.push({ event, fields }),
    [],
    new OneToken(),
    { now: () => new Date(now), stillValid: () => Promise.resolve(isAnnaValid) },
  );
  ({ url } = api);
});
afterAll(async () => {
  await api.close();
  await bench.stop();
});
beforeEach(() => {
  now = START;
  isAnnaValid = true;
});

type Headers = Readonly<Record<string, string>>;
const OWN: Headers = { "tenure-request": "1" };
const BEARER: Headers = { authorization: "Bearer anna" };
const JSON_BODY: Headers = { "content-type": "application/json" };

const ask = async (method: string, path: string, headers: Headers, body?: string) => {
  const response = await fetch(new URL(path, url), { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? null : (JSON.parse(text) as unknown),
  };
};
/** Status, and the code of a refusal. */
const outcome = async (method: string, path: string, headers: Headers, body?: string): Promise<string> => {
  const answer = await ask(method, path, headers, body);
  const { errors } = (answer.body ?? {}) as { errors?: { extensions: { code: string } }[] };
  return [answer.status, ...(errors ?? []).map(({ extensions }) => extensions.code)].join(" ");
};
const query = JSON.stringify({ query: "{ provider { __typename } }" });
const graphql = (headers: Headers) => outcome("POST", "/graphql", { ...JSON_BODY, ...headers }, query);

/** Signs in by the token. @returns the header with the cookie */
const signIn = async (): Promise<{ readonly cookie: string }> => {
  const { status, headers } = await ask("POST", "/session", { ...OWN, ...BEARER });
  expect(status).toBe(200);
  return {
    cookie: headers
      .getSetCookie()
      .map((given) => given.split(";")[0])
      .join("; "),
  };
};
const rows = () => bench.dataSource.query<{ count: string }[]>("SELECT count(*) FROM sessions");

describe("a session", () => {
  it("is made of a token, told by GET and ended by DELETE", async () => {
    const made = await ask("POST", "/session", { ...OWN, ...BEARER });
    const [given = ""] = made.headers.getSetCookie();
    expect(given.replace(/=[\w-]{43};/, "=…;")).toBe("tenure-session=…; Path=/; HttpOnly; SameSite=Strict");
    expect([made.status, made.body, made.headers.get("cache-control")]).toEqual([200, ANNA, "no-store"]);
    const cookie = given.split(";")[0] ?? "";
    expect((await ask("GET", "/session", { ...OWN, cookie })).body).toEqual(ANNA);
    const ended = await ask("DELETE", "/session", { ...OWN, cookie });
    expect([ended.status, ended.headers.getSetCookie()]).toEqual([
      204,
      ["tenure-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"],
    ]);
    expect(await outcome("GET", "/session", { ...OWN, cookie })).toBe("401 UNAUTHENTICATED");
    expect(await graphql({ ...OWN, cookie })).toBe("401 UNAUTHENTICATED");
  });

  it("is kept as a hash: its id is nowhere in the table", async () => {
    const { cookie } = await signIn();
    const [, id = ""] = cookie.split("=");
    const found = await bench.dataSource.query<{ row: string }[]>("SELECT to_jsonb(s)::text AS row FROM sessions s");
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ row }) => row).join()).not.toContain(Buffer.from(id, "base64url").toString("hex"));
    expect(found.map(({ row }) => row).join()).not.toContain(id);
  });

  it("is replaced when the browser signs in again: the one before ends", async () => {
    const { cookie } = await signIn();
    const again = await ask("POST", "/session", { ...OWN, ...BEARER, cookie });
    expect(again.status).toBe(200);
    expect(again.headers.getSetCookie()[0]).not.toContain(cookie);
    expect(await graphql({ ...OWN, cookie })).toBe("401 UNAUTHENTICATED");
  });

  it("is made of a token only, and never of a session", async () => {
    const { cookie } = await signIn();
    expect(await outcome("POST", "/session", OWN)).toBe("401 UNAUTHENTICATED");
    expect(await outcome("POST", "/session", { ...OWN, cookie })).toBe("401 UNAUTHENTICATED");
    expect(await outcome("POST", "/session", { ...OWN, authorization: "Bearer bob" })).toBe("401 UNAUTHENTICATED");
  });

  it("ends 30 minutes after its last use", async () => {
    const session = { ...OWN, ...(await signIn()) };
    for (let used = 1; used <= 3; used += 1) {
      now += 29 * MINUTE;
      expect(await graphql(session)).toBe("200");
    }
    now += 30 * MINUTE;
    expect(await graphql(session)).toBe("401 UNAUTHENTICATED");
    now -= 20 * MINUTE;
    const other = { ...OWN, ...(await signIn()) };
    expect(await graphql(other)).toBe("200");
  });

  it("ends 12 hours after it began, however much it is used", async () => {
    const session = { ...OWN, ...(await signIn()) };
    for (now += 29 * MINUTE; now < START + 12 * 60 * MINUTE; now += 29 * MINUTE) {
      expect(await graphql(session)).toBe("200");
    }
    now = START + 12 * 60 * MINUTE;
    expect(await graphql(session)).toBe("401 UNAUTHENTICATED");
  });

  it("ends within five seconds once the credential behind it is revoked, for good", async () => {
    const session = { ...OWN, ...(await signIn()) };
    expect(await graphql(session)).toBe("200");
    isAnnaValid = false;
    now += 5_000;
    expect(await graphql(session)).toBe("401 UNAUTHENTICATED");
    isAnnaValid = true;
    now += 5_000;
    expect(await graphql(session)).toBe("401 UNAUTHENTICATED");
  });

  it("of the start's token ends where the process is started with another one, or with none", async () => {
    const restarted = async (credentials: Credentials) => (await bench.api({ credentials })).url;
    const first = { by: "TOKEN", startToken: "the-first-of-two-tokens-of-operators" } as const;
    const begin = async (at: string) => {
      const headers = { ...OWN, authorization: `Bearer ${first.startToken}` };
      const answer = await fetch(new URL("/session", at), { method: "POST", headers });
      return {
        ...OWN,
        cookie: answer.headers
          .getSetCookie()
          .map((given) => given.split(";")[0])
          .join("; "),
      };
    };
    const status = async (at: string, headers: Headers) => (await fetch(new URL("/session", at), { headers })).status;
    const before = await restarted(first);
    const session = await begin(before);
    expect(await status(before, session)).toBe(200);
    expect(await status(await restarted(first), session)).toBe(200);
    const others: Credentials[] = [
      { by: "TOKEN", startToken: "the-second-of-two-tokens-of-operators" },
      { by: "TOKEN" },
      { by: "NOBODY" },
    ];
    for (const credentials of others) {
      expect(await status(await restarted(credentials), await begin(before)), JSON.stringify(credentials)).toBe(401);
    }
    // One that was made while nobody was asked is none once somebody is.
    const unasked = await begin(await restarted({ by: "NOBODY" }));
    expect(await status(before, unasked)).toBe(401);
  });

  it("of a key that cannot be has ended", async () => {
    const { stillCounts } = bearerOf({ by: "TOKEN" }, { ...bench, log: () => undefined });
    expect(await stillCounts(ANNA)).toBe(false);
  });

  it("leaves no row for long: those that have ended go when the next one begins", async () => {
    await signIn();
    now += 13 * 60 * MINUTE;
    await signIn();
    expect(await rows()).toEqual([{ count: "1" }]);
  });
});

describe("requests by the cookie alone", () => {
  it("are refused for /graphql and /session, which a page of somebody else could have made", async () => {
    const session = await signIn();
    expect(await graphql(session)).toBe("403 FORBIDDEN");
    const byGet = `/graphql?query=${encodeURIComponent("{ provider { id } }")}`;
    expect(await outcome("GET", byGet, session)).toBe("403 FORBIDDEN");
    for (const method of ["GET", "POST", "DELETE"]) {
      expect(await outcome(method, "/session", { ...session, ...BEARER }), method).toBe("403 FORBIDDEN");
    }
    expect(await graphql({ ...session, ...OWN })).toBe("200");
  });

  it("are answered for documents", async () => {
    const path = "/documents/00000000-0000-4000-8000-000000000000/invoices/00000000-0000-4000-8000-000000000000.pdf";
    expect(await outcome("GET", path, await signIn())).toBe("404 NOT_FOUND");
    expect(await outcome("GET", path, {})).toBe("401 UNAUTHENTICATED");
    expect(await outcome("GET", path, { cookie: "tenure-session=forged" })).toBe("401 UNAUTHENTICATED");
  });

  it("need no header with a token, and a token wins over a session", async () => {
    expect(await graphql(BEARER)).toBe("200");
    const session = await signIn();
    expect(await graphql({ ...BEARER, ...session })).toBe("200");
    expect(await graphql({ ...OWN, ...session, authorization: "Bearer bob" })).toBe("401 UNAUTHENTICATED");
    expect(await graphql({})).toBe("401 UNAUTHENTICATED");
  });
});

/** By what fetch does not let a program say: the host that is asked for, and what a browser says of the page. */
const statusFrom = (method: string, path: string, headers: Headers): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request({ port: new URL(url).port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });

describe("requests of other sites", () => {
  const from = (site: string, mode = "cors", dest = "empty"): Headers => ({
    "sec-fetch-site": site,
    "sec-fetch-mode": mode,
    "sec-fetch-dest": dest,
  });

  it("are refused by their origin, whatever they carry; another port is another origin", async () => {
    const { origin } = new URL(url);
    expect(await graphql({ ...BEARER, origin })).toBe("200");
    for (const other of ["https://evil.example", "null", "http://127.0.0.1:1", origin.replace("http:", "https:")]) {
      expect(await graphql({ ...BEARER, ...OWN, origin: other }), other).toBe("403 FORBIDDEN");
    }
    const fromNeighbour = { ...BEARER, ...OWN, origin: "http://localhost:3000" };
    expect(await outcome("POST", "/session", fromNeighbour)).toBe("403 FORBIDDEN");
  });

  it("are refused by what the browser says of their page, unless they open a page of ours", async () => {
    const path = `/graphql?query=${encodeURIComponent("{ provider { id } }")}`;
    expect(await statusFrom("GET", path, { ...BEARER, ...from("same-origin") })).toBe(200);
    expect(await statusFrom("GET", path, { ...BEARER, ...from("none", "navigate", "document") })).toBe(200);
    for (const site of ["cross-site", "same-site"]) {
      expect(await statusFrom("GET", path, { ...BEARER, ...from(site) }), site).toBe(403);
      expect(await statusFrom("GET", path, { ...BEARER, ...from(site, "navigate", "document") }), site).toBe(403);
      expect(await statusFrom("POST", "/session", { ...BEARER, ...OWN, ...from(site, "navigate", "document") })).toBe(
        403,
      );
      expect(await statusFrom("GET", "/altair/", from(site, "navigate", "document"))).toBe(200);
      expect(await statusFrom("GET", "/altair/", from(site, "navigate", "iframe"))).toBe(403);
      expect(await statusFrom("GET", "/altair/styles.css", from(site, "no-cors", "style"))).toBe(403);
    }
  });

  it("are refused by the host that they name", async () => {
    for (const host of ["tenure.example", "127.0.0.1.evil.example", "localhost@evil.example"]) {
      expect(await statusFrom("POST", "/session", { ...OWN, ...BEARER, host }), host).toBe(403);
    }
    expect(await statusFrom("GET", "/session", { ...OWN, ...BEARER, host: "LOCALHOST:1" })).toBe(200);
  });
});
