import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { WrongExpectedRevision } from "../../libs/event-store/errors.js";
import { type RecordedEvent } from "../../libs/event-store/event.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { START } from "../../libs/event-store/position.js";
import { added, amountOf, counterStream, counterTypes, chained } from "../../libs/event-store/spec-support/counter.js";
import { FaultyServer } from "../../apps/eventstore/test/faults/support/faulty-server.js";

/** What the application stands on (libs/event-store) when the node that it reaches follows, 500 ms behind the leader. */

const LATE_MS = 500;
const REVERSALS = 200;

const open = (port: number): EventStore => {
  const store = createEventStore({ url: `esdb://127.0.0.1:${port}?tls=false`, types: counterTypes });
  onTestFinished(() => store.close());
  return store;
};

const pair = async (): Promise<{ server: FaultyServer; follower: number }> => {
  const server = await FaultyServer.started();
  onTestFinished(() => server.remove());
  return { server, follower: await server.follower(LATE_MS) };
};

/** Suspends (1) or unsuspends (0): reads the state, and appends unless there is nothing to do. */
const reverse = async (store: EventStore, stream: string, wanted: 0 | 1): Promise<void> => {
  for (;;) {
    const history = await store.readStream(stream);
    const state = history.reduce((sum, event) => sum + amountOf(event), 0);
    if (state === wanted) return;
    const last = history.at(-1);
    const events = chained(stream, randomUUID(), [added(wanted - state)], last);
    try {
      await store.append(stream, last?.revision ?? "no_stream", events);
      return;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
};

it("acknowledges no reversal without effect", async () => {
  const { server, follower } = await pair();
  const store = open(follower);
  const stream = counterStream(randomUUID());
  for (let n = 0; n < REVERSALS; n++) await reverse(store, stream, n % 2 === 0 ? 1 : 0);
  const recorded = (await open(server.port).readStream(stream)).map(amountOf);
  expect(recorded).toEqual(Array.from({ length: REVERSALS }, (_, n) => (n % 2 === 0 ? 1 : -1)));
});

it("tells the leader's tail", async () => {
  const { server, follower } = await pair();
  const [there, here] = [open(server.port), open(follower)];
  const stream = counterStream(randomUUID());
  const { position } = await there.append(stream, "no_stream", chained(stream, "c", [added(1)]));
  expect(await here.tail()).toEqual(position);
});

it("follows the log without a gap or a duplicate while its calls move it to the leader", async () => {
  const { follower } = await pair();
  const store = open(follower);
  const delivered: RecordedEvent[] = [];
  const subscription = store.subscribe({
    name: "spec",
    from: START,
    onBatch: ({ events }) => {
      delivered.push(...events);
      return Promise.resolve();
    },
  });
  await expect.poll(() => subscription.status().state, { timeout: 120_000 }).toBe("live");
  const stream = counterStream(randomUUID());
  for (let n = 0; n < 20; n++) await reverse(store, stream, n % 2 === 0 ? 1 : 0);
  await expect.poll(() => delivered.length, { timeout: 120_000 }).toBeGreaterThanOrEqual(20);
  expect(delivered.map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, n) => BigInt(n)));
});
