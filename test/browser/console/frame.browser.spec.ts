import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "../../../libs/application/spec-support/story.js";
import { type Visit, visit } from "../chromium.js";
import { asOperator, expectNoComplaints, inFrame, world, type WorldProvider } from "./world.js";

/* What stays around every page: search, keys, the test clock, how a user wants it. */

let origin: string;
let provider: WorldProvider;
let customerId: string;
let visitor: Visit;
let page: Page;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Southern Frames", "2020-08-01T12:00:00.000Z");
  const run = (name: string, input: object): Promise<{ readonly id: string }> => provider.desk.mutate(name, input);
  ({ customerId } = await tellStory({ run }));
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
});

const open = async (): Promise<void> => {
  await page.goto(`${origin}/customers`);
  await page.getByRole("row", { name: "John Doe" }).waitFor();
};
const focused = (): Promise<string> =>
  page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent ?? ""');
const heading = () => page.getByRole("heading", { level: 1 }).textContent();

describe("the frame of the console", () => {
  it("searches from anywhere by /, marks what matched, and opens by keys", async () => {
    await open();
    await page.keyboard.press("/");
    expect(await focused()).toBe("Search");
    await page.keyboard.type("2555215");
    const hit = page.getByRole("option", { name: /12012555215/ }).first();
    await hit.waitFor();
    expect(await hit.locator("mark").allTextContents()).toEqual(["2555215"]);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("john");
    await page.getByRole("option", { name: /John Doe/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${origin}/customers/${customerId}`);
  });

  it("goes by g and a letter, and not while something is typed", async () => {
    await page.locator("body").click();
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.waitForURL(`${origin}/customers`);
    await page.getByLabel("Name, e-mail, phone or id").fill("g");
    await page.keyboard.type("c/?");
    expect(await page.getByLabel("Name, e-mail, phone or id").inputValue()).toBe("gc/?");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("tells all keys by ?; Esc closes, and the focus goes back", async () => {
    await open();
    await page.getByRole("link", { name: "John Doe" }).focus();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "All keys" });
    await help.waitFor();
    expect(await help.locator("kbd").allTextContents()).toEqual(expect.arrayContaining(["/", "g c", "?", "Esc"]));
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await expect.poll(focused).toBe("John Doe");
  });

  it("is as its user wants it: language, colours, dates, no single keys", async () => {
    // By what the key is called that signed in.
    await page.getByRole("button", { name: "Signed in as ADMIN – Display" }).click();
    await page.getByLabel("Dates").selectOption("dotted");
    await page.getByLabel("Colours").selectOption("dark");
    await page.getByLabel("Single keys").uncheck();
    await page.getByLabel("Language").selectOption("it");
    await page.keyboard.press("Escape");
    expect(await heading()).toBe("Clienti");
    expect(await page.getByRole("row", { name: "John Doe" }).innerText()).toContain("01.08.2020");
    expect(await page.evaluate("getComputedStyle(document.documentElement).colorScheme")).toBe("dark");
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.reload();
    await page.getByRole("row", { name: "John Doe" }).waitFor();
    expect(await heading()).toBe("Clienti");
    await page.evaluate("localStorage.clear()");
  });

  it("says that there is no connection, and that a page could not be shown, and goes on", async () => {
    await open();
    await page.context().setOffline(true);
    await page.getByText("No connection.").waitFor();
    await page.context().setOffline(false);
    await page.getByText("No connection.").waitFor({ state: "detached" });
    const before = visitor.complaints.length;
    await page.route(/\/assets\/new-customer.*\.js$/, (asked) => asked.abort());
    await page.goto(`${origin}/customers/new`);
    await page.getByText("This page could not be shown.").waitFor();
    await page.unroute(/\/assets\/new-customer.*\.js$/);
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByLabel("Credit limit").waitFor();
    // Of the file that the spec did not let through.
    (visitor.complaints as string[]).length = before;
  });

  it("gives no command without a connection, and asks what it does once that is back", async () => {
    await page.goto(`${origin}/customers/new`);
    const save = page.getByRole("button", { name: "Save", exact: true });
    await save.waitFor();
    await page.context().setOffline(true);
    await page.getByLabel("Name").fill("Ada Byron");
    await page.getByText("No connection: it can be given once it is back.").waitFor();
    expect(await save.isDisabled()).toBe(true);
    await page.context().setOffline(false);
    await page.getByText("The customer “Ada Byron” will be created.").waitFor();
    await expect.poll(() => save.isEnabled()).toBe(true);
  });

  it("keeps what is typed where the session ends, and goes on once the same one signed in again", async () => {
    const key = { label: "Short of breath", roles: ["CSR"], reason: "A session that ends" };
    const { secret } = await provider.desk.mutate<{ readonly secret: string }>("grantKey", key, "secret");
    const own = await visit({ locale: "en-GB" });
    try {
      await own.page.goto(`${origin}/#token=${secret}`);
      await inFrame(own.page);
      await own.page.goto(`${origin}/customers/new`);
      await own.page.getByLabel("Name").fill("Grace");
      await own.page.getByText("The customer “Grace” will be created.").waitFor();
      await own.page.context().clearCookies();
      await own.page.getByLabel("Name").fill("Grace Hopper");
      await own.page.getByText("Your session has ended.").waitFor();
      expect(await own.page.title()).toBe("Sign in to Tenure");
      expect(await own.page.getByLabel("Name").isVisible()).toBe(false);
      await own.page.locator("input[name=token]").fill(secret);
      await own.page.keyboard.press("Enter");
      await own.page.getByText("The customer “Grace Hopper” will be created.").waitFor();
      await expect.poll(() => own.page.evaluate("document.activeElement.name")).toBe("contact.name");
      await expect.poll(() => own.page.title()).toBe(`New customer – ${provider.name} – Tenure`);
      // What is open above the page goes with it.
      await own.page.getByRole("button", { name: /– Display$/ }).click();
      await own.page.getByRole("dialog", { name: "Display" }).waitFor();
      await own.page.context().clearCookies();
      await own.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      await own.page.getByText("Your session has ended.").waitFor();
      await own.page.getByRole("dialog", { name: "Display" }).waitFor({ state: "hidden" });
      await expect.poll(() => own.page.evaluate("document.activeElement.name")).toBe("token");
    } finally {
      await own.end();
    }
  });

  it("says that nothing is where nothing is", async () => {
    await page.goto(`${origin}/nowhere/at/all`);
    await page.getByRole("heading", { name: "Nothing is here" }).waitFor();
  });

  it("shows the test clock, and lets an operator advance it", async () => {
    await open();
    const clock = page.getByRole("region", { name: "Test clock" });
    expect(await clock.textContent()).toContain("1 Aug 2020 12:00 UTC");
    expect(await clock.getByRole("button").count()).toBe(0);
    const operator = await asOperator(origin, provider);
    try {
      const own = operator.page.getByRole("region", { name: "Test clock" });
      await own.getByLabel("Advance to").fill("03/09/2020");
      await own.getByRole("button", { name: "Advance", exact: true }).click();
      await own.getByText("3 Sep 2020 12:00 UTC").waitFor();
      expectNoComplaints(operator);
    } finally {
      await operator.end();
    }
  });

  it("leaves nothing that the browser complains of", () => {
    expectNoComplaints(visitor);
  });
});
