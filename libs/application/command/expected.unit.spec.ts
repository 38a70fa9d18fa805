import { beforeEach, describe, expect, it } from "vitest";
import { execute } from "../execute.js";
import { preview } from "../preview.js";
import { MemoryClient } from "../spec-support/memory-client.js";
import { LOCAL } from "../spec-support/memory-session.js";
import { type Story, tellStory } from "../spec-support/story.js";
import { type Command } from "../commands.js";

let client: MemoryClient;
let ids: Story;
beforeEach(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
  ids = await tellStory(client);
});

const SILENT = {
  ...{ servicePolicyId: null, sipContact: null, maxCalls: null, maxSeconds: null },
  ...{ incomingTariffId: null, outgoingTariffId: null, language: null },
};

/** Each command that takes what fields are expected to be: what they are first, then, and what else may change. */
const revisions: readonly {
  readonly name: string;
  readonly thing: () => Promise<object>;
  readonly first: object;
  readonly then: object;
  readonly else: object;
  /** Named where the first is expected no more. */
  readonly fields: string;
}[] = [
  {
    ...{ name: "changeCustomerContact", thing: () => Promise.resolve({ customerId: ids.customerId }) },
    ...{ first: { name: "John Doe", email: null, address: null }, else: { phone: "+1 206 555 1234" } },
    then: { name: "John D.", email: null, address: { street: "Main Street 1" } },
    fields: "name, address",
  },
  {
    // As they were ordered last, though they are in force later.
    ...{ name: "changeCustomerBilling", thing: () => Promise.resolve({ customerId: ids.customerId }) },
    ...{ first: { billingPeriod: "MONTHLY" }, then: { billingPeriod: "MONTHLY_ANNIVERSARY" } },
    ...{ else: { timeZone: "Europe/Berlin" }, fields: "billingPeriod" },
  },
  {
    ...{ name: "configureAccountVoice", thing: () => Promise.resolve({ accountId: ids.accountId }) },
    ...{ first: { sipContact: null, maxCalls: null, servicePolicyId: null }, else: { maxSeconds: 60 } },
    then: { sipContact: { host: "10.0.0.7" }, maxCalls: 2, servicePolicyId: null },
    fields: "sipContact, maxCalls",
  },
  {
    ...{ name: "reviseOffer", thing: () => Promise.resolve({ offerId: ids.offerId }), else: { transferFee: "1.00" } },
    get first() {
      return { recurringFees: [{ planId: ids.planId, addOnProductId: ids.addOnProductId, discount: "5.00" }] };
    },
    get then() {
      return { recurringFees: [{ planId: ids.planId, discount: "5.00" }] };
    },
    fields: "recurringFees",
  },
  {
    ...{ name: "revisePlan", thing: () => Promise.resolve({ planId: ids.planId }), else: { name: "Turbo 2" } },
    first: { minimumPeriods: 24, recurringFees: [{ period: "MONTHLY", amount: "20.00" }] },
    then: { minimumPeriods: null, recurringFees: [{ period: "MONTHLY", amount: "21.00" }] },
    fields: "minimumPeriods, recurringFees",
  },
  {
    ...{ name: "reviseMainProduct", thing: () => Promise.resolve({ mainProductId: ids.mainProductId }) },
    ...{ first: { voice: null }, then: { voice: SILENT }, else: { addOnProductIds: [] }, fields: "voice" },
  },
  {
    ...{ name: "reviseCustomerClass", first: { graceDays: 14, remindAfterDays: [7, 3] }, else: { language: "IT" } },
    thing: async () => {
      const { id } = await client.run("defineCustomerClass", { name: "Gold", remindAfterDays: [3, 7] });
      return { customerClassId: id };
    },
    ...{ then: { graceDays: 30, remindAfterDays: [7, 3] }, fields: "graceDays" },
  },
  {
    ...{ name: "reviseServicePolicy", first: { trustedNetworks: ["PBX.example"] }, then: { trustedNetworks: null } },
    thing: async () => {
      const { id } = await client.run("defineServicePolicy", { name: "Own", trustedNetworks: ["pbx.example"] });
      return { servicePolicyId: id };
    },
    ...{ else: { description: "Ours" }, fields: "trustedNetworks" },
  },
  {
    ...{ name: "reviseTariff", first: { description: null }, then: { description: "Old" }, else: { name: "Calls 2" } },
    thing: async () => ({ tariffId: (await client.run("defineTariff", { name: "Calls", currency: "USD" })).id }),
    fields: "description",
  },
];

describe("what fields are expected to be", () => {
  it.each(revisions)("$name is done where they are so, and refused where somebody else changed one", async (each) => {
    const { name, first, then, fields } = each;
    const thing = await each.thing();
    // Other fields may have changed.
    await client.run(name, { ...thing, ...each.else });
    await client.run(name, { ...thing, ...then, expected: first });
    const refusal = { code: "CONFLICT", facts: { case: "CHANGED_MEANWHILE", fields } };
    const input = { ...thing, ...first, expected: first };
    const before = client.session.store.log.length;
    await expect(client.run(name, input)).rejects.toMatchObject(refusal);
    await expect(preview(client.session, LOCAL, { name, input } as never)).rejects.toMatchObject(refusal);
    expect(client.session.store.log.length).toBe(before);
    await client.run(name, { ...thing, ...first, expected: then });
  });

  it("a command that was done is answered again, though what it expected is so no more", async () => {
    const input = { customerId: ids.customerId, email: "jo@example.com", expected: { email: null } };
    const command = { name: "changeCustomerContact", input, idempotencyKey: "k" } as Command;
    const first = await execute(client.session, LOCAL, command);
    expect(await execute(client.session, LOCAL, command)).toEqual({ ...first, repeated: true });
  });

  it("is what holds where earlier events do not say it", async () => {
    const { id: customerClassId } = await client.run("defineCustomerClass", { name: "Gold" });
    const holds = { language: "EN", dateFormat: { name: "LANGUAGE" }, warnBeforeEndDays: 30 };
    const ordered = { language: "IT", dateFormat: { name: "ISO" }, warnBeforeEndDays: 20 };
    await client.run("reviseCustomerClass", { customerClassId, ...ordered, expected: holds });
    const again = client.run("reviseCustomerClass", { customerClassId, ...holds, expected: holds });
    await expect(again).rejects.toMatchObject({ facts: { fields: Object.keys(holds).join(", ") } });
  });

  it("counts though the command would be refused without what else it orders", async () => {
    const { planId } = ids;
    await client.run("revisePlan", { planId, name: "By somebody else" });
    const expected = { name: "Turbo", penalty: "SUM_OF_DISCOUNTS" };
    const mine = { planId, name: "Mine", penalty: "FIXED", penaltyAmount: "5.00", expected };
    await expect(client.run("revisePlan", mine)).rejects.toMatchObject({ facts: { fields: "name" } });
    await client.run("revisePlan", { ...mine, expected: { ...expected, name: "By somebody else" } });
  });

  it("what is refused anyway is refused for its own reason", async () => {
    const input = { offerId: ids.customerId, name: "Gone", expected: { name: "Turbo 1 GB" } };
    expect(await client.refused("reviseOffer", input)).toBe("VALIDATION_FAILED offerId");
  });
});
