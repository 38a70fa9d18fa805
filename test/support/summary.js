// Sums up the JSON reports of the test runs: the last line that CI reads.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "reports", exitCode = "0"] = process.argv.slice(2);
let files = [];
try {
  files = readdirSync(folder).filter((name) => name.endsWith(".json"));
} catch {
  // No run got as far as a report.
}
const reports = files.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
const total = (field) => reports.reduce((sum, report) => sum + report[field], 0);
const failed = total("numFailedTests");
// A failure that is no test's (lint, types, a file that does not load) counts as one.
console.log(`${total("numPassedTests")} passed, ${failed === 0 && exitCode !== "0" ? 1 : failed} failed`);
