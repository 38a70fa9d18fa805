import { AxeBuilder } from "@axe-core/playwright";
import { type Locator, type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "../../../libs/application/spec-support/story.js";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, SHOWN, untilDrawn, world, type WorldProvider } from "./world.js";

/* A customer, an account, a commitment and an invoice as of another moment, which the address names. */

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
let customer: string;
let account: string;
let commitment: string;
let invoice: string;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Eastern Telecom", "2020-07-01T12:00:00.000Z");
  const { desk } = provider;
  const run = (name: string, input: object): Promise<{ readonly id: string }> => desk.mutate(name, input);
  const { offerId, mainProductId } = await tellStory({ run });
  const contact = { name: "Petra Past" };
  const { id: customerId } = await run("createCustomer", { currency: "USD", timeZone: "Europe/Rome", contact });
  const { id: accountId } = await run("openAccount", { customerId, identifier: "past-line", mainProductId });
  const { id: commitmentId } = await run("assignOffer", { accountId, offerId });
  await desk.mutate("advanceTestClock", { to: "2020-07-20T12:00:00.000Z" });
  await run("pauseCommitment", { commitmentId, from: "2020-08-10", until: "2020-08-31" });
  await run("addAlias", { accountId, alias: "past-alias" });
  await desk.mutate("advanceTestClock", { to: "2020-10-02T12:00:00.000Z" });
  const { customer: told } = await desk.request<{ customer: { invoices: { edges: { node: { id: string } }[] } } }>(
    `query ($id: ID!) { customer(id: $id) { invoices(last: 1) { edges { node { id } } } } }`,
    { id: customerId },
  );
  const invoiceId = told.invoices.edges[0]?.node.id ?? "";
  await run("voidInvoice", { invoiceId, reason: "Wrong" });
  [customer, account] = [`/customers/${customerId}`, `/accounts/${accountId}`];
  [commitment, invoice] = [`/commitments/${commitmentId}`, `/invoices/${invoiceId}`];
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
  await page.setViewportSize({ width: 1280, height: 900 });
});

const open = async (path: string): Promise<void> => {
  await page.goto(`${origin}${path}`);
  await untilDrawn(page, SHOWN);
};
const bar = (): Locator => page.getByRole("region", { name: "As of" });
const told = async (): Promise<string> => (await bar().getByRole("paragraph").innerText()).trim();
/** The address without its origin, as a reader sees it. */
const address = (): string => decodeURIComponent(page.url().slice(origin.length));
const facts = async (): Promise<string> => (await page.locator("#page dl").first().innerText()).replaceAll("\n", " ");
const rows = async (table: string): Promise<string[]> => {
  const shown = page.getByRole("group", { name: table });
  await shown.waitFor();
  await untilDrawn(page, SHOWN);
  return (await shown.locator("tbody tr").allInnerTexts()).map((text) => text.replaceAll(/\s*\t\s*/g, "\t"));
};
const shapes = async (): Promise<string> => {
  const drawing = page.locator("svg").and(page.getByRole("group", { name: "Timeline of Turbo 1 GB" }));
  const all = await drawing.getByRole("button").all();
  return (await Promise.all(all.map((one) => one.getAttribute("aria-label")))).join("; ");
};
/** Follows a link of the page to where something is headed so. */
const follow = async (link: string, level: 1 | 3, heading: string): Promise<void> => {
  await page.locator("#page").getByRole("link", { name: link }).first().click();
  await page.getByRole("heading", { level, name: heading }).waitFor();
};

