import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client, type Client } from "../../support/graphql.js";
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from "../../../apps/api/spec-support/open-id-provider.js";
import { OPERATOR_TOKEN } from "../../support/operator-token.js";
import { type Stack, startStack } from "../../support/stack.js";
import { visit, type Visit } from "../chromium.js";

let stack: Stack;
let origin: string;
let desk: Client;
let customer: string;
/** Another site than the stack, in the eyes of a browser. */
let provider: OpenIdProvider;
let visitor: Visit;
let page: Page;

const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  visitor = await visit();
  ends.push(() => visitor.end());
  ({ page } = visitor);
  provider = await startOpenIdProvider("localhost");
  ends.push(() => provider.stop());
  const { clientId, clientSecret } = CLIENT;
  const asClient = { TENURE_OIDC_CLIENT_ID: clientId, TENURE_OIDC_CLIENT_SECRET: clientSecret };
  stack = await startStack({ environment: { TENURE_OIDC_ISSUER: provider.issuer, ...asClient } });
  ends.push(() => stack.stop());
  ({ origin } = new URL(stack.url));
  desk = client(stack.url, (await client(stack.url).mutate("createProvider", { name: "Northern Telecom" })).id);
  customer = (await desk.mutate("createCustomer", { currency: "USD", contact: { name: "Acme" } })).id;
});
afterAll(async () => {
  for (const end of ends) await end();
});

/** Every request of the page until the work is done, as the server sees it. */
const requestsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const seen: string[] = [];
  const note = (request: { method(): string; url(): string }): void => {
    seen.push(`${request.method()} ${request.url().replace(origin, "")}`);
  };
  page.on("request", note);
  await work();
  page.off("request", note);
  return seen;
};
/** Every address that the browser's history knows. */
const history = async (): Promise<string> => {
  const devTools = await page.context().newCDPSession(page);
  const { entries } = await devTools.send("Page.getNavigationHistory");
  await devTools.detach();
  return entries.map(({ url, userTypedURL }) => `${url} ${userTypedURL}`).join("\n");
};
/** Asked by a script in the page, as a page of ours would: by the cookie alone. */
const viewer = (): Promise<unknown> =>
  page.evaluate(`fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "tenure-request": "1" },
    body: JSON.stringify({ query: "{ viewer { actor roles customer { id } } }" }),
  }).then((response) => response.json())`);
const says = async (sentence: string): Promise<void> => {
  await expect.poll(() => page.getByRole("status").textContent()).toBe(sentence);
};
/** Names of the forms that are to be seen. */
const forms = (): Promise<unknown> =>
  page.evaluate("[...document.forms].filter((form) => form.checkVisibility()).map((form) => form.ariaLabel)");
const BOTH_FORMS = ["Token", "E-mail address"];
/** In the frame that stays around every page. */
const signedIn = (): Promise<void> => page.getByRole("button", { name: /^Signed in as/ }).waitFor();
/** As in a window of its own: an address that differs behind `#` only would not load the page again. */
const open = async (address: string): Promise<void> => {
  await page.goto("about:blank");
  await page.goto(address);
};

const signOut = async (): Promise<void> => {
  await open(`${origin}/#sign-out`);
  await says("You are signed out.");
};

/**
 * The address in the mail to somebody, once it has arrived. Workers take its port from TENURE_PORT, which is any free
 * one here.
 */
