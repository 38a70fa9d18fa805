import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { type Better, tellBetter } from "#application/spec-support/better-offers.js";

let bench: Bench;
let client: Client;
let story: Better;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellBetter(client);
});
afterAll(() => bench.stop());

/** Of the story's offer, on the story's account: from 2020-07-15, its discount ends on 2022-07-15. */
const assigned = async (input: object = {}): Promise<string> =>
  (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId, ...input })).id;
const accepted = (id: string, commitment: object) => ({
  id,
  position: expect.any(String) as unknown,
  visible: true,
  repeated: false,
  commitment,
});

describe("a time-limited upgrade", () => {
  const LIFE = `commitment { upgradeRunning terms { name } agreements { from until terms { name } }
    timeLimitedUpgrades { rowId addOnProduct { name } from until running thenUpgradeTo { name discountPeriods } } }`;
  const upgrade = { rowId: "recurring-1", addOnProduct: { name: "2 GB" }, from: "2020-07-15", running: true };
  const agreed = (name: string, from: string, until: string | null) => ({ from, until, terms: { name } });
  const turbo = (until: string | null) => agreed("Turbo 1 GB", "2020-07-15", until);
  const shown = (commitmentId: string, until: string, then: boolean, agreements: object[]) =>
    accepted(commitmentId, {
      upgradeRunning: true,
      terms: { name: "Turbo 1 GB" },
      agreements,
      timeLimitedUpgrades: [
        { ...upgrade, until, thenUpgradeTo: then ? { name: "Big 2 GB", discountPeriods: 12 } : null },
      ],
    });

  it("gives another add-on product, lasts longer, and may be followed by another offer", async () => {
    const commitmentId = await assigned();
    const { betterId: addOnProductId, bigId } = story;
    const order = {
      idempotencyKey: randomUUID(),
      commitmentId,
      addOnProductId,
      until: "2020-07-31",
      replacingAddOnProductId: story.addOnProductId,
      thenUpgradeToOfferId: bigId,
    };
    const ordered = await client.run("orderTimeLimitedUpgrade", order, LIFE);
    expect(ordered).toEqual(
      shown(commitmentId, "2020-07-31", true, [turbo("2020-07-31"), agreed("Big 2 GB", "2020-08-01", null)]),
    );
    expect(await client.run("orderTimeLimitedUpgrade", order, LIFE)).toEqual({ ...ordered, repeated: true });
    expect(await client.refused("deleteOffer", { offerId: bigId })).toBe("CONFLICT offerId");
    const extend = { idempotencyKey: randomUUID(), commitmentId, until: "2020-08-15" };
    const extended = await client.run("extendTimeLimitedUpgrade", extend, LIFE);
    expect(extended).toEqual(
      shown(commitmentId, "2020-08-15", true, [turbo("2020-08-15"), agreed("Big 2 GB", "2020-08-16", null)]),
    );
    expect(await client.run("extendTimeLimitedUpgrade", extend, LIFE)).toEqual({ ...extended, repeated: true });
    const cancel = { idempotencyKey: randomUUID(), commitmentId };
    const cancelled = await client.run("cancelThenUpgrade", cancel, LIFE);
    expect(cancelled).toEqual(shown(commitmentId, "2020-08-15", false, [turbo(null)]));
    expect(await client.run("cancelThenUpgrade", cancel, LIFE)).toEqual({ ...cancelled, repeated: true });
    const end = { idempotencyKey: randomUUID(), commitmentId, rowId: "recurring-1" };
    const ended = await client.run("endTimeLimitedUpgrade", end, LIFE);
    expect(ended).toEqual(shown(commitmentId, "2020-07-15", false, [turbo(null)]));
    expect(await client.run("endTimeLimitedUpgrade", end, LIFE)).toEqual({ ...ended, repeated: true });
  });

  it("moves the commitment on the day after, without an event", async () => {
    const own = await bench.provider("2020-07-15T12:00:00Z");
    const { accountId, offerId, betterId, bigId } = await tellBetter(own);
    const { id: commitmentId } = await own.run("assignOffer", { accountId, offerId });
    const order = { commitmentId, addOnProductId: betterId, until: "2020-07-31", thenUpgradeToOfferId: bigId };
    await own.run("orderTimeLimitedUpgrade", order);
    await bench.advance(own, "2020-08-01T12:00:00Z");
    const asked = await own.query(
      `{ commitment(id: "${commitmentId}") { offer { name } discountEndDate ${LIFE.slice(13, -1)} } }`,
    );
    expect(asked).toEqual({
      commitment: {
        offer: { name: "Big 2 GB" },
        discountEndDate: "2022-07-15",
        upgradeRunning: false,
        terms: { name: "Big 2 GB" },
        agreements: [turbo("2020-07-31"), agreed("Big 2 GB", "2020-08-01", null)],
        timeLimitedUpgrades: [
          {
            ...upgrade,
            running: false,
            until: "2020-07-31",
            thenUpgradeTo: { name: "Big 2 GB", discountPeriods: 12 },
          },
        ],
      },
    });
  });
});

