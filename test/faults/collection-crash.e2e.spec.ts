import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { client } from "../support/graphql.js";
import { defineLines } from "../support/lines.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 12;

/** A worker that dies while it takes steps of collection. */
const STEPS = ["collect.before:2", "collect.after"];
/** One that dies while it carries out suspensions, liftings and terminations. */
const EFFECTS = ["collection.before-effect:3", "collection.after-effect:2", "task.after:2"];

describe(`a worker that is killed while it collects from ${CUSTOMERS} customers`, () => {
  let stack: Stack;
  let store: EventStore;

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    store = createEventStore({ url: stack.eventStoreUrl });
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  /** Workers that die at the fault, one after the other, then one that lives. */
  const workersThatDie = async (fault: string, times: number): Promise<void> => {
    for (let attempt = 1; attempt <= times; attempt += 1) {
      await stack.startWorker({ TENURE_FAULT: fault }).catch(() => undefined);
      for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
        if (waited > 240_000) throw new Error(`The worker was not killed at ${fault}, attempt ${attempt}`);
        await delay(50);
      }
    }
    await stack.startWorker();
  };

  it.each([...STEPS, ...EFFECTS])("at %s, takes each step once and carries it out once", async (fault) => {
    if ((await stack.pids()).workers.length === 0) await stack.startWorker();
    const provider = (await client(stack.url).mutate("createProvider", { name: fault })).id;
    const graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const advance = (to: string) => graphql.mutate("advanceTestClock", { to: `${to}T12:00:00.000Z` }, "id");
    const lines = await defineLines(graphql);
    const offerId = await lines.offer(1);
    const strict = await graphql.mutate("defineCustomerClass", {
      ...{ name: "Strict", graceDays: 14, rounding: "HALF_UP" },
      ...{ suspendAfterDays: 10, terminateAfterDays: 20, remindAfterDays: [3], warnBeforeSuspensionDays: 3 },
    });
    const signedUp = await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => lines.signUp(index, [offerId])));
    for (const { customerId } of signedUp) {
      await graphql.mutate("setCustomerClass", { customerId, customerClassId: strict.id });
    }
    await advance("2021-02-10");
    await stack.killWorker();

    const suspended = advance("2021-02-26");
    // The answer is awaited at the end; a failure must not surface before.
    suspended.catch(() => undefined);
    await workersThatDie(fault, 2);
    await suspended;
    await stack.killWorker();

    const paying = signedUp.slice(0, CUSTOMERS / 2);
    for (const { customerId } of paying) {
      await graphql.mutateUnseen("recordPayment", { customerId, amount: "8.00", currency: "USD" });
    }
    await workersThatDie(fault, EFFECTS.includes(fault) ? 2 : 0);
    await advance("2021-03-05");
    await stack.killWorker();

    const terminated = advance("2021-03-09");
    terminated.catch(() => undefined);
    await workersThatDie(fault, 1);
    await terminated;
    await stack.killWorker();

    const told = async (category: string, id: string, types: RegExp): Promise<string[]> => {
      const events = await store.readStream(streamName(provider, category, id));
      expect(verifyChain(events)).toBeUndefined();
      return events
        .filter(({ type }) => types.test(type))
        .map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn.slice(5)} ${type}`);
    };
    const until = [
      ...["02-16 InvoiceOverdue", "02-18 PaymentReminderDue", "02-22 SuspensionWarned"],
      "02-25 SuspendedForNonPayment",
    ];
    for (const { customerId, commitmentIds } of signedUp) {
      const isPaid = paying.some((one) => one.customerId === customerId);
      expect(await told("receivables", customerId, /Overdue|Reminder|Warned|NonPayment|Payment/)).toEqual([
        ...until,
        ...(isPaid ? ["02-26 PaymentRecorded", "02-26 NonPaymentSuspensionLifted"] : ["03-07 TerminatedForNonPayment"]),
      ]);
      expect(await told("customer", customerId, /suspended/i)).toEqual([
        "02-25 CustomerSuspended",
        ...(isPaid ? ["02-26 CustomerUnsuspended"] : []),
      ]);
      expect(await told("commitment", commitmentIds[0] ?? "", /./)).toEqual([
        "01-01 CommitmentAssigned",
        ...(isPaid ? [] : ["03-07 CommitmentTerminated"]),
      ]);
    }
  });
});
