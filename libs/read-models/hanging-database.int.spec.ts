import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDataSource } from "./data-source.js";
import { boundedClient, StatementUnanswered } from "./runner/bounded-client.js";
import { isMomentary } from "./runner/failures.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { HangingProxy } from "./spec-support/hanging-proxy.js";
import { createVisibility } from "./visibility.js";

let databases: TestDatabases;
let proxy: HangingProxy;
let dataSource: DataSource;
let directly: string;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

beforeEach(async () => {
  directly = await databases.migratedUrl();
  const url = new URL(directly);
  proxy = await HangingProxy.to(Number(url.port));
  url.port = String(proxy.port);
  dataSource = createDataSource(url.href, { poolSize: 2, connectWithinMs: 400, answerWithinMs: 400 });
  await answered(() => dataSource.initialize());
});
afterEach(async () => {
  proxy.wake();
  await dataSource.destroy();
  proxy.close();
});

/** Asks again after failures of the moment: a slow machine may miss these limits, too. */
const answered = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isMomentary(error)) throw error;
    }
  }
};
const failures = async (asked: readonly Promise<unknown>[]): Promise<unknown[]> =>
  (await Promise.allSettled(asked)).map((outcome) =>
    outcome.status === "rejected" ? isMomentary(outcome.reason) : outcome.value,
  );

describe("a PostgreSQL that hangs", () => {
  it("ends every statement as a failure of the moment, also those that wait for a connection", async () => {
    await answered(() => Promise.all([1, 2].map((n) => dataSource.query("SELECT pg_sleep(0.05), $1::int", [n]))));
    proxy.hang();
    const reading = dataSource.transaction("REPEATABLE READ", (manager) => manager.query("SELECT 1"));
    const asked = [reading, ...[1, 2, 3, 4].map(() => dataSource.query("SELECT 1"))];
    expect(await failures(asked)).toEqual([true, true, true, true, true]);
    expect(await failures([dataSource.query("SELECT 1")])).toEqual([true]);
  });

  it("ends a transaction in the middle, and says that the statement was not answered", async () => {
    const writing = dataSource.transaction(async (manager) => {
      await manager.query("SELECT 1");
      proxy.hang();
      await manager.query("SELECT 2");
    });
    await expect(writing).rejects.toMatchObject({ driverError: new StatementUnanswered(400), code: "ETIMEDOUT" });
  });

  it("has all connections replaced when it wakes: no later statement gets an earlier one's answer", async () => {
    proxy.hang();
    await failures([1, 2, 3].map((n) => dataSource.query("SELECT $1::int AS n", [n])));
    proxy.wake();
    const asked = [4, 5, 6].map((n) => answered(() => dataSource.query<unknown>("SELECT $1::int AS n", [n])));
    const answers = await Promise.all(asked);
    expect(answers).toEqual([[{ n: 4 }], [{ n: 5 }], [{ n: 6 }]]);
  });

  it("ends a statement that takes too long while the server is well, there too", async () => {
    await expect(dataSource.query("SELECT pg_sleep(600)")).rejects.toSatisfy(isMomentary);
    const sleeping = () =>
      dataSource.query<unknown[]>(
        "SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid()",
      );
    // The server ends it soon after it was told to, and long before it would end by itself.
    await expect.poll(sleeping, { timeout: 120_000 }).toEqual([]);
  });

  it("takes with it the connection that follows the read models, which is replaced", async () => {
    const direct = await createDataSource(directly).initialize();
    await direct.query(
      `INSERT INTO projection_checkpoints (name, version, commit, prepare, status, updated_at)
       VALUES ('one', 1, 5, 5, 'LIVE', now())`,
    );
    const visibility = createVisibility(dataSource);
    expect(await visibility.waitUntilVisible({ commit: 5n, prepare: 5n }, 120_000)).toBe(true);
    proxy.hang();
    await direct.query("UPDATE projection_checkpoints SET commit = 6, prepare = 6");
    expect(await visibility.waitUntilVisible({ commit: 6n, prepare: 6n }, 100)).toBe(false);
    proxy.wakeForNewOnes();
    expect(await visibility.waitUntilVisible({ commit: 6n, prepare: 6n }, 120_000)).toBe(true);
    await visibility.close();
    await direct.destroy();
  });
});

describe("a bounded client", () => {
  it("answers as any other does when the server is in time", async () => {
    const Client = boundedClient(60_000);
    const client = new Client({ connectionString: await databases.migratedUrl() });
    await client.connect();
    expect((await client.query<{ n: number }>("SELECT $1::int AS n", [1])).rows).toEqual([{ n: 1 }]);
    await client.end();
  });
});
