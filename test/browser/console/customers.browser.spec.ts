import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";

/* Pages 3 and 4: the list of customers, and a new one. */

const NAMES = Array.from({ length: 230 }, (_, at) => `Customer ${String(at + 1).padStart(3, "0")}`);

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Northern Telecom", "2020-08-01T12:00:00.000Z");
  for (let at = 0; at < NAMES.length; at += 10) {
    const some = NAMES.slice(at, at + 10);
    await Promise.all(
      some.map((name) => provider.desk.mutate("createCustomer", { currency: "USD", contact: { name } })),
    );
  }
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
});

const open = async (path: string): Promise<void> => {
  await page.goto("about:blank");
  await page.goto(`${origin}${path}`);
};
const row = (name: string) => page.getByRole("row", { name });
const focused = (): Promise<string | null> => page.evaluate("document.activeElement.textContent");
const customersOf = async (name: string): Promise<unknown[]> => {
  const { customers } = await provider.desk.request<{ customers: { edges: { node: object }[] } }>(
    `query ($name: String) { customers(filter: { name: $name }) { edges { node {
      contact { name email } creditLimit currency timeZone billingPeriod } } } }`,
    { name },
  );
  return customers.edges.map(({ node }) => node);
};

describe("the list of customers", () => {
  it("asks once, and says how many there are", async () => {
    await page.goto("about:blank");
    const operations = await operationsOf(page, async () => {
      await open("/customers");
      await page.getByText("100 rows of 230").waitFor();
    });
    expect(operations).toEqual(["Frame", "Customers"]);
    expect(await page.title()).toBe("Customers – Northern Telecom – Tenure");
  });

  it("filters by what is typed, says when nothing matches, and clears", async () => {
    await page.getByLabel("Name, e-mail, phone or id").fill("customer 01");
    await expect.poll(() => page.getByRole("row").count()).toBe(11);
    expect(page.url()).toBe(`${origin}/customers?text=customer+01`);
    await page.getByLabel("Name, e-mail, phone or id").fill("nobody");
    await page.getByText("No customer matches the filters.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText("100 rows of 230").waitFor();
    expect(page.url()).toBe(`${origin}/customers`);
  });

  it("goes on from row to row by keys, and Back finds row, focus, place and filter again", async () => {
    await open("/customers?text=customer&sort=NAME");
    await row("Customer 001").waitFor();
    await row("Customer 001").getByRole("link").focus();
    const atEnd = async () => {
      await page.keyboard.press("End");
      return focused();
    };
    await expect.poll(atEnd).toBe("Customer 230");
    await page.keyboard.press("ArrowUp");
    await expect.poll(focused).toBe("Customer 229");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    await page.goBack();
    await row("Customer 229").waitFor();
    await expect.poll(focused).toBe("Customer 229");
    expect(page.url()).toBe(`${origin}/customers?text=customer&sort=NAME`);
    expect(await page.getByLabel("Name, e-mail, phone or id").inputValue()).toBe("customer");
    expect(await page.getByRole("row").count()).toBeLessThan(60);
  });

  it("sorts by a press on a title, and leaves out columns that nobody wants", async () => {
    await open("/customers");
    await page.getByRole("button", { name: "Name" }).click();
    await row("Customer 001").waitFor();
    await page.getByRole("button", { name: "Name" }).click();
    await row("Customer 230").waitFor();
    expect(page.url()).toBe(`${origin}/customers?sort=NAME&descending=true`);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "E-mail" }).uncheck();
    await page.keyboard.press("Escape");
    const titles = () => page.getByRole("columnheader").allInnerTexts();
    const shown = (await titles()).map((title) => title.replace(/\s*[▲▼]/, ""));
    expect(shown).toEqual(["Name", "Phone", "Status", "Class", "Balance due", "Created"]);
    await page.reload();
    await row("Customer 230").waitFor();
    expect(await titles()).toHaveLength(6);
  });
});

