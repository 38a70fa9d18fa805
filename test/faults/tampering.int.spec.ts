import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Findings } from "../../libs/application/audit/job.js";
import { newSigningKey, signingWith } from "../../libs/application/audit/signing.js";
import { takeCheckpoint } from "../../libs/application/audit/verify/checkpoint.js";
import { verification } from "../../libs/application/audit/verify/verify.js";
import { chainEvents } from "../../libs/event-store/chain-events.js";
import { contentHash, type HashedContent, NO_HASH } from "../../libs/event-store/content-hash.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { type EventStore } from "../../libs/event-store/event-store.js";
import { eventId } from "../../libs/event-store/ids.js";
import { EmbeddedServer } from "../../libs/event-store/spec-support/embedded-server.js";
import { streamName } from "../../libs/event-store/streams.js";
import { nextHead } from "../../libs/read-models/journal/log-hash.js";
import { journalOf } from "../../libs/read-models/journal/projection.js";
import { startProjections } from "../../libs/read-models/runner/runner.js";
import { openDatabases, type TestDatabases } from "../../libs/read-models/spec-support/database.js";
import { id, OTHER_PROVIDER, PROVIDER } from "../../libs/read-models/spec-support/journal.js";
import { customerCreated } from "../../libs/read-models/spec-support/story.js";
import { type LoggedEvent, tamperedLog } from "../support/tampered-log.js";

/*
 * The journal of two providers: Acme with Ann (three events), Bob (two) and Cid (two), told in turns, and another one
 * with one customer. Sequences of Acme: Ann 0 = 1, Bob 0 = 2, Cid 0 = 3, Ann 1 = 4, Cid 1 = 5, Bob 1 = 6, Ann 2 = 7.
 */
const NOW = "2026-01-01T00:00:00.000Z";
const signing = signingWith(newSigningKey());
const customer = (name: string, provider = PROVIDER) => streamName(provider, "customer", id(name));
const [ANN, BOB, CID] = [customer("Ann"), customer("Bob"), customer("Cid")];

let databases: TestDatabases;
let dataSource: DataSource;
let server: EmbeddedServer;
let store: EventStore;
const folders: string[] = [];

const renamed = (name: string) => {
  const { personal } = customerCreated(name).data as { personal: object };
  return { type: "CustomerContactChanged", data: { effectiveOn: "2020-07-02", personal } };
};

const told: { stream: string; provider: string; at: string; event: { type: string; data: object } }[] = [
  { stream: ANN, provider: PROVIDER, at: "2020-07-01T10:00:00.000Z", event: customerCreated("Ann") },
  { stream: BOB, provider: PROVIDER, at: "2020-07-01T10:00:01.000Z", event: customerCreated("Bob") },
  { stream: CID, provider: PROVIDER, at: "2020-07-01T10:00:02.000Z", event: customerCreated("Cid") },
  { stream: ANN, provider: PROVIDER, at: "2020-07-02T10:00:00.000Z", event: renamed("Anna") },
  {
    ...{ stream: customer("Eve", OTHER_PROVIDER), provider: OTHER_PROVIDER, at: "2020-07-02T11:00:00.000Z" },
    event: customerCreated("Eve"),
  },
  { stream: CID, provider: PROVIDER, at: "2020-08-01T10:00:00.000Z", event: renamed("Cyd") },
  { stream: BOB, provider: PROVIDER, at: "2020-08-01T10:00:01.000Z", event: renamed("Rob") },
  { stream: ANN, provider: PROVIDER, at: "2020-08-02T10:00:00.000Z", event: renamed("Anne") },
];

const tell = async (): Promise<void> => {
  const hashes = new Map<string, string>();
  const revisions = new Map<string, bigint>();
  for (const { stream, provider, at, event } of told) {
    const chained = chainEvents({
      ...{ stream, provider, previousHash: hashes.get(stream) ?? NO_HASH, recordedAt: at, events: [event] },
      ...{ actor: "spec", commandId: `${stream} ${at}`, correlationId: "spec", causationId: "spec" },
    });
    const { revision } = await store.append(stream, revisions.get(stream) ?? "no_stream", chained);
    revisions.set(stream, revision);
    hashes.set(stream, chained[0]?.metadata.contentHash ?? "");
  }
};

beforeAll(async () => {
  server = await EmbeddedServer.started();
  store = createEventStore({ url: server.url });
  databases = await openDatabases();
  dataSource = await databases.migrated();
  await tell();
  const projections = [journalOf({ hashOnly: [] })];
  const runner = startProjections({ store, dataSource, projections, log: () => undefined });
  await runner.reached(await store.tail());
  await runner.stop();
  await dataSource.query("CREATE TABLE kept AS SELECT * FROM journal; CREATE TABLE kept_heads AS TABLE journal_heads");
  // The log's file is copied while nobody writes to it.
  await store.close();
  await server.kill();
  await server.start();
  store = createEventStore({ url: server.url });
});

