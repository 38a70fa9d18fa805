import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

const SIGNED_UP = "2020-07-15T12:00:00.000Z";
const LATER = "2020-07-16T09:30:00.000Z";

let bench: Bench;
let client: Client;
let story: Story;
let commitmentId: string;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider(SIGNED_UP);
  story = await tellStory(client);
  commitmentId = (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId })).id;
});
afterAll(() => bench.stop());

describe("an id in upper case", () => {
  it("is the same id in inputs and their lists, and for an idempotency key", async () => {
    const [customerId, mainProductId] = [story.customerId.toUpperCase(), story.mainProductId.toUpperCase()];
    const input = { idempotencyKey: randomUUID(), customerId, mainProductId, identifier: "0151" };
    const shown = "account { customer { id } mainProduct { id } }";
    const account = { customer: { id: story.customerId }, mainProduct: { id: story.mainProductId } };
    expect((await client.run("openAccount", input, shown)).account).toEqual(account);
    const again = { ...input, customerId: story.customerId, mainProductId: story.mainProductId };
    expect(await client.run("openAccount", again)).toMatchObject({ repeated: true });
    const product = { name: "Listed", addOnProductIds: [story.addOnProductId.toUpperCase()] };
    const { mainProduct } = await client.run("defineMainProduct", product, "mainProduct { addOnProducts { id } }");
    expect(mainProduct).toEqual({ addOnProducts: [{ id: story.addOnProductId }] });
    await expect(client.refused("closeCustomer", { customerId: "NONE" })).resolves.toBe("VALIDATION_FAILED customerId");
  });

  it("is the same id in arguments, filters, and the header, as a literal and as a variable", async () => {
    const upper = Object.fromEntries(Object.entries(story).map(([name, id]) => [name, String(id).toUpperCase()]));
    const own = client.as(client.providerId?.toUpperCase() ?? "");
    const data = await own.query(
      `query ($customerId: ID!, $filter: MainProductFilter) {
        customer(id: "${upper["customerId"] ?? ""}") { id }
        account(id: "${upper["accountId"] ?? ""}") { id }
        unbilled(customerId: $customerId) { customer { id } }
        closedPeriods(customerId: $customerId) { totalCount }
        commitments(filter: { accountId: "${upper["accountId"] ?? ""}" }) { edges { node { id } } }
        accountAliases(filter: { customerId: $customerId }, first: 1) { edges { node { customerId } } }
        mainProducts(filter: $filter, first: 1) { edges { node { id } } }
      }`,
      { customerId: upper["customerId"], filter: { addOnProductId: upper["addOnProductId"] } },
    );
    expect(data).toEqual({
      customer: { id: story.customerId },
      account: { id: story.accountId },
      unbilled: { customer: { id: story.customerId } },
      closedPeriods: { totalCount: 0 },
      commitments: { edges: [{ node: { id: commitmentId } }] },
      accountAliases: { edges: [{ node: { customerId: story.customerId } }] },
      mainProducts: { edges: [{ node: { id: story.mainProductId } }] },
    });
  });
});

describe("entities", () => {
  const MOMENTS = "{ createdAt updatedAt }";

  it("say when they were created and last changed, by the provider's clock", async () => {
    const { planId, addOnProductId, mainProductId, offerId, customerId, accountId } = story;
    const query = `{ provider { createdAt } plan(id: "${planId}") ${MOMENTS} addOnProduct(id: "${addOnProductId}") ${MOMENTS}
      mainProduct(id: "${mainProductId}") ${MOMENTS} offer(id: "${offerId}") ${MOMENTS}
      customer(id: "${customerId}") ${MOMENTS} account(id: "${accountId}") ${MOMENTS}
      commitment(id: "${commitmentId}") ${MOMENTS} }`;
    const created = { createdAt: SIGNED_UP, updatedAt: SIGNED_UP };
    const before = (await client.query(query)) as object;
    const all = ["plan", "addOnProduct", "mainProduct", "offer", "customer", "account", "commitment"];
    // The provider was created before it had a test clock.
    const provider = { createdAt: expect.stringMatching(/^2\d{3}-\d\d-\d\dT/) as string };
    expect(before).toEqual({ provider, ...Object.fromEntries(all.map((name) => [name, created])) });
    await bench.advance(client, LATER);
    await client.run("changeCreditLimit", { customerId, creditLimit: "7" });
    await client.run("addAlias", { accountId, alias: "0152" });
    await client.run("pauseCommitment", { commitmentId });
    await client.run("withdrawOffer", { offerId });
    const changed = { createdAt: SIGNED_UP, updatedAt: LATER };
    expect(await client.query(query)).toEqual({
      ...before,
      ...Object.fromEntries(["offer", "customer", "account", "commitment"].map((name) => [name, changed])),
    });
  });
});
