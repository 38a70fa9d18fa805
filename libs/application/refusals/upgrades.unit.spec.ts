import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Better, tellBetter } from "../spec-support/better-offers.js";
import { MemoryClient } from "../spec-support/memory-client.js";

let client: MemoryClient;
let story: Better;
beforeAll(async () => {
  client = await MemoryClient.at("2020-07-15T12:00:00Z");
  story = await tellBetter(client);
});

/** Of the story's offer, on the story's account: from 2020-07-15, its discount ends on 2022-07-15. */
const assigned = async (input: object = {}): Promise<string> =>
  (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId, ...input })).id;
const once = { name: "Once", oneTimeFees: [{ description: "x", service: "x", fee: "1" }] };

describe("a time-limited upgrade", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const commitmentId = await assigned();
    const { betterId, bigId, addOnProductId } = story;
    const { id: forbidden } = await client.run("defineAddOnProduct", { name: "3 GB", service: "Internet" });
    const { id: withdrawn } = await client.run("defineOffer", { ...once, currency: "USD" });
    await client.run("withdrawOffer", { offerId: withdrawn });
    const until = "2020-07-31";
    const order = { commitmentId, addOnProductId: betterId, until };
    const running = await assigned();
    await client.run("orderTimeLimitedUpgrade", { ...order, commitmentId: running });
    const pending = await assigned({ effectiveOn: "2020-08-01" });
    const plain = await assigned({ offerId: story.plainId });
    const nobody = randomUUID();
    const then = (thenUpgradeToOfferId: string) => ({ ...order, thenUpgradeToOfferId });
    const refusals: [string, object, string][] = [
      ["orderTimeLimitedUpgrade", { ...order, commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["orderTimeLimitedUpgrade", { ...order, addOnProductId: nobody }, "VALIDATION_FAILED addOnProductId"],
      ["orderTimeLimitedUpgrade", then(nobody), "VALIDATION_FAILED thenUpgradeToOfferId"],
      ["orderTimeLimitedUpgrade", then(withdrawn), "COMMITMENT_WITHDRAWN thenUpgradeToOfferId"],
      ["orderTimeLimitedUpgrade", { ...order, addOnProductId: forbidden }, "ADD_ON_NOT_ALLOWED addOnProductId"],
      ["orderTimeLimitedUpgrade", { ...order, addOnProductId }, "UPGRADE_INVALID addOnProductId"],
      ["orderTimeLimitedUpgrade", { ...order, until: "2020-07-14" }, "UPGRADE_INVALID until"],
      ["orderTimeLimitedUpgrade", { ...order, replacingAddOnProductId: betterId }, "UPGRADE_INVALID addOnProductId"],
      ["orderTimeLimitedUpgrade", { ...order, commitmentId: running }, "UPGRADE_INVALID addOnProductId"],
      ["orderTimeLimitedUpgrade", { ...order, commitmentId: pending }, "UPGRADE_INVALID addOnProductId"],
      ["orderTimeLimitedUpgrade", { ...order, commitmentId: plain }, "UPGRADE_INVALID addOnProductId"],
      ["extendTimeLimitedUpgrade", { commitmentId: nobody, until }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["extendTimeLimitedUpgrade", { commitmentId, until }, "UPGRADE_NOT_FOUND commitmentId"],
      ["extendTimeLimitedUpgrade", { commitmentId: running, until }, "UPGRADE_INVALID until"],
      [
        "extendTimeLimitedUpgrade",
        { commitmentId: running, until: "2020-08-31", rowId: "recurring-2" },
        "UPGRADE_NOT_FOUND commitmentId",
      ],
      ["endTimeLimitedUpgrade", { commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["endTimeLimitedUpgrade", { commitmentId }, "UPGRADE_NOT_FOUND commitmentId"],
      ["cancelThenUpgrade", { commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      ["cancelThenUpgrade", { commitmentId: running }, "UPGRADE_NOT_FOUND commitmentId"],
    ];
    for (const [name, input, code] of refusals)
      expect(await client.refused(name, input), `${name} ${JSON.stringify(input)}`).toBe(code);
    expect(await client.run("orderTimeLimitedUpgrade", then(bigId))).toMatchObject({ repeated: false });
  });
});

describe("an upgrade", () => {
  it("is refused with a reason, and a field to blame", async () => {
    const commitmentId = await assigned();
    const pending = await assigned({ effectiveOn: "2020-08-01" });
    const { bigId, plainId, customerId, mainProductId } = story;
    const { id: second } = await client.run("openAccount", { customerId, identifier: randomUUID(), mainProductId });
    const foreign = await assigned({ accountId: second });
    const { id: bare } = await client.run("defineMainProduct", { name: "Bare" });
    const { id: third } = await client.run("openAccount", {
      customerId,
      identifier: randomUUID(),
      mainProductId: bare,
    });
    const onBare = await assigned({ accountId: third, offerId: plainId });
    const { id: euro } = await client.run("defineOffer", { ...once, currency: "EUR" });
    const { id: withdrawn } = await client.run("defineOffer", { ...once, currency: "USD" });
    await client.run("withdrawOffer", { offerId: withdrawn });
    const upgrade = { commitmentId, offerId: bigId };
    const nobody = randomUUID();
    const ending = (discountEnd: object) => ({ ...upgrade, discountEnd });
    const byHand = (date: string) => ({ ...ending({ kind: "MANUAL", date }), reason: "Promised" });
    const refusals: [object, string][] = [
      [{ ...upgrade, commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      [{ ...upgrade, offerId: nobody }, "VALIDATION_FAILED offerId"],
      [{ ...upgrade, offerId: withdrawn }, "COMMITMENT_WITHDRAWN offerId"],
      [{ ...upgrade, offerId: euro }, "CURRENCY_MISMATCH offerId"],
      [{ ...upgrade, commitmentId: onBare }, "ADD_ON_NOT_ALLOWED offerId"],
      [ending({ kind: "KEEP", date: "2021-01-01" }), "VALIDATION_FAILED discountEnd"],
      [ending({ kind: "MANUAL" }), "VALIDATION_FAILED discountEnd"],
      [ending({ kind: "MANUAL", date: "2021-01-01" }), "VALIDATION_FAILED reason"],
      [byHand("2020-07-15"), "DISCOUNT_END_INVALID discountEnd"],
      [ending({ kind: "SYNCHRONISED", commitmentId: nobody }), "COMMITMENT_NOT_FOUND discountEnd"],
      [ending({ kind: "SYNCHRONISED", commitmentId }), "SYNC_TARGET_INVALID discountEnd"],
      [ending({ kind: "SYNCHRONISED", commitmentId: foreign }), "SYNC_TARGET_INVALID discountEnd"],
      [{ ...byHand("2021-01-01"), offerId: plainId }, "DISCOUNT_END_INVALID discountEnd"],
      [{ ...upgrade, effectiveOn: "2020-07-14" }, "UPGRADE_INVALID effectiveOn"],
      [{ ...byHand("2021-01-01"), effectiveOn: "2020-07-16" }, "DISCOUNT_END_INVALID discountEnd"],
      [{ ...upgrade, commitmentId: pending }, "UPGRADE_INVALID effectiveOn"],
    ];
    for (const [input, code] of refusals)
      expect(await client.refused("upgradeCommitment", input), JSON.stringify(input)).toBe(code);
  });

  it("stands: nothing from before it can be changed", async () => {
    const own = await MemoryClient.at("2020-07-15T12:00:00Z");
    const { accountId, offerId, bigId, betterId } = await tellBetter(own);
    const assign = async () => (await own.run("assignOffer", { accountId, offerId })).id;
    const [commitmentId, ended] = [await assign(), await assign()];
    await own.run("terminateCommitment", { commitmentId: ended });
    own.moveTo("2020-08-10T12:00:00Z");
    const upgrade = { commitmentId, offerId: bigId };
    const late = { ...upgrade, effectiveOn: "2020-07-31" };
    expect(await own.refused("upgradeCommitment", late)).toBe("VALIDATION_FAILED reason");
    await own.run("changeProviderSettings", { backDatingDays: 9 });
    expect(await own.refused("upgradeCommitment", { ...late, reason: "told late" })).toBe(
      "DATE_ALREADY_INVOICED effectiveOn",
    );
    await own.run("upgradeCommitment", { ...upgrade, effectiveOn: "2020-08-05" });
    for (const name of ["upgradeCommitment", "terminateCommitment", "pauseCommitment"]) {
      const input = { commitmentId, effectiveOn: "2020-08-02", ...(name === "upgradeCommitment" && { offerId }) };
      expect(await own.refused(name, input)).toBe("CONFLICT effectiveOn");
    }
    const until = "2020-08-31";
    for (const [name, input] of [
      ["upgradeCommitment", { offerId }],
      ["orderTimeLimitedUpgrade", { addOnProductId: betterId, until }],
      ["extendTimeLimitedUpgrade", { until }],
      ["endTimeLimitedUpgrade", {}],
      ["cancelThenUpgrade", {}],
    ] as const) {
      expect(await own.refused(name, { commitmentId: ended, ...input })).toBe("ALREADY_TERMINATED commitmentId");
    }
  });
});
