// Runs Vitest with the arguments given. Where few files failed, they are run once more, alone, and what they then say
// counts (docs/decisions/0309). Both runs are printed, and what failed at first is named at the end.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** More is no accident of a busy machine. */
const FEW = 3;

const args = process.argv.slice(2);
const report = args.find((arg) => arg.startsWith("--outputFile="))?.slice("--outputFile=".length) ?? "";

const vitest = (...more) =>
  spawnSync(process.execPath, [join("node_modules", "vitest", "vitest.mjs"), ...args, ...more], { stdio: "inherit" })
    .status ?? 1;
const read = () => {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    // It ended before it got as far as a report.
    return { testResults: [] };
  }
};
const failedFiles = ({ testResults }) => testResults.filter(({ status }) => status === "failed");

/** The first report with what the files say that were run again. */
const merged = (first, again) => {
  const isAgain = new Set(again.testResults.map(({ name }) => name));
  const testResults = [...first.testResults.filter(({ name }) => !isAgain.has(name)), ...again.testResults];
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status) => tests.filter((test) => test.status === status).length;
  const [numPassedTests, numFailedTests] = [count("passed"), count("failed")];
  const success = testResults.every(({ status }) => status === "passed");
  return { ...first, testResults, numPassedTests, numFailedTests, numTotalTests: tests.length, success };
};

const run = () => {
  const code = vitest();
  const first = read();
  const failed = failedFiles(first);
  if (code === 0 || failed.length === 0 || failed.length > FEW) return code;
  const before = join(dirname(report), "before");
  mkdirSync(before, { recursive: true });
  writeFileSync(join(before, "first.json"), JSON.stringify(first));
  console.log(`\n${failed.length === 1 ? "One file" : `${failed.length} files`} failed, and will be run once more.\n`);
  const again = vitest(...failed.map(({ name }) => name));
  writeFileSync(report, JSON.stringify(merged(first, read())));
  for (const { name, assertionResults } of failed) {
    const tests = assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
    console.log(`Failed at first: ${name}: ${tests.length === 0 ? "the file itself" : tests.join("; ")}`);
  }
  return again;
};

process.exitCode = run();
