import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { type SignedUp, signUpMany } from "../support/many-customers.js";
import { type Stack, startStack } from "../support/stack.js";

/** A worker that dies between what calls for a task, its effects and the note that it is done. */
const FAULTS = ["projection.before-checkpoint", "task.before", "task.after"];

describe("a worker that is killed while it finishes what a closed customer left", () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  let customers: readonly SignedUp[];

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Leftovers" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    customers = await signUpMany(store, provider, FAULTS.length, "2021-01-01");
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  it.each(FAULTS)("at %s, twice in a row, closes account and commitment once", async (fault) => {
    const signedUp = customers[FAULTS.indexOf(fault)];
    if (!signedUp) throw new Error("too few customers");
    const { customerId, accountId, commitmentId } = signedUp;
    await stack.killWorker();
    const closed = graphql.mutate("closeCustomer", { customerId });
    // The answer is awaited at the end; a failure must not surface before.
    closed.catch(() => undefined);
    for (const attempt of [1, 2]) {
      await stack.startWorker({ TENURE_FAULT: fault }).catch(() => undefined);
      for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
        if (waited > 240_000) throw new Error(`The worker was not killed at ${fault}, attempt ${attempt}`);
        await delay(50);
      }
    }
    await stack.startWorker();
    await closed;
    const typesOf = async (category: string, id: string) => {
      const events = await store.readStream(streamName(provider, category, id));
      expect(verifyChain(events)).toBeUndefined();
      return events.map(({ type }) => type);
    };
    for (let waited = 0; (await typesOf("commitment", commitmentId)).length < 2; waited += 50) {
      if (waited > 240_000) throw new Error(`The commitment was not terminated after ${fault}`);
      await delay(50);
    }
    // The walk waits for whatever the processors have still to do.
    await graphql.mutate("advanceTestClock", { to: `2021-01-0${FAULTS.indexOf(fault) + 2}T12:00:00.000Z` }, "id");
    expect(await typesOf("account", accountId)).toEqual(["AccountOpened", "AccountClosed"]);
    expect(await typesOf("commitment", commitmentId)).toEqual(["CommitmentAssigned", "CommitmentTerminated"]);
  });
});
