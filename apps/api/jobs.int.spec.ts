import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Role } from "#application/access/roles.js";
import { type Report } from "#application/audit/job.js";
import { checkSigned, newSigningKey, type SignedDocument, signingWith } from "#application/audit/signing.js";
import { tellStory } from "#application/spec-support/story.js";
import { type Surroundings } from "../worker/role.js";
import { startAuditor } from "../worker/roles/auditor.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";
import { parseCsv } from "./spec-support/csv.js";
import { doDaysWork } from "./spec-support/days-work.js";

const signing = signingWith(newSigningKey());

let bench: Bench;
let client: Client;
let customerId: string;
let by: (...roles: Role[]) => Client;
let surroundings: Surroundings;

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
  await bench.advance(client, "2020-10-02T12:00:00Z");
  await doDaysWork(bench, client, "2020-10-02T12:00:00Z");
  by = callersOf(client, customerId);
  surroundings = { ...bench, log: () => undefined } as unknown as Surroundings;
});
afterAll(() => bench.stop());

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly askedBy: string;
  readonly input: unknown;
  readonly report: SignedDocument<Report> | null;
  readonly files: { readonly name: string; readonly url: string; readonly sha256: string | null }[];
}

const JOB = "id kind state askedBy input cancelled phase done total report error files { name url bytes sha256 }";
const start = (as: Client, input: object) =>
  as.ask(`mutation ($input: StartInvoiceAuditInput!) { startInvoiceAudit(input: $input) { job { ${JOB} } } }`, {
    input,
  });
const started = async (as: Client, input: object): Promise<Shown> =>
  ((await start(as, input)) as unknown as { data: { startInvoiceAudit: { job: Shown } } }).data.startInvoiceAudit.job;
const cancel = (as: Client, jobId: string) =>
  as.ask(`mutation ($jobId: ID!) { cancelJob(input: { jobId: $jobId }) { job { state } } }`, { jobId });
const shown = async (as: Client, id: string): Promise<Shown | null> =>
  ((await as.query(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id })) as { job: Shown | null }).job;
/** Runs the built command on the bench's servers. */
const tenure = (folder: string, ...args: string[]): Promise<{ code: number; said: string }> =>
  new Promise((answered) => {
    const { databaseUrl: DATABASE_URL, eventStoreUrl: EVENTSTORE_URL } = bench;
    const own = { DATABASE_URL, EVENTSTORE_URL, TENURE_SIGNING_KEY_FILE: join(folder, "key.pem") };
    const env = { ...process.env, ...own };
    execFile(process.execPath, [resolve("dist/apps/cli/main.js"), ...args], { env }, (error, stdout, stderr) => {
      // Progress goes to stderr, and so do refusals.
      answered({ code: error === null ? 0 : Number(error.code), said: (stdout || stderr).trim() });
    });
  });
const ended = async (as: Client, waiting: Shown): Promise<Shown | null> => {
  let job: Shown | null = waiting;
  while (job?.state === "QUEUED" || job?.state === "RUNNING") {
    await new Promise((resolve) => setTimeout(resolve, 100));
    job = await shown(as, waiting.id);
  }
  return job;
};
const get = (as: Client, url = ""): Promise<Response> => fetch(new URL(url, bench.url), { headers: as.headers });
const QUARTER = { from: "2020-07-01", until: "2020-12-31" };

