import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Answer, Client } from "./spec-support/client.js";
import { type Story, tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
let story: Story;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
});
afterAll(() => bench.stop());

const codes = (answers: readonly Answer[]): string[] =>
  answers.map(({ errors }) => errors[0]?.extensions.code ?? "accepted").sort();
const eventsOf = async (category: string, id: string): Promise<string[]> => {
  const events = await bench.store.readStream(streamName(client.providerId ?? "", category, id));
  return events.map(({ type }) => type);
};

describe("idempotency keys", () => {
  it("answers a repeated command its first result, whatever has happened since", async () => {
    const idempotencyKey = randomUUID();
    const input = { idempotencyKey, contact: { name: "Jo" }, currency: "USD" };
    const first = await client.run("createCustomer", input);
    await client.run("closeCustomer", { customerId: first.id });
    expect(await client.run("createCustomer", input)).toEqual({ ...first, repeated: true });
    expect(await eventsOf("customer", first.id)).toEqual(["CustomerCreated", "CustomerClosed"]);
  });

  it("answers a repetition although the facts have changed", async () => {
    const { offerId, accountId } = story;
    const input = { idempotencyKey: randomUUID(), offerId, accountId };
    const first = await client.run("assignOffer", input);
    const { id: once } = await client.run("defineOffer", {
      name: "Once",
      currency: "USD",
      oneTimeFees: [{ description: "x", service: "x", fee: "1" }],
    });
    const withdrawn = { idempotencyKey: randomUUID(), offerId: once, accountId };
    const before = await client.run("assignOffer", withdrawn);
    await client.run("withdrawOffer", { offerId: once });
    expect(await client.run("assignOffer", withdrawn)).toEqual({ ...before, repeated: true });
    expect(await client.run("assignOffer", input)).toEqual({ ...first, repeated: true });
  });

  it("refuses the key of another request: another body, another command, another stream", async () => {
    const idempotencyKey = randomUUID();
    const { customerId } = story;
    await client.run("changeCreditLimit", { idempotencyKey, customerId, creditLimit: "7" });
    const reused = "IDEMPOTENCY_KEY_REUSED idempotencyKey";
    expect(await client.refused("changeCreditLimit", { idempotencyKey, customerId, creditLimit: "8" })).toBe(reused);
    expect(await client.refused("closeCustomer", { idempotencyKey, customerId })).toBe(reused);
    expect(await client.refused("closeAccount", { idempotencyKey, accountId: story.accountId })).toBe(reused);
    expect(await client.refused("defineCustomerClass", { idempotencyKey, name: "x" })).toBe(reused);
  });

  it("gives each provider keys of its own", async () => {
    const other = await bench.provider();
    const input = { idempotencyKey: randomUUID(), name: "Class" };
    const [mine, theirs] = await Promise.all([client, other].map((one) => one.run("defineCustomerClass", input)));
    expect(mine).toMatchObject({ repeated: false });
    expect(theirs).toMatchObject({ repeated: false });
    expect(mine?.id).not.toBe(theirs?.id);
  });

  it("accepts one of many racing copies, on one API and across two, and answers all of them the same", async () => {
    const second = new Client((await bench.api({})).url, client.providerId);
    const input = { idempotencyKey: randomUUID(), contact: { name: "Racer" }, currency: "USD" };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? client : second).run("createCustomer", input)),
    );
    expect(new Set(answers.map(({ id, position }) => `${id} ${position}`)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await eventsOf("customer", answers[0]?.id ?? "")).toEqual(["CustomerCreated"]);
  });

  it("accepts one of two racing requests under one key", async () => {
    const idempotencyKey = randomUUID();
    const answers = await Promise.all([
      client.send("closeAccount", { idempotencyKey, accountId: randomUUID() }),
      client.send("defineCustomerClass", { idempotencyKey, name: "One" }),
      client.send("defineCustomerClass", { idempotencyKey, name: "Two" }),
    ]);
    expect(codes(answers)).toEqual(["ACCOUNT_NOT_FOUND", "IDEMPOTENCY_KEY_REUSED", "accepted"]);
  });
});

describe("identifiers", () => {
  const open = (identifier: string, key = randomUUID()) => ({
    idempotencyKey: key,
    customerId: story.customerId,
    identifier,
    mainProductId: story.mainProductId,
  });

  it("goes to one of many who want it at once, as an account's identifier or as an alias", async () => {
    const { accountId } = story;
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => client.send("openAccount", open("race-1"))),
      client.send("addAlias", { accountId, alias: "race-1" }),
    ]);
    expect(codes(answers)).toEqual([...Array<string>(6).fill("IDENTIFIER_TAKEN"), "accepted"]);
  });

  it("is one account's although its opening is sent many times at once", async () => {
    const input = open("race-2");
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.run("openAccount", input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it("may be the same text for another provider", async () => {
    const other = await bench.provider();
    const theirs = await tellStory(other, "12012555215");
    expect(theirs.accountId).not.toBe(story.accountId);
  });

  it("can be taken again by the account that gave it up, and only under a hash in streams", async () => {
    const { accountId } = story;
    for (let round = 0; round < 3; round += 1) {
      await client.run("addAlias", { accountId, alias: "again" });
      expect(await client.refused("openAccount", open("again"))).toBe("IDENTIFIER_TAKEN identifier");
      await client.run("removeAlias", { accountId, alias: "again" });
    }
    const { id } = await client.run("openAccount", open("again"));
    const events = await bench.store.readStream(streamName(client.providerId ?? "", "account", id));
    const { identifierHash } = events[0]?.data as { identifierHash: string };
    expect(identifierHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await eventsOf("identifier", identifierHash)).toHaveLength(7);
  });

  it("is free after an opening that was refused", async () => {
    const refused = { ...open("free"), mainProductId: randomUUID() };
    expect(await client.refused("openAccount", refused)).toBe("VALIDATION_FAILED mainProductId");
    await client.run("openAccount", open("free"));
  });
});
