import { AxeBuilder } from "@axe-core/playwright";
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { type CDPSession, type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "../../../libs/application/spec-support/story.js";
import { type Visit } from "../chromium.js";
import { addresses, type Ids } from "./addresses.js";
import { expectNoComplaints, operationsOf, SHOWN, untilDrawn, world, type WorldProvider } from "./world.js";

/* What holds for every page of the console, one after the other. */

const router = await readFile("apps/console/src/router.tsx", "utf8");
const routes = ["/", ...[...router.matchAll(/^ {2}page\("([^"]+)"/gm)].map(([, path = ""]) => path)];

const NOW = "2020-08-01T12:00:00.000Z";

/** Further customers of the provider that is full of life. */
const NAMES = ["ABC company", "Ada Byron", "Blue Harbour Ltd.", "Carla Rossi", "Jane Roe", "Müller & Söhne", "Zoë Li"];
const emailOf = (name: string): string => `${name.replaceAll(/[^A-Za-z]/g, "").toLowerCase()}@example.org`;

let origin: string;
let full: WorldProvider;
let empty: WorldProvider;
let ids: Ids;
let visitor: Visit;
let page: Page;
let browser: CDPSession;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  empty = await made.provider("Nobody yet", NOW);
  full = await made.provider("Western Telecom", NOW);
  const { desk } = full;
  const run = (name: string, input: object): Promise<{ readonly id: string }> => desk.mutate(name, input);
  const { customerId, accountId, offerId, ...catalog } = await tellStory({ run });
  const quota = { service: "Internet", quota: "1", unit: "GB", thresholds: [{ from: "10", percent: "5" }] };
  const { id: volumeDiscountPlanId } = await run("defineVolumeDiscountPlan", { name: "Much Internet", ...quota });
  const { id: tariffId } = await run("defineTariff", { name: "Toll-free", currency: "USD" });
  const price = { effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06" };
  await run("changeRates", {
    tariffId,
    rates: [
      { prefix: "1", ...price },
      { prefix: "1900", ...price, forbidden: true },
    ],
  });
  const voice = { incomingTariffId: tariffId, maxCalls: 2, language: "EN" };
  await run("reviseMainProduct", { mainProductId: catalog.mainProductId, voice });
  await run("defineServicePolicy", { name: "Redirect server", trustedNetworks: ["127.0.0.31"] });
  const call = { accountId, leg: "IN", answered: NOW, seconds: "4" };
  await run("recordCall", { ...call, callId: "c1", cli: "12065551201", cld: "12025550100", tariffId });
  await run("recordCall", { ...call, callId: "c2", cld: "19005550100", tariffId });
  for (const name of NAMES) await run("createCustomer", { currency: "USD", contact: { name, email: emailOf(name) } });
  const { id: commitmentId } = await run("assignOffer", { accountId, offerId });
  await desk.mutate("advanceTestClock", { to: "2020-10-02T12:00:00.000Z" });
  const { invoices } = await desk.request<{ invoices: { edges: { node: { id: string } }[] } }>(
    "{ invoices(first: 1) { edges { node { id } } } }",
  );
  const invoiceId = invoices.edges[0]?.node.id ?? "";
  ids = { customerId, accountId, commitmentId, invoiceId, offerId, volumeDiscountPlanId, tariffId, ...catalog };
  visitor = await full.as("ADMIN");
  ({ page } = visitor);
  browser = await page.context().newCDPSession(page);
});

const addressOf = (route: string): string => `${origin}${addresses[route]?.(ids) ?? route}`;

interface Display {
  readonly language?: "en" | "it" | "en-XA";
  readonly theme?: "light" | "dark";
}

/** Sets what a user chose. Dates are ISO, so that no word of a language stands in them. */
const settingsOf = (display: Display): string => {
  const settings = JSON.stringify({ dates: "iso", language: "en", ...display });
  return `localStorage.setItem("tenure.settings", ${JSON.stringify(settings)})`;
};

const open = async (at: Page, route: string, display: Display = {}): Promise<void> => {
  await at.evaluate(settingsOf(display));
  // What the page before it still asks for is not this one's.
  await at.goto("about:blank");
  await at.goto(addressOf(route));
  await untilDrawn(at, SHOWN);
};

/** The pages that are loaded from now on are read there. @param zone IANA */
const readIn = (zone: string): Promise<unknown> => browser.send("Emulation.setTimezoneOverride", { timezoneId: zone });

/** @param rules ids of those that are looked at; left out: all */
const violationsOf = async (at: Page, rules?: string[]): Promise<string[]> => {
  // There are no frames, which the other way would look into by a page of its own.
  const axe = new AxeBuilder({ page: at }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join("\n")}`);
};

/** Buttons and fields that nothing sets apart where backgrounds are not shown. */
const CONTROLS_WITHOUT_EDGE = `[...document.querySelectorAll("#page :is(button, input, select, textarea)")]
  .filter((control) => control.checkVisibility() && !control.closest("table, [role=table]"))
  .filter((control) => {
    const { borderTopWidth, outlineStyle, appearance, textDecorationLine } = getComputedStyle(control);
    const isBare = borderTopWidth === "0px" && outlineStyle === "none" && textDecorationLine === "none";
    return isBare && (appearance === "none" || control.tagName === "BUTTON");
  })
  .map((control) => control.outerHTML.slice(0, 160))`;

/** How many things move; what comes after a while, at once, does not. */
const MOVING = `document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().duration > 0).length`;

/** Takes a picture for the docs, where SCREENSHOTS=1 asks for them. */
const picture = async (at: Page, route: string, theme: string): Promise<void> => {
  if (process.env["SCREENSHOTS"] !== "1") return;
  const name = route === "/" ? "home" : route.slice(1).replaceAll(/[/$]+/g, "-");
  await at.screenshot({ path: `docs/screenshots/${name}-${theme}.png` });
};

describe("the console's files", () => {
  it("are no larger than their budgets, compressed", async () => {
    const folder = "dist/console";
    const sizeOf = async (file: string) => gzipSync(await readFile(`${folder}/assets/${file}`)).length;
    const index = await readFile(`${folder}/index.html`, "utf8");
    const first = [...index.matchAll(/\/assets\/([^"]+)/g)].map(([, file = ""]) => file);
    const sum = async (files: readonly string[]) => (await Promise.all(files.map(sizeOf))).reduce((a, b) => a + b, 0);
    expect(await sum(first.filter((file) => file.endsWith(".js")))).toBeLessThanOrEqual(210_000);
    expect(await sum(first.filter((file) => file.endsWith(".css")))).toBeLessThanOrEqual(20_000);
    const others = (await readdir(`${folder}/assets`)).filter((file) => !first.includes(file));
    for (const file of others) expect(await sizeOf(file), file).toBeLessThanOrEqual(60_000);
  });
});

it("every route has an address here", () => {
  expect(Object.keys(addresses).sort()).toEqual([...routes].sort());
});

describe.each(routes)("%s", (route) => {
  /** What the page says far in the east, in English. */
  let inKiritimati: string;

  it("asks once, and is accessible in light and dark, in English and Italian, and on 320 pixels", async () => {
    await readIn("Pacific/Kiritimati");
    const operations = await operationsOf(page, () => open(page, route, { theme: "light" }));
    expect(operations).toHaveLength(2);
    expect(operations[0]).toBe("Frame");
    inKiritimati = await page.locator("#page").innerText();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, route, "light");
    // The colours that a user has chosen for everything.
    await page.emulateMedia({ forcedColors: "active" });
    expect(await violationsOf(page, ["color-contrast"])).toEqual([]);
    expect(await page.evaluate(CONTROLS_WITHOUT_EDGE)).toEqual([]);
    await page.emulateMedia({ forcedColors: null });
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    if (size) await page.setViewportSize(size);
    await open(page, route, { theme: "dark", language: "it" });
    expect(await page.evaluate("document.documentElement.lang")).toBe("it");
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, route, "dark");
  });

  it("says nothing that is not translated", async () => {
    const data: string[] = [];
    const sentences: string[][] = [];
    const note = async (response: { url(): string; text(): Promise<string> }): Promise<void> => {
      if (!response.url().endsWith("/graphql")) return;
      const answer: unknown = JSON.parse(await response.text());
      data.push(...stringsIn(answer));
      sentences.push(...sentencesIn(answer));
    };
    const noted: Promise<void>[] = [];
    const onResponse = (response: { url(): string; text(): Promise<string> }) => void noted.push(note(response));
    page.on("response", onResponse);
    await open(page, route, { language: "en-XA" });
    page.off("response", onResponse);
    await Promise.all(noted);
    const texts = await page.evaluate<string[]>(`(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (!parentElement.closest("noscript, script, datalist")) texts.push(data.trim());
      }
      return texts;
    })()`);
    // A text may go on behind a day, which is an element of its own.
    const isStrange = (text: string) => /[⟦áéíóú]/i.test(text);
    const isSaid = (text: string) => isData(text, data) || sentences.some((pieces) => isOf(text, pieces));
    const isPlain = (text: string) => /\p{L}{3}/u.test(text) && !isStrange(text) && !isSaid(text);
    expect(texts.filter(isPlain)).toEqual([]);
  });

  it("says that it takes a while, and what failed, with Retry; then the same days, read far in the west", async () => {
    const isOwn = (body: string | null) => body !== null && !/query (Frame|Providers)\b/.test(body);
    let noteSeen = (): void => undefined;
    const seen = new Promise<void>((done) => (noteSeen = done));
    await page.route("**/graphql", async (asked) => {
      if (!isOwn(asked.request().postData())) return asked.continue();
      await seen;
      const error = { message: "A fault of this program.", extensions: { code: "INTERNAL", correlationId: "r-1" } };
      return asked.fulfill({ json: { data: null, errors: [error] } });
    });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await readIn("America/Los_Angeles");
    await page.evaluate(settingsOf({}));
    await page.goto(addressOf(route));
    await page.locator('#page [aria-busy="true"]').first().waitFor();
    expect(await page.evaluate(MOVING)).toBe(0);
    await page.emulateMedia({ reducedMotion: null });
    noteSeen();
    const alert = page.locator("#page").getByRole("alert").first();
    await alert.getByText("r-1").waitFor();
    await page.unroute("**/graphql");
    await alert.getByRole("button").click();
    await alert.waitFor({ state: "detached" });
    await untilDrawn(page, SHOWN);
    expect(await page.locator("#page").innerText()).toBe(inKiritimati);
  });

  // What an address names has to be there.
  if (!route.includes("$")) {
    it("says so where there is nothing yet", async () => {
      const nobody = await empty.as("ADMIN");
      await open(nobody.page, route);
      expect(await nobody.page.locator("#page").getByRole("alert").count()).toBe(0);
      expect(await violationsOf(nobody.page)).toEqual([]);
    });
  }

  it("leaves nothing that the browser complains of", () => {
    expectNoComplaints(visitor);
  });
});

const stringsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

/** Sentences that the API says in parts, of each the pieces that are no days, moments or amounts. */
const sentencesIn = (value: unknown): string[][] => {
  if (typeof value !== "object" || value === null) return [];
  const parts = Array.isArray(value) ? (value as readonly unknown[]).filter(isPart) : [];
  if (parts.length === 0) return Object.values(value).flatMap(sentencesIn);
  const plain = parts.filter(({ day, instant, amount }) => day === null && instant === null && amount === null);
  return [plain.map(({ text }) => text.trim())];
};

type Part = Readonly<Record<"text", string> & Record<"day" | "instant" | "amount", string | null>>;
const isPart = (value: unknown): value is Part =>
  typeof value === "object" && value !== null && "text" in value && "instant" in value && "amount" in value;

/** Whether a text is made of these pieces, with nothing but days, moments and amounts between them. */
const isOf = (text: string, pieces: readonly string[]): boolean => {
  const rest = pieces.reduce((left, piece) => left.replace(piece, ""), text);
  return !/\p{L}{3}/u.test(rest.replaceAll(A_MOMENT, ""));
};

/** Names of months come from the browser, in English as the Americans shorten them. */
const MONTHS = new Set(
  (["short", "long"] as const).flatMap((month) => {
    const format = new Intl.DateTimeFormat("en-US", { month, timeZone: "UTC" });
    return Array.from({ length: 12 }, (_, at) => format.format(Date.UTC(2020, at)));
  }),
);

const A_MOMENT = /\d{4}-\d{2}-\d{2} \d{2}:\d{2} [\w/]+/g;

/** Whether a text is a month, or a point in time with its zone; or what the API said, or holds it and hardly more. */
const isData = (text: string, data: readonly string[]): boolean =>
  MONTHS.has(text) ||
  text.replace(A_MOMENT, "") === "" ||
  data.some((each) => each.includes(text) || (each.length > 2 && text.replace(each, "").match(/\p{L}{3}/u) === null));