describe("jobs over GraphQL", () => {
  it("are started once under a key, and each time without one", async () => {
    const asked = async (as: Client, input: object, mutation = "startExport", type = "StartExportInput") => {
      const { data, errors } = (await as.ask(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { job { id } repeated } }`,
        { input },
      )) as unknown as {
        data: Record<string, { job: { id: string }; repeated: boolean } | null>;
        errors?: { extensions: { code: string } }[];
      };
      return errors?.[0]?.extensions.code ?? data[mutation];
    };
    const finance = by("finance");
    const keyed = { ...QUARTER, idempotencyKey: "quarter" };
    const first = (await asked(finance, keyed)) as { job: { id: string } };
    expect([
      first,
      await asked(finance, keyed),
      await asked(finance, { ...keyed, until: "2020-12-30" }),
      await asked(finance, keyed, "startInvoiceAudit", "StartInvoiceAuditInput"),
      await asked(finance, { ...keyed, idempotencyKey: "" }),
    ]).toEqual([
      { job: first.job, repeated: false },
      { job: first.job, repeated: true },
      ...["IDEMPOTENCY_KEY_REUSED", "IDEMPOTENCY_KEY_REUSED", "VALIDATION_FAILED"],
    ]);
    // Another person's key is another key.
    const others = [await asked(by("admin"), keyed), await asked(finance, QUARTER), await asked(finance, QUARTER)];
    const ids = [first, ...others].map((one) => (one as { job: { id: string } }).job.id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) await cancel(finance, id);
    expect(await Promise.all(ids.map(async (id) => (await shown(finance, id))?.state))).toEqual(
      ids.map(() => "CANCELLED"),
    );
    await bench.dataSource.query("DELETE FROM jobs WHERE job_id = ANY($1)", [ids]);
  });

  it("audit invoices for finance: asked for, run by a worker, and kept as signed files", async () => {
    const finance = by("finance");
    const waiting = await started(finance, QUARTER);
    expect(waiting).toMatchObject({ kind: "AUDIT_INVOICES", state: "QUEUED", askedBy: "key:finance", files: [] });
    expect(waiting.input).toEqual({ ...QUARTER, customerId: null, source: "journal" });
    const auditor = startAuditor(surroundings, signing);
    const job = await ended(finance, waiting);
    await auditor.stop();
    expect(job).toMatchObject({ state: "DONE", error: null, report: { document: { verdict: "PROVEN" } } });
    expect(job?.report?.document.checked).toMatchObject({ invoices: 3, numbers: 3 });
    const { files = [] } = job ?? {};
    expect(files.map(({ name }) => name)).toEqual(["report.json", "report.pdf", "differences.csv", "documents.csv"]);
    const bodies = new Map<string, Buffer>();
    for (const { name, url } of files) {
      const answer = await get(finance, url);
      expect([name, answer.status]).toEqual([name, 200]);
      bodies.set(name, Buffer.from(await answer.arrayBuffer()));
    }
    const report = JSON.parse(bodies.get("report.json")?.toString() ?? "") as unknown;
    expect(checkSigned(report, signing.publicKey)).toMatchObject({ valid: true });
    expect(bodies.get("report.pdf")?.subarray(0, 5).toString()).toBe("%PDF-");
    const lines = bodies.get("documents.csv") ?? Buffer.alloc(0);
    expect(createHash("sha256").update(lines).digest("hex")).toBe(files.at(-1)?.sha256);
    expect((await get(by("csr"), files[0]?.url)).status).toBe(403);
    const stranger = callersOf(await bench.provider(), customerId)("finance");
    expect((await get(stranger, files[0]?.url)).status).toBe(404);
  });

  it("prove the same from the terminal, with the report in a folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tenure-audit-"));
    try {
      await writeFile(join(folder, "key.pem"), newSigningKey());
      const out = join(folder, "report");
      const options = ["--from", QUARTER.from, "--to", QUARTER.until, "--provider", client.providerId ?? ""];
      const proven = await tenure(folder, "audit-invoices", ...options, "--out", out, "--source", "events", "--calls");
      expect(proven.code).toBe(0);
      expect(proven.said).toMatch(/invoices: 3.*\nPROVEN: report in /);
      const files = ["differences.csv", "documents.csv", "report.json", "report.pdf", "usage.csv"];
      expect((await readdir(out)).sort()).toEqual(files);
      const { document } = JSON.parse(await readFile(join(out, "report.json"), "utf8")) as SignedDocument<Report>;
      expect([document.verdict, document.files.length]).toEqual(["PROVEN", 2]);
      const refused = await tenure(folder, "audit-invoices", "--from", "2020-07-01");
      expect(refused).toEqual({ code: 2, said: "--to is missing. --help shows the options." });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("verify event store and journal", async () => {
    const admin = by("admin");
    const query = `mutation { startVerification(input: {}) { job { ${JOB} } } }`;
    const { id } = ((await admin.query(query)) as { startVerification: { job: Shown } }).startVerification.job;
    const auditor = startAuditor({ ...bench, log: () => undefined } as unknown as Surroundings, null);
    let job = await shown(admin, id);
    while (job?.state === "QUEUED" || job?.state === "RUNNING") {
      await new Promise((resolve) => setTimeout(resolve, 100));
      job = await shown(admin, id);
    }
    await auditor.stop();
    expect(job).toMatchObject({ state: "DONE", report: { verdict: "PROVEN", differences: [] } });
  });

  it("replay the provider's events, and name a row that somebody changed", async () => {
    const finance = by("finance");
    const replayed = async () => {
      const asked = await finance.query(`mutation { startReplay(input: {}) { job { ${JOB} } } }`);
      const auditor = startAuditor(surroundings, signing);
      const job = await ended(finance, (asked as { startReplay: { job: Shown } }).startReplay.job);
      await auditor.stop();
      return job;
    };
    const proven = await replayed();
    expect(proven).toMatchObject({ kind: "REPLAY", state: "DONE", input: { source: "journal", switchIn: false } });
    expect(proven?.report?.document).toMatchObject({ verdict: "PROVEN", differences: [] });
    const change = (from: string, to: string) =>
      bench.dataSource.query("UPDATE customers SET name = $3 WHERE id = $1 AND name = $2", [customerId, from, to]);
    const [{ name } = { name: "" }] = await bench.dataSource.query<{ name: string }[]>(
      "SELECT name FROM customers WHERE id = $1",
      [customerId],
    );
    await change(name, "Somebody Else");
    try {
      const report = (await replayed())?.report?.document;
      expect(report).toMatchObject({
        verdict: "DIFFERENT",
        differences: [{ what: "ROW_CHANGED", expected: { name }, found: { name: "Somebody Else" } }],
      });
    } finally {
      await change("Somebody Else", name);
    }
  });

  it("export what finance keeps, as files of one position", async () => {
    const finance = by("finance");
    const asked = `mutation { startExport(input: { from: "2020-07-01", until: "2020-12-31" }) { job { ${JOB} } } }`;
    const { startExport } = (await finance.query(asked)) as { startExport: { job: Shown } };
    expect(startExport.job).toMatchObject({ kind: "EXPORT", state: "QUEUED", input: QUARTER });
    const auditor = startAuditor(surroundings, signing);
    const job = await ended(finance, startExport.job);
    await auditor.stop();
    const report = job?.report?.document;
    expect(report).toMatchObject({ verdict: "PROVEN", checked: { invoices: 3, lines: 3, statements: 5 } });
    const { url, sha256 } = job?.files.find(({ name }) => name.startsWith("invoices.")) ?? {};
    const answer = await get(finance, url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(parseCsv(bytes.toString("utf8")).map(({ total, position }) => [total, position])).toEqual(
      Array.from({ length: 3 }, () => ["15.00", report?.covered.toPosition]),
    );
    const wrong = await finance.ask(asked.replace("2020-12-31", "2020-01-01"));
    expect(wrong.errors.map(({ extensions }) => extensions)).toMatchObject([{ code: "INVALID_DATE", field: "from" }]);
    const refused = await by("csr").ask(asked);
    expect(refused.errors.map(({ extensions }) => extensions["code"])).toEqual(["FORBIDDEN"]);
  });

  it("wait, are listed, and are stopped; what is asked must make sense", async () => {
    const admin = by("admin");
    const { id, input } = await started(admin, { ...QUARTER, customerId, fromEventStore: true, calls: true });
    expect(input).toEqual({ ...QUARTER, customerId, source: "events", calls: true });
    const { jobs } = (await admin.query("{ jobs(first: 1) { totalCount edges { node { id state } } } }")) as {
      jobs: unknown;
    };
    expect(jobs).toEqual({ totalCount: 6, edges: [{ node: { id, state: "QUEUED" } }] });
    expect((await cancel(admin, id)).data).toEqual({ cancelJob: { job: { state: "CANCELLED" } } });
    const refusals = [
      await start(admin, { from: "2020-02-01", until: "2020-01-01" }),
      await start(admin, { ...QUARTER, customerId: "00000000-0000-4000-8000-000000000000" }),
      await start(callersOf(await bench.provider(), customerId)("admin"), { ...QUARTER, customerId }),
      await cancel(admin, "00000000-0000-4000-8000-000000000000"),
    ];
    expect(refusals.map(({ errors }) => errors[0]?.extensions["code"])).toEqual([
      ...["VALIDATION_FAILED", "CUSTOMER_NOT_FOUND", "CUSTOMER_NOT_FOUND", "JOB_NOT_FOUND"],
    ]);
  });

  it.each(["csr", "support", "partner", "self-care"] as const)("are not for %s", async (role) => {
    const { errors } = await start(by(role), QUARTER);
    expect(errors[0]?.extensions["code"]).toBe("FORBIDDEN");
    const listed = await by(role).ask("{ jobs { totalCount } }");
    expect(listed.errors[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});
