import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { projections } from "../read-models.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal } from "../spec-support/journal.js";
import { allRows, checkpoints, project } from "../spec-support/rows.js";
import { customerCreated, tellStory } from "../spec-support/story.js";
import { applyBatch } from "./apply-batch.js";
import { alignCheckpoints, CheckpointMoved } from "./checkpoints.js";
import { membersOf } from "./leader.js";
import { type Projection } from "./projection.js";
import { type ProjectionRunner, type ProjectionsOptions, startProjections } from "./runner.js";

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
  await dataSource.query("CREATE TABLE tallies (name text PRIMARY KEY, events integer NOT NULL)");
  await dataSource.query("CREATE TABLE tallies_too (name text PRIMARY KEY, events integer NOT NULL)");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await journal.store.close();
  await databases.closePools();
});

/** Counts the events it gets: one that comes twice or not at all shows. */
const tally = (
  name: string,
  table = "tallies",
  fails: (events: readonly RecordedEvent[]) => string | null = () => null,
) =>
  ({
    name,
    version: 1,
    tables: [table],
    categories: ["customer"],
    async apply(manager, events) {
      const sql = `INSERT INTO ${table} AS t VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET events = t.events + $2`;
      await manager.query(sql, [name, events.length]);
      const reason = fails(events);
      if (reason !== null) throw new Error(reason);
    },
  }) satisfies Projection<"customer">;

const start = (options: Partial<ProjectionsOptions> = {}): ProjectionRunner => {
  const runner = startProjections({ store: journal.store, dataSource, projections, log: () => undefined, ...options });
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

const counted = async (table = "tallies"): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await dataSource.query<{ name: string; events: number }[]>(`SELECT * FROM ${table}`)).map((row) => [
      row.name,
      row.events,
    ]),
  );

