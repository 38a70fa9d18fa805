import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

/** @param specs by name; `runs()` says how often its file was run, this time included */
const run = async (specs: Readonly<Record<string, string>>) => {
  const folder = await mkdtemp(join(tmpdir(), "twice-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(specs)) {
    const counted = `const { appendFileSync, readFileSync } = process.getBuiltinModule("node:fs");
      appendFileSync(import.meta.filename + ".runs", ".");
      const runs = () => readFileSync(import.meta.filename + ".runs", "utf8").length;`;
    await writeFile(join(folder, `${name}.spec.js`), `${counted}\n${text}`);
  }
  const report = join(folder, "reports", "all.json");
  const args = ["run", `--root=${folder}`, "--globals", "--reporter=default", "--reporter=json"];
  const { VITEST: _vitest, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ["test/support/twice.js", ...args, `--outputFile=${report}`], {
    encoding: "utf8",
    env,
  });
  const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, "utf8")) as Record<string, number>;
  const told = stdout.split("\n").filter((line) => line.startsWith("Failed at first: "));
  return {
    status,
    passed: numPassedTests,
    failed: numFailedTests,
    told: told.map((line) => line.replaceAll(folder, "")),
  };
};

it("counts what a file says when it is run once more, and names what failed at first", async () => {
  expect(
    await run({
      good: `it("a", () => {}); it("b", () => expect(runs()).toBe(1));`,
      shaky: `it("c", () => {}); it("d", () => expect(runs()).toBe(2));`,
    }),
  ).toEqual({ status: 0, passed: 4, failed: 0, told: ["Failed at first: /shaky.spec.js: d"] });
});

it("fails where a file fails again, or where more than three do", async () => {
  expect(await run({ bad: `it("a", () => expect(runs()).toBe(0)); it("b", () => {});` })).toEqual({
    ...{ status: 1, passed: 1, failed: 1, told: ["Failed at first: /bad.spec.js: a"] },
  });
  const shaky = `it("a", () => expect(runs()).toBe(2));`;
  expect(await run({ one: shaky, two: shaky, three: shaky, four: shaky })).toEqual({
    ...{ status: 1, passed: 0, failed: 4, told: [] },
  });
});
