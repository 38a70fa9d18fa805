import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CommandName, type Command } from "../commands.js";
import { type Accepted, execute } from "../execute.js";
import { LOCAL, type MemorySession, memorySession, run } from "../spec-support/memory-session.js";

const NOW = "2020-07-15T12:00:00.000Z";
const begun = () => memorySession({ systemNow: () => NOW });

interface Ids {
  readonly customerId: string;
  readonly accountId: string;
  readonly mainProductId: string;
  readonly otherProductId: string;
  readonly offerId: string;
  readonly commitmentId: string;
}

const prepared = async (): Promise<{ session: MemorySession; ids: Ids }> => {
  const session = await begun();
  const { id: customerId } = await run(session, "createCustomer", "1", { contact: { name: "Jo" }, currency: "USD" });
  const { id: mainProductId } = await run(session, "defineMainProduct", "2", { name: "Smart" });
  const { id: otherProductId } = await run(session, "defineMainProduct", "3", { name: "Smarter" });
  const account = { customerId, identifier: "555", mainProductId };
  const { id: accountId } = await run(session, "openAccount", "4", account);
  const { id: planId } = await run(session, "definePlan", "5", {
    name: "Turbo",
    currency: "USD",
    minimumPeriods: 24,
    recurringFees: [{ period: "MONTHLY", amount: "20" }],
  });
  const { id: offerId } = await run(session, "defineOffer", "6", {
    name: "Turbo",
    currency: "USD",
    discountPeriods: 24,
    recurringFees: [{ planId, discount: "5" }],
  });
  const { id: commitmentId } = await run(session, "assignOffer", "7", { accountId, offerId });
  return { session, ids: { customerId, accountId, mainProductId, otherProductId, offerId, commitmentId } };
};

type Made = { readonly name: CommandName; readonly input: (ids: Ids) => object };

const one = (name: CommandName, input: (ids: Ids) => object): Made => ({ name, input });

const reason = "On request";

/** Commands that often change nothing, among others that change the same things. */
const kinds: readonly Made[] = [
  one("suspendCustomer", ({ customerId }) => ({ customerId, reason })),
  one("unsuspendCustomer", ({ customerId }) => ({ customerId, reason })),
  one("changeCreditLimit", ({ customerId }) => ({ customerId, creditLimit: "5" })),
  one("changeCreditLimit", ({ customerId }) => ({ customerId, creditLimit: "0" })),
  one("changeCustomerContact", ({ customerId }) => ({ customerId, name: "Jo" })),
  one("changeCustomerContact", ({ customerId }) => ({ customerId, name: "Joan" })),
  one("changeCustomerBilling", ({ customerId }) => ({ customerId, timeZone: "UTC" })),
  one("changeCustomerBilling", ({ customerId }) => ({ customerId, timeZone: "Europe/Berlin" })),
  one("setSubscriptionDiscountRate", ({ customerId }) => ({ customerId, rate: "5" })),
  one("setCustomerClass", ({ customerId }) => ({ customerId })),
  one("changeMainProduct", ({ accountId, mainProductId }) => ({ accountId, mainProductId })),
  one("changeMainProduct", ({ accountId, otherProductId }) => ({ accountId, mainProductId: otherProductId })),
  one("addAlias", ({ accountId }) => ({ accountId, alias: "556" })),
  one("changeAlias", ({ accountId }) => ({ accountId, alias: "556", role: "MOBILE" })),
  one("removeAlias", ({ accountId }) => ({ accountId, alias: "556" })),
  one("withdrawOffer", ({ offerId }) => ({ offerId })),
  one("putOfferBackOnSale", ({ offerId }) => ({ offerId })),
  one("reviseOffer", ({ offerId }) => ({ offerId, name: "Turbo" })),
  one("changeProviderSettings", () => ({ name: "Default" })),
  one("changeProviderSettings", () => ({ name: "Changed" })),
  one("pauseCommitment", ({ commitmentId }) => ({ commitmentId, from: "2020-08-01", until: "2020-08-10" })),
  one("changePause", ({ commitmentId }) => ({ commitmentId, from: "2020-08-01", newUntil: "2020-08-10" })),
  one("cancelPause", ({ commitmentId }) => ({ commitmentId, from: "2020-08-01" })),
  one("terminateCommitment", ({ commitmentId }) => ({ commitmentId, effectiveOn: "2020-07-31" })),
  one("cancelTermination", ({ commitmentId }) => ({ commitmentId })),
];

