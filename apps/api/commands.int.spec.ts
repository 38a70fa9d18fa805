import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
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

describe("commands that are accepted", () => {
  it("creates a provider and changes its settings", async () => {
    const created = await client.run("createProvider", { name: " Acme " }, "provider { id name invoiceNumberPrefix }");
    expect(created).toMatchObject({
      visible: true,
      repeated: false,
      provider: { name: "Acme", invoiceNumberPrefix: "INV-" },
    });
    const changed = await client
      .as(created.id)
      .run("changeProviderSettings", { invoiceNumberPrefix: "A-" }, "provider { name invoiceNumberPrefix }");
    expect(changed.provider).toEqual({ name: "Acme", invoiceNumberPrefix: "A-" });
  });

  it("defines and revises what the catalog holds", async () => {
    const volumePlan = await client.run(
      "defineVolumeDiscountPlan",
      { name: "Internet", service: "Internet", quota: "1", unit: "GB", thresholds: [{ from: "0.5", percent: "10" }] },
      "volumeDiscountPlan { name quota unit thresholds { from percent } }",
    );
    expect(volumePlan.volumeDiscountPlan).toEqual({
      name: "Internet",
      quota: "1",
      unit: "GB",
      thresholds: [{ from: "0.5", percent: "10" }],
    });
    const addOn = await client.run(
      "defineAddOnProduct",
      { name: "2 GB", service: "Internet", volumeDiscountPlanId: volumePlan.id },
      "addOnProduct { name quota volumeDiscountPlan { name } }",
    );
    expect(addOn.addOnProduct).toEqual({ name: "2 GB", quota: null, volumeDiscountPlan: { name: "Internet" } });
    const product = await client.run(
      "reviseMainProduct",
      { mainProductId: story.mainProductId, addOnProductIds: [story.addOnProductId, addOn.id] },
      "mainProduct { name addOnProducts { name } }",
    );
    expect(product.mainProduct).toEqual({ name: "Smart", addOnProducts: [{ name: "1 GB" }, { name: "2 GB" }] });
    const plan = await client.run(
      "revisePlan",
      { planId: story.planId, prorateLast: false },
      "plan { name prorateFirst prorateLast minimumPeriods recurringFees { period amount } }",
    );
    expect(plan.plan).toEqual({
      name: "Turbo",
      prorateFirst: true,
      prorateLast: false,
      minimumPeriods: 24,
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
    });
    const defined = await client.run("defineCustomerClass", { name: "Residential" });
    const revised = await client.run(
      "reviseCustomerClass",
      { customerClassId: defined.id, graceDays: 30 },
      "customerClass { name graceDays rounding }",
    );
    expect(revised.customerClass).toEqual({ name: "Residential", graceDays: 30, rounding: "HALF_UP" });
  });

  it("defines, revises, withdraws and deletes offers", async () => {
    const terms = { name: "TV", currency: "USD", discountPeriods: 24 };
    const fee = { description: "TV set", service: "TV", fee: "400", discount: "399.99" };
    const offer = await client.run(
      "defineOffer",
      { ...terms, oneTimeFees: [fee] },
      "offer { status revision oneTimeFees { fee discount discountedFee } }",
    );
    expect(offer.offer).toEqual({
      status: "ON_SALE",
      revision: 1,
      oneTimeFees: [{ fee: "400.00", discount: "399.99", discountedFee: "0.01" }],
    });
    const offerId = offer.id;
    const revised = await client.run(
      "reviseOffer",
      { offerId, recurringFees: [{ planId: story.planId, discount: "1" }] },
      "offer { revision oneTimeFees { fee } recurringFees { discount discountedFees { period amount } addOnProduct { id } } }",
    );
    expect(revised.offer).toEqual({
      revision: 2,
      oneTimeFees: [{ fee: "400.00" }],
      recurringFees: [
        { discount: "1.00", discountedFees: [{ period: "MONTHLY", amount: "19.00" }], addOnProduct: null },
      ],
    });
    expect((await client.run("withdrawOffer", { offerId }, "offer { status }")).offer).toEqual({ status: "WITHDRAWN" });
    expect((await client.run("deleteOffer", { offerId }, "offer { status }")).offer).toBeNull();
    expect(await client.query(`{ offer(id: "${offerId}") { id } }`)).toEqual({ offer: null });
  });

  it("creates a customer and changes it", async () => {
    const { id: customerClassId } = await client.run("defineCustomerClass", { name: "Business" });
    const created = await client.run(
      "createCustomer",
      { contact: { name: "Jo", email: "jo@example.com" }, currency: "JPY", creditLimit: "1000" },
      "customer { contact { name email } currency billingPeriod timeZone creditLimit status balanceDue createdOn }",
    );
    expect(created.customer).toEqual({
      contact: { name: "Jo", email: "jo@example.com" },
      currency: "JPY",
      billingPeriod: "MONTHLY",
      timeZone: "UTC",
      creditLimit: "1000",
      status: "ACTIVE",
      balanceDue: "0",
      createdOn: "2020-07-15",
    });
    const customerId = created.id;
    const contact = { customerId, email: null, phone: "+1" };
    expect(
      (await client.run("changeCustomerContact", contact, "customer { contact { name email phone } }")).customer,
    ).toEqual({ contact: { name: "Jo", email: null, phone: "+1" } });
    const billing = { customerId, billingPeriod: "WEEKLY", timeZone: "Europe/Berlin" };
    const shown =
      "customer { billingPeriod timeZone nextBilling { inForceFrom billingPeriod anniversaryDay timeZone } }";
    expect((await client.run("changeCustomerBilling", billing, shown)).customer).toEqual({
      billingPeriod: "MONTHLY",
      timeZone: "UTC",
      nextBilling: {
        inForceFrom: "2020-08-01",
        billingPeriod: "WEEKLY",
        anniversaryDay: null,
        timeZone: "Europe/Berlin",
      },
    });
    const limit = { customerId, creditLimit: "0" };
    expect((await client.run("changeCreditLimit", limit, "customer { creditLimit }")).customer).toEqual({
      creditLimit: "0",
    });
    const classed = { customerId, customerClassId };
    expect((await client.run("setCustomerClass", classed, "customer { customerClass { name } }")).customer).toEqual({
      customerClass: { name: "Business" },
    });
    expect((await client.run("closeCustomer", { customerId }, "customer { status closedOn }")).customer).toEqual({
      status: "CLOSED",
      closedOn: "2020-07-15",
    });
  });

  it("opens an account, changes it, and gives its identifiers free when it is closed", async () => {
    const { customerId, mainProductId } = story;
    const opened = await client.run(
      "openAccount",
      { customerId, identifier: " 1201 ", mainProductId },
      "account { identifier status openedOn customer { contact { name } } mainProduct { name } }",
    );
    expect(opened.account).toEqual({
      identifier: "1201",
      status: "OPEN",
      openedOn: "2020-07-15",
      customer: { contact: { name: "John Doe" } },
      mainProduct: { name: "Smart" },
    });
    const accountId = opened.id;
    const other = await client.run("defineMainProduct", { name: "Plain" });
    const changed = { accountId, mainProductId: other.id };
    expect((await client.run("changeMainProduct", changed, "account { mainProduct { name } }")).account).toEqual({
      mainProduct: { name: "Plain" },
    });
    for (const alias of ["1202", "1203"]) await client.run("addAlias", { accountId, alias });
    expect(await client.query('{ account(identifier: "1203") { id aliases } }')).toEqual({
      account: { id: accountId, aliases: ["1202", "1203"] },
    });
    const removed = await client.run("removeAlias", { accountId, alias: "1202" }, "account { aliases }");
    expect(removed.account).toEqual({ aliases: ["1203"] });
    expect(await client.refused("openAccount", { customerId, identifier: "1203", mainProductId })).toBe(
      "IDENTIFIER_TAKEN identifier",
    );
    await client.run("openAccount", { customerId, identifier: "1202", mainProductId });
    const closed = await client.run("closeAccount", { accountId }, "account { status closedOn }");
    expect(closed.account).toEqual({ status: "CLOSED", closedOn: "2020-07-15" });
    for (const identifier of ["1201", "1203"])
      await client.run("openAccount", { customerId, identifier, mainProductId });
  });

  it("assigns an offer and terminates the commitment, with what that costs", async () => {
    const { accountId, offerId } = story;
    const assigned = await client.run(
      "assignOffer",
      { accountId, offerId },
      `commitment { status start discountEndDate discountEndKind discountsGiven terminatedOn offer { name }
         account { identifier } customer { contact { name } }
         terms { name penalty recurring { description discount fees { period amount } } } }`,
    );
    expect(assigned.commitment).toEqual({
      status: "ACTIVE",
      start: "2020-07-15",
      discountEndDate: "2022-07-15",
      discountEndKind: "DEFAULT",
      discountsGiven: "0.00",
      terminatedOn: null,
      offer: { name: "Turbo 1 GB" },
      account: { identifier: "12012555215" },
      customer: { contact: { name: "John Doe" } },
      terms: {
        name: "Turbo 1 GB",
        penalty: "SUM_OF_DISCOUNTS",
        recurring: [{ description: "Turbo", discount: "5.00", fees: [{ period: "MONTHLY", amount: "20.00" }] }],
      },
    });
    const terminate = { commitmentId: assigned.id, idempotencyKey: randomUUID() };
    const selection = `commitment { status terminatedOn terminatedEarly }
      penaltyPreview { total currency lines { kind net description from } }`;
    const terminated = await client.run("terminateCommitment", terminate, selection);
    // One day of 31 at 5.00 off, and what is not prorated at the end: the offer's plan was revised above.
    const { total } = terminated.penaltyPreview as { total: string };
    expect(terminated).toMatchObject({
      commitment: { status: "ACTIVE", terminatedOn: "2020-07-15", terminatedEarly: true },
      penaltyPreview: { currency: "USD", lines: [{ kind: "PENALTY", net: total, from: "2020-07-15" }] },
    });
    expect(await client.run("terminateCommitment", terminate, selection)).toEqual({ ...terminated, repeated: true });
    const manual = { accountId, offerId, discountEnd: { kind: "MANUAL", date: "2020-08-01" }, reason: "Promised" };
    expect(
      (await client.run("assignOffer", manual, "commitment { discountEndDate discountEndKind }")).commitment,
    ).toEqual({
      discountEndDate: "2020-08-01",
      discountEndKind: "MANUAL",
    });
  });
});