describe("the runner", () => {
  it("projects what the log holds, then what comes", async () => {
    const runner = start();
    tellStory(journal);
    await runner.reached(await journal.store.tail());
    const rows = await allRows(dataSource);

    const other = await databases.migrated();
    await project(other, journal.events);
    expect(rows).toEqual(await allRows(other));
    expect(runner.status()).toMatchObject({ leading: true, readers: [{ state: "live" }] });
  });

  it("goes on where it stopped", async () => {
    const first = start({ projections: [tally("a"), tally("b")] });
    await first.reached(customers(3));
    await first.stop();
    const second = start({ projections: [tally("a"), tally("b")] });
    await second.reached(customers(2));
    expect(await counted()).toEqual({ a: 5, b: 5 });
  });

  it("moves checkpoints over batches that concern nobody", async () => {
    const runner = start({ projections: [tally("a")] });
    journal.record("offer", id("turbo"), [{ type: "OfferWithdrawn", data: { effectiveOn: "2020-07-01" } }]);
    await runner.reached(await journal.store.tail());
    expect(await counted()).toEqual({});
    expect(await checkpoints(dataSource)).toEqual({ a: "LIVE 100/100" });
  });

  it("lets one process project at a time, and another take over when its connection ends", async () => {
    const [first, second] = [start({ projections: [tally("a")] }), start({ projections: [tally("a")] })];
    await Promise.all([first.reached(customers(2)), second.reached(await journal.store.tail())]);
    const [leader, standBy] = first.status().leading ? [first, second] : [second, first];
    expect(standBy.status().leading).toBe(false);

    // As after kill -9: the server ends the session, and with it the lock.
    await dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await vi.waitFor(() => {
      expect([leader, standBy].filter((runner) => runner.status().leading)).toHaveLength(1);
    }, 120_000);
    await Promise.all([leader.reached(customers(3)), standBy.reached(await journal.store.tail())]);
    expect(await counted()).toEqual({ a: 5 });
  });

  it("hands over when it stops", async () => {
    const first = start({ projections: [tally("a")] });
    await first.reached(customers(1));
    const second = start({ projections: [tally("a")] });
    await first.stop();
    await second.reached(customers(1));
    expect(second.status().leading).toBe(true);
    expect(await counted()).toEqual({ a: 2 });
  });

  it("counts every event once although two processes project at the same time", async () => {
    const position = customers(40);
    const other = await databases.again(dataSource);
    const batch = (from: number) => journal.events.slice(from, from + 5);
    const run = async (connection: DataSource): Promise<number> => {
      const of = [tally("a"), tally("b")];
      let lost = 0;
      let members = membersOf(of, await alignCheckpoints(connection, of));
      for (;;) {
        const at = members[0]?.checkpoint.position ?? START;
        if (comparePositions(at, position) >= 0) return lost;
        const from = journal.events.findIndex((event) => comparePositions(event.position, at) > 0);
        const events = batch(from);
        try {
          const reached = events.at(-1)?.position ?? at;
          await applyBatch(connection, members, { events, position: reached, caughtUp: false });
        } catch (error) {
          if (!(error instanceof CheckpointMoved)) throw error;
          lost += 1;
          members = membersOf(of, await alignCheckpoints(connection, of));
        }
      }
    };
    const lost = await Promise.all([run(dataSource), run(other)]);
    expect(lost[0] + lost[1]).toBeGreaterThan(0);
    expect(await counted()).toEqual({ a: 40, b: 40 });
  });

  it("leaves nothing of a batch behind when another process moved the checkpoint", async () => {
    customers(2);
    const of = [tally("a")];
    const members = membersOf(of, await alignCheckpoints(dataSource, of));
    await dataSource.query("UPDATE projection_checkpoints SET commit = 7 WHERE name = 'a'");
    const batch = { events: journal.events, position: await journal.store.tail(), caughtUp: true };
    await expect(applyBatch(dataSource, members, batch)).rejects.toThrow(CheckpointMoved);
    expect(await counted()).toEqual({});
  });

  it("resumes from the checkpoint that somebody else moved", async () => {
    const runner = start({ projections: [tally("a")] });
    await runner.reached(customers(2));
    // Somebody else has taken the next three events.
    await dataSource.query("UPDATE projection_checkpoints SET commit = 500, prepare = 500 WHERE name = 'a'");
    customers(4);
    await runner.reached(await journal.store.tail());
    expect(await counted()).toEqual({ a: 3 });
  });

  it("survives the loss of all its connections", async () => {
    const runner = start({ projections: [tally("a")] });
    await runner.reached(customers(1));
    await dataSource
      .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
      .catch(() => undefined);
    await runner.reached(customers(5));
    expect(await counted()).toEqual({ a: 6 });
    expect(runner.status().checkpoints).toMatchObject([{ status: "LIVE", error: null }]);
  });

  it("loses nothing when it is killed between a batch and its checkpoint", async () => {
    customers(3);
    const of = [tally("a")];
    const members = membersOf(of, await alignCheckpoints(dataSource, of));
    const killed = await databases.again(dataSource);
    const lastWords = tally("a", "tallies", () => "killed");
    const batch = { events: journal.events, position: await journal.store.tail(), caughtUp: true };
    const [member] = members;
    if (!member) throw new Error("no member");
    await expect(applyBatch(killed, [{ ...member, projection: lastWords }], batch)).rejects.toThrow("killed");
    await killed.destroy();
    const runner = start({ projections: of });
    await runner.reached(await journal.store.tail());
    expect(await counted()).toEqual({ a: 3 });
  });

  it("stops while nobody leads it, and rejects those who wait", async () => {
    const runner = start({ projections: [tally("a")] });
    const waiting = runner.reached({ commit: 1_000_000n, prepare: 0n });
    await Promise.all([expect(waiting).rejects.toThrow(/stopped before they reached 1000000\/0/), runner.stop()]);
  });
});

