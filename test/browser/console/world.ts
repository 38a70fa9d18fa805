import { type BrowserContextOptions, type Page } from "playwright-core";
import { expect } from "vitest";
import { type RunningFakeZendesk, startFakeZendesk } from "../../../apps/fakes/zendesk/server.js";
import { client, type Client } from "../../support/graphql.js";
import { OPERATOR_TOKEN } from "../../support/operator-token.js";
import { type Stack, startStack } from "../../support/stack.js";
import { freePort } from "../../../libs/embedded/ports.js";
import { visit, type Visit } from "../chromium.js";

/**
 * What the console's specs have in common: one stack, as `npm start` runs it, with the fake Zendesk and test clocks. It
 * is started when it is first asked for, and ends with the process of the run. Each spec takes a provider of its own,
 * so that none moves another's clock.
 *
 *   const { provider } = await world();
 *   const { desk, as } = await provider("Northern Telecom", "2020-08-01T12:00:00.000Z");
 *   const { page } = await as("CSR");
 *   await page.goto(`${origin}/customers`);
 */
export interface World {
  readonly stack: Stack;
  /** Of the console, without a slash at its end. */
  readonly origin: string;
  readonly zendesk: RunningFakeZendesk;
  /** Where SIP edges ask and tell, without a slash at its end. */
  readonly edges: string;
  /** A new provider with a test clock. @param now RFC 3339 */
  provider(name: string, now: string): Promise<WorldProvider>;
  /** The provider that there is from the start, which Zendesk is configured for: for one spec. @param now RFC 3339 */
  withZendesk(now: string): Promise<WorldProvider>;
}

export type WorldRole = "ADMIN" | "CSR" | "FINANCE" | "SUPPORT";

export interface WorldProvider {
  readonly id: string;
  readonly name: string;
  /** Gives commands as an operator. */
  readonly desk: Client;
  /** A browser in which somebody with this role is signed in; the same one each time, unless options are given. */
  as(role: WorldRole, options?: BrowserContextOptions): Promise<Visit>;
}

let started: Promise<World> | undefined;

export const world = (): Promise<World> => (started ??= start());

const start = async (): Promise<World> => {
  const zendesk = await startFakeZendesk();
  const edgePort = await freePort();
  const stack = await startStack({
    environment: {
      EDGE_LISTEN: String(edgePort),
      ZENDESK_ENABLE: "1",
      ZENDESK_API_URL: zendesk.url,
      ZENDESK_API_EMAIL_ADDRESS: zendesk.email,
      ZENDESK_API_TOKEN: zendesk.token,
    },
  });
  const { origin } = new URL(stack.url);
  const made = (id: string, name: string): WorldProvider => {
    const desk = client(stack.url, id);
    const visits = new Map<WorldRole, Promise<Visit>>();
    return {
      ...{ id, name, desk },
      as: (role, options) => {
        const known = options ? undefined : visits.get(role);
        const signedIn = known ?? signIn(origin, desk, role, options);
        if (!options) visits.set(role, signedIn);
        return signedIn;
      },
    };
  };
  return {
    stack,
    origin,
    zendesk,
    edges: `http://127.0.0.1:${edgePort}`,
    provider: async (name, now) => {
      const { id } = await client(stack.url).mutate("createProvider", { name });
      const provider = made(id, name);
      await provider.desk.mutate("setTestClock", { at: now });
      return provider;
    },
    withZendesk: async (now) => {
      const desk = client(stack.url);
      // Answered once queries know the provider, which has only just been made.
      await desk.mutate("setTestClock", { at: now });
      const { provider } = await desk.request<{ provider: { id: string; name: string } }>("{ provider { id name } }");
      return made(provider.id, provider.name);
    },
  };
};

const signIn = async (
  origin: string,
  desk: Client,
  role: WorldRole,
  options?: BrowserContextOptions,
): Promise<Visit> => {
  const key = { label: role, roles: [role], reason: "A browser of a spec" };
  const { secret } = await desk.mutate<{ readonly secret: string }>("grantKey", key, "secret");
  const visitor = await visit({ locale: "en-GB", ...options });
  await visitor.page.goto(`${origin}/#token=${secret}`);
  await inFrame(visitor.page);
  return visitor;
};

/** Once the frame of the console is there. */
export const inFrame = (page: Page): Promise<void> => page.getByRole("button", { name: /^Signed in as/ }).waitFor();

/**
 * Once something is drawn: looks in every frame, where Playwright's own waiting looks after 20, 70, 170, 270 and 770 ms
 * and so on. Not across loads of a page.
 * @param condition JavaScript, in the page
 */
export const untilDrawn = (page: Page, condition: string): Promise<void> =>
  page.evaluate<undefined>(`new Promise((done) => {
    const look = () => ((${condition}) ? done() : requestAnimationFrame(look));
    look();
  })`);

/** In the page: its heading is there, and nothing of it is awaited any more. */
export const SHOWN = `document.querySelector("#page h1") && !document.querySelector("#page [aria-busy=true]")`;

/** The operations that a page sends while something is done, by name. */
export const operationsOf = async (page: Page, work: () => Promise<unknown>): Promise<string[]> => {
  const seen: string[] = [];
  const note = (request: { url(): string; postData(): string | null }): void => {
    if (!request.url().endsWith("/graphql")) return;
    seen.push(/(?:query|mutation) (\w+)/.exec(request.postData() ?? "")?.[1] ?? "?");
  };
  page.on("request", note);
  try {
    await work();
  } finally {
    page.off("request", note);
  }
  return seen;
};

/** An operator's browser, which may advance the test clock. */
export const asOperator = async (origin: string, { name }: Pick<WorldProvider, "name">): Promise<Visit> => {
  const visitor = await visit({ locale: "en-GB" });
  await visitor.page.goto(`${origin}/#token=${OPERATOR_TOKEN}`);
  await visitor.page.getByRole("button", { name }).click();
  await inFrame(visitor.page);
  return visitor;
};

/** Nothing that the browser complained of, errors and violations of the policy among it. */
export const expectNoComplaints = ({ complaints }: Visit): void => {
  expect(complaints).toEqual([]);
};
