import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { linkHashOf, linkSecret } from "#application/people/link-secret.js";
import { streamName } from "#event-store/streams.js";
import { LOOPBACK_DOOR } from "#configuration/front-door.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";
import { CookieBrowser } from "./spec-support/cookie-browser.js";
import { CLIENT, type OpenIdProvider, type Said, startOpenIdProvider } from "./spec-support/open-id-provider.js";
import { OPERATOR_TOKEN } from "./spec-support/said-callers.js";
import { statementsOf } from "./spec-support/statements.js";

let bench: Bench;
let provider: OpenIdProvider;
let url: string;
/** A provider, as an operator sees it, with two customers. */
let desk: Client;
let acme: string;
let bolts: string;
let browser: CookieBrowser;

const LINK_ACCOUNT = "/session/oidc/account";

beforeAll(async () => {
  bench = await startBench();
  provider = await startOpenIdProvider();
  const door = { ...LOOPBACK_DOOR, openId: { issuer: provider.issuer, ...CLIENT } };
  ({ url } = await bench.api({ door, credentials: { by: "TOKEN", startToken: OPERATOR_TOKEN } }));
  desk = new Client(url, (await bench.provider()).providerId);
  const created = async (name: string) => (await desk.run("createCustomer", { contact: { name }, currency: "USD" })).id;
  acme = await created("Acme");
  bolts = await created("Bolts");
});
afterAll(async () => {
  await bench.stop();
  await provider.stop();
});
beforeEach(() => {
  browser = new CookieBrowser(() => url, provider);
});

const invite = async (email: string, customerId = acme): Promise<string> =>
  (await desk.run("invitePerson", { customerId, name: "Jane", email })).id;
/** As somebody has it who signed in by the link of the invitation. */
const withSession = async (personId: string): Promise<CookieBrowser> => {
  const [row] = await bench.dataSource.query<{ identifier_key: Uint8Array }[]>(
    "SELECT identifier_key FROM provider_secrets WHERE provider_id = $1",
    [desk.providerId],
  );
  const events = await recorded(personId);
  const { data } = events.find(({ type }) => type === "PersonLinkIssued") as { data: { linkId: string } };
  const secret = linkSecret(row?.identifier_key ?? new Uint8Array(), data.linkId);
  expect(data).toMatchObject({ secretHash: linkHashOf(secret) });
  const signedIn = new CookieBrowser(() => url, provider);
  const answer = await signedIn.post("/session", { "tenure-request": "1", authorization: `Bearer ${secret}` });
  expect(answer.status).toBe(200);
  return signedIn;
};
const recorded = (personId: string) => bench.store.readStream(streamName(desk.providerId ?? "", "person", personId));
const linkings = async (personId: string): Promise<unknown[]> =>
  (await recorded(personId))
    .filter(({ type }) => type === "PersonAccountLinked")
    .map(({ data, metadata: { actor } }) => ({ ...(data as object), actor }));
const subjectOf = async (personId: string): Promise<unknown> => {
  const { customer } = (await desk.query(
    `{ customer(id: "${acme}") { people(first: 100) { edges { node { id openIdSubject } } } } }`,
  )) as { customer: { people: { edges: { node: { id: string; openIdSubject: string | null } }[] } } };
  return customer.people.edges.find(({ node }) => node.id === personId)?.node.openIdSubject;
};
const person = (id: string, customerId = acme) => ({
  ...{ actor: `person:${id}`, roles: ["self-care"], providerId: desk.providerId, customerId },
});
const says = (sub: string, claims: object = {}): Said => ({ claims: { sub, ...claims } });
const today = (): string => new Date().toISOString().slice(0, 10);
const verified = (email: string) => ({ email, email_verified: true });

