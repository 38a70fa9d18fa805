import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type JobKind, type Report } from "#application/audit/job.js";
import { program } from "#application/audit/program.js";
import { differencesCsv, type KeptReport, reportOf, reportPdf } from "#application/audit/report-files.js";
import { type Checked, checkSigned, KeyUnusable, readSigned, SaidTwice } from "#application/audit/signing.js";
import { jobOf } from "#application/jobs.js";
import { readArguments, tell, UsageError } from "../server-options.js";

const HELP = `Usage: tenure verify-report FILE --key PUBLIC.pem

Checks that a report or a checkpoint is what the installation signed whose public key ("tenure public-key") is given. It
needs no server. The files that a report names are compared with those beside it, and so are its summaries, report.pdf and
differences.csv, where this version of the program made it.

Options
  --key FILE    the public key, PEM
  --help        this text

Exit code: 0 as it was signed, 1 not, 2 it could not be checked.`;

/** `tenure verify-report` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = { key: { type: "string" }, help: { type: "boolean", short: "h", default: false } } as const;
    const { values, positionals } = readArguments({ args: argv, options, allowPositionals: true });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError("Name one file.");
    if (values.key === undefined) throw new UsageError("Name the public key with --key.");
    return await check(file, await contentOf(values.key));
  } catch (error) {
    if (error instanceof KeyUnusable) console.error(error.message);
    else tell(error);
    return 2;
  }
};

const check = async (file: string, publicKey: string): Promise<number> => {
  const checked = checkedText(await contentOf(file), publicKey);
  if (!checked.valid) {
    console.error(`${file}: ${checked.reason}`);
    return 1;
  }
  const document = checked.document as Readonly<Record<string, unknown>>;
  const folder = dirname(file);
  const problems = [
    ...(await changedFiles(document["files"], folder)),
    // Another version of the program may draw them otherwise.
    ...(isReport(document) && document.program === program
      ? await otherThanMade(checked.signed as KeptReport, folder)
      : []),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const verdict = isReport(document) ? `, ${document.verdict}` : "";
  console.log(`${file}: ${String(document["kind"])}${verdict}, as it was signed by ${checked.keyId}.`);
  if (isReport(document) && document.program !== program) {
    console.log(`report.pdf and differences.csv were not compared: ${document.program} made them, this is ${program}.`);
  }
  return 0;
};

/** One sentence for each file of a report that is missing beside it, or another one. */
const changedFiles = async (files: unknown, folder: string): Promise<string[]> => {
  const named = Array.isArray(files) ? (files as { readonly name: string; readonly sha256: string }[]) : [];
  const problems: string[] = [];
  for (const { name, sha256 } of named) {
    const path = join(folder, name);
    const found = await sha256Of(path);
    if (found === null) problems.push(`${path}: It is missing.`);
    else if (found !== sha256) problems.push(`${path}: It is not the file that the report names.`);
  }
  return problems;
};

/** Whether a program made it as a report of this shape; a checkpoint is none. */
const isReport = (document: object): document is Report =>
  "verdict" in document && "differences" in document && "program" in document;

/**
 * One sentence for each summary beside a report that is not what is made of it. The report does not name them: they say
 * nothing of their own.
 */
const otherThanMade = async (kept: KeptReport, folder: string): Promise<string[]> => {
  const report = reportOf(kept);
  const made = {
    "report.pdf": sha256(await reportPdf(kept, titleOf(report.kind))),
    "differences.csv": sha256(differencesCsv(report)),
  };
  const problems: string[] = [];
  for (const [name, expected] of Object.entries(made)) {
    const path = join(folder, name);
    const found = await sha256Of(path);
    if (found !== null && found !== expected) problems.push(`${path}: It is not what the report says.`);
  }
  return problems;
};

const titleOf = (kind: JobKind): string => jobOf(kind)?.job.title ?? kind;

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Null: the file cannot be read. */
const sha256Of = async (path: string): Promise<string | null> => {
  const sum = createHash("sha256");
  try {
    for await (const part of createReadStream(path)) sum.update(part as Buffer);
    return sum.digest("hex");
  } catch {
    return null;
  }
};

/** @throws UsageError */
const contentOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${String((error as { readonly code?: unknown }).code)}).`);
  }
};

/** @throws KeyUnusable */
const checkedText = (text: string, publicKey: string): Checked => {
  let signed: unknown = null;
  try {
    signed = readSigned(text);
  } catch (error) {
    if (error instanceof SaidTwice) return { valid: false, reason: error.message };
  }
  return checkSigned(signed, publicKey);
};
