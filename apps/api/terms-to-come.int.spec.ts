import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellBetter } from "#application/spec-support/better-offers.js";
import { type Bench, startBench } from "./spec-support/bench.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const LIFE = `commitment { status annulled upgradeScheduled renewalWaiting discountEndDate
  scheduledUpgrade { from orderedOn discountEnd terms { name oneTime { fee } } }
  waitingRenewal { from orderedOn terms { offerRevision recurring { rowId discount } oneTime { fee } } }
  agreements { from until terms { name } } }`;

const none = {
  annulled: false,
  upgradeScheduled: false,
  renewalWaiting: false,
  scheduledUpgrade: null,
  waitingRenewal: null,
};
const agreed = (name: string, from: string, until: string | null) => ({ from, until, terms: { name } });

const told = async () => {
  const client = await bench.provider("2020-07-15T12:00:00Z");
  const { accountId, customerId, offerId, bigId, planId, addOnProductId } = await tellBetter(client);
  const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
  const held = { ...none, status: "ACTIVE", discountEndDate: "2022-07-15" };
  return { client, commitmentId, customerId, offerId, bigId, held, row: { planId, addOnProductId } };
};

describe("terms to come", () => {
  it("are shown until their day, and gone when they are cancelled", async () => {
    const { client, commitmentId, offerId, bigId, held, row } = await told();
    await client.run("reviseOffer", { offerId, recurringFees: [{ ...row, discount: "7.00" }] });
    const renewed = await client.run("renewFees", { commitmentId }, LIFE);
    const waitingRenewal = {
      from: "2020-08-01",
      orderedOn: "2020-07-15",
      terms: { offerRevision: 2, recurring: [{ rowId: "renewal-1-recurring-1", discount: "7.00" }], oneTime: [] },
    };
    const turbo = agreed("Turbo 1 GB", "2020-07-15", "2020-07-31");
    expect(renewed).toMatchObject({
      commitment: {
        ...held,
        renewalWaiting: true,
        waitingRenewal,
        agreements: [turbo, agreed("Turbo 1 GB", "2020-08-01", null)],
      },
    });
    const schedule = {
      commitmentId,
      offerId: bigId,
      effectiveOn: "2020-08-11",
      discountEnd: { kind: "DEFAULT" },
      reason: "Ordered by phone",
    };
    const scheduled = await client.run("upgradeCommitment", schedule, LIFE);
    expect(scheduled).toMatchObject({
      commitment: {
        ...held,
        upgradeScheduled: true,
        renewalWaiting: true,
        waitingRenewal,
        scheduledUpgrade: {
          from: "2020-08-11",
          orderedOn: "2020-07-15",
          discountEnd: "DEFAULT",
          terms: { name: "Big 2 GB", oneTime: [{ fee: "40.00" }] },
        },
        agreements: [turbo, agreed("Turbo 1 GB", "2020-08-01", "2020-08-10"), agreed("Big 2 GB", "2020-08-11", null)],
      },
    });
    expect(await client.refused("deleteOffer", { offerId: bigId })).toBe("CONFLICT offerId");
    const cancelled = await client.run("cancelScheduledUpgrade", { commitmentId, effectiveOn: "2020-08-11" }, LIFE);
    expect(cancelled).toMatchObject({ commitment: { ...held, renewalWaiting: true, waitingRenewal } });
    const dropped = await client.run("cancelRenewal", { commitmentId }, LIFE);
    expect(dropped).toMatchObject({ commitment: { ...held, agreements: [agreed("Turbo 1 GB", "2020-07-15", null)] } });
    await client.run("deleteOffer", { offerId: bigId });
  });

  it("are what entitlements and the cost of leaving follow", async () => {
    const { client, commitmentId, bigId } = await told();
    await client.run("upgradeCommitment", { commitmentId, offerId: bigId, effectiveOn: "2020-08-11" });
    const asked = await client.query(`{ commitment(id: "${commitmentId}") {
      leavingCosts(months: 2) { on lines { rowId net } }
      account { before: entitlements(on: "2020-08-10") { addOns { addOnProduct { name } } }
                since: entitlements(on: "2020-08-11") { addOns { addOnProduct { name } } } } } }`);
    // July: 17 of 31 days of 5.00. August: 10 of 31 days of 5.00; from the 11th on the router's 10.00, and 21 days of 6.00.
    expect(asked).toEqual({
      commitment: {
        leavingCosts: [
          { on: "2020-07-31", lines: [{ rowId: "recurring-1", net: "2.74" }] },
          {
            on: "2020-08-31",
            lines: [
              { rowId: "recurring-1", net: "4.35" },
              { rowId: "upgrade-1-one-time-1", net: "10.00" },
              { rowId: "upgrade-1-recurring-1", net: "4.06" },
            ],
          },
        ],
        account: {
          before: { addOns: [{ addOnProduct: { name: "1 GB" } }] },
          since: { addOns: [{ addOnProduct: { name: "2 GB" } }] },
        },
      },
    });
  });
});

describe("an annulled commitment", () => {
  it("is shown so, and charges nothing", async () => {
    const { client, commitmentId, customerId, held } = await told();
    const annulled = await client.run("annulCommitment", { commitmentId, reason: "Withdrawn" }, LIFE);
    expect(annulled).toMatchObject({ commitment: { ...held, annulled: true } });
    await bench.advance(client, "2020-07-16T12:00:00Z");
    const asked = await client.query(`{
      commitment(id: "${commitmentId}") { status terminatedOn terminatedEarly terminationScheduled }
      unbilled(customerId: "${customerId}") { total } }`);
    expect(asked).toEqual({
      commitment: {
        status: "TERMINATED",
        terminatedOn: "2020-07-15",
        terminatedEarly: false,
        terminationScheduled: false,
      },
      unbilled: { total: "0.00" },
    });
  });
});
