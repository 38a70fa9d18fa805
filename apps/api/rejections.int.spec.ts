import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { codeMeanings } from "./graphql/codes.js";
import { type Story, tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
let story: Story;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
});
afterAll(() => bench.stop());

const nobody = () => randomUUID();

describe("commands that are refused", () => {
  it("says why, by the code and field of the application", async () => {
    const { customerId, accountId, offerId } = story;
    const refusals: [string, object, string][] = [
      ["withdrawOffer", { offerId: nobody() }, "VALIDATION_FAILED offerId"],
      ["changeCreditLimit", { customerId: nobody(), creditLimit: "1" }, "CUSTOMER_NOT_FOUND customerId"],
      [
        "createCustomer",
        { contact: { name: "x" }, currency: "USD", creditLimit: null },
        "VALIDATION_FAILED creditLimit",
      ],
      ["closeCustomer", { customerId, effectiveOn: "2020-07-16" }, "INVALID_DATE effectiveOn"],
      ["addAlias", { accountId, alias: "12012555215" }, "IDENTIFIER_TAKEN alias"],
      ["assignOffer", { accountId: nobody(), offerId }, "ACCOUNT_NOT_FOUND accountId"],
      ["upgradeCommitment", { commitmentId: nobody(), offerId }, "COMMITMENT_NOT_FOUND commitmentId"],
    ];
    for (const [name, input, code] of refusals) expect(await client.refused(name, input), name).toBe(code);
  });

  it("refuses malformed input before it looks at anything", async () => {
    const { accountId, offerId } = story;
    expect(await client.refused("closeAccount", { accountId: "x" })).toBe("VALIDATION_FAILED accountId");
    expect(await client.refused("assignOffer", { accountId, offerId, effectiveOn: "2020-02-30" })).toBe(
      "VALIDATION_FAILED effectiveOn",
    );
    expect(await client.refused("changeCreditLimit", { customerId: story.customerId, creditLimit: "1,50" })).toBe(
      "VALIDATION_FAILED creditLimit",
    );
    expect(await client.refused("assignOffer", { accountId })).toBe("VALIDATION_FAILED offerId");
    const id = randomUUID();
    const end = (discountEnd: object) => ({ commitmentId: id, discountEnd });
    const malformed: [string, object, string][] = [
      [
        "setDiscountEnd",
        end({ kind: "SYNCHRONISED", commitmentId: "x" }),
        "VALIDATION_FAILED discountEnd.commitmentId",
      ],
      ["setDiscountEnd", end({ kind: "MANUAL", date: "2020-13-01" }), "VALIDATION_FAILED discountEnd.date"],
      ["setDiscountEnd", end({ kind: "DEFAULT" }), "VALIDATION_FAILED discountEnd.kind"],
      ["terminateCommitment", { commitmentId: id, waivePenalty: null }, "VALIDATION_FAILED waivePenalty"],
      ["pauseCommitment", { commitmentId: "x" }, "VALIDATION_FAILED commitmentId"],
      ["pauseCommitment", { commitmentId: id, from: null }, "VALIDATION_FAILED from"],
      ["suspendCustomer", { customerId: id, reason: "x".repeat(2001) }, "VALIDATION_FAILED reason"],
    ];
    for (const [name, input, code] of malformed)
      expect(await client.refused(name, input), JSON.stringify(input)).toBe(code);
  });
});

describe("a refusal", () => {
  const three = `mutation {
  first: defineMainProduct(input: { idempotencyKey: "three-1", name: "One" }) { mainProduct { name } }
  second: closeAccount(input: { idempotencyKey: "three-2", accountId: "00000000-0000-4000-8000-000000000000" }) { id }
  third: defineMainProduct(input: { idempotencyKey: "three-3", name: "Three" }) { mainProduct { name } }
}`;

  it("leaves the answers of the other mutations of its request", async () => {
    expect(await client.ask(three)).toEqual({
      status: 200,
      data: {
        first: { mainProduct: { name: "One" } },
        second: null,
        third: { mainProduct: { name: "Three" } },
      },
      errors: [
        {
          message: "There is no such account.",
          locations: [{ line: 3, column: 71 }],
          path: ["second"],
          extensions: { code: "ACCOUNT_NOT_FOUND", field: "accountId", inputPath: ["input", "accountId"] },
        },
      ],
    });
  });

  it("has a code that the schema lists with its meaning", async () => {
    expect(await client.query("{ errorCodes { code meaning } }")).toEqual({
      errorCodes: Object.entries(codeMeanings).map(([code, meaning]) => ({ code, meaning })),
    });
  });
});
