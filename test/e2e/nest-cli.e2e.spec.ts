import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** nest-cli.json is true: Nest's own commands build and start every app, in a copy of the sources without a dist. */

const SOURCES = ["nest-cli.json", "package.json", "tsconfig.json", "tsconfig.build.json", "apps", "libs", "migrations"];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-nest-"));
  for (const name of SOURCES) {
    await cp(name, join(folder, name), {
      recursive: true,
      filter: (path) => !/(^|[\\/])(node_modules|dist)$/.test(path),
    });
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

it("builds the entry of every app", async () => {
  const entries = [
    "dist/apps/api/main.js",
    "dist/apps/worker/main.js",
    "dist/apps/cli/main.js",
    "apps/eventstore/dist/main.js",
  ];
  const built = (): boolean[] => entries.map((entry) => existsSync(join(folder, entry)));
  expect(built()).toEqual([false, false, false, false]);
  // The product is one program with several entries; the event store is a package of its own.
  for (const app of ["api", "eventstore"])
    expect(await nest("build", app)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(built()).toEqual([true, true, true, true]);
});

/** What an app that cannot start says in its log: `could not start` with one sentence per mistake. */
const refusal = async (app: string): Promise<{ code: number | null; said: unknown; mistakes: string[] }> => {
  const { code, stderr } = await nest("start", app);
  const { app: logged, event, message } = JSON.parse(stderr) as { app: string; event: string; message: string };
  return {
    code,
    said: { app: logged, event },
    mistakes: message.split("\n").map((line) => /[A-Z]+_URL/.exec(line)?.[0] ?? line),
  };
};

it.each(["api", "worker"])("starts the %s, which names the variables that it misses", async (app) => {
  expect(await refusal(app)).toEqual({
    code: 1,
    said: { app, event: "could not start" },
    mistakes: ["EVENTSTORE_URL", "DATABASE_URL"],
  });
});

it("starts the command line, and hands it its arguments", async () => {
  const { code, stdout, stderr } = await nest("start", "cli", "--", "--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Usage: tenure <command> [options]");
});
