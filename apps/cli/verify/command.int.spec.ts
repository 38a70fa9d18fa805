import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newSigningKey, signingWith } from "#application/audit/signing.js";
import { chainEvents } from "#event-store/chain-events.js";
import { createEventStore } from "#event-store/event-store-db.js";
import { EmbeddedServer } from "#event-store/spec-support/embedded-server.js";
import { streamName } from "#event-store/streams.js";
import { journalOf } from "#read-models/journal/projection.js";
import { startProjections } from "#read-models/runner/runner.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";

const PROVIDER = "11111111-1111-4111-8111-111111111111";
const ID = "33333333-3333-4333-8333-333333333333";
const STREAM = streamName(PROVIDER, "provider", PROVIDER);

const folder = mkdtempSync(join(tmpdir(), "tenure-verify-"));
const file = (name: string): string => join(folder, name);
const signing = signingWith(newSigningKey());

let server: EmbeddedServer;
let databases: TestDatabases;
let dataSource: DataSource;
let environment: NodeJS.ProcessEnv;

/** Runs a built command; progress on stderr is left out. */
const tenure = (args: readonly string[], changes: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> =>
  new Promise((answered) => {
    const options = { env: { ...environment, ...changes }, cwd: folder };
    execFile(process.execPath, [resolve("dist/apps/cli/main.js"), ...args], options, (error, out, err) => {
      const told = err.split("\n").filter((line) => !line.startsWith("reading "));
      answered({ code: error === null ? 0 : Number(error.code), said: `${out}${told.join("\n")}`.trim() });
    });
  });

beforeAll(async () => {
  server = await EmbeddedServer.started();
  databases = await openDatabases();
  const databaseUrl = await databases.migratedUrl();
  writeFileSync(file("signing.pem"), newSigningKey());
  environment = {
    ...process.env,
    ...{ EVENTSTORE_URL: server.url, DATABASE_URL: databaseUrl, TENURE_SIGNING_KEY_FILE: file("signing.pem") },
  };
  const store = createEventStore({ url: server.url });
  const events = ["A", "B"].map((name) => ({ type: "ProviderCreated", data: { name, effectiveOn: "2020-07-01" } }));
  const chained = chainEvents({
    ...{ stream: STREAM, provider: PROVIDER, previousHash: "", commandId: "command", actor: "spec", events },
    ...{ recordedAt: "2020-07-01T00:00:00.000Z", correlationId: "command", causationId: "command" },
  });
  await store.append(STREAM, "no_stream", chained);
  dataSource = await databases.open(databaseUrl);
  const projections = [journalOf({ hashOnly: [] })];
  const runner = startProjections({ store, dataSource, projections, log: () => undefined });
  await runner.reached(await store.tail());
  await runner.stop();
  await store.close();
});
afterAll(async () => {
  await databases.stop();
  await server.remove();
  rmSync(folder, { recursive: true });
});

const keyId = (): string => signingWith(readFileSync(file("signing.pem"), "utf8")).keyId;

describe("tenure verify and what goes with it", () => {
  it("proves what nobody touched, with a report that anybody can check", async () => {
    expect(await tenure(["checkpoint", "--out", "checkpoint.json"])).toEqual({
      code: 0,
      said: "Wrote the checkpoint of 1 provider with 2 events to checkpoint.json.",
    });
    const { code, said } = await tenure(["public-key"]);
    expect(code).toBe(0);
    writeFileSync(file("public.pem"), `${said}\n`);
    expect(await tenure(["verify", "--checkpoint", "checkpoint.json", "--out", "report"])).toEqual({
      code: 0,
      said: `Checked events: 2, rows: 2, streams: 1, providers: 1.\nPROVEN: report in ${file("report")}.`,
    });
    const offline = { EVENTSTORE_URL: "", DATABASE_URL: "", TENURE_SIGNING_KEY_FILE: "" };
    expect(await tenure(["verify-report", "report/report.json", "--key", "public.pem"], offline)).toEqual({
      code: 0,
      said: `report/report.json: VERIFY, PROVEN, as it was signed by ${keyId()}.`,
    });
    expect(await tenure(["verify-report", "checkpoint.json", "--key", "public.pem"], offline)).toEqual({
      code: 0,
      said: `checkpoint.json: CHECKPOINT, as it was signed by ${keyId()}.`,
    });
    expect(await tenure(["verify", "--events-only", "--out", "events"], { DATABASE_URL: "" })).toEqual({
      code: 0,
      said: `Checked events: 2, streams: 1, providers: 1.\nPROVEN: report in ${file("events")}.`,
    });
  });

  it("vouches for no provider and no customer that is not there", async () => {
    const unknown = ["--provider", "22222222-2222-4222-8222-222222222222"];
    const refused = { code: 2, said: "There is no such provider." };
    const days = ["--from", "2020-07-01", "--to", "2020-07-31"];
    expect([
      await tenure(["verify", ...unknown, "--out", "unknown", "--checkpoint", "checkpoint.json"]),
      await tenure(["verify", ...unknown, "--out", "unknown", "--events-only"], { DATABASE_URL: "" }),
      await tenure(["checkpoint", ...unknown, "--out", "unknown.json"]),
      await tenure(["audit-invoices", "--provider", PROVIDER, ...days, "--customer", ID, "--out", "unknown"]),
    ]).toEqual([refused, refused, refused, { code: 2, said: "There is no such customer." }]);
    expect([existsSync(file("unknown")), existsSync(file("unknown.json"))]).toEqual([false, false]);
  });

  it("does not take a checkpoint or a report that was changed, or signed by somebody else", async () => {
    const changed = "The signature does not fit: the document was changed after it was signed.";
    const text = readFileSync(file("checkpoint.json"), "utf8");
    writeFileSync(file("changed.json"), text.replace('"sequence": "2"', '"sequence": "1"'));
    expect(await tenure(["verify-report", "changed.json", "--key", "public.pem"])).toEqual({
      code: 1,
      said: `changed.json: ${changed}`,
    });
    expect(await tenure(["verify", "--checkpoint", "changed.json"])).toEqual({
      code: 2,
      said: `The checkpoint is refused: ${changed}`,
    });
    writeFileSync(file("other.pem"), signing.publicKey);
    expect(await tenure(["verify-report", "checkpoint.json", "--key", "other.pem"])).toEqual({
      code: 1,
      said: `checkpoint.json: It is signed with another key, ${keyId()}; the given one is ${signing.keyId}.`,
    });
    expect(await tenure(["checkpoint", "--out", "checkpoint.json"])).toEqual({
      code: 2,
      said: "checkpoint.json is there already: name another file with --out. --help shows the options.",
    });
  });

  it("finds what was changed beside a signed report: summaries, and what a file says twice", async () => {
    const report = readFileSync(file("report/report.json"), "utf8");
    const check = () => tenure(["verify-report", "report/report.json", "--key", "public.pem"]);
    for (const name of ["report.pdf", "differences.csv"]) {
      const path = file(`report/${name}`);
      const content = readFileSync(path);
      writeFileSync(path, Buffer.concat([content.subarray(0, -1), Buffer.from([(content.at(-1) ?? 0) ^ 1])]));
      expect(await check()).toEqual({ code: 1, said: `report/${name}: It is not what the report says.` });
      writeFileSync(path, content);
    }
    writeFileSync(file("report/report.json"), report.replace('"verdict"', '"verdict": "DIFFERENT",\n    "verdict"'));
    expect(await check()).toEqual({
      code: 1,
      said: "report/report.json: It says something twice, under one name.",
    });
    writeFileSync(file("report/report.json"), report);
    expect((await check()).code).toBe(0);
  });

  it("names what was changed, and takes no checkpoint of a journal that does not hold", async () => {
    await dataSource.query(`UPDATE journal SET log_hash = 'x' WHERE sequence = 2`);
    const { code, said } = await tenure(["verify", "--out", "report"]);
    expect(code).toBe(1);
    expect(said.split("\n")).toEqual([
      `ROW_CHANGED journal ${PROVIDER} 2, ${STREAM}@1: Its hash does not continue the chain over the log.`,
      `HEAD_CHANGED journal_heads ${PROVIDER}: The head of the journal names sequence 2 with another hash than its last row.`,
      "Checked events: 2, rows: 2, streams: 1, providers: 1.",
      `DIFFERENT in 2: report in ${file("report")}.`,
    ]);
    expect(await tenure(["checkpoint", "--out", "another.json"])).toEqual({
      code: 1,
      said: `The journal of provider ${PROVIDER} does not hold at sequence 2: nothing was written. "tenure verify" says what is wrong.`,
    });
  });
});
