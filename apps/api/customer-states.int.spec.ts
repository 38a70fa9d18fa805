import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
});
afterAll(() => bench.stop());

const created = async (input: object = {}): Promise<string> =>
  (await client.run("createCustomer", { contact: { name: "John Doe" }, currency: "USD", ...input })).id;
const accepted = (id: string, customer: object) => ({
  id,
  position: expect.any(String) as unknown,
  visible: true,
  repeated: false,
  customer,
});

describe("a customer billed from a day of its own", () => {
  const PERIOD = "customer { billingPeriod anniversaryDay }";
  const customer = { contact: { name: "John Doe" }, currency: "USD" };
  const billingPeriod = "MONTHLY_ANNIVERSARY";

  it("names the day, or takes that of its creation", async () => {
    const input = { ...customer, idempotencyKey: randomUUID(), billingPeriod, anniversaryDay: 31 };
    const named = await client.run("createCustomer", input, PERIOD);
    expect(named).toEqual(accepted(named.id, { billingPeriod, anniversaryDay: 31 }));
    expect(await client.run("createCustomer", input, PERIOD)).toEqual({ ...named, repeated: true });
    const own = await client.run("createCustomer", { ...customer, billingPeriod }, PERIOD);
    expect(own.customer).toEqual({ billingPeriod, anniversaryDay: 15 });
    const monthly = await client.run("createCustomer", customer, PERIOD);
    expect(monthly.customer).toEqual({ billingPeriod: "MONTHLY", anniversaryDay: null });
  });

  it.each([
    [{ anniversaryDay: 15 }, "VALIDATION_FAILED anniversaryDay"],
    [{ billingPeriod: "MONTHLY", anniversaryDay: 15 }, "VALIDATION_FAILED anniversaryDay"],
    [{ billingPeriod, anniversaryDay: 0 }, "VALIDATION_FAILED anniversaryDay"],
    [{ billingPeriod, anniversaryDay: 32 }, "VALIDATION_FAILED anniversaryDay"],
    [{ billingPeriod, anniversaryDay: null }, "VALIDATION_FAILED anniversaryDay"],
    [{ billingPeriod: "WEEKLY", anniversaryDay: 15 }, "VALIDATION_FAILED anniversaryDay"],
  ])("is refused with %j", async (input, code) => {
    expect(await client.refused("createCustomer", { ...customer, ...input })).toBe(code);
  });
});

describe("a subscription discount rate", () => {
  const RATE = "customer { subscriptionDiscountRate }";
  const rated = (id: string, rate: string | null) => accepted(id, { subscriptionDiscountRate: rate });

  it("is set, set to nothing, and removed", async () => {
    const customerId = await created();
    const set = { idempotencyKey: randomUUID(), customerId, rate: "12.5" };
    const first = await client.run("setSubscriptionDiscountRate", set, RATE);
    expect(first).toEqual(rated(customerId, "12.5"));
    expect(await client.run("setSubscriptionDiscountRate", set, RATE)).toEqual({ ...first, repeated: true });
    const nothing = { customerId, rate: "0" };
    expect(await client.run("setSubscriptionDiscountRate", nothing, RATE)).toEqual(rated(customerId, "0"));
    const removal = { customerId, rate: null };
    expect(await client.run("setSubscriptionDiscountRate", removal, RATE)).toEqual(rated(customerId, null));
  });

  it("takes the place of the commitments' discounts in the running period", async () => {
    const own = await bench.provider("2020-07-01T12:00:00Z");
    const { customerId, accountId, offerId } = await tellStory(own);
    await own.run("assignOffer", { accountId, offerId });
    await bench.advance(own, "2020-07-20T12:00:00Z");
    await own.run("setSubscriptionDiscountRate", { customerId, rate: "10", effectiveOn: "2020-07-17" });
    const lines = "lines { kind from until fee discount discountOrigin net }";
    const line = { kind: "RECURRING" };
    expect(await own.query(`{ unbilled(customerId: "${customerId}") { total ${lines} } }`)).toEqual({
      unbilled: {
        total: "16.45",
        lines: [
          {
            ...line,
            from: "2020-07-01",
            until: "2020-07-16",
            fee: "10.32",
            discount: "2.58",
            net: "7.74",
            discountOrigin: "COMMITMENT",
          },
          {
            ...line,
            from: "2020-07-17",
            until: "2020-07-31",
            fee: "9.68",
            discount: "0.97",
            net: "8.71",
            discountOrigin: "CUSTOMER_RATE",
          },
        ],
      },
    });
  });
});

