import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { type RecordedEvent } from "../../libs/event-store/event.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { START } from "../../libs/event-store/position.js";
import { added, amountOf, counterStream, counterTypes, chained } from "../../libs/event-store/spec-support/counter.js";
import { FaultyServer } from "../../apps/eventstore/test/faults/support/faulty-server.js";

/**
 * What the application stands on (libs/event-store) while the server, the disk or the network does wrong: it appends,
 * reads and follows all the time. Nothing may be lost or doubled, and all of it goes on by itself.
 */
const WRITERS = 8;
const patience = { timeout: 120_000, interval: 10 };

/** Short, so that a deadline passes while the test looks. */
const TIMES = { appendTimeoutMs: 1_000, readTimeoutMs: 1_000, watchdogMs: 200 };

interface Fault {
  readonly name: string;
  readonly inflict: (server: FaultyServer) => Promise<void>;
  /** Whether a subscription must have noticed. */
  readonly breaksSubscriptions: boolean;
}

const FAULTS: Fault[] = [
  {
    name: "its connections are cut, three times",
    breaksSubscriptions: true,
    inflict: async (server) => {
      for (let cut = 0; cut < 3; cut++) {
        await server.order({ fault: "cut-connections" });
        await delay(60);
      }
    },
  },
  {
    name: "connections are cut where the answers of appends were due",
    breaksSubscriptions: true,
    inflict: (server) => server.order({ fault: "cut-instead-of-answer", appends: 12 }),
  },
  {
    name: "appends are written and never answered, so that their deadlines pass",
    breaksSubscriptions: false,
    inflict: (server) => server.order({ fault: "withhold-answers", appends: 12 }),
  },
  {
    name: "commits take longer than the deadlines of the appends",
    breaksSubscriptions: false,
    inflict: async (server) => {
      await server.order({ fault: "delay-commits", ms: 1_500 });
      await delay(3_000);
      await server.order({ fault: "delay-commits", ms: 0 });
    },
  },
  {
    name: "the server has lost the lead and sends its callers elsewhere",
    breaksSubscriptions: true,
    inflict: async (server) => {
      await server.order({ fault: "not-leader", calls: 30 });
      // A node that steps down does not end what is open; this makes the subscription ask as well.
      await server.order({ fault: "abort-reads" });
    },
  },
  {
    name: "reads and subscriptions are aborted for being too slow",
    breaksSubscriptions: true,
    inflict: async (server) => {
      for (let round = 0; round < 3; round++) {
        await server.order({ fault: "abort-reads" });
        await delay(60);
      }
    },
  },
  {
    name: "every event is delivered twice",
    breaksSubscriptions: false,
    inflict: (server) => server.order({ fault: "duplicate-events", on: true }),
  },
  {
    name: "the disk is full for a while",
    breaksSubscriptions: false,
    inflict: (server) => server.order({ fault: "refuse-commits", commits: 20 }),
  },
  {
    name: "a commit fails, the server stops rather than lie, and is started again",
    breaksSubscriptions: true,
    inflict: async (server) => {
      await server.order({ fault: "fail-commit" });
      expect(await server.ended()).toBe(1);
      await server.start();
    },
  },
];

it.each(FAULTS)("loses and doubles nothing when $name", async ({ inflict, breaksSubscriptions }) => {
  const server = await FaultyServer.started();
  onTestFinished(() => server.remove());
  const store = createEventStore({ url: server.url, types: counterTypes, ...TIMES });
  onTestFinished(() => store.close());
  const streams = Array.from({ length: WRITERS }, () => counterStream(randomUUID()));

  const delivered: RecordedEvent[] = [];
  const subscription = store.subscribe({
    name: "spec",
    from: START,
    onBatch: ({ events }) => {
      delivered.push(...events);
      return Promise.resolve();
    },
  });
  const work = new Work(store, streams);
  await work.until(5);
  await expect.poll(() => subscription.status().state, patience).toBe("live");
  const restarts = subscription.status().restarts;

  await inflict(server);
  const written = work.progress;
  await work.until(written + 8);
  await work.stop();

  const read = new Map<string, number[]>();
  for (const stream of streams) read.set(stream, amounts(await store.readStream(stream)));
  expect(read).toEqual(work.acknowledged);
  const total = [...work.acknowledged.values()].reduce((sum, { length }) => sum + length, 0);
  await expect.poll(() => delivered.length, patience).toBeGreaterThanOrEqual(total);
  await expect.poll(() => subscription.status().state, patience).toBe("live");
  expect(
    new Map(streams.map((stream) => [stream, amounts(delivered.filter((event) => event.stream === stream))])),
  ).toEqual(work.acknowledged);
  if (breaksSubscriptions) expect(subscription.status().restarts).toBeGreaterThan(restarts);
});

const amounts = (events: readonly RecordedEvent[]): number[] => events.map(amountOf);

/** Appends 0, 1, 2, … to each stream, and keeps reading what it has appended. */
class Work {
  readonly acknowledged: Map<string, number[]>;
  private stopped = false;
  private failure: unknown;
  private readonly running: Promise<unknown>;

  constructor(
    private readonly store: EventStore,
    streams: readonly string[],
  ) {
    this.acknowledged = new Map(streams.map((stream) => [stream, []]));
    this.running = Promise.all([...streams.map((stream) => this.write(stream)), this.read(streams)]).catch(
      (error: unknown) => (this.failure = error),
    );
  }

  /** What every writer has had acknowledged. */
  get progress(): number {
    return Math.min(...[...this.acknowledged.values()].map(({ length }) => length));
  }

  async until(count: number): Promise<void> {
    await expect.poll(() => this.failure ?? this.progress >= count, patience).toBe(true);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    if (this.failure !== undefined) throw this.failure as Error;
  }

  private async write(stream: string): Promise<void> {
    const done = this.acknowledged.get(stream) ?? [];
    for (let amount = 0; !this.stopped; amount++) {
      const events = chained(stream, `command ${amount}`, [added(amount)]);
      const expected = amount === 0 ? "no_stream" : BigInt(amount - 1);
      const { revision } = await this.store.append(stream, expected, events);
      expect(revision).toBe(BigInt(amount));
      done.push(amount);
    }
  }

  /** Whatever happens, a stream reads as 0, 1, 2, … and holds at least what had been acknowledged. */
  private async read(streams: readonly string[]): Promise<void> {
    for (let turn = 0; !this.stopped; turn++) {
      const stream = streams[turn % streams.length] ?? "";
      const before = this.acknowledged.get(stream)?.length ?? 0;
      const seen = amounts(await this.store.readStream(stream));
      expect(seen).toEqual(seen.map((_, index) => index));
      expect(seen.length).toBeGreaterThanOrEqual(before);
    }
  }
}
