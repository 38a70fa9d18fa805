import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { OPERATOR_TOKEN } from "./operator-token.js";
import { type Running, readRunning } from "../../apps/cli/running.js";
import { startEmbedded } from "../../libs/embedded/start-embedded.js";

/**
 * The whole product from dist, as processes, for end-to-end tests. `npm run build` first: the built programs are run.
 *
 *   const stack = await startStack();
 *   try { ... fetch(stack.url) ... } finally { await stack.stop(); }
 */
export interface Stack {
  /** URL of the API. */
  url: string;
  eventStoreUrl: string;
  databaseUrl: string;
  /** The present pids: a worker that was killed is restarted with another pid. */
  pids(): Promise<Running["pids"]>;
  /**
   * Kills one worker with SIGKILL; resolves when it has ended. The launcher restarts it; with `apart` it is not
   * restarted.
   */
  killWorker(): Promise<void>;
  /** Starts one more worker by URL; resolves with its pid when it is ready. `pids` contains it only with `apart`. */
  startWorker(environment?: Record<string, string>): Promise<number>;
  /** As {@link startWorker}; resolves with the port of its health and metrics too. */
  startWatchedWorker(environment?: Record<string, string>): Promise<WatchedWorker>;
  /** Starts one more API by URL; resolves with its URL when it is ready. */
  startApi(environment?: Record<string, string>): Promise<string>;
  /** Output of the processes so far, for messages of failing tests. */
  output(): string;
  /** Stops everything and removes the data. May be called more than once. */
  stop(): Promise<void>;
}

export interface WatchedWorker {
  pid: number;
  port: number;
}

export interface StackOptions {
  /** Default: on. */
  testClock?: boolean;
  /**
   * The event store, PostgreSQL, the worker and the API each started separately and connected by URL, as in a cluster.
   */
  apart?: boolean;
  /** With `apart`: an event store of the test's own, instead of a new embedded one. */
  eventStoreUrl?: string;
  /** Further environment of API and workers. */
  environment?: Record<string, string>;
}

const READY_MS = 120_000;
const STOP_MS = 60_000;

export const startStack = async ({
  testClock = true,
  apart = false,
  eventStoreUrl,
  environment = {},
}: StackOptions = {}): Promise<Stack> => {
  const dataDir = await mkdtemp(join(tmpdir(), "tenure-stack-"));
  const passed = {
    ...process.env,
    // Variables of the developer's shell must not affect tests.
    EVENTSTORE_URL: eventStoreUrl ?? "",
    ...{ SMTP_URL: "", TENURE_INTEGRATIONS_FILE: "", TENURE_MAIL_FOLDER: "" },
    DATABASE_URL: "",
    ...{ TENURE_AUTH: "", TENURE_TOKEN: OPERATOR_TOKEN, TENURE_TOKEN_FILE: "" },
    NODE_ENV: "test",
    TENURE_TEST_CLOCK: testClock ? "1" : "0",
    TENURE_PORT: "0",
    ...environment,
  };
  const processes = new Processes();
  const cleanUps: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      await processes.stop();
      for (const cleanUp of cleanUps.reverse()) await cleanUp();
    })();
    return stopping;
  };
  try {
    const start = apart ? startApart : startTogether;
    const parts = await start(dataDir, passed, processes, (cleanUp) => cleanUps.push(cleanUp));
    const urls = { EVENTSTORE_URL: parts.eventStoreUrl, DATABASE_URL: parts.databaseUrl };
    return {
      ...parts,
      killWorker: async () => {
        const [pid] = (await parts.pids()).workers;
        if (pid === undefined) throw new Error("There is no worker to kill.");
        process.kill(pid, "SIGKILL");
        while ((await parts.pids()).workers.includes(pid)) await delay(20);
      },
      startWorker: async (own = {}) => (await processes.startReady("worker", [], { ...passed, ...urls, ...own })).pid,
      startWatchedWorker: async (own = {}) => {
        const watched = { ...passed, ...urls, TENURE_WORKER_PORT: "0", ...own };
        const { pid, port = 0 } = await processes.startReady("worker", [], watched);
        return { pid, port };
      },
      startApi: async (own = {}) => {
        const { url = "" } = await processes.startReady("api", [], { ...passed, ...urls, ...own });
        return url;
      },
      output: () => processes.output,
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`The stack did not start:\n${processes.output}`, { cause: error });
  }
};

