import { AxeBuilder } from "@axe-core/playwright";
import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrganization } from "../../../apps/fakes/zendesk/organizations.js";
import { type RunningFakeZendesk } from "../../../apps/fakes/zendesk/server.js";
import { createTicket, updateTicket } from "../../../apps/fakes/zendesk/tickets.js";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";

/* Page 6: a customer's tickets. Steps 7 and 8 of "A day with Zendesk": the ABC company's three. */

let origin: string;
let fake: RunningFakeZendesk;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
let abc: string;
/** Organizations of Zendesk: ABC's, which was there before, and one that is somebody else's. */
let organization: number;
let foreign: number;

beforeAll(async () => {
  const made = await world();
  ({ origin, zendesk: fake } = made);
  provider = await made.withZendesk("2026-03-05T12:00:00.000Z");
  const { desk } = provider;
  fake.state.setNow("2026-03-01T09:00:00Z");
  organization = createOrganization(fake.state, { name: "ABC company", domain_names: ["abc.example"] }).id;
  foreign = createOrganization(fake.state, { name: "ABC of another system", external_id: "crm-17" }).id;
  ({ id: abc } = await desk.mutate("createCustomer", {
    ...{ currency: "EUR", timeZone: "Europe/Rome" },
    contact: { name: "ABC company", email: "office@abc.example" },
  }));
  await desk.mutate("changeProviderSettings", { supportHourlyRate: { amount: "48", currency: "EUR" } });
  const ticket = (subject: string, given: object) =>
    createTicket(fake.state, {
      ...{ subject, comment: { body: "Text" }, organization_id: organization, ...given },
      requester: { name: "John Doe", email: "john@abc.example" },
    }).id;
  fake.state.setNow("2026-02-26T09:00:00Z");
  ticket("Please check the invoice", {});
  fake.state.setNow("2026-03-02T10:00:00Z");
  ticket("The screenshot is attached", { priority: "normal", type: "problem", recipient: "support@tenure.example" });
  fake.state.setNow("2026-03-02T11:00:00Z");
  const plans = ticket("New tariff plans", { priority: "low", type: "question" });
  fake.state.setNow("2026-03-02T13:30:00Z");
  updateTicket(fake.state, plans, { status: "solved" });
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
});
afterAll(() => {
  fake.faults.clear();
  fake.state.setNow(null);
});

