import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { urlOf } from "#read-models/runner/database-url.js";
import { primaryTables } from "#read-models/primary.js";
import { projections } from "#read-models/read-models.js";
import { type CallProgress, keepCallProgress } from "#read-models/voice/call-progress.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";

const NO_DELIVERIES = "deliveries: 0, delivery_outages: 0, delivery_providers: 0, processor_cursors: 0";
const callsOf = (count: number) => `open_calls: ${count}, failed_calls: ${count}`;
const ONE = "11111111-1111-4111-8111-111111111111";
const TWO = "22222222-2222-4222-8222-222222222222";

let databases: TestDatabases;
let folder: string;

beforeAll(async () => {
  databases = await openDatabases();
  folder = await mkdtemp(join(tmpdir(), "tenure-primary-"));
});
afterAll(async () => {
  await databases.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly code: number;
  readonly said: string;
}

/** Runs the built command on a database. */
const tenure = (dataSource: DataSource, ...args: string[]): Promise<Answer> =>
  new Promise((answered) => {
    const env = { ...process.env, DATABASE_URL: urlOf(dataSource) };
    execFile(process.execPath, [resolve("dist/apps/cli/main.js"), ...args], { env }, (error, stdout, stderr) => {
      answered({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}`.trim() });
    });
  });

const insert = (dataSource: DataSource, provider: string, key: string) =>
  dataSource.query("INSERT INTO provider_secrets VALUES ($1, decode($2, 'hex'))", [provider, key]);

const secrets = (dataSource: DataSource) =>
  dataSource.query<unknown[]>(
    "SELECT provider_id, encode(identifier_key, 'hex') AS key FROM provider_secrets ORDER BY provider_id",
  );

/** A call that goes on, and one that failed. */
const known = { edgeId: TWO, accountId: null, cli: null, callerHidden: true, cld: "2", redirectedTo: null };
const at = "2026-11-29T12:00:00.000Z";
const CALLS: CallProgress = {
  started: [{ ...known, id: ONE, customerId: null, answered: at, authorised: "LIVE", maxSeconds: 60, overdueAt: at }],
  ended: [],
  failed: [{ ...known, id: ONE, came: at, failed: at, toldAt: at, sipCode: 486, reason: "CALLED_SIDE" }],
};
const moved = <Call extends object>(call: Call): Call => ({ ...call, redirectedTo: "pbx" });
const callsIn = async (dataSource: DataSource) => [
  await dataSource.query<unknown[]>("SELECT * FROM open_calls"),
  await dataSource.query<unknown[]>("SELECT * FROM failed_calls"),
];

describe("the primary tables", () => {
  it("are all tables that neither a projection builds nor a running process fills for itself", async () => {
    const dataSource = await databases.migrated();
    const found = await dataSource.query<{ name: string }[]>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    );
    const own = [
      "billing_leases",
      "billing_moments",
      "billing_workers",
      "delivery_customers",
      "delivery_holders",
      // Of the program before, which may still run beside this one.
      "event_places",
      "job_files",
      "jobs",
      "migrations",
      "parked_closes",
      "passed_events",
      "processor_tasks",
      "projection_checkpoints",
      "projection_stalls",
      "sessions",
      "sign_ins",
    ];
    const built = projections.flatMap(({ tables }) => tables);
    expect(found.map(({ name }) => name)).toEqual([...built, ...own, ...Object.keys(primaryTables)].sort());
  });

  it("are saved to a file for its owner and loaded into an empty database, once and again", async () => {
    const [from, to] = [await databases.migrated(), await databases.migrated()];
    await insert(from, ONE, "00ff10");
    await insert(from, TWO, "abcdef");
    await keepCallProgress(from, ONE, CALLS);
    const file = join(folder, "primary.json");
    expect(await tenure(from, "backup", file)).toEqual({
      code: 0,
      said: `Saved provider_secrets: 2, ${NO_DELIVERIES}, ${callsOf(1)} in ${file}.`,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await tenure(to, "restore", file)).toEqual({
      code: 0,
      said: `Loaded provider_secrets: 2, ${callsOf(1)} from ${file}.`,
    });
    expect(await secrets(to)).toEqual(await secrets(from));
    expect(await callsIn(to)).toEqual(await callsIn(from));
    expect(await tenure(to, "restore", file)).toEqual({
      code: 0,
      said: `Loaded provider_secrets: 0, ${callsOf(0)} from ${file}.`,
    });
  });

  it("are not loaded where a row has other values: then none is", async () => {
    const [from, to] = [await databases.migrated(), await databases.migrated()];
    await insert(from, ONE, "01");
    await insert(from, TWO, "02");
    await insert(to, TWO, "03");
    const file = join(folder, "conflict.json");
    await tenure(from, "backup", file);
    expect(await tenure(to, "restore", file)).toEqual({
      code: 1,
      said: `Nothing was loaded: provider_secrets holds another row for ${TWO}, made since the backup. Restore into an empty database, before a worker runs.`,
    });
    expect(await secrets(to)).toEqual([{ provider_id: TWO, key: "03" }]);
  });

  it("have calls as they are known now, whatever the backup says of them", async () => {
    const [from, to] = [await databases.migrated(), await databases.migrated()];
    await insert(from, ONE, "01");
    await keepCallProgress(from, ONE, CALLS);
    const [started, failed] = [CALLS.started.map(moved), CALLS.failed.map(moved)];
    await keepCallProgress(to, ONE, { started, ended: [], failed });
    const before = await callsIn(to);
    const file = join(folder, "calls.json");
    await tenure(from, "backup", file);
    expect(await tenure(to, "restore", file)).toEqual({
      code: 0,
      said: `Loaded provider_secrets: 1, ${callsOf(0)} from ${file}.`,
    });
    expect(await callsIn(to)).toEqual(before);
  });

  it.each([
    ["is cut off", async (file: string) => writeFile(file, (await readFile(file, "utf8")).slice(0, 40))],
    ["lacks its end", async (file: string) => writeFile(file, (await readFile(file, "utf8")).replace(/.*\n$/, ""))],
    ["is something else", (file: string) => writeFile(file, "[]")],
  ])("are not loaded from a file that %s", async (_, damage) => {
    const dataSource = await databases.migrated();
    const file = join(folder, "damaged.json");
    await tenure(dataSource, "backup", file);
    await damage(file);
    expect(await tenure(dataSource, "restore", file)).toEqual({
      code: 1,
      said: `${file} was not written by "tenure backup", or is damaged.`,
    });
  });
});
