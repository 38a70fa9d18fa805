import { AxeBuilder } from "@axe-core/playwright";
import { unzipSync } from "fflate";
import { type FrameLocator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { packageFiles, zipped } from "../../apps/zendesk-app/package/package.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../../apps/fakes/zendesk/server.js";
import { tellStory } from "../../libs/application/spec-support/story.js";
import { client, type Client } from "../support/graphql.js";
import { type Stack, startStack } from "../support/stack.js";
import { visit, type Visit } from "./chromium.js";
import { type Place, startZendeskHost, type ZendeskHost } from "./zendesk-host/host.js";
import { type Proxied } from "./zendesk-host/proxy.js";

/* The app inside Zendesk as it is packaged, in a page that speaks Zendesk's protocol, with a whole Tenure behind it. */

let fake: RunningFakeZendesk;
let stack: Stack;
let tenure: string;
let desk: Client;
/** The customer ABC company, and the organization that Zendesk had before. */
let customer: string;
let organization: string;
/** An organization that no customer is. */
let stranger: { readonly id: number; readonly name: string };
let secret: string;
let host: ZendeskHost;

const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  fake = await startFakeZendesk();
  ends.push(() => fake.close());
  organization = String(await organizationOf("ABC company"));
  stranger = { id: await organizationOf("Some company"), name: "Some company" };
  // Its name is taken in Zendesk: nobody has linked it.
  await organizationOf("Jane Roe");
  stack = await startStack({
    environment: {
      ZENDESK_ENABLE: "1",
      ZENDESK_API_URL: fake.url,
      ZENDESK_API_EMAIL_ADDRESS: fake.email,
      ZENDESK_API_TOKEN: fake.token,
    },
  });
  ends.push(() => stack.stop());
  tenure = new URL(stack.url).origin;
  desk = client(stack.url);
  await desk.mutate("setTestClock", { at: "2020-08-01T12:00:00.000Z" });
  const run = (name: string, input: object): Promise<{ readonly id: string }> => desk.mutate(name, input);
  const { offerId, mainProductId } = await tellStory({ run });
  customer = (await run("createCustomer", { currency: "USD", contact: { name: "ABC company" } })).id;
  await run("createCustomer", { currency: "USD", contact: { name: "Jane Roe" } });
  const account = { customerId: customer, identifier: "abc-4711", mainProductId };
  const { id: accountId } = await run("openAccount", account);
  await run("assignOffer", { accountId, offerId });
  await desk.mutate("advanceTestClock", { to: "2020-10-02T12:00:00.000Z" });
  const key = { label: "Zendesk", roles: ["ZENDESK_APP"], reason: "The app inside Zendesk" };
  ({ secret } = await desk.mutate<{ readonly secret: string }>("grantKey", key, "secret"));
  host = await hostFor("127.0.0.1", secret);
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** As somebody at Zendesk makes one. */
const organizationOf = async (name: string): Promise<number> => {
  const answer = await fetch(`${fake.url}/api/v2/organizations/create_or_update`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${fake.email}/token:${fake.token}`)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ organization: { name } }),
  });
  return ((await answer.json()) as { readonly organization: { readonly id: number } }).organization.id;
};

/** Pages of Zendesk that show the app, packaged for a host, with a key in its settings. */
const hostFor = async (name: string, key: string): Promise<ZendeskHost> => {
  const installation = { host: name, email: "support@example.com", version: "0.1.0" };
  const files = unzipSync(zipped(await packageFiles(process.cwd(), installation, "bundled")));
  const started = await startZendeskHost(files, { tenure_url: tenure }, { api_token: key });
  ends.push(() => started.stop());
  return started;
};

let visitor: Visit;
let page: Page;
let app: FrameLocator;
beforeEach(async () => {
  visitor = await visit({ viewport: { width: 500, height: 900 } });
  ({ page } = visitor);
  app = page.frameLocator("iframe[title=Tenure]");
});
afterEach(async () => {
  host.answer = null;
  await visitor.end();
});

const AGENT = { id: 7, name: "Alice Agent", locale: "en-GB" };
/** The page of an organization. */
const besideOrganization = (more: Partial<Place> = {}, currentUser: object = AGENT): Place => ({
  location: "organization_sidebar",
  properties: { organization: { id: Number(organization), name: "ABC company" }, currentUser },
  ...more,
});
/** The page of a ticket. */
const besideTicket = (of: object | null, more: Partial<Place> = {}, currentUser: object = AGENT): Place => ({
  location: "ticket_sidebar",
  properties: { "ticket.organization": of, currentUser },
  ...more,
});
const ABC = () => ({ id: Number(organization), name: "ABC company" });
const open = (place: Place, at = host) => page.goto(at.address(place));
const says = async (text: string): Promise<void> => {
  await app.getByText(text, { exact: true }).first().waitFor();
};
const search = async (text: string): Promise<void> => {
  await app.getByRole("searchbox", { name: "Customer name or account id" }).fill(text);
};
/** What is on the page, by line. */
const lines = async (): Promise<string[]> => (await app.locator("main").innerText()).split(/\n+/).filter(Boolean);
const hasFocus = (name: string) =>
  app
    .locator(":focus")
    .getByText(name)
    .or(app.locator(`:focus:text-is("${name}")`));

const NOT_LINKED = "ABC company is not linked to a customer.";

describe("a day with Zendesk, in the app", () => {
  it("step 3: an agent sees that the organization is linked to nobody, searches, and links it", async () => {
    await open(besideTicket(ABC()));
    await says(NOT_LINKED);
    await search("abc");
    await says("1 customer");
    await app.getByRole("button", { name: "Link ABC company" }).click();
    await says("Link ABC company to ABC company?");
    await app.getByRole("button", { name: "Cancel" }).click();
    // Nothing happened, and the focus is where it was.
    await app.locator(':focus:text-is("Link")').waitFor();
    await page.keyboard.press("Enter");
    await app.getByRole("group", { name: "Link ABC company to ABC company?" }).waitFor();
    await page.keyboard.press("Enter");
    await app.locator(':focus:text-is("ABC company")').waitFor();
    expect(await lines()).toEqual([
      "Linked.",
      "ABC company",
      "Active",
      "Balance",
      "US$0.00",
      "Commitments",
      "Turbo 1 GB",
      "Active",
      "Since 1 Aug 2020",
      "First day without discount: 1 Aug 2022",
      "Last invoices",
      "INV-000002",
      "US$15.00",
      "Issued 1 Oct 2020",
      "Unpaid",
      "Open: US$15.00 · Due 15 Oct 2020",
      "INV-000001",
      "US$15.00",
      "Issued 1 Sep 2020",
      "Overdue",
      "Open: US$15.00 · Due 15 Sep 2020",
      "Unlink",
    ]);
    // In Zendesk its external id and the customer's address are set, by a delivery. The worker does not know the port.
    await expect
      .poll(() => fake.state.organizations.get(Number(organization)))
      .toMatchObject({
        external_id: customer,
        organization_fields: { tenure_customer_url: expect.stringMatching(`/customers/${customer}$`) as string },
      });
    expect(visitor.complaints).toEqual([]);
  });

  it("step 8: an agent opens a ticket, and follows the link to the customer in Tenure", async () => {
    await open(besideTicket(ABC()));
    const link = app.getByRole("link", { name: "ABC company" });
    expect(await link.getAttribute("href")).toBe(`${tenure}/customers/${customer}`);
    expect(await link.getAttribute("target")).toBe("_blank");
    const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    expect(opened.url()).toBe(`${tenure}/customers/${customer}`);
    // The page that opens knows nothing of Zendesk's.
    expect(await opened.evaluate("[document.referrer, opener]")).toEqual(["", null]);
  });

  it("follows the ticket when an agent gives it another organization", async () => {
    await open(besideTicket(null));
    await says("This ticket belongs to no organization.");
    const assigned = JSON.stringify(ABC());
    await page.evaluate(`zendesk.properties["ticket.organization"] = ${assigned}`);
    await page.evaluate(`happened("ticket.organization.changed", ${assigned})`);
    await app.getByRole("link", { name: "ABC company" }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it("is recorded as the key's doing, with the agent's name as he claims it", async () => {
    const query = `{ customer(id: "${customer}") { zendesk { status organizationId linkedBy claimedAgent } } }`;
    expect(await desk.request(query)).toEqual({
      customer: {
        zendesk: {
          status: "LINKED",
          organizationId: organization,
          linkedBy: "ZENDESK_APP",
          claimedAgent: "Alice Agent",
        },
      },
    });
  });
});

/** A host's answer in place of Tenure's. */
const answered = (status: number, body: string) => () => ({ status, statusText: "As told", responseText: body });
const BAD_GATEWAY = answered(502, "<html><h1>502 Bad Gateway</h1></html>");
const UNREACHABLE = "Tenure cannot be reached.";

describe("what the app says when it cannot show anything", () => {
  it("Tenure cannot be reached; Retry shows the customer once it can", async () => {
    host.answer = BAD_GATEWAY;
    await open(besideOrganization());
    await says(UNREACHABLE);
    host.answer = null;
    await app.getByRole("button", { name: "Retry" }).click();
    await app.getByRole("link", { name: "ABC company" }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it("an answer that is not Tenure's is no answer", async () => {
    host.answer = answered(200, "<html>A captive portal</html>");
    await open(besideOrganization());
    await says(UNREACHABLE);
  });

  it("Tenure refused, with code and request", async () => {
    const refused = { message: "Something broke.", extensions: { code: "INTERNAL_ERROR", correlationId: "r-1" } };
    host.answer = answered(200, JSON.stringify({ data: null, errors: [refused] }));
    await open(besideOrganization());
    await says("Tenure refused: Something broke.");
    expect(await lines()).toEqual([
      "Tenure refused: Something broke.",
      "Code: INTERNAL_ERROR",
      "Request: r-1",
      "Retry",
    ]);
  });

  it("the package is for another host: Zendesk's proxy does not send", async () => {
    const elsewhere = await hostFor("elsewhere.example.com", secret);
    await open(besideOrganization(), elsewhere);
    await says(UNREACHABLE);
    expect(elsewhere.requested.map(({ url }) => url)).toEqual([`${tenure}/graphql`]);
  });

  it("the key does not count, or may not", async () => {
    const strange = await hostFor("127.0.0.1", "tnr_no-key-of-ours");
    await open(besideOrganization(), strange);
    await says("Tenure does not accept the key of this app. An administrator of Zendesk has to enter a new one.");
    const key = { label: "Partner", roles: ["PARTNER"], reason: "Signs customers up" };
    const { secret: partners } = await desk.mutate<{ readonly secret: string }>("grantKey", key, "secret");
    await open(besideOrganization(), await hostFor("127.0.0.1", partners));
    await says("The key of this app may not do this. It needs the scope zendesk-app.");
  });

  it("the page of Zendesk does not say what is open", async () => {
    await open({ location: "ticket_sidebar", properties: {} });
    await says("Zendesk does not say what is open.");
  });

  it("it is opened outside of Zendesk", async () => {
    await open(besideOrganization());
    const [, frame] = page.frames();
    await page.goto(new URL("iframe.html", frame?.url()).href);
    await page.getByText("This page works inside Zendesk only.").waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it("a refused link is told in the question, and asked again with the same key", async () => {
    await open(besideTicket(stranger));
    await search("jane");
    await app.getByRole("button", { name: "Link Jane Roe" }).click();
    const question = app.getByRole("group", { name: "Link Some company to Jane Roe?" });
    const keys: unknown[] = [];
    const attempt = async (answer: () => Proxied, says: string): Promise<void> => {
      host.answer = (requested) => {
        keys.push((JSON.parse(requested.data ?? "") as Sent).variables.input.idempotencyKey);
        return answer();
      };
      await question.getByRole("button", { name: "Link" }).click();
      await question.getByText(says).waitFor();
    };
    await attempt(BAD_GATEWAY, UNREACHABLE);
    await attempt(answered(200, JSON.stringify(ALREADY_LINKED)), "Tenure refused: It is linked.");
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it("a link that lists do not show yet is said to be recorded, and looked for again", async () => {
    await open(besideTicket(stranger));
    await search("jane");
    await app.getByRole("button", { name: "Link Jane Roe" }).click();
    host.answer = ({ data = "" }) => {
      if (!data.includes("mutation")) host.answer = null;
      const recorded = { linkZendeskOrganization: { visible: false } };
      return answered(
        200,
        JSON.stringify({ data: data.includes("mutation") ? recorded : { zendeskCustomer: null } }),
      )();
    };
    await app.getByRole("group").getByRole("button", { name: "Link" }).click();
    await app.getByText("Recorded. What is shown follows in a moment.").waitFor();
    await app.getByRole("searchbox").waitFor();
    const asked = host.requested.length;
    await app.getByRole("button", { name: "Reload" }).click();
    await expect.poll(() => host.requested.length).toBe(asked + 1);
    await app.getByRole("searchbox").waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

interface Sent {
  readonly variables: { readonly input: { readonly idempotencyKey: string } };
}

const ALREADY_LINKED = {
  data: { linkZendeskOrganization: null },
  errors: [{ message: "It is linked.", extensions: { code: "ALREADY_LINKED" } }],
};

describe("the key of the app", () => {
  it("never reaches a page: not by Zendesk's settings, messages, requests or what is shown", async () => {
    const sent: string[] = [];
    page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    await open(besideOrganization());
    await app.getByRole("link", { name: "ABC company" }).waitFor();
    const said = await page.evaluate("JSON.stringify([heard, told, zendesk])");
    const shown = await Promise.all(page.frames().map((frame) => frame.content()));
    expect([sent.join("\n"), String(said), ...shown].filter((text) => text.includes(secret))).toEqual([]);
    expect(sent.join("\n")).toContain("Bearer {{setting.api_token}}");
    // All that the page itself asks anybody for is its own files.
    const [, frame] = page.frames();
    const assets = new URL(frame?.url() ?? "").origin;
    const zendesk = new URL(page.url()).origin;
    expect([...new Set(sent.map((each) => new URL(each.split(" ")[0] ?? "").origin))].sort()).toEqual(
      [assets, zendesk].sort(),
    );
  });

  it("is not at the command of other pages: what they say to Zendesk's page, or to the app, is not heard", async () => {
    await open(besideTicket(null));
    await says("This ticket belongs to no organization.");
    host.requested.length = 0;
    const [, frame] = page.frames();
    const forged = JSON.stringify({ key: "zaf.ticket.organization.changed", message: ABC() });
    await frame?.evaluate(`window.postMessage(${JSON.stringify(forged)}, "*")`);
    // A second frame of the app's origin, which is not the one that Zendesk's page opened.
    await page.evaluate(`new Promise((loaded) => {
      const second = document.createElement("iframe");
      second.src = ${JSON.stringify(frame?.url())};
      second.addEventListener("load", loaded);
      document.body.append(second);
    })`);
    expect(await page.evaluate("heard.filter((text) => text.includes('iframe.handshake')).length")).toBe(1);
    expect(await lines()).toEqual([
      "This ticket belongs to no organization.",
      "Once it is assigned to one, its customer appears here.",
    ]);
    expect(host.requested).toEqual([]);
  });
});

describe("search", () => {
  it("finds by account id, says who is linked elsewhere, and that nobody is found", async () => {
    await open(besideTicket(stranger));
    await says("Some company is not linked to a customer.");
    await search("4711");
    await says("1 customer");
    expect((await lines()).slice(2)).toEqual([
      "1 customer",
      "ABC company",
      "Active",
      "Account abc-4711",
      "Linked to ABC company",
    ]);
    await search("nobody");
    await says("No customer with this name or account id.");
    await search("");
    await says("Search to link it.");
    expect(visitor.complaints).toEqual([]);
  });

  it("shows ten of many, and says that there are more", async () => {
    for (let n = 1; n <= 11; n += 1) {
      await desk.mutate("createCustomer", { currency: "USD", contact: { name: `Many ${n}` } });
    }
    await open(besideTicket(stranger));
    await search("many");
    await says("10 customers");
    await says("There are more: type more of the name.");
    expect(await app.locator(".hits li").count()).toBe(10);
  });
});

describe("every view at 280 pixels", () => {
  /** Opens each view, by name. */
  const views: Readonly<Record<string, (more: Partial<Place>, agent: object) => Promise<void>>> = {
    linked: async (more, agent) => {
      await open(besideOrganization(more, agent));
      await app.locator("footer button").waitFor();
    },
    unlinking: async (more, agent) => {
      await open(besideOrganization(more, agent));
      await app.locator("footer button").click();
      await app.getByRole("group").waitFor();
    },
    searching: async (more, agent) => {
      await open(besideTicket(stranger, more, agent));
      await app.getByRole("searchbox").fill("jane");
      await app.locator(".hits li button").first().click();
      await app.getByRole("group").waitFor();
    },
    "a ticket without organization": async (more, agent) => {
      await open(besideTicket(null, more, agent));
      await app.locator("h1").waitFor();
    },
    "Tenure unreachable": async (more, agent) => {
      host.answer = BAD_GATEWAY;
      await open(besideOrganization(more, agent));
      await app.getByRole("alert").waitFor();
    },
  };
  const combinations = (["light", "dark"] as const).flatMap((colorScheme) =>
    (["en-US", "it"] as const).map((locale) => ({ colorScheme, locale })),
  );

  it.each(combinations)("is clean, fits, and is as high as Zendesk makes it: $colorScheme, $locale", async (chosen) => {
    const { colorScheme, locale } = chosen;
    const found: unknown[] = [];
    for (const [view, show] of Object.entries(views)) {
      host.answer = null;
      await show({ width: 280, colorScheme }, { ...AGENT, locale });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const [, frame] = page.frames();
      const measured = await frame?.evaluate(`({
        lang: document.documentElement.lang,
        scheme: getComputedStyle(document.documentElement).colorScheme,
        wide: document.documentElement.scrollWidth,
        small: [...document.querySelectorAll("button, summary, header a, input")]
          .filter((target) => target.getBoundingClientRect().height < 24).map(({ outerHTML }) => outerHTML),
      })`);
      const isWhole = "document.documentElement.scrollHeight <= innerHeight";
      await expect.poll(() => frame?.evaluate(isWhole)).toBe(true);
      found.push([view, measured, violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]);
    }
    const clean = { lang: locale, scheme: colorScheme, wide: 280, small: [] };
    expect(found).toEqual(Object.keys(views).map((view) => [view, clean, []]));
    expect(visitor.complaints).toEqual([]);
  });
});

describe("by keys alone", () => {
  it("unlinks, searches and links again, in Italian", async () => {
    await open(besideOrganization({}, { ...AGENT, locale: "it" }));
    await app.getByRole("link", { name: "ABC company" }).waitFor();
    await app.getByRole("link", { name: "ABC company" }).focus();
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("Tab");
    await hasFocus("Scollega").waitFor();
    await press("Enter");
    await app.getByRole("group", { name: "Scollegare ABC company da ABC company?" }).waitFor();
    await press("Escape");
    await hasFocus("Scollega").waitFor();
    await press("Enter", "Enter");
    await app.locator("input:focus").waitFor();
    await page.keyboard.type("abc");
    await says("1 cliente");
    await press("Tab", "Enter", "Enter");
    await hasFocus("ABC company").waitFor();
    await expect.poll(() => fake.state.organizations.get(Number(organization))?.external_id).toBe(customer);
    expect(visitor.complaints).toEqual([]);
  });
});
