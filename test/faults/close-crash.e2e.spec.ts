import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InvoiceSealed } from "../../libs/domain/invoicing/events.js";
import { ofType } from "../../libs/event-store/catalogue.js";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type RecordedEvent } from "../../libs/event-store/event.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { defineLines } from "../support/lines.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 200;
/** 5 commitments of 1,000 rows each: 5,000 lines, some 2 MB; after two crashes what is left still needs several appends of 1 MiB. */
const BIG = { commitments: 5, rows: 1_000 };

/** A worker that dies there, and again when started anew; `name:N` is the N-th time that it gets there. */
const FAULTS = [
  "close.between-pages:2",
  "close.after-seal:70",
  "number.before",
  "number.after",
  "projection.before-checkpoint:5",
];

describe("a worker that is killed while it closes the periods of 200 customers", () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  const customers: string[] = [];
  let bigCustomer: string;

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Crash test" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const lines = await defineLines(graphql);
    const [small, big] = [await lines.offer(1), await lines.offer(BIG.rows)];
    const signUp = async (index: number, offers: string[]) => {
      const { customerId } = await lines.signUp(index, offers);
      customers.push(customerId);
      return customerId;
    };
    bigCustomer = await signUp(
      0,
      Array.from({ length: BIG.commitments }, () => big),
    );
    for (let next = 1; next < CUSTOMERS; next += 8) {
      const batch = Array.from({ length: Math.min(8, CUSTOMERS - next) }, (_, offset) => next + offset);
      await Promise.all(batch.map((index) => signUp(index, [small])));
    }
    await stack.killWorker();
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  // Two months each: a crash after numbering leaves nothing to number again, so the second one comes a month later.
  it.each(FAULTS)("at %s, twice in a row, invoices everybody once, with gapless numbers", async (fault) => {
    const before = FAULTS.indexOf(fault) * 2;
    const issueDates = [before + 2, before + 3].map((month) => `2021-${String(month).padStart(2, "0")}-01`);
    const advanced = graphql.mutate("advanceTestClock", { to: `${issueDates[1] ?? ""}T12:00:00.000Z` }, "id");
    // The answer is awaited at the end; a failure must not surface before.
    advanced.catch(() => undefined);
    for (const attempt of [1, 2]) {
      await stack.startWorker({ TENURE_FAULT: fault }).catch(() => undefined);
      await allWorkersDead(`${fault}, attempt ${attempt}`);
    }
    await stack.startWorker();
    await advanced;
    await stack.killWorker();

    for (const issuedOn of issueDates) {
      const sealed = await sealedOf(issuedOn);
      expect(sealed.map(({ data }) => data.customerId).sort()).toEqual([...customers].sort());
      const big = sealed.find(({ data }) => data.customerId === bigCustomer);
      expect(big?.data).toMatchObject({ lineCount: 5_000, total: "40000.00" });
    }
    const numbers = await assigned();
    expect(numbers.map(({ number }) => number)).toEqual(
      Array.from({ length: CUSTOMERS * (before + 2) }, (_, index) => `INV-${String(index + 1).padStart(6, "0")}`),
    );
    expect(new Set(numbers.map(({ invoiceId }) => invoiceId)).size).toBe(CUSTOMERS * (before + 2));

    const { invoices } = await graphql.request<{ invoices: { totalCount: number } }>(
      `query ($from: LocalDate!, $until: LocalDate!) {
        invoices(filter: { issuedFrom: $from, issuedUntil: $until }) { totalCount }
      }`,
      { from: issueDates[0], until: issueDates[1] },
    );
    expect(invoices.totalCount).toBe(CUSTOMERS * 2);
  });

  const allWorkersDead = async (what: string): Promise<void> => {
    for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
      if (waited > 240_000) throw new Error(`The worker was not killed at ${what}:\n${stack.output().slice(-2_000)}`);
      await delay(50);
    }
  };

  /** The seals of an issue date in all receivables streams, whose chains of hashes hold. */
  const sealedOf = async (issuedOn: string): Promise<RecordedEvent<InvoiceSealed>[]> => {
    const found: RecordedEvent<InvoiceSealed>[] = [];
    for (const customer of customers) {
      const events = await store.readStream(streamName(provider, "receivables", customer));
      expect(verifyChain(events)).toBeUndefined();
      found.push(...ofType(events, "InvoiceSealed").filter(({ data }) => data.effectiveOn === issuedOn));
    }
    return found;
  };

  const assigned = async () =>
    ofType(await store.readStream(streamName(provider, "register", "invoices")), "NumbersAssigned").flatMap(
      ({ data }) => data.invoices,
    );
});
