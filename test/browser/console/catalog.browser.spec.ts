import { AxeBuilder } from "@axe-core/playwright";
import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";

/* Page 9: the catalog. Turbo 1 GB: 20.00 less 5.00 a month for 24 months is 15.00. */

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Catalogs", "2020-08-15T12:00:00.000Z");
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
});

const drawer = () => page.getByRole("dialog");
const field = (name: string) => drawer().getByRole("textbox", { name: new RegExp(`^${name}( |$)`) });
const choice = (name: string) => drawer().getByRole("combobox", { name: new RegExp(`^${name}( |$)`) });
const button = (name: string) => drawer().getByRole("button", { name, exact: true });
const confirm = async (name: string): Promise<void> => {
  await button(name).click();
  await drawer().waitFor({ state: "detached" });
};
const rowsOf = async (list: string): Promise<string[]> => {
  const rows = await page.getByRole("group", { name: list, exact: true }).getByRole("row").allInnerTexts();
  return rows.slice(1).map((text) => text.replaceAll(/\s+/g, " ").trim());
};

/** Goes on by Tab until what has the focus is called so. */
const tabTo = async (name: string): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    const focused = await page.evaluate<string>(`(() => {
      const { activeElement: at } = document;
      if (!at.matches("a, button, input, select")) return "";
      return at.labels?.[0]?.innerText ?? at.getAttribute("aria-label") ?? at.innerText;
    })()`);
    if (focused.replace(" (required)", "").trim() === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${name}.`);
};
const press = async (name: string): Promise<void> => {
  await tabTo(name);
  await page.keyboard.press("Enter");
};
/** Fills in fields by keys, and confirms. */
const typeIn = async (fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, text] of Object.entries(fields)) {
    await tabTo(name);
    await page.keyboard.type(text);
  }
  await expect.poll(() => button("Define").isEnabled()).toBe(true);
  await press("Define");
  await drawer().waitFor({ state: "detached" });
};

describe("the catalog", () => {
  it("has nothing at first, and asks once", async () => {
    await page.goto("about:blank");
    const operations = await operationsOf(page, async () => {
      await page.goto(`${origin}/catalog/volume-discount-plans`);
      await page.getByText("Nothing is defined yet.").waitFor();
    });
    expect(operations).toEqual(["Frame", "CatalogVolumeDiscountPlans"]);
    expect(await page.title()).toBe("Volume discount plans – Catalogs – Tenure");
  });

  it("defines Turbo 1 GB by keys alone: volume discount plan, add-on product, plan, offer", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.waitForURL(`${origin}/catalog/offers`);
    await press("Volume discount plans");
    await page.waitForURL(`${origin}/catalog/volume-discount-plans`);
    await press("Define a volume discount plan");
    await typeIn({ Name: "1 GB a month", Service: "Internet", Quota: "1", Unit: "GB" });
    await expect.poll(() => rowsOf("Volume discount plans")).toEqual(["1 GB a month Internet 1 GB"]);

    await press("Add-on products");
    await page.waitForURL(`${origin}/catalog/add-on-products`);
    await press("Define an add-on product");
    await drawer().getByRole("option", { name: "1 GB a month" }).waitFor({ state: "attached" });
    await typeIn({ Name: "1 GB", Service: "Internet", Quota: "1 GB", "Volume discount plan": "1 GB a month" });
    await expect.poll(() => rowsOf("Add-on products")).toEqual(["1 GB Internet 1 GB 1 GB a month"]);

    await press("Plans");
    await page.waitForURL(`${origin}/catalog/plans`);
    await press("Define a plan");
    await typeIn({ Name: "Turbo", Currency: "usd", Fee: "20.00", "Minimum periods": "24" });
    await expect.poll(() => rowsOf("Plans")).toEqual(["Turbo US$20.00 a month 24 All discounts given"]);

    await press("Offers");
    await page.waitForURL(`${origin}/catalog/offers`);
    await press("Define an offer");
    await drawer().getByRole("option", { name: "Turbo" }).waitFor({ state: "attached" });
    await typeIn({
      ...{ Name: "Turbo 1 GB", Currency: "USD", "Discounted periods": "24" },
      ...{ Plan: "Turbo", "Add-on product": "1 GB", Discount: "5.00" },
    });
    await expect
      .poll(() => rowsOf("Offers"))
      .toEqual(["Turbo 1 GB On sale Turbo with 1 GB: US$20.00 − US$5.00 = US$15.00 a month 24"]);
  });

  it("refuses a discount over the fee at its field", async () => {
    await page.getByRole("button", { name: "Define an offer" }).click();
    await field("Name").fill("Too good");
    await field("Currency").fill("USD");
    await field("Discounted periods").fill("24");
    await choice("Plan").selectOption("Turbo");
    await button("Add a recurring fee").click();
    await choice("Plan").last().selectOption("Turbo");
    await field("Discount").first().fill("5.00");
    const discount = field("Discount").last();
    await discount.fill("25.00");
    await expect.poll(() => discount.getAttribute("aria-invalid")).toBe("true");
    expect(await field("Discount").first().getAttribute("aria-invalid")).toBe(null);
    const told = drawer().getByText("The discount is larger than every fee of Turbo.");
    expect(await told.count()).toBe(1);
    expect(await button("Define").isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await drawer().waitFor({ state: "detached" });
    expect(await rowsOf("Offers")).toHaveLength(1);
  });

  it("shows an offer with its price over the term, as the API has it, and asks once", async () => {
    const operations = await operationsOf(page, async () => {
      await page.getByRole("link", { name: "Turbo 1 GB" }).click();
      await page.getByRole("heading", { name: "Turbo 1 GB" }).waitFor();
    });
    expect(operations).toEqual(["CatalogOffer"]);
    expect(await rowsOf("Recurring fees")).toEqual(["Turbo 1 GB a month US$20.00 US$5.00 US$15.00"]);
    expect(await page.getByRole("img").getAttribute("aria-label")).toBe(
      "From 1 Aug 2020 on US$15.00 a month, from 1 Aug 2022 on US$20.00 a month.",
    );
    expect(await rowsOf("Price over the term")).toEqual([
      "On the day of sign-up 1 Aug 2020 US$0.00",
      "While the discount runs 1 Aug 2020 – 31 Jul 2022 US$15.00 a month",
      "After the discount 1 Aug 2022 – US$20.00 a month",
      "All until the discount ends US$360.00",
    ]);
    const leaving = await rowsOf("Leaving costs");
    expect([leaving[0], leaving.length, leaving.at(-1)]).toEqual(["31 Aug 2020 US$5.00", 24, "31 Jul 2022 US$0.00"]);
    await page.getByText("The offer “Turbo 1 GB” was put on sale.").waitFor();
  });

  it("revises it, withdraws it, finds it among the withdrawn, and puts it back on sale", async () => {
    await page.getByRole("button", { name: "Revise" }).click();
    expect(await field("Discount").inputValue()).toBe("5.00");
    await field("Discount").fill("4.00");
    await button("Add a one-time fee").click();
    await field("Description").fill("Modem");
    await field("Service").fill("Internet");
    await field("Fee").fill("30.00");
    await confirm("Revise");
    await expect.poll(() => rowsOf("Recurring fees")).toEqual(["Turbo 1 GB a month US$20.00 US$4.00 US$16.00"]);
    expect(await rowsOf("One-time fees")).toEqual(["Modem Internet US$30.00 US$0.00 US$30.00"]);
    await page.getByRole("button", { name: "Withdraw" }).click();
    await confirm("Withdraw");
    await page.getByText("Withdrawn", { exact: true }).waitFor();
    await page.locator("#page").getByRole("link", { name: "Offers" }).click();
    await page.getByRole("combobox", { name: "Status" }).selectOption("On sale");
    await page.getByText("Nothing matches.").waitFor();
    await page.getByRole("combobox", { name: "Status" }).selectOption("Withdrawn");
    await page.getByRole("textbox", { name: "Name contains" }).or(page.getByRole("searchbox")).fill("turbo");
    await page.waitForURL(`${origin}/catalog/offers?name=turbo&status=WITHDRAWN`);
    await page.getByRole("link", { name: "Turbo 1 GB" }).click();
    await page.getByRole("button", { name: "Put back on sale" }).click();
    await confirm("Put back on sale");
    await page.getByText("On sale", { exact: true }).waitFor();
    await page.goBack();
    await page.waitForURL(`${origin}/catalog/offers?name=turbo&status=WITHDRAWN`);
    await page.getByText("Nothing matches.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => rowsOf("Offers")).toHaveLength(1);
  });

  it("deletes an offer that nobody ever had", async () => {
    await page.getByRole("link", { name: "Turbo 1 GB" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await confirm("Delete");
    await page.waitForURL(`${origin}/catalog/offers`);
    await page.getByText("Nothing is defined yet.").waitFor();
  });

  it("revises a plan, with another billing period", async () => {
    await page.goto(`${origin}/catalog/plans`);
    const inMenu = page.getByRole("navigation", { name: "Menu" }).getByRole("link", { name: "Catalog" });
    expect(await inMenu.getAttribute("aria-current")).toBe("page");
    await page.getByRole("link", { name: "Turbo" }).click();
    await page.getByRole("button", { name: "Revise" }).click();
    await button("Add a fee for another billing period").click();
    await choice("Billing period").last().selectOption("a year");
    await field("Fee").last().fill("200.00");
    await confirm("Revise");
    await page.getByText("US$200.00 a year").first().waitFor();
  });

  it("defines a main product, and revises what is allowed with it", async () => {
    await page.goto(`${origin}/catalog/main-products`);
    await page.getByRole("button", { name: "Define a main product" }).click();
    await field("Name").fill("Smart");
    await confirm("Define");
    await page.getByRole("link", { name: "Smart" }).click();
    await page.getByText("No add-on product is allowed with it.").waitFor();
    await page.getByRole("button", { name: "Revise" }).click();
    await drawer().getByRole("checkbox", { name: "1 GB" }).check();
    await confirm("Revise");
    await expect.poll(() => rowsOf("Add-on products")).toEqual(["1 GB Internet 1 GB"]);
    await page.getByRole("link", { name: "1 GB" }).first().click();
    await page.getByRole("heading", { name: "1 GB" }).waitFor();
    await page.locator("#page").getByRole("link", { name: "Smart" }).waitFor();
  });

  it("defines a main product that gives calls, by keys, with a refusal at its field, and revises how", async () => {
    const { id: tariffId } = await provider.desk.mutate<{ id: string }>("defineTariff", {
      ...{ name: "Toll-free", currency: "USD" },
    });
    await page.goto(`${origin}/catalog/main-products`);
    await press("Define a main product");
    await tabTo("Name");
    await page.keyboard.type("Line");
    await tabTo("Gives calls");
    await page.keyboard.press("Space");
    await drawer().getByRole("option", { name: "Toll-free (USD)" }).first().waitFor({ state: "attached" });
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await tabTo("Host");
    await page.keyboard.type("PBX.example");
    await tabTo("Tariff of calls received");
    await page.keyboard.type("Toll");
    await tabTo("Calls at the same time");
    await page.keyboard.type("20000");
    await expect.poll(() => field("Calls at the same time").getAttribute("aria-invalid")).toBe("true");
    expect(await drawer().getByText("A whole number from 1 to 10000.").count()).toBe(1);
    expect(await button("Define").isDisabled()).toBe(true);
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await drawer().getByText("The main product “Line” will be put into the catalog; it gives calls.").waitFor();
    await press("Define");
    await drawer().waitFor({ state: "detached" });
    await expect.poll(() => rowsOf("Main products")).toEqual(["Line Given", "Smart 1 GB"]);

    const operations = await operationsOf(page, async () => {
      await page.getByRole("link", { name: "Line" }).click();
      await page.getByRole("heading", { name: "Line" }).waitFor();
    });
    expect(operations).toEqual(["CatalogMainProduct"]);
    const calls = page.getByRole("region", { name: "Calls" });
    const said = async () => [
      await calls.getByRole("term").allInnerTexts(),
      await calls.getByRole("definition").allInnerTexts(),
    ];
    expect(await said()).toEqual([
      ["SIP contact", "Tariff of calls received", "Calls at the same time"],
      ["pbx.example:5060 UDP", "Toll-free", "200"],
    ]);
    expect(await calls.getByRole("link", { name: "Toll-free" }).getAttribute("href")).toBe(`/tariffs/${tariffId}`);
    await page.getByRole("button", { name: "Revise" }).click();
    await field("Calls at the same time").fill("2");
    await choice("Language of announcements").selectOption("Italian");
    await field("Host").fill("");
    await drawer().getByText("The main product “Line” will be revised; it gives calls.").waitFor();
    await confirm("Revise");
    await expect.poll(said).toEqual([
      ["Tariff of calls received", "Calls at the same time", "Language of announcements"],
      ["Toll-free", "2", "Italian"],
    ]);
    await page.getByRole("button", { name: "Revise" }).click();
    await drawer().getByRole("checkbox", { name: "Gives calls" }).uncheck();
    await drawer().getByText("The main product “Line” will be revised; it gives no calls.").waitFor();
    await confirm("Revise");
    await calls.getByText("It gives no calls.").waitFor();
  });

  it("offers no command to who answers customers", async () => {
    const { page: desk } = await provider.as("CSR");
    await desk.goto(`${origin}/catalog/plans`);
    await desk.getByRole("link", { name: "Turbo" }).click();
    await desk.getByRole("heading", { name: "Turbo" }).waitFor();
    expect(await desk.getByRole("button", { name: "Revise" }).count()).toBe(0);
  });

  it("leaves nothing that the browser complains of", () => {
    expectNoComplaints(visitor);
  });
});