describe("an invited person with an account at the OpenID provider", () => {
  it("comes in by it once the provider says that it has verified the address of the invitation", async () => {
    const id = await invite("Vera@Example.org");
    const before = today();
    expect(await browser.signIn(says("vera", verified("vera@example.org")))).toBe("/");
    expect(await browser.who()).toEqual(person(id));
    const linked = await linkings(id);
    // Midnight may have passed.
    const effectiveOn = JSON.stringify(linked).includes(before) ? before : today();
    expect(linked).toEqual([
      {
        ...{ by: "VERIFIED_EMAIL", actor: `person:${id}`, effectiveOn },
        personal: { issuer: provider.issuer, subject: "vera" },
      },
    ]);
    // By its subject from now on, whatever its address is by then, and recorded once.
    expect(await browser.signIn(says("vera"))).toBe("/");
    expect(await browser.who()).toEqual(person(id));
    await expect.poll(() => subjectOf(id)).toBe("vera");
    expect(await browser.signIn(says("vera", verified("other@example.org")))).toBe("/");
    expect(await linkings(id)).toHaveLength(1);
  });

  it("does not come in by an address that the provider did not verify, or that is not the invitation's", async () => {
    const id = await invite("una@example.org");
    const claims: object[] = [
      { email: "una@example.org" },
      { email: "una@example.org", email_verified: false },
      { email: "una@example.org", email_verified: "true" },
      { email_verified: true },
      verified("eve@example.org"),
      verified("una@example.org\u0000"),
      {},
    ];
    for (const said of claims) {
      expect(await browser.signIn(says("eve", said)), JSON.stringify(said)).toBe("/#refused");
      expect(await browser.who()).toBeNull();
    }
    expect(await linkings(id)).toEqual([]);
  });

  it("does not come in by an address that people of several customers have", async () => {
    const ids = [await invite("twice@example.org"), await invite("twice@example.org", bolts)];
    expect(await browser.signIn(says("twice", verified("twice@example.org")))).toBe("/#refused");
    expect(await Promise.all(ids.map(linkings))).toEqual([[], []]);
  });

  it("makes an account its own from a session of its own, whatever its address", async () => {
    const id = await invite("sara@example.org");
    const own = await withSession(id);
    const before = own.cookies.get("tenure-session") ?? "";
    expect(await own.signIn(says("sara", { email: "sara@home.example" }), LINK_ACCOUNT)).toBe("/");
    expect(await own.who()).toEqual(person(id));
    expect(await linkings(id)).toMatchObject([{ by: "SESSION", personal: { subject: "sara" } }]);
    expect(await browser.signIn(says("sara"))).toBe("/");
    expect(await browser.who()).toEqual(person(id));
    // The session that it began with has ended.
    browser.cookies.set("tenure-session", before);
    expect(await browser.who()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    // Another account takes its place, and the first one opens nothing any more.
    expect(await own.signIn(says("sara-at-work"), LINK_ACCOUNT)).toBe("/");
    await expect.poll(() => subjectOf(id)).toBe("sara-at-work");
    expect(await browser.signIn(says("sara"))).toBe("/#refused");
  });

  it("links nothing without a session, and nothing as who is no person of a customer", async () => {
    expect(await browser.signIn(says("nobody"), LINK_ACCOUNT)).toBe("/#refused");
    await browser.post("/session", { "tenure-request": "1", authorization: `Bearer ${OPERATOR_TOKEN}` });
    expect(await browser.signIn(says("operator"), LINK_ACCOUNT)).toBe("/#refused");
  });

  it("cannot have an account that is another's, or has roles here", async () => {
    const [first, second] = [await invite("one@example.org"), await invite("two@example.org", bolts)];
    expect(await (await withSession(first)).signIn(says("shared"), LINK_ACCOUNT)).toBe("/");
    await expect.poll(() => subjectOf(first)).toBe("shared");
    const other = await withSession(second);
    expect(await other.signIn(says("shared"), LINK_ACCOUNT)).toBe("/#refused");
    expect(await other.signIn(says("staff", { tenure_roles: "csr" }), LINK_ACCOUNT)).toBe("/#refused");
    expect(await other.who()).toEqual(person(second, bolts));
    expect(await linkings(second)).toEqual([]);
  });

  it("is what its claims say where they give a role", async () => {
    await invite("csr@example.org");
    expect(await browser.signIn(says("anna", { tenure_roles: "csr", ...verified("csr@example.org") }))).toBe("/");
    expect(await browser.who()).toMatchObject({ actor: "oidc:anna", roles: ["csr"] });
  });

  it("is let in no more once it was removed, and its account is free", async () => {
    const id = await invite("gone@example.org");
    expect(await browser.signIn(says("gone", verified("gone@example.org")))).toBe("/");
    const session = browser.cookies.get("tenure-session") ?? "";
    await desk.run("removePerson", { personId: id, reason: "Left" });
    expect(await browser.signIn(says("gone", verified("gone@example.org")))).toBe("/#refused");
    browser.cookies.set("tenure-session", session);
    await expect.poll(() => browser.who()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    const again = await invite("gone@example.org");
    expect(await browser.signIn(says("gone", verified("gone@example.org")))).toBe("/");
    expect(await browser.who()).toEqual(person(again));
  });

  it("is listed with all of its customers in as many statements as with one", async () => {
    await invite("listed@example.org", bolts);
    const asked = (count: number) =>
      statementsOf(async () => {
        const customers = `customers(first: ${count}, sort: { by: CREATED, direction: DESC })`;
        const data = await desk.query(
          `{ ${customers} { edges { node { people(first: 100) { totalCount edges { node { email } } } } } } }`,
        );
        const { edges } = (data as { customers: { edges: { node: { people: { totalCount: number } } }[] } }).customers;
        expect(edges.map(({ node }) => node.people.totalCount > 0)).toEqual(Array(count).fill(true));
      });
    const one = await asked(1);
    expect(one.filter((statement) => statement.includes("people"))).toHaveLength(2);
    expect((await asked(2)).length).toBe(one.length);
  });

  it("is let in by what its stream says, also while projections stand still", async () => {
    const id = await invite("still@example.org");
    await bench.pauseProjections();
    try {
      expect(await browser.signIn(says("still", verified("still@example.org")))).toBe("/");
      expect(await browser.signIn(says("thief", verified("still@example.org")))).toBe("/#refused");
      expect(await linkings(id)).toMatchObject([{ personal: { subject: "still" } }]);
    } finally {
      bench.resumeProjections();
    }
  });
});
