import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Report } from "#application/audit/job.js";
import { projections } from "#read-models/read-models.js";
import { allRows } from "#read-models/spec-support/rows.js";
import { type Bench, startBench } from "../../api/spec-support/bench.js";
import { type Client } from "../../api/spec-support/client.js";
import { type Answer } from "../spec-support/tenure.js";

let bench: Bench;
let client: Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-replay-"));
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  await tellStory(client, "5550100");
});
afterAll(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the built command on the bench's servers; `fault`: where it kills itself. */
const tenureReplay = (args: readonly string[] = [], fault = ""): Promise<Answer> =>
  new Promise((answered) => {
    const program = resolve("dist/apps/cli/main.js");
    const servers = { EVENTSTORE_URL: bench.eventStoreUrl, DATABASE_URL: bench.databaseUrl };
    const env = { ...process.env, ...servers, TENURE_SIGNING_KEY_FILE: "", TENURE_DATA: folder, TENURE_FAULT: fault };
    execFile(process.execPath, [program, "replay", "--out", folder, ...args], { env }, (error, out, err) => {
      const code = error === null ? 0 : Number(error.code);
      answered({
        code: Number.isNaN(code) || error?.signal === "SIGKILL" ? 137 : code,
        out: out.trim(),
        err: err.trim(),
      });
    });
  });

const report = async (): Promise<Report> => {
  const kept = JSON.parse(await readFile(join(folder, "report.json"), "utf8")) as Report | { document: Report };
  return "document" in kept ? kept.document : kept;
};
const schemas = (): Promise<unknown> =>
  bench.dataSource.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenure%'");

/** Customers are created, suspended and asked for until the work is done; every answer has to be right. */
const meanwhile = async <Result>(work: Promise<Result>): Promise<Result> => {
  const finished = new AbortController();
  const done = work.finally(() => {
    finished.abort();
  });
  for (let count = 1; !finished.signal.aborted || count < 5; count += 1) {
    const contact = { name: `Customer ${count}` };
    const { id } = await client.runUnseen("createCustomer", { contact, currency: "USD" });
    const { visible } = await client.runUnseen("suspendCustomer", { customerId: id, reason: "Lost phone" });
    const shown = () => client.query(`{ customer(id: "${id}") { contact { name } status } }`);
    const expected = { customer: { contact, status: "SUSPENDED" } };
    // On a busy machine the read models may be seconds behind, and the command has said so.
    if (visible) expect(await shown()).toEqual(expected);
    else await expect.poll(shown).toEqual(expected);
  }
  return done;
};

describe("tenure replay", () => {
  it("proves the live read models, from journal and event store, while they go on", async () => {
    for (const source of ["journal", "events"]) {
      const { code, out } = await meanwhile(tenureReplay(["--source", source]));
      expect([code, out.includes("PROVEN: report in")]).toEqual([0, true]);
      expect(await report()).toMatchObject({
        ...{ kind: "REPLAY", verdict: "PROVEN", differencesTotal: 0, input: { source, switchIn: false } },
        covered: { source },
      });
    }
    expect(await schemas()).toEqual([]);
  });

  it("goes on after kill -9, and leaves what was live as it was", async () => {
    await bench.pauseProjections();
    const rows = await allRows(bench.dataSource);
    expect((await tenureReplay(["--switch"], "replay.before-comparison")).code).toBe(137);
    expect((await tenureReplay(["--switch"], "switch.before-commit")).code).toBe(137);
    expect([await schemas(), await allRows(bench.dataSource)]).toEqual([[{ nspname: "tenure_replay" }], rows]);
    bench.resumeProjections();
    const again = Date.now();
    const { code, err } = await tenureReplay(["--switch"]);
    expect([code, err.split("\n")[0]]).toEqual([0, "It goes on where it was cut off."]);
    const [{ events } = { events: 0 }] = await bench.dataSource.query<{ events: number }[]>(
      "SELECT count(*)::int AS events FROM journal",
    );
    const { checked, startedAt } = await report();
    expect([checked["events"], Date.parse(startedAt) < again]).toEqual([events, true]);
    expect([await schemas(), await allRows(bench.dataSource)]).toEqual([[], rows]);
  });

  it("names a row that was tampered with, and mends it with --switch while the log goes on", async () => {
    const rows = await allRows(bench.dataSource);
    await bench.dataSource.query("UPDATE customers SET name = 'Mallory' WHERE name = 'Customer 1'");
    const { code, out } = await tenureReplay();
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^ROW_CHANGED customers .*The events give other values of name/) as string,
    ]);
    const { verdict, differences } = await report();
    expect([verdict, differences]).toEqual([
      "DIFFERENT",
      [
        {
          what: "ROW_CHANGED",
          where: expect.stringMatching(/^customers \(provider_id .*, id .*\)$/) as string,
          says: "The events give other values of name.",
          expected: { name: "Customer 1" },
          found: { name: "Mallory" },
        },
        // Both replays of the first test made a customer of that name.
        expect.objectContaining({ what: "ROW_CHANGED" }),
      ],
    ]);
    expect((await meanwhile(tenureReplay(["--switch"]))).code).toBe(1);
    const after = await allRows(
      bench.dataSource,
      projections.filter(({ name }) => name === "customers"),
    );
    expect(after["customers"]).toEqual(expect.arrayContaining(rows["customers"] ?? []));
  });

  it("says in one sentence what cannot be done", async () => {
    expect(await tenureReplay(["--source", "hearsay"])).toEqual({
      code: 2,
      out: "",
      err: "--source must be journal or events. --help shows the options.",
    });
    expect(await tenureReplay(["--provider", "11111111-1111-4111-8111-111111111111"])).toEqual({
      ...{ code: 2, out: "", err: "There is no such provider." },
    });
    await bench.dataSource.query("UPDATE projection_checkpoints SET version = version + 1 WHERE name = 'keys'");
    expect(await tenureReplay()).toMatchObject({
      code: 2,
      err: expect.stringContaining("The live read model keys is of another version than this program's.") as string,
    });
  });
});