describe("a commitment", () => {
  it("is shown as it was known then, asked for once, without what was recorded later", async () => {
    await open(commitment);
    expect(await facts()).toContain("First day without discount 23 Jul 2022");
    expect(await shapes()).toContain("Pause, 10 Aug 2020 to 31 Aug 2020");
    await page.goto("about:blank");
    const path = `${commitment}?knownAt=2020-07-19T12:00:00Z`;
    expect(await operationsOf(page, () => open(path))).toEqual(["Frame", "Commitment"]);
    expect(await told()).toBe("As known on 19 Jul 2020 14:00 Europe/Rome. Commands are off.");
    expect(await facts()).toContain("First day without discount 1 Jul 2022");
    expect(await shapes()).not.toContain("ause");
    await page.getByText("19 Jul 2020: active, US$20.00 - US$5.00 = US$15.00 a month").waitFor();
  });

  it("takes no commands then: no buttons, no keys, nothing that can be dragged", async () => {
    expect(await page.getByRole("group", { name: "Commands" }).count()).toBe(0);
    expect(await page.locator("[data-moves]").count()).toBe(0);
    for (const key of ["p", "u", "t", "d"]) await page.keyboard.press(key);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await open(`${commitment}?asOf=2020-07-31&open=pause`);
    await expect.poll(address).toBe(`${commitment}?asOf=2020-07-31`);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});

describe("the bar", () => {
  it("is opened and filled in by keys alone; Esc closes it", async () => {
    await open(commitment);
    await page.keyboard.press("a");
    await page.keyboard.type("2020-08-15");
    await page.keyboard.press("Escape");
    expect(await bar().count()).toBe(0);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("As of …");
    await page.keyboard.press("Enter");
    await page.keyboard.type("2020-02-30");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await bar().getByText("Type a day as dd/mm/yyyy, for example").waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("15/08/2020");
    await page.keyboard.press("Enter");
    await expect.poll(address).toBe(`${commitment}?asOf=2020-08-15`);
    await untilDrawn(page, SHOWN);
    expect(await told()).toBe("As of 15 Aug 2020. Commands are off.");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Change");
    await page.getByText("15 Aug 2020: paused, US$20.00 - US$5.00 = US$15.00 a month").waitFor();
  });

  it("takes the point in time of knowing in the customer's zone", async () => {
    await page.keyboard.press("Enter");
    expect(await bar().getByLabel("Day").inputValue()).toBe("15/08/2020");
    await page.keyboard.press("Tab");
    await page.keyboard.type("19/07/2020");
    await page.keyboard.press("Tab");
    expect(await bar().getByLabel("Time, Europe/Rome").inputValue()).toBe("00:00");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("14.30");
    await page.keyboard.press("Enter");
    await expect.poll(address).toBe(`${commitment}?asOf=2020-08-15&knownAt=2020-07-19T12:30:00.000Z`);
    await page.getByText("15 Aug 2020: active, US$20.00 - US$5.00 = US$15.00 a month").waitFor();
    expect(await told()).toBe("As of 15 Aug 2020, as known on 19 Jul 2020 14:30 Europe/Rome. Commands are off.");
    await page.goBack();
    await page.getByText("15 Aug 2020: paused, US$20.00 - US$5.00 = US$15.00 a month").waitFor();
    await page.goForward();
    await page.getByText("15 Aug 2020: active, US$20.00 - US$5.00 = US$15.00 a month").waitFor();
    await bar().getByRole("button", { name: "Back to now" }).click();
    await expect.poll(address).toBe(commitment);
    await page.getByRole("group", { name: "Commands" }).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("As of …");
    await page.goBack();
    await page.goBack();
    await page.getByText("15 Aug 2020: paused, US$20.00 - US$5.00 = US$15.00 a month").waitFor();
  });
});

describe("the moment", () => {
  it("goes along from a commitment to its account, its customer and an invoice, and Back", async () => {
    await follow("past-line", 1, "Account past-line");
    expect(address()).toBe(`${account}?asOf=2020-08-15`);
    expect(await rows("List of commitments")).toEqual(["Turbo 1 GB\tPaused\t1 Jul 2020\t23 Jul 2022 by default\t–"]);
    await page.getByText("past-alias", { exact: true }).waitFor();
    await follow("Petra Past", 1, "Petra Past");
    expect(address()).toBe(`${customer}?asOf=2020-08-15`);
    expect(await facts()).toContain("Balance due US$15.00");
    expect(await rows("Lines of the running period")).toEqual([
      "Turbo\t1 Aug 2020 – 9 Aug 2020\tUS$5.81\tUS$1.45\tUS$4.36",
    ]);
    const tabs = page.getByRole("navigation", { name: "Parts of this customer" });
    expect(await tabs.getByRole("link").allInnerTexts()).toEqual([
      ...["Overview", "Invoices and payments", "Statement", "People", "History"],
    ]);
    await tabs.getByRole("link", { name: "Invoices and payments" }).click();
    expect(await rows("Invoices of Petra Past")).toEqual([
      "INV-000001\t1 Aug 2020\t1 Jul 2020 – 31 Jul 2020\t15 Aug 2020\tUnpaid\tUS$15.00\tUS$15.00\tPDF",
    ]);
    await follow("INV-000001", 1, "Invoice INV-000001");
    expect(address()).toBe(`${invoice}?asOf=2020-08-15`);
    expect(await page.getByRole("heading", { level: 1 }).locator("..").innerText()).toBe(
      "Invoice INV-000001\nUnpaid\nPDF",
    );
    await follow("Turbo", 3, "Why line 1, Turbo, is what it is");
    expect(await told()).toBe("As of 15 Aug 2020. Commands are off.");
    await page.getByText("Computed again from what it was computed from: US$15.00, equal.").waitFor();
    await page.goBack();
    await page.goBack();
    await expect.poll(address).toBe(`${customer}?asOf=2020-08-15&tab=invoices`);
  });

  it("stays behind where there is no past, and now is otherwise", async () => {
    await page.getByRole("navigation", { name: "Menu" }).getByRole("link", { name: "Customers" }).click();
    await expect.poll(address).toBe("/customers");
    await untilDrawn(page, SHOWN);
    expect(await bar().count()).toBe(0);
    await open(invoice);
    await page.getByText("Void", { exact: true }).first().waitFor();
    const creditNote = "CN-000001";
    await follow(creditNote, 1, `Credit note ${creditNote}`);
    const noted = address();
    await open(`${noted}?asOf=2020-10-02`);
    await page.getByRole("heading", { level: 1, name: `Credit note ${creditNote}` }).waitFor();
    await open(`${noted}?asOf=2020-10-01`);
    await page.getByText("It was not there then").waitFor();
  });

  it("is said to be none, or before there was anything", async () => {
    await open(`${customer}?asOf=2020-06-30`);
    await page.getByText("It was not there then").waitFor();
    await page.goto("about:blank");
    expect(await operationsOf(page, () => open(`${customer}?asOf=2020-02-30`))).toEqual(["Frame"]);
    await page.getByText("The address asks for the day “2020-02-30”").waitFor();
    await page.locator("#page").getByRole("button", { name: "Back to now" }).click();
    await page.getByRole("heading", { level: 1, name: "Petra Past" }).waitFor();
    expect(address()).toBe(customer);
    await open(`${customer}?knownAt=2030-01-01T00:00:00Z`);
    await page.getByRole("alert").getByText("is still to come").waitFor();
  });
});

describe("the tinted page", () => {
  const violations = async (): Promise<string[]> =>
    (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id);

  it.each([
    ["light", "en"],
    ["dark", "it"],
  ] as const)("is accessible, %s, with its form", async (theme, language) => {
    const settings = JSON.stringify({ theme, language, dates: "iso" });
    await page.evaluate(`localStorage.setItem("tenure.settings", ${JSON.stringify(settings)})`);
    await open(`${commitment}?asOf=2020-08-15&knownAt=2020-08-01T12:00:00Z`);
    if (process.env["SCREENSHOTS"] === "1") await page.screenshot({ path: `docs/screenshots/as-of-${theme}.png` });
    await page.keyboard.press("a");
    expect(await violations()).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(`localStorage.removeItem("tenure.settings")`);
  });

  it("leaves nothing that the browser complains of", () => {
    expectNoComplaints(visitor);
  });
});
