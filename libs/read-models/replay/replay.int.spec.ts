import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { positionToText } from "#event-store/position.js";
import { projections } from "../read-models.js";
import { DatabaseSession } from "../runner/database-session.js";
import { type Projection } from "../runner/projection.js";
import { type ProjectionRunner, startProjections } from "../runner/runner.js";
import { crash } from "../spec-support/crash.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { allRows, checkpoints } from "../spec-support/rows.js";
import { customerCreated, tellStory } from "../spec-support/story.js";
import { discardReplay, type Replayed, replay, ReplayImpossible, type ReplayOptions } from "./replay.js";

const readModels = projections.filter(({ name }) => name !== "journal");

let databases: TestDatabases;
let dataSource: DataSource;
let log: Journal;
let runner: ProjectionRunner;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

beforeEach(async () => {
  log = new Journal();
  dataSource = await databases.migrated();
  tellStory(log);
  log.record("customer", id("Eve"), [customerCreated("Eve")], { provider: OTHER_PROVIDER });
  runner = startProjections({ store: log.store, dataSource, projections, log: () => undefined });
  await runner.reached(await log.store.tail());
});
afterEach(async () => {
  await runner.stop();
  await log.store.close();
  await databases.closePools();
});

const start = (options: Partial<ReplayOptions> = {}): Promise<Replayed> =>
  replay({
    ...{ store: log.store, dataSource, projections: readModels },
    ...{ source: "journal", providerId: null, switchIn: false, id: randomUUID(), mostRows: 100 },
    signal: new AbortController().signal,
    progress: () => undefined,
    ...options,
  });

const schemas = (): Promise<unknown> =>
  dataSource.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenure%'");

/** Whatever is changed while nobody projects, and what a replay says of it. */
const tamper = async (sql: string): Promise<void> => {
  await runner.stop();
  await dataSource.query(sql);
};

