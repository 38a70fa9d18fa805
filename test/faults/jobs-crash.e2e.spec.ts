import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DataSource } from "typeorm";
import { type Report } from "../../libs/application/audit/job.js";
import { type SignedDocument } from "../../libs/application/audit/signing.js";
import { createDataSource } from "../../libs/read-models/data-source.js";
import { type Client, client } from "../support/graphql.js";
import { defineLines } from "../support/lines.js";
import { type Stack, startStack } from "../support/stack.js";

const YEAR = { from: "2021-01-01", until: "2021-12-31" };

/** Each kind of job, where the worker that runs it dies, and what it left then. */
const DEATHS = [
  { start: "startInvoiceAudit", input: YEAR, fault: "job.after-save", saved: true, parts: ["documents.csv"] },
  { start: "startReplay", input: {}, fault: "replay.before-comparison", saved: true, parts: [] },
  { start: "startExport", input: YEAR, fault: "job.after-part", saved: false, parts: [/^invoices\./] },
  { start: "startVerification", input: {}, fault: "job.after-save", saved: true, parts: [] },
] as const;

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
  readonly report: SignedDocument<Report> | Report | null;
}

describe("a worker that is killed with -9 while it runs a job", () => {
  let stack: Stack;
  let dataSource: DataSource;
  let graphql: Client;

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    dataSource = await createDataSource(stack.databaseUrl).initialize();
    graphql = client(stack.url, (await client(stack.url).mutate("createProvider", { name: "Jobs" })).id);
    await graphql.mutate("setTestClock", { at: "2021-01-01T12:00:00.000Z" });
    const lines = await defineLines(graphql);
    const offers = [await lines.offer(2)];
    for (const index of [1, 2]) await lines.signUp(index, offers);
    await graphql.mutate("advanceTestClock", { to: "2021-04-02T12:00:00.000Z" }, "id");
  });
  afterAll(async () => {
    await dataSource.destroy();
    await stack.stop();
  });

  const start = async (mutation: string, input: object): Promise<string> =>
    (await graphql.mutateUnseen<{ job: { id: string } }>(mutation, input, "job { id }")).job.id;
  const job = async (id: string): Promise<Job> =>
    (await graphql.request<{ job: Job }>("query ($id: ID!) { job(id: $id) { id state error report } }", { id })).job;
  const ended = async (id: string): Promise<Job> => {
    for (let waited = 0; ; waited += 100) {
      const found = await job(id);
      if (found.state !== "QUEUED" && found.state !== "RUNNING") return found;
      if (waited > 120_000) throw new Error(`The job ${id} is ${found.state} still:\n${stack.output()}`);
      await delay(100);
    }
  };
  /** What was found, without what differs from run to run. */
  const found = ({ state, error, report }: Job) => {
    if (report === null) throw new Error(`${state}: ${error ?? ""}`);
    const { verdict, covered, checked, differencesTotal, files } = "document" in report ? report.document : report;
    return { state, verdict, covered, checked, differencesTotal, files };
  };

  it.each(DEATHS)("$start at $fault: another one ends it, once, as if nobody had died", async (death) => {
    const { start: mutation, input, fault, saved, parts } = death;
    if ((await stack.pids()).workers.length === 0) await stack.startWorker();
    const undisturbed = found(await ended(await start(mutation, input)));
    expect(undisturbed).toMatchObject({ state: "DONE", verdict: "PROVEN", differencesTotal: 0 });

    await stack.killWorker();
    await stack.startWorker({ TENURE_FAULT: fault });
    const id = await start(mutation, input);
    for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
      if (waited > 120_000) throw new Error(`The worker was not killed at ${fault}`);
      await delay(50);
    }
    const [left] = await dataSource.query<{ state: string; saved: boolean; names: string[] }[]>(
      `SELECT state, saved IS NOT NULL AS saved,
              ARRAY(SELECT DISTINCT name FROM job_files f WHERE f.job_id = j.job_id ORDER BY name) AS names
         FROM jobs j WHERE job_id = $1`,
      [id],
    );
    expect([left?.state, left?.saved]).toEqual(["RUNNING", saved]);
    expect(left?.names).toEqual(parts.map((name) => expect.stringMatching(name) as unknown));

    // The first lease runs out by itself, fifteen seconds after the last beat; the others are not waited for.
    if (death !== DEATHS[0]) {
      await dataSource.query("UPDATE jobs SET leased_until = clock_timestamp() WHERE job_id = $1", [id]);
    }
    await stack.startWorker();
    const again = await ended(id);
    expect(found(again)).toEqual(undisturbed);
    const whole = await dataSource.query<{ name: string; bytes: number }[]>(
      `SELECT name, sum(length(bytes))::int AS bytes FROM job_files WHERE job_id = $1 GROUP BY name ORDER BY name`,
      [id],
    );
    expect(whole).toEqual(
      undisturbed.files.map(({ name, bytes }) => ({ name, bytes })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });
});
