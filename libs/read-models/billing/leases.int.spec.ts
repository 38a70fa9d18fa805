import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { beat, leave, listMoments, publishMoment, type SharedMoment, takeLead } from "./leases.js";

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());

it("a published moment ends with the lead of the worker that published it", async () => {
  const [first, second, provider] = [randomUUID(), randomUUID(), randomUUID()];
  const shared: SharedMoment = {
    ...{ provider_id: provider, phase: "CLOSES" },
    ...{ moment: "2020-09-01T00:00:00.000Z", now: "2020-09-01T00:00:00.000Z" },
  };
  await beat(dataSource, first, 60_000);
  const term = (await takeLead(dataSource, first, provider)) ?? "";
  expect(await publishMoment(dataSource, term, shared)).toBe(true);
  expect(await listMoments(dataSource)).toEqual([shared]);
  await leave(dataSource, first);
  await beat(dataSource, second, 60_000);
  const next = (await takeLead(dataSource, second, provider)) ?? "";
  expect(await listMoments(dataSource)).toEqual([]);
  expect(await publishMoment(dataSource, term, shared)).toBe(false);
  expect(await publishMoment(dataSource, next, shared)).toBe(true);
  expect(await listMoments(dataSource)).toEqual([shared]);
});
