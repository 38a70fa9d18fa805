import { type ChildProcess, spawn } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "./data-folder.js";
import { EmbeddedError } from "./errors.js";
import { isAlive, isListed } from "./processes.js";
import { type EmbeddedOptions, type Engines, startEmbedded } from "./start-embedded.js";

const asRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
/** An ordinary user that every Unix has. */
const DAEMON = 1;

let home: string;
let dataDir: string;
let lines: string[];
const running: Engines[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "tenure-embedded-")));
  dataDir = join(home, "data");
  lines = [];
  if (asRoot) await chmod(home, 0o755);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((engines) => engines.stop()));
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const start = async (options: Partial<EmbeddedOptions> = {}): Promise<Engines> => {
  const engines = await startEmbedded({
    dataDir,
    need: { eventStore: false, postgres: true },
    log: (line) => lines.push(line),
    ...options,
  });
  running.push(engines);
  return engines;
};

const failure = async (options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedError> => {
  const error: unknown = await start(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EmbeddedError)) throw new Error("expected an EmbeddedError", { cause: error });
  expect(error.message).not.toContain("\n");
  return error;
};

const query = async (url: string | undefined, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** A launcher of its own, from dist: something to kill. Prints its engines, or one line with the error. */
const elsewhere = async (dir: string, user?: number): Promise<{ child: ChildProcess; line: string }> => {
  const library = resolve("dist/libs/embedded/start-embedded.js");
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(library)});
    try {
      const engines = await startEmbedded({ dataDir: ${JSON.stringify(dir)}, need: { eventStore: false, postgres: true }, log: () => {} });
      process.on("SIGTERM", () => engines.stop().then(() => process.exit(0)));
      setInterval(() => {}, 1000);
      console.log(JSON.stringify(engines));
    } catch (error) { console.log(error.code + " " + error.message); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: "/",
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  children.push(child);
  const line = await new Promise<string>((resolveLine) =>
    child.stdout.once("data", (data: Buffer) => {
      resolveLine(data.toString().trim());
    }),
  );
  return { child, line };
};

const waitFor = async (condition: () => boolean): Promise<void> => {
  await expect.poll(condition, { timeout: 120_000, interval: 20 }).toBe(true);
};

