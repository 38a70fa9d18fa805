import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signingOf } from "#application/audit/signing.js";
import { isAlive } from "#embedded/processes.js";
import { readRunning } from "../running.js";

/** The launcher from dist, with the real engines and stand-ins for the API and the worker, as a process of its own. */

/** As the real ones do. */
const ENVIRONMENT = `
if (process.env.TENURE_ENVIRONMENT_FOLLOWS === "1")
  await new Promise((told) => process.once("message", ({ environment }) => told(Object.assign(process.env, environment))));`;
const API = `
import { createServer } from "node:http";
${ENVIRONMENT}
if (process.env.STAND_IN_API === "fails") process.send({ type: "failed", reason: "no such table" }, () => process.exit(1));
else {
  const server = createServer((_, response) => response.end(process.env.TENURE_TEST_CLOCK + " " + process.env.DATABASE_URL));
  server.listen(Number(process.env.TENURE_PORT), "127.0.0.1", () =>
    process.send({ type: "ready", url: "http://127.0.0.1:" + server.address().port }));
  process.on("SIGTERM", () => { console.log("[api stops]"); process.exit(0); });
  process.on("disconnect", () => process.exit(0));
}`;
const WORKER = `
${ENVIRONMENT}
process.send({ type: "ready" });
process.on("message", ({ type, port }) => console.log("[worker told " + type + " " + port + "]"));
setInterval(() => {}, 1000);
process.on("SIGTERM", () => { console.log("[worker stops]"); process.exit(0); });
process.on("disconnect", () => process.exit(0));`;

let home: string;
let dataDir: string;
let launchers: Launcher[];

interface Launcher {
  child: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
}

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "tenure-launch-")));
  dataDir = join(home, "data");
  launchers = [];
  await writeFile(join(home, "api.mjs"), API);
  await writeFile(join(home, "worker.mjs"), WORKER);
});

