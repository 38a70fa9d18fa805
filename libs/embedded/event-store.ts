import { type ChildProcess, fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DataFolder } from "./data-folder.js";
import { type Engine, endOf, endsIn } from "./engine.js";
import { EmbeddedError } from "./errors.js";
import { type LogFile, openLogFile } from "./log-file.js";
import { requireFreePort } from "./ports.js";

const READY_MS = 60_000;
const STOP_MS = 10_000;
/** Milliseconds that a server of a killed launcher may take to end and release its folder and port. */
const ORPHAN_MS = 5_000;

type Message = { type: "ready"; host: string; port: number } | { type: "failed"; reason: string };

export interface EventStoreOptions {
  folder: DataFolder;
  /** Port; 0: any free one. */
  port: number;
  log: (line: string) => void;
  signal?: AbortSignal;
}

export const startEventStore = async (options: EventStoreOptions): Promise<Engine> => {
  const { folder, port } = options;
  const deadline = performance.now() + (folder.lock.wasStale ? ORPHAN_MS : 0);
  if (port !== 0) await requireFreePort(port, "event store", deadline - performance.now(), "event store");
  await mkdir(folder.eventStore, { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      return await startServer(options);
    } catch (error) {
      const mayPass =
        error instanceof EmbeddedError && error.code === "ENGINE_FAILED" && /lock|in use/i.test(error.message);
      if (!mayPass || performance.now() > deadline) throw error;
      await delay(200);
    }
  }
};

const startServer = async ({ folder, port, signal }: EventStoreOptions): Promise<Engine> => {
  const program = builtProgram();
  const logFile = await openLogFile(join(folder.logs, "eventstore.log"));
  const child = fork(program, ["--data", folder.eventStore, "--port", String(port)], {
    stdio: ["ignore", logFile.fd, logFile.fd, "ipc"],
    // Without this process's Node options: the server must not open the same inspector port.
    execArgv: [],
    detached: true,
  });
  logFile.close();
  const ended = endOf(child);
  child.on("error", () => undefined);
  try {
    const { host, port: bound } = await untilReady(child, ended, logFile, signal);
    return {
      name: "event store",
      pid: child.pid ?? 0,
      url: `esdb://${host}:${bound}?tls=false`,
      ended: ended.then((end) => `The event store ended (${end}); its log is ${logFile.path}.`),
      stop: () => stopServer(child, ended),
      // The server ends when the IPC channel closes with this process; the signal only ends it sooner.
      stopAtExit: () => {
        child.kill("SIGTERM");
      },
      kill: () => {
        child.kill("SIGKILL");
      },
    };
  } catch (error) {
    await stopServer(child, ended);
    throw error;
  }
};

const untilReady = async (
  child: ChildProcess,
  ended: Promise<string>,
  logFile: LogFile,
  signal: AbortSignal | undefined,
): Promise<{ host: string; port: number }> => {
  const failed = (reason: string): EmbeddedError => {
    const sentence = `The event store could not start: ${reason.replace(/\.$/, "")}.`;
    return new EmbeddedError("ENGINE_FAILED", sentence, "event store");
  };
  let clean = (): void => undefined;
  const answer = new Promise<{ host: string; port: number }>((resolve, reject) => {
    child.on("message", (message) => {
      const told = message as Message;
      if (told.type === "ready") resolve(told);
      else reject(failed(told.reason));
    });
    const timer = setTimeout(() => {
      reject(failed(`it was not ready after ${READY_MS / 1000} seconds`));
    }, READY_MS);
    const cancel = (): void => {
      reject(new EmbeddedError("CANCELLED", "The start was cancelled.", "event store"));
    };
    if (signal?.aborted === true) cancel();
    signal?.addEventListener("abort", cancel);
    void ended.then(async (end) => {
      const last = (await logFile.sinceOpened()).trimEnd().split("\n").at(-1);
      reject(failed(last === undefined || last === "" ? end : `${end}, "${last}" (${logFile.path})`));
    });
    clean = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
    };
  });
  try {
    return await answer;
  } finally {
    clean();
  }
};

const stopServer = async (child: ChildProcess, ended: Promise<string>): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  if (await endsIn(ended, STOP_MS)) return;
  child.kill("SIGKILL");
  await ended;
};

/** The program of the package `@tenure/eventstore`, which is a workspace of this project. */
const builtProgram = (): string => {
  try {
    return createRequire(import.meta.url).resolve("@tenure/eventstore/server");
  } catch {
    throw new EmbeddedError(
      "BINARIES",
      `The event store's program is missing: run "npm ci" and "npm run build" first.`,
      "event store",
    );
  }
};
