import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStack, type Stack } from "../support/stack.js";
import { type CliRun, jsonResults, runScenarios } from "./run-cli.js";

const FOLDER = relative(process.cwd(), resolve(import.meta.dirname));
const yamlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => join(folder, file));

const files = yamlFiles(FOLDER);
const invalid = yamlFiles(join(FOLDER, "invalid"));

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "tenure-scenarios-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

/** A folder of its own for what the runner puts into the system's temporary one. */
const temporaryFolder = async (name: string): Promise<string> => {
  const folder = join(scratch, name);
  await mkdir(folder);
  return folder;
};

describe("all scenarios on one server that the runner starts", () => {
  let run: CliRun;
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder("all");
    run = await runScenarios(["--json", ...files], { TMPDIR: folder });
  });

  it.each(files)("%s comes out as expected", (file) => {
    const result = jsonResults(run).find((found) => found.file === file);
    expect(result?.differences).toEqual([]);
    expect(result?.ok).toBe(true);
  });

  it("answers one line per file, in the order of the arguments, and exit code 0", () => {
    expect(jsonResults(run).map(({ file }) => file)).toEqual(files);
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it("fills every field", () => {
    const { observed } = jsonResults(run).find(({ file }) => file.endsWith("e01-commitment-fee.yaml")) ?? {};
    expect(Object.keys(observed ?? {})).toEqual([
      ...["invoices", "creditNotes", "commitments", "customers", "outbound", "calls"],
    ]);
    expect(observed?.["invoices"]?.[0]).toEqual({
      customer: "John Doe",
      issued: "2020-09-01",
      due: "2020-09-15",
      total: "15.00",
      state: "OVERDUE",
      currency: "USD",
      number: "INV-000001",
      lines: [
        {
          commitment: "turbo",
          kind: "RECURRING",
          description: "Turbo 1 GB",
          from: "2020-08-01",
          until: "2020-08-31",
          days: 31,
          periodDays: 31,
          fee: "20.00",
          discount: "5.00",
          discountOrigin: "COMMITMENT",
          net: "15.00",
        },
      ],
    });
    expect(observed?.["commitments"]).toEqual([
      { commitment: "turbo", status: "ACTIVE", discountEndDate: "2022-08-01", discountsGiven: "10.00" },
    ]);
    expect(observed?.["customers"]).toEqual([{ customer: "John Doe", status: "ACTIVE", balanceDue: "30.00" }]);
  });

  it("leaves nothing behind", async () => {
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("invalid files", () => {
  let run: CliRun;
  beforeAll(async () => {
    run = await runScenarios(["--json", ...invalid]);
  });

  it.each(invalid)("%s is refused as its first line says", async (file) => {
    const [, line, reason] = /^# refused: line (\d+): (.*)\n/.exec(await readFile(file, "utf8")) ?? [];
    const { error, ...result } = jsonResults(run).find((found) => found.file === file) ?? {};
    expect(result).toEqual({ file, ok: false });
    expect(error?.line).toBe(Number(line));
    expect(error?.reason).toContain(reason);
  });

  it("answer exit code 2, and a person sees file and line", async () => {
    expect(run).toMatchObject({ exitCode: 2, stderr: "" });
    const [file = ""] = invalid;
    const readable = await runScenarios([file]);
    expect(readable.stdout).toContain(`${file}:6  "id" must be text`);
    expect(readable.stdout).toContain("0 ok, 0 failed, 1 invalid");
  });

  it("a file that is not there is one of them", async () => {
    const missing = await runScenarios(["--json", "nobody.yaml"]);
    expect(jsonResults(missing)[0]?.error?.reason).toContain("cannot be read");
    expect(missing.exitCode).toBe(2);
  });

  it("no file at all is a mistake of usage", async () => {
    const nothing = await runScenarios(["--json"]);
    expect(nothing).toMatchObject({ exitCode: 2, stdout: "" });
    expect(nothing.stderr).toContain("Usage");
  });
});

describe("on a running server", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(async () => {
    await stack.stop();
  });
  const example = join(FOLDER, "e01-commitment-fee.yaml");

  it("tells every wrong expectation, with its line, and exit code 1", async () => {
    const wrong = join(scratch, "wrong.yaml");
    const text = await readFile(example, "utf8");
    await writeFile(
      wrong,
      text
        .replace('discount: "5.00", net: "15.00" }]', 'discount: "5.01", net: "14.99" }]')
        .replace('issued: 2020-10-01, total: "15.00"', 'issued: 2020-11-01, total: "15.00"')
        .replace("status: ACTIVE", "status: TERMINATED")
        .replace(
          "as: turbo }",
          "as: turbo }\n  - { on: 2020-08-02, withdrawCommitment: Turbo 1GB, rejected: CONFLICT }",
        ),
    );
    const run = await runScenarios(["--json", "--url", stack.url, example, wrong]);
    const [right, result] = jsonResults(run);
    expect(right?.ok).toBe(true);
    expect(result?.ok).toBe(false);
    expect(
      result?.differences?.map(({ line, where, expected, observed }) => [line, where, expected, observed]),
    ).toEqual([
      [19, "2020-08-02 withdrawCommitment Turbo 1GB", "rejected: CONFLICT", "accepted"],
      [26, "invoice 2020-09-01 of John Doe, RECURRING line: discount", "5.01", "5.00"],
      [26, "invoice 2020-09-01 of John Doe, RECURRING line: net", "14.99", "15.00"],
      [27, "invoice 2020-11-01 of John Doe", "an invoice of 15.00", "none"],
      [null, "invoice 2020-10-01 of John Doe", "none", "an invoice of 15.00"],
      [29, "commitment turbo: status", "TERMINATED", "ACTIVE"],
    ]);
    expect(run.exitCode).toBe(1);
    const readable = await runScenarios(["--url", stack.url, wrong]);
    expect(readable.stdout).toContain("expected  14.99\n      observed  15.00");
    expect(readable.stdout).toContain("0 ok, 1 failed, 0 invalid");
  });

  it("an invalid file among others has priority, and the others are played", async () => {
    const [bad = ""] = invalid;
    const run = await runScenarios(["--json", "--url", stack.url, bad, example]);
    expect(jsonResults(run).map(({ ok }) => ok)).toEqual([false, true]);
    expect(run.exitCode).toBe(2);
  });

  it("several runs go side by side", async () => {
    const some = files.slice(0, 6);
    const runs = await Promise.all([1, 2, 3].map(() => runScenarios(["--json", "--url", stack.url, ...some])));
    for (const run of runs) expect(jsonResults(run).filter(({ ok }) => !ok)).toEqual([]);
  });

  it("reads every line of an invoice of several pages", async () => {
    const rows = Array.from({ length: 450 }, (_, row) => `{ description: Row ${row}, service: S, fee: "1.00" }`);
    const long = join(scratch, "long.yaml");
    await writeFile(
      long,
      `scenario: long
catalog:
  mainProducts: [{ name: Home }]
  commitments: [{ name: Rows, currency: USD, oneTimeFees: [${rows.join(", ")}] }]
customers:
  - { name: John Doe, currency: USD, billingPeriod: MONTHLY, accounts: [{ id: "1001", mainProduct: Home }] }
steps: [{ on: 2020-08-01, assign: Rows, account: "1001" }]
until: 2020-09-01
expect: { invoices: [{ customer: John Doe, issued: 2020-09-01, total: "450.00" }] }
`,
    );
    const [result] = jsonResults(await runScenarios(["--json", "--url", stack.url, long]));
    expect(result?.differences).toEqual([]);
    const [invoice] = (result?.observed?.["invoices"] ?? []) as {
      lines: { description: string; commitment: string }[];
    }[];
    expect(new Set(invoice?.lines.map(({ description }) => description)).size).toBe(450);
    expect(new Set(invoice?.lines.map(({ commitment }) => commitment))).toEqual(new Set(["Rows"]));
  });
});

describe("without a server to talk to", () => {
  const example = join(FOLDER, "e01-commitment-fee.yaml");

  it("an address where nobody listens is a difference of every file", async () => {
    const run = await runScenarios(["--json", "--url", "http://127.0.0.1:9", example, example]);
    expect(jsonResults(run).map(({ ok }) => ok)).toEqual([false, false]);
    expect(jsonResults(run)[0]?.differences?.[0]?.observed).toContain("cannot be reached");
    expect(run.exitCode).toBe(1);
  });

  it("Ctrl-C stops the server that was started, and leaves nothing behind", async () => {
    const folder = await temporaryFolder("interrupted");
    const run = await runScenarios([...files, ...files], { TMPDIR: folder }, 4_000);
    expect(run.exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});
