import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buildSchema } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordedEvent } from "#event-store/event.js";
import { type Position } from "#event-store/position.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { type Story, tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
/** Has no customers yet, and no test clock. */
let fresh: Client;
/** Ids of the story and of what the steps made, by the names that they gave. */
let ids: Story & Record<string, string>;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  fresh = await bench.provider();
  ids = { ...(await tellStory(client)) };
}, 120_000);
afterAll(() => bench.stop());

/** Everything that was recorded behind a position. */
const recordedSince = (from: Position): Promise<RecordedEvent[]> =>
  new Promise((resolve) => {
    const found: RecordedEvent[] = [];
    const subscription = bench.store.subscribe({
      ...{ name: "spec", from },
      onBatch: ({ events, caughtUp }) => {
        found.push(...events);
        if (caughtUp) {
          resolve(found);
          void subscription.stop();
        }
        return Promise.resolve();
      },
    });
  });

const processedCommands = async (): Promise<number> => {
  const [row] = await bench.dataSource.query<{ count: number }[]>(
    "SELECT count(*)::int AS count FROM processed_commands",
  );
  return row?.count ?? -1;
};

interface Step {
  readonly name: string;
  readonly input: () => object;
  /** Calls the id of what the command makes. */
  readonly makes?: string;
  readonly as?: () => Client;
  /** What has to be done beside the command, for it to come to its end. */
  readonly beside?: () => Promise<void>;
}

const recurring = (changes: object = {}) => ({
  recurringFees: [{ subscriptionId: ids.subscriptionId, addOnProductId: ids.addOnProductId, discount: "5.00" }],
  ...changes,
});
const of =
  (aggregate: string, more: () => object = () => ({})) =>
  () => ({ [aggregate]: ids[aggregate], ...more() });
const customer = (more?: () => object) => of("customerId", more);
const account = (more?: () => object) => of("accountId", more);
const commitment = (more?: () => object) => of("commitmentId", more);

