import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrganization } from "../fakes/zendesk/organizations.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../fakes/zendesk/server.js";
import { updateTicket } from "../fakes/zendesk/tickets.js";
import { startSending } from "#processors/deliveries/dispatcher.js";
import { deliveriesCursor, recordingOfDeliveries } from "#processors/deliveries/recording.js";
import { placeCursors } from "#processors/runner/recording.js";
import { type ZendeskClient, zendeskClient } from "#processors/zendesk/client.js";
import { zendeskTarget } from "#processors/zendesk/zendesk-target.js";
import { projections } from "#read-models/read-models.js";
import { startProjections } from "#read-models/runner/runner.js";
import { createVisibility } from "#read-models/visibility.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";

/* "A day with Zendesk", step by step, against the fake: the app's part over GraphQL with a key of its scope. */

const ORIGIN = "https://billing.example.com";

let bench: Bench;
let fake: RunningFakeZendesk;
/** The provider's administrator, the customer's person, the app inside Zendesk. */
let admin: Client;
let john: Client;
let app: Client;
let customerId: string;
let abc: number;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  bench = await startBench();
  fake = await startFakeZendesk();
  ends.push(() => fake.close());
  const clients = new Map<string, ZendeskClient>();
  const target = zendeskTarget(clients, ORIGIN);
  const { url } = await bench.api({}, [target]);
  const own = await bench.provider("2026-03-02T09:00:00Z");
  const providerId = own.providerId ?? "";
  const at = new Client(url, providerId);
  const by = (actor: string, role: "admin" | "self-care" | "zendesk-app", customer: string | null = null) =>
    at.by({ actor, roles: [role], providerId, customerId: customer });
  admin = by("key:admin", "admin");
  // The organization was there before Tenure was connected, and so was the customer here.
  fake.state.setNow("2026-03-01T09:00:00Z");
  abc = createOrganization(fake.state, { name: "ABC company", domain_names: ["abc.example"] }).id;
  const contact = { name: "ABC company", email: "office@abc.example" };
  customerId = (await admin.run("createCustomer", { contact, currency: "USD" })).id;
  const { id: personId } = await admin.run("invitePerson", { customerId, name: "John Doe", email: "john@abc.example" });
  john = by(`person:${personId}`, "self-care", customerId);
  app = by("key:app", "zendesk-app");

  const { store, dataSource } = bench;
  const log = () => undefined;
  const configuration = { origin: fake.url, email: fake.email, token: fake.token, widgetKey: null, timeFieldId: null };
  clients.set(providerId, zendeskClient(configuration));
  await placeCursors(dataSource, [deliveriesCursor], () => store.tail());
  await bench.pauseProjections();
  const all = [...projections, recordingOfDeliveries([target])];
  const recording = startProjections({ store, dataSource, projections: all, log });
  const visibility = createVisibility(dataSource);
  const reached = async () => {
    await visibility.waitUntilVisible(await store.tail(), 60_000);
  };
  const sending = startSending({ store, dataSource, projections: { reached }, targets: [target], log });
  ends.unshift(
    () => sending.stop(),
    () => recording.stop(),
    () => visibility.close(),
  );
});
afterAll(async () => {
  for (const end of ends) await end();
  await bench.stop();
});

const TICKETS = `query ($id: ID!, $filter: TicketFilter) { customer(id: $id) {
  tickets(filter: $filter) { searched edges { node { number subject priority type status url } } } } }`;
const rows = async (filter: object | null = null) => {
  const { data, errors } = await admin.ask(TICKETS, { id: customerId, filter });
  expect(errors).toEqual([]);
  const { tickets } = (data as { customer: { tickets: { edges: { node: Record<string, string> }[] } } }).customer;
  return tickets.edges.map(({ node }) => node);
};

