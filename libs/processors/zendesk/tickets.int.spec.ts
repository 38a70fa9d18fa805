import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOrganization } from "../../../apps/fakes/zendesk/organizations.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../../../apps/fakes/zendesk/server.js";
import { createTicket, updateTicket } from "../../../apps/fakes/zendesk/tickets.js";
import { zendeskClient } from "./client.js";
import { foundTickets } from "./ticket-pages.js";
import { type AskedTickets, ticketsOf } from "./tickets.js";

let fake: RunningFakeZendesk;
let abc: string;
let other: string;

beforeEach(async () => {
  fake = await startFakeZendesk({ limitPerMinute: 10_000 });
  fake.state.setNow("2026-03-02T10:00:00Z");
  abc = String(createOrganization(fake.state, { name: "ABC company" }).id);
  other = String(createOrganization(fake.state, { name: "Other" }).id);
});
afterEach(() => fake.close());

const asking = (organizationId = abc) => ({
  client: zendeskClient({ origin: fake.url, email: fake.email, token: fake.token, widgetKey: null, timeFieldId: null }),
  organizationId,
});
const ticket = (subject: string, given: object = {}) =>
  createTicket(fake.state, {
    subject,
    comment: { body: "Text" },
    requester: { name: "John", email: "john@abc.example" },
    organization_id: Number(abc),
    ...given,
  });
const asked = (given: Partial<AskedTickets> = {}) => ticketsOf(asking(), { timeZone: "UTC", ...given });
const subjects = async (given: Partial<AskedTickets>): Promise<string[]> =>
  (await asked(given)).items.map(({ ticket: { subject } }) => subject);
const story = (): void => {
  ticket("Please check the invoice");
  fake.state.setNow("2026-03-03T10:00:00Z");
  ticket("The screenshot is attached", { priority: "normal", type: "problem", recipient: "support@abc.example" });
  fake.state.setNow("2026-03-04T10:00:00Z");
  const { id } = ticket("New tariff plans", { priority: "low", type: "question" });
  fake.state.setNow("2026-03-05T10:00:00Z");
  updateTicket(fake.state, id, { status: "solved" });
};

