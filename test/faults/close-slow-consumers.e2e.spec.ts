import { afterAll, beforeAll, expect, it } from "vitest";
import { FaultyServer } from "../../apps/eventstore/test/faults/support/faulty-server.js";
import { type Client, client } from "../support/graphql.js";
import { type Stack, startStack } from "../support/stack.js";

/** A close appends for 32 of them side by side. */
const CUSTOMERS = 120;

/** Less than a real server's, so that the few events of this close are too many at once. */
const AT_ONCE = 8;

interface Page {
  invoices: { totalCount: number; edges: { cursor: string; node: { number: string; total: string } }[] };
}

let server: FaultyServer;
let stack: Stack;
let graphql: Client;

beforeAll(async () => {
  server = await FaultyServer.started();
  await server.dropSlowConsumers(AT_ONCE);
  stack = await startStack({ apart: true, eventStoreUrl: server.url });
  const provider = (await client(stack.url).mutate("createProvider", { name: "Slow" })).id;
  graphql = client(stack.url, provider);
});

afterAll(async () => {
  await stack.stop();
  await server.remove();
});

it("closes the months of everybody once, on an event store that drops its subscribers for being slow", async () => {
  await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
  const plan = await graphql.mutate("definePlan", {
    name: "Line",
    currency: "USD",
    recurringFees: [{ period: "MONTHLY", amount: "10.00" }],
  });
  const mainProduct = await graphql.mutate("defineMainProduct", { name: "Base", addOnProductIds: [] });
  const offer = await graphql.mutate("defineOffer", {
    name: "Line",
    currency: "USD",
    recurringFees: [{ planId: plan.id }],
  });
  const signUp = async (index: number) => {
    const contact = { name: `Customer ${index}` };
    const customer = await graphql.mutate("createCustomer", { currency: "USD", contact });
    const account = await graphql.mutate("openAccount", {
      customerId: customer.id,
      identifier: `line-${index}`,
      mainProductId: mainProduct.id,
    });
    await graphql.mutate("assignOffer", { accountId: account.id, offerId: offer.id });
  };
  for (let next = 0; next < CUSTOMERS; next += 8) {
    await Promise.all(Array.from({ length: 8 }, (_, offset) => signUp(next + offset)));
  }
  await graphql.mutate("advanceTestClock", { to: "2021-04-01T12:00:00.000Z" }, "id");

  expect(await server.dropSlowConsumers(AT_ONCE)).toBeGreaterThan(0);
  // Two pages hold all of them.
  const numbers: string[] = [];
  for (let after: string | undefined; numbers.length < 3 * CUSTOMERS;) {
    const { invoices }: Page = await graphql.request<Page>(
      `query ($after: String) {
        invoices(first: 200, after: $after) { totalCount edges { cursor node { number total } } }
      }`,
      { after },
    );
    expect(invoices.totalCount).toBe(3 * CUSTOMERS);
    expect(new Set(invoices.edges.map(({ node }) => node.total))).toEqual(new Set(["10.00"]));
    numbers.push(...invoices.edges.map(({ node }) => node.number));
    after = invoices.edges.at(-1)?.cursor;
  }
  expect(numbers).toEqual(Array.from({ length: 3 * CUSTOMERS }, (_, n) => `INV-${String(n + 1).padStart(6, "0")}`));
});
