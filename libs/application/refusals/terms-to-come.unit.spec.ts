import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { tellBetter } from "../spec-support/better-offers.js";
import { MemoryClient } from "../spec-support/memory-client.js";

const told = async () => {
  const client = await MemoryClient.at("2020-07-15T12:00:00Z");
  const { accountId, offerId, bigId, addOnProductId, mainProductId } = await tellBetter(client);
  const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
  return { client, commitmentId, offerId, bigId, addOnProductId, mainProductId };
};

describe("a renewal of fees", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const { client, commitmentId, mainProductId, addOnProductId } = await told();
    const nobody = { commitmentId: randomUUID() };
    expect(await client.refused("renewFees", nobody)).toBe("COMMITMENT_NOT_FOUND commitmentId");
    expect(await client.refused("cancelRenewal", nobody)).toBe("COMMITMENT_NOT_FOUND commitmentId");
    expect(await client.refused("cancelRenewal", { commitmentId })).toBe("NOT_SCHEDULED commitmentId");
    await client.run("renewFees", { commitmentId });
    expect(await client.refused("cancelRenewal", { commitmentId, effectiveOn: "2020-09-01" })).toBe(
      "NOT_SCHEDULED effectiveOn",
    );
    await client.run("reviseMainProduct", { mainProductId, addOnProductIds: [] });
    expect(await client.refused("renewFees", { commitmentId })).toBe("ADD_ON_NOT_ALLOWED commitmentId");
    await client.run("reviseMainProduct", { mainProductId, addOnProductIds: [addOnProductId] });
    await client.run("renewFees", { commitmentId });
  });
});

describe("a scheduled upgrade", () => {
  it("is one at a time, and keeps its offer from being deleted until it is cancelled", async () => {
    const { client, commitmentId, bigId } = await told();
    const schedule = { commitmentId, offerId: bigId, effectiveOn: "2020-09-15" };
    await client.run("upgradeCommitment", schedule);
    expect(await client.refused("upgradeCommitment", schedule)).toBe("UPGRADE_INVALID effectiveOn");
    expect(await client.refused("deleteOffer", { offerId: bigId })).toBe("CONFLICT offerId");
    expect(await client.refused("cancelScheduledUpgrade", { commitmentId, effectiveOn: "2020-09-16" })).toBe(
      "NOT_SCHEDULED effectiveOn",
    );
    await client.run("cancelScheduledUpgrade", { commitmentId, effectiveOn: "2020-09-15" });
    expect(await client.refused("cancelScheduledUpgrade", { commitmentId })).toBe("NOT_SCHEDULED commitmentId");
    await client.run("deleteOffer", { offerId: bigId });
  });
});

describe("an annulment", () => {
  it("is refused without a reason and after the provider's cooling-off days", async () => {
    const { client, commitmentId } = await told();
    const annul = (input: object) => client.refused("annulCommitment", { commitmentId, reason: "x", ...input });
    expect(await annul({ commitmentId: randomUUID() })).toBe("COMMITMENT_NOT_FOUND commitmentId");
    expect(await annul({ reason: " " })).toBe("VALIDATION_FAILED reason");
    client.moveTo("2020-07-30T12:00:00Z");
    expect(await annul({})).toBe("TERMINATION_INVALID commitmentId");
    await client.run("changeProviderSettings", { coolingOffDays: 15 });
    await client.run("annulCommitment", { commitmentId, reason: "x" });
    expect(await annul({})).toBe("ALREADY_TERMINATED commitmentId");
  });
});
