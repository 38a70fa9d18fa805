import { fork } from "node:child_process";
import { existsSync } from "node:fs";

/** A process of ours that reports over IPC: the API or a worker. */
export interface Service {
  name: string;
  pid: number;
  /** Rejects with a ServiceFailure if the process ends, or says it cannot start, before it is ready. */
  ready: Promise<Ready>;
  /** Resolves with one sentence when the process is gone. */
  ended: Promise<string>;
  /** SIGTERM, and SIGKILL after the time (milliseconds). */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

/** Its message is one sentence for the person at the terminal. */
export class ServiceFailure extends Error {
  override name = "ServiceFailure";
}

/** What a service says when it is ready. */
export interface Ready {
  /** Of the API. */
  url?: string;
  /** Of a worker's health and metrics. */
  port?: number;
}

type Message = ({ type: "ready" } & Ready) | { type: "failed"; reason: string };

const isMessage = (value: unknown): value is Message =>
  typeof value === "object" && value !== null && "type" in value && (value.type === "ready" || value.type === "failed");

/** Said before anything is started: the reason would otherwise come after a database has been set up. */
export const requireBuilt = (entries: string[]): void => {
  const missing = entries.find((entry) => !existsSync(entry));
  if (missing !== undefined) throw new ServiceFailure(`The program ${missing} is missing: run "npm run build" first.`);
};

/** Starts a built program with IPC. It ends by itself when we are gone, because the channel closes. */
export const startService = (name: string, entry: string, environment: NodeJS.ProcessEnv): Service => {
  const child = fork(entry, [], {
    env: environment,
    // Ours may be a debugger's: two processes cannot share an inspector port.
    execArgv: [],
    // A session of its own: Ctrl-C in the terminal reaches the launcher only, which stops things in order.
    detached: true,
  });
  let gone = false;
  const ended = new Promise<string>((resolve) => {
    const end = (how: string): void => {
      gone = true;
      resolve(`The ${name} ended (${how}).`);
    };
    child.once("exit", (code, signal) => {
      end(signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`);
    });
    child.once("error", (error) => {
      if (child.pid === undefined) end(error.message);
    });
  });
  const ready = new Promise<Ready>((resolve, reject) => {
    child.on("message", (message) => {
      if (!isMessage(message)) return;
      if (message.type === "ready") resolve(message);
      else reject(new ServiceFailure(`The ${name} could not start: ${message.reason.replace(/\.$/, "")}.`));
    });
    void ended.then((sentence) => {
      reject(new ServiceFailure(sentence));
    });
  });
  // Nobody may be waiting any more when it fails during a stop.
  ready.catch(() => undefined);
  const kill = (): void => {
    if (!gone) child.kill("SIGKILL");
  };
  return {
    name,
    pid: child.pid ?? 0,
    ready,
    ended,
    kill,
    stop: async (graceMs) => {
      if (gone) return;
      child.kill("SIGTERM");
      const timer = setTimeout(kill, graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
};
