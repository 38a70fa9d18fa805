import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "../../../libs/application/spec-support/story.js";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";

/* Pages 1 and 2: the work list, and the search. */

const ALIASES = ["12012555255", "12012555256", "55-one", "fax 55", "other"];

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
let commitmentId: string;
let customerId: string;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Southern Telecom", "2020-08-01T12:00:00.000Z");
  const run = (name: string, input: object) => provider.desk.mutate(name, { ...input });
  const { accountId, offerId, ...story } = await tellStory({ run });
  ({ customerId } = story);
  for (const alias of ALIASES) await run("addAlias", { accountId, alias });
  commitmentId = (await run("assignOffer", { accountId, offerId })).id;
  visitor = await provider.as("CSR");
  ({ page } = visitor);
});

const cells = async (): Promise<string[]> => {
  const rows = await page.getByRole("row").all();
  const firsts = await Promise.all(rows.slice(1).map((row) => row.getByRole("link").first().innerText()));
  return firsts.sort();
};

describe("the search", () => {
  it("finds exactly the aliases that end with 55", async () => {
    await page.goto("about:blank");
    const operations = await operationsOf(page, async () => {
      await page.goto(`${origin}/search?text=55&match=ENDS_WITH`);
      await page.getByText("12012555255").waitFor();
    });
    expect(operations).toEqual(["Frame", "Aliases"]);
    expect(await cells()).toEqual(["12012555255", "fax 55"]);
    expect(await page.title()).toBe("Search – Southern Telecom – Tenure");
  });

  it("marks what matched, of everything that a text names, and asks once", async () => {
    await page.goto("about:blank");
    const operations = await operationsOf(page, async () => {
      await page.goto(`${origin}/search?text=${encodeURIComponent("DÖE")}`);
      await page.getByRole("heading", { name: "Customers" }).waitFor();
    });
    expect(operations).toEqual(["Frame", "Search"]);
    expect(await page.locator("mark").allInnerTexts()).toEqual(["Doe"]);
    await page.getByLabel("Search for").fill(commitmentId.slice(0, 8));
    await page.getByRole("link", { name: "Turbo 1 GB" }).waitFor();
    expect(await page.locator("mark").allInnerTexts()).toEqual([commitmentId.slice(0, 8)]);
    await page.getByRole("link", { name: "Turbo 1 GB" }).click();
    await page.waitForURL(`${origin}/commitments/${commitmentId}`);
    await page.goBack();
    await page.getByRole("link", { name: "Turbo 1 GB" }).waitFor();
  });

  it("says that nothing was found, and what to type", async () => {
    await page.getByLabel("Search for").fill("nobody");
    await page.getByText("Nothing was found for “nobody”.").waitFor();
    await page.getByLabel("Search for").fill("");
    await page.getByText("Type what you look for.").waitFor();
    expect(page.url()).toBe(`${origin}/search`);
  });
});

describe("the work list", () => {
  it("says that all is done", async () => {
    await page.goto("about:blank");
    const operations = await operationsOf(page, async () => {
      await page.goto(`${origin}/`);
      await page.getByText("All done").waitFor();
    });
    expect(operations).toEqual(["Frame", "WorkList"]);
  });

  it("counts what waits, and opens it in one request", async () => {
    await provider.desk.mutate("requestPause", { commitmentId, from: "2020-09-01", until: "2020-09-30" });
    await provider.desk.mutate("terminateCommitment", { commitmentId, effectiveOn: "2020-08-20" });
    await page.reload();
    await page.getByRole("link", { name: "Ending within 30 days" }).waitFor();
    expect(await cells()).toEqual(["Ending within 30 days", "Requested pauses"]);
    const operations = await operationsOf(page, async () => {
      await page.getByRole("link", { name: "Requested pauses" }).click();
      await page.getByRole("link", { name: "Turbo 1 GB" }).waitFor();
    });
    expect(operations).toEqual(["WorkList"]);
    expect(page.url()).toBe(`${origin}/?list=pauseRequests`);
    await page.getByRole("link", { name: "Ending within 30 days" }).click();
    await page.getByRole("group", { name: "List: Ending within 30 days" }).waitFor();
    const row = page.getByRole("row", { name: "Turbo 1 GB" });
    expect(await row.getByRole("cell").allInnerTexts()).toEqual(["John Doe", "1 Aug 2022", "20 Aug 2020"]);
    expect(await row.getByRole("link", { name: "John Doe" }).getAttribute("href")).toBe(`/customers/${customerId}`);
  });

  it("leaves nothing that the browser complains of", () => {
    expectNoComplaints(visitor);
  });
});
