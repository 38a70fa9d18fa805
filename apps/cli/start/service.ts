import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { FOLLOWS, type RestOfEnvironment } from "#configuration/whole-environment.js";

/** A process that reports over IPC: the API or a worker. */
export interface Service {
  name: string;
  pid: number;
  /** Rejects with a ServiceFailure if the process ends, or reports that it cannot start, before it is ready. */
  ready: Promise<Ready>;
  /** Sends it a message over IPC. */
  tell(message: ApiListens | RestOfEnvironment): void;
  /** Resolves with one sentence when the process has ended. */
  ended: Promise<string>;
  /** Sends SIGTERM, and SIGKILL after `graceMs` milliseconds. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

/** A failure whose message is one sentence for the user. */
export class ServiceFailure extends Error {
  override name = "ServiceFailure";
}

/** What a service reports when it is ready. */
export interface Ready {
  /** URL of the API. */
  url?: string;
  /** Port of a worker's health and metrics. */
  port?: number;
}

/** What workers are told when the API chose its port itself: links in mails and records outside lead there. */
export interface ApiListens {
  type: "api-listens";
  port: string;
}

type Message = ({ type: "ready" } & Ready) | { type: "failed"; reason: string };

const isMessage = (value: unknown): value is Message =>
  typeof value === "object" && value !== null && "type" in value && (value.type === "ready" || value.type === "failed");

/** Checked before anything is started: otherwise the failure would come only after a database has been set up. */
export const requireBuilt = (entries: string[]): void => {
  const missing = entries.find((entry) => !existsSync(entry));
  if (missing !== undefined) throw new ServiceFailure(`The program ${missing} is missing: run "npm run build" first.`);
};

/** V8's flag for the size of half of the young generation, in MiB; its own choice is 16. */
const YOUNG = "--max-semi-space-size";
const YOUNG_MIB = 32;

/**
 * Most of what a service makes lives for one request or batch: with more room it is collected less often, which saves
 * CPU (docs/decisions/0224-room-for-what-lives-shortly.md). An operator's own choice stays.
 */
export const nodeOptions = ({ NODE_OPTIONS: given = "" }: NodeJS.ProcessEnv): string[] =>
  given.replaceAll("_", "-").includes(YOUNG) ? [] : [`${YOUNG}=${YOUNG_MIB}`];

/** A service that waits, once it is loaded, for the rest of its environment. */
export interface LoadingService {
  /** Tells it. To be called once. */
  begin(environment: NodeJS.ProcessEnv): Service;
  kill(): void;
}

/**
 * Starts a built program as {@link startService} does, before all that it needs is known: loading it takes a second or
 * two of CPU, and the servers that it needs are started meanwhile.
 * @param environment what is known of it
 */
export const loadService = (name: string, entry: string, environment: NodeJS.ProcessEnv): LoadingService => {
  const service = startService(name, entry, { ...environment, [FOLLOWS]: "1" });
  return {
    begin: (rest) => {
      const given = Object.entries(rest).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value] as const],
      );
      service.tell({ type: "environment", environment: Object.fromEntries(given) });
      return service;
    },
    kill: () => {
      service.kill();
    },
  };
};

/** Starts a built program with IPC. It ends with this process, because the channel closes. */
export const startService = (name: string, entry: string, environment: NodeJS.ProcessEnv): Service => {
  const child = fork(entry, [], {
    env: environment,
    // Without this process's Node options: two processes cannot share an inspector port.
    execArgv: nodeOptions(environment),
    // In its own process group: Ctrl-C in the terminal reaches only the launcher, which stops everything in order.
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
  // During a stop no caller may be waiting for it.
  ready.catch(() => undefined);
  const kill = (): void => {
    if (!gone) child.kill("SIGKILL");
  };
  return {
    name,
    pid: child.pid ?? 0,
    ready,
    tell: (message) => {
      if (!gone && child.connected) child.send(message);
    },
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
