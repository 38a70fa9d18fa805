import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inFlight } from "../../libs/application/processes/in-flight.js";
import { type CustomerEvent } from "../../libs/domain/customers/events.js";
import { chainEvents } from "../../libs/event-store/chain-events.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { sealedOf, signUpMany } from "../support/many-customers.js";
import { type Stack, startStack } from "../support/stack.js";

const CUSTOMERS = 120;
/** A worker that dies there, twice: after corrections were computed, after they were recorded, before the feed shows it. */
const FAULTS = ["close.computed:20", "close.after-seal:20", "projection.before-checkpoint:2"];

describe("a worker that is killed between the computation of corrections and their invoices", () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  let customers: readonly string[];

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Corrections" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    customers = (await signUpMany(store, provider, CUSTOMERS, "2021-01-01")).map(({ customerId }) => customerId);
    await graphql.mutate("advanceTestClock", { to: "2021-02-01T12:00:00.000Z" }, "id");
    await stack.killWorker();
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  it.each(FAULTS)("at %s, twice in a row, corrects everybody once", async (fault) => {
    const month = FAULTS.indexOf(fault) + 3;
    const [given, issuedOn] = [month % 2 === 1, `2021-0${month}-01`];
    // January's discount of 5.00 is replaced by 2.00, and comes back the next month.
    await inFlight(customers, 16, (customer) => rate(customer, given ? "10" : null, `2021-0${month - 1}-10`));
    const advanced = graphql.mutate("advanceTestClock", { to: `${issuedOn}T12:00:00.000Z` }, "id");
    // The answer is awaited at the end; a failure must not surface before.
    advanced.catch(() => undefined);
    for (const attempt of [1, 2]) {
      await stack.startWorker({ TENURE_FAULT: fault }).catch(() => undefined);
      for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
        if (waited > 240_000) throw new Error(`attempt ${attempt}: the worker was not killed at ${fault}`);
        await delay(50);
      }
    }
    await stack.startWorker();
    await advanced;
    await stack.killWorker();

    const sealed = (await sealedOf(store, provider, customers)).filter((invoice) => invoice.issuedOn === issuedOn);
    expect(sealed.map(({ customerId }) => customerId).sort()).toEqual([...customers].sort());
    // Each closed month is corrected by +5.00 - 2.00, or back.
    const corrected = (given ? 3 : -3) * (month - 2);
    for (const { totalsByKind } of sealed) {
      expect(totalsByKind).toEqual({ ADJUSTMENT: `${corrected}.00`, RECURRING: given ? "18.00" : "15.00" });
    }
  });

  const rate = async (customer: string, percent: string | null, recordedOn: string): Promise<void> => {
    const stream = streamName(provider, "customer", customer);
    const [last] = await store.readStream(stream, { backwards: true, limit: 1 });
    const event: CustomerEvent = {
      type: "SubscriptionDiscountRateSet",
      data: { rate: percent, effectiveOn: "2021-01-01" },
    };
    await store.append(
      stream,
      last?.revision ?? "no_stream",
      chainEvents({
        stream,
        previousHash: last?.metadata.contentHash ?? "",
        provider,
        actor: "spec",
        commandId: customer,
        correlationId: customer,
        causationId: customer,
        recordedAt: `${recordedOn}T12:00:00.000Z`,
        events: [event],
      }),
    );
  };
});
