import { type DataSource, type EntityManager } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type RecordedEvent } from "#event-store/event.js";
import { type Position, START } from "#event-store/position.js";
import { projections } from "../read-models.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, PROVIDER } from "../spec-support/journal.js";
import { allRows, checkpoints } from "../spec-support/rows.js";
import { customerCreated, tellStory } from "../spec-support/story.js";
import { crash, unlogged } from "../spec-support/crash.js";
import { CALLS_CHANNEL } from "./calls.js";
import { DatabaseSession } from "./database-session.js";
import { type Projection } from "./projection.js";
import { type ProjectionRunner, type ProjectionsOptions, startProjections } from "./runner.js";
import { openShadow } from "./shadow.js";
import { readSnapshot } from "./snapshot.js";
import { SwitchLater, switchTables } from "./switch.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
const running: ProjectionRunner[] = [];

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

beforeEach(async () => {
  journal = new Journal();
  dataSource = await databases.migrated();
  await dataSource.query("CREATE TABLE tallies (name text, events integer NOT NULL, PRIMARY KEY (name))");
  await dataSource.query("CREATE INDEX tallies_events ON tallies (events)");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await journal.store.close();
  await databases.closePools();
});

/** Counts the events that it gets, under a name by version; `goOn` is awaited before each batch. */
const tally = (
  version: number,
  goOn: (events: readonly RecordedEvent[], manager: EntityManager) => Promise<unknown> = () => Promise.resolve(),
): Projection<"customer"> => ({
  name: "tally",
  version,
  tables: ["tallies"],
  categories: ["customer"],
  async apply(manager, events) {
    await goOn(events, manager);
    const sql = "INSERT INTO tallies AS t VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET events = t.events + $2";
    await manager.query(sql, [`version ${version}`, events.length]);
  },
});

/** Something to wait for, and its end. */
const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened: () => opened, open };
};

const start = (of: readonly Projection[], options: Partial<ProjectionsOptions> = {}): ProjectionRunner => {
  const runner = startProjections({
    store: journal.store,
    dataSource,
    projections: of,
    log: () => undefined,
    ...options,
  });
  running.push(runner);
  return runner;
};

const customers = (count: number): Position => {
  for (let number = 1; number <= count; number += 1) {
    const name = `C${journal.events.length + 1}`;
    journal.record("customer", id(name), [customerCreated(name)]);
  }
  return journal.events.at(-1)?.position ?? START;
};

const shown = (): Promise<unknown> =>
  dataSource.query(
    `SELECT t.name, t.events, c.version, c.commit FROM tallies t, projection_checkpoints c WHERE c.name = 'tally'`,
  );
const shadows = async (): Promise<string[]> =>
  (
    await dataSource.query<{ name: string }[]>(
      "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'tenure%' ORDER BY 1",
    )
  ).map(({ name }) => name);

/** A program of version 1 has projected some customers, and was stopped. */
const builtByVersion1 = async (count: number): Promise<Position> => {
  const runner = start([tally(1)]);
  const position = customers(count);
  await runner.reached(position);
  await runner.stop();
  return position;
};

