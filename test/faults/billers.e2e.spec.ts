import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { type Client, client } from "../support/graphql.js";
import { numbersOf, sealedOf, signUpMany } from "../support/many-customers.js";
import { type Stack, startStack, type WatchedWorker } from "../support/stack.js";

const CUSTOMERS = 2_000;
const BILLER = { TENURE_ROLES: "biller" };
/** A share is half of the shards; how many customers these hold is chance, and one may begin a batch earlier. */
const FAIR_PART = CUSTOMERS / 5;

describe(`workers that bill ${CUSTOMERS} customers together`, () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  let customers: readonly string[];
  /** Issue dates so far. */
  const issued: string[] = [];
  /** The next issue date. */
  const nextMonth = (): string => `2021-${String(issued.length + 2).padStart(2, "0")}-01`;

  beforeAll(async () => {
    stack = await startStack({ apart: true, environment: { TENURE_ROLES: "projector,deliverer" } });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Many" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const signedUp = await signUpMany(store, provider, CUSTOMERS, "2021-01-01");
    customers = signedUp.map(({ customerId }) => customerId);
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  /** Moves the clock over a period end, while something happens to the workers. */
  const advance = async (day: string, meanwhile: (done: AbortSignal) => Promise<void>) => {
    const done = new AbortController();
    const advanced = graphql.mutate("advanceTestClock", { to: `${day}T12:00:00.000Z` }, "id").finally(() => {
      done.abort();
    });
    // The answer is awaited at the end; a failure must not surface before.
    advanced.catch(() => undefined);
    await meanwhile(done.signal);
    await advanced;
  };

  /** Every customer has one invoice for each issue date, and all of them have numbers: gapless and in order. */
  const expectInvoices = async (day: string) => {
    issued.push(day);
    const expected = issued.flatMap((date) => [...customers].sort().map((customer) => `${date} ${customer}`));
    const numbers = await numbersOf(store, provider);
    expect(numbers.map(({ issuedOn, customerId }) => `${issuedOn} ${customerId}`)).toEqual(expected);
    expect(numbers.map(({ number }) => number)).toEqual(
      expected.map((_, index) => `INV-${String(index + 1).padStart(6, "0")}`),
    );
    const sealed = await sealedOf(store, provider, customers);
    expect(sealed.map(({ invoiceId }) => invoiceId).sort()).toEqual(numbers.map(({ invoiceId }) => invoiceId).sort());
  };

  const closedBy = async ({ port }: WatchedWorker): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(/^tenure_billed_total\{what="periods"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  const shardsOf = async ({ port }: WatchedWorker): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(/^tenure_billing_leases\{kind="shard"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  const startBiller = () => stack.startWatchedWorker(BILLER);

  /** Each has its share of the shards. */
  const balanced = async (...billers: readonly WatchedWorker[]): Promise<void> => {
    for (let waited = 0; ; waited += 100) {
      const shards = await Promise.all(billers.map(shardsOf));
      if (shards.every((count) => count === 64 / billers.length)) return;
      if (waited > 240_000) throw new Error(`the shards are not balanced: ${shards.join(", ")}`);
      await delay(100);
    }
  };

  const kill = async (pid: number, signal: NodeJS.Signals): Promise<void> => {
    process.kill(pid, signal);
    if (signal !== "SIGKILL") return;
    while ((await stack.pids()).workers.includes(pid)) await delay(10);
  };

  it("each bill a part", async () => {
    const billers = [await startBiller(), await startBiller()];
    let before = [0, 0];
    let parts: number[] = [0, 0];
    const all = (): number => parts.reduce((total, count) => total + count, 0);
    // On a busy machine one may be silent for so long that the other takes its shards, and periods that it had under way
    // count for both: a month without that is waited for.
    for (let months = 0; months < 6 && (all() !== CUSTOMERS || Math.min(...parts) <= FAIR_PART); months += 1) {
      await balanced(...billers);
      const day = nextMonth();
      await advance(day, () => Promise.resolve());
      const closed = await Promise.all(billers.map(closedBy));
      parts = closed.map((count, at) => count - (before[at] ?? 0));
      before = closed;
      await expectInvoices(day);
    }
    expect(all()).toBe(CUSTOMERS);
    expect(Math.min(...parts)).toBeGreaterThan(FAIR_PART);
    for (const { pid } of billers) await kill(pid, "SIGKILL");
  });

  it("invoice everybody once while one of them is killed every second", async () => {
    const billers = [await startBiller(), await startBiller()];
    const day = nextMonth();
    await advance(day, async (done) => {
      const isDone = () => done.aborted;
      for (let round = 0; ; round += 1) {
        await delay(1_000, undefined, { signal: done }).catch(() => undefined);
        if (isDone()) return;
        const index = round % 2;
        const victim = billers[index];
        if (victim) await kill(victim.pid, "SIGKILL");
        billers[index] = await startBiller();
      }
    });
    await expectInvoices(day);
    for (const { pid } of billers) await kill(pid, "SIGKILL");
  });

  it("take over from one that hangs, which does no harm when it goes on", async () => {
    const billers = [await startBiller(), await startBiller()];
    await balanced(...billers);
    for (const hung of billers) {
      const day = nextMonth();
      await advance(day, async (done) => {
        await delay(200);
        await kill(hung.pid, "SIGSTOP");
        await new Promise((resolve) => {
          if (done.aborted) resolve(undefined);
          done.addEventListener("abort", resolve);
        });
      });
      await kill(hung.pid, "SIGCONT");
      await balanced(...billers);
      await expectInvoices(day);
    }
    // What the ones that hung had under way was written by nobody, not even now.
    const day = nextMonth();
    await advance(day, () => Promise.resolve());
    await expectInvoices(day);
  });
});
