import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
let client: Client;
let story: Story;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00.000Z");
  story = await tellStory(client);
});
afterAll(() => bench.stop());

const costs = (fields: string) =>
  client.query(`query ($id: ID!) { offer(id: $id) { ${fields} } }`, { id: story.offerId });

describe("the costs of an offer", () => {
  it("are those of a customer who takes it on the first of the provider's month, or on another day", async () => {
    const prices = "billingPeriod start discountEnd oneTime price discountedPrice priceAfterDiscount total";
    const answer = await costs(
      `costs { ${prices} leaving { months early penalty } }
       later: costs(start: "2021-03-10", months: 1) { start discountEnd leaving { on penalty } }`,
    );
    const early = Array.from({ length: 23 }, (_, index) => ({
      ...{ months: index + 1, early: true, penalty: `${String(5 * (index + 1))}.00` },
    }));
    expect(answer).toEqual({
      offer: {
        costs: {
          ...{ billingPeriod: "MONTHLY", start: "2020-07-01", discountEnd: "2022-07-01", oneTime: "0.00" },
          ...{ price: "20.00", discountedPrice: "15.00", priceAfterDiscount: "20.00", total: "360.00" },
          leaving: [...early, { months: 24, early: false, penalty: "0.00" }],
        },
        // Of March 22 of 31 days are discounted: 3.55.
        later: { start: "2021-03-10", discountEnd: "2023-03-10", leaving: [{ on: "2021-03-31", penalty: "3.55" }] },
      },
    });
  });

  it("are null for a billing period type that a plan has no fee for", async () => {
    expect(await costs("costs(billingPeriod: YEARLY) { total }")).toEqual({ offer: { costs: null } });
  });

  it("refuse more months than can be told", async () => {
    await expect(costs("costs(months: 61) { total }")).rejects.toThrow("months must be from 1 to 60.");
  });
});
