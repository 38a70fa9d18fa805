import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSigned, newSigningKey, signingWith } from "#application/audit/signing.js";
import { type JobKind, type Report } from "#application/audit/job.js";
import { type SignedDocument } from "#application/audit/signing.js";
import { daysWork } from "#application/processes/clock/days-work.js";
import { addPart, filesOf, readFile } from "#read-models/jobs/files.js";
import { takeJob } from "#read-models/jobs/lease.js";
import { addJob, askToCancel, findJob, type JobRow } from "#read-models/jobs/queries.js";
import { reachOf } from "#application/audit/invoices/reach.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { startAuditor } from "./roles/auditor.js";
import { type Surroundings } from "./role.js";
import { type Bench, signUp, startBench, testClockProvider } from "./spec-support/worker.js";

const signing = signingWith(newSigningKey());

describe("jobs", () => {
  let bench: Bench;
  let providerId: string;
  let customerId: string;
  let commitmentId: string;

  beforeAll(async () => {
    bench = await startBench();
    const provider = await testClockProvider(bench, "2020-08-01T12:00:00.000Z");
    ({ providerId } = provider);
    ({ customerId, commitmentId } = await signUp(bench, providerId, "2020-08-01"));
    await daysWork(bench, provider, "2020-10-01T00:00:00.000Z");
    // Dated back into closed periods: the next invoice corrects them.
    await bench.record(providerId, "customer", customerId, "2020-10-05T12:00:00.000Z", [
      { type: "SubscriptionDiscountRateSet", data: { rate: "10", effectiveOn: "2020-09-10" } },
    ]);
    await bench.settle();
    await daysWork(bench, provider, "2020-12-01T00:00:00.000Z");
    await bench.settle();
  });
  afterAll(() => bench.stop());

  const worker = () => startAuditor({ ...bench, metrics: undefined, targets: [] } as unknown as Surroundings, signing);
  const ask = async (input: object, kind: JobKind = "AUDIT_INVOICES"): Promise<string> => {
    const jobId = randomUUID();
    await addJob(bench.dataSource, { providerId, jobId, kind, input, askedBy: "spec" });
    return jobId;
  };
  const shown = (jobId: string): Promise<JobRow | null> => findJob(bench.dataSource, wholeProvider(providerId), jobId);
  const ended = async (jobId: string): Promise<JobRow> => {
    for (;;) {
      const job = await shown(jobId);
      if (job && job.state !== "QUEUED" && job.state !== "RUNNING") return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const reportOf = ({ report }: JobRow): Report => (JSON.parse(report ?? "") as SignedDocument<Report>).document;
  const year = { from: "2020-01-01", until: "2020-12-31", customerId: null };

  it("export files whose rows are all of one position, and whose totals agree", async () => {
    const auditor = worker();
    const job = await ended(await ask({ from: "2020-01-01", until: "2020-12-31" }, "EXPORT"));
    await auditor.stop();
    const { checked, verdict, differences, files, covered } = reportOf(job);
    expect([job.state, job.error, verdict, differences]).toEqual(["DONE", null, "PROVEN", []]);
    expect(checked).toMatchObject({ invoices: 4, "penalties-outstanding": 1, payments: 0 });
    const { name = "", sha256 } = files.find((file) => file.name.startsWith("invoices.")) ?? {};
    const parts: Buffer[] = [];
    for await (const part of readFile(bench.dataSource, job.jobId, name)) parts.push(part);
    const text = Buffer.concat(parts);
    expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
    const rows = text.toString("utf8").trimEnd().split("\r\n").slice(1);
    expect(rows.map((row) => row.split(",").at(-1))).toEqual(Array.from({ length: 4 }, () => covered.toPosition));
  });

  it.each(["journal", "events"])("prove every invoice from the %s, and sign what they found", async (source) => {
    const auditor = worker();
    const job = await ended(await ask({ ...year, source }));
    await auditor.stop();
    const { checked, verdict, differences, files, covered } = reportOf(job);
    expect([job.state, job.error, verdict, differences]).toEqual(["DONE", null, "PROVEN", []]);
    expect(checked).toMatchObject({ customers: 1, invoices: 4 });
    expect([covered.source, covered.journal?.length, files.map(({ name }) => name)]).toEqual([
      source,
      1,
      ["documents.csv"],
    ]);
    expect(checkSigned(JSON.parse(job.report ?? ""), signing.publicKey)).toMatchObject({ valid: true });
    let text = "";
    for await (const part of readFile(bench.dataSource, job.jobId, "documents.csv")) text += part.toString("utf8");
    expect(text.split("\r\n").map((line) => line.split(",").at(-1))).toEqual([
      ...["verdict", "PROVEN", "PROVEN", "PROVEN", "PROVEN", ""],
    ]);
  });

  it("go on where they were saved when their worker has died, once, whoever takes them", async () => {
    const jobId = await ask({ ...year, source: "journal" });
    // A worker that has written and saved, has written more, and says nothing any more.
    const taken = await takeJob(bench.dataSource, randomUUID(), -1);
    expect(taken?.jobId).toBe(jobId);
    const reach = await reachOf(bench, providerId, { source: "journal", calls: false });
    const saved = { reach, after: customerId, done: 1, checked: { invoices: 4 }, streams: [] };
    const state = { ...saved, differences: { kept: [], total: 0 } };
    await bench.dataSource.query("UPDATE jobs SET saved = $2, saved_files = $3 WHERE job_id = $1", [
      ...[jobId, JSON.stringify(state), JSON.stringify({ "documents.csv": 1 })],
    ]);
    for (const [part, text] of ["saved", "lost"].entries()) {
      await bench.dataSource.query("INSERT INTO job_files VALUES ($1, 'documents.csv', $2, $3)", [
        ...[jobId, part, Buffer.from(text)],
      ]);
    }
    const auditors = [worker(), worker()];
    const { files, checked } = reportOf(await ended(jobId));
    await Promise.all(auditors.map((auditor) => auditor.stop()));
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([["documents.csv", "saved".length]]);
    expect(checked).toEqual({ invoices: 4 });
  });

  it("lose their files a month after they ended, and keep their reports", async () => {
    const auditor = worker();
    const { jobId } = await ended(await ask({ ...year, source: "journal" }));
    await auditor.stop();
    await bench.dataSource.query("UPDATE jobs SET finished_at = finished_at - interval '31 days' WHERE job_id = $1", [
      jobId,
    ]);
    const before = await filesOf(bench.dataSource, jobId);
    await worker().stop();
    expect([before.length, await filesOf(bench.dataSource, jobId)]).toEqual([1, []]);
    expect((await shown(jobId))?.report).not.toBeNull();
  });

  it("are cancelled where they wait, and fail by themselves where they cannot be done", async () => {
    const waiting = await ask({ ...year, source: "journal" });
    await askToCancel(bench.dataSource, providerId, waiting);
    const auditor = worker();
    const unknown = randomUUID();
    await addJob(bench.dataSource, { providerId, jobId: unknown, kind: "OTHER", input: {}, askedBy: "spec" });
    const failed = await ended(unknown);
    await auditor.stop();
    expect((await shown(waiting))?.state).toBe("CANCELLED");
    expect([failed.state, failed.error]).toEqual(["FAILED", "This program knows no job of the kind OTHER"]);
  });

  it("are cancelled while they run", async () => {
    const { dataSource } = bench;
    const holding = dataSource.createQueryRunner();
    await holding.startTransaction();
    // Nobody can read the journal meanwhile: the job stands still.
    await holding.query("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE");
    const running = await ask({ ...year, source: "journal" });
    const auditor = worker();
    const until = async (is: (job: JobRow | null) => boolean): Promise<void> => {
      while (!is(await shown(running))) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await until((job) => job?.state === "RUNNING");
    await askToCancel(dataSource, providerId, running);
    expect(await shown(running)).toMatchObject({ state: "RUNNING", cancelled: true });
    const leased = async (): Promise<string> => {
      const [row] = await dataSource.query<{ until: string }[]>(
        "SELECT leased_until::text AS until FROM jobs WHERE job_id = $1",
        [running],
      );
      return row?.until ?? "";
    };
    // Two beats later the worker knows.
    for (let beat = 0; beat < 2; beat += 1) {
      const before = await leased();
      while ((await leased()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await holding.commitTransaction();
    await holding.release();
    const job = await ended(running);
    await auditor.stop();
    expect([job.state, job.report, job.error]).toEqual(["CANCELLED", null, null]);
    // What it appended is of no use to anybody, and goes with the other files of jobs that ended.
    expect(await filesOf(dataSource, running)).toEqual([]);
  });

  it("get no part of a file from a worker that lost them", async () => {
    const jobId = await ask({ ...year, source: "journal" });
    const [slow, next] = [randomUUID(), randomUUID()];
    await takeJob(bench.dataSource, slow, -1);
    const add = (by: string, text: string) =>
      addPart(bench.dataSource, { jobId, worker: by }, "documents.csv", 0, Buffer.from(text));
    const taken = await takeJob(bench.dataSource, next, 60_000);
    expect(taken?.jobId).toBe(jobId);
    expect([await add(slow, "of the slow one"), await add(next, "of the next one")]).toEqual([false, true]);
    await bench.dataSource.query("DELETE FROM jobs WHERE job_id = $1", [jobId]);
  });

  it("do not prove what a changed event says, nor a line that was changed", async () => {
    const auditor = worker();
    const stream = `%commitment-${commitmentId}`;
    await bench.dataSource.query(
      "UPDATE journal SET data = replace(data::text, '\"20.00\"', '\"21.00\"')::jsonb WHERE stream LIKE $1",
      [stream],
    );
    const changed = reportOf(await ended(await ask({ ...year, source: "journal" })));
    const untouched = reportOf(await ended(await ask({ ...year, source: "events" })));
    await auditor.stop();
    expect([changed.verdict, untouched.verdict]).toEqual(["DIFFERENT", "PROVEN"]);
    const found = changed.differences.map(({ what, says }) => `${what}: ${says}`);
    expect(found[0]).toMatch(/^CHAIN_BROKEN: CommitmentAssigned: its content hash should be /);
    expect(found).toContain("LINE_DIFFERS: The line should have another unitFee, fee, net.");
    expect(found).toContain("DOCUMENT_DIFFERS: The document should have another total.");
  });
});