describe("a day with Zendesk", () => {
  it("is the story of three tickets", async () => {
    // 1. John writes about the invoice. 2. A ticket is there, his, of the organization that was there before.
    fake.state.setNow("2026-03-02T09:00:00Z");
    await john.run("createTicket", { customerId, subject: "Please check the invoice", body: "Line 2 is not ours." });
    await expect.poll(() => fake.state.tickets.size).toBe(1);
    const invoice = fake.state.tickets.get(1);
    expect(invoice).toMatchObject({ subject: "Please check the invoice", status: "new", organization_id: abc });
    expect(fake.state.users.get(invoice?.requester_id ?? 0)).toMatchObject({
      name: "John Doe",
      email: "john@abc.example",
    });

    // 3. The organization is linked to no customer; the agent searches "abc" in the app, and links it.
    expect((await admin.ask(TICKETS, { id: customerId })).data).toEqual({ customer: { tickets: null } });
    const search = 'query { customers(filter: { name: "abc" }, first: 10) { edges { node { id contact { name } } } } }';
    expect((await app.ask(search)).data).toEqual({
      customers: { edges: [{ node: { id: customerId, contact: { name: "ABC company" } } }] },
    });
    await app.run("linkZendeskOrganization", { customerId, organizationId: String(abc), claimedAgent: "Agent" });
    await expect.poll(() => fake.state.organizations.get(abc)?.external_id).toBe(customerId);
    expect(fake.state.organizations.get(abc)?.organization_fields).toMatchObject({
      tenure_customer_url: `${ORIGIN}/customers/${customerId}`,
    });

    // 4. John mails a screenshot. 5. Adam calls from his own phone. 6. The agent assigns his ticket to ABC.
    fake.state.setNow("2026-03-02T10:00:00Z");
    const mail = {
      from: "john@abc.example",
      name: "John Doe",
      body: "See below.",
      subject: "The screenshot is attached",
    };
    const screenshot = fake.mail(mail);
    expect(screenshot.organization_id).toBe(abc);
    fake.state.setNow("2026-03-02T11:00:00Z");
    const plans = fake.call({ name: "Adam", phone: "+15550001", subject: "New tariff plans", body: "Which are new?" });
    expect(plans.organization_id).toBeNull();
    updateTicket(fake.state, screenshot.id, { priority: "normal", type: "problem" });
    const sorted = { organization_id: abc, priority: "low", type: "question", status: "solved" };
    updateTicket(fake.state, plans.id, sorted);

    // 7. An administrator sees three rows, newest first, filters them, and opens the first in Zendesk.
    const row = (number: string, subject: string, priority: string | null, type: string | null, status: string) => ({
      ...{ number, subject, priority, type, status, url: `${fake.url}/agent/tickets/${number}` },
    });
    const three = [
      row("3", "New tariff plans", "LOW", "QUESTION", "SOLVED"),
      row("2", "The screenshot is attached", "NORMAL", "PROBLEM", "NEW"),
      row("1", "Please check the invoice", null, null, "NEW"),
    ];
    expect(await rows()).toEqual(three);
    expect(await rows({ status: ["NEW"], subject: "invoice" })).toEqual([three[2]]);
    expect(await (await fetch(three[0]?.url ?? "")).text()).toContain("New tariff plans");

    // 8. The agent follows the app's link to the customer, and sees the charges.
    const charges = `query ($id: ID!) { customer(id: $id) { contact { name } unbilled { total lines { kind } } } }`;
    const link = fake.state.organizations.get(abc)?.organization_fields["tenure_customer_url"] ?? "";
    expect((await admin.ask(charges, { id: link.split("/").at(-1) })).data).toEqual({
      customer: { contact: { name: "ABC company" }, unbilled: { total: "0.00", lines: [] } },
    });
  });

  it("shows the customer its own tickets, without the agents' page, and nobody else's", async () => {
    const own = "query ($id: ID!) { customer(id: $id) { tickets { edges { node { subject } } } } }";
    const { data } = await john.ask(own, { id: customerId });
    expect((data as { customer: { tickets: { edges: unknown[] } } }).customer.tickets.edges).toHaveLength(3);
    expect((await john.ask(TICKETS, { id: customerId })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect((await app.ask(own, { id: customerId })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  it("says what support cost, and what that rests on", async () => {
    await admin.run("changeProviderSettings", { supportHourlyRate: { amount: "48", currency: "EUR" } });
    fake.state.setNow("2026-03-02T12:30:00Z");
    updateTicket(fake.state, 2, { status: "solved" });
    const cost = `query ($id: ID!) { customer(id: $id) { supportCost(from: "2026-03-01", until: "2026-03-31") {
      timeSource isComplete hourlyRate currency total
      months { month tickets byStatus { status tickets } seconds withoutTime cost } } } }`;
    expect((await admin.ask(cost, { id: customerId })).data).toEqual({
      customer: {
        supportCost: {
          ...{ timeSource: "RESOLUTION_TIME", isComplete: true, hourlyRate: "48.00", currency: "EUR", total: "120.00" },
          months: [
            {
              ...{ month: "2026-03-01", tickets: 3, seconds: 9_000, withoutTime: 1, cost: "120.00" },
              byStatus: [
                { status: "NEW", tickets: 1 },
                { status: "SOLVED", tickets: 2 },
              ],
            },
          ],
        },
      },
    });
  });

  it("goes on without the tickets where Zendesk does not answer, and says so", async () => {
    fake.faults.add({ isDown: true, times: null });
    const { data, errors } = await admin.ask(`query ($id: ID!) { customer(id: $id) { id tickets { searched } } }`, {
      id: customerId,
    });
    fake.faults.clear();
    expect(data).toEqual({ customer: { id: customerId, tickets: null } });
    expect(errors).toMatchObject([{ path: ["customer", "tickets"], extensions: { code: "UNAVAILABLE" } }]);
    expect(errors[0]?.message).toContain("Zendesk does not answer");
  });
});
