import { type Locator, type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "../../../libs/application/spec-support/story.js";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, SHOWN, untilDrawn, world, type WorldProvider } from "./world.js";

/* Page 8: a commitment, its timeline that is edited by mouse and by keys, and leaving by month. */

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
/** Commitments: two of worked example E4, each with another customer, and that of E2. */
let byMouse: string;
let byKeys: string;
let leaving: string;
let leavingByKeys: string;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Northern Telecom", "2018-10-31T12:00:00.000Z");
  const { desk } = provider;
  const run = (name: string, input: object): Promise<{ readonly id: string }> => desk.mutate(name, input);
  const { offerId, mainProductId } = await tellStory({ run });
  const assign = async (name: string, effectiveOn: string): Promise<string> => {
    const { id: customerId } = await run("createCustomer", { currency: "USD", contact: { name } });
    const { id: accountId } = await run("openAccount", { customerId, identifier: name, mainProductId });
    return (await run("assignOffer", { accountId, offerId, effectiveOn })).id;
  };
  byMouse = await assign("Mona Mouse", "2018-10-31");
  byKeys = await assign("Kay Keys", "2018-10-31");
  leaving = await assign("Lea Leaver", "2019-03-01");
  leavingByKeys = await assign("Leo Keys", "2019-03-01");
  await desk.mutate("advanceTestClock", { to: "2020-07-15T08:00:00.000Z" });
  visitor = await provider.as("CSR");
  ({ page } = visitor);
  await page.setViewportSize({ width: 1280, height: 900 });
});

/** Of a table in the browser, as far as it is looked at. */
interface Shape {
  getAttribute(name: string): string | null;
}
interface Row {
  readonly children: readonly Cell[];
  querySelectorAll(selector: "a"): Iterable<Cell>;
}
interface Cell {
  readonly textContent: string | null;
  readonly firstChild: Cell | null;
}

interface Told {
  readonly discountEndDate: string;
  readonly pauses: readonly { readonly from: string; readonly until: string; readonly status: string }[];
  readonly latest: readonly unknown[];
}

/** What the API knows of a commitment: its pauses, its discount end, and its last event. */
const toldOf = async (id: string): Promise<Told> => {
  const { commitment } = await provider.desk.request<{
    commitment: Omit<Told, "latest"> & {
      history: { edges: { node: { type: string; effectiveOn: string; event: { data: unknown } } }[] };
    };
  }>(
    `query ($id: ID!) { commitment(id: $id) { discountEndDate pauses { from until status }
      history(first: 1) { edges { node { type effectiveOn event { data } } } } } }`,
    { id },
  );
  const { history, ...told } = commitment;
  return { ...told, latest: history.edges.map(({ node }) => [node.type, node.effectiveOn, node.event.data]) };
};

const open = async (id: string, query = ""): Promise<void> => {
  await page.goto(`${origin}/commitments/${id}${query}`);
  await page.getByRole("heading", { level: 1, name: "Turbo 1 GB" }).waitFor();
  await drawing().waitFor();
  // What is drawn later would move it.
  await untilDrawn(page, SHOWN);
};
const drawing = (): Locator => page.locator("svg").and(page.getByRole("group", { name: "Timeline of Turbo 1 GB" }));
const shape = (name: string): Locator => drawing().getByRole("button", { name });
const drawer = (): Locator => page.getByRole("dialog");
/** Where a day begins on the drawing, by the period that begins with it. */
const beginOf = async (period: string): Promise<number> => (await boxOf(shape(period).locator("rect").first())).x;
const boxOf = async (shown: Locator) => {
  const box = await shown.boundingBox();
  if (!box) throw new Error("It is not drawn.");
  return box;
};
/** What the drawing's shapes have in an attribute, in their order. */
const drawnAs = (attribute: string): Promise<(string | null)[]> =>
  // At once: a shape that has gone meanwhile would be waited for.
  drawing()
    .locator(`[${attribute}]`)
    .evaluateAll(
      (shapes, name) => (shapes as unknown as readonly Shape[]).map((shape) => shape.getAttribute(name)),
      attribute,
    );
const ghosts = () => drawnAs("data-ghost");

const AUGUST = "Coming period, 1 Aug 2020";
const OCTOBER = "Coming period, 1 Oct 2020";