describe("tickets of an organization", () => {
  it("are shown newest first, with their columns", async () => {
    story();
    ticket("A neighbour's", { organization_id: Number(other) });
    const at = (day: string) => `2026-03-${day}T10:00:00Z`;
    const column = { priority: null, type: null, status: "NEW", recipient: null };
    const url = (number: string) => `${fake.url}/agent/tickets/${number}`;
    const { items, ...rest } = await asked();
    expect(items.map((item) => item.ticket)).toEqual([
      {
        ...{ number: "3", subject: "New tariff plans", priority: "LOW", type: "QUESTION", status: "SOLVED" },
        ...{ recipient: null, createdAt: at("04"), updatedAt: at("05"), url: url("3") },
      },
      {
        ...column,
        ...{ number: "2", subject: "The screenshot is attached", priority: "NORMAL", type: "PROBLEM" },
        ...{ recipient: "support@abc.example", createdAt: at("03"), updatedAt: at("03"), url: url("2") },
      },
      {
        ...column,
        ...{ number: "1", subject: "Please check the invoice" },
        ...{ createdAt: at("02"), updatedAt: at("02"), url: url("1") },
      },
    ]);
    expect(rest).toEqual({ hasNextPage: false, hasPreviousPage: false, searched: false });
  });

  it("come whole and once by cursors of any size, with and without a filter, while others are opened", async () => {
    for (let number = 1; number <= 230; number++) {
      fake.state.setNow(new Date(Date.UTC(2026, 2, 2, 10, number)).toISOString());
      ticket(`Line ${number}`, { priority: "high" });
    }
    const expected = Array.from({ length: 230 }, (_, index) => `Line ${230 - index}`);
    for (const filter of [null, { priority: ["HIGH"] as const }]) {
      for (const first of [7, 100, 170]) {
        const seen: string[] = [];
        let after: string | null = null;
        for (;;) {
          const page = await asked({ first, after, filter });
          seen.push(...page.items.map((item) => item.ticket.subject));
          after = page.items.at(-1)?.cursor ?? null;
          ticket("Opened meanwhile", { priority: "high" });
          if (!page.hasNextPage) break;
        }
        expect(seen.filter((subject) => subject !== "Opened meanwhile")).toEqual(expected);
      }
    }
  });

  it("are filtered by number, subject, priority, status, and days of the customer's zone", async () => {
    story();
    expect(await subjects({ filter: { subject: "tariff plans" } })).toEqual(["New tariff plans"]);
    expect(await subjects({ filter: { subject: "plans tariff" } })).toEqual([]);
    expect(await subjects({ filter: { priority: ["LOW", "NORMAL"] } })).toEqual([
      "New tariff plans",
      "The screenshot is attached",
    ]);
    expect(await subjects({ filter: { status: ["NEW"], priority: ["NORMAL"] } })).toEqual([
      "The screenshot is attached",
    ]);
    const days = { createdFrom: "2026-03-03", createdUntil: "2026-03-03" };
    expect(await subjects({ filter: days })).toEqual(["The screenshot is attached"]);
    // 10:00 in Greenwich is the next day on the other side of the world.
    expect(await subjects({ filter: days, timeZone: "Pacific/Kiritimati" })).toEqual(["Please check the invoice"]);
    expect(await subjects({ filter: { updatedFrom: "2026-03-05" } })).toEqual(["New tariff plans"]);
    expect(await subjects({ filter: { number: "2" } })).toEqual(["The screenshot is attached"]);
    expect(await subjects({ filter: { number: "2", status: ["SOLVED"] } })).toEqual([]);
    expect(await subjects({ filter: { number: "17" } })).toEqual([]);
    expect(await subjects({ filter: { number: "1 OR 2" } })).toEqual([]);
    expect((await asked({ filter: { status: ["NEW"] } })).searched).toBe(true);
  });

  it("come in the order that is asked for, whole and once by cursors of that order", async () => {
    story();
    const [plans, screenshot, invoice] = ["New tariff plans", "The screenshot is attached", "Please check the invoice"];
    expect(await subjects({ sort: { by: "PRIORITY", direction: "DESC" } })).toEqual([screenshot, plans, invoice]);
    expect(await subjects({ sort: { by: "STATUS" } })).toEqual([invoice, screenshot, plans]);
    expect(await subjects({ sort: { by: "UPDATED" } })).toEqual([invoice, screenshot, plans]);
    expect(await subjects({ sort: { by: "CREATED" }, filter: { status: ["NEW"] } })).toEqual([invoice, screenshot]);
    const newest = await asked({ sort: { by: "CREATED", direction: "DESC" }, first: 1 });
    expect([newest.searched, newest.items[0]?.ticket.subject]).toEqual([false, plans]);
    const oldest = await asked({ sort: { by: "CREATED" }, first: 1 });
    const after = oldest.items[0]?.cursor ?? "";
    expect([oldest.searched, oldest.hasNextPage]).toEqual([true, true]);
    expect(await subjects({ sort: { by: "CREATED" }, after })).toEqual([screenshot, plans]);
    await expect(asked({ sort: { by: "UPDATED" }, after })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });

  it("go on in their order behind one that was moved elsewhere", async () => {
    story();
    const [first] = (await asked({ sort: { by: "CREATED" }, first: 1 })).items;
    updateTicket(fake.state, 1, { organization_id: Number(other) });
    const sort = { by: "CREATED" } as const;
    expect(await subjects({ sort, after: first?.cursor ?? "" })).toEqual([
      "The screenshot is attached",
      "New tariff plans",
    ]);
  });

  it("are never a neighbour's, whatever the text", async () => {
    story();
    const { id } = ticket("Secret x", { organization_id: Number(other) });
    for (const text of [`x" organization:${other}`, `x organization:${other}`, `x"organization:${other} "`, `Secret`]) {
      expect(await subjects({ filter: { subject: text } })).toEqual([]);
    }
    expect(await subjects({ filter: { number: String(id) } })).toEqual([]);
    // Even where Zendesk is asked for both and answers both.
    const query = `type:ticket organization:${abc} organization:${other}`;
    const found: string[] = [];
    for await (const { record } of foundTickets(asking(), query, null)) found.push(record.subject ?? "");
    expect(found).toEqual(["New tariff plans", "The screenshot is attached", "Please check the invoice"]);
  });

  it("are found by search once it knows them", async () => {
    fake.state.searchLagMs = 60_000;
    ticket("Please check the invoice");
    expect([await subjects({ filter: { subject: "invoice" } }), await subjects({})]).toEqual([
      [],
      ["Please check the invoice"],
    ]);
    fake.state.setNow("2026-03-02T10:01:00Z");
    expect(await subjects({ filter: { subject: "invoice" } })).toEqual(["Please check the invoice"]);
  });

  it("refuses cursors of other lists, and sizes out of range", async () => {
    story();
    const { items } = await asked({ filter: { status: ["NEW"] } });
    const refused = { code: "VALIDATION_FAILED", message: "after is not a cursor of this list." };
    await expect(asked({ after: items[0]?.cursor ?? "" })).rejects.toMatchObject(refused);
    await expect(asked({ after: "nonsense" })).rejects.toMatchObject(refused);
    await expect(asked({ first: 201 })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    expect((await asked({ first: 0 })).hasNextPage).toBe(true);
  });

  it("says what Zendesk answered where it did not", async () => {
    fake.faults.add({ status: 503, shape: "ERRORS" });
    await expect(asked()).rejects.toMatchObject({
      name: "ZendeskFailure",
      message: "Zendesk answered 503: InternalError, Something went wrong.",
    });
    await expect(ticketsOf(asking("4711"), { timeZone: "UTC" })).rejects.toMatchObject({ status: 404 });
  });
});
