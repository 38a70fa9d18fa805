import { type DataSource } from "typeorm";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore, type SubscriptionStatus } from "#event-store/event-store.js";
import { type Position } from "#event-store/position.js";
import { alignCheckpoints, type Checkpoint, PROGRESS_CHANNEL, loadCheckpoints } from "./checkpoints.js";
import { DatabaseSession } from "./database-session.js";
import { messageOf } from "./failures.js";
import { Leader, membersOf } from "./leader.js";
import { Progress, reach } from "./progress.js";
import { type Projection } from "./projection.js";

export interface ProjectionsOptions {
  readonly store: EventStore;
  /** Connected and migrated. */
  readonly dataSource: DataSource;
  readonly projections: readonly Projection[];
  /** Writes one line to the process's log. */
  readonly log: (line: string) => void;
  /** Called after every change of a checkpoint, made by this process or another. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void;
  /** Called with the events of every batch that this process has projected; a batch may be repeated. */
  readonly onApplied?: (events: readonly RecordedEvent[]) => void;
}

export interface RunnerStatus {
  /** Whether this process projects; otherwise it stands by. */
  readonly leading: boolean;
  readonly checkpoints: readonly Checkpoint[];
  /** Readers of the log; none while standing by. */
  readonly readers: readonly SubscriptionStatus[];
}

export interface ProjectionRunner {
  /**
   * Resolves when the projections (default: all of this runner) have reached the position, whichever process projects.
   * Rejects when one of them is parked before it, with its name and the reason, when the given provider is stalled in
   * one (`ProviderStalled`), and when the runner stops.
   */
  reached(position: Position, names?: readonly string[], provider?: string): Promise<void>;
  status(): RunnerStatus;
  /** Finishes the current batch, then lets a process that stands by take over. */
  stop(): Promise<void>;
}

/** Key of the advisory lock; unique within the database. */
const LEADER_LOCK = 7_301_002;
/** How often a process that stands by tries to take over. */
const STAND_BY_MS = 250;
const pauses: Backoff = { firstMs: 100, mostMs: 5_000 };

/** Keeps projections up to date until stopped; of several processes, one at a time projects. */
export const startProjections = (options: ProjectionsOptions): ProjectionRunner => {
  const { projections, log } = options;
  const progress = new Progress();
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => {
      resolve();
    });
  });
  let leader: Leader | undefined;

  const tell = (checkpoints: readonly Checkpoint[]) => {
    progress.update(checkpoints);
    for (const checkpoint of checkpoints) options.onCheckpoint?.(checkpoint);
  };

  const lead = async (session: DatabaseSession): Promise<void> => {
    if (stopping.signal.aborted) return;
    const checkpoints = await alignCheckpoints(options.dataSource, projections);
    const members = membersOf(projections, checkpoints);
    const outdated = checkpoints.filter(({ name }) => !members.some(({ projection }) => projection.name === name));
    tell(members.map(({ checkpoint }) => checkpoint));
    tell(outdated.map((checkpoint) => ({ ...checkpoint, status: "FAILED", error: NEWER })));
    for (const { name } of outdated) log(`Projection ${name} stands still: ${NEWER}`);
    leader = new Leader({ ...options, moved: tell, applied: (events) => options.onApplied?.(events) });
    leader.start(members);
    await Promise.race([session.ended, stopped]);
    await leader.stop();
    leader = undefined;
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let session: DatabaseSession | undefined;
      try {
        session = await DatabaseSession.open(options.dataSource, "tenure projections");
        await standBy(session, tell, stopping.signal);
        failures = 0;
        await lead(session);
      } catch (error) {
        failures += 1;
        log(`Projections wait for PostgreSQL: ${messageOf(error)}`);
        await backOff(pauses, failures, stopping.signal);
      } finally {
        await session?.close();
      }
    }
  };

  const running = run();
  return {
    reached: (position, names = projections.map(({ name }) => name), provider) =>
      reach(progress, position, names, stopping.signal, provider),
    status: () => ({
      leading: leader !== undefined,
      checkpoints: [...progress.checkpoints.values()],
      readers: leader?.status() ?? [],
    }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

const NEWER = "its tables were built by a newer version of this program";

/**
 * Returns when this session holds the leader's lock, or on the signal. Until then it follows the leader's checkpoints.
 */
const standBy = async (
  session: DatabaseSession,
  tell: (checkpoints: readonly Checkpoint[]) => void,
  signal: AbortSignal,
): Promise<void> => {
  await session.query(`LISTEN ${PROGRESS_CHANNEL}`);
  while (!signal.aborted) {
    const [lock] = await session.query<{ held: boolean }[]>("SELECT pg_try_advisory_lock($1) AS held", [LEADER_LOCK]);
    if (lock?.held === true) break;
    tell(await loadCheckpoints(session));
    await session.notification(STAND_BY_MS, signal);
  }
  await session.query(`UNLISTEN ${PROGRESS_CHANNEL}`);
};