/** August and September, dragged on the lane of service. */
const dragAugustAndSeptember = async (): Promise<void> => {
  const [from, until] = [await beginOf(AUGUST), await beginOf(OCTOBER)];
  const { y, height } = await boxOf(shape("Service to come"));
  await page.mouse.move(from + 0.6, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(from + 20, y + height / 2);
  await page.mouse.move(until - 0.6, y + height / 2, { steps: 4 });
  await page.mouse.up();
};

/** Presses keys, each so many times. */
const press = async (...keys: readonly (readonly [string, number])[]): Promise<void> => {
  for (const [key, times] of keys) for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
};
const tabTo = async (role: string): Promise<void> => {
  for (let at = 0; at < 60; at += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement.getAttribute('role')")) === role) return;
  }
  throw new Error(`Tab does not lead to a ${role}.`);
};
const focused = (): Promise<string> =>
  page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");

/** The event of E4, as its history tells it. */
const PAUSED = [
  "PauseScheduled",
  "2020-08-01",
  {
    pauseId: expect.any(String) as string,
    effectiveOn: "2020-08-01",
    orderedOn: "2020-07-15",
    now: false,
    from: "2020-08-01",
    until: "2020-09-30",
    discountEndBefore: "2020-10-31",
    discountEndAfter: "2020-12-31",
  },
];

const E4: Omit<Told, "latest"> = {
  discountEndDate: "2020-12-31",
  pauses: [{ from: "2020-08-01", until: "2020-09-30", status: "SCHEDULED" }],
};

describe("the page of a commitment", () => {
  it("asks once, and says what is so today", async () => {
    // The page that signed in may still be asking.
    await page.goto("about:blank");
    const operations = await operationsOf(page, () => open(byMouse));
    expect(operations).toEqual(["Frame", "Commitment"]);
    await page
      .getByText(
        "15 Jul 2020: active, US$20.00 - US$5.00 = US$15.00 a month, first day without discount 31 Oct 2020, leaving costs",
      )
      .waitFor();
  });

  it("draws what a dragged pause would do; Esc takes it away, and nothing is recorded", async () => {
    const before = await toldOf(byMouse);
    await dragAugustAndSeptember();
    await drawer().getByText("31 Dec 2020").waitFor();
    expect(await drawer().getByLabel("First paused day").inputValue()).toBe("01/08/2020");
    expect(await drawer().getByLabel("Last paused day").inputValue()).toBe("30/09/2020");
    await expect.poll(ghosts).toEqual(["pause", "end"]);
    const invoices = drawer().getByRole("table", { name: "The next invoice, and later ones that change" });
    expect(await invoices.locator("tbody tr").allInnerTexts()).toEqual([
      "Invoice of 1 Aug 2020\tUS$15.00 unchanged",
      "Invoice of 1 Sep 2020\tUS$15.00 → US$0.00",
      "Invoice of 1 Oct 2020\tUS$15.00 → US$0.00",
      "Invoice of 1 Nov 2020\tUS$15.16 → US$15.00",
      "Invoice of 1 Dec 2020\tUS$20.00 → US$15.00",
      "Invoice of 1 Jan 2021\tUS$20.00 → US$15.16",
      "No other invoice changes.",
    ]);
    await page.keyboard.press("Escape");
    await expect.poll(ghosts).toEqual([]);
    expect(await drawer().count()).toBe(0);
    expect(await toldOf(byMouse)).toEqual(before);
  });

  it("E4 by mouse: August and September are paused, and the discount ends 61 days later", async () => {
    await dragAugustAndSeptember();
    await drawer().getByText("31 Dec 2020").waitFor();
    await drawer().locator("button[type=submit]").click();
    await shape("Scheduled pause, 1 Aug 2020 to 30 Sep 2020, 61 days").waitFor();
    await shape("Discount end moved by 61 days, 31 Oct 2020 to 31 Dec 2020").waitFor();
    await expect.poll(() => toldOf(byMouse)).toEqual({ ...E4, latest: [PAUSED] });
  });

  it("E4 by keys alone: the same event", async () => {
    await open(byKeys);
    await tabTo("slider");
    await press(["ArrowRight", 17], ["Shift+PageDown", 2], ["Shift+ArrowLeft", 1]);
    await page.getByText("1 Aug 2020 to 30 Sep 2020, 61 days: Enter pauses them, Esc gives up.").waitFor();
    expect(await ghosts()).toEqual(["pause"]);
    await page.keyboard.press("Escape");
    expect(await ghosts()).toEqual([]);
    await press(["Shift+PageDown", 2], ["Shift+ArrowLeft", 1], ["Enter", 1]);
    await drawer().getByText("31 Dec 2020").waitFor();
    await press(["Tab", 1], ["Enter", 1]);
    await shape("Discount end moved by 61 days, 31 Oct 2020 to 31 Dec 2020").waitFor();
    await expect.poll(() => toldOf(byKeys)).toEqual({ ...E4, latest: [PAUSED] });
  });

  it("walks between shapes by arrows, and says what each is and who did it", async () => {
    await shape("Scheduled pause").focus();
    await press(["ArrowDown", 2], ["End", 1], ["ArrowLeft", 1]);
    expect(await focused()).toBe(
      "Discount end moved by 61 days, 31 Oct 2020 to 31 Dec 2020, pause 1 Aug 2020 to 30 Sep 2020",
    );
    await page.getByRole("region", { name: "Timeline" }).getByText(/CSR/).first().waitFor();
    await press(["ArrowUp", 2], ["End", 1], ["ArrowLeft", 1], ["Shift+ArrowLeft", 15]);
    await page.getByText("15 Sep 2020: Enter goes on, Esc gives up.").waitFor();
    await page.keyboard.press("Enter");
    await drawer().getByRole("heading", { name: "Change the pause from 1 Aug 2020" }).waitFor();
    expect(await drawer().getByLabel("Last paused day").inputValue()).toBe("15/09/2020");
    await drawer().getByText("16 Dec 2020").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toMatch(/^Scheduled pause/);
  });

  it("opens its commands by p, u, t and d, and gives the focus back", async () => {
    const opened: string[] = [];
    for (const key of ["p", "u", "t", "d"]) {
      await page.keyboard.press(key);
      opened.push(await drawer().getByRole("heading", { level: 2 }).first().innerText());
      await page.keyboard.press("Escape");
      await expect.poll(focused).toMatch(/^Scheduled pause/);
    }
    expect(opened).toEqual(["Pause", "Upgrade", "Terminate", "Set discount end"]);
  });

  it("drags the discount end by its diamond", async () => {
    const { x, y, width, height } = await boxOf(shape("First day without discount"));
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move((await beginOf("Coming period, 1 Nov 2020")) + 0.2, y + height / 2, { steps: 3 });
    await page.mouse.up();
    await drawer().getByRole("heading", { name: "Set discount end" }).waitFor();
    expect(await drawer().getByLabel("First day without discount").inputValue()).toBe("01/11/2020");
    expect(await ghosts()).toEqual(["end"]);
    await page.keyboard.press("Escape");
  });

  it("draws for the drawer that took another one's place", async () => {
    await page.keyboard.press("p");
    await drawer().getByRole("heading", { name: "Pause" }).waitFor();
    // What it previews may stretch the line of days.
    await drawer().locator("section[aria-busy=false]").waitFor();
    const { x, y, width, height } = await boxOf(shape("First day without discount"));
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move((await beginOf("Coming period, 1 Nov 2020")) + 0.2, y + height / 2, { steps: 3 });
    await page.mouse.up();
    await drawer().getByRole("heading", { name: "Set discount end" }).waitFor();
    await expect.poll(ghosts).toEqual(["end"]);
    await page.keyboard.press("Escape");
    await expect.poll(ghosts).toEqual([]);
  });

  it("says as a list, at 320 px, what the drawing says", async () => {
    const keyed = await drawing().locator("[data-key]").all();
    const drawn = await Promise.all(keyed.map((shape) => shape.getAttribute("aria-label")));
    await page.setViewportSize({ width: 320, height: 800 });
    const list = page.getByRole("table", { name: "Timeline of Turbo 1 GB" });
    await list.waitFor();
    const listed = await list.locator("tr:has(td)").evaluateAll((found) =>
      (found as unknown as readonly Row[]).map((row) =>
        // Numbers of documents are links, below the rest.
        [...[...row.children].slice(0, 2), row.children[2]?.firstChild, ...row.querySelectorAll("a")]
          .map((cell) => cell?.textContent ?? "")
          .filter((text) => text !== "")
          .join(", ")
          .replaceAll(" · ", ", "),
      ),
    );
    expect(listed).toEqual(drawn);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    await drawing().waitFor();
  });

  it("leaving by month: a bar opens the termination on that day, with its price; E2, by keys too: 15.00 and 100.00", async () => {
    await open(leaving, "?day=2020-10-31");
    await page.getByText("first day without discount 1 Mar 2021, leaving costs US$100.00").waitFor();
    await page.getByRole("button", { name: "Leaving on 31 Oct 2020 costs US$100.00" }).click();
    expect(await drawer().getByLabel("Last charged day").inputValue()).toBe("31/10/2020");
    await drawer().getByText("US$100.00").first().waitFor();
    await drawer().locator("button[type=submit]").click();
    await shape("Last charged day, scheduled, 31 Oct 2020").waitFor();
    await open(leavingByKeys);
    await page.keyboard.press("t");
    await drawer().getByRole("heading", { name: "Terminate" }).waitFor();
    await page.keyboard.type("31/10/2020");
    await drawer().getByText("US$100.00").first().waitFor();
    await expect.poll(() => drawer().locator("button[type=submit]").isEnabled()).toBe(true);
    await press(["Tab", 3], ["Enter", 1]);
    await shape("Last charged day, scheduled, 31 Oct 2020").waitFor();
    await provider.desk.mutate("advanceTestClock", { to: "2020-11-02T08:00:00.000Z" });
    for (const left of [leaving, leavingByKeys]) {
      await open(left);
      await shape("Closed period, 1 Oct 2020 to 31 Oct 2020, US$115.00 net").waitFor();
      await shape("Penalty, 31 Oct 2020, US$100.00").waitFor();
    }
  });

  it("leads to the invoice, whose penalty unfolds to twenty discounts, is proven, and says who ordered it", async () => {
    const operations = await operationsOf(page, async () => {
      await page.getByRole("group", { name: "Invoice lines" }).getByRole("link").first().click();
      await page.getByRole("table", { name: /^Lines of / }).waitFor();
    });
    expect(operations).toEqual(["Invoice"]);
    const cells = async (row: Locator): Promise<string[]> =>
      (await row.locator("[role=rowheader], [role=cell]").allInnerTexts()).map((text) => text.trim());
    const rows = await page
      .getByRole("table", { name: /^Lines of / })
      .locator("[data-row]")
      .all();
    const days = "1 Oct 2020 – 31 Oct 2020";
    expect(await Promise.all(rows.map(cells))).toEqual([
      ["Turbo", "Recurring fee", "Turbo 1 GB, Leo Keys", days, "US$20.00", "US$5.00", "US$15.00"],
      [
        ...["Early termination: Turbo", "Penalty", "Turbo 1 GB, Leo Keys", "31 Oct 2020"],
        ...["US$100.00", "US$0.00", "US$100.00"],
      ],
    ]);
    await page.getByRole("link", { name: "Why line 1 is what it is: Turbo" }).focus();
    await press(["ArrowDown", 1], ["Enter", 1]);
    const why = page.getByRole("region", { name: "Why line 2 is what it is" });
    await why.getByText("Computed again from what it was computed from: US$100.00, equal.").waitFor();
    expect(new URL(page.url()).search).toBe("?line=2");
    const given = why.getByText(/^Discount given/);
    expect(await given.count()).toBe(20);
    expect(await given.first().isVisible()).toBe(false);
    await why.locator("summary").filter({ hasText: "Discounts given on the row" }).click();
    expect(await given.last().isVisible()).toBe(true);
    await why.getByRole("button", { name: "Event 2" }).first().click();
    expect(await page.locator("li:focus").innerText()).toContain(
      "The commitment was terminated: 31 Oct 2020 is the last charged day, with a penalty of US$100.00 as known then.",
    );
    await page.getByText(/got (its|their) number/).waitFor({ state: "detached" });
    await page.getByLabel("Everything").check();
    await page.getByText(/got (its|their) number/).waitFor();
    expect(new URL(page.url()).search).toBe("?line=2&everything=true");
  });

  it("gave the browser nothing to complain of", () => {
    expectNoComplaints(visitor);
  });
});
