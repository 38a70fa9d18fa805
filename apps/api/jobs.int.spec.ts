import { createHash } from "node:crypto";
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
import { doDaysWork } from "./spec-support/days-work.js";

const signing = signingWith(newSigningKey());

let bench: Bench;
let client: Client;
let customerId: string;
let by: (...roles: Role[]) => Client;

beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-01T12:00:00Z");
  const story = await tellStory(client);
  ({ customerId } = story);
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
  await bench.advance(client, "2020-10-02T12:00:00Z");
  await doDaysWork(bench, client, "2020-10-02T12:00:00Z");
  by = callersOf(client, customerId);
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
const get = (as: Client, url = ""): Promise<Response> => fetch(new URL(url, bench.url), { headers: as.headers });
const QUARTER = { from: "2020-07-01", until: "2020-12-31" };

describe("jobs over GraphQL", () => {
  it("audit invoices for finance: asked for, run by a worker, and kept as signed files", async () => {
    const finance = by("finance");
    const waiting = await started(finance, QUARTER);
    expect(waiting).toMatchObject({ kind: "AUDIT_INVOICES", state: "QUEUED", askedBy: "key:finance", files: [] });
    expect(waiting.input).toEqual({ ...QUARTER, customerId: null, source: "journal" });
    const surroundings = { ...bench, log: () => undefined } as unknown as Surroundings;
    const auditor = startAuditor(surroundings, signing);
    let job: Shown | null = waiting;
    while (job?.state === "QUEUED" || job?.state === "RUNNING") {
      await new Promise((resolve) => setTimeout(resolve, 100));
      job = await shown(finance, waiting.id);
    }
    await auditor.stop();
    expect(job).toMatchObject({ state: "DONE", error: null, report: { document: { verdict: "PROVEN" } } });
    expect(job?.report?.document.checked).toMatchObject({ invoices: 3 });
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

  it("wait, are listed, and are stopped; what is asked must make sense", async () => {
    const admin = by("admin");
    const { id } = await started(admin, { ...QUARTER, customerId, fromEventStore: true });
    const { jobs } = (await admin.query("{ jobs(first: 1) { totalCount edges { node { id state } } } }")) as {
      jobs: unknown;
    };
    expect(jobs).toEqual({ totalCount: 2, edges: [{ node: { id, state: "QUEUED" } }] });
    expect((await cancel(admin, id)).data).toEqual({ cancelJob: { job: { state: "CANCELLED" } } });
    const refusals = [
      await start(admin, { from: "2020-02-01", until: "2020-01-01" }),
      await cancel(admin, "00000000-0000-4000-8000-000000000000"),
    ];
    expect(refusals.map(({ errors }) => errors[0]?.extensions["code"])).toEqual(["VALIDATION_FAILED", "JOB_NOT_FOUND"]);
  });

  it.each(["csr", "support", "partner", "self-care"] as const)("are not for %s", async (role) => {
    const { errors } = await start(by(role), QUARTER);
    expect(errors[0]?.extensions["code"]).toBe("FORBIDDEN");
    const listed = await by(role).ask("{ jobs { totalCount } }");
    expect(listed.errors[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});
