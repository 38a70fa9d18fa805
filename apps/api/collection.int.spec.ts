import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

const COLLECTION = `collection { oldestUnpaidInvoiceId amountOverdue promisedBy exempt suspendedForNonPaymentSince
  nextSteps { kind on invoiceId afterDays } }`;
const NOTHING = {
  ...{ oldestUnpaidInvoiceId: null, amountOverdue: "0.00", promisedBy: null, exempt: false },
  ...{ suspendedForNonPaymentSince: null, nextSteps: [] },
};

let bench: Bench;
let client: Client;
let customerId: string;
let invoiceId: string;

const step = (kind: string, on: string, afterDays: number | null = null) => ({ kind, on, invoiceId, afterDays });

/** What collection shows of the customer. */
const shown = async (): Promise<object> => {
  const query = `query ($id: ID!) { customer(id: $id) { ${COLLECTION} } }`;
  return ((await client.query(query, { id: customerId })) as { customer: { collection: object } }).customer.collection;
};

/** A command twice with one key: the same answer. @returns what collection shows in it */
const told = async (name: string, input: object): Promise<object> => {
  const keyed = { idempotencyKey: randomUUID(), customerId, ...input };
  const first = await client.run(name, keyed, `customer { ${COLLECTION} }`);
  expect(await client.run(name, keyed, `customer { ${COLLECTION} }`)).toEqual({ ...first, repeated: true });
  expect(first).toMatchObject({ id: customerId, visible: true, repeated: false });
  return (first as unknown as { customer: { collection: object } }).customer.collection;
};

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  const strict = await client.run("defineCustomerClass", {
    ...{ name: "Strict", suspendAfterDays: 10, terminateAfterDays: 40, remindAfterDays: [3] },
  });
  await client.run("setCustomerClass", { customerId, customerClassId: strict.id });
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
});
afterAll(() => bench.stop());

describe("what collection shows of a customer", () => {
  it("is nothing before anything was issued", async () => {
    expect(await shown()).toEqual(NOTHING);
  });

  it("is what comes next and when, from the due date of its oldest unpaid invoice", async () => {
    await bench.advance(client, "2020-08-18T12:00:00.000Z");
    await doDaysWork(bench, client, "2020-08-10T12:00:00.000Z");
    const { invoice } = (await client.query('{ invoice(number: "INV-000001") { id } }')) as { invoice: { id: string } };
    invoiceId = invoice.id;
    const steps = [
      ...[step("OVERDUE", "2020-08-16"), step("REMINDER", "2020-08-18", 3), step("WARNING", "2020-08-22")],
      ...[step("SUSPENSION", "2020-08-25"), step("TERMINATION", "2020-09-24")],
    ];
    const owing = { ...NOTHING, oldestUnpaidInvoiceId: invoiceId, amountOverdue: "15.00" };
    expect(await shown()).toEqual({ ...owing, nextSteps: steps });
    await doDaysWork(bench, client, "2020-08-18T12:00:00.000Z");
    expect(await shown()).toEqual({ ...owing, nextSteps: steps.slice(2) });
  });

  it("follows a promise to pay, and a newer one", async () => {
    expect(await client.refused("promiseToPay", { customerId, by: "2020-08-17" })).toBe("INVALID_DATE by");
    expect(await client.refused("promiseToPay", { customerId: randomUUID(), by: "2020-08-30" })).toBe(
      "CUSTOMER_NOT_FOUND customerId",
    );
    const owing = { ...NOTHING, oldestUnpaidInvoiceId: invoiceId, amountOverdue: "15.00" };
    expect(await told("promiseToPay", { by: "2020-10-31", note: "After the harvest" })).toEqual({
      ...{ ...owing, promisedBy: "2020-10-31" },
      nextSteps: [
        ...[step("WARNING", "2020-10-29"), step("SUSPENSION", "2020-11-01"), step("TERMINATION", "2020-11-01")],
      ],
    });
    expect(await told("promiseToPay", { by: "2020-08-31" })).toEqual({
      ...{ ...owing, promisedBy: "2020-08-31" },
      nextSteps: [
        ...[step("WARNING", "2020-08-29"), step("SUSPENSION", "2020-09-01"), step("TERMINATION", "2020-09-24")],
      ],
    });
  });

  it("is no step while it is exempt, and none once it has paid", async () => {
    const owing = {
      ...{ ...NOTHING, oldestUnpaidInvoiceId: invoiceId, amountOverdue: "15.00", promisedBy: "2020-08-31" },
    };
    expect(await told("exemptFromCollection", { exempt: true, reason: "Disputed" })).toEqual({
      ...owing,
      exempt: true,
    });
    expect(await client.refused("exemptFromCollection", { customerId: randomUUID(), exempt: true })).toBe(
      "CUSTOMER_NOT_FOUND customerId",
    );
    await told("exemptFromCollection", { exempt: false });
    await client.run("recordPayment", { customerId, amount: "15.00", currency: "USD" });
    expect(await shown()).toEqual(NOTHING);
  });
});
