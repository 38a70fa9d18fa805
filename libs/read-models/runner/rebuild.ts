import { setTimeout } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { type EventStore, type SubscriptionStatus } from "#event-store/event-store.js";
import { type Member } from "./apply-batch.js";
import { besides } from "./beside.js";
import { type Checkpoint, loadCheckpoints } from "./checkpoints.js";
import { messageOf } from "./failures.js";
import { Leader, membersOf } from "./leader.js";
import { type Projection } from "./projection.js";
import { discardShadow, openShadow, type ShadowSchema } from "./shadow.js";
import { completeShadow, SwitchLater, switchTables } from "./switch.js";

const SCHEMA: ShadowSchema = "tenure_rebuild";
const CONNECTIONS = 4;
/** Milliseconds until a switch that could not be made is tried again. */
const AGAIN_MS = 250;
const pauses: Backoff = { firstMs: 100, mostMs: 5_000 };

export interface RebuildOptions {
  readonly store: EventStore;
  /** Of the live tables. */
  readonly dataSource: DataSource;
  /** Those of which the live tables have an older version. */
  readonly projections: readonly Projection[];
  readonly log: (line: string) => void;
  /** Called with what the shadow has after every change. */
  readonly moved: (checkpoints: readonly Checkpoint[]) => void;
}

/**
 * Builds new versions of projections in a shadow, from the event store, while the tables of the version before go on
 * serving; follows the log once it has caught up, and puts the new tables in the place of the old ones as soon as this
 * process projects ({@link Rebuild.maySwitch}). Only one process at a time may run it: the runner holds a lock for that. What
 * another one has built is gone on with.
 */
export class Rebuild {
  readonly #stopping = new AbortController();
  readonly #shadow: DataSource;
  readonly #running: Promise<void>;
  #wanted: readonly Projection[];
  #leader: Leader | undefined;
  #adopt: ((members: readonly Member[]) => void) | undefined;
  #look: (() => void) | undefined;
  #lastError: string | undefined;
  /** PostgreSQL has emptied the shadow: it has to be begun anew. */
  #isLost = false;

  constructor(private readonly options: RebuildOptions) {
    this.#wanted = options.projections;
    this.#shadow = besides(options.dataSource, SCHEMA, CONNECTIONS);
    this.#running = this.#run();
  }

  /**
   * From now on the new tables are switched in when they have caught up: this process projects, and no program of the
   * version before writes the old ones any more.
   * @param adopt called with the projections whose new tables are live
   */
  maySwitch(adopt: (members: readonly Member[]) => void): void {
    this.#adopt = adopt;
    this.#look?.();
  }

  status(): SubscriptionStatus[] {
    const readers = this.#leader?.status() ?? [];
    const [first, ...others] = readers;
    return first && this.#lastError !== undefined ? [{ ...first, lastError: this.#lastError }, ...others] : readers;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#look?.();
    await this.#running;
    if (this.#shadow.isInitialized) await this.#shadow.destroy();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (this.#isWanted()) {
      try {
        await this.#build();
        failures = 0;
        this.#lastError = undefined;
      } catch (error) {
        failures += 1;
        this.#lastError = messageOf(error);
        this.options.log(`New versions of read models wait: ${this.#lastError}`);
        await backOff(pauses, failures, this.#stopping.signal);
      }
    }
  }

  #isWanted(): boolean {
    return this.#wanted.length > 0 && !this.#stopping.signal.aborted;
  }

  /** Reads until something can be switched in, and does that. */
  async #build(): Promise<void> {
    const { store, dataSource, log, moved } = this.options;
    // Of a switch the answer may have been lost: what is live says what is left to do.
    await this.#handOver(await loadCheckpoints(dataSource));
    if (!this.#isWanted()) return;
    const checkpoints = await openShadow(dataSource, SCHEMA, this.#wanted);
    if (!this.#shadow.isInitialized) await this.#shadow.initialize();
    this.#isLost = false;
    const members = membersOf(this.#wanted, checkpoints);
    const ready = (): readonly Projection[] =>
      this.#adopt === undefined
        ? []
        : members.filter(({ checkpoint }) => checkpoint.status === "LIVE").map(({ projection }) => projection);
    const leader = new Leader({
      store,
      dataSource: this.#shadow,
      isShadow: true,
      log: (line) => {
        log(`Beside the live tables: ${line}`);
      },
      moved: (changed) => {
        moved(changed);
        if (ready().length > 0) this.#look?.();
      },
      lost: () => {
        this.#isLost = true;
        this.#look?.();
      },
      applied: () => undefined,
    });
    this.#leader = leader;
    leader.start(members);
    const isLost = (): boolean => this.#isLost;
    const isDone = (): boolean => this.#stopping.signal.aborted || isLost() || ready().length > 0;
    while (!isDone()) {
      await new Promise<void>((resolve) => {
        this.#look = resolve;
        if (isDone()) resolve();
      });
    }
    // After this no batch of ours is under way: what is switched in is what its checkpoint says.
    await leader.stop();
    this.#leader = undefined;
    if (isLost()) {
      this.options.log("PostgreSQL came back after a crash: new versions of read models are begun anew");
    } else if (this.#isWanted()) await this.#switchIn(ready());
  }

  async #switchIn(projections: readonly Projection[]): Promise<void> {
    const { dataSource } = this.options;
    try {
      await this.#complete(projections);
      if (this.#stopping.signal.aborted) return;
      await switchTables(dataSource, SCHEMA, projections);
      await this.#handOver(await loadCheckpoints(dataSource));
    } catch (error) {
      if (!(error instanceof SwitchLater)) throw error;
      await setTimeout(AGAIN_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  /** On a connection of its own that may wait; whoever stops meanwhile does not wait, and leaves the statement to end. */
  async #complete(projections: readonly Projection[]): Promise<void> {
    const { signal } = this.#stopping;
    const patient = await besides(this.options.dataSource, SCHEMA, 1, { isBounded: false }).initialize();
    const completed = completeShadow(patient, SCHEMA, projections).finally(() => patient.destroy());
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => {
        resolve();
      });
      if (signal.aborted) resolve();
    });
    // Nobody asks any more when it fails after that.
    completed.catch(() => undefined);
    await Promise.race([completed, stopped]);
  }

  /** Hands over what is live in its new version, and leaves no shadow behind when nothing is left to build. */
  async #handOver(live: readonly Checkpoint[]): Promise<void> {
    const isLive = ({ name, version }: Projection): boolean =>
      (live.find((checkpoint) => checkpoint.name === name)?.version ?? version) >= version;
    const done = this.#wanted.filter(isLive);
    if (done.length === 0) return;
    this.#wanted = this.#wanted.filter((projection) => !isLive(projection));
    this.options.log(`New versions of read models are live: ${done.map(({ name }) => name).join(", ")}`);
    this.#adopt?.(membersOf(done, live));
    if (this.#wanted.length === 0) await discardShadow(this.options.dataSource, SCHEMA);
  }
}

/** Removes what is left of rebuilds that nobody wants any more. The caller holds the lock of rebuilding. */
export const discardRebuilds = (dataSource: DataSource): Promise<void> => discardShadow(dataSource, SCHEMA);
