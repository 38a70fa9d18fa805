import { readFile } from "node:fs/promises";
import { type OperationDefinitionNode, parse } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let customerId: string;
let invoiceId: string;
let commitmentId: string;
/** Each block of the page by the name of its operation. */
let queries: ReadonlyMap<string, string>;

beforeAll(async () => {
  const page = await readFile(new URL("../../docs/graphql.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/```graphql\n(.*?)```/gs)].map(([, text = ""]) => text);
  const nameOf = (text: string) => (parse(text).definitions[0] as OperationDefinitionNode).name?.value ?? "";
  queries = new Map(blocks.map((text) => [nameOf(text), text]));
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  const strict = await client.run("defineCustomerClass", {
    name: "Strict",
    remindAfterDays: [3],
    suspendAfterDays: 90,
  });
  await client.run("setCustomerClass", { customerId, customerClassId: strict.id });
  const held = await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
  commitmentId = held.id;
  await bench.advance(client, "2020-10-01T12:00:00.000Z");
  await doDaysWork(bench, client, "2020-10-01T12:00:00.000Z");
  await client.run("recordPayment", { customerId, amount: "20.00", reference: "RF18" });
  const { invoices } = (await client.query("{ invoices { edges { node { id } } } }")) as {
    invoices: { edges: { node: { id: string } }[] };
  };
  invoiceId = invoices.edges[0]?.node.id ?? "";
});
afterAll(() => bench.stop());

const ask = (name: string): Promise<unknown> => {
  const query = queries.get(name) ?? "";
  const variables = { customerId, invoiceId, commitmentId };
  return client.query(
    query,
    Object.fromEntries(Object.entries(variables).filter(([each]) => query.includes(`$${each}`))),
  );
};

it("has queries that the API answers", async () => {
  expect([...queries.keys()]).toEqual([
    ...["Latest", "Whom", "WhoOwes", "EndsWith55", "Overdue", "WhatComesNext", "Statement", "Aged", "Revenue"],
    ...["Why", "WhatIf", "Life", "Stuck", "Work", "SumOfAFilter"],
    ...["BeforeAndNow", "WhatHappened", "ByWhom", "Tickets", "CostOfSupport", "Whatever"],
  ]);
  for (const name of queries.keys()) await ask(name);
});

it("shows what a customer owed before", async () => {
  const running = { status: "ACTIVE", discountEndDate: "2022-07-01" };
  const bill = (balanceDue: string) => ({ balanceDue, commitments: { edges: [{ node: running }] } });
  expect(await ask("BeforeAndNow")).toEqual({
    // The worker of this spec bills on October 1 only: then the invoices were known, and on August 15 the first was due.
    before: bill("0.00"),
    inAugust: bill("15.00"),
    now: bill("25.00"),
  });
});

it("shows what a customer owes", async () => {
  const { invoices } = (await ask("Overdue")) as { invoices: { edges: { node: object }[] } };
  expect(invoices.edges.map(({ node }) => node)).toMatchObject([
    { dueOn: "2020-09-15", openAmount: "10.00", allocations: [{ amount: "5.00", payment: { reference: "RF18" } }] },
  ]);
  expect(await ask("WhatComesNext")).toMatchObject({
    customer: {
      ...{ balance: "0.00", balanceDue: "25.00" },
      collection: { amountOverdue: "10.00", suspendedForNonPaymentSince: null },
    },
  });
  const { customer } = (await ask("Statement")) as { customer: { statement: object } };
  expect(customer.statement).toEqual({
    ...{ opening: "0.00", closing: "30.00" },
    movements: [
      { on: "2020-08-01", kind: "INVOICE", reference: "INV-000001", amount: "15.00", balance: "15.00" },
      { on: "2020-09-01", kind: "INVOICE", reference: "INV-000002", amount: "15.00", balance: "30.00" },
    ],
  });
  const none = { days31To60: "0.00", days61To90: "0.00", over90: "0.00", balance: "0.00" };
  expect(await ask("Aged")).toEqual({
    agedReceivables: {
      amounts: [
        {
          currency: "USD",
          current: "0.00",
          days1To30: "15.00",
          ...none,
          days31To60: "15.00",
          open: "30.00",
          due: "30.00",
        },
      ],
    },
  });
});
