import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventTypes } from "#event-store/catalogue.js";
import { chainEvents } from "#event-store/chain-events.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { type EventStore } from "#event-store/event-store.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { streamName } from "#event-store/streams.js";
import { journalOf } from "#read-models/journal/projection.js";
import { startProjections } from "#read-models/runner/runner.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, PROVIDER } from "#read-models/spec-support/journal.js";
import { startOver } from "#read-models/spec-support/rows.js";
import { customerCreated } from "#read-models/spec-support/story.js";
import { type Findings, type JobRun, type Json } from "../job.js";
import { newSigningKey, signingWith } from "../signing.js";
import { takeCheckpoint } from "./checkpoint.js";
import { verificationThatSaves } from "./verify.js";

const NOW = "2026-01-01T00:00:00.000Z";
const ANN = streamName(PROVIDER, "customer", id("Ann"));
const SECOND = id("Second");
const OTHER = streamName(SECOND, "customer", id("Bob"));
const QUARANTINE = streamName(PROVIDER, "quarantine", PROVIDER);
const signing = signingWith(newSigningKey());

let databases: TestDatabases;
let dataSource: DataSource;
let store: InMemoryEventStore;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  await startOver(dataSource);
  await dataSource.query("TRUNCATE passed_events, projection_stalls");
  store = new InMemoryEventStore(eventTypes);
});

const named = (name: string) => {
  const created = customerCreated("Ann");
  return { ...created, data: { ...created.data, personal: { name } } };
};

/** Appends events one after the other, each recorded a day after the one before. */
const append = async (stream: string, events: readonly { type: string; data: object }[]): Promise<void> => {
  const before = await store.readStream(stream);
  let previousHash = before.at(-1)?.metadata.contentHash ?? NO_HASH;
  let revision = store.log.filter((event) => event.stream === stream).length;
  for (const event of events) {
    const [chained] = chainEvents({
      ...{ stream, provider: PROVIDER, previousHash, events: [event], actor: "spec", causationId: "spec" },
      ...{ recordedAt: `2025-12-${10 + revision}T00:00:00.000Z`, commandId: `${revision}`, correlationId: "spec" },
    });
    if (!chained) throw new Error("nothing was chained");
    await store.append(stream, revision === 0 ? "no_stream" : BigInt(revision - 1), [chained]);
    previousHash = chained.metadata.contentHash;
    revision += 1;
  }
};

const mirrored = async (hashOnly: readonly "customer"[] = []): Promise<void> => {
  const projections = [journalOf({ hashOnly })];
  const runner = startProjections({ store, dataSource, projections, log: () => undefined });
  await runner.reached(await store.tail());
  await runner.stop();
};

const run = (
  log: EventStore = store,
  checkpoint: unknown = null,
  { eventsOnly = false, ...job }: Partial<JobRun> & { readonly eventsOnly?: boolean } = {},
): Promise<Findings> =>
  // Saves as often as it can.
  verificationThatSaves(0).run(
    { dataSource, store: log, providerId: null, now: () => NOW, log: () => undefined },
    { checkpoint: checkpoint as never, publicKey: signing.publicKey, eventsOnly },
    {
      ...{ signal: new AbortController().signal, saved: null },
      ...{ save: () => Promise.resolve(), progress: () => undefined, append: () => Promise.resolve() },
      ...job,
    },
  );

const found = async (log?: EventStore, checkpoint?: unknown): Promise<string[]> =>
  (await run(log, checkpoint)).differences.map(({ what, where }) => `${what} ${where.replace(`${PROVIDER} `, "")}`);

/** The same log without the first events of Ann's stream, and what its metadata say about that. */
const forgotten = (count: number, retention: { maxAge?: number; truncateBefore?: bigint }): InMemoryEventStore => {
  const other = new InMemoryEventStore(eventTypes);
  other.retentions.set(ANN, { maxAge: null, truncateBefore: null, ...retention });
  other.restore(store.log.filter((event) => event.stream !== ANN || event.revision >= BigInt(count)));
  return other;
};