const drawer = () => page.getByRole("dialog");
const confirm = async (): Promise<void> => {
  const button = drawer().locator("button[type=submit]");
  await expect.poll(() => button.isEnabled()).toBe(true);
  await button.click();
  await drawer().waitFor({ state: "detached" });
};
const path = (search = ""): string => `${origin}/customers/${abc}/tickets${search}`;
const open = async (search = ""): Promise<void> => {
  await page.goto("about:blank");
  await page.goto(path(search));
  await page.getByRole("heading", { name: "ABC company" }).waitFor();
};
const table = () => page.getByRole("table", { name: "Tickets" });
/** The cells of the tickets that are shown, by column; of the number what is read out. */
const rows = async (): Promise<string[][]> => {
  const shown = await table().locator("[data-row]").all();
  return Promise.all(shown.map((row) => row.locator('[role="rowheader"], [role="cell"]').allInnerTexts()));
};
const subjects = async (): Promise<(string | undefined)[]> => (await rows()).map(([, subject]) => subject);
const THREE = ["New tariff plans", "The screenshot is attached", "Please check the invoice"];
const filters = () => page.getByRole("search", { name: "Filters" });
const numberOf = async (subject: string): Promise<string> => {
  const link = table().getByRole("row").filter({ hasText: subject }).getByRole("link");
  return (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
};

describe("the tickets of a customer", () => {
  it("are not known before it is linked; an organization is searched, picked and linked", async () => {
    const operations = await operationsOf(page, async () => {
      await open();
      await page.getByText("This customer is not linked to an organization of Zendesk").waitFor();
    });
    expect(operations).toEqual(["Frame", "CustomerTickets"]);
    await page.getByRole("button", { name: "Link", exact: true }).click();
    // The customer's name is looked for at first.
    await drawer().getByText("One found").waitFor();
    await drawer().getByLabel("Its name in Zendesk begins with").fill("abc");
    await drawer().getByText("2 found").waitFor();
    // What belongs to another system is not taken without saying so.
    await drawer().getByLabel("Organization").selectOption("ABC of another system, known to another system");
    await drawer().getByText("Take the place of what is linked").waitFor();
    await drawer().getByLabel("Its name in Zendesk begins with").fill("abc comp");
    await drawer().getByText("One found").waitFor();
    await drawer().getByLabel("Organization").selectOption("ABC company");
    await confirm();
    await expect.poll(subjects).toEqual(THREE);
    await expect.poll(() => fake.state.organizations.get(organization)?.external_id).toBe(abc);
    expect(fake.state.organizations.get(foreign)?.external_id).toBe("crm-17");
  });

  it("are three, the newest first, with all their columns and the organization's page in Zendesk", async () => {
    const link = page.getByRole("link", { name: "ABC company" });
    expect(await link.getAttribute("href")).toBe(`${fake.url}/agent/organizations/${organization}`);
    await page.setViewportSize({ width: 1500, height: 900 });
    const all = await rows();
    expect(all.map(([, ...cells]) => cells)).toEqual([
      ["New tariff plans", "Low", "Question", "Solved", "2 Mar 2026 12:00", "2 Mar 2026 14:30", ""],
      [
        ...["The screenshot is attached", "Normal", "Problem", "New", "2 Mar 2026 11:00"],
        ...["2 Mar 2026 11:00", "support@tenure.example"],
      ],
      ["Please check the invoice", "", "", "New", "26 Feb 2026 10:00", "26 Feb 2026 10:00", ""],
    ]);
    await page.getByText("Points in time are those of Europe/Rome.").waitFor();
  });

  it("open in Zendesk, whose page learns nothing of this one", async () => {
    const number = await numberOf("New tariff plans");
    const link = table().getByRole("link", { name: `${number}, opens in Zendesk` });
    const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await opened.getByText("New tariff plans").first().waitFor();
    expect(opened.url()).toBe(`${fake.url}/agent/tickets/${number}`);
    expect(await opened.evaluate("[document.referrer, opener]")).toEqual(["", null]);
    await opened.close();
  });

  it("tell what they took and cost by month, and what that rests on", async () => {
    const section = page.getByRole("region", { name: "Time and cost by month" });
    const cost = section.getByRole("group", { name: "Time and cost by month" }).getByRole("row");
    expect(await Promise.all((await cost.all()).map((row) => row.locator("th, td").allInnerTexts()))).toEqual([
      ["Month", "Tickets", "Status", "Time", "Cost"],
      ["February 2026", "1", "New 1", "0 min", "€0.00"],
      ["March 2026", "2", "New 1Solved 1", "2 h 30 min", "€120.00"],
      ["Together", "3", "", "2 h 30 min", "€120.00"],
    ]);
    expect(await section.getByRole("listitem").allInnerTexts()).toEqual([
      "Time is how long it took until tickets were solved; not how long somebody worked on them.",
      "Cost is time by €48.00 an hour.",
      "2 tickets have no time yet, and are not in the sums.",
    ]);
    await section.getByLabel("Months").selectOption("The latest 12");
    await expect.poll(() => page.url()).toBe(path("?months=12"));
  });

  it("are filtered by what is in the address, without asking for their cost again", async () => {
    await open();
    await expect.poll(subjects).toEqual(THREE);
    const cost: unknown[] = [];
    const note = (request: { postData(): string | null }): void => {
      const { variables } = JSON.parse(request.postData() ?? "{}") as { variables?: { withCost?: unknown } };
      if (variables?.withCost !== undefined) cost.push(variables.withCost);
    };
    page.on("request", note);
    await filters().getByLabel("Status").selectOption("Not solved yet");
    await expect.poll(subjects).toEqual(THREE.slice(1));
    await filters().getByLabel("Subject contains").fill("invoice");
    await expect.poll(subjects).toEqual(THREE.slice(2));
    page.off("request", note);
    expect(cost.every((asked) => asked === false)).toBe(true);
    expect(page.url()).toBe(path("?subject=invoice&status=UNSOLVED"));
    await page.getByText("Found by Zendesk's search").waitFor();
    await page.reload();
    await expect.poll(subjects).toEqual(THREE.slice(2));
    expect(await filters().getByLabel("Subject contains").inputValue()).toBe("invoice");
    await filters().getByLabel("Subject contains").fill("nothing of the kind");
    await page.getByText("No ticket matches the filters.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(subjects).toEqual(THREE);
    expect(await filters().getByLabel("Subject contains").inputValue()).toBe("");
    // The business day in Rome, by the day that is typed.
    await filters().getByLabel("Opened until").fill("28/02/2026");
    await expect.poll(subjects).toEqual(THREE.slice(2));
    await filters().getByLabel("Opened until").fill("");
    await filters()
      .getByLabel("Number")
      .fill(await numberOf("Please check the invoice"));
    await expect.poll(subjects).toEqual(THREE.slice(2));
    await page.getByRole("button", { name: "Clear filters" }).click();
  });

  it("are sorted by what Zendesk sorts by", async () => {
    await expect.poll(subjects).toEqual(THREE);
    await table().getByRole("button", { name: "Opened" }).click();
    await expect.poll(subjects).toEqual(THREE.toReversed());
    expect(page.url()).toBe(path("?ascending=true"));
    await table().getByRole("button", { name: "Priority" }).click();
    await table().getByRole("button", { name: "Priority" }).click();
    await expect.poll(subjects).toEqual(["The screenshot is attached", "New tariff plans", "Please check the invoice"]);
    expect(page.url()).toBe(path("?sort=PRIORITY"));
  });

  it("open with the filters that somebody keeps as his default, which can be changed", async () => {
    await open("?status=SOLVED");
    await page.getByRole("button", { name: "Keep as my default" }).click();
    await expect.poll(() => page.url()).toBe(path());
    await open();
    await expect.poll(subjects).toEqual(THREE.slice(0, 1));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(subjects).toEqual(THREE);
    expect(page.url()).toBe(path("?all=true"));
    await page.getByRole("button", { name: "My default", exact: true }).click();
    await expect.poll(subjects).toEqual(THREE.slice(0, 1));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("button", { name: "Keep as my default" }).click();
    await expect.poll(() => page.url()).toBe(path());
    await expect.poll(subjects).toEqual(THREE);
  });

  it("are read again on demand, and leave out columns that somebody does not want", async () => {
    createTicket(fake.state, {
      ...{ subject: "A fourth", comment: { body: "Text" }, organization_id: organization },
      requester: { name: "Adam", email: "adam@abc.example" },
    });
    await page.getByRole("button", { name: "Load again" }).click();
    await expect.poll(subjects).toEqual(["A fourth", ...THREE]);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Recipient" }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => table().getByRole("columnheader").allInnerTexts()).not.toContain("Recipient");
  });

  it("are said not to be there while Zendesk is down, and the rest stays", async () => {
    fake.faults.add({ isDown: true, times: null });
    await open();
    const alert = page.getByRole("alert");
    await alert.getByText("Zendesk does not answer. Its tickets cannot be shown now.").waitFor();
    await page.getByText("What support cost is not known now.").waitFor();
    expect(await page.getByRole("link", { name: "ABC company" }).count()).toBe(1);
    fake.faults.clear();
    await alert.getByRole("button", { name: "Retry" }).click();
    await expect.poll(subjects).toEqual(["A fourth", ...THREE]);
    await page.getByRole("group", { name: "Time and cost by month" }).waitFor();
  });

  it("come a hundred at a time as they are scrolled to", async () => {
    const { id } = createOrganization(fake.state, { name: "Many" });
    for (let number = 1; number <= 230; number++) {
      createTicket(fake.state, {
        ...{ subject: `Line ${number}`, comment: { body: "Text" }, organization_id: id },
        requester: { name: "Adam", email: "adam@many.example" },
      });
    }
    const { id: many } = await provider.desk.mutate("createCustomer", {
      ...{ currency: "EUR", contact: { name: "Many tickets" } },
    });
    await provider.desk.mutate("linkZendeskOrganization", {
      ...{ customerId: many, organizationId: String(id), replace: true, reason: "For the spec" },
    });
    await page.goto(`${origin}/customers/${many}/tickets`);
    await table().getByText("Line 230").waitFor();
    await table().locator('[data-row="0"] a').focus();
    await page.keyboard.press("End");
    await expect
      .poll(async () => {
        await page.keyboard.press("End");
        return page.getByText(/^\d+ rows$/).innerText();
      })
      .toBe("230 rows");
    // The last of them may have come after the key.
    await page.keyboard.press("End");
    await table().getByText("Line 1", { exact: true }).waitFor();
  });

  it("is accessible, and no wider than 320 pixels", async () => {
    await open();
    await table().waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    if (process.env["SCREENSHOTS"] === "1") {
      await page.screenshot({ path: "docs/screenshots/tickets-light.png", fullPage: true });
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("are asked for by a new ticket, whose requester is the customer's contact", async () => {
    await page.getByRole("button", { name: "New ticket" }).click();
    await drawer().getByLabel("Subject").fill("A call about the router");
    await drawer().getByLabel("Message").fill("It blinks red.");
    await confirm();
    await expect.poll(() => [...fake.state.tickets.values()].at(-1)?.subject).toBe("A call about the router");
  });

  it("are no longer known once it is unlinked, with a reason", async () => {
    await page.getByRole("button", { name: "Unlink" }).click();
    expect(await drawer().locator("button[type=submit]").isDisabled()).toBe(true);
    await drawer().getByLabel("Reason").fill("Another company");
    await confirm();
    await page.getByText("This customer is not linked to an organization of Zendesk").waitFor();
    await expect.poll(() => fake.state.organizations.get(organization)?.external_id).toBeNull();
  });

  it("are a part of the customer, linked by who may and told in Italian", async () => {
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("link", { name: "Tickets" }).click();
    await expect.poll(() => page.url()).toBe(path());
    const csr = await provider.as("CSR");
    await csr.page.evaluate(`localStorage.setItem("tenure.settings", '{"language":"it"}')`);
    await csr.page.goto(path());
    await csr.page.getByText("Questo cliente non è collegato a un'organizzazione di Zendesk").waitFor();
    expect(await csr.page.getByRole("button", { name: "Collega" }).count()).toBe(0);
    await csr.page.evaluate("localStorage.clear()");
    expectNoComplaints(visitor);
    expectNoComplaints(csr);
  });
});
