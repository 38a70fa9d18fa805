import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal } from "../spec-support/journal.js";
import { customerCreated } from "../spec-support/story.js";
import { offenderOf } from "./apply-one.js";
import { besides } from "./beside.js";
import { type Projection } from "./projection.js";

describe("a connection that does not wait for what it writes", () => {
  let databases: TestDatabases;
  let dataSource: DataSource;
  beforeAll(async () => {
    databases = await openDatabases();
    const plain = await databases.open(await databases.url());
    dataSource = await besides(plain, "public", 2, { isBounded: false }).initialize();
  });
  beforeEach(async () => {
    await dataSource.query("DROP TABLE IF EXISTS numbers");
    await dataSource.query("CREATE TABLE numbers (number integer PRIMARY KEY CHECK (number < 100))");
  });
  afterAll(async () => {
    await dataSource.destroy();
    await databases.stop();
  });

  const write = "INSERT INTO numbers SELECT * FROM unnest($1::int[])";
  const written = () => dataSource.query<unknown[]>("SELECT * FROM numbers ORDER BY number");

  it("reads what it wrote before, and keeps it", async () => {
    const read = await dataSource.transaction(async (manager) => {
      for (let number = 1; number <= 20; number += 1) await manager.query(write, [[number]]);
      await manager.query("UPDATE numbers SET number = number + 50 WHERE number > 2");
      await manager.query("DELETE FROM numbers WHERE number > 53");
      return manager.query<unknown[]>("SELECT number FROM numbers ORDER BY number");
    });
    expect(read).toEqual([{ number: 1 }, { number: 2 }, { number: 53 }]);
    expect(await written()).toEqual(read);
  });

  it("tells at the end of a transaction that a write failed, which leaves nothing of it", async () => {
    const failing = dataSource.transaction(async (manager) => {
      await manager.query(write, [[1]]);
      await manager.query(write, [[100]]);
      await manager.query(write, [[2]]);
    });
    await expect(failing).rejects.toMatchObject({ code: "23514" });
    expect(await written()).toEqual([]);
  });

  it("tells it to who reads behind it, and is as before then", async () => {
    const failing = dataSource.transaction(async (manager) => {
      await manager.query(write, [[1]]);
      await manager.query(write, [[1]]);
      await manager.query("SELECT 1");
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    await dataSource.transaction((manager) => manager.query(write, [[3]]));
    expect(await written()).toEqual([{ number: 3 }]);
  });

  it("lets the event be found whose write is refused, although nothing is read behind it", async () => {
    const journal = new Journal();
    const events = [1, 2, 3, 4, 5].flatMap((customer) =>
      journal.record("customer", id(`customer ${customer}`), [customerCreated("Ann")]),
    );
    const refused = events[2];
    const numbers: Projection = {
      ...{ name: "numbers", version: 1, tables: ["numbers"], categories: ["customer"] },
      async apply(manager, batch) {
        await manager.query(write, [batch.map((event) => (event.id === refused?.id ? 100 : events.indexOf(event)))]);
      },
    };
    const applying = dataSource.transaction((manager) => numbers.apply(manager, events as never));
    const error: unknown = await applying.catch((failure: unknown) => failure);
    expect((await offenderOf(dataSource, numbers, events, error))?.id).toBe(refused?.id);
  });

  it("keeps plans of what comes back, whatever failed in between", async () => {
    for (let number = 1; number <= 5; number += 1) {
      await dataSource.transaction((manager) => manager.query(write, [[number]]));
      const failing = dataSource.transaction(async (manager) => {
        await manager.query(write, [[number]]);
        await manager.query(write, [[50 + number]]);
      });
      await expect(failing).rejects.toMatchObject({ code: "23505" });
    }
    const kept = await dataSource.query<unknown[]>("SELECT statement FROM pg_prepared_statements");
    expect(kept).toEqual([{ statement: write }]);
    expect(await written()).toEqual([1, 2, 3, 4, 5].map((number) => ({ number })));
  });

  it("answers a write that tells something itself", async () => {
    expect(await dataSource.query(`${write} RETURNING *`, [[7]])).toEqual([{ number: 7 }]);
  });
});