describe("a new version of a read model", () => {
  it("is built beside the rows of the version before, which serve until it has caught up", async () => {
    const position = await builtByVersion1(3);
    const held = gate();
    const runner = start([tally(2, held.opened)]);
    await vi.waitFor(async () => {
      expect(await shadows()).toEqual(["tenure_rebuild"]);
    }, 120_000);
    let isReached = false;
    const reached = runner.reached(position).then(() => (isReached = true));
    customers(2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The old rows are at the position, and of another version: nothing may be recorded because of them.
    expect(isReached).toBe(false);
    expect(await shown()).toEqual([{ name: "version 1", events: 3, version: 1, commit: "300" }]);

    held.open();
    await reached;
    await runner.reached(await journal.store.tail());
    expect(await shown()).toEqual([{ name: "version 2", events: 5, version: 2, commit: "500" }]);
    await runner.reached(customers(1));
    expect(await shown()).toEqual([{ name: "version 2", events: 6, version: 2, commit: "600" }]);
    await vi.waitFor(async () => {
      expect([await shadows(), runner.status().readers.length]).toEqual([[], 1]);
    }, 120_000);
  });

  it("keeps indexes and constraints with their names, late ones too, and calls nobody to work", async () => {
    await builtByVersion1(2);
    const named = (): Promise<unknown> =>
      dataSource.query("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'tallies' ORDER BY 1");
    const before = await named();
    const calls: string[] = [];
    const session = await DatabaseSession.open(dataSource, "spec");
    session.onNotification((payload, channel) => calls.push(`${channel} ${payload}`));
    await session.query(`LISTEN ${CALLS_CHANNEL}`);
    const runner = start([{ ...tally(2), lateIndexes: ["tallies_events"] }]);
    await runner.reached(await journal.store.tail());
    await session.query("SELECT 1");
    expect([await named(), await unlogged(dataSource, "public"), calls]).toEqual([before, [], []]);
    await session.close();
  });

  it("is built while an older program projects, and is there as soon as that one ends", async () => {
    const older = start([tally(1)]);
    await older.reached(customers(2));
    const newer = start([tally(2)], { dataSource: await databases.again(dataSource) });
    await vi.waitFor(async () => {
      const built: unknown = await dataSource.query("SELECT name, events FROM tenure_rebuild.tallies");
      expect(built).toEqual([{ name: "version 2", events: 2 }]);
    }, 120_000);
    await older.reached(customers(2));
    expect(older.status().leading).toBe(true);
    expect(await shown()).toEqual([{ name: "version 1", events: 4, version: 1, commit: "400" }]);
    await older.stop();
    await newer.reached(customers(1));
    expect(await shown()).toEqual([{ name: "version 2", events: 5, version: 2, commit: "500" }]);
  });

  it("is gone on with by the next process, and begun again where version or tables are others", async () => {
    await builtByVersion1(700);
    /** Builds the first batch of the version, and breaks off in the second. */
    const begin = async (version: number): Promise<void> => {
      let built = 0;
      const runner = start([
        tally(version, (events) => {
          if (built > 0) return Promise.reject(new Error("broken off"));
          built = events.length;
          return Promise.resolve();
        }),
      ]);
      await vi.waitFor(async () => {
        expect(await checkpointInShadow()).toEqual([{ commit: "50000", version }]);
      }, 120_000);
      await runner.stop();
    };
    const checkpointInShadow = (): Promise<unknown> =>
      dataSource.query("SELECT commit, version FROM tenure_rebuild.projection_checkpoints");
    const finish = async (version: number): Promise<unknown> => {
      let given = 0;
      const runner = start([tally(version, (events) => Promise.resolve(void (given += events.length)))]);
      await runner.reached(await journal.store.tail());
      await runner.stop();
      return [given, await shown()];
    };
    const done = (version: number) => [{ name: `version ${version}`, events: 700, version, commit: "70000" }];
    await begin(2);
    expect(await finish(2)).toEqual([200, done(2)]);
    await begin(3);
    expect(await finish(4)).toEqual([700, done(4)]);
    await begin(5);
    await dataSource.query("ALTER TABLE tallies ADD COLUMN note text");
    expect(await finish(5)).toEqual([700, done(5)]);
  });

  it("is begun anew where PostgreSQL came back after a crash, which empties what was built", async () => {
    const older = start([tally(1)]);
    await older.reached(customers(2));
    const log: string[] = [];
    const newer = start([tally(2)], {
      dataSource: await databases.again(dataSource),
      log: (line) => log.push(line),
    });
    const isBuilt = (events: number) =>
      vi.waitFor(async () => {
        const built: unknown = await dataSource.query("SELECT name, events FROM tenure_rebuild.tallies");
        expect(built).toEqual([{ name: "version 2", events }]);
      }, 120_000);
    await isBuilt(2);
    await crash(dataSource, "tenure_rebuild");
    await older.reached(customers(1));
    await isBuilt(3);
    await older.stop();
    await newer.reached(await journal.store.tail());
    expect(await shown()).toEqual([{ name: "version 2", events: 3, version: 2, commit: "300" }]);
    expect(await unlogged(dataSource, "public")).toEqual([]);
    expect(log).toContain("PostgreSQL came back after a crash: new versions of read models are begun anew");
  });

  it("that fails leaves the old rows, tells why, and is built once it does not fail", async () => {
    await builtByVersion1(2);
    let broken = true;
    const failing = tally(2, () => (broken ? Promise.reject(new Error("no such thing")) : Promise.resolve()));
    const log: string[] = [];
    const runner = start([failing], { log: (line) => log.push(line) });
    await expect(runner.reached(await journal.store.tail())).rejects.toThrow(
      "Projection tally is parked: no such thing",
    );
    expect(await shown()).toEqual([{ name: "version 1", events: 2, version: 1, commit: "200" }]);
    expect(log).toEqual([
      "New versions of read models are built beside the live ones: tally",
      "Beside the live tables: Projection tally is parked, it will be retried: no such thing",
    ]);
    broken = false;
    await vi.waitFor(async () => runner.reached(await journal.store.tail()), 60_000);
    expect(await shown()).toEqual([{ name: "version 2", events: 2, version: 2, commit: "200" }]);
  });

  it("takes its partitions and its stalled providers along", async () => {
    await dataSource.query("DROP TABLE tallies");
    await dataSource.query(
      "CREATE TABLE tallies (name text, events integer, PRIMARY KEY (name)) PARTITION BY LIST (name)",
    );
    await dataSource.query("CREATE TABLE tallies_1 PARTITION OF tallies FOR VALUES IN ('version 1')");
    await builtByVersion1(1);
    journal.store.write(journal.events[0]?.stream ?? "", {
      id: id("bad"),
      type: "CustomerClosed",
      data: {},
      metadata: { ...journal.events[0]?.metadata, schemaVersion: 2 },
    });
    const partition = "CREATE TABLE IF NOT EXISTS tallies_2 PARTITION OF tallies FOR VALUES IN ('version 2')";
    const runner = start([tally(2, (_events, manager) => manager.query(partition))]);
    await runner.reached(await journal.store.tail());
    expect(await shown()).toEqual([{ name: "version 2", events: 1, version: 2, commit: "200" }]);
    const tables = "SELECT tablename, schemaname FROM pg_tables WHERE tablename LIKE 'tallies%' ORDER BY 1";
    expect(await dataSource.query(tables)).toEqual([
      { tablename: "tallies", schemaname: "public" },
      { tablename: "tallies_2", schemaname: "public" },
    ]);
    expect(await dataSource.query("SELECT projection, provider_id FROM projection_stalls")).toEqual([
      { projection: "tally", provider_id: PROVIDER },
    ]);
  });

  it("comes out as the one before where nothing but the version is new", async () => {
    tellStory(journal);
    const first = start(projections);
    await first.reached(await journal.store.tail());
    await first.stop();
    const rows = await allRows(dataSource);
    const second = start(projections.map((projection) => ({ ...projection, version: 99 })));
    await second.reached(await journal.store.tail());
    expect([await allRows(dataSource), [...new Set(Object.values(await checkpoints(dataSource)))]]).toEqual([
      rows,
      [`LIVE ${journal.events.at(-1)?.position.commit}/${journal.events.at(-1)?.position.prepare}`],
    ]);
  });
});

describe("the switch", () => {
  it("waits for snapshots that were begun, which see the old tables to their end", async () => {
    await builtByVersion1(2);
    const runner = readSnapshot(dataSource, async (manager) => {
      const newer = start([tally(2)], { dataSource: await databases.again(dataSource) });
      await vi.waitFor(async () => {
        const built: unknown = await dataSource.query("SELECT name, events FROM tenure_rebuild.tallies");
        expect(built).toEqual([{ name: "version 2", events: 2 }]);
      }, 120_000);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(await manager.query("SELECT * FROM tallies")).toEqual([{ name: "version 1", events: 2 }]);
      return newer;
    });
    await (await runner).reached(await journal.store.tail());
    expect(await shown()).toEqual([{ name: "version 2", events: 2, version: 2, commit: "200" }]);
  });

  it("does not take place where the rebuilt tables are behind the live ones", async () => {
    await builtByVersion1(2);
    await openShadow(dataSource, "tenure_rebuild", [tally(2)]);
    await expect(switchTables(dataSource, "tenure_rebuild", [tally(2)])).rejects.toThrow(SwitchLater);
    expect(await shown()).toEqual([{ name: "version 1", events: 2, version: 1, commit: "200" }]);
  });

  it("shows readers the old rows or the new ones, and never fails them", async () => {
    await builtByVersion1(5);
    const answers = new Set<string>();
    const reader = await databases.again(dataSource);
    const reading = new AbortController();
    const read = (async () => {
      while (!reading.signal.aborted) {
        answers.add(JSON.stringify(await reader.query("SELECT name, events FROM tallies ORDER BY 1")));
      }
    })();
    for (const version of [2, 3, 4]) {
      const runner = start([tally(version)]);
      await runner.reached(await journal.store.tail());
      await runner.stop();
    }
    reading.abort();
    await read;
    expect([...answers].sort()).toEqual([1, 2, 3, 4].map((version) => `[{"name":"version ${version}","events":5}]`));
  });
});
