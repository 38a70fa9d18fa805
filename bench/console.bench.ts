import { setTimeout as delay } from "node:timers/promises";
import { type Page } from "playwright-core";
import { describe, it } from "vitest";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { SHOWN, untilDrawn, world, type WorldProvider } from "../test/browser/console/world.js";
import { signUpPeople } from "./many-customers.js";

/**
 * `npm run bench`: how long the console's pages take in Chromium with many customers, beside the same pages of a provider
 * with a few. Needs `npm run build`.
 */
const CUSTOMERS = Number(process.env["BENCH_CUSTOMERS"] ?? "100000");
const FEW = 120;
const TIMES = Number(process.env["BENCH_TIMES"] ?? "20");
const START = "2020-01-01";
const FLOOR = "floor: a request that asks for nothing, and a frame";

/** Runs in the page: scrolls the list down, and tells the longest time between two frames and the number of nodes. */
const SCROLL = `(async () => {
  const table = document.querySelector("[role=table]");
  const scrolled = [table, document.scrollingElement].find((one) => one.scrollHeight > one.clientHeight);
  let longest = 0, nodes = 0, last = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < 240; frame += 1) {
    scrolled.scrollBy(0, 60);
    const now = await new Promise(requestAnimationFrame);
    longest = Math.max(longest, now - last);
    nodes = Math.max(nodes, document.querySelectorAll("*").length);
    last = now;
  }
  return { longest, nodes, top: scrolled.scrollTop };
})()`;

interface Scrolled {
  readonly longest: number;
  readonly nodes: number;
  readonly top: number;
}

interface Figure {
  readonly median: number;
  readonly p95: number;
}

/** Conditions in the page. */
const shownAt = (path: RegExp): string => `${String(path)}.test(location.pathname) && ${SHOWN}`;
const LIST = `${shownAt(/^\/customers$/)} && document.querySelector("#page [role=rowheader] a")`;
const CUSTOMER = `${shownAt(/^\/customers\/[^/]{36}$/)} && document.querySelector('[aria-label="Parts of this customer"]')`;
const COMMITMENT = `${shownAt(/^\/commitments\//)} && document.querySelector('[aria-label^="Timeline of"]')`;
const WORK = `${shownAt(/^\/$/)} && /All done|Ending soon|Overdue/.test(document.querySelector("#page").innerText)`;
const HIT = `document.querySelector("#page mark")`;
const FOXES = `/text=fox/.test(location.search) && ${LIST} && /Fox 1/.test(document.querySelector("[role=rowheader]").innerText)`;
const HILLS = `/text=gina(\\+|%20)hill/.test(location.search) && ${HIT}?.textContent === "Gina Hill"`;
const PREVIEWED = `document.querySelector("[role=dialog] section[aria-busy=false] table")`;

/** Runs in the page: asks the API for nothing, as a page of it asks, and tells once the next frame is drawn. */
const ASK_NOTHING = `(async () => {
  const asked = { method: "POST", headers: { "content-type": "application/json", "tenure-request": "1" },
    body: JSON.stringify({ query: "{ __typename }" }) };
  await (await fetch("/graphql", asked)).text();
  await new Promise(requestAnimationFrame);
})()`;

/** Milliseconds of an act until what it leads to is drawn. */
const figureOf = async (page: Page, from: () => Promise<() => Promise<unknown>>, drawn: string): Promise<Figure> => {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const act = await from();
    const start = performance.now();
    await act();
    await untilDrawn(page, drawn);
    took.push(performance.now() - start);
  }
  took.sort((one, other) => one - other);
  const at = (part: number): number => took[Math.ceil(part * TIMES) - 1] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
};

const isShown = async ({ desk }: WorldProvider, count: number): Promise<void> => {
  for (;;) {
    const { customers } = await desk.request<{ customers: { totalCount: number } }>("{ customers { totalCount } }");
    if (customers.totalCount >= count) return;
    await delay(1_000);
  }
};