/** The lines of a penalty are answered again only while they still add up to the total of the first answer. */
const withoutLines = (result: Accepted & { readonly penaltyPreview?: object | null }): Accepted => ({
  ...result,
  ...(result.penaltyPreview && { penaltyPreview: { ...result.penaltyPreview, lines: "as they stand" } }),
});

const outcomeOf = async (work: Promise<Accepted>): Promise<Accepted | string> => {
  try {
    return withoutLines(await work);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** States of everything, as queries would show it. */
const states = ({ facts }: MemorySession): unknown =>
  (["provider", "customer", "account", "offer", "commitment", "identifier"] as const).map((category) => [
    ...facts.all(LOCAL.providerId, category),
  ]);

describe("an accepted command", () => {
  it("is remembered for ever, whatever it changed and whenever it is repeated or its key used for another one", async () => {
    const step = fc.record({
      kind: fc.nat({ max: kinds.length - 1 }),
      /** 0: under a key of its own; else under that of an earlier command, as often as chance has it. */
      earlier: fc.nat({ max: 12 }),
      /** Whether the earlier command is sent again as it was. */
      same: fc.boolean(),
    });
    const sessions = fc.array(step, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(sessions, async (steps) => {
        const { session, ids } = await prepared();
        const accepted: { command: Command; result: Accepted }[] = [];
        for (const [index, { kind, earlier, same }] of steps.entries()) {
          const before = accepted[earlier - 1];
          const made = kinds[kind];
          if (!made) continue;
          const { name, input } = made;
          const fresh = { name, input: input(ids), idempotencyKey: before?.command.idempotencyKey ?? `key ${index}` };
          const command = (before && same ? before.command : fresh) as Command;
          const [events, shown] = [session.store.log.length, JSON.stringify(states(session))];
          const outcome = await outcomeOf(execute(session, LOCAL, command));
          if (!before) {
            if (typeof outcome !== "string") accepted.push({ command, result: outcome });
            // What is accepted is recorded; what is refused leaves no trace.
            expect(session.store.log.length > events).toBe(typeof outcome !== "string");
            continue;
          }
          const isSame = JSON.stringify(command) === JSON.stringify(before.command);
          expect(outcome).toEqual(isSame ? { ...before.result, repeated: true } : "IDEMPOTENCY_KEY_REUSED");
          expect(session.store.log).toHaveLength(events);
          expect(JSON.stringify(states(session))).toBe(shown);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("that changes nothing does not take effect later", async () => {
    const { session, ids } = await prepared();
    const { customerId } = ids;
    await run(session, "suspendCustomer", "k1", { customerId, reason });
    await run(session, "suspendCustomer", "k2", { customerId, reason });
    await run(session, "unsuspendCustomer", "k3", { customerId, reason });
    expect(await run(session, "suspendCustomer", "k2", { customerId, reason })).toMatchObject({ repeated: true });
    const suspensions = session.facts.all(LOCAL.providerId, "customer").get(customerId)?.suspensions;
    expect(suspensions?.map(({ suspended }) => suspended)).toEqual([true, true, false]);

    await run(session, "changeCreditLimit", "k4", { customerId, creditLimit: "0" });
    await run(session, "changeCreditLimit", "k5", { customerId, creditLimit: "9" });
    expect(await run(session, "changeCreditLimit", "k4", { customerId, creditLimit: "0" })).toMatchObject({
      repeated: true,
    });
    expect(session.facts.all(LOCAL.providerId, "customer").get(customerId)?.creditLimit).toBe("9.00");
    const again = run(session, "changeCreditLimit", "k4", { customerId, creditLimit: "1" });
    await expect(again).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  it("that changes nothing is recorded in the stream that it decided on, and changes no state", async () => {
    const { session, ids } = await prepared();
    const shown = JSON.stringify(states(session));
    const from = session.store.log.length;
    const unchanged: [CommandName, object][] = [
      ["changeCreditLimit", { customerId: ids.customerId, creditLimit: "0.00" }],
      ["changeMainProduct", { accountId: ids.accountId, mainProductId: ids.mainProductId }],
      ["changeProviderSettings", {}],
    ];
    for (const [name, input] of unchanged) {
      await execute(session, LOCAL, { name, input, idempotencyKey: name } as Command);
    }
    expect(session.store.log.slice(from).map(({ type, data }) => ({ type, data }))).toEqual(
      unchanged.map(([command]) => ({ type: "CommandAccepted", data: { command, effectiveOn: "2020-07-15" } })),
    );
    expect(JSON.stringify(states(session))).toBe(shown);
  });
});