describe("verifying", () => {
  it("holds for every text, and for categories that are mirrored as hash only", async () => {
    await append(ANN, [named("\0 \ud83d \\u0000"), named("\\"), named("😀")]);
    await mirrored();
    expect(await found()).toEqual([]);
    await startOver(dataSource);
    await mirrored(["customer"]);
    expect(await found()).toEqual([]);
  });

  it("passes over what others wrote, and what was quarantined", async () => {
    await append(ANN, [named("Ann")]);
    store.write(ANN, { id: id("foreign"), type: "Noted", data: {}, metadata: {} });
    const [model] = store.log;
    store.write(ANN, { id: id("bad"), type: "CustomerClosed", data: "{", metadata: model?.metadata });
    await append(QUARANTINE, [
      {
        type: "EventQuarantined",
        data: {
          ...{ stream: ANN, revision: "2", eventId: id("bad"), eventType: "CustomerClosed" },
          ...{ effectiveOn: "2025-12-10", personal: { reason: "unreadable" } },
        },
      },
    ]);
    await append(ANN, [named("Anna")]);
    await mirrored();
    const { differences, details, checked } = await run();
    expect([differences, details, checked]).toEqual([
      [],
      { passed: 2, expired: [], checkpoint: null },
      { events: 3, rows: 3, streams: 2, providers: 1 },
    ]);
  });

  it("says that a stalled provider is not proven", async () => {
    await append(ANN, [named("Ann")]);
    store.write(ANN, { id: id("bad"), type: "CustomerClosed", data: "{", metadata: store.log[0]?.metadata });
    await mirrored().catch(() => undefined);
    expect(await found()).toEqual([`JOURNAL_STALLED journal ${PROVIDER}`]);
  });

  it("takes for expired what the stream's metadata let the event store forget, and for removed what they do not", async () => {
    await append(ANN, [named("a"), named("b"), named("c"), named("d")]);
    await mirrored();
    const options = { dataSource, providerId: null, program: "1.0.0", now: () => NOW };
    const checkpoint = JSON.parse(JSON.stringify(signing.sign(await takeCheckpoint(options)))) as unknown;
    const expired = { passed: 0, expired: [{ stream: ANN, through: "1" }] };
    const kept = { createdAt: NOW, keyId: signing.keyId };
    const truncated = await run(forgotten(2, { truncateBefore: 2n }), checkpoint);
    expect([truncated.differences, truncated.details]).toEqual([[], { ...expired, checkpoint: kept }]);
    // The first two are of December 10 and 11.
    const days = 86_400;
    const aged = await run(forgotten(2, { maxAge: 20 * days }));
    expect([aged.differences, aged.details]).toEqual([[], { ...expired, checkpoint: null }]);
    const removed = [1, 2].map((sequence) => `EVENT_REMOVED journal ${sequence}, ${ANN}@${sequence - 1}`);
    expect(await found(forgotten(2, { maxAge: 30 * days }))).toEqual(removed);
    expect(await found(forgotten(2, { truncateBefore: 1n }))).toEqual(removed.slice(1));
    expect(await found(forgotten(2, {}))).toEqual(removed);
  });

  it("goes on where it was cut off, wherever that was, and finds the same", async () => {
    // More than a page of the journal, and than four batches of events.
    const [chained, others] = [2_100, 3].map((count) =>
      chainEvents({
        ...{ stream: count === 3 ? OTHER : ANN, provider: count === 3 ? SECOND : PROVIDER, previousHash: NO_HASH },
        ...{ events: Array.from({ length: count }, (_, place) => named(`name ${place}`)), actor: "spec" },
        ...{ recordedAt: "2025-12-10T00:00:00.000Z", commandId: "1", correlationId: "spec", causationId: "spec" },
      }),
    );
    await store.append(ANN, "no_stream", chained ?? []);
    await store.append(OTHER, "no_stream", others ?? []);
    await mirrored();
    const options = { dataSource, providerId: null, program: "1.0.0", now: () => NOW };
    const checkpoint = JSON.parse(JSON.stringify(signing.sign(await takeCheckpoint(options)))) as unknown;
    await dataSource.query("UPDATE journal SET data = '{}' WHERE stream = $1 AND revision = 7", [ANN]);
    await dataSource.query("DELETE FROM journal WHERE stream = $1 AND revision IN (1500, 2050)", [ANN]);
    const tampered = new InMemoryEventStore(eventTypes);
    tampered.restore(store.log.filter((event) => event.stream !== ANN || event.revision !== 1_000n));

    const saves: Json[] = [];
    const whole = await run(tampered, checkpoint, {
      save: (state) => {
        saves.push(JSON.parse(JSON.stringify(state)) as Json);
        return Promise.resolve();
      },
    });
    expect(whole.differences.map(({ what }) => what)).toEqual([
      ...["ROW_CHANGED", "ROW_REMOVED", "ROW_REMOVED", "EVENT_REMOVED"],
      ...["JOURNAL_LEAVES_CHECKPOINT", "EVENTS_LEAVE_CHECKPOINT"],
    ]);
    // How many depends on how fast the machine is.
    expect(saves.length).toBeGreaterThan(2);
    for (const saved of saves) expect(await run(tampered, checkpoint, { saved })).toEqual(whole);
    const alone = { eventsOnly: true };
    const events = await run(tampered, checkpoint, {
      ...alone,
      save: (state) => (saves.push(state), Promise.resolve()),
    });
    expect(await run(tampered, checkpoint, { ...alone, saved: saves.at(-2) ?? null })).toEqual(events);
  });

  it("finds what is missing after the last checkpoint on both sides, and refuses what is no checkpoint", async () => {
    await append(ANN, [named("a")]);
    await mirrored();
    await expect(run(store, signing.sign({ kind: "CHECKPOINT" }))).rejects.toThrow(
      "What was signed is no checkpoint that this program reads.",
    );
    const other = { kind: "CHECKPOINT", format: 1, program: "1.0.0", createdAt: NOW };
    const logs = [{ providerId: PROVIDER, sequence: "2", logHash: "x", every: "1", marks: ["y", "x"] }];
    const checkpoint = JSON.parse(JSON.stringify(signing.sign({ ...other, logs }))) as unknown;
    const { differences } = await run(store, checkpoint);
    expect(differences.map(({ says }) => says)).toEqual([
      `The journal is not the one of the checkpoint of ${NOW} from its beginning on: it goes on with ${ANN}@0.`,
      `The event store is not the one of the checkpoint of ${NOW} from its beginning on: it goes on with ${ANN}@0.`,
    ]);
  });
});
