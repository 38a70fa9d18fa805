import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { type Story, tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
let story: Story;
let commitmentId: string;
let betterId: string;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
  const { mainProductId, addOnProductId, accountId, offerId } = story;
  const thresholds = [{ from: "4", percent: "10" }];
  const plan = { name: "5 GB", service: "Internet", quota: "5", unit: "GB", thresholds };
  const { id: volumeDiscountPlanId } = await client.run("defineVolumeDiscountPlan", plan);
  const better = { name: "5 GB", service: "Internet", volumeDiscountPlanId };
  ({ id: betterId } = await client.run("defineAddOnProduct", better));
  await client.run("reviseMainProduct", { mainProductId, addOnProductIds: [addOnProductId, betterId] });
  ({ id: commitmentId } = await client.run("assignOffer", { accountId, offerId }));
});
afterAll(() => bench.stop());

const SELECTION = `on mainProduct { name } addOns { service quota upgradedUntil state rowId
  addOnProduct { name } volumeDiscountPlan { quota unit thresholds { from percent } } commitment { id } }`;

interface Shown {
  readonly on: string;
  readonly addOns: readonly {
    readonly addOnProduct: { readonly name: string };
    readonly upgradedUntil: string | null;
    readonly state: string;
  }[];
}
const entitlements = async (on: string | null = null, selection = SELECTION): Promise<Shown> => {
  const data = await client.query(
    `query ($id: ID!, $on: LocalDate) { account(id: $id) { entitlements(on: $on) { ${selection} } } }`,
    { id: story.accountId, on },
  );
  return (data as { account: { entitlements: Shown } }).account.entitlements;
};
const inShort = async (on: string) =>
  (await entitlements(on)).addOns.map(({ addOnProduct, upgradedUntil, state }) => [
    addOnProduct.name,
    upgradedUntil,
    state,
  ]);

describe("what an account is entitled to", () => {
  it("is told for today unless a day is asked for", async () => {
    expect(await entitlements()).toEqual({
      on: "2020-07-15",
      mainProduct: { name: "Smart" },
      addOns: [
        {
          service: "Internet",
          quota: null,
          upgradedUntil: null,
          state: "SERVED",
          rowId: "recurring-1",
          addOnProduct: { name: "1 GB" },
          volumeDiscountPlan: null,
          commitment: { id: commitmentId },
        },
      ],
    });
    expect(await entitlements("2020-07-14")).toEqual({ on: "2020-07-14", mainProduct: null, addOns: [] });
  });

  it("follows a time-limited upgrade, with the quota of the better plan", async () => {
    await client.run("orderTimeLimitedUpgrade", { commitmentId, addOnProductId: betterId, until: "2020-08-31" });
    const { addOns } = await entitlements();
    expect(addOns).toMatchObject([
      {
        addOnProduct: { name: "5 GB" },
        upgradedUntil: "2020-08-31",
        volumeDiscountPlan: { quota: "5", unit: "GB", thresholds: [{ from: "4", percent: "10" }] },
      },
    ]);
    expect(await inShort("2020-08-31")).toEqual([["5 GB", "2020-08-31", "SERVED"]]);
    expect(await inShort("2020-09-01")).toEqual([["1 GB", null, "SERVED"]]);
  });

  it("follows pauses and suspensions, and service is back on the day of resuming", async () => {
    await client.run("pauseCommitment", { commitmentId, from: "2020-07-15" });
    await client.run("suspendCustomer", { customerId: story.customerId, reason: "Lost phone" });
    expect(await inShort("2020-07-15")).toEqual([["5 GB", "2020-08-31", "PAUSED"]]);
    await client.run("unsuspendCustomer", { customerId: story.customerId, reason: "Found phone" });
    const resumed = await client.run("resumeCommitment", { commitmentId }, "commitment { status }");
    expect(resumed.commitment).toEqual({ status: "PAUSED" });
    expect(await inShort("2020-07-15")).toEqual([["5 GB", "2020-08-31", "SERVED"]]);
    await client.run("suspendCustomer", { customerId: story.customerId, reason: "Lost phone" });
    expect(await inShort("2020-07-16")).toEqual([["5 GB", "2020-08-31", "SUSPENDED"]]);
    await client.run("unsuspendCustomer", { customerId: story.customerId, reason: "Found phone" });
  });

  it("knows the main product of each day", async () => {
    const { id: mainProductId } = await client.run("defineMainProduct", { name: "Other" });
    const other = await bench.provider("2020-07-15T12:00:00Z");
    const told = await tellStory(other);
    const { id: second } = await other.run("defineMainProduct", { name: "Second" });
    await Promise.all([
      other.run("advanceTestClock", { to: "2020-07-20T12:00:00Z" }),
      bench.finishWalk(other.providerId ?? ""),
    ]);
    await other.run("changeMainProduct", { accountId: told.accountId, mainProductId: second });
    const day = (alias: string, on: string) => `${alias}: entitlements(on: "${on}") { mainProduct { name } }`;
    const days = `${day("before", "2020-07-19")} ${day("from", "2020-07-20")}`;
    expect(await other.query(`{ account(id: "${told.accountId}") { ${days} } }`)).toEqual({
      account: { before: { mainProduct: { name: "Smart" } }, from: { mainProduct: { name: "Second" } } },
    });
    await client.run("changeMainProduct", { accountId: story.accountId, mainProductId });
    expect(await entitlements(null, "mainProduct { name }")).toEqual({ mainProduct: { name: "Other" } });
  });

  it("ends with the commitment", async () => {
    await client.run("terminateCommitment", { commitmentId, effectiveOn: "2020-07-31" });
    expect(await inShort("2020-07-31")).toEqual([["5 GB", "2020-07-31", "SERVED"]]);
    expect(await inShort("2020-08-01")).toEqual([]);
  });

  it("is asked for many accounts at once", async () => {
    const { customerId, mainProductId } = story;
    await client.run("openAccount", { customerId, identifier: "another", mainProductId });
    const answer = await client.query(
      "{ accounts { edges { node { identifier entitlements { addOns { state } mainProduct { name } } } } } }",
    );
    expect(answer).toEqual({
      accounts: {
        edges: [
          {
            node: {
              identifier: "12012555215",
              entitlements: { addOns: [{ state: "SERVED" }], mainProduct: { name: "Other" } },
            },
          },
          { node: { identifier: "another", entitlements: { addOns: [], mainProduct: { name: "Smart" } } } },
        ],
      },
    });
  });
});
