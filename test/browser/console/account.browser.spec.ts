import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";

/* Page 7: an account. E6: 24 periods from 2020-08-15, and on 2020-11-15 a second commitment synchronised with it. */

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
let accountId: string;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Accounts", "2020-08-15T12:00:00.000Z");
  const { desk } = provider;
  const story = await tellStory({ run: (name, input) => desk.mutate(name, input) });
  ({ accountId } = story);
  await desk.mutate("defineMainProduct", { name: "Large", addOnProductIds: [story.addOnProductId] });
  await desk.mutate("assignOffer", { accountId, offerId: story.offerId });
  await desk.mutate("advanceTestClock", { to: "2020-11-15T12:00:00.000Z" });
  visitor = await provider.as("CSR");
  ({ page } = visitor);
});

const drawer = () => page.getByRole("dialog");
const commitments = async (): Promise<string[]> => {
  const rows = page.getByRole("group", { name: "List of commitments" }).getByRole("row");
  return (await rows.allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, " ").trim());
};
const confirm = async (name: string): Promise<void> => {
  await drawer().getByRole("button", { name, exact: true }).click();
  await drawer().waitFor({ state: "detached" });
};

describe("the page of an account", () => {
  it("asks once, and shows what the account holds", async () => {
    await page.goto("about:blank");
    const operations = await operationsOf(page, async () => {
      await page.goto(`${origin}/accounts/${accountId}`);
      await page.getByRole("heading", { name: "Account 12012555215" }).waitFor();
    });
    expect(operations).toEqual(["Frame", "Account"]);
    expect(await page.title()).toBe("Account 12012555215 – Accounts – Tenure");
    expect(await commitments()).toEqual(["Turbo 1 GB Active 15 Aug 2020 15 Aug 2022 by default –"]);
    expect(await page.getByRole("link", { name: "John Doe" }).first().getAttribute("href")).toMatch(/^\/customers\//);
  });

  it("shows the same last discounted day twice before a synchronised commitment is added (E6)", async () => {
    await page.getByRole("button", { name: "Add a commitment" }).click();
    await drawer().getByLabel("Offer").selectOption("Turbo 1 GB");
    await drawer().getByLabel("First day without discount").selectOption("The same as another commitment");
    const copied = drawer().getByLabel("Commitment");
    await copied.selectOption("Turbo 1 GB: 15 Aug 2022");
    const change = drawer().getByText("15 Aug 2022", { exact: false });
    await expect.poll(async () => (await drawer().locator("dd").allInnerTexts()).join(" ")).toContain("15 Aug 2022");
    // Once the date that is copied, once the date that it will have.
    expect(await change.count()).toBeGreaterThanOrEqual(2);
    expect(await commitments()).toHaveLength(1);
    await confirm("Add");
    await expect
      .poll(commitments)
      .toEqual([
        "Turbo 1 GB Active 15 Aug 2020 15 Aug 2022 by default –",
        "Turbo 1 GB Active 15 Nov 2020 15 Aug 2022 synchronised –",
      ]);
  });

  it("needs a reason for a date by hand, and records nothing on Esc", async () => {
    await page.getByRole("button", { name: "Add a commitment" }).click();
    await drawer().getByLabel("Offer").selectOption("Turbo 1 GB");
    await drawer().getByLabel("First day without discount").selectOption("By hand");
    await drawer().getByLabel("Date", { exact: false }).last().fill("1.3.2021");
    expect(await drawer().getByRole("button", { name: "Add", exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await drawer().waitFor({ state: "detached" });
    expect(await commitments()).toHaveLength(2);
  });

  it("adds an alias in a realm, changes what it is used for, and takes it away again", async () => {
    const aliases = async (): Promise<string[]> => {
      const rows = page.getByRole("group", { name: "List of aliases" }).getByRole("row");
      return (await rows.allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, " ").trim());
    };
    await page.getByRole("button", { name: "Add an alias" }).click();
    await drawer().getByLabel("Alias").fill("+390611122255");
    await drawer().getByLabel("Realm").fill("SIP.example.com");
    await drawer().getByLabel("Role").selectOption("Mobile");
    await confirm("Add");
    await expect.poll(aliases).toEqual(["+390611122255 sip.example.com Mobile Allowed Change Remove"]);
    await page.getByRole("button", { name: "Change the alias +390611122255" }).click();
    await drawer().getByLabel("Role").selectOption("SIP trunk");
    await drawer().getByLabel("Identifies a caller").uncheck();
    await confirm("Change");
    await expect.poll(aliases).toEqual(["+390611122255 sip.example.com SIP trunk Only called Change Remove"]);
    await page.getByRole("button", { name: "Remove the alias +390611122255" }).click();
    await confirm("Remove");
    await expect.poll(aliases).toEqual([]);
  });

  it("shows what there is on another day, which the address keeps", async () => {
    const section = page.getByRole("region", { name: "Entitlements", exact: true });
    expect(await section.getByText("Can be used").count()).toBe(2);
    await section.getByLabel("On").fill("01/10/2020");
    await expect.poll(() => section.getByText("Can be used").count()).toBe(1);
    expect(page.url()).toBe(`${origin}/accounts/${accountId}?on=2020-10-01`);
    await section.getByRole("button", { name: "Today" }).click();
    await expect.poll(() => section.getByText("Can be used").count()).toBe(2);
    expect(page.url()).toBe(`${origin}/accounts/${accountId}`);
  });

  it("changes the main product, and closes the account with what that costs", async () => {
    await page.getByRole("button", { name: "Change main product" }).click();
    await drawer().getByLabel("Main product").selectOption("Large");
    await confirm("Change");
    await page.getByText("Large", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Close account" }).click();
    // 2.74 + 5.00 + 5.00 + half of November for the first, one day for the second.
    await drawer().getByText("Early termination: Turbo").first().waitFor();
    await confirm("Close the account");
    await page.getByText("Closed", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Add a commitment" }).count()).toBe(0);
    expectNoComplaints(visitor);
  });
});
