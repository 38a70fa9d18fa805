import { readFileSync } from "node:fs";
import { buildSchema, isObjectType } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";
import { everythingBelow } from "./spec-support/everything-below.js";

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));
const typeOf = (name: string) => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The schema has no type ${name}`);
  return type;
};
/** What lives outside is as it is now, whatever is asked for. */
const OUTSIDE = ["Customer.tickets", "Customer.supportCost", "Customer.deliveries"];
const CUSTOMER = everythingBelow(typeOf("Customer"), OUTSIDE, 4);

let bench: Bench;
let client: Client;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
});
afterAll(() => bench.stop());

/** Moves the test clock, and does the work that becomes due. */
const until = async (at: string): Promise<void> => {
  await bench.advance(client, at);
  await doDaysWork(bench, client, new Date(at).toISOString());
};

const firstInvoiceOf = async (id: string): Promise<string> => {
  const found = (await client.query(`{ customer(id: "${id}") { invoices(last: 1) { edges { node { id } } } } }`)) as {
    customer: { invoices: { edges: { node: { id: string } }[] } };
  };
  return found.customer.invoices.edges[0]?.node.id ?? "";
};

describe("The story of two customers", () => {
  let ann: string;
  let bob: string;
  let given: string;
  /** What was answered of a customer at an instant. */
  const answered: { readonly at: string; readonly id: string; readonly answer: unknown }[] = [];

  const note = async (at: string): Promise<void> => {
    for (const id of [ann, bob]) {
      answered.push({ at, id, answer: await client.ask(`{ customer(id: "${id}") { ${CUSTOMER} } }`) });
    }
  };

  beforeAll(async () => {
    const { offerId, mainProductId, customerId, accountId } = await tellStory(client, "ann-line");
    ann = customerId;
    ({ id: bob } = await client.run("createCustomer", { contact: { name: "Bob" }, currency: "USD" }));
    const { id: bobsAccount } = await client.run("openAccount", {
      customerId: bob,
      identifier: "bob-line",
      mainProductId,
    });
    ({ id: given } = await client.run("assignOffer", { accountId, offerId }));
    const { id: kept } = await client.run("assignOffer", { accountId, offerId });
    await note("2020-07-01T12:00:00Z");
    await until("2020-07-20T12:00:00Z");
    await client.run("pauseCommitment", { commitmentId: kept, from: "2020-08-10", until: "2020-08-20" });
    await client.run("transferCommitment", {
      commitmentId: given,
      toAccountId: bobsAccount,
      effectiveOn: "2020-07-15",
    });
    await client.run("changeCustomerContact", { customerId: ann, name: "Ann Annson", email: "ann@example.org" });
    await note("2020-07-20T12:00:00Z");
    await until("2020-08-15T12:00:00Z");
    await client.run("recordPayment", { customerId: ann, amount: "10.00", reference: "bank 1" });
    await client.run("reviseOffer", { offerId, name: "Turbo 2 GB" });
    await client.run("addAlias", { accountId, alias: "ann-alias" });
    await note("2020-08-15T12:00:00Z");
    await until("2020-09-03T12:00:00Z");
    await client.run("terminateCommitment", { commitmentId: kept, effectiveOn: "2020-09-03" });
    await client.run("suspendCustomer", { customerId: bob, effectiveOn: "2020-09-03", reason: "Asked for" });
    await note("2020-09-03T12:00:00Z");
    await client.run("removeAlias", { accountId, alias: "ann-alias" });
    await until("2020-10-02T12:00:00Z");
    await client.run("voidInvoice", { invoiceId: await firstInvoiceOf(ann), reason: "Wrong" });
    await note("2020-10-02T12:00:00Z");
  });

  it("is told as it was known at each moment, with every field", async () => {
    for (const { at, id, answer } of answered) {
      const then = await client.ask(`{ customer(id: "${id}", asOf: { knownAt: "${at}" }) { ${CUSTOMER} } }`);
      expect([at, then]).toEqual([at, answer]);
    }
  });
});
