import { setTimeout } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { loadCheckpoints, PROGRESS_CHANNEL } from "./checkpoints.js";
import { DatabaseSession } from "./database-session.js";
import { Progress } from "./progress.js";

const pauses: Backoff = { firstMs: 50, mostMs: 2_000 };
/** Milliseconds after which the checkpoints are read again, in case a notification was lost. */
const LOOK_AGAIN_MS = 250;

/**
 * Checkpoints of projections of another process. Holds its own connection and reconnects when that is lost. Reads the
 * checkpoints only while a caller waits for one.
 */
export class CheckpointFollower {
  readonly progress: Progress;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #session: DatabaseSession | undefined;
  #reading = false;
  #readAgain = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly applicationName: string,
    versions?: ReadonlyMap<string, number>,
  ) {
    this.progress = new Progress(versions);
    this.#running = this.#run();
  }

  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Reads the checkpoints, now and every {@link LOOK_AGAIN_MS}, until the signal aborts. */
  async lookUntil(done: AbortSignal): Promise<void> {
    while (!done.aborted && !this.#stopping.signal.aborted) {
      await this.#look();
      await setTimeout(LOOK_AGAIN_MS, undefined, { signal: done }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Runs one query at a time for all callers; each gets the result of a query that began after its call. */
  async #look(): Promise<void> {
    this.#readAgain = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#readAgain && this.#session !== undefined) {
        this.#readAgain = false;
        this.progress.update(await loadCheckpoints(this.#session));
      }
    } catch {
      // The connection is lost; the next one reads again.
    } finally {
      this.#reading = false;
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    const isStopped = () => signal.aborted;
    while (!isStopped()) {
      try {
        const session = await DatabaseSession.open(this.dataSource, this.applicationName);
        session.onNotification(() => {
          if (this.progress.waited) void this.#look();
        });
        await session.query(`LISTEN ${PROGRESS_CHANNEL}`);
        this.#session = session;
        failures = 0;
        void this.#look();
        await Promise.race([session.ended, aborted(signal)]);
        this.#session = undefined;
        await session.close();
      } catch {
        failures += 1;
      }
      if (!isStopped()) await backOff(pauses, failures + 1, signal);
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
