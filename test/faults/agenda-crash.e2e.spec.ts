import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../../libs/event-store/content-hash.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { streamName } from "../../libs/event-store/streams.js";
import { type Client, client } from "../support/graphql.js";
import { defineLines } from "../support/lines.js";
import { type Stack, startStack } from "../support/stack.js";

const COMMITMENTS = 40;

/** A worker that dies there, each with the month in which a pause begins and ends; `name:N` is the N-th time there. */
const FAULTS = [
  ["signal.before:15", "2021-02"],
  ["signal.after:25", "2021-03"],
  ["projection.before-checkpoint:3", "2021-04"],
] as const;
/**
 * The same, each with the month in which pauses that half of the commitments asked for would begin, on two days: nobody
 * answers. All of one day may have lapsed when the first worker dies; the second one dies on the other day then.
 */
const LAPSES = [
  ["lapse.before:7", "2021-05"],
  ["lapse.after:5", "2021-06"],
] as const;

describe("a worker that is killed while it records what time did to 40 commitments", () => {
  let stack: Stack;
  let store: EventStore;
  let graphql: Client;
  let provider: string;
  const commitments: string[] = [];
  const asked: { readonly id: string; readonly from: string }[] = [];

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    store = createEventStore({ url: stack.eventStoreUrl });
    provider = (await client(stack.url).mutate("createProvider", { name: "Agenda" })).id;
    graphql = client(stack.url, provider);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const lines = await defineLines(graphql);
    const offerId = await lines.offer(1);
    const signUp = async (index: number) => {
      const { commitmentIds } = await lines.signUp(index, [offerId]);
      const [id = ""] = commitmentIds;
      for (const [, month] of FAULTS) {
        await graphql.mutate("pauseCommitment", { commitmentId: id, from: `${month}-10`, until: `${month}-20` });
      }
      const [, lapse] = LAPSES[index % LAPSES.length] ?? LAPSES[0];
      const from = `${lapse}-${index % 4 < 2 ? "10" : "12"}`;
      await graphql.mutate("requestPause", { commitmentId: id, from, until: `${lapse}-20` });
      asked.push({ id, from });
      commitments.push(id);
    };
    for (let next = 0; next < COMMITMENTS; next += 8) {
      await Promise.all(Array.from({ length: 8 }, (_, offset) => signUp(next + offset)));
    }
    await stack.killWorker();
  });

  afterAll(async () => {
    await store.close();
    await stack.stop();
  });

  /** Walks into the month with workers that are killed at the fault, twice, and one that lives. */
  const walkedThrough = async (fault: string, month: string): Promise<void> => {
    const advanced = graphql.mutate("advanceTestClock", { to: `${month}-25T12:00:00.000Z` }, "id");
    // The answer is awaited at the end; a failure must not surface before.
    advanced.catch(() => undefined);
    for (const attempt of [1, 2]) {
      await stack.startWorker({ TENURE_FAULT: fault }).catch(() => undefined);
      for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
        if (waited > 240_000) throw new Error(`The worker was not killed at ${fault}, attempt ${attempt}`);
        await delay(50);
      }
    }
    await stack.startWorker();
    await advanced;
    await stack.killWorker();
  };

  it.each(FAULTS)("at %s, twice in a row, records each signal once and in order", async (fault, month) => {
    await walkedThrough(fault, month);
    const expected = FAULTS.slice(0, FAULTS.findIndex(([, found]) => found === month) + 1).flatMap(([, found]) => [
      `${found}-10 PauseStartTookEffect`,
      `${found}-21 PauseEndTookEffect`,
    ]);
    for (const id of commitments) {
      const events = await store.readStream(streamName(provider, "lifecycle", id));
      expect(verifyChain(events)).toBeUndefined();
      const signals = events.map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn} ${type}`);
      expect(signals).toEqual(expected);
    }
  });

  it.each(LAPSES)("at %s, twice in a row, lets each request for a pause lapse once", async (fault, month) => {
    await walkedThrough(fault, month);
    for (const request of asked) {
      const events = await store.readStream(streamName(provider, "commitment", request.id));
      expect(verifyChain(events)).toBeUndefined();
      const lapsed = request.from < `${month}-25` ? [`${request.from} PauseRequestLapsed`] : [];
      expect(events.map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn} ${type}`)).toEqual([
        "2021-01-01 CommitmentAssigned",
        ...FAULTS.map(([, found]) => `${found}-10 PauseScheduled`),
        "2021-01-01 PauseRequested",
        ...lapsed,
      ]);
    }
  });
});
