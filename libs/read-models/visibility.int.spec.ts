import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Position } from "#event-store/position.js";
import { createDataSource } from "./data-source.js";
import { alignCheckpoints, loadCheckpoints, moveCheckpoints, parkCheckpoint } from "./runner/checkpoints.js";
import { type Projection } from "./runner/projection.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { createVisibility, type Visibility } from "./visibility.js";

let databases: TestDatabases;
let dataSource: DataSource;
let visibility: Visibility;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  dataSource = await databases.migrated();
  await alignCheckpoints(dataSource, ["a", "b"].map(projection));
  visibility = createVisibility(dataSource);
});
afterEach(async () => {
  await visibility.close();
  await databases.closePools();
});

const projection = (name: string): Projection => ({
  name,
  version: 1,
  tables: [],
  categories: [],
  apply: () => Promise.resolve(),
});

const at = (place: number): Position => ({ commit: BigInt(place), prepare: BigInt(place) });

const move = async (place: number, ...names: string[]): Promise<void> => {
  const expected = (await loadCheckpoints(dataSource)).filter(({ name }) => names.includes(name));
  await dataSource.transaction((manager) => moveCheckpoints(manager, expected, at(place), "LIVE"));
};

describe("waiting until a position is visible", () => {
  it("answers at once what was reached before", async () => {
    await move(100, "a", "b");
    expect(await visibility.waitUntilVisible(at(100))).toBe(true);
    expect(await visibility.waitUntilVisible(at(50))).toBe(true);
  });

  it("answers within milliseconds of the checkpoint, however many wait", async () => {
    await move(100, "a", "b");
    await visibility.waitUntilVisible(at(100));
    let reached = 100;
    const tookMs = async (): Promise<number> => {
      const waiting = Array.from({ length: 50 }, (_, n) => visibility.waitUntilVisible(at(reached + 1 + n), 60_000));
      reached += 50;
      await move(reached, "a", "b");
      const moved = performance.now();
      expect(await Promise.all(waiting)).toEqual(waiting.map(() => true));
      return performance.now() - moved;
    };
    // Some try is quick on a slow machine, too; without notifications, each takes until the next look.
    await expect.poll(tookMs).toBeLessThan(150);
  });

  it("waits for every read model", async () => {
    const waiting = visibility.waitUntilVisible(at(100), 60_000);
    await move(100, "a");
    expect(await Promise.race([waiting, visibility.waitUntilVisible(at(100), 300)])).toBe(false);
    await move(100, "b");
    expect(await waiting).toBe(true);
  });

  it("is false after the timeout", async () => {
    const began = performance.now();
    expect(await visibility.waitUntilVisible(at(100), 200)).toBe(false);
    expect(performance.now() - began).toBeGreaterThan(190);
  });

  it("does not wait for one that is parked, but does not call it visible either", async () => {
    const [a] = await loadCheckpoints(dataSource);
    if (a) await parkCheckpoint(dataSource, a, "broken");
    const waiting = visibility.waitUntilVisible(at(100), 60_000);
    await move(100, a?.name === "a" ? "b" : "a");
    const began = performance.now();
    expect(await waiting).toBe(false);
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it("does not wait for one that the program no longer has", async () => {
    await alignCheckpoints(dataSource, [projection("a")]);
    await move(100, "a");
    expect(await visibility.waitUntilVisible(at(100))).toBe(true);
  });

  it("comes back after its connection was lost", async () => {
    await move(100, "a", "b");
    expect(await visibility.waitUntilVisible(at(100))).toBe(true);
    await dataSource.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tenure visibility' AND datname = current_database()",
    );
    const waiting = visibility.waitUntilVisible(at(200), 60_000);
    await move(200, "a", "b");
    expect(await waiting).toBe(true);
  });

  it("is false, not an error, without a database", async () => {
    const nowhere = createVisibility(createDataSource("postgres://127.0.0.1:1/none"));
    expect(await nowhere.waitUntilVisible(at(1), 200)).toBe(false);
    await nowhere.close();
  });

  it("sees what another process projects", async () => {
    const other = await databases.again(dataSource);
    const waiting = visibility.waitUntilVisible(at(300), 60_000);
    const checkpoints = await loadCheckpoints(other);
    await other.transaction((manager) => moveCheckpoints(manager, checkpoints, at(300), "LIVE"));
    expect(await waiting).toBe(true);
  });
});