const figuresOf = async (page: Page, origin: string): Promise<Readonly<Record<string, Figure>>> => {
  /** Opens an address, as somebody who comes from elsewhere. */
  const open = async (path: string, drawn: string): Promise<void> => {
    await page.goto(`${origin}${path}`, { waitUntil: "commit" });
    await untilDrawn(page, drawn);
  };
  const cold = (path: string) => async () => {
    await page.goto("about:blank");
    return () => page.goto(`${origin}${path}`, { waitUntil: "commit" });
  };
  /** Presses a link without resting on it before. */
  const press = async (link: string): Promise<() => Promise<void>> => {
    await page.mouse.move(0, 0);
    // Who presses has read the page: what it does when it has nothing else to do is done.
    await page.waitForLoadState("networkidle");
    const box = await page.locator(link).first().boundingBox();
    if (!box) throw new Error(`${link} is not there.`);
    return () => page.mouse.click(box.x + Math.min(10, box.width / 2), box.y + box.height / 2);
  };
  const customerLink = "#page [role=rowheader] a";
  const commitmentLink = '#page table a[href^="/commitments/"]';
  await open("/customers", LIST);
  const customer = (await page.locator(customerLink).first().getAttribute("href")) ?? "";
  await open(customer, CUSTOMER);
  const commitment = (await page.locator(commitmentLink).first().getAttribute("href")) ?? "";
  return {
    [FLOOR]: await figureOf(
      page,
      async () => {
        await open("/customers", LIST);
        await page.waitForLoadState("networkidle");
        return () => page.evaluate(ASK_NOTHING);
      },
      LIST,
    ),
    "cold start to the first row": await figureOf(page, cold("/customers"), LIST),
    "cold start to the work list": await figureOf(page, cold("/"), WORK),
    "cold start to the first hit of a search": await figureOf(page, cold("/search?text=gina+hill"), HIT),
    "list to a customer's page": await figureOf(
      page,
      async () => {
        await open("/customers", LIST);
        return press(customerLink);
      },
      CUSTOMER,
    ),
    "a customer's page back to the list": await figureOf(
      page,
      async () => {
        await open("/customers", LIST);
        await (
          await press(customerLink)
        )();
        await untilDrawn(page, CUSTOMER);
        return () => page.evaluate("history.back()");
      },
      LIST,
    ),
    "a customer's page to a commitment's": await figureOf(
      page,
      async () => {
        await open(customer, CUSTOMER);
        return press(commitmentLink);
      },
      COMMITMENT,
    ),
    "any page to the work list": await figureOf(
      page,
      async () => {
        await open("/customers", LIST);
        return press('nav a[href="/"]');
      },
      WORK,
    ),
    "a date typed to its preview": await figureOf(
      page,
      async () => {
        await open(commitment, COMMITMENT);
        await page.keyboard.press("p");
        await page.getByLabel("First paused day").fill("01/03/202");
        return () => page.keyboard.type("0");
      },
      PREVIEWED,
    ),
    "a text typed to its hits": await figureOf(
      page,
      async () => {
        await open("/search?text=gina+hi", HIT);
        await page.locator("#page input[type=search]").fill("gina hil");
        await untilDrawn(page, `/hil$/.test(location.search) && ${HIT}`);
        return () => page.keyboard.type("l");
      },
      HILLS,
    ),
    "a filter typed to its rows": await figureOf(
      page,
      async () => {
        await open("/customers", LIST);
        await page.getByLabel("Name, e-mail, phone or id").fill("fox ");
        await untilDrawn(page, `/text=fox/.test(location.search)`);
        return () => page.keyboard.type("1");
      },
      FOXES.replace("text=fox", "text=fox.*1"),
    ),
  };
};

describe("the console", () => {
  it(`with ${CUSTOMERS} customers`, { timeout: 3_600_000 }, async () => {
    const made = await world();
    const { stack, origin } = made;
    const store = createEventStore({ url: stack.eventStoreUrl });
    const providers: [string, WorldProvider, number][] = [];
    for (const [name, count] of [
      ["Few", FEW],
      ["Many", CUSTOMERS],
    ] as const) {
      providers.push([name, await made.provider(name, `${START}T12:00:00.000Z`), count]);
    }
    try {
      for (const [, { id }, count] of providers) await signUpPeople(store, id, count, START);
      for (const [, provider, count] of providers) await isShown(provider, count);
    } finally {
      await store.close();
    }
    const found: Readonly<Record<string, Figure>>[] = [];
    for (const [name, provider] of providers) {
      const { page } = await provider.as("ADMIN");
      found.push(await figuresOf(page, origin));
      await page.goto(`${origin}/customers`);
      await untilDrawn(page, LIST);
      const { longest, nodes, top } = await page.evaluate<Scrolled>(SCROLL);
      console.log(`${name}: scrolled by ${top} px, longest frame ${longest.toFixed(0)} ms, ${nodes} nodes at most`);
    }
    const [few = {}, many = {}] = found;
    for (const [name, { median, p95 }] of Object.entries(many)) {
      const ofFew = few[name]?.median ?? 1;
      const floor = many[FLOOR]?.median ?? 1;
      console.log(
        `${name}: median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${(median / floor).toFixed(1)} of the floor; ` +
          `with ${FEW} customers ${ofFew.toFixed(0)} ms, ratio ${(median / ofFew).toFixed(2)}`,
      );
    }
  });
});
