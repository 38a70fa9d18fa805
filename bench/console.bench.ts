import { setTimeout as delay } from "node:timers/promises";
import { type Page } from "playwright-core";
import { describe, it } from "vitest";
import { createEventStore } from "../libs/event-store/event-store-db.js";
import { world, type WorldProvider } from "../test/browser/console/world.js";
import { signUpPeople } from "./many-customers.js";

/**
 * `npm run bench`: how long the console's pages take in Chromium with many customers, beside the same pages of a provider
 * with a few. Needs `npm run build`.
 */
const CUSTOMERS = Number(process.env["BENCH_CUSTOMERS"] ?? "100000");
const FEW = 120;
const TIMES = 10;
const START = "2020-01-01";

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

const figureOf = async (task: () => Promise<unknown>, before: () => Promise<unknown>): Promise<Figure> => {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    await before();
    const start = performance.now();
    await task();
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
  const blank = () => page.goto("about:blank");
  const list = `${origin}/customers`;
  const firstRow = page.getByRole("row").nth(1);
  const listed = async (): Promise<void> => {
    await page.goto(list);
    await firstRow.waitFor();
  };
  return {
    "cold start to the first row": await figureOf(listed, blank),
    "list to a customer's page": await figureOf(async () => {
      await firstRow.getByRole("link").first().click();
      await page
        .getByRole("tab", { name: "Overview" })
        .or(page.getByRole("link", { name: "Overview" }))
        .waitFor();
    }, listed),
    "a customer's page back to the list": await figureOf(
      async () => {
        await page.goBack();
        await firstRow.waitFor();
      },
      async () => {
        await listed();
        await firstRow.getByRole("link").first().click();
        await page.waitForURL(/\/customers\/[0-9a-f-]{36}/);
      },
    ),
    "the work list": await figureOf(async () => {
      await page.goto(`${origin}/`);
      await page.getByRole("heading", { name: "Work list" }).waitFor();
      await page
        .getByText(/All done|Overdue/)
        .first()
        .waitFor();
    }, blank),
    "search to the first hit": await figureOf(async () => {
      await page.goto(`${origin}/search?text=gina+hill`);
      await page.locator("mark").first().waitFor();
    }, blank),
    "a filter typed to its rows": await figureOf(async () => {
      await page.getByLabel("Name, e-mail, phone or id").fill("fox 1");
      await page.waitForURL(/text=fox/);
      await page.getByRole("row", { name: /Fox 1/ }).first().waitFor();
    }, listed),
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
    const found: Record<string, Figure>[] = [];
    for (const [name, provider] of providers) {
      const { page } = await provider.as("ADMIN");
      found.push(await figuresOf(page, origin));
      await page.goto(`${origin}/customers`);
      await page.getByRole("row").nth(1).waitFor();
      const { longest, nodes, top } = await page.evaluate<Scrolled>(SCROLL);
      console.log(`${name}: scrolled by ${top} px, longest frame ${longest.toFixed(0)} ms, ${nodes} nodes at most`);
    }
    const [few = {}, many = {}] = found;
    for (const [name, { median, p95 }] of Object.entries(many)) {
      const floor = few[name]?.median ?? 1;
      console.log(
        `${name}: median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; with ${FEW} customers ${floor.toFixed(0)} ms, ` +
          `ratio ${(median / floor).toFixed(2)}`,
      );
    }
  });
});