const linkTo = async (email: string): Promise<string> => {
  const [, folder = ""] = /^ +Mails +written to (.+) as \.eml files/m.exec(stack.output()) ?? [];
  let found: string | undefined;
  const read = async (): Promise<string | undefined> => {
    for (const file of await readdir(folder).catch(() => [])) {
      const { to, text = "" } = await simpleParser(await readFile(join(folder, file)));
      if (JSON.stringify(to).includes(email)) found = /http\S+\/(#link=tnl_\S+)/.exec(text)?.[1];
    }
    return found;
  };
  await expect.poll(read).toBeDefined();
  return `${origin}/${found ?? ""}`;
};

describe("signing in to the console, in Chromium", () => {
  it("offers both ways to who comes by nothing", async () => {
    await open(origin);
    await says("Sign in.");
    expect(await forms()).toEqual(BOTH_FORMS);
  });

  it("exchanges a token in the address for a session, and keeps it out of requests, address and history", async () => {
    const requests = await requestsOf(async () => {
      await open(`${origin}/#token=${OPERATOR_TOKEN}`);
      await page.getByRole("button", { name: "Northern Telecom" }).click();
      await signedIn();
    });
    await expect.poll(() => page.title()).toBe("Work list – Northern Telecom – Tenure");
    const others = requests.filter((request) => !request.startsWith("GET /assets/"));
    expect(others.slice(0, 2)).toEqual(["GET /", "POST /session"]);
    expect(requests.join()).not.toContain(OPERATOR_TOKEN);
    expect(await history()).not.toContain(OPERATOR_TOKEN);
    expect(await viewer()).toEqual({ data: { viewer: { actor: "local", roles: ["OPERATOR"], customer: null } } });
  });

  it("keeps the session where no script reads it, and no other site has it", async () => {
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path }))).toEqual([
      { name: "tenure-session", httpOnly: true, sameSite: "Strict", path: "/" },
    ]);
    await open(origin);
    await signedIn();
    expect(await page.evaluate("document.cookie")).toBe("");
    await open(origin.replace("127.0.0.1", "localhost"));
    await says("Sign in.");
  });

  it("signs out", async () => {
    await signOut();
    expect(await page.context().cookies()).toEqual([]);
    await open(origin);
    await says("Sign in.");
  });

  it("says that a token does not count, and takes another one by its form", async () => {
    await open(`${origin}/#token=${"no".repeat(20)}`);
    await says("This token does not count here, or no longer.");
    await page.getByLabel("Token", { exact: true }).last().fill(OPERATOR_TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Northern Telecom" }).click();
    await signedIn();
    expect(await viewer()).toMatchObject({ data: { viewer: { actor: "local" } } });
  });

  it("exchanges the link of a mail for a session of that person, in place of another's, and once", async () => {
    const invited = { customerId: customer, name: "Jane Doe", email: "jane@example.org" };
    const { id } = await desk.mutate("invitePerson", invited);
    const link = await linkTo("jane@example.org");
    const [, secret = ""] = link.split("#link=");
    const requests = await requestsOf(async () => {
      await open(link);
      await says("You are signed in.");
    });
    expect(`${requests.join()} ${await history()}`).not.toContain(secret);
    expect(await viewer()).toEqual({
      data: { viewer: { actor: `person:${id}`, roles: ["SELF_CARE"], customer: { id: customer } } },
    });
    await page.getByRole("link", { name: "Go on" }).click();
    await signedIn();
    await signOut();
    await open(link);
    await says("This link was used, or has expired. Ask for another one.");
    expect(await forms()).toEqual(BOTH_FORMS);
  });

  it("makes an account at the OpenID provider the person's own, who then comes in by it", async () => {
    const invited = { customerId: customer, name: "Joe Doe", email: "joe@example.org" };
    const { id } = await desk.mutate("invitePerson", invited);
    const joe = { data: { viewer: { actor: `person:${id}`, roles: ["SELF_CARE"], customer: { id: customer } } } };
    provider.expect({ claims: { sub: "joe" } });
    await open(await linkTo("joe@example.org"));
    await page.getByRole("link", { name: "From now on, sign in with your organisation" }).click();
    await signedIn();
    expect(await viewer()).toEqual(joe);
    await signOut();
    await page.getByRole("link", { name: "Sign in with your organisation" }).click();
    await signedIn();
    expect(await viewer()).toEqual(joe);
    await signOut();
    provider.expect({ claims: { sub: "a stranger" } });
    await page.getByRole("link", { name: "Sign in with your organisation" }).click();
    await says("You were not let in.");
  });

  it("has a link sent, and says the same whether the address is known or not", async () => {
    for (const email of ["jane@example.org", "nobody@example.org"]) {
      await signOut();
      await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
      await page.getByRole("button", { name: "Send me a link" }).click();
      await says("If the address is known here, a link is on its way to it.");
    }
  });

  it("runs under its policy: the browser complains of nothing but refusals", () => {
    const refusal = "Failed to load resource: the server responded with a status of 401 (Unauthorized)";
    expect([...new Set(visitor.complaints)]).toEqual([refusal]);
  });
});