describe("the filters of the list", () => {
  const first = "Customer 007";
  const second = "Customer 009";

  beforeAll(async () => {
    const pay = async (name: string, amount: string): Promise<void> => {
      const { customers } = await provider.desk.request<{ customers: { edges: { node: { id: string } }[] } }>(
        "query ($name: String) { customers(filter: { name: $name }) { edges { node { id } } } }",
        { name },
      );
      await provider.desk.mutate("recordPayment", { customerId: customers.edges[0]?.node.id, amount });
    };
    await Promise.all([pay(first, "12.50"), pay(second, "3.00")]);
  });

  /** Names and balances of the rows. */
  const rows = async (): Promise<string[][]> => {
    const shown = await page.locator("[data-row]").all();
    return Promise.all(shown.map(async (each) => (await each.locator("> *").allInnerTexts()).filter(isNameOrAmount)));
  };
  const isNameOrAmount = (text: string): boolean => /^(Customer|−?US)/.test(text);

  it("are a balance from and until, by which the list is sorted, and which the address keeps", async () => {
    await open("/customers");
    await page.getByLabel("Balance due up to").fill("-3");
    await page.getByRole("button", { name: "Balance due" }).click();
    await expect.poll(rows).toEqual([
      [first, "−US$12.50"],
      [second, "−US$3.00"],
    ]);
    await page.getByRole("button", { name: "Balance due" }).click();
    await expect.poll(rows).toEqual([
      [second, "−US$3.00"],
      [first, "−US$12.50"],
    ]);
    await page.getByLabel("Balance due from").fill("-10.00");
    await expect.poll(rows).toEqual([[second, "−US$3.00"]]);
    await page.reload();
    await expect.poll(rows).toEqual([[second, "−US$3.00"]]);
    expect(await page.getByLabel("Balance due from").inputValue()).toBe("-10.00");
    expect(new URL(page.url()).searchParams.get("sort")).toBe("BALANCE");
  });

  it("leave out what is no amount, in the field and in the address", async () => {
    await open("/customers?from=much&until=-3");
    await expect.poll(async () => (await rows()).length).toBe(2);
    expect(await page.getByLabel("Balance due from").inputValue()).toBe("");
    await page.getByLabel("Balance due up to").fill("nothing");
    await page.getByLabel("Balance due up to").blur();
    await page.getByText("100 rows of 230").waitFor();
    await page.getByText("Type an amount, for example 1234.50.", { exact: false }).waitFor();
  });
});

describe("a new customer", () => {
  it("asks for the credit limit first, which is 0.00, and is refused without one", async () => {
    await open("/customers");
    await page.getByRole("link", { name: "New customer" }).click();
    const limit = page.getByLabel("Credit limit");
    await limit.waitFor();
    expect(await page.getByRole("textbox").first().getAttribute("name")).toBe("creditLimit");
    expect(await limit.inputValue()).toBe("0.00");
    await page.getByLabel("Name").fill("John Doe");
    await page.getByLabel("Currency").fill("usd");
    const save = page.getByRole("button", { name: "Save", exact: true });
    await expect.poll(() => save.isEnabled()).toBe(true);
    await limit.fill("");
    await page.getByLabel("Name").focus();
    await page.getByText("Fill this in.").waitFor();
    expect(await save.isDisabled()).toBe(true);
    await page.keyboard.press("Enter");
    await limit.fill("-1");
    await page
      .getByText(/creditLimit|credit limit/i)
      .last()
      .waitFor();
    await expect.poll(() => limit.getAttribute("aria-invalid")).toBe("true");
    expect(await customersOf("John Doe")).toEqual([]);
  });

  it("is made once, however often Enter is pressed, and another one is added", async () => {
    await page.getByLabel("Credit limit").fill("10.50");
    await page.getByLabel("E-mail").fill("john@example.org");
    await page.getByText("John Doe", { exact: false }).first().waitFor();
    const another = page.getByRole("button", { name: "Save & add another" });
    await expect.poll(() => another.isEnabled()).toBe(true);
    await another.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByLabel("Name").inputValue()).toBe("");
    const rest = { currency: "USD", timeZone: "UTC", billingPeriod: "MONTHLY" };
    const john = { contact: { name: "John Doe", email: "john@example.org" }, creditLimit: "10.50", ...rest };
    await expect.poll(() => customersOf("John Doe")).toEqual([john]);
    expect(await page.getByLabel("Credit limit").inputValue()).toBe("0.00");
    expect(await page.getByLabel("Currency").inputValue()).toBe("USD");
    await page.getByLabel("Name").fill("Jane Roe");
    await expect.poll(() => page.getByRole("button", { name: "Save", exact: true }).isEnabled()).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    const jane = { contact: { name: "Jane Roe", email: null }, creditLimit: "0.00", ...rest };
    await expect.poll(() => customersOf("Jane Roe")).toEqual([jane]);
  });

  it("leaves nothing that the browser complains of", () => {
    expectNoComplaints(visitor);
  });
});
