import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";

/* Page 5: a customer. */

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
let john: string;
let mainProductId: string;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Lakeside Telecom", "2020-08-10T12:00:00.000Z");
  const { desk } = provider;
  const fees = [{ period: "MONTHLY", amount: "20.00" }];
  const [{ id: planId }, product] = await Promise.all([
    desk.mutate("definePlan", { name: "Turbo 1 GB", currency: "USD", recurringFees: fees, minimumPeriods: 24 }),
    desk.mutate("defineMainProduct", { name: "Subscriber" }),
  ]);
  mainProductId = product.id;
  const { id: offerId } = await desk.mutate("defineOffer", {
    ...{ name: "Turbo 1 GB", currency: "USD", discountPeriods: 24, transferFee: "3.00" },
    recurringFees: [{ planId, discount: "5.00" }],
  });
  ({ id: john } = await desk.mutate("createCustomer", {
    ...{ currency: "USD", creditLimit: "250.00" },
    contact: { name: "John Doe", email: "john@example.org" },
  }));
  const { id: accountId } = await desk.mutate("openAccount", {
    ...{ customerId: john, identifier: "12065551234", mainProductId },
  });
  await desk.mutate("assignOffer", { accountId, offerId, effectiveOn: "2020-08-10" });
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
});

const open = async (path: string): Promise<void> => {
  await page.goto("about:blank");
  await page.goto(`${origin}${path}`);
};
const fact = (name: string): Promise<string | null> =>
  page
    .locator("dt", { hasText: new RegExp(`^${name}$`) })
    .locator("xpath=following-sibling::dd")
    .textContent();
/** The cells of a table's rows, its titles first. */
const rowsOf = async (label: string): Promise<string[][]> => {
  const rows = await page.getByRole("group", { name: label, exact: true }).getByRole("row").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allTextContents()));
};
const drawer = () => page.getByRole("dialog");
const confirm = () => drawer().locator("button[type=submit]");
const act = async (name: string): Promise<void> => {
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
  await drawer().waitFor();
};