afterEach(async () => {
  for (const { child, exit } of launchers) {
    child.kill("SIGTERM");
    await exit;
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const start = (environment: Record<string, string> = {}): Launcher => {
  const from = (file: string): string => JSON.stringify(resolve("dist/apps/cli/start", file));
  const script = `
    const { readConfiguration } = await import(${from("configuration.js")});
    const { launch, LaunchFailure } = await import(${from("launch.js")});
    const { listenForStop } = await import(${from("stop-request.js")});
    const entries = { api: ${JSON.stringify(join(home, "api.mjs"))}, worker: ${JSON.stringify(join(home, "worker.mjs"))} };
    const stop = listenForStop();
    const backOff = { firstMs: 100, maxMs: 1000, healthyMs: 60000 };
    launch(readConfiguration([], process.env), { entries, log: console.log, stop, environment: process.env, backOff })
      .catch((error) => { console.log(error instanceof LaunchFailure ? error.message : error); process.exitCode = 1; })
      .finally(() => stop.close());`;
  const own = { TENURE_DATA: dataDir, TENURE_PORT: "0", TENURE_EVENTSTORE_PORT: "0", NODE_ENV: "test" };
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: {
      ...process.env,
      TENURE_TOKEN: "",
      TENURE_TOKEN_FILE: "",
      TENURE_AUTH: "",
      EVENTSTORE_URL: "",
      DATABASE_URL: "",
      ...own,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const exit = new Promise<number | null>((done) => child.once("close", done));
  const launcher = { child, output: () => output, exit };
  launchers.push(launcher);
  return launcher;
};

const ready = async (environment?: Record<string, string>): Promise<Launcher> => {
  const launcher = start(environment);
  await expect.poll(launcher.output, { timeout: 120_000, interval: 20 }).toContain("Ctrl-C stops.");
  return launcher;
};

const running = async (): Promise<NonNullable<Awaited<ReturnType<typeof readRunning>>>> => {
  const found = await readRunning(dataDir);
  if (found === undefined) throw new Error("nothing runs");
  return found;
};

describe("the launcher", () => {
  it("runs everything, tells where, and stops in order", async () => {
    const { child, output, exit } = await ready();
    const { url, databaseUrl, eventStoreUrl, token } = await running();
    expect(await (await fetch(url)).text()).toBe(`1 ${databaseUrl}`);
    expect(token).toMatch(/^[\w-]{43}$/);
    const file = join(dataDir, "token");
    expect([await readFile(file, "utf8"), (await stat(file)).mode & 0o777]).toEqual([`${token ?? ""}\n`, 0o600]);
    const key = join(dataDir, "signing-key.pem");
    expect([signingOf(key).keyId.length, (await stat(key)).mode & 0o777]).toEqual([64, 0o600]);
    expect(output()).toContain(`${new URL(url).origin}/#token=${token ?? ""}`);
    for (const told of [url, eventStoreUrl, dataDir, "Test clock   on"]) expect(output()).toContain(told);
    expect(output()).not.toContain(new URL(databaseUrl).password);
    child.kill("SIGINT");
    expect(await exit).toBe(0);
    expect(output()).toMatch(/Stopping\.\s+\[api stops\]\s+\[worker stops\]\s*$/);
    expect(await readRunning(dataDir)).toBeUndefined();
  });

  it("starts a killed worker again", async () => {
    const { output } = await ready();
    const { url, pids } = await running();
    const told = `[worker told api-listens ${new URL(url).port}]`;
    await expect.poll(output).toContain(told);
    const [first] = pids.workers;
    process.kill(first ?? 0, "SIGKILL");
    await expect.poll(output, { timeout: 120_000 }).toContain("The worker runs again.");
    expect(output()).toContain("The worker ended (signal SIGKILL). Starting it again in 0.1 s.");
    const [second] = (await running()).pids.workers;
    expect(second).not.toBe(first);
    await expect.poll(() => output().split(told)).toHaveLength(3);
  });

  it.each([
    ["api", "The API ended (signal SIGKILL)."],
    ["postgres", "PostgreSQL ended (signal SIGKILL); its log is "],
    ["eventStore", "The event store ended (signal SIGKILL); its log is "],
  ] as const)("stops everything when its %s dies", async (part, sentence) => {
    const { output, exit } = await ready();
    const { pids } = await running();
    process.kill(pids[part] ?? 0, "SIGKILL");
    expect(await exit).toBe(1);
    expect(output().trimEnd().split("\n").at(-1)).toContain(sentence);
    expect(output()).not.toContain("    at ");
  });

  it("says why the API could not start", async () => {
    const { output, exit } = start({ STAND_IN_API: "fails" });
    expect(await exit).toBe(1);
    expect(output()).toContain("The API could not start: no such table.\n");
  });

  it("says that a program was not built before it sets anything up", async () => {
    await rm(join(home, "worker.mjs"));
    const { output, exit } = start();
    expect(await exit).toBe(1);
    expect(output()).toBe(`The program ${join(home, "worker.mjs")} is missing: run "npm run build" first.\n`);
  });

  it("names the variable of a busy port", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const port = String((server.address() as { port: number }).port);
    for (const variable of ["TENURE_PORT", "TENURE_EVENTSTORE_PORT", "TENURE_POSTGRES_PORT"]) {
      const { output, exit } = start({ [variable]: port });
      expect(await exit).toBe(1);
      expect(output().trimEnd().split("\n").at(-1)).toMatch(
        new RegExp(`^Port ${port} .* is already in use .* choose another port with ${variable}`),
      );
    }
    server.close();
  });

  it("refuses a second launcher on the same folder", async () => {
    await ready();
    const { output, exit } = start();
    expect(await exit).toBe(1);
    expect(output()).toMatch(/^The data folder .* is in use by another Tenure \(process \d+\).*\n$/);
  });

  it("leaves no process behind after kill -9 but a PostgreSQL, which the next start stops", async () => {
    const { child, exit } = await ready();
    const { pids } = await running();
    child.kill("SIGKILL");
    await exit;
    const { output } = await ready();
    expect(output()).toContain(`Stopping a PostgreSQL (process ${pids.postgres ?? 0})`);
    for (const pid of [pids.api, ...pids.workers, pids.eventStore ?? 0, pids.postgres ?? 0]) {
      await expect.poll(() => isAlive(pid)).toBe(false);
    }
  });

  it("can be stopped while it starts", async () => {
    const { child, output, exit } = start();
    await expect.poll(output, { interval: 10 }).toContain("Setting up a new PostgreSQL");
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
    expect(output()).not.toContain("Tenure is running");
  });
});
