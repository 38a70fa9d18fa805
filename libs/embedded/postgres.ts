import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type DataFolder } from "./data-folder.js";
import { type Engine, endOf, endsIn } from "./engine.js";
import { EmbeddedError, messageOf } from "./errors.js";
import { type LogFile, openLogFile } from "./log-file.js";
import { freePort, requireFreePort } from "./ports.js";
import { type PostgresBinaries, prepareBinaries } from "./postgres-binaries.js";
import { type Credentials, engineEnvironment, ensureCluster, reasonIn } from "./postgres-cluster.js";
import { stopOrphan } from "./postgres-orphan.js";
import { asAccount, chooseRunAs, type RunAs } from "./unprivileged.js";

const HOST = "127.0.0.1";
const DATABASE = "tenure";
const ROLE = "tenure";
const FAST_MS = 20_000;
const IMMEDIATE_MS = 5_000;
const STILL_STARTING_MS = 15_000;
/** Milliseconds that the processes of a killed server may take to end: they hold its shared memory until then. */
const DYING_MS = 30_000;
const DYING_PAUSE_MS = 200;
const DYING = /shared memory block .* is still in use|lock file .* already exists|Is another postmaster/i;

/** Settings on the command line, which override postgresql.conf at each start. */
const settings = (port: number): string[] =>
  Object.entries({
    listen_addresses: HOST,
    port: String(port),
    // No Unix socket: a deep data folder exceeds the length limit of its path, and Windows has none.
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "128MB",
    fsync: "on",
    full_page_writes: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    cluster_name: "tenure",
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

export interface PostgresOptions {
  folder: DataFolder;
  /** Port; 0: any free one. */
  port: number;
  log: (line: string) => void;
  signal?: AbortSignal;
}

export const startPostgres = async ({ folder, port, log, signal }: PostgresOptions): Promise<Engine> => {
  const binaries = await prepareBinaries();
  const runAs = await chooseRunAs(
    [folder.postgres, folder.path, dirname(folder.path)],
    [folder.path, binaries.postgres, join(binaries.native, "lib")],
  );
  await stopOrphan(folder.postgres, log);
  if (port !== 0) await requireFreePort(port, "PostgreSQL", folder.lock.wasStale ? 3_000 : 0, "PostgreSQL");
  const credentials = await ensureCluster(folder, binaries, runAs, signal);
  const deadline = performance.now() + DYING_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await startServer(folder, binaries, runAs, credentials, port === 0 ? await freePort() : port, log, signal);
    } catch (error) {
      if (!(error instanceof EmbeddedError)) throw error;
      // Another program may have taken the port since it was found free.
      const portTaken = port === 0 && attempt < 5 && error.code === "PORT_BUSY";
      const dying = error.code === "ENGINE_FAILED" && DYING.test(error.message) && performance.now() < deadline;
      if (dying) await delay(DYING_PAUSE_MS);
      else if (!portTaken) throw error;
    }
  }
};

const startServer = async (
  folder: DataFolder,
  binaries: PostgresBinaries,
  runAs: RunAs,
  credentials: Credentials,
  port: number,
  log: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<Engine> => {
  const logFile = await openLogFile(join(folder.logs, "postgres.log"));
  const { program, args, options } = asAccount(runAs, binaries.postgres, ["-D", folder.postgres, ...settings(port)]);
  const child = spawn(program, args, {
    ...options,
    cwd: "/",
    env: engineEnvironment(),
    stdio: ["ignore", logFile.fd, logFile.fd],
    // In its own process group: Ctrl-C in the terminal reaches only the launcher, which stops everything in order.
    detached: true,
    windowsHide: true,
  });
  logFile.close();
  const ended = endOf(child);
  const stop = (): Promise<void> => stopServer(child, ended, binaries, folder.postgres);
  try {
    await untilReady(child, ended, folder.postgres, port, logFile, log, signal);
    await ensureDatabase(port, credentials);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: "PostgreSQL",
    pid: child.pid ?? 0,
    url: `postgres://${ROLE}:${credentials.tenure}@${HOST}:${port}/${DATABASE}`,
    ended: ended.then((end) => `PostgreSQL ended (${end}); its log is ${logFile.path}.`),
    stop,
    stopAtExit: () => {
      child.kill("SIGINT");
    },
    // "Immediate" shutdown: SIGKILL would leave its helper processes and shared memory behind.
    kill: () => {
      child.kill("SIGQUIT");
    },
  };
};

/**
 * Waits until postmaster.pid shows that the server is ready: a connection could be to another server on the same port.
 */
const untilReady = async (
  child: ChildProcess,
  ended: Promise<string>,
  folder: string,
  port: number,
  logFile: LogFile,
  log: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> => {
  let end: string | undefined;
  void ended.then((reason) => (end = reason));
  let next = performance.now() + STILL_STARTING_MS;
  for (;;) {
    if (end !== undefined) throw await failure(end, port, logFile);
    if (signal?.aborted === true) throw new EmbeddedError("CANCELLED", "The start was cancelled.", "PostgreSQL");
    const lines = (await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return;
    if (performance.now() > next) {
      log("PostgreSQL is still starting (after a crash it first replays its log).");
      next += STILL_STARTING_MS;
    }
    await delay(10);
  }
};

const failure = async (end: string, port: number, logFile: LogFile): Promise<EmbeddedError> => {
  const output = await logFile.sinceOpened();
  if (/could not (bind|create any TCP)/.test(output)) {
    return new EmbeddedError("PORT_BUSY", `Port ${port} (PostgreSQL) is already in use on ${HOST}.`, "PostgreSQL");
  }
  return new EmbeddedError(
    "ENGINE_FAILED",
    `PostgreSQL could not start: ${reasonIn(output) ?? end} (${logFile.path}).`,
    "PostgreSQL",
  );
};

/** Creates role and database if missing, also after a first start that was interrupted after initdb. */
const ensureDatabase = async (port: number, credentials: Credentials): Promise<void> => {
  const client = new pg.Client({
    host: HOST,
    port,
    user: "postgres",
    password: credentials.superuser,
    database: "postgres",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const found = await client.query<{ role: boolean; database: boolean }>(
      "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $2) AS database",
      [ROLE, DATABASE],
    );
    const row = found.rows[0];
    if (row?.role !== true)
      await client.query(`CREATE ROLE ${ROLE} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(credentials.tenure)}`);
    if (row?.database !== true) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
  } catch (error) {
    throw new EmbeddedError(
      "ENGINE_FAILED",
      `PostgreSQL started but its database could not be prepared: ${messageOf(error)}.`,
      "PostgreSQL",
    );
  } finally {
    await client.end().catch(() => undefined);
  }
};

const stopServer = async (
  child: ChildProcess,
  ended: Promise<string>,
  binaries: PostgresBinaries,
  folder: string,
): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  // "Fast" shutdown: ends the sessions and writes all data. Windows has no such signal; pg_ctl is used there.
  if (process.platform === "win32") execFile(binaries.pgCtl, ["stop", "-D", folder, "-m", "fast"], () => undefined);
  else child.kill("SIGINT");
  if (await endsIn(ended, FAST_MS)) return;
  child.kill("SIGQUIT");
  if (await endsIn(ended, IMMEDIATE_MS)) return;
  child.kill("SIGKILL");
  await ended;
};

/** True when the folder already holds a cluster, so that callers can say that the first start takes longer. */
export const hasCluster = async (folder: DataFolder): Promise<boolean> =>
  stat(join(folder.postgres, "PG_VERSION")).then(
    () => true,
    () => false,
  );