describe("a customer", () => {
  it("is told by one query: what it owes, its limit, accounts, commitments and running period", async () => {
    const operations = await operationsOf(page, async () => {
      await open(`/customers/${john}`);
      await page.getByRole("heading", { name: "John Doe" }).waitFor();
      await page.getByRole("group", { name: "Accounts of John Doe" }).waitFor();
    });
    expect(operations).toEqual(["Frame", "Customer"]);
    expect(await page.title()).toBe("John Doe – Lakeside Telecom – Tenure");
    expect(await fact("Credit limit")).toBe("US$250.00");
    expect(await fact("Balance due")).toBe("US$0.00");
    expect(await rowsOf("Lines of the running period")).toEqual([
      ["Line", "Days", "Fee", "Discount", "Net"],
      ["Turbo 1 GB", "10 Aug 2020 – 31 Aug 2020", "US$14.19", "US$3.55", "US$10.64"],
      ["Total", "", "", "", "US$10.64"],
    ]);
    expect((await rowsOf("Accounts of John Doe"))[1]).toEqual([
      "12065551234",
      "Subscriber",
      "",
      "Open since 10 Aug 2020",
    ]);
    expect(await page.getByRole("group", { name: "Commitments of John Doe" }).getByRole("link").count()).toBe(1);
    expect((await rowsOf("What John Doe holds"))[1]).toEqual([
      ...["Turbo 1 GB", "12065551234", "Active", "–", "10 Aug 2022", "PauseUpgradeTerminate"],
    ]);
  });

  it("leads to the everyday commands of what it holds, each with its drawer open", async () => {
    await page.getByRole("link", { name: "Pause: Turbo 1 GB" }).click();
    await drawer().getByRole("heading", { name: "Pause" }).waitFor();
    await page.getByRole("heading", { level: 1, name: "Turbo 1 GB" }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await page.goBack();
    await page.getByRole("heading", { name: "John Doe" }).waitFor();
    expect(await drawer().count()).toBe(0);
  });

  it("is suspended once a reason is given and its lines were shown", async () => {
    await act("Suspend");
    expect(await confirm().isDisabled()).toBe(true);
    await drawer().getByLabel("First day without service").fill("15/08/2020");
    await drawer().getByLabel("Reason").fill("Line misused");
    const preview = drawer().getByRole("region", { name: "What will happen" });
    // 5 days of 31: 20.00 x 5/31 = 3.23, 5.00 x 5/31 = 0.81.
    await preview.getByText("US$2.42").first().waitFor();
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    await confirm().click();
    await drawer().waitFor({ state: "detached" });
    await page.getByText("From 15 Aug 2020: suspended.").waitFor();
    await page.getByRole("link", { name: /^Turbo 1 GB: active.*, suspended from 15 Aug 2020, / }).waitFor();
  });

  it("takes back what is ordered for a coming day", async () => {
    await page.getByRole("button", { name: "Cancel this" }).click();
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    await confirm().click();
    await page.getByText("From 15 Aug 2020: suspended.").waitFor({ state: "detached" });
  });

  it("pays, and the payment is on its statement", async () => {
    await page.getByRole("button", { name: "Record payment" }).click();
    await drawer().getByLabel("Amount").fill("12.50");
    await drawer().getByLabel("Reference").fill("RF18 5390");
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    await confirm().click();
    await expect.poll(() => fact("Unused credit")).toBe("US$12.50");
    await page.getByRole("link", { name: "Statement" }).click();
    await page.getByRole("group", { name: "Statement", exact: true }).waitFor();
    expect(await rowsOf("Statement")).toEqual([
      ["Day", "What", "Reference", "Amount", "Balance after"],
      ["10 Aug 2020", "Payment", "RF18 5390", "−US$12.50", "−US$12.50"],
      ["10 Aug 2020", "Balance before", "", "", "US$0.00"],
    ]);
    expect(page.url()).toBe(`${origin}/customers/${john}?tab=statement`);
  });

  it("tells who did what, the latest first", async () => {
    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("listitem").filter({ hasText: "12.50" }).first().waitFor();
    const entries = await page.getByRole("main").getByRole("listitem").allInnerTexts();
    const told = (text: string): number => entries.findIndex((entry) => entry.includes(text));
    expect(told("12.50")).toBeGreaterThan(-1);
    expect(told("Line misused")).toBeGreaterThan(told("12.50"));
  });

  it("changes its contact as a whole, and refuses what is no address at its field", async () => {
    await open(`/customers/${john}`);
    await page.getByRole("heading", { name: "John Doe" }).waitFor();
    await act("Change contact");
    await drawer().getByLabel("E-mail").fill("no address");
    await expect.poll(() => drawer().getByLabel("E-mail").getAttribute("aria-invalid")).toBe("true");
    await drawer().getByLabel("E-mail").fill("john.doe@example.org");
    await drawer().getByLabel("Phone").fill("+1 206 555 1234");
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    await confirm().click();
    await expect.poll(() => fact("E-mail")).toBe("john.doe@example.org");
    expect(await fact("Phone")).toBe("+1 206 555 1234");
  });

  it("takes away nothing that somebody else changed of the contact meanwhile, and says so", async () => {
    const { desk } = provider;
    await act("Change contact");
    await drawer().getByText("This changes nothing.").waitFor();
    await desk.mutate("changeCustomerContact", { customerId: john, phone: "+1 206 555 0000" });
    await drawer().getByLabel("E-mail").fill("jd@example.org");
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    const changes = async (at: number) =>
      (await drawer().locator("section dl").nth(at).innerText()).replaceAll(/\s+/g, " ");
    expect(await changes(0)).toBe("E-mail john.doe@example.org → jd@example.org");
    await confirm().click();
    await expect.poll(() => fact("E-mail")).toBe("jd@example.org");
    expect(await fact("Phone")).toBe("+1 206 555 0000");

    // A form begins with what was ordered last, though it is not in force.
    await desk.mutate("changeCustomerBilling", { customerId: john, timeZone: "Europe/Berlin" });
    await open(`/customers/${john}`);
    await act("Change billing");
    await drawer().getByLabel("Time zone").fill("Europe/Rome");
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    expect(await changes(0)).toBe("Time zone Europe/Berlin → Europe/Rome");
    await page.keyboard.press("Escape");

    // The same field, between what will happen and Confirm.
    await act("Change contact");
    await drawer().getByLabel("Tax id").fill("T 1");
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    await desk.mutate("changeCustomerContact", { customerId: john, taxId: "T 2", companyDomain: "doe.example" });
    await confirm().click();
    await drawer().getByText("Something changed meanwhile.").waitFor();
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    expect([await changes(0), await changes(1)]).toEqual([
      "Company domain none → doe.example Tax id none → T 2",
      "Tax id T 2 → T 1",
    ]);
    expect(await drawer().getByLabel("Company domain").inputValue()).toBe("doe.example");
    await confirm().click();
    await expect.poll(() => fact("Tax id")).toBe("T 1");
  });

  it("goes back to where a drawer was opened, by a menu too, and leads to the field of a refused Confirm", async () => {
    const focused = (name: string) => expect.poll(() => page.evaluate(`document.activeElement.${name}`));
    await act("Suspend");
    await page.keyboard.press("Escape");
    await drawer().waitFor({ state: "detached" });
    await focused("textContent").toBe("Change ▾");

    await page.getByRole("button", { name: "Open account" }).click();
    // Nothing that is typed goes by a slip of a single key.
    await drawer().getByLabel("Account id").fill("12065559999");
    await drawer().getByLabel("Main product").selectOption({ label: "Subscriber" });
    await expect.poll(() => confirm().isEnabled()).toBe(true);
    await drawer().getByRole("button", { name: "Back" }).focus();
    await page.keyboard.press("?");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    // Taken by somebody else between what will happen and Confirm.
    await provider.desk.mutate("openAccount", { customerId: john, identifier: "12065559999", mainProductId });
    await confirm().focus();
    await page.keyboard.press("Enter");
    await focused("name").toBe("identifier");
    const said = "Another account has this account id or alias.";
    expect(await drawer().getByText(said).count()).toBe(1);
    expect(await page.getByRole("log").textContent()).toBe(said);
    await page.keyboard.press("Escape");
    await focused("textContent").toBe("Open account");
  });

  it("is not there under another provider, or under an id that leads nowhere", async () => {
    const other = await (await world()).provider("Hillside Telecom", "2020-08-10T12:00:00.000Z");
    const { page: theirs } = await other.as("ADMIN");
    await theirs.goto(`${origin}/customers/${john}`);
    await theirs.getByText("Nothing is here").waitFor();
    expect(await theirs.getByText("John Doe").count()).toBe(0);
  });

  it("offers what a role may do, and no more", async () => {
    const { page: support } = await provider.as("SUPPORT");
    await support.goto(`${origin}/customers/${john}`);
    await support.getByRole("heading", { name: "John Doe" }).waitFor();
    expect(await support.getByRole("button", { name: /Change|Record payment|Open account/ }).count()).toBe(0);
    // Who did what is for all the people of the provider.
    expect(await support.getByRole("link", { name: "History" }).count()).toBe(1);
  });

  it("gives the browser nothing to complain of", () => {
    expectNoComplaints(visitor);
  });
});
