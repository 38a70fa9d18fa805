import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inFlight } from "../../libs/application/processes/in-flight.js";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { type SignedUp, signUpMany } from "../support/many-customers.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 300;
/** Both bill, and both do what collection decided. */
const WORKER = { TENURE_ROLES: "biller,deliverer" };
/** Workers are killed at least so often while collection is at work. */
const KILLS = 4;

/** January's invoice is due on 2021-02-06; everything is counted from that day. */
const STRICT = {
  ...{ name: "Strict", graceDays: 5, remindAfterDays: [3, 7] },
  ...{ suspendAfterDays: 10, warnBeforeSuspensionDays: 3, terminateAfterDays: 15 },
};
const STEPS = [
  "2021-02-07 InvoiceOverdue",
  "2021-02-09 PaymentReminderDue",
  "2021-02-13 PaymentReminderDue",
  "2021-02-13 SuspensionWarned",
  "2021-02-16 SuspendedForNonPayment",
  "2021-02-21 TerminatedForNonPayment",
];
const STEP_TYPES = new Set(STEPS.map((step) => step.slice("2021-02-07 ".length)));

describe(`two workers that collect from ${CUSTOMERS} customers together`, () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  let customers: readonly SignedUp[];
  let kills = 0;

  beforeAll(async () => {
    stack = await startStack({ apart: true, environment: { TENURE_ROLES: "projector" } });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Strict" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const { id: customerClassId } = await graphql.mutate("defineCustomerClass", STRICT);
    customers = await signUpMany(store, provider, CUSTOMERS, "2021-01-01", { customerClassId });
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  /** Business dates and types of some events of a stream, in their order; its chain is whole. */
  const recorded = async (category: string, id: string, types: ReadonlySet<string>): Promise<string[]> => {
    const events = await store.readStream(streamName(provider, category, id));
    expect(verifyChain(events)).toBeUndefined();
    return events.flatMap(({ type, data }) => (types.has(type) ? [`${data.effectiveOn} ${type}`] : []));
  };

  /** One worker is killed, the other one a while later, again and again; the killed one is started anew. */
  const killUntil = async (done: AbortSignal): Promise<void> => {
    const workers = [await stack.startWorker(WORKER), await stack.startWorker(WORKER)];
    for (let round = 0; ; round += 1) {
      await delay(200 + Math.random() * 1_000, undefined, { signal: done }).catch(() => undefined);
      if (done.aborted) return;
      const pid = workers[round % 2];
      if (pid === undefined) throw new Error("there is no worker");
      process.kill(pid, "SIGKILL");
      while ((await stack.pids()).workers.includes(pid)) await delay(10);
      kills += 1;
      workers[round % 2] = await stack.startWorker(WORKER);
    }
  };

  it("take each step once, and end each service once, while they are killed", async () => {
    const done = new AbortController();
    const killed = killUntil(done.signal);
    try {
      for (const day of ["2021-02-01", "2021-02-10", "2021-02-13", "2021-02-16", "2021-02-22"]) {
        await graphql.mutate("advanceTestClock", { to: `${day}T12:00:00.000Z` }, "id");
      }
    } finally {
      done.abort();
      await killed;
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    await inFlight(customers, 16, async ({ customerId, commitmentId }) => {
      expect({
        steps: await recorded("receivables", customerId, STEP_TYPES),
        suspensions: await recorded("customer", customerId, new Set(["CustomerSuspended", "CustomerUnsuspended"])),
        ends: await recorded("commitment", commitmentId, new Set(["CommitmentTerminated", "CommitmentCancelled"])),
      }).toEqual({
        steps: STEPS,
        suspensions: ["2021-02-16 CustomerSuspended"],
        ends: ["2021-02-21 CommitmentTerminated"],
      });
    });
  });
});