describe("an upgrade", () => {
  const LIFE = `commitment { offer { name } discountEndDate discountEndKind upgradeRunning
    timeLimitedUpgrades { rowId } agreements { from until terms { name } }
    terms { name recurring { rowId discount fees { amount } } oneTime { description fee } } }`;
  // The terms that the time-limited upgrade planned were the first upgrade's, though they never came into force.
  const big = {
    offer: { name: "Big 2 GB" },
    upgradeRunning: false,
    timeLimitedUpgrades: [],
    agreements: [{ from: "2020-07-15", until: null, terms: { name: "Big 2 GB" } }],
    terms: {
      name: "Big 2 GB",
      recurring: [{ rowId: "upgrade-2-recurring-1", discount: "6.00", fees: [{ amount: "30.00" }] }],
      oneTime: [{ description: "Router", fee: "40.00" }],
    },
  };

  it.each([
    ["keeps the end date unless told otherwise", {}, { discountEndDate: "2022-07-15", discountEndKind: "DEFAULT" }],
    ["keeps it", { kind: "KEEP" }, { discountEndDate: "2022-07-15", discountEndKind: "DEFAULT" }],
    ["begins the new term", { kind: "DEFAULT" }, { discountEndDate: "2021-07-15", discountEndKind: "DEFAULT" }],
    [
      "takes a date given by hand",
      { kind: "MANUAL", date: "2021-01-01" },
      { discountEndDate: "2021-01-01", discountEndKind: "MANUAL" },
    ],
    ["copies another's", { kind: "SYNCHRONISED" }, { discountEndDate: "2020-12-24", discountEndKind: "SYNCHRONISED" }],
  ])("%s", async (_, discountEnd, expected) => {
    const commitmentId = await assigned();
    const other = await assigned({ discountEnd: { kind: "MANUAL", date: "2020-12-24" }, reason: "Promised" });
    await client.run("orderTimeLimitedUpgrade", {
      commitmentId,
      addOnProductId: story.betterId,
      until: "2020-08-31",
      thenUpgradeToOfferId: story.plainId,
    });
    const given = { ...discountEnd, ...(expected.discountEndKind === "SYNCHRONISED" && { commitmentId: other }) };
    const input = {
      idempotencyKey: randomUUID(),
      commitmentId,
      offerId: story.bigId,
      ...("kind" in given && { discountEnd: given }),
      ...(expected.discountEndKind === "MANUAL" && { reason: "Promised" }),
    };
    const upgraded = await client.run("upgradeCommitment", input, LIFE);
    expect(upgraded).toEqual(accepted(commitmentId, { ...big, ...expected }));
    expect(await client.run("upgradeCommitment", input, LIFE)).toEqual({ ...upgraded, repeated: true });
  });

  it("to an offer without a discount period is no free exit", async () => {
    const commitmentId = await assigned();
    const upgrade = { commitmentId, offerId: story.plainId, discountEnd: { kind: "DEFAULT" } };
    expect((await client.run("upgradeCommitment", upgrade, LIFE)).commitment).toMatchObject({
      offer: { name: "Plain" },
      discountEndDate: "2022-07-15",
      discountEndKind: "DEFAULT",
    });
  });
});