describe("a suspension", () => {
  const STATE = "customer { status suspendedSince }";
  const suspended = (since: string) => ({ status: "SUSPENDED", suspendedSince: since });
  const active = { status: "ACTIVE", suspendedSince: null };

  it("blocks a customer until it is lifted; twice is once", async () => {
    const customerId = await created();
    const suspend = { idempotencyKey: randomUUID(), customerId, reason: "Does not pay" };
    const first = await client.run("suspendCustomer", suspend, STATE);
    expect(first).toEqual(accepted(customerId, suspended("2020-07-15")));
    expect(await client.run("suspendCustomer", suspend, STATE)).toEqual({ ...first, repeated: true });
    expect(await client.run("suspendCustomer", { customerId, reason: "Still does not" }, STATE)).toEqual(
      accepted(customerId, suspended("2020-07-15")),
    );
    const listed = await client.query("{ customers(filter: { status: SUSPENDED }) { edges { node { id } } } }");
    expect(listed).toEqual({ customers: { edges: [{ node: { id: customerId } }] } });
    const unsuspend = { idempotencyKey: randomUUID(), customerId, reason: "Paid" };
    const lifted = await client.run("unsuspendCustomer", unsuspend, STATE);
    expect(lifted).toEqual(accepted(customerId, active));
    expect(await client.run("unsuspendCustomer", unsuspend, STATE)).toEqual({ ...lifted, repeated: true });
    expect(await client.run("unsuspendCustomer", { ...unsuspend, idempotencyKey: randomUUID() }, STATE)).toEqual(
      accepted(customerId, active),
    );
    expect(await client.refused("suspendCustomer", { customerId })).toBe("VALIDATION_FAILED reason");
    expect(await client.refused("unsuspendCustomer", { customerId, reason: " " })).toBe("VALIDATION_FAILED reason");
  });

  it("is dated back within the running period; days of a closed one need a reason, and are not long ago", async () => {
    const own = await bench.provider("2020-07-01T12:00:00Z");
    const { customerId, accountId, offerId } = await tellStory(own);
    await own.run("assignOffer", { accountId, offerId });
    await bench.advance(own, "2020-08-20T12:00:00Z");
    const on = (effectiveOn: string) => ({ customerId, effectiveOn });
    const dated = async (name: string, day: string) =>
      (await own.run(name, { ...on(day), reason: "Found late" }, STATE)).customer;
    expect(await dated("suspendCustomer", "2020-08-10")).toEqual(suspended("2020-08-10"));
    expect(await dated("suspendCustomer", "2020-08-05")).toEqual(suspended("2020-08-05"));
    expect(await dated("unsuspendCustomer", "2020-08-15")).toEqual(active);
    const lines = "lines { from until days net }";
    expect(await own.query(`{ unbilled(customerId: "${customerId}") { ${lines} } }`)).toEqual({
      unbilled: {
        lines: [
          // No worker closes July here.
          { from: "2020-07-01", until: "2020-07-31", days: 31, net: "15.00" },
          { from: "2020-08-01", until: "2020-08-04", days: 4, net: "1.93" },
          { from: "2020-08-15", until: "2020-08-31", days: 17, net: "8.23" },
        ],
      },
    });
    await own.run("changeProviderSettings", { backDatingDays: 30 });
    for (const name of ["suspendCustomer", "unsuspendCustomer", "setSubscriptionDiscountRate"]) {
      expect(await own.refused(name, on("2020-07-31"))).toBe("VALIDATION_FAILED reason");
      const long = { ...on("2020-07-20"), reason: "Found late" };
      expect(await own.refused(name, long)).toBe("DATE_ALREADY_INVOICED effectiveOn");
    }
    const late = { ...on("2020-07-31"), reason: "Found late" };
    expect((await own.run("suspendCustomer", late, STATE)).customer).toEqual(active);
    expect(await own.query(`{ unbilled(customerId: "${customerId}") { ${lines} } }`)).toEqual({
      unbilled: {
        lines: [
          { from: "2020-07-01", until: "2020-07-30", days: 30, net: "14.51" },
          { from: "2020-08-15", until: "2020-08-31", days: 17, net: "8.23" },
        ],
      },
    });
  });
});
