import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InvoiceSealed } from "../../libs/domain/invoicing/events.js";
import { ofType } from "../../libs/event-store/catalogue.js";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type RecordedEvent } from "../../libs/event-store/event.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { usageEventId } from "../../libs/event-store/ids.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { defineLines } from "../support/lines.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 200;
/** 5 commitments of 1,000 rows each: 5,000 lines, some 2 MB; after two crashes what is left still needs several appends of 1 MiB. */
const BIG = { commitments: 5, rows: 1_000 };

/** Customers with calls in the first month: so many of 0.046 each, and what a line comes to. */
const CALLS = [
  [1, "0.05"],
  [2, "0.09"],
  [3, "0.14"],
  [4, "0.18"],
  [5, "0.23"],
  [6, "0.28"],
  [7, "0.32"],
  [8, "0.37"],
] as const;

/** A worker that dies there, and again when started anew; `name:N` is the N-th time that it gets there. */
const FAULTS = [
  "close.between-pages:2",
  "close.after-seal:70",
  "number.before",
  "number.after",
  "projection.before-checkpoint:5",
];
/** In the first month it dies once more before, when it has summed up the calls of some customers. */
const SUMMED = "close.usage-summed:5";

describe("a worker that is killed while it closes the periods of 200 customers", () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  const customers: string[] = [];
  /** Of those with calls, in their order. */
  const called: { readonly customerId: string; readonly accountId: string }[] = [];
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
      const { customerId, accountId } = await lines.signUp(index, offers);
      customers.push(customerId);
      if (index >= 1 && index <= CALLS.length) called.push({ customerId, accountId });
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
    await recordCalls();
    await stack.killWorker();
  });

  /** Calls of 31 s at 0.06 a minute by 30 and 6 s, and 0.01 each. */
  const recordCalls = async (): Promise<void> => {
    const { id: tariffId } = await graphql.mutate("defineTariff", { name: "Toll-free", currency: "USD" });
    const prices = { priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01", firstInterval: 30, nextInterval: 6 };
    await graphql.mutate("changeRates", { tariffId, rates: [{ prefix: "", ...prices }] });
    for (const [index, { accountId }] of called.entries()) {
      for (let call = 1; call <= (CALLS[index]?.[0] ?? 0); call += 1) {
        await graphql.mutate("recordCall", {
          ...{ callId: `${index} ${call}`, accountId, tariffId, leg: "IN", cld: "18005550100" },
          ...{ answered: "2021-01-01T12:00:00Z", seconds: "31" },
        });
      }
    }
  };

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
    for (const deadly of [...(before === 0 ? [SUMMED] : []), fault, fault]) {
      await stack.startWorker({ TENURE_FAULT: deadly }).catch(() => undefined);
      await allWorkersDead(deadly);
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
    expect(await linesOfCalls()).toEqual(
      CALLS.map(([calls, net]) => [
        ["2021-01-01", net, { calls, seconds: 31 * calls, chargedSeconds: 36 * calls, late: false }],
      ]),
    );
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

  /** All lines of calls that were ever billed to customers with calls, whose periods have one summary each. */
  const linesOfCalls = async () => {
    const found: unknown[][] = [];
    for (const { customerId, accountId } of called) {
      const summaries = ofType(await store.readStream(streamName(provider, "usage", accountId)), "UsageSummarised");
      expect(summaries.map(({ id }) => id)).toEqual([usageEventId(provider, accountId, "2021-01-01")]);
      const pages = ofType(
        await store.readStream(streamName(provider, "receivables", customerId)),
        "InvoicePageRecorded",
      );
      const lines = pages.flatMap(({ data }) => data.lines.filter(({ kind }) => kind === "USAGE"));
      found.push(lines.map(({ from, net, usage }) => [from, net, usage]));
    }
    return found;
  };

  const assigned = async () =>
    ofType(await store.readStream(streamName(provider, "register", "invoices")), "NumbersAssigned").flatMap(
      ({ data }) => data.invoices,
    );
});