describe("an embedded PostgreSQL", () => {
  it("is set up as promised", async () => {
    const { databaseUrl, eventStoreUrl } = await start();
    expect(eventStoreUrl).toBeUndefined();
    expect(databaseUrl).toMatch(/^postgres:\/\/tenure:[\w-]{32}@127\.0\.0\.1:\d+\/tenure$/);
    const names = [
      "listen_addresses",
      "data_checksums",
      "fsync",
      "TimeZone",
      "server_encoding",
      "max_connections",
      "shared_buffers",
    ];
    const [settings] = await query(
      databaseUrl,
      `SELECT ${names.map((name) => `current_setting('${name}')`).join(" || ' ' || ")} AS all`,
    );
    expect(settings).toEqual({ all: "127.0.0.1 on on UTC UTF8 100 128MB" });
    const [database] = await query(
      databaseUrl,
      "SELECT datlocprovider::text AS provider, datlocale AS locale FROM pg_database WHERE datname = 'tenure'",
    );
    expect(database).toEqual({ provider: "b", locale: "C.UTF-8" });
    expect(await query(databaseUrl, "SELECT rolsuper FROM pg_roles WHERE rolname = 'tenure'")).toEqual([
      { rolsuper: false },
    ]);
    await expect(query(databaseUrl?.replace(/tenure:[^@]*/, "tenure:wrong"), "SELECT 1")).rejects.toThrow(
      "password authentication failed",
    );
    expect((await stat(join(dataDir, "postgres-credentials.json"))).mode & 0o777).toBe(0o600);
  });

  it("keeps its data and its password over a restart", async () => {
    const first = await start();
    await query(first.databaseUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await start();
    expect(await query(second.databaseUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
    expect(new URL(second.databaseUrl ?? "").password).toBe(new URL(first.databaseUrl ?? "").password);
    expect(lines).toHaveLength(1);
  });

  it("is reported when it ends on its own", async () => {
    const { died, pids } = await start();
    process.kill(pids.postgres ?? 0, "SIGKILL");
    expect(await died).toMatch(/^PostgreSQL ended \(signal SIGKILL\); its log is .*postgres\.log\.$/);
  });

  it("is not reported when it was stopped", async () => {
    const { died, stop } = await start();
    await stop();
    expect(await Promise.race([died, Promise.resolve("quiet")])).toBe("quiet");
  });

  it("refuses a busy port in one sentence", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as { port: number };
    const error = await failure({ postgresPort: port });
    expect(error).toMatchObject({
      code: "PORT_BUSY",
      engine: "PostgreSQL",
      message: `Port ${port} (PostgreSQL) is already in use on 127.0.0.1.`,
    });
    server.close();
    await start({ postgresPort: port });
  });

  it("stops what was started when the start is cancelled", async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 150);
    expect((await failure({ signal: controller.signal })).code).toBe("CANCELLED");
    await start();
  });

  it("starts as root in a folder that others cannot enter", async ({ skip }) => {
    if (!asRoot || process.platform !== "linux") skip("needs root");
    const closed = join(home, "closed");
    await mkdir(closed, { mode: 0o700 });
    dataDir = join(closed, "data");
    const { databaseUrl, pids } = await start();
    expect(await query(databaseUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    const status = await readFile(`/proc/${pids.postgres ?? 0}/status`, "utf8");
    expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
    // One capability: to read and search.
    expect(status).toMatch(/^CapEff:\t0000000000000004$/m);
  });

  it("runs as the ordinary owner of the folder above when the launcher is root", async ({ skip }) => {
    if (!asRoot) skip("needs root");
    await chown(home, DAEMON, DAEMON);
    await chmod(home, 0o700);
    await start();
    expect((await stat(join(dataDir, "postgres"))).uid).toBe(DAEMON);
  });
});

describe("the data folder", () => {
  it("refuses a folder with somebody else's files", async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, "thesis.txt"), "do not touch");
    const error = await failure();
    expect(error.code).toBe("FOLDER_FOREIGN");
    expect(error.message).toContain('it holds "thesis.txt"');
  });

  it("refuses a folder of a newer format", async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, "tenure-data.json"), '{"format":2}');
    expect((await failure()).code).toBe("FOLDER_TOO_NEW");
  });

  it("holds a demo, or anything else, and never both", async () => {
    const demo = join(home, "demo");
    await (await openDataFolder(demo, "DEMO")).lock.release();
    await (await openDataFolder(demo, "DEMO")).lock.release();
    await (await openDataFolder(dataDir)).lock.release();
    await (await openDataFolder(dataDir)).lock.release();
    const path = { demo: await realpath(demo), dataDir: await realpath(dataDir) };
    await expect(openDataFolder(demo)).rejects.toEqual(
      new EmbeddedError(
        "FOLDER_OF_DEMO",
        `The data folder ${path.demo} holds the demo, and nothing else is kept there.`,
      ),
    );
    await expect(openDataFolder(dataDir, "DEMO")).rejects.toEqual(
      new EmbeddedError(
        "FOLDER_NOT_OF_DEMO",
        `The data folder ${path.dataDir} holds other data, and no demo is made there.`,
      ),
    );
    // A refusal leaves no lock behind.
    await (await openDataFolder(demo, "DEMO")).lock.release();
  });

  it("refuses a second launcher, and lets it in when the first has gone", async () => {
    const { child } = await elsewhere(dataDir);
    const error = await failure();
    expect(error.code).toBe("FOLDER_LOCKED");
    expect(error.message).toContain(`(process ${child.pid ?? 0})`);
    child.kill("SIGTERM");
    await waitFor(() => child.exitCode === 0);
    await start();
    expect(lines).toEqual([]);
  });

  it("is entered after kill -9: the lock is stale and the PostgreSQL left behind is stopped", async () => {
    const { child, line } = await elsewhere(dataDir);
    const left = JSON.parse(line) as Engines;
    await query(left.databaseUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
    child.kill("SIGKILL");
    await waitFor(() => child.signalCode === "SIGKILL");
    expect(isAlive(left.pids.postgres ?? 0)).toBe(true);
    const { databaseUrl } = await start();
    expect(isAlive(left.pids.postgres ?? 0)).toBe(false);
    expect(lines).toEqual([
      `Stopping a PostgreSQL (process ${left.pids.postgres ?? 0}) that an earlier launcher left behind.`,
    ]);
    expect(await query(databaseUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("is entered although the pid of a dead launcher belongs to another process now", async () => {
    const first = await start();
    const lock = JSON.parse(await readFile(join(dataDir, "launcher.lock"), "utf8")) as object;
    await first.stop();
    await writeFile(join(dataDir, "launcher.lock"), JSON.stringify({ ...lock, pid: process.ppid, startedAt: "1" }));
    await start();
  });

  it("is entered although the pid of a dead PostgreSQL belongs to another process now", async () => {
    const first = await start();
    const file = join(dataDir, "postgres", "postmaster.pid");
    const text = await readFile(file, "utf8");
    await first.stop();
    const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const other = spawn("sleep", ["60"], { stdio: "ignore", ...user });
    children.push(other);
    await writeFile(file, [String(other.pid), ...text.split("\n").slice(1)].join("\n"), { mode: 0o600 });
    if (asRoot) await chown(file, NOBODY, NOBODY);
    await start();
    expect(isAlive(other.pid ?? 0)).toBe(true);
  });

  it("is entered although a PostgreSQL that was killed is still listed as a process", async ({ skip }) => {
    if (process.platform !== "linux") skip("needs /proc");
    const first = await start();
    const file = join(dataDir, "postgres", "postmaster.pid");
    const text = await readFile(file, "utf8");
    await first.stop();
    // Its parent becomes another program, which collects nobody, before it ends.
    const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const parent = spawn("sh", ["-c", "sleep 2 & echo $!; exec sleep 120"], {
      stdio: ["ignore", "pipe", "ignore"],
      ...user,
    });
    children.push(parent);
    const dead = await new Promise<string>((told) =>
      parent.stdout.once("data", (pid: Buffer) => {
        told(pid.toString().trim());
      }),
    );
    await waitFor(() => !isAlive(Number(dead)));
    await writeFile(file, [dead, ...text.split("\n").slice(1)].join("\n"), { mode: 0o600 });
    if (asRoot) await chown(file, NOBODY, NOBODY);
    await start();
    expect(isListed(Number(dead))).toBe(true);
  });

  it("is entered once the last process of a PostgreSQL that was killed has ended", async ({ skip }) => {
    if (process.platform !== "linux") skip("needs /proc");
    const { child, line } = await elsewhere(dataDir);
    const postmaster = (JSON.parse(line) as Engines).pids.postgres ?? 0;
    const [helper = 0] = (await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8"))
      .trim()
      .split(" ")
      .map(Number);
    process.kill(helper, "SIGSTOP");
    process.kill(postmaster, "SIGKILL");
    child.kill("SIGKILL");
    await waitFor(() => child.signalCode === "SIGKILL" && !isAlive(postmaster));
    let isOver = false;
    setTimeout(() => {
      isOver = true;
      process.kill(helper, "SIGCONT");
    }, 1_000);
    const { databaseUrl } = await start();
    expect(isOver).toBe(true);
    expect(await query(databaseUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it.each([
    ["where there can be none", () => "/proc/tenure", "cannot be made there: the file system has no place for it."],
    ["that is a file", () => join(home, "file"), "cannot be made: there is a file of that name."],
    ["below a file", () => join(home, "file", "data"), "cannot be made: a part of its path is a file."],
    ["with a name that is too long", () => join(home, "x".repeat(300)), "cannot be made: its name is too long."],
  ])("refuses a folder %s in one sentence", async (_, folder, sentence) => {
    await writeFile(join(home, "file"), "");
    const error = await failure({ dataDir: folder() });
    expect([error.code, error.message]).toEqual(["NO_PERMISSION", `The data folder ${folder()} ${sentence}`]);
  });

  it("says so when this user may not use it", async () => {
    await mkdir(dataDir, { mode: 0o500 });
    if (asRoot) await chmod(dataDir, 0o700);
    const { line } = await elsewhere(dataDir, asRoot ? NOBODY : undefined);
    expect(line).toBe(`NO_PERMISSION This user may not read or write the data folder ${dataDir}.`);
  });

  it("works for an ordinary user when this is root", async ({ skip }) => {
    if (!asRoot) skip("needs root");
    await chmod(home, 0o777);
    const { line } = await elsewhere(dataDir, NOBODY);
    expect(await query((JSON.parse(line) as Engines).databaseUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  it("is not touched when both servers are elsewhere", async () => {
    await start({ need: { eventStore: false, postgres: false } });
    await expect(stat(dataDir)).rejects.toThrow("ENOENT");
  });
});
