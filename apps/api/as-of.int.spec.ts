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
  if (!isObjectType(type)) throw new Error(name);
  return type;
};

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

describe("x", () => {
  it("y", async () => {
    const client = await bench.provider("2020-07-01T12:00:00Z");
    const story = await tellStory(client);
    const { customerId } = story;
    const { id: commitmentId } = await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
    const below = everythingBelow(typeOf("Customer"), ["Customer.tickets", "Customer.supportCost"], 3);
    console.log(below.length, below.slice(0, 3000));
    const before = await client.ask(`{ customer(id: "${customerId}") { ${below} } }`);
    console.log(JSON.stringify(before.errors).slice(0, 1000));
    await bench.advance(client, "2020-08-10T12:00:00Z");
    await doDaysWork(bench, client, "2020-08-10T12:00:00.000Z");
    const at = Date.now();
    const then = await client.ask(`{ customer(id: "${customerId}", asOf: { knownAt: "2020-07-01T12:00:00Z" }) { ${below} } }`);
    console.log("ms", Date.now() - at);
    expect(then).toEqual(before);
    const again = Date.now();
    const now = await client.ask(`{ customer(id: "${customerId}", asOf: { knownAt: "2020-08-10T12:00:00Z" }) { ${below} } }`);
    console.log("ms", Date.now() - again, commitmentId);
    expect(now).toEqual(await client.ask(`{ customer(id: "${customerId}") { ${below} } }`));
  });
});
