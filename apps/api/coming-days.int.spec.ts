import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const CHANGES = "scheduledChanges { what effectiveOn orderedOn rate }";
const SCHEDULED = `customer { status suspendedSince subscriptionDiscountRate ${CHANGES} }`;
const now = { status: "ACTIVE", suspendedSince: null, subscriptionDiscountRate: null };
const change = (what: string, effectiveOn: string, rate: string | null = null) => ({
  what,
  effectiveOn,
  orderedOn: "2020-08-01",
  rate,
});

describe("what is ordered for a coming day of a customer", () => {
  it("is shown, cancelled, and in force from its day on, for entitlements too", async () => {
    const client = await bench.provider("2020-08-01T12:00:00Z");
    const { customerId, accountId, offerId } = await tellStory(client);
    await client.run("assignOffer", { accountId, offerId });
    const on = (effectiveOn: string) => ({ customerId, effectiveOn });
    const reason = "Travels";
    await client.run("suspendCustomer", { ...on("2020-08-10"), reason });
    await client.run("unsuspendCustomer", { ...on("2020-08-20"), reason });
    await client.run("suspendCustomer", { ...on("2020-09-10"), reason });
    const scheduled = await client.run("setSubscriptionDiscountRate", { rate: "10", ...on("2020-08-15") }, SCHEDULED);
    const first = [
      change("SUSPENSION", "2020-08-10"),
      change("RATE", "2020-08-15", "10"),
      change("UNSUSPENSION", "2020-08-20"),
    ];
    expect(scheduled.customer).toEqual({
      ...now,
      scheduledChanges: [...first, change("SUSPENSION", "2020-09-10")],
    });
    const cancel = { what: "SUSPENSION", ...on("2020-09-10") };
    expect((await client.run("cancelScheduledChange", cancel, SCHEDULED)).customer).toEqual({
      ...now,
      scheduledChanges: first,
    });
    expect(await client.refused("cancelScheduledChange", cancel)).toBe("NOT_SCHEDULED effectiveOn");

    const states = async () =>
      client.query(`{
        account(id: "${accountId}") {
          today: entitlements { addOns { state } }
          coming: entitlements(on: "2020-08-10") { addOns { state } }
        }
      }`);
    const served = { addOns: [{ state: "SERVED" }] };
    const blocked = { addOns: [{ state: "SUSPENDED" }] };
    expect(await states()).toEqual({ account: { today: served, coming: blocked } });
    await bench.advance(client, "2020-08-15T12:00:00Z");
    expect(await states()).toEqual({ account: { today: blocked, coming: blocked } });
    expect(await client.query(`{ customer(id: "${customerId}") ${SCHEDULED.slice("customer".length)} }`)).toEqual({
      customer: {
        status: "SUSPENDED",
        suspendedSince: "2020-08-10",
        subscriptionDiscountRate: "10",
        scheduledChanges: [change("UNSUSPENSION", "2020-08-20")],
      },
    });
  });
});
