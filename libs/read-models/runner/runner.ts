import { type DataSource } from "typeorm";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore, type SubscriptionStatus } from "#event-store/event-store.js";
import { type Position } from "#event-store/position.js";
import { alignCheckpoints, type Checkpoint, isBuiltBeside, loadCheckpoints, PROGRESS_CHANNEL } from "./checkpoints.js";
import { DatabaseSession } from "./database-session.js";
import { messageOf } from "./failures.js";
import { Leader, membersOf } from "./leader.js";
import { Progress, reach, versionsOf } from "./progress.js";
import { type Projection } from "./projection.js";
import { discardRebuilds, Rebuild } from "./rebuild.js";

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

/** Keys of the advisory locks; unique within the database. */
const LEADER_LOCK = 7_301_002;
/** Of the process that builds new versions beside the live tables. */
const REBUILD_LOCK = 7_301_012;
/** How often a process that stands by tries to take over. */
const STAND_BY_MS = 250;
const pauses: Backoff = { firstMs: 100, mostMs: 5_000 };

/**
 * Keeps projections up to date until stopped; of several processes, one at a time projects. A process whose program has
 * a newer version of a projection builds that beside the live tables while it stands by (rebuild.ts), and switches it in
 * once it projects.
 */
export const startProjections = (options: ProjectionsOptions): ProjectionRunner => {
  const { dataSource, projections, log } = options;
  const progress = new Progress(versionsOf(projections));
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => {
      resolve();
    });
  });
  let leader: Leader | undefined;
  let rebuild: Rebuild | undefined;

  const tell = (checkpoints: readonly Checkpoint[]) => {
    progress.update(checkpoints);
    for (const checkpoint of checkpoints) options.onCheckpoint?.(checkpoint);
  };
  /** Of what is built beside the live rows, only that it fails concerns those who wait: it is not there yet. */
  const tellOfShadow = (checkpoints: readonly Checkpoint[]) => {
    for (const { name, status, error } of checkpoints) {
      const live = progress.checkpoints.get(name);
      if (live && status === "FAILED") progress.update([{ ...live, status, error }]);
      else if (live?.status === "FAILED") progress.update([{ ...live, status: "CATCHING_UP", error: null }]);
    }
  };

  /** Begins to build what the live tables have an older version of. Returns false while another process does so. */
  const beginRebuild = async (session: DatabaseSession, checkpoints: readonly Checkpoint[]): Promise<boolean> => {
    const outdated = projections.filter((projection) =>
      isBuiltBeside(
        projection,
        checkpoints.find(({ name }) => name === projection.name),
      ),
    );
    if (outdated.length === 0 || rebuild) return true;
    if (!(await tryLock(session, REBUILD_LOCK))) return false;
    log(`New versions of read models are built beside the live ones: ${outdated.map(({ name }) => name).join(", ")}`);
    rebuild = new Rebuild({ ...options, projections: outdated, moved: tellOfShadow });
    return true;
  };

  /** Returns when this session holds the leader's lock, or on the signal. Until then it follows the checkpoints. */
  const standBy = async (session: DatabaseSession): Promise<void> => {
    await session.query(`LISTEN ${PROGRESS_CHANNEL}`);
    while (!stopping.signal.aborted) {
      const checkpoints = await loadCheckpoints(session);
      // Whoever projects has to be able to switch in what its program has a newer version of.
      if ((await beginRebuild(session, checkpoints)) && (await tryLock(session, LEADER_LOCK))) break;
      tell(checkpoints);
      await session.notification(STAND_BY_MS, stopping.signal);
    }
    await session.query(`UNLISTEN ${PROGRESS_CHANNEL}`);
  };

  const lead = async (session: DatabaseSession): Promise<void> => {
    if (stopping.signal.aborted) return;
    const checkpoints = await alignCheckpoints(dataSource, projections);
    // Since it was looked for, the process before may have built the first rows of an older version.
    if (!(await beginRebuild(session, checkpoints))) throw new Error("Another process builds new versions");
    const members = membersOf(projections, checkpoints);
    const [newer, older] = [1, -1].map((sign) =>
      checkpoints.filter(({ name, version }) =>
        projections.some((projection) => projection.name === name && Math.sign(version - projection.version) === sign),
      ),
    ) as [Checkpoint[], Checkpoint[]];
    tell([...members.map(({ checkpoint }) => checkpoint), ...older]);
    tell(newer.map((checkpoint) => ({ ...checkpoint, status: "FAILED", error: NEWER })));
    for (const { name } of newer) log(`Projection ${name} stands still: ${NEWER}`);
    leader = new Leader({ ...options, moved: tell, applied: (events) => options.onApplied?.(events) });
    leader.start(members);
    if (rebuild) {
      rebuild.maySwitch((adopted) => {
        tell(adopted.map(({ checkpoint }) => checkpoint));
        leader?.adopt(adopted);
      });
    } else if (await tryLock(session, REBUILD_LOCK)) {
      await discardRebuilds(dataSource);
      await session.query("SELECT pg_advisory_unlock($1)", [REBUILD_LOCK]);
    }
    await Promise.race([session.ended, stopped]);
    await leader.stop();
    leader = undefined;
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let session: DatabaseSession | undefined;
      try {
        session = await DatabaseSession.open(dataSource, "tenure projections");
        await standBy(session);
        failures = 0;
        await lead(session);
      } catch (error) {
        failures += 1;
        log(`Projections wait for PostgreSQL: ${messageOf(error)}`);
        await backOff(pauses, failures, stopping.signal);
      } finally {
        await rebuild?.stop();
        rebuild = undefined;
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
      readers: [...(leader?.status() ?? []), ...(rebuild?.status() ?? [])],
    }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

const NEWER = "its tables were built by a newer version of this program";

/** Whether the session holds the lock from now on. */
const tryLock = async (session: DatabaseSession, key: number): Promise<boolean> => {
  const [lock] = await session.query<{ held: boolean }[]>("SELECT pg_try_advisory_lock($1) AS held", [key]);
  return lock?.held === true;
};