describe("a replay", () => {
  it.each(["journal", "events"] as const)("from %s finds the live rows as the events make them", async (source) => {
    const before = await allRows(dataSource);
    const phases = new Set<string>();
    const { tables, ...replayed } = await start({ source, progress: ({ phase }) => phases.add(phase) });
    expect(replayed).toEqual({
      position: await log.store.tail(),
      versions: Object.fromEntries(readModels.map(({ name, version }) => [name, version])),
      ...{ rows: [], notCompared: [], stalls: [], switched: false },
      events: log.events.length,
    });
    const counted = readModels
      .flatMap((projection) => projection.tables)
      .map((table) => {
        const count = before[table]?.length ?? 0;
        return { table, live: count, rebuilt: count, different: 0 };
      });
    const passed = { table: "passed_events", live: 0, rebuilt: 0, different: 0 };
    expect(tables).toEqual([...counted, ...(source === "events" ? [passed] : [])]);
    expect([[...phases], await allRows(dataSource), await schemas()]).toEqual([
      ["rebuilding", "comparing"],
      before,
      [],
    ]);
  });

  it("names every row that was tampered with, and mends it where it is switched in, while the log goes on", async () => {
    const before = await allRows(dataSource);
    await tamper(`
      UPDATE customers SET name = 'Eva', state = jsonb_set(state, '{contact,name}', '"Eva"') WHERE provider_id = '${OTHER_PROVIDER}';
      DELETE FROM processed_commands WHERE command_id = (SELECT command_id FROM processed_commands ORDER BY 1 LIMIT 1);
    `);
    await dataSource.query(
      `INSERT INTO passed_events (stream, revision, provider_id, event_id, event_type, why)
       VALUES ('tenure.x', 7, '${PROVIDER}', '${PROVIDER}', 'X', 'FOREIGN')`,
    );
    const { rows, tables } = await start({ source: "events" });
    const [gone] = rows.filter(({ table }) => table === "processed_commands");
    expect(rows).toEqual([
      {
        table: "customers",
        key: { provider_id: OTHER_PROVIDER, id: id("Eve") },
        kind: "CHANGED",
        values: [
          { path: "name", live: "Eva", rebuilt: "Eve" },
          { path: "state.contact.name", live: "Eva", rebuilt: "Eve" },
        ],
      },
      { table: "processed_commands", key: gone?.key, kind: "MISSING", values: [] },
      { table: "passed_events", key: { stream: "tenure.x", revision: 7 }, kind: "ADDED", values: [] },
    ]);
    expect(tables.filter(({ different }) => different > 0)).toMatchObject([
      { table: "customers", different: 1 },
      { table: "processed_commands", different: 1 },
      { table: "passed_events", different: 1 },
    ]);

    runner = startProjections({ store: log.store, dataSource, projections, log: () => undefined });
    const mended = await start({ switchIn: true, source: "events" });
    expect([mended.switched, mended.rows.length]).toEqual([true, 3]);
    expect(await allRows(dataSource)).toEqual(before);
    log.record("customer", id("Bob"), [customerCreated("Bob")]);
    await runner.reached(await log.store.tail());
    const after = await start({ source: "events" });
    expect([after.rows, after.position, await schemas()]).toEqual([[], await log.store.tail(), []]);
    expect(new Set(Object.values(await checkpoints(dataSource)))).toEqual(
      new Set([`LIVE ${positionToText(after.position)}`]),
    );
  });

  it("of one provider looks at its rows alone, and cannot be switched in", async () => {
    await tamper(`UPDATE customers SET name = 'Eva' WHERE provider_id = '${OTHER_PROVIDER}'`);
    const ours = await start({ providerId: PROVIDER });
    const theirs = await start({ providerId: OTHER_PROVIDER, source: "events" });
    expect([ours.rows, theirs.rows.map(({ values }) => values), theirs.events, ours.events]).toEqual([
      [],
      [[{ path: "name", live: "Eva", rebuilt: "Eve" }]],
      1,
      log.events.length - 1,
    ]);
    await expect(start({ providerId: PROVIDER, switchIn: true })).rejects.toThrow(ReplayImpossible);
  });

  it("that is broken off is gone on with, or removed", async () => {
    const cancelled = new AbortController();
    const broken = start({
      ...{ source: "events", id: "first" },
      signal: cancelled.signal,
      progress: ({ phase, done }) => {
        if (phase === "comparing" && done > 0) cancelled.abort(new Error("cancelled"));
      },
    });
    await expect(broken).rejects.toThrow("cancelled");
    expect(await schemas()).toEqual([{ nspname: "tenure_replay" }]);
    log.record("customer", id("Bob"), [customerCreated("Bob")]);
    await runner.reached(await log.store.tail());
    const resumed = await start({ source: "events", id: "first" });
    expect([resumed.events, resumed.rows, await schemas()]).toEqual([log.events.length, [], []]);

    await expect(
      start({
        progress: () => {
          throw new Error("ends");
        },
      }),
    ).rejects.toThrow("ends");
    await discardReplay(dataSource);
    expect(await schemas()).toEqual([]);
  });

  it("says so where PostgreSQL came back after a crash, which empties what was built, and can be started again", async () => {
    const query = dataSource.query.bind(dataSource);
    let isBuilt = false;
    const spy = vi.spyOn(dataSource, "query").mockImplementation(async (...asked) => {
      if (isBuilt && asked[0].includes("projection_checkpoints")) {
        isBuilt = false;
        spy.mockRestore();
        await crash(dataSource, "tenure_replay");
      }
      return query(...asked);
    });
    const broken = start({
      id: "crash",
      progress: ({ done }) => {
        isBuilt ||= done > 0;
      },
    });
    await expect(broken).rejects.toThrow(
      "PostgreSQL came back after a crash, which empties what a replay has rebuilt.",
    );
    const again = await start({ id: "crash" });
    expect([again.rows, again.events]).toEqual([[], log.events.length]);
  });

  it("waits for the lock of a worker that stands still with the same job", async () => {
    await expect(
      start({
        id: "left",
        progress: () => {
          throw new Error("ends");
        },
      }),
    ).rejects.toThrow("ends");
    const still = await DatabaseSession.open(dataSource, "spec", 2_000);
    await still.query("SELECT pg_advisory_lock(7301013)");
    vi.spyOn(still, "query").mockReturnValue(new Promise(() => undefined));
    await expect(start({ id: "another" })).rejects.toThrow("Another replay is running.");
    expect((await start({ id: "left" })).rows).toEqual([]);
    expect(still.isEnded).toBe(true);
  });

  it("leaves out only indexes that there are", async () => {
    const late = readModels.flatMap(({ tables, lateIndexes = [] }) => lateIndexes.map((name) => ({ tables, name })));
    const found = await dataSource.query<{ name: string; table: string }[]>(
      "SELECT indexname AS name, tablename AS table FROM pg_indexes WHERE schemaname = 'public'",
    );
    const isThere = ({ tables, name }: (typeof late)[number]) =>
      found.some((index) => index.name === name && tables.includes(index.table));
    expect(late.filter((index) => !isThere(index))).toEqual([]);
  });

  it("is one at a time, and is refused while the live tables are of another version", async () => {
    let second: Promise<unknown> | undefined;
    const first = start({
      progress: () => {
        second ??= start().catch((error: unknown) => error);
      },
    });
    expect([(await first).rows, await second]).toEqual([[], new ReplayImpossible("Another replay is running.")]);
    await tamper("UPDATE projection_checkpoints SET version = version - 1 WHERE name = 'billing'");
    await expect(start()).rejects.toThrow("The live read model billing is of another version");
  });

  it("stalls the providers that the live read models stall, and says where it does not", async () => {
    const stream = log.events.at(-1)?.stream ?? "";
    log.store.write(stream, {
      id: id("bad"),
      type: "CustomerClosed",
      data: {},
      metadata: { ...log.events.at(-1)?.metadata, schemaVersion: 2 },
    });
    await runner.reached(await log.store.tail());
    expect(await start({ source: "events" })).toMatchObject({ rows: [], stalls: [] });
    expect(await start()).toMatchObject({ rows: [], stalls: [] });
    await tamper("DELETE FROM projection_stalls WHERE projection = 'billing'");
    expect(await start({ source: "events" })).toMatchObject({
      rows: [],
      stalls: [{ readModel: "billing", providerId: OTHER_PROVIDER, inLive: false }],
    });
  });

  it("fails where a projection does, and says which", async () => {
    const broken = readModels.map((projection): Projection =>
      projection.name === "billing"
        ? { ...projection, apply: () => Promise.reject(new Error("no such thing")) }
        : projection,
    );
    await expect(start({ projections: broken })).rejects.toThrow(
      "The read model billing cannot be rebuilt: no such thing",
    );
  });
});
