import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDataSource } from "./data-source.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

/** One connection, so that all statements share it. */
beforeEach(async () => {
  dataSource = createDataSource(await databases.url(), { poolSize: 1, answerWithinMs: 60_000 });
  await dataSource.initialize();
});
afterEach(() => dataSource.destroy());

const ask = (sql: string, ...parameters: unknown[]): Promise<unknown> => dataSource.query(sql, parameters);
const kept = (): Promise<unknown> => dataSource.query("SELECT name, statement FROM pg_prepared_statements");

describe("a connection", () => {
  it("keeps the plans of statements that come back, and answers by them", async () => {
    const statement = "SELECT $1::int + 1 AS next";
    for (const n of [1, 2, 3, 4]) expect(await ask(statement, n)).toEqual([{ next: n + 1 }]);
    await ask("SELECT $1::int", 1);
    expect(await kept()).toEqual([{ name: "kept_1", statement }]);
  });

  it("gives up a plan in the middle of a transaction", async () => {
    const statement = "SELECT $1::int AS n";
    await dataSource.transaction(async (manager) => {
      for (let n = 1; n <= 504; n += 1) expect(await manager.query(statement, [n])).toEqual([{ n }]);
    });
    expect(await kept()).toEqual([{ name: "kept_2", statement }]);
  });

  it("answers as before once a table has other columns", async () => {
    await ask("CREATE TABLE things (id int, name text)");
    await ask("INSERT INTO things VALUES (1, 'one')");
    const [named, all] = ["SELECT name FROM things WHERE id = $1", "SELECT * FROM things WHERE id = $1"];
    for (const sql of [named, named, named, all, all, all]) await ask(sql, 1);
    await ask("ALTER TABLE things ADD COLUMN size int");
    expect(await ask(named, 1)).toEqual([{ name: "one" }]);
    expect(await ask(all, 1)).toEqual([{ id: 1, name: "one", size: null }]);
  });

  it("says what is wrong with a statement each time, and goes on", async () => {
    for (let time = 1; time <= 600; time += 1) {
      await expect(ask("SELECT nothing FROM nowhere WHERE id = $1", 1)).rejects.toThrow(/relation "nowhere" does not/);
    }
    for (let time = 1; time <= 5; time += 1) {
      await expect(ask("SELECT 1 / $1::int AS n", 0)).rejects.toThrow("division by zero");
    }
    expect(await ask("SELECT 1 / $1::int AS n", 1)).toEqual([{ n: 1 }]);
  });
});
