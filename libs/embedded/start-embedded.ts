import { openDataFolder, type Use } from "./data-folder.js";
import { type Engine } from "./engine.js";
import { EmbeddedError } from "./errors.js";
import { startEventStore } from "./event-store.js";
import { hasCluster, startPostgres } from "./postgres.js";

export interface EmbeddedOptions {
  /** Holds eventstore/, postgres/ and logs/; created if missing. */
  dataDir: string;
  /** What the folder is for. Default: data. */
  use?: Use;
  /** Default 0: a free port. */
  eventStorePort?: number;
  /** Default 0: a free port. */
  postgresPort?: number;
  /** Which servers to start. With neither, the data folder is not used. */
  need: { eventStore: boolean; postgres: boolean };
  /** Prints one line for the user. */
  log: (line: string) => void;
  /** Cancels a start; servers already started are stopped. */
  signal?: AbortSignal;
}

export interface Engines {
  /** `esdb://127.0.0.1:PORT?tls=false`, if an event store was started. */
  eventStoreUrl?: string;
  /** `postgres://tenure:PASSWORD@127.0.0.1:PORT/tenure`, if a PostgreSQL was started. */
  databaseUrl?: string;
  pids: { eventStore?: number; postgres?: number };
  /** Stops both and releases the data folder. May be called more than once. */
  stop: () => Promise<void>;
  /** Kills both at once; the next start recovers. */
  kill: () => void;
  /** Resolves with one sentence when an engine has ended unexpectedly. */
  died: Promise<string>;
}

/**
 * Starts the engines that are needed, concurrently.
 * @throws EmbeddedError with one sentence; nothing is left running then
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Engines> => {
  const { need, log } = options;
  if (!need.eventStore && !need.postgres)
    return { pids: {}, stop: () => Promise.resolve(), kill: () => undefined, died: new Promise(() => undefined) };
  const folder = await openDataFolder(options.dataDir, options.use);
  const cancel = new AbortController();
  const signal = options.signal === undefined ? cancel.signal : AbortSignal.any([cancel.signal, options.signal]);
  const started: Engine[] = [];
  const start = async (wanted: boolean, engine: () => Promise<Engine>): Promise<Engine | undefined> => {
    if (!wanted) return undefined;
    try {
      const running = await engine();
      started.push(running);
      return running;
    } catch (error) {
      cancel.abort();
      throw error;
    }
  };
  if (need.postgres && !(await hasCluster(folder))) log(`Setting up a new PostgreSQL in ${folder.path} (once).`);
  const results = await Promise.allSettled([
    start(need.eventStore, () => startEventStore({ folder, port: options.eventStorePort ?? 0, log, signal })),
    start(need.postgres, () => startPostgres({ folder, port: options.postgresPort ?? 0, log, signal })),
  ]);
  const stopAll = async (): Promise<void> => {
    await Promise.all(started.map((engine) => engine.stop()));
    await folder.lock.release();
  };
  const [eventStore, postgres] = results.map((result) => (result.status === "fulfilled" ? result.value : undefined));
  if (results.some(({ status }) => status === "rejected") || options.signal?.aborted === true) {
    await stopAll();
    throw firstCause(results);
  }
  return { ...watch(started, stopAll), ...urls(eventStore, postgres) };
};

/** The first failure that is not a cancellation: one engine's failure cancels the other's start. */
const firstCause = (results: PromiseSettledResult<unknown>[]): unknown => {
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const cause = reasons.find((reason) => !(reason instanceof EmbeddedError && reason.code === "CANCELLED"));
  return cause ?? reasons[0] ?? new EmbeddedError("CANCELLED", "The start was cancelled.");
};

const watch = (started: Engine[], stopAll: () => Promise<void>): Pick<Engines, "stop" | "kill" | "died"> => {
  let stopping: Promise<void> | undefined;
  const atExit = (): void => {
    for (const engine of started) engine.stopAtExit();
  };
  process.once("exit", atExit);
  const died = new Promise<string>((resolve) => {
    for (const engine of started) {
      void engine.ended.then((sentence) => {
        if (stopping === undefined) resolve(sentence);
      });
    }
  });
  const stop = (): Promise<void> => {
    stopping ??= stopAll().finally(() => process.off("exit", atExit));
    return stopping;
  };
  const kill = (): void => {
    for (const engine of started) engine.kill();
  };
  return { stop, kill, died };
};

const urls = (
  eventStore: Engine | undefined,
  postgres: Engine | undefined,
): Pick<Engines, "eventStoreUrl" | "databaseUrl" | "pids"> => ({
  ...(eventStore === undefined ? {} : { eventStoreUrl: eventStore.url }),
  ...(postgres === undefined ? {} : { databaseUrl: postgres.url }),
  pids: {
    ...(eventStore === undefined ? {} : { eventStore: eventStore.pid }),
    ...(postgres === undefined ? {} : { postgres: postgres.pid }),
  },
});