type Parts = Pick<Stack, "url" | "eventStoreUrl" | "databaseUrl" | "pids">;
type OnStop = (cleanUp: () => Promise<void>) => void;

/** Started by one launcher, as by a user. */
const startTogether = async (dataDir: string, environment: NodeJS.ProcessEnv, processes: Processes): Promise<Parts> => {
  const ports = { TENURE_DATA: dataDir, TENURE_EVENTSTORE_PORT: "0", TENURE_POSTGRES_PORT: "0" };
  const launcher = processes.start("cli", ["start"], { ...environment, ...ports });
  const deadline = performance.now() + READY_MS;
  let running: Running | undefined;
  while ((running = await readRunning(dataDir)) === undefined) {
    if (launcher.exitCode !== null) throw new Error(`The launcher ended with exit code ${launcher.exitCode}.`);
    if (performance.now() > deadline) throw new Error(`The launcher was not ready after ${READY_MS / 1000} s.`);
    await delay(20);
  }
  const { url, eventStoreUrl, databaseUrl, pids: first } = running;
  return {
    url,
    eventStoreUrl,
    databaseUrl,
    pids: async () => (await readRunning(dataDir))?.pids ?? { ...first, workers: [] },
  };
};

/** Started separately, as in a cluster: connected by URL only, and not restarted. */
const startApart = async (
  dataDir: string,
  environment: NodeJS.ProcessEnv,
  processes: Processes,
  onStop: OnStop,
): Promise<Parts> => {
  const ownStore = environment["EVENTSTORE_URL"] ?? "";
  const engines = await startEmbedded({
    dataDir,
    need: { eventStore: ownStore === "", postgres: true },
    log: (line) => (processes.output += `${line}\n`),
  });
  onStop(() => engines.stop());
  const { eventStoreUrl = ownStore, databaseUrl = "" } = engines;
  const joined = { ...environment, EVENTSTORE_URL: eventStoreUrl, DATABASE_URL: databaseUrl };
  const [api] = await Promise.all([
    processes.startReady("api", [], joined),
    processes.startReady("worker", [], joined),
  ]);
  if (api.url === undefined) throw new Error("The API did not tell its URL.");
  const pids = (): Promise<Running["pids"]> =>
    Promise.resolve({ api: api.pid, workers: processes.alive("worker"), ...engines.pids });
  return { url: api.url, eventStoreUrl, databaseUrl, pids };
};

interface Ready {
  url?: string;
  port?: number;
}

type Message = ({ type: "ready" } & Ready) | { type: "failed"; reason: string };

/** Processes started with IPC, so that all of them end when the test process ends. */
class Processes {
  output = "";
  private readonly started: { app: string; child: ChildProcess }[] = [];

  start(app: string, argv: string[], environment: NodeJS.ProcessEnv): ChildProcess {
    const entry = resolve(`dist/apps/${app}/main.js`);
    if (!existsSync(entry)) throw new Error(`${entry} is missing: run "npm run build" first.`);
    const child = fork(entry, argv, { env: environment, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
    const note = (data: Buffer): void => void (this.output += data.toString());
    child.stdout?.on("data", note);
    child.stderr?.on("data", note);
    this.started.push({ app, child });
    return child;
  }

  async startReady(app: string, argv: string[], environment: NodeJS.ProcessEnv): Promise<{ pid: number } & Ready> {
    const child = this.start(app, argv, environment);
    const ready = await new Promise<Ready>((resolveReady, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The ${app} was not ready after ${READY_MS / 1000} s.`));
      }, READY_MS);
      child.on("message", (message) => {
        const told = message as Message;
        clearTimeout(timer);
        if (told.type === "ready") resolveReady(told);
        else reject(new Error(`The ${app} could not start: ${told.reason}`));
      });
      child.once("exit", (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`The ${app} ended with ${signal ?? `exit code ${code ?? "unknown"}`}.`));
      });
    });
    const { url, port } = ready;
    return { pid: child.pid ?? 0, ...(url !== undefined && { url }), ...(port !== undefined && { port }) };
  }

  alive(app: string): number[] {
    const alive = this.started.filter(({ app: name, child }) => name === app && isAlive(child));
    return alive.map(({ child }) => child.pid).filter((pid) => pid !== undefined);
  }

  /** Stops in reverse order: workers end before the launcher whose servers they use. */
  async stop(): Promise<void> {
    for (const { child } of [...this.started].reverse()) {
      if (!isAlive(child)) continue;
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await gone;
      clearTimeout(timer);
    }
  }
}

const isAlive = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;
