import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** nest-cli.json is true: Nest's own commands build and start every app, in a copy of the sources without a dist. */

const SOURCES = ["nest-cli.json", "package.json", "tsconfig.json", "tsconfig.build.json", "apps", "libs", "migrations"];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-nest-"));
  for (const name of SOURCES) {
    await cp(name, join(folder, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
  }
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "junction");
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Runs `nest <args>` in the copy, with neither server named; resolves when it has ended. */
const nest = async (...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  const child = spawn(process.execPath, [resolve("node_modules/@nestjs/cli/bin/nest.js"), ...args], {
    cwd: folder,
    env: { ...process.env, EVENTSTORE_URL: "", DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (printed.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (printed.stderr += data.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, ...printed };
};

interface NestCli {
  readonly projects: Readonly<Record<string, { readonly sourceRoot: string; readonly entryFile: string }>>;
}

it("builds the entry of every app", async () => {
  expect(await nest("build", "api")).toEqual({ code: 0, stdout: "", stderr: "" });
  const { projects } = JSON.parse(await readFile("nest-cli.json", "utf8")) as NestCli;
  const built = Object.entries(projects).map(([name, { sourceRoot, entryFile }]) => [
    name,
    existsSync(join(folder, "dist", sourceRoot, `${entryFile}.js`)),
  ]);
  expect(built).toEqual([
    ["api", true],
    ["worker", true],
    ["cli", true],
    ["eventstore", true],
  ]);
});

it("starts the API, which names the variables that it misses", async () => {
  expect(await nest("start", "api")).toEqual({
    code: 1,
    stdout: "",
    stderr: [
      "EVENTSTORE_URL must be set, and start with esdb:// or esdb+discover://.\n",
      "DATABASE_URL must be set, and start with postgres:// or postgresql://.\n",
    ].join(""),
  });
});

it("starts the worker, which names the variable that it misses", async () => {
  const { code, stderr } = await nest("start", "worker");
  expect(code).toBe(1);
  expect(stderr).toContain("The worker needs EVENTSTORE_URL");
});

it("starts the command line, and hands it its arguments", async () => {
  const { code, stdout, stderr } = await nest("start", "cli", "--", "--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Usage: tenure <command> [options]");
});
