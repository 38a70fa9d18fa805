import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenure } from "../../apps/cli/spec-support/tenure.js";
import { type Fault } from "../../apps/fakes/odoo/faults.js";
import { SIGNAL_PATH, type Taken } from "../../apps/fakes/odoo/fake.js";
import { type RunningFakeOdoo, startFakeOdoo } from "../../apps/fakes/odoo/server.js";
import { type RunningFakeZendesk, startFakeZendesk } from "../../apps/fakes/zendesk/server.js";
import { type Client, client } from "../support/graphql.js";
import { OPERATOR_TOKEN } from "../support/operator-token.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 12;

interface Target {
  readonly name: "EMAIL" | "ODOO" | "ZENDESK";
  readonly pending: number;
  readonly parked: number;
  readonly delivered: number;
  readonly downBecause: string | null;
}

describe("systems outside that fail", () => {
  let odoo: RunningFakeOdoo;
  let zendesk: RunningFakeZendesk;
  let stack: Stack;
  let graphql: Client;
  const customers: string[] = [];

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
    await graphql.mutate("setTestClock", { at: "2021-01-15T12:00:00.000Z" });
  });
  afterAll(async () => {
    await stack.stop();
    await zendesk.close();
    await odoo.close();
  });

  const target = async (name: Target["name"]): Promise<Target> => {
    const { targets } = await graphql.request<{ targets: Target[] }>(
      "{ targets { name pending parked delivered downBecause } }",
    );
    const found = targets.find((one) => one.name === name);
    if (!found) throw new Error(`there is no target ${name}`);
    return found;
  };
  const until = async (name: Target["name"], isReached: (found: Target) => boolean): Promise<Target> => {
    for (let waited = 0; ; waited += 100) {
      const found = await target(name);
      if (isReached(found)) return found;
      if (waited > 300_000) throw new Error(`${JSON.stringify(found)}\n${stack.output()}`);
      await delay(100);
    }
  };
  const allSent = (name: Target["name"]) => until(name, ({ pending }) => pending === 0);
  const advanceTo = (day: string) => graphql.mutate("advanceTestClock", { to: `${day}T12:00:00.000Z` }, "visible");
  /** How often the log has said so. */
  const said = (words: string) => stack.output().split(words).length - 1;
  const triesOf = async (name: Target["name"]): Promise<number[]> => {
    const { deliveries } = await graphql.request<{ deliveries: { edges: { node: { tries: number } }[] } }>(
      `{ deliveries(first: 200, filter: { target: ${name}, status: PENDING }) { edges { node { tries } } } }`,
    );
    return deliveries.edges.map(({ node }) => node.tries);
  };
  /** What Odoo took first, by customer, from a place on. */
  const taken = (from: number) => {
    const byCustomer = new Map<string, Taken[]>();
    for (const signal of odoo.signals.slice(from)) {
      const { customer } = signal.signal["data"] as { customer: { id: string } };
      byCustomer.set(customer.id, [...(byCustomer.get(customer.id) ?? []), signal]);
    }
    return customers.map((id) => (byCustomer.get(id) ?? []).map(({ type }) => type));
  };
  const each = (...types: string[]) => customers.map(() => types);

  it("429 storms of Zendesk: every customer is there once, with its user", async () => {
    zendesk.faults.add({ status: 429, retryAfter: 1, share: 0.2, times: null });
    zendesk.faults.add({ status: 500, share: 0.1, times: null, when: "AFTER" });
    const { id: planId } = await graphql.mutate("definePlan", {
      ...{ name: "Internet", currency: "USD", recurringFees: [{ period: "MONTHLY", amount: "20.00" }] },
    });
    const { id: mainProductId } = await graphql.mutate("defineMainProduct", { name: "Home", addOnProductIds: [] });
    const { id: offerId } = await graphql.mutate("defineOffer", {
      ...{ name: "Internet", currency: "USD", discountPeriods: null, recurringFees: [{ planId, discount: "0.00" }] },
    });
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const contact = { name: `Customer ${index}`, email: `c${index}@example.org` };
      const { id: customerId } = await graphql.mutate("createCustomer", { currency: "USD", contact });
      customers.push(customerId);
      const account = { customerId, identifier: `account ${index}`, mainProductId };
      await graphql.mutate("assignOffer", { offerId, accountId: (await graphql.mutate("openAccount", account)).id });
    }
    await delay(5_000);
    zendesk.faults.clear();
    expect(await allSent("ZENDESK")).toMatchObject({ parked: 0, delivered: 2 * CUSTOMERS });
    const organizations = [...zendesk.state.organizations.values()];
    expect(organizations.map(({ external_id }) => external_id).sort()).toEqual([...customers].sort());
    const users = [...zendesk.state.users.values()].filter(({ role }) => role === "end-user");
    expect(users.map(({ external_id }) => external_id).sort()).toEqual(customers.map((id) => `customer:${id}`).sort());
  });

  it("Odoo down while a month passes: the clock goes on, no try counts, it is said once, and then all arrives", async () => {
    odoo.faults.add({ down: true, times: null });
    await advanceTo("2021-02-16");
    expect(await until("ODOO", ({ downBecause }) => downBecause !== null)).toMatchObject({
      ...{ pending: 2 * CUSTOMERS, parked: 0, delivered: 0 },
      downBecause: expect.stringContaining("Odoo does not answer: ") as string,
    });
    await delay(3_000);
    expect(await triesOf("ODOO")).toEqual(Array(2 * CUSTOMERS).fill(0));
    expect([said("ODOO does not answer provider"), said("ODOO answers provider")]).toEqual([1, 0]);
    odoo.faults.clear();
    expect(await allSent("ODOO")).toMatchObject({ parked: 0, delivered: 2 * CUSTOMERS, downBecause: null });
    expect(taken(0)).toEqual(each("invoice.generated", "invoice.overdue"));
    expect(odoo.signals.map(({ times }) => times)).toEqual(Array(2 * CUSTOMERS).fill(1));
    expect([said("ODOO does not answer provider"), said("ODOO answers provider")]).toEqual([1, 1]);
  });

  it("a part of the answers failing, or lost on their way: each signal counts once, in its customer's order", async () => {
    const before = odoo.signals.length;
    const faults: Fault[] = [
      { status: 500, share: 0.1 },
      { rpcError: true, share: 0.1 },
      { status: 503, share: 0.1, when: "AFTER" },
    ];
    for (const fault of faults) odoo.faults.add({ ...fault, times: null });
    const requests = odoo.requests.length;
    await advanceTo("2021-03-16");
    expect(await allSent("ODOO")).toMatchObject({ parked: 0, delivered: 4 * CUSTOMERS });
    odoo.faults.clear();
    expect(odoo.requests.slice(requests).filter(({ status }) => status !== 200)).not.toEqual([]);
    expect(taken(before)).toEqual(each("invoice.generated", "invoice.overdue"));
    expect(odoo.signals).toHaveLength(4 * CUSTOMERS);
    expect(said("ODOO does not answer provider")).toBe(1);
  });

  it("a key that expired: noticed, said once, found by verify, and made good by the right one", async () => {
    const before = odoo.signals.length;
    const verify = () =>
      tenure("integrations", "verify", "--url", new URL(stack.url).origin, "--token", OPERATOR_TOKEN, "--json");
    const ofOdoo = ({ out }: { readonly out: string }) =>
      out
        .split("\n")
        .map((line) => JSON.parse(line) as { readonly target: string; readonly ok: boolean })
        .find(({ target: name }) => name === "ODOO");
    const { key } = odoo;
    odoo.key = "another";
    await advanceTo("2021-04-16");
    const down = await until("ODOO", ({ downBecause }) => downBecause !== null);
    expect(down).toMatchObject({
      ...{ pending: 2 * CUSTOMERS, parked: 0 },
      downBecause: expect.stringContaining("Odoo refuses our key: Odoo answered 401") as string,
    });
    const wrong = await verify();
    expect([wrong.code, ofOdoo(wrong)]).toEqual([1, expect.objectContaining({ ok: false })]);
    expect(await triesOf("ODOO")).toEqual(Array(2 * CUSTOMERS).fill(0));
    expect(said("ODOO does not answer provider")).toBe(2);
    odoo.key = key;
    const right = await verify();
    expect([right.code, ofOdoo(right)]).toEqual([0, expect.objectContaining({ ok: true })]);
    expect(await allSent("ODOO")).toMatchObject({ parked: 0, delivered: 6 * CUSTOMERS, downBecause: null });
    expect(taken(before)).toEqual(each("invoice.generated", "invoice.overdue"));
    expect(stack.output()).not.toContain(key);
  });
});
