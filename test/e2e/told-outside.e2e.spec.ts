import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../../apps/cli/client.js";
import { play, playWith } from "../../apps/cli/scenario/play/play.js";
import { readScenario } from "../../apps/cli/scenario/validate/scenario.js";
import { SIGNAL_PATH } from "../../apps/fakes/odoo/fake.js";
import { type RunningFakeOdoo, startFakeOdoo } from "../../apps/fakes/odoo/server.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../../apps/fakes/zendesk/server.js";
import { client, type Client as GraphQl } from "../support/graphql.js";
import { OPERATOR_TOKEN } from "../support/operator-token.js";
import { type Stack, startStack } from "../support/stack.js";

/** Waits until nothing is left to send, to whatever target. */
const sent = async (graphql: GraphQl): Promise<void> => {
  for (let waited = 0; ; waited += 100) {
    const { targets } = await graphql.request<{ targets: { name: string; pending: number; parked: number }[] }>(
      "{ targets { name pending parked } }",
    );
    if (targets.every(({ pending }) => pending === 0)) return;
    if (waited > 300_000) throw new Error(`Deliveries stand still: ${JSON.stringify(targets)}`);
    await delay(100);
  }
};

describe("the whole story of a customer, told to a CRM, a help desk and by mail", () => {
  let odoo: RunningFakeOdoo;
  let zendesk: RunningFakeZendesk;
  let stack: Stack;
  let graphql: GraphQl;
  let customerId: string;
  let folder: string;

  beforeAll(async () => {
    odoo = await startFakeOdoo();
    zendesk = await startFakeZendesk();
    stack = await startStack({
      environment: {
        ...{ ODOO_API_URL: `${odoo.url}${SIGNAL_PATH}`, ODOO_API_ACCESS_KEY: odoo.key },
        ...{ ZENDESK_ENABLE: "1", ZENDESK_API_URL: zendesk.url },
        ...{ ZENDESK_API_EMAIL_ADDRESS: zendesk.email, ZENDESK_API_TOKEN: zendesk.token },
      },
    });
    graphql = client(stack.url);
    folder = /^ +Mails +written to (.+) as \.eml files/m.exec(stack.output())?.[1] ?? "";
  });
  afterAll(async () => {
    await stack.stop();
    await zendesk.close();
    await odoo.close();
  });

  it("is billed and delivered as the scenario says", async () => {
    const text = await readFile(new URL("../scenarios/the-whole-story-of-a-customer.yaml", import.meta.url), "utf8");
    const cli = new Client({ url: stack.url, token: OPERATOR_TOKEN }, new AbortController().signal);
    const { differences } = await playWith(readScenario(text), cli, "story");
    expect(differences).toEqual([]);
    await sent(graphql);
    const { customers } = await graphql.request<{ customers: { edges: { node: { id: string } }[] } }>(
      "{ customers(first: 2) { edges { node { id } } } }",
    );
    expect(customers.edges).toHaveLength(1);
    customerId = customers.edges[0]?.node.id ?? "";
  });

  it("reaches Odoo as signals, each once, in order, with everything as it was then", async () => {
    const { commitments } = await graphql.request<{
      commitments: { edges: { node: { id: string; status: string } }[] };
    }>("{ commitments(first: 5) { edges { node { id status } } } }");
    const ended = commitments.edges.find(({ node }) => node.status === "TERMINATED")?.node.id;
    const customer = { id: customerId, name: "John Doe", email: "john@doe.example", phone: "+12012555215" };
    const later = { ...customer, phone: "+12012555216" };
    const invoice = (index: number, total: string, dueDate: string) => {
      const due = { amountDue: total, total, currency: "USD", dueDate, status: "UNPAID" };
      return { number: `INV-00000${index}`, ...due };
    };
    const unpaid = invoice(3, "23.00", "2021-06-15");
    const suspension = (since: string, amountOverdue: string) => ({ reason: "NON_PAYMENT", since, amountOverdue });
    const commitment = {
      ...{ id: ended, name: "Internet Plus", account: "12012555215" },
      ...{ terminatedOn: "2021-08-31", early: true, penalty: "22.21" },
    };
    expect(odoo.signals.map(({ type, times, signal }) => [type, times, signal["data"]])).toEqual([
      ["invoice.generated", 1, { customer, invoice: invoice(1, "8.01", "2021-04-15") }],
      ["invoice.generated", 1, { customer, invoice: invoice(2, "16.00", "2021-05-15") }],
      ["invoice.generated", 1, { customer: later, invoice: unpaid }],
      ["invoice.overdue", 1, { customer: later, invoice: { ...unpaid, status: "OVERDUE" } }],
      ["customer.suspended", 1, { customer: later, ...suspension("2021-06-25", "23.00") }],
      ["customer.unsuspended", 1, { customer: later, ...suspension("2021-06-28", "0.00") }],
      ["invoice.generated", 1, { customer: later, invoice: invoice(4, "15.70", "2021-07-15") }],
      ["invoice.generated", 1, { customer: later, invoice: invoice(5, "29.39", "2021-08-15") }],
      ["commitment.terminated", 1, { customer: later, commitment }],
      ["invoice.generated", 1, { customer: later, invoice: invoice(6, "54.21", "2021-09-15") }],
    ]);
    const days = odoo.signals.map(({ signal }) => String(signal["timestamp"]).slice(0, 10));
    // Rome's midnight is the evening before, by UTC.
    expect(days.slice(0, 5)).toEqual(["2021-03-31", "2021-04-30", "2021-05-31", "2021-06-15", "2021-06-24"]);
  });

  it("reaches Zendesk as an organization with a user", () => {
    const [organization, ...others] = [...zendesk.state.organizations.values()];
    expect(others).toEqual([]);
    expect(organization).toMatchObject({ name: "John Doe", external_id: customerId, domain_names: ["doe.example"] });
    expect([...zendesk.state.users.values()].filter(({ role }) => role === "end-user")).toEqual([
      expect.objectContaining({
        ...{ name: "John Doe", email: "john@doe.example", phone: "+12012555216" },
        ...{ external_id: `customer:${customerId}`, organization_id: organization?.id },
      }),
    ]);
    const calls = zendesk.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
    expect(calls).toEqual([
      "POST /api/v2/organizations/create_or_update",
      "POST /api/v2/users/create_or_update",
      "POST /api/v2/users/create_or_update",
    ]);
  });

  it("reaches the customer as mails, but for what was not so any more when it was to be sent", async () => {
    const { deliveries } = await graphql.request<{
      deliveries: { edges: { node: { id: string; kind: string; on: string; status: string } }[] };
    }>("{ deliveries(first: 100, filter: { target: EMAIL }) { edges { node { id kind on status } } } }");
    const mails = deliveries.edges.map(({ node }) => node);
    const files = mails
      .filter(({ status }) => status === "DELIVERED")
      .map(({ on, kind, id }) => `${on}-${kind}-${id}.eml`);
    expect((await readdir(folder)).filter((file) => file.endsWith(".eml")).sort()).toEqual(files.sort());
    const always = mails.filter(({ kind }) =>
      /^(INVOICE_GENERATED|PAYMENT_RECEIVED|COMMITMENT_TERMINATED)$/.test(kind),
    );
    expect(always.map(({ status }) => status)).toEqual(Array(12).fill("DELIVERED"));
  });

  it("leaves nowhere where the recorder answers", async () => {
    const before = [odoo.requests.length, zendesk.requests.length, (await readdir(folder)).length];
    const text = await readFile(new URL("../scenarios/the-whole-story-of-a-customer.yaml", import.meta.url), "utf8");
    const cli = new Client({ url: stack.url, token: OPERATOR_TOKEN }, new AbortController().signal);
    expect((await play(readScenario(text), cli, "recorded")).differences).toEqual([]);
    expect([odoo.requests.length, zendesk.requests.length, (await readdir(folder)).length]).toEqual(before);
  });
});