describe("a projection that fails", () => {
  it("is parked alone, tells why, and recovers", async () => {
    let broken = true;
    const failing = tally("b", "tallies_too", () => (broken ? "no such thing" : null));
    const log: string[] = [];
    const runner = start({ projections: [tally("a"), failing, tally("c")], log: (line) => log.push(line) });
    await runner.reached(customers(2), ["a", "c"]);
    await expect(runner.reached(await journal.store.tail())).rejects.toThrow("Projection b is parked: no such thing");
    await runner.reached(customers(3), ["a", "c"]);
    expect(await counted()).toEqual({ a: 5, c: 5 });
    expect(await counted("tallies_too")).toEqual({});
    const stored = "SELECT status, error FROM projection_checkpoints WHERE name = 'b'";
    expect(await dataSource.query(stored)).toEqual([{ status: "FAILED", error: "no such thing" }]);
    expect(log).toEqual(["Projection b is parked, it will be retried: no such thing"]);

    broken = false;
    await vi.waitFor(() => runner.reached(journal.events.at(-1)?.position ?? START), 120_000);
    await runner.reached(customers(2));
    expect(await counted("tallies_too")).toEqual({ b: 7 });
    expect(await dataSource.query(stored)).toEqual([{ status: "LIVE", error: null }]);
    await vi.waitFor(() => {
      expect(runner.status().readers).toHaveLength(1);
    }, 120_000);
  });

  it("is still parked after a restart, and recovers then", async () => {
    const of = (reason: string | null) => [tally("a"), tally("b", "tallies_too", () => reason)];
    const first = start({ projections: of("broken") });
    await first.reached(customers(2), ["a"]);
    await vi.waitFor(async () => {
      expect(await checkpoints(dataSource)).toMatchObject({ b: "FAILED 0/0" });
    }, 120_000);
    await first.stop();
    const second = start({ projections: of(null) });
    const position = customers(1);
    await vi.waitFor(() => second.reached(position), 120_000);
    expect([await counted(), await counted("tallies_too")]).toEqual([{ a: 3 }, { b: 3 }]);
  });

  it("may be the only one", async () => {
    let broken = true;
    const runner = start({ projections: [tally("a", "tallies", () => (broken ? "broken" : null))] });
    await expect(runner.reached(customers(1))).rejects.toThrow("broken");
    broken = false;
    const position = customers(1);
    await vi.waitFor(() => runner.reached(position), 120_000);
    expect(await counted()).toEqual({ a: 2 });
  });
});

describe("another set of projections", () => {
  it("lets a new one catch up by itself, then join", async () => {
    const first = start({ projections: [tally("a")] });
    await first.reached(customers(700));
    await first.stop();
    const second = start({ projections: [tally("a"), tally("b")] });
    await second.reached(customers(30));
    await second.reached(customers(3));
    expect(await counted()).toEqual({ a: 733, b: 733 });
    await vi.waitFor(() => {
      expect(second.status().readers).toHaveLength(1);
    }, 120_000);
  });

  it("builds a new version anew while the others stay", async () => {
    const first = start({ projections: [tally("a"), tally("b", "tallies_too")] });
    await first.reached(customers(4));
    await first.stop();
    await dataSource.query("UPDATE tallies_too SET events = 1000");
    const second = start({ projections: [tally("a"), { ...tally("b", "tallies_too"), version: 2 }] });
    await second.reached(customers(1));
    expect([await counted(), await counted("tallies_too")]).toEqual([{ a: 5 }, { b: 5 }]);
  });

  it("comes out the same when everything is built anew", async () => {
    tellStory(journal);
    const first = start();
    await first.reached(await journal.store.tail());
    await first.stop();
    const rows = await allRows(dataSource);
    const second = start({ projections: projections.map((projection) => ({ ...projection, version: 99 })) });
    await second.reached(await journal.store.tail());
    expect(await allRows(dataSource)).toEqual(rows);
  });

  it("leaves alone what a newer program built", async () => {
    const newer = start({ projections: [{ ...tally("a"), version: 2 }] });
    await newer.reached(customers(2));
    await newer.stop();
    const older = start({ projections: [tally("a"), tally("b")] });
    const position = customers(1);
    await older.reached(position, ["b"]);
    await expect(older.reached(position)).rejects.toThrow(/Projection a is parked: .* newer version/);
    expect(await counted()).toEqual({ a: 2, b: 3 });
  });

  it("retires what the program no longer has", async () => {
    const first = start({ projections: [tally("a"), tally("b")] });
    await first.reached(customers(1));
    await first.stop();
    await start({ projections: [tally("a")] }).reached(customers(1));
    expect(await checkpoints(dataSource)).toEqual({ a: "LIVE 200/200", b: "RETIRED 100/100" });
  });
});
