import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { type Story, tellStory } from "./spec-support/story.js";

/** What there is to upgrade to, beside the story. */
interface Better extends Story {
  /** 2 GB, allowed with the story's main product. */
  readonly betterId: string;
  /** 30.00 monthly, 6.00 off for 12 periods, with 2 GB and a router at sign-up. */
  readonly bigId: string;
  /** 10.00 monthly, without a discount period. */
  readonly plainId: string;
}

const tellBetter = async (client: Client): Promise<Better> => {
  const story = await tellStory(client);
  const { mainProductId, addOnProductId } = story;
  const { id: betterId } = await client.run("defineAddOnProduct", { name: "2 GB", service: "Internet" });
  await client.run("reviseMainProduct", { mainProductId, addOnProductIds: [addOnProductId, betterId] });
  const subscription = async (name: string, amount: string) => {
    const recurringFees = [{ period: "MONTHLY", amount }];
    return (await client.run("defineSubscription", { name, currency: "USD", minimumPeriods: 24, recurringFees })).id;
  };
  const row = { subscriptionId: await subscription("Big", "30.00"), addOnProductId: betterId, discount: "6.00" };
  const router = { description: "Router", service: "Internet", fee: "40.00", discount: "10.00" };
  const { id: bigId } = await client.run("defineOffer", {
    ...{ name: "Big 2 GB", currency: "USD", discountPeriods: 12, recurringFees: [row], oneTimeFees: [router] },
  });
  const { id: plainId } = await client.run("defineOffer", {
    ...{ name: "Plain", currency: "USD", recurringFees: [{ subscriptionId: await subscription("Plain", "10.00") }] },
  });
  return { ...story, betterId, bigId, plainId };
};

let bench: Bench;
let client: Client;
let story: Better;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellBetter(client);
}, 120_000);
afterAll(() => bench.stop());

/** Of the story's offer, on the story's account: from 2020-07-15, its discount ends on 2022-07-15. */
const assigned = async (input: object = {}): Promise<string> =>
  (await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId, ...input })).id;
const once = { name: "Once", oneTimeFees: [{ description: "x", service: "x", fee: "1" }] };
const accepted = (id: string, commitment: object) => ({
  ...{ id, position: expect.any(String) as unknown, visible: true, repeated: false, commitment },
});

