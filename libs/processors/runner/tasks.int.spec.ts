import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DatabaseSession } from "#read-models/runner/database-session.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { type Processor } from "./processor.js";
import { openTasksOf, settleTask, takeTasks } from "./tasks.js";

const NOW = "2020-08-01T12:00:00.000Z";

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());

const processorOf = (name: string): Processor => ({
  ...{ name, from: "START", types: [], reads: [] },
  calls: () => [],
  run: () => Promise.resolve(undefined),
});

/** An open task of the processor. Returns the provider that it is for. */
const open = async (processor: string): Promise<string> => {
  const provider = randomUUID();
  await dataSource.query(
    `INSERT INTO processor_tasks (processor, provider_id, key, status, data, commit, prepare, calls, attempts, not_before,
                                  updated_at)
     VALUES ($1, $2, 'key', 'OPEN', '{}', 0, 0, 1, 0, now(), now())`,
    [processor, provider],
  );
  return provider;
};

it("billing waits for tasks of the program's processors alone", async () => {
  const [ours, theirs] = [await open("ours"), await open("theirs")];
  const tasks = openTasksOf(dataSource, [processorOf("ours")]);
  expect([await tasks.any(ours, NOW), await tasks.any(theirs, NOW)]).toEqual([true, false]);
});

it("a run that took too long does not end the one that took its task", async () => {
  const provider = await open("slow");
  const session = await DatabaseSession.open(dataSource, "tenure tasks");
  const take = (forMs: number) => takeTasks(session, ["slow"], new Map([[provider, NOW]]), 1, forMs);
  const statuses = () => dataSource.query("SELECT status, error FROM processor_tasks WHERE processor = 'slow'");
  const [first] = await take(-1_000);
  const [second] = await take(60_000);
  if (!first || !second) throw new Error("nothing was taken");
  await settleTask(dataSource, first, { status: "PARKED", error: "too late" });
  expect(await statuses()).toEqual([{ status: "OPEN", error: null }]);
  expect(await take(60_000)).toEqual([]);
  await settleTask(dataSource, second, { status: "DONE" });
  expect(await statuses()).toEqual([{ status: "DONE", error: null }]);
  await session.close();
});
