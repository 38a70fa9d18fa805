import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

let bench: Bench;
let client: Client;
let story: Story;
/** As the story's offer, with a transfer fee of 3.00. */
let offerId: string;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
  const { planId, addOnProductId } = story;
  const recurringFees = [{ planId, addOnProductId, discount: "5.00" }];
  const offer = { name: "Turbo", currency: "USD", discountPeriods: 24, transferFee: "3.00", recurringFees };
  offerId = (await client.run("defineOffer", offer)).id;
});
afterAll(() => bench.stop());

const newAccount = async (customerId?: string) => {
  const created = { contact: { name: "Jane" }, currency: "USD" };
  const owner = customerId ?? (await client.run("createCustomer", created)).id;
  const opened = { customerId: owner, identifier: randomUUID(), mainProductId: story.mainProductId };
  const { id: accountId } = await client.run("openAccount", opened);
  return { customerId: owner, accountId };
};
const assigned = async (accountId: string) => (await client.run("assignOffer", { accountId, offerId })).id;

describe("a transfer", () => {
  it("is previewed with the bills of both customers", async () => {
    const [giver, receiver] = [await newAccount(), await newAccount()];
    const commitmentId = await assigned(giver.accountId);
    const bill = "{ totalBefore totalAfter linesBefore { kind net } linesAfter { kind description net days } }";
    const selection = `events { type } runningPeriod ${bill} giversRunningPeriod ${bill} penalty { total }
      commitment { statusBefore statusAfter discountEndBefore discountEndAfter }`;
    const input = { commitmentId, toAccountId: receiver.accountId };
    expect(await client.previewed("transferCommitment", input, selection)).toEqual({
      events: [{ type: "CommitmentTransferred" }],
      commitment: {
        statusBefore: "ACTIVE",
        statusAfter: "ACTIVE",
        discountEndBefore: "2022-07-15",
        discountEndAfter: "2022-07-15",
      },
      // 17 of 31 days, from the day of the transfer on: 10.97 - 2.74.
      runningPeriod: {
        totalBefore: "0.00",
        linesBefore: [],
        totalAfter: "11.23",
        linesAfter: [
          { kind: "TRANSFER_FEE", description: "Transfer fee: Turbo", net: "3.00", days: 1 },
          { kind: "RECURRING", description: "Turbo", net: "8.23", days: 17 },
        ],
      },
      giversRunningPeriod: {
        totalBefore: "8.23",
        linesBefore: [{ kind: "RECURRING", net: "8.23" }],
        totalAfter: "0.00",
        linesAfter: [],
      },
      penalty: null,
    });
    const own = await newAccount(giver.customerId);
    const within = { commitmentId, toAccountId: own.accountId };
    expect(
      await client.previewed(
        "transferCommitment",
        within,
        "runningPeriod { totalAfter } giversRunningPeriod { totalAfter } comingPeriods { periods { invoiceOn } }",
      ),
    ).toEqual({
      ...{ runningPeriod: { totalAfter: "11.23" }, giversRunningPeriod: null },
      comingPeriods: { periods: [] },
    });
    const coming = "{ laterToo periods { totalBefore totalAfter } }";
    const both = (await client.previewed(
      "transferCommitment",
      input,
      `comingPeriods ${coming} giversComingPeriods ${coming}`,
    )) as Record<"comingPeriods" | "giversComingPeriods", { laterToo: boolean; periods: readonly object[] }>;
    const seen = ({ periods, laterToo }: (typeof both)["comingPeriods"]) => [periods.length, periods[0], laterToo];
    expect([seen(both.comingPeriods), seen(both.giversComingPeriods)]).toEqual([
      [24, { totalBefore: "0.00", totalAfter: "15.00" }, true],
      [24, { totalBefore: "15.00", totalAfter: "0.00" }, true],
    ]);
  });

  it("moves the commitment to the receiver's lists, and what is shown of it", async () => {
    const [giver, receiver] = [await newAccount(), await newAccount()];
    const commitmentId = await assigned(giver.accountId);
    const input = { idempotencyKey: randomUUID(), commitmentId, toAccountId: receiver.accountId };
    const holders = `commitment { customer { id } account { id }
      holders { from until transferFee customer { id } account { id } } }`;
    const held = { customer: { id: receiver.customerId }, account: { id: receiver.accountId } };
    const answer = await client.run("transferCommitment", input, holders);
    expect(answer.commitment).toEqual({
      ...held,
      holders: [{ from: "2020-07-15", until: null, transferFee: "3.00", ...held }],
    });
    expect(await client.run("transferCommitment", input, holders)).toEqual({ ...answer, repeated: true });
    const shown = (accountId: string, customerId: string) =>
      client.query(
        `query ($account: ID!, $customer: ID!) {
          account(id: $account) { commitments(first: 5) { edges { node { id } } } entitlements { addOns { commitment { id } } } }
          commitments(filter: { customerId: $customer }) { edges { node { id leavingCosts(months: 1) { total } } } }
          unbilled(customerId: $customer) { total commitments { penaltyIfLeftToday } } }`,
        { account: accountId, customer: customerId },
      );
    expect(await shown(giver.accountId, giver.customerId)).toEqual({
      account: { commitments: { edges: [] }, entitlements: { addOns: [] } },
      commitments: { edges: [] },
      unbilled: { total: "0.00", commitments: [] },
    });
    expect(await shown(receiver.accountId, receiver.customerId)).toEqual({
      account: {
        commitments: { edges: [{ node: { id: commitmentId } }] },
        entitlements: { addOns: [{ commitment: { id: commitmentId } }] },
      },
      commitments: { edges: [{ node: { id: commitmentId, leavingCosts: [{ total: "2.74" }] } }] },
      unbilled: { total: "11.23", commitments: [{ penaltyIfLeftToday: "0.16" }] },
    });
    expect(await client.refused("transferCommitment", { ...input, idempotencyKey: randomUUID() })).toBe(
      "SAME_ACCOUNT toAccountId",
    );
    expect(await client.refused("transferCommitment", { commitmentId, toAccountId: randomUUID() })).toBe(
      "ACCOUNT_NOT_FOUND toAccountId",
    );
  });
});