describe("a time-limited upgrade", () => {
  const LIFE = `commitment { upgradeRunning terms { name } agreements { from until terms { name } }
    timeLimitedUpgrades { rowId addOnProduct { name } from until running thenUpgradeTo { name discountPeriods } } }`;
  const upgrade = { rowId: "recurring-1", addOnProduct: { name: "2 GB" }, from: "2020-07-15", running: true };
  const agreed = (name: string, from: string, until: string | null) => ({ from, until, terms: { name } });
  const turbo = (until: string | null) => agreed("Turbo 1 GB", "2020-07-15", until);
  const shown = (commitmentId: string, until: string, then: boolean, agreements: object[]) =>
    accepted(commitmentId, {
      ...{ upgradeRunning: true, terms: { name: "Turbo 1 GB" }, agreements },
      timeLimitedUpgrades: [
        { ...upgrade, until, thenUpgradeTo: then ? { name: "Big 2 GB", discountPeriods: 12 } : null },
      ],
    });

  it("gives another add-on product, lasts longer, and may be followed by another offer", async () => {
    const commitmentId = await assigned();
    const { betterId: addOnProductId, bigId } = story;
    const order = {
      ...{ idempotencyKey: randomUUID(), commitmentId, addOnProductId, until: "2020-07-31" },
      ...{ replacingAddOnProductId: story.addOnProductId, thenUpgradeToOfferId: bigId },
    };
    const ordered = await client.run("orderTimeLimitedUpgrade", order, LIFE);
    expect(ordered).toEqual(
      shown(commitmentId, "2020-07-31", true, [turbo("2020-07-31"), agreed("Big 2 GB", "2020-08-01", null)]),
    );
    expect(await client.run("orderTimeLimitedUpgrade", order, LIFE)).toEqual({ ...ordered, repeated: true });
    expect(await client.refused("deleteOffer", { offerId: bigId })).toBe("CONFLICT offerId");
    const extend = { idempotencyKey: randomUUID(), commitmentId, until: "2020-08-15" };
    const extended = await client.run("extendTimeLimitedUpgrade", extend, LIFE);
    expect(extended).toEqual(
      shown(commitmentId, "2020-08-15", true, [turbo("2020-08-15"), agreed("Big 2 GB", "2020-08-16", null)]),
    );
    expect(await client.run("extendTimeLimitedUpgrade", extend, LIFE)).toEqual({ ...extended, repeated: true });
    const cancel = { idempotencyKey: randomUUID(), commitmentId };
    const cancelled = await client.run("cancelThenUpgrade", cancel, LIFE);
    expect(cancelled).toEqual(shown(commitmentId, "2020-08-15", false, [turbo(null)]));
    expect(await client.run("cancelThenUpgrade", cancel, LIFE)).toEqual({ ...cancelled, repeated: true });
    const end = { idempotencyKey: randomUUID(), commitmentId, rowId: "recurring-1" };
    const ended = await client.run("endTimeLimitedUpgrade", end, LIFE);
    expect(ended).toEqual(shown(commitmentId, "2020-07-15", false, [turbo(null)]));
    expect(await client.run("endTimeLimitedUpgrade", end, LIFE)).toEqual({ ...ended, repeated: true });
  });

  it("moves the commitment on the day after, without an event", async () => {
    const own = await bench.provider("2020-07-15T12:00:00Z");
    const { accountId, offerId, betterId, bigId } = await tellBetter(own);
    const { id: commitmentId } = await own.run("assignOffer", { accountId, offerId });
    const order = { commitmentId, addOnProductId: betterId, until: "2020-07-31", thenUpgradeToOfferId: bigId };
    await own.run("orderTimeLimitedUpgrade", order);
    await bench.advance(own, "2020-08-01T12:00:00Z");
    const asked = await own.query(
      `{ commitment(id: "${commitmentId}") { offer { name } discountEndDate ${LIFE.slice(13, -1)} } }`,
    );
    expect(asked).toEqual({
      commitment: {
        ...{ offer: { name: "Big 2 GB" }, discountEndDate: "2022-07-15", upgradeRunning: false },
        ...{ terms: { name: "Big 2 GB" } },
        agreements: [turbo("2020-07-31"), agreed("Big 2 GB", "2020-08-01", null)],
        timeLimitedUpgrades: [
          {
            ...{ ...upgrade, running: false, until: "2020-07-31" },
            thenUpgradeTo: { name: "Big 2 GB", discountPeriods: 12 },
          },
        ],
      },
    });
  });

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
  const LIFE = `commitment { offer { name } discountEndDate discountEndKind upgradeRunning
    timeLimitedUpgrades { rowId } agreements { from until terms { name } }
    terms { name recurring { rowId discount fees { amount } } oneTime { description fee } } }`;
  // The terms that the time-limited upgrade planned were the first upgrade's, though they never came into force.
  const big = {
    ...{ offer: { name: "Big 2 GB" }, upgradeRunning: false, timeLimitedUpgrades: [] },
    agreements: [{ from: "2020-07-15", until: null, terms: { name: "Big 2 GB" } }],
    terms: {
      name: "Big 2 GB",
      recurring: [{ rowId: "upgrade-2-recurring-1", discount: "6.00", fees: [{ amount: "30.00" }] }],
      oneTime: [{ description: "Router", fee: "40.00" }],
    },
  };

  it.each([
    ["keeps the end date unless told otherwise", {}, { discountEndDate: "2022-07-15", discountEndKind: "DEFAULT" }],
    ["keeps it", { kind: "KEEP" }, { discountEndDate: "2022-07-15", discountEndKind: "DEFAULT" }],
    ["begins the new term", { kind: "DEFAULT" }, { discountEndDate: "2021-07-15", discountEndKind: "DEFAULT" }],
    [
      "takes a date given by hand",
      { kind: "MANUAL", date: "2021-01-01" },
      { discountEndDate: "2021-01-01", discountEndKind: "MANUAL" },
    ],
    ["copies another's", { kind: "SYNCHRONISED" }, { discountEndDate: "2020-12-24", discountEndKind: "SYNCHRONISED" }],
  ])("%s", async (_, discountEnd, expected) => {
    const commitmentId = await assigned();
    const other = await assigned({ discountEnd: { kind: "MANUAL", date: "2020-12-24" } });
    await client.run("orderTimeLimitedUpgrade", {
      ...{ commitmentId, addOnProductId: story.betterId, until: "2020-08-31", thenUpgradeToOfferId: story.plainId },
    });
    const given = { ...discountEnd, ...(expected.discountEndKind === "SYNCHRONISED" && { commitmentId: other }) };
    const input = {
      ...{ idempotencyKey: randomUUID(), commitmentId, offerId: story.bigId },
      ...("kind" in given && { discountEnd: given }),
    };
    const upgraded = await client.run("upgradeCommitment", input, LIFE);
    expect(upgraded).toEqual(accepted(commitmentId, { ...big, ...expected }));
    expect(await client.run("upgradeCommitment", input, LIFE)).toEqual({ ...upgraded, repeated: true });
  });

  it("to an offer without a discount period is no free exit", async () => {
    const commitmentId = await assigned();
    const upgrade = { commitmentId, offerId: story.plainId, discountEnd: { kind: "DEFAULT" } };
    expect((await client.run("upgradeCommitment", upgrade, LIFE)).commitment).toMatchObject({
      ...{ offer: { name: "Plain" }, discountEndDate: "2022-07-15", discountEndKind: "DEFAULT" },
    });
  });

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
    const refusals: [object, string][] = [
      [{ ...upgrade, commitmentId: nobody }, "COMMITMENT_NOT_FOUND commitmentId"],
      [{ ...upgrade, offerId: nobody }, "VALIDATION_FAILED offerId"],
      [{ ...upgrade, offerId: withdrawn }, "COMMITMENT_WITHDRAWN offerId"],
      [{ ...upgrade, offerId: euro }, "CURRENCY_MISMATCH offerId"],
      [{ ...upgrade, commitmentId: onBare }, "ADD_ON_NOT_ALLOWED offerId"],
      [ending({ kind: "KEEP", date: "2021-01-01" }), "VALIDATION_FAILED discountEnd"],
      [ending({ kind: "MANUAL" }), "VALIDATION_FAILED discountEnd"],
      [ending({ kind: "MANUAL", date: "2020-07-15" }), "DISCOUNT_END_INVALID discountEnd"],
      [ending({ kind: "SYNCHRONISED", commitmentId: nobody }), "COMMITMENT_NOT_FOUND discountEnd"],
      [ending({ kind: "SYNCHRONISED", commitmentId }), "SYNC_TARGET_INVALID discountEnd"],
      [ending({ kind: "SYNCHRONISED", commitmentId: foreign }), "SYNC_TARGET_INVALID discountEnd"],
      [
        { ...upgrade, offerId: plainId, discountEnd: { kind: "MANUAL", date: "2021-01-01" } },
        "DISCOUNT_END_INVALID discountEnd",
      ],
      [{ ...upgrade, effectiveOn: "2020-07-14" }, "UPGRADE_INVALID effectiveOn"],
      [{ ...upgrade, effectiveOn: "2020-07-16" }, "INVALID_DATE effectiveOn"],
      [{ ...upgrade, commitmentId: pending }, "UPGRADE_INVALID effectiveOn"],
    ];
    for (const [input, code] of refusals)
      expect(await client.refused("upgradeCommitment", input), JSON.stringify(input)).toBe(code);
  });

  it("stands: nothing from before it can be changed", async () => {
    const own = await bench.provider("2020-07-15T12:00:00Z");
    const { accountId, offerId, bigId, betterId } = await tellBetter(own);
    const assign = async () => (await own.run("assignOffer", { accountId, offerId })).id;
    const [commitmentId, ended] = [await assign(), await assign()];
    await own.run("terminateCommitment", { commitmentId: ended });
    await bench.advance(own, "2020-08-10T12:00:00Z");
    const upgrade = { commitmentId, offerId: bigId };
    expect(await own.refused("upgradeCommitment", { ...upgrade, effectiveOn: "2020-07-31" })).toBe(
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
