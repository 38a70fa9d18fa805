import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../spec-support/memory-client.js";
import { type Story, tellStory } from "../spec-support/story.js";

let client: MemoryClient;
let story: Story;
beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
  story = await tellStory(client);
});

/** Of the story's offer, on the story's account: from 2020-07-15, its discount ends on 2022-07-15. */
const assigned = async (input: object = {}): Promise<string> =>
  (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId, ...input })).id;

describe("a discount end date", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const { accountId, offerId, customerId, mainProductId } = story;
    const commitmentId = await assigned();
    const { id: second } = await client.run("openAccount", { customerId, identifier: randomUUID(), mainProductId });
    const foreign = await assigned({ accountId: second });
    const { id: onceId } = await client.run("defineOffer", {
      name: "Once",
      currency: "USD",
      oneTimeFees: [{ description: "x", service: "x", fee: "1" }],
    });
    const endless = await assigned({ offerId: onceId });
    const pending = await assigned({ effectiveOn: "2020-08-01" });
    const ofClosed = await assigned({ accountId: second });
    await client.run("closeAccount", { accountId: second });
    const nobody = randomUUID();
    const date = "2021-01-01";
    const reason = "Promised";
    const synchronised = (target: string) => ({ kind: "SYNCHRONISED", commitmentId: target });
    const refusals: [id: string, discountEnd: object, string, reason?: string][] = [
      [nobody, { kind: "MANUAL", date }, "COMMITMENT_NOT_FOUND commitmentId"],
      [ofClosed, { kind: "MANUAL", date }, "VALIDATION_FAILED reason"],
      [commitmentId, { kind: "MANUAL", date }, "VALIDATION_FAILED reason", " "],
      [commitmentId, { kind: "MANUAL" }, "VALIDATION_FAILED discountEnd"],
      [commitmentId, { kind: "MANUAL", date, commitmentId: foreign }, "VALIDATION_FAILED discountEnd"],
      [commitmentId, { kind: "SYNCHRONISED" }, "VALIDATION_FAILED discountEnd"],
      [commitmentId, { ...synchronised(endless), date }, "VALIDATION_FAILED discountEnd"],
      [ofClosed, { kind: "MANUAL", date }, "ACCOUNT_CLOSED commitmentId", reason],
      [commitmentId, synchronised(nobody), "COMMITMENT_NOT_FOUND discountEnd"],
      [commitmentId, synchronised(commitmentId), "SYNC_TARGET_INVALID discountEnd"],
      [commitmentId, synchronised(foreign), "SYNC_TARGET_INVALID discountEnd"],
      [commitmentId, synchronised(endless), "SYNC_TARGET_INVALID discountEnd"],
      [commitmentId, { kind: "MANUAL", date: "2020-07-15" }, "DISCOUNT_END_INVALID discountEnd", reason],
      [pending, { kind: "MANUAL", date: "2020-08-01" }, "DISCOUNT_END_INVALID discountEnd", reason],
      [endless, { kind: "MANUAL", date }, "DISCOUNT_END_INVALID discountEnd", reason],
    ];
    for (const [id, discountEnd, code, why] of refusals)
      expect(await client.refused("setDiscountEnd", { commitmentId: id, discountEnd, reason: why }), code).toBe(code);
    const assign = (discountEnd: object) => client.refused("assignOffer", { accountId, offerId, discountEnd });
    expect(await assign({ kind: "MANUAL", date })).toBe("VALIDATION_FAILED reason");
    expect(await assign({ kind: "DEFAULT", date })).toBe("VALIDATION_FAILED discountEnd");
    expect(await assign({ kind: "DEFAULT", commitmentId })).toBe("VALIDATION_FAILED discountEnd");
    expect(await assign(synchronised(nobody))).toBe("COMMITMENT_NOT_FOUND discountEnd");
    expect(await assign(synchronised(foreign))).toBe("SYNC_TARGET_INVALID discountEnd");
  });
});

describe("a termination", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const commitmentId = await assigned();
    const nobody = randomUUID();
    const refusals: [string, object, string][] = [
      ["terminateCommitment", { commitmentId: nobody, waivePenalty: "x" }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["terminateCommitment", { commitmentId, waivePenalty: " " }, "VALIDATION_FAILED waivePenalty"],
      ["terminateCommitment", { commitmentId, effectiveOn: "2020-07-14" }, "TERMINATION_INVALID effectiveOn"],
      ["cancelTermination", { commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["cancelTermination", { commitmentId }, "NOT_TERMINATED commitmentId"],
    ];
    for (const [name, input, code] of refusals)
      expect(await client.refused(name, input), JSON.stringify(input)).toBe(code);
  });
});