afterAll(async () => {
  await store.close();
  await server.remove();
  await databases.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const run = async (
  log: EventStore = store,
  { checkpoint = null, eventsOnly = false }: { checkpoint?: unknown; eventsOnly?: boolean } = {},
): Promise<Findings> =>
  verification.run(
    { dataSource, store: log, providerId: null, now: () => NOW, log: () => undefined },
    { checkpoint: checkpoint as never, publicKey: signing.publicKey, eventsOnly },
    {
      ...{ signal: new AbortController().signal, saved: null },
      ...{ save: () => Promise.resolve(), progress: () => undefined, append: () => Promise.resolve() },
    },
  );

/** What was found, each as `WHAT where`. */
const found = ({ differences, differencesTotal }: Findings): string[] => {
  expect(differencesTotal).toBe(differences.length);
  return differences.map(({ what, where }) => `${what} ${where.replace(`${PROVIDER} `, "")}`);
};

/** What is found in a log that was tampered with, by each of some verifications. */
const inLog = async (
  edit: (events: readonly LoggedEvent[]) => readonly LoggedEvent[],
  ...verifications: Parameters<typeof run>[1][]
): Promise<string[][]> => {
  const copy = await tamperedLog(server.folder, edit);
  folders.push(dirname(copy));
  const other = await EmbeddedServer.started(copy);
  const log = createEventStore({ url: other.url });
  try {
    const results: string[][] = [];
    for (const options of verifications.length === 0 ? [{}] : verifications) {
      results.push(found(await run(log, options)));
    }
    return results;
  } finally {
    await log.close();
    await other.kill();
  }
};

/** What is found in a journal that SQL was run on; it is as before afterwards. */
const inJournal = async (sql: string, options?: Parameters<typeof run>[1]): Promise<string[]> => {
  await dataSource.query(sql);
  try {
    return found(await run(store, options));
  } finally {
    await dataSource.query(
      "TRUNCATE journal, journal_heads; INSERT INTO journal TABLE kept; INSERT INTO journal_heads TABLE kept_heads",
    );
  }
};

const at = (stream: string, revision: number) => (event: LoggedEvent) =>
  event.stream === stream && event.revision === revision;

/** The stream's chain computed anew from its events, ids and all. */
const rechained = (events: readonly LoggedEvent[], stream: string): LoggedEvent[] => {
  let previous = NO_HASH;
  return events.map((event) => {
    if (event.stream !== stream) return event;
    const { contentHash: _, ...metadata } = event.metadata;
    const content = { stream, type: event.type, data: event.data, metadata } as unknown as HashedContent;
    previous = contentHash(previous, content);
    const newId = Buffer.from(eventId(previous).replaceAll("-", ""), "hex");
    return { ...event, id: newId, metadata: { ...metadata, contentHash: previous } };
  });
};

const changed = (event: LoggedEvent): LoggedEvent => ({ ...event, data: { ...event.data, effectiveOn: "2020-07-03" } });

/** SQL that recomputes the chain over Acme's log, as somebody would who knows how. */
const rewriteLogChain = async (): Promise<void> => {
  const rows = await dataSource.query<{ sequence: string; stream: string; revision: string; content_hash: string }[]>(
    "SELECT * FROM journal WHERE provider_id = $1 ORDER BY sequence",
    [PROVIDER],
  );
  let head = { sequence: 0n, logHash: NO_HASH };
  for (const { sequence, stream, revision, content_hash } of rows) {
    head = nextHead(head, { stream, revision: BigInt(revision), contentHash: content_hash });
    await dataSource.query("UPDATE journal SET sequence = $3, log_hash = $4 WHERE provider_id = $1 AND sequence = $2", [
      ...[PROVIDER, sequence, head.sequence.toString(), head.logHash],
    ]);
  }
  await dataSource.query("UPDATE journal_heads SET sequence = $2, log_hash = $3 WHERE provider_id = $1", [
    ...[PROVIDER, head.sequence.toString(), head.logHash],
  ]);
};

const signedCheckpoint = async () => {
  const options = { dataSource, providerId: null, program: "1.0.0", now: () => NOW };
  return JSON.parse(JSON.stringify(signing.sign(await takeCheckpoint(options)))) as unknown;
};

describe("an event store and a journal that nobody touched", () => {
  it("are proven equal, and equal to an earlier checkpoint", async () => {
    const { differences, checked, covered, details } = await run(store, { checkpoint: await signedCheckpoint() });
    expect(differences).toEqual([]);
    expect(checked).toEqual({ events: 8, rows: 8, streams: 4, providers: 2 });
    expect(covered.journal?.map(({ sequence }) => sequence)).toEqual(["1", "7"]);
    expect(details).toEqual({ passed: 0, expired: [], checkpoint: { createdAt: NOW, keyId: signing.keyId } });
    expect(found(await run(store, { eventsOnly: true }))).toEqual([]);
  });
});

describe("in the embedded log", () => {
  it("a changed event is found", async () => {
    const edit = (events: readonly LoggedEvent[]) => events.map((e) => (at(ANN, 1)(e) ? changed(e) : e));
    const named = [`EVENT_CHANGED ${ANN}@1`];
    expect(await inLog(edit, {}, { eventsOnly: true })).toEqual([named, named]);
  });

  it("a removed event is found", async () => {
    const edit = (events: readonly LoggedEvent[]) => events.filter((e) => !at(ANN, 1)(e));
    expect(await inLog(edit, {}, { eventsOnly: true })).toEqual([
      [`EVENT_REMOVED journal 4, ${ANN}@1`],
      [`EVENT_REMOVED ${ANN}@1`],
    ]);
  });

  it("an added event is found", async () => {
    const added = (events: readonly LoggedEvent[]) => {
      const [model] = events.filter(at(CID, 1));
      if (!model) throw new Error("there is no such event");
      // Behind Cid's last event, and before what comes next in the log.
      return rechained(
        events.flatMap((e) =>
          at(CID, 1)(e) ? [e, { ...model, id: Buffer.alloc(16, 7), revision: 2, position: model.position + 1 }] : [e],
        ),
        CID,
      );
    };
    expect(await inLog(added)).toEqual([[`EVENT_ADDED ${CID}@2`]]);
  });

  it("two swapped events are found, in one stream and in two", async () => {
    const swapped =
      (one: (e: LoggedEvent) => boolean, other: (e: LoggedEvent) => boolean, withPlace: boolean) =>
      (events: readonly LoggedEvent[]) => {
        const [a, b] = [events.find(one), events.find(other)];
        if (!a || !b) throw new Error("there are no such events");
        const put = (event: LoggedEvent, place: LoggedEvent) =>
          withPlace
            ? { ...event, position: place.position }
            : { ...event, position: place.position, revision: place.revision };
        return events.map((e) => (e === a ? put(b, a) : e === b ? put(a, b) : e));
      };
    expect(await inLog(swapped(at(ANN, 1), at(ANN, 2), false))).toEqual([
      [
        `EVENT_CHANGED ${ANN}@1`,
        `EVENTS_REORDERED journal 4, ${ANN}@1`,
        `EVENT_CHANGED ${ANN}@2`,
        `EVENTS_REORDERED journal 7, ${ANN}@2`,
      ],
    ]);
    expect(await inLog(swapped(at(CID, 1), at(BOB, 1), true))).toEqual([
      [
        `POSITION_DIFFERS journal 6, ${BOB}@1`,
        `EVENTS_REORDERED journal 5, ${CID}@1`,
        `POSITION_DIFFERS journal 5, ${CID}@1`,
      ],
    ]);
  });

  it("a removed stream and a cut tail are found", async () => {
    expect(await inLog((events) => events.filter(({ stream }) => stream !== CID))).toEqual([[`STREAM_REMOVED ${CID}`]]);
    const tail = (events: readonly LoggedEvent[]) => events.filter((e) => !at(BOB, 1)(e) && !at(ANN, 2)(e));
    expect(await inLog(tail)).toEqual([["EVENTS_CUT_OFF journal 6"]]);
  });

  it("a stream whose chain was recomputed is found, and a checkpoint says which side was rewritten", async () => {
    const edit = (events: readonly LoggedEvent[]) =>
      rechained(
        events.map((e) => (at(ANN, 1)(e) ? changed(e) : e)),
        ANN,
      );
    const checkpoint = await signedCheckpoint();
    const named = `REWRITTEN journal 4, ${ANN}@1`;
    const leaving = "EVENTS_LEAVE_CHECKPOINT event store 4";
    expect(await inLog(edit, {}, { checkpoint }, { eventsOnly: true }, { eventsOnly: true, checkpoint })).toEqual([
      [named],
      [named, leaving],
      [],
      [leaving],
    ]);
  });

  it("an event that can no longer be read is found", async () => {
    const edit = (events: readonly LoggedEvent[]) =>
      events.map((e) => (at(ANN, 1)(e) ? { ...e, metadata: { ...e.metadata, provider: "" } } : e));
    expect(await inLog(edit)).toEqual([[`EVENT_UNREADABLE ${ANN}@1`]]);
  });
});

describe("in the journal", () => {
  const ROW = `provider_id = '${PROVIDER}' AND sequence = 4`;

  it("a changed row is found, whatever was changed", async () => {
    expect(
      await inJournal(`UPDATE journal SET data = jsonb_set(data, '{effectiveOn}', '"2020-07-03"') WHERE ${ROW}`),
    ).toEqual([`ROW_CHANGED journal 4, ${ANN}@1`]);
    for (const set of [
      `metadata = jsonb_set(metadata, '{actor}', '"somebody"')`,
      "type = 'CustomerClosed'",
      "recorded_at = recorded_at + interval '1 ms'",
      "log_hash = ''",
    ]) {
      const differences = await inJournal(`UPDATE journal SET ${set} WHERE ${ROW}`);
      expect(differences[0]).toBe(`ROW_CHANGED journal 4, ${ANN}@1`);
    }
    const of = (set: string) => inJournal(`UPDATE journal SET ${set} WHERE ${ROW}`);
    expect(await of("event_id = gen_random_uuid()")).toEqual([`ID_DIFFERS journal 4, ${ANN}@1`]);
    expect(await of("commit = commit + 1")).toEqual([`POSITION_DIFFERS journal 4, ${ANN}@1`]);
  });

  it("a removed row is found", async () => {
    expect(await inJournal(`DELETE FROM journal WHERE ${ROW}`)).toEqual([`ROW_REMOVED ${ANN}@1`]);
  });

  it("an added row is found", async () => {
    expect(
      await inJournal(
        `INSERT INTO journal SELECT (jsonb_populate_record(j, '{"sequence": 8, "revision": 3}')).* FROM journal j WHERE ${ROW}`,
      ),
    ).toEqual([
      `ROW_CHANGED journal 8, ${ANN}@3`,
      `ROW_CHANGED journal 8, ${ANN}@3`,
      `HEAD_CHANGED journal_heads ${PROVIDER}`,
      `ROW_ADDED journal 8, ${ANN}@3`,
    ]);
  });

  it("two swapped rows are found", async () => {
    const swap = `UPDATE journal SET sequence = 9 - sequence WHERE provider_id = '${PROVIDER}' AND sequence IN (3, 6)`;
    expect(
      await inJournal(
        `${swap.replace("9 - sequence", "sequence + 100")}; ${swap.replace("9 - sequence", "109 - sequence").replace("(3, 6)", "(103, 106)")}`,
      ),
    ).toContain(`ROWS_REORDERED journal 3, ${BOB}@1`);
  });

  it("a stream's removed rows and a cut tail are found", async () => {
    const removed = await inJournal(`DELETE FROM journal WHERE stream = '${CID}'`);
    expect(removed.filter((each) => each.startsWith("ROW_REMOVED"))).toEqual([
      `ROW_REMOVED ${CID}@0`,
      `ROW_REMOVED ${CID}@1`,
    ]);
    expect(
      await inJournal(
        `DELETE FROM journal WHERE provider_id = '${PROVIDER}' AND sequence > 5;
         UPDATE journal_heads h SET sequence = 5, log_hash = j.log_hash FROM journal j
          WHERE j.provider_id = h.provider_id AND j.sequence = 5`,
      ),
    ).toEqual(["ROWS_CUT_OFF journal 6"]);
  });

  it("a chain that was recomputed is found, and a checkpoint says which side was rewritten", async () => {
    const checkpoint = await signedCheckpoint();
    // Without Cid's second event: his stream still holds, and so does the log.
    await dataSource.query(`DELETE FROM journal WHERE stream = '${CID}' AND revision = 1`);
    await rewriteLogChain();
    expect(await inJournal("SELECT", { checkpoint })).toEqual([
      `EVENT_ADDED ${CID}@1`,
      `JOURNAL_LEAVES_CHECKPOINT journal 5`,
    ]);
  });
});

describe("on both sides alike", () => {
  it("a rewrite of everything is found by a checkpoint, and where it begins", async () => {
    const checkpoint = await signedCheckpoint();
    await dataSource.query(`DELETE FROM journal WHERE stream = '${CID}' AND revision = 1`);
    await rewriteLogChain();
    const removed = (events: readonly LoggedEvent[]) => events.filter((e) => !at(CID, 1)(e));
    try {
      const leaving = ["JOURNAL_LEAVES_CHECKPOINT journal 5", "EVENTS_LEAVE_CHECKPOINT event store 5"];
      expect(await inLog(removed, {}, { checkpoint })).toEqual([[], leaving]);
    } finally {
      await inJournal("SELECT");
    }
  });
});
