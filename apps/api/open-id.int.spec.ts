import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LOOPBACK_DOOR } from "#configuration/front-door.js";
import { NobodyAsked } from "./http/authentication/nobody-asked.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { CookieBrowser } from "./spec-support/cookie-browser.js";
import { CLIENT, type OpenIdProvider, type Said, startOpenIdProvider } from "./spec-support/open-id-provider.js";
import { type RunningApi, startApi } from "./start-api.js";

const START = Date.now();
const MINUTE = 60_000;

let bench: Bench;
let provider: OpenIdProvider;
let api: RunningApi;
let now = START;
const logged: string[] = [];

const open = (issuer: string): Promise<RunningApi> => {
  const { eventStoreUrl, databaseUrl } = bench;
  const door = { ...LOOPBACK_DOOR, openId: { issuer, ...CLIENT } };
  return startApi(
    { eventStoreUrl, databaseUrl, port: 0, testClock: true, door },
    (event, fields) => logged.push(`${event} ${JSON.stringify(fields)}`),
    [],
    new NobodyAsked(),
    { now: () => new Date(now) },
  );
};
beforeAll(async () => {
  bench = await startBench();
  provider = await startOpenIdProvider();
  api = await open(provider.issuer);
});
afterAll(async () => {
  await api.close();
  await provider.stop();
  await bench.stop();
});
beforeEach(() => {
  now = START;
});

const newBrowser = (): CookieBrowser => new CookieBrowser(() => api.url, provider);

const anna: Said = { claims: { sub: "anna", tenure_roles: ["csr", "unknown"] } };
const ANNA = { actor: "oidc:anna", roles: ["csr"], providerId: expect.any(String) as string, customerId: null };

describe("signing in at an OpenID provider", () => {
  it("leads there and back, with a session by the claims", async () => {
    const browser = newBrowser();
    const there = await browser.get("/session/oidc");
    const { origin, searchParams } = new URL(there.location);
    expect([there.status, origin]).toEqual([303, provider.issuer]);
    const { state, nonce, code_challenge, ...asked } = Object.fromEntries(searchParams);
    expect([state, nonce, code_challenge].every((random) => /^[\w-]{43}$/.test(random ?? ""))).toBe(true);
    expect(asked).toEqual({
      redirect_uri: new URL("/session/oidc/callback", api.url).href,
      scope: "openid email",
      code_challenge_method: "S256",
      client_id: "tenure",
      response_type: "code",
    });
    expect(browser.lastSet.map((given) => given.replace(/=[\w-]{43};/, "=…;"))).toEqual([
      "tenure-sign-in=…; Max-Age=600; Path=/; HttpOnly; SameSite=Lax",
    ]);
    const back = await browser.get(await provider.signIn(there.location, anna));
    expect([back.status, back.location]).toEqual([303, "/"]);
    expect([...browser.cookies.keys()]).toEqual(["tenure-session"]);
    expect(await browser.who()).toEqual(ANNA);
    expect((await browser.get("/")).text).toContain('<meta name="tenure-openid" content="yes" />');
  });

  it("ends any session from before", async () => {
    const browser = newBrowser();
    await browser.signIn(anna);
    const before = browser.cookies.get("tenure-session") ?? "";
    await browser.signIn({ claims: { sub: "bob", tenure_roles: "operator" } });
    expect(await browser.who()).toEqual({ actor: "oidc:bob", roles: ["operator"], providerId: null, customerId: null });
    const thief = newBrowser();
    thief.cookies.set("tenure-session", before);
    expect(await thief.who()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });

  it.each<[string, Said]>([
    ["has no role here", { claims: { sub: "anna" } }],
    ["mixes self-care with other roles", { claims: { sub: "anna", tenure_roles: ["self-care", "csr"] } }],
    ["comes by a token of another issuer", { claims: { ...anna.claims, iss: "http://evil.example" } }],
    ["comes by a token for another client", { claims: { ...anna.claims, aud: "another" } }],
    ["comes by a token for another sign-in", { claims: { ...anna.claims, nonce: "another" } }],
    ["comes by a token that has expired", { ...anna, expiresIn: -60 }],
    ["comes by a token that nobody signed", { ...anna, unsigned: true }],
    ["comes by a token that another key signed", { ...anna, foreignKey: true }],
  ])("lets nobody in who %s", async (_, said) => {
    const browser = newBrowser();
    expect(await browser.signIn(said)).toBe("/#refused");
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  it("counts once: the way back cannot be taken again, nor by another browser", async () => {
    const [browser, thief] = [newBrowser(), newBrowser()];
    const { location } = await browser.get("/session/oidc");
    const back = await provider.signIn(location, anna);
    expect((await thief.get(back)).location).toBe("/#refused");
    const cookie = browser.cookies.get("tenure-sign-in") ?? "";
    expect((await browser.get(back)).location).toBe("/");
    thief.cookies.set("tenure-sign-in", cookie);
    expect((await thief.get(back)).location).toBe("/#refused");
    expect(await thief.who()).toBeNull();
  });

  it("refuses an answer to another sign-in, and one without a code", async () => {
    const [browser, other] = [newBrowser(), newBrowser()];
    await browser.get("/session/oidc");
    const foreign = await provider.signIn((await other.get("/session/oidc")).location, anna);
    expect((await browser.get(foreign)).location).toBe("/#refused");
    await browser.get("/session/oidc");
    expect((await browser.get("/session/oidc/callback?error=access_denied")).location).toBe("/#refused");
  });

  it("takes ten minutes at most", async () => {
    const browser = newBrowser();
    const { location } = await browser.get("/session/oidc");
    const back = await provider.signIn(location, anna);
    now += 10 * MINUTE;
    expect((await browser.get(back)).location).toBe("/#refused");
  });

  it("says that it is not possible while the provider does not answer", async () => {
    const own = api;
    api = await open("http://127.0.0.1:1");
    expect((await newBrowser().get("/session/oidc")).location).toBe("/#unavailable");
    await api.close();
    api = own;
  });

  it("works after the provider changed its keys", async () => {
    await provider.rotate();
    // The library fetches keys again once those that it has are a minute old; another process has none.
    const other = await open(provider.issuer);
    const own = api;
    api = other;
    const browser = newBrowser();
    expect(await browser.signIn(anna)).toBe("/");
    expect(await browser.who()).toEqual(ANNA);
    api = own;
    await other.close();
  });

  it("tells the log why, and nothing of what was sent", () => {
    expect(logged.some((line) => line.startsWith("sign-in refused"))).toBe(true);
    expect(logged.join("\n")).not.toMatch(/hush|tenure_roles":|eyJ/);
  });
});
