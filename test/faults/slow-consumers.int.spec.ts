import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { type NewEvent, type RecordedEvent } from "../../libs/event-store/event.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { START } from "../../libs/event-store/position.js";
import { added, amountOf, counterStream, counterTypes, chained } from "../../libs/event-store/spec-support/counter.js";
import { FaultyServer } from "../../apps/eventstore/test/faults/support/faulty-server.js";

/** As many as a close appends at once: more than a real server sends a live subscriber without dropping it. */
const AT_ONCE = 400;

it("gives each event once, in order, to a subscription that the server drops for being slow", async () => {
  const server = await FaultyServer.started();
  onTestFinished(() => server.remove());
  await server.order({ fault: "drop-slow-consumers", on: true });
  const store = createEventStore({ url: server.url, types: counterTypes });
  onTestFinished(() => store.close());
  const delivered: RecordedEvent[] = [];
  const subscription = store.subscribe({
    name: "spec",
    from: START,
    onBatch: ({ events }) => {
      delivered.push(...events);
      return Promise.resolve();
    },
  });
  const patience = { timeout: 120_000, interval: 10 };
  const stream = counterStream(randomUUID());
  let last: NewEvent | undefined;
  for (let round = 0; round < 5; round++) {
    await expect.poll(() => subscription.status().state, patience).toBe("live");
    const amounts = Array.from({ length: AT_ONCE }, (_, n) => added(AT_ONCE * round + n));
    const events = chained(stream, `command ${round}`, amounts, last);
    await store.append(stream, round === 0 ? "no_stream" : BigInt(AT_ONCE * round - 1), events);
    last = events.at(-1);
    await expect.poll(() => delivered.length, patience).toBe(AT_ONCE * (round + 1));
  }
  expect(delivered.map(amountOf)).toEqual(Array.from({ length: 5 * AT_ONCE }, (_, n) => n));
  expect(subscription.status().restarts).toBeGreaterThanOrEqual(1);
});