/** One life, in which every mutation has its turn. */
const steps: readonly Step[] = [
  { name: "createProvider", input: () => ({ name: "Acme" }) },
  { name: "changeProviderSettings", input: () => ({ invoiceNumberPrefix: "A-" }) },
  { name: "setTestClock", input: () => ({ at: "2020-01-01T00:00:00Z" }), as: () => fresh },
  {
    name: "defineSubscription",
    input: () => ({ name: "Plus", currency: "USD", recurringFees: [{ period: "MONTHLY", amount: "30.00" }] }),
    makes: "plusId",
  },
  { name: "reviseSubscription", input: () => ({ subscriptionId: ids["plusId"], minimumPeriods: 12 }) },
  {
    name: "defineVolumeDiscountPlan",
    input: () => ({ name: "5 GB", service: "Internet", quota: "5", unit: "GB" }),
    makes: "planId",
  },
  {
    name: "defineAddOnProduct",
    input: () => ({ name: "5 GB", service: "Internet", volumeDiscountPlanId: ids["planId"] }),
    makes: "betterId",
  },
  {
    name: "reviseMainProduct",
    input: () => ({ mainProductId: ids.mainProductId, addOnProductIds: [ids.addOnProductId, ids["betterId"]] }),
  },
  {
    name: "defineMainProduct",
    input: () => ({ name: "Other", addOnProductIds: [ids.addOnProductId, ids["betterId"]] }),
    makes: "otherProductId",
  },
  { name: "defineCustomerClass", input: () => ({ name: "Business", rounding: "UP" }), makes: "customerClassId" },
  { name: "reviseCustomerClass", input: of("customerClassId", () => ({ graceDays: 30 })) },
  {
    name: "defineOffer",
    input: () => ({ name: "Never sold", currency: "USD", discountPeriods: 24, ...recurring() }),
    makes: "neverSoldId",
  },
  { name: "reviseOffer", input: () => ({ offerId: ids["neverSoldId"], transferFee: "10.00" }) },
  { name: "withdrawOffer", input: () => ({ offerId: ids["neverSoldId"] }) },
  { name: "deleteOffer", input: () => ({ offerId: ids["neverSoldId"] }) },
  {
    name: "createCustomer",
    input: () => ({
      contact: { name: "Jane" },
      currency: "USD",
      billingPeriod: "MONTHLY_ANNIVERSARY",
      anniversaryDay: 5,
    }),
  },
  { name: "changeCustomerContact", input: customer(() => ({ email: "john@example.com" })) },
  { name: "changeCustomerTimeZone", input: customer(() => ({ timeZone: "Europe/Berlin" })) },
  { name: "changeCreditLimit", input: customer(() => ({ creditLimit: "100.00" })) },
  { name: "setCustomerClass", input: customer(() => ({ customerClassId: ids["customerClassId"] })) },
  { name: "setSubscriptionDiscountRate", input: customer(() => ({ rate: "12.5" })) },
  { name: "suspendCustomer", input: customer(() => ({ reason: "Lost phone" })) },
  { name: "unsuspendCustomer", input: customer() },
  {
    name: "openAccount",
    input: customer(() => ({ identifier: "1201", mainProductId: ids.mainProductId })),
    makes: "accountId",
  },
  { name: "changeMainProduct", input: account(() => ({ mainProductId: ids["otherProductId"] })) },
  { name: "addAlias", input: account(() => ({ alias: "1202" })) },
  { name: "removeAlias", input: account(() => ({ alias: "1202" })) },
  { name: "assignOffer", input: account(() => ({ offerId: ids.offerId })), makes: "commitmentId" },
  {
    name: "setDiscountEnd",
    input: commitment(() => ({ discountEnd: { kind: "MANUAL", date: "2021-07-15" } })),
  },
  { name: "pauseCommitment", input: commitment(() => ({ from: "2020-08-01", until: "2020-08-31" })) },
  { name: "changePause", input: commitment(() => ({ from: "2020-08-01", newFrom: "2020-08-10" })) },
  { name: "cancelPause", input: commitment(() => ({ from: "2020-08-10" })) },
  { name: "pauseCommitment", input: commitment() },
  { name: "resumeCommitment", input: commitment() },
  {
    name: "orderTimeLimitedUpgrade",
    input: commitment(() => ({
      ...{ addOnProductId: ids["betterId"], until: "2020-08-31", thenUpgradeToOfferId: ids.offerId },
    })),
  },
  { name: "extendTimeLimitedUpgrade", input: commitment(() => ({ until: "2020-09-30" })) },
  { name: "cancelThenUpgrade", input: commitment() },
  { name: "endTimeLimitedUpgrade", input: commitment() },
  { name: "upgradeCommitment", input: commitment(() => ({ offerId: ids.offerId, discountEnd: { kind: "DEFAULT" } })) },
  {
    name: "terminateCommitment",
    input: commitment(() => ({ effectiveOn: "2020-09-30", waivePenalty: "Goodwill" })),
  },
  { name: "cancelTermination", input: commitment() },
  { name: "terminateCommitment", input: commitment() },
  { name: "closeAccount", input: account() },
  { name: "closeCustomer", input: customer() },
  {
    name: "advanceTestClock",
    input: () => ({ to: "2020-07-16T12:00:00Z" }),
    beside: () => bench.finishWalk(client.providerId ?? ""),
  },
];

describe("a preview of each command", () => {
  it.each(steps.map((step) => [step.name, step] as const))(
    "%s: records nothing, and shows the very events that the command then records",
    async (name, { input, makes, as = () => client, beside }) => {
      const body = { idempotencyKey: randomUUID(), ...input() };
      const [before, commands] = [await bench.store.tail(), await processedCommands()];
      const { events } = (await as().previewed(name, body)) as {
        events: { stream: string; type: string; data: string }[];
      };
      expect(await bench.store.tail()).toEqual(before);
      expect(await processedCommands()).toBe(commands);
      const [accepted] = await Promise.all([as().run(name, body), beside?.()]);
      if (makes !== undefined) ids[makes] = accepted.id;
      const recorded = (await recordedSince(before)).filter(({ metadata }) => metadata.actor !== "spec");
      expect(events.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) as unknown }))).toEqual(
        recorded.map(({ stream, type, data }) => ({ stream, type, data })),
      );
      expect(events).not.toEqual([]);
      expect(await processedCommands()).toBeGreaterThan(commands);
    },
  );

  it("is there for every mutation, with the mutation's own input", async () => {
    const schema = buildSchema(await readFile(new URL("schema.graphql", import.meta.url), "utf8"));
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const inputs = mutations.map(({ name, args }) => [name, String(args[0]?.type).replace("!", "")]);
    const command = schema.getType("PreviewCommand") as {
      getFields(): Record<string, { name: string; type: unknown }>;
    };
    expect(Object.values(command.getFields()).map(({ name, type }) => [name, String(type)])).toEqual(inputs);
    expect([...new Set(steps.map(({ name }) => name))].sort()).toEqual(inputs.map(([name]) => name).sort());
  });
});
