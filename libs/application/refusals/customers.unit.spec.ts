import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../spec-support/memory-client.js";

let client: MemoryClient;
beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
});

const created = async (input: object = {}): Promise<string> =>
  (await client.run("createCustomer", { contact: { name: "John Doe" }, currency: "USD", ...input })).id;

describe("a subscription discount rate", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const customerId = await created();
    const closed = await created();
    await client.run("closeCustomer", { customerId: closed });
    const refusals: [object, string][] = [
      [{ customerId, rate: "100.01" }, "VALIDATION_FAILED rate"],
      [{ customerId, rate: "-1" }, "VALIDATION_FAILED rate"],
      [{ customerId, rate: "1.00001" }, "VALIDATION_FAILED rate"],
      [{ customerId, rate: "10%" }, "VALIDATION_FAILED rate"],
      [{ customerId: randomUUID(), rate: "10" }, "CUSTOMER_NOT_FOUND customerId"],
      [{ customerId: closed, rate: "10" }, "CUSTOMER_CLOSED customerId"],
      [{ customerId, rate: "10", effectiveOn: "2020-07-14" }, "INVALID_DATE effectiveOn"],
    ];
    for (const [input, code] of refusals)
      expect(await client.refused("setSubscriptionDiscountRate", input), JSON.stringify(input)).toBe(code);
  });
});

describe("a suspension", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const customerId = await created();
    const closed = await created();
    await client.run("closeCustomer", { customerId: closed });
    for (const name of ["suspendCustomer", "unsuspendCustomer"]) {
      expect(await client.refused(name, { customerId: randomUUID() })).toBe("VALIDATION_FAILED reason");
      const unknown = { customerId: randomUUID(), reason: "On request" };
      expect(await client.refused(name, unknown)).toBe("CUSTOMER_NOT_FOUND customerId");
      expect(await client.refused(name, { ...unknown, customerId: closed })).toBe("CUSTOMER_CLOSED customerId");
      const beforeCreation = { ...unknown, customerId, effectiveOn: "2020-07-14" };
      expect(await client.refused(name, beforeCreation)).toBe("INVALID_DATE effectiveOn");
    }
  });
});

describe("what is scheduled", () => {
  it("can be cancelled until its day, and once", async () => {
    const customerId = await created();
    const closed = await created();
    const day = { what: "UNSUSPENSION", effectiveOn: "2020-07-17" };
    const lift = { effectiveOn: "2020-07-17", reason: "On request" };
    await client.run("unsuspendCustomer", { customerId, ...lift });
    await client.run("unsuspendCustomer", { customerId: closed, ...lift });
    await client.run("closeCustomer", { customerId: closed });
    const refusals: [object, string][] = [
      [{ customerId: randomUUID(), ...day }, "CUSTOMER_NOT_FOUND customerId"],
      [{ customerId: closed, ...day }, "CUSTOMER_CLOSED customerId"],
      [{ customerId, ...day, what: "SUSPENSION" }, "NOT_SCHEDULED effectiveOn"],
      [{ customerId, ...day, effectiveOn: "2020-07-18" }, "NOT_SCHEDULED effectiveOn"],
    ];
    for (const [input, code] of refusals)
      expect(await client.refused("cancelScheduledChange", input), JSON.stringify(input)).toBe(code);
    await client.run("cancelScheduledChange", { customerId, ...day });
    expect(await client.refused("cancelScheduledChange", { customerId, ...day })).toBe("NOT_SCHEDULED effectiveOn");
  });
});
