import { setTimeout } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { type Member } from "../runner/apply-batch.js";
import { besides } from "../runner/beside.js";
import { type Checkpoint, loadCheckpoints, type Queryable } from "../runner/checkpoints.js";
import { ContradictoryEvent, isAboutData } from "../runner/contradiction.js";
import { DatabaseSession } from "../runner/database-session.js";
import { faultPoint } from "../runner/fault-point.js";
import { membersOf } from "../runner/leader.js";
import { type Projection } from "../runner/projection.js";
import {
  checkpointsIn,
  discardShadow,
  isEmptied,
  isOpenedFor,
  openShadow,
  type ShadowSchema,
} from "../runner/shadow.js";
import { completeShadow, SwitchLater, switchTables } from "../runner/switch.js";
import { type Building, buildTo, buildWithin, CONNECTIONS, earliest } from "./build.js";
import { type ComparedTable, compareTable, type DifferentRow, tablesOf } from "./compare.js";
import { countAt, keepCounts } from "./count.js";
import { eventsOf, journalAsSource } from "./source.js";

const SCHEMA: ShadowSchema = "tenure_replay";
const LIVE = "public";
/** Key of the advisory lock; unique within the database. */
const REPLAY_LOCK = 7_301_013;

/** Milliseconds without a word from the process that holds it after which PostgreSQL takes the lock away. */
const SILENT_MS = 15_000;

/** A replay cannot be done now. The message is a sentence for whoever asked. */
export class ReplayImpossible extends Error {
  override readonly name: string = "ReplayImpossible";
}

/** PostgreSQL crashed: what was rebuilt is lost, and nothing that it says would be right. */
class ShadowLost extends ReplayImpossible {
  constructor(options?: ErrorOptions) {
    super(
      "PostgreSQL came back after a crash, which empties what a replay has rebuilt. Start the replay again.",
      options,
    );
  }
}

export interface ReplayOptions {
  readonly store: EventStore;
  /** Of the live tables. */
  readonly dataSource: DataSource;
  /** Every read model but the journal, which `tenure verify` proves by its own chain. */
  readonly projections: readonly Projection[];
  readonly source: "journal" | "events";
  /** Compares only rows of this provider (uuid), from its events; such a replay cannot be switched in. Null: all. */
  readonly providerId: string | null;
  /** Puts the rebuilt tables in the place of the live ones, whether they differ or not. */
  readonly switchIn: boolean;
  /** What an earlier replay of the same id, with the same of all this, has built is gone on with. */
  readonly id: string;
  readonly signal: AbortSignal;
  readonly progress: (progress: {
    readonly phase: string;
    readonly done: number;
    readonly total: number | null;
  }) => void;
  /** Rows at most that are named. */
  readonly mostRows: number;
}

export interface Replayed {
  /** Position of the live tables that were compared; the rebuilt ones hold everything up to it. */
  readonly position: Position;
  readonly versions: Readonly<Record<string, number>>;
  readonly tables: readonly ComparedTable[];
  /** The first ones, by table and key. */
  readonly rows: readonly DifferentRow[];
  /** Read models whose live rows were not compared, with the reason. */
  readonly notCompared: readonly { readonly readModel: string; readonly reason: string }[];
  /** Providers that are stalled in one of the two only. */
  readonly stalls: readonly { readonly readModel: string; readonly providerId: string; readonly inLive: boolean }[];
  /** Events that the rebuilt tables were made of, by all runs of the replay. */
  readonly events: number;
  readonly switched: boolean;
}

/**
 * Rebuilds read models in a shadow from the first event on, compares them row by row with the live ones, and switches
 * them in or discards them. The live ones go on meanwhile: what is compared are their rows as of one snapshot, with the
 * shadow brought exactly to their position. Nothing is sent, and nothing is written but the shadow. When it is broken
 * off, the shadow stays, to be gone on with ({@link ReplayOptions.id}); the next replay of another id removes it.
 * @throws ReplayImpossible, RebuildFailed, StoreUnavailable, JournalHoldsNoData; the signal's reason
 */
export const replay = async (options: ReplayOptions): Promise<Replayed> => {
  const { dataSource, projections, providerId, source, id, switchIn } = options;
  if (switchIn && providerId !== null) throw new ReplayImpossible("Only a replay of all providers can be switched in.");
  const purpose = `${id} from ${source} of ${providerId ?? "all"}, ${switchIn ? "to be switched in" : "compared"} `;
  const session = await DatabaseSession.open(dataSource, "tenure replay", SILENT_MS);
  const shadow = besides(dataSource, SCHEMA, CONNECTIONS + 1, { isBounded: false });
  try {
    const waitMs = (await isOpenedFor(dataSource, SCHEMA, purpose)) ? 2 * SILENT_MS : 0;
    if (!(await lock(session, waitMs, options.signal))) throw new ReplayImpossible("Another replay is running.");
    const checkpoints = await openShadow(dataSource, SCHEMA, projections, { purpose, isSwitchedIn: switchIn });
    await keepCounts(dataSource);
    await shadow.initialize();
    const replayed = await run(options, shadow, membersOf(projections, checkpoints), session).catch(
      async (error: unknown) => {
        // Where PostgreSQL is not back yet, the error says so itself.
        throw (await isEmptied(dataSource, SCHEMA).catch(() => false)) ? new ShadowLost({ cause: error }) : error;
      },
    );
    await shadow.destroy();
    await discardShadow(dataSource, SCHEMA);
    return replayed;
  } finally {
    if (shadow.isInitialized) await shadow.destroy();
    await session.close();
  }
};

/**
 * Whether the lock is held from now on. What was begun for the same job may still be locked by a worker that stands
 * still: PostgreSQL takes its lock away before long.
 */
const lock = async (session: DatabaseSession, waitMs: number, signal: AbortSignal): Promise<boolean> => {
  const until = performance.now() + waitMs;
  for (;;) {
    const [answer] = await session.query<{ held: boolean }[]>("SELECT pg_try_advisory_lock($1) AS held", [REPLAY_LOCK]);
    if (answer?.held === true) return true;
    if (performance.now() >= until) return false;
    await setTimeout(AGAIN_MS, undefined, { signal });
  }
};

/** Removes what a replay that was broken off has built. @throws ReplayImpossible while one runs */
export const discardReplay = async (dataSource: DataSource): Promise<void> => {
  const session = await DatabaseSession.open(dataSource, "tenure replay");
  try {
    if (!(await lock(session, 0, AbortSignal.any([])))) throw new ReplayImpossible("A replay is running.");
    await discardShadow(dataSource, SCHEMA);
  } finally {
    await session.close();
  }
};

const run = async (
  options: ReplayOptions,
  shadow: DataSource,
  members: readonly Member[],
  session: DatabaseSession,
): Promise<Replayed> => {
  const { store, dataSource, projections, providerId, signal, progress } = options;
  let events = await countAt(dataSource, earliest(members));
  const total = events + (await eventsAfter(dataSource, members, providerId));
  const building: Building = {
    ...{ store, shadow, members, signal },
    source: options.source === "events" ? eventsOf(store, providerId) : journalAsSource(dataSource, providerId),
    applied: (count) => {
      events = count;
      progress({ phase: "rebuilding", done: events, total: Math.max(total, events) });
      // Without its lock another replay may have begun.
      if (session.isEnded) throw new ReplayImpossible("The connection to PostgreSQL was lost.");
    },
  };
  progress({ phase: "rebuilding", done: events, total });
  await followLive(building, dataSource, options);
  await learnSizes(shadow, tablesOf(projections));
  await followLive(building, dataSource, options);
  await faultPoint("replay.before-comparison");
  const compared = await compareAll(building, options);
  if (options.switchIn) await switchRebuilt(building, options);
  return {
    ...compared,
    versions: Object.fromEntries(projections.map(({ name, version }) => [name, version])),
    events,
    switched: options.switchIn,
  };
};

/** For the plans of the comparison, a small sample of the first column of each table's key does. */
const learnSizes = (shadow: DataSource, tables: readonly string[]): Promise<unknown> =>
  shadow.transaction(async (manager) => {
    await manager.query("SET LOCAL default_statistics_target = 5");
    await manager.query(`ANALYZE ${tables.map((table) => `${table} (provider_id)`).join(", ")}`);
  });

/** For the progress: how many events the journal holds after the shadow's position. */
const eventsAfter = async (db: Queryable, members: readonly Member[], providerId: string | null): Promise<number> => {
  const { commit, prepare } = earliest(members);
  const [row] = await db.query<{ count: string }[]>(
    `SELECT count(*) AS count FROM journal
      WHERE (commit, prepare) > ($1::numeric, $2::numeric) AND ($3::uuid IS NULL OR provider_id = $3)`,
    [commit.toString(), prepare.toString(), providerId],
  );
  return Number(row?.count ?? 0);
};

/** A round that took less than this many milliseconds has left little to do. */
const SOON_MS = 500;
const MOST_ROUNDS = 20;

/** Builds up to where the live tables are, again and again, until little is left. */
const followLive = async (building: Building, dataSource: DataSource, options: ReplayOptions): Promise<void> => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = performance.now();
    const live = await loadCheckpoints(dataSource);
    await takePassed(dataSource, options);
    await buildTo(building, targetOf(live, options));
    if (performance.now() - before < SOON_MS) return;
  }
};

/**
 * The position up to which the rebuilt tables are to hold everything: that of the live ones, which read together.
 * @throws ReplayImpossible
 */
const targetOf = (live: readonly Checkpoint[], { projections, source }: ReplayOptions): Position => {
  const compared = live.filter(({ name, status }) => status !== "FAILED" && projections.some((p) => p.name === name));
  const other = compared.find(({ name, version }) => projections.some((p) => p.name === name && p.version !== version));
  if (other) {
    throw new ReplayImpossible(`The live read model ${other.name} is of another version than this program's.`);
  }
  const furthest = compared
    .map(({ position }) => position)
    .reduce<Position | null>((most, next) => (most && comparePositions(most, next) >= 0 ? most : next), null);
  if (furthest === null) throw new ReplayImpossible("No live read model can be compared: all are parked.");
  const journal = live.find(({ name }) => name === "journal");
  if (source === "events" || (journal && comparePositions(journal.position, furthest) >= 0)) return furthest;
  if (!journal || journal.status === "FAILED") throw new ReplayImpossible("The journal is behind: it is parked.");
  return journal.position;
};

/** The journal lacks what is passed over: its revisions are missing for a reason. */
const takePassed = async (db: Queryable, { source, providerId }: ReplayOptions): Promise<void> => {
  if (source !== "journal") return;
  await db.query(
    `INSERT INTO ${SCHEMA}.passed_events SELECT * FROM ${LIVE}.passed_events
      WHERE $1::uuid IS NULL OR provider_id = $1 ON CONFLICT DO NOTHING`,
    [providerId],
  );
};

type Compared = Pick<Replayed, "position" | "tables" | "rows" | "notCompared" | "stalls">;

/** Milliseconds between two tries to find all live read models at one position. */
const AGAIN_MS = 200;
const MOST_TRIES = 50;

const compareAll = async (building: Building, options: ReplayOptions): Promise<Compared> => {
  for (let tried = 1; ; tried += 1) {
    try {
      const compared = await compareOnce(building, options, tried === MOST_TRIES);
      if (compared) return compared;
      await setTimeout(AGAIN_MS);
    } catch (error) {
      if (!(error instanceof ContradictoryEvent || isAboutData(error)) || tried === MOST_TRIES) throw error;
      // Of the last events: batches of their own sort out what a projection cannot take.
      await followLive(building, options.dataSource, options);
    }
    options.signal.throwIfAborted();
  }
};

/**
 * Compares in one transaction that sees the live tables as of its snapshot, and of the shadow what was built, and what it
 * adds itself to bring it to the position of that snapshot.
 * @returns null where the live read models stand at different positions, unless these are compared all the same
 */
const compareOnce = async (
  building: Building,
  options: ReplayOptions,
  isLastTry: boolean,
): Promise<Compared | null> => {
  const { projections, providerId, signal, progress, mostRows } = options;
  const done = await building.shadow.transaction("REPEATABLE READ", async (manager) => {
    // Before the snapshot: no other tables are switched in until this ends (snapshot.ts).
    await manager.query(`LOCK TABLE ${LIVE}.projection_checkpoints IN ROW SHARE MODE`);
    const live = await loadCheckpoints(manager, `${LIVE}.`);
    const position = targetOf(live, options);
    requireBuilt(building.members, await checkpointsIn(manager, SCHEMA));
    const notCompared = projections.flatMap(({ name }) => {
      const found = live.find((checkpoint) => checkpoint.name === name);
      if (!found) return [{ readModel: name, reason: "it was never built" }];
      if (comparePositions(found.position, position) === 0) return [];
      return [{ readModel: name, reason: found.error === null ? "it is behind" : `it is parked: ${found.error}` }];
    });
    if (notCompared.some(({ reason }) => reason === "it is behind") && !isLastTry) return null;
    await takePassed(manager, options);
    const committed = await buildWithin(manager, building, position);
    const there = projections.filter(({ name }) => !notCompared.some(({ readModel }) => readModel === name));
    const tables = [...tablesOf(there), ...(options.source === "events" ? ["passed_events"] : [])];
    const compared: ComparedTable[] = [];
    const rows: DifferentRow[] = [];
    for (const table of tables) {
      signal.throwIfAborted();
      progress({ phase: "comparing", done: compared.length, total: tables.length });
      const schemas = { live: LIVE, rebuilt: SCHEMA, providerId };
      const { rows: found, ...counts } = await compareTable(manager, table, schemas, mostRows - rows.length);
      compared.push(counts);
      rows.push(...found);
    }
    const stalls = options.source === "events" ? await differentStalls(manager, providerId) : [];
    return { committed, compared: { position, tables: compared, rows, notCompared, stalls } };
  });
  done?.committed();
  return done?.compared ?? null;
};

/** Rows that are not there would all count as missing in the live tables. */
const requireBuilt = (members: readonly Member[], built: readonly Checkpoint[]): void => {
  for (const { checkpoint } of members) {
    const found = built.find(({ name }) => name === checkpoint.name);
    if (!found || comparePositions(found.position, checkpoint.position) !== 0) throw new ShadowLost();
  }
};

const differentStalls = (db: Queryable, providerId: string | null): Promise<Replayed["stalls"]> =>
  db.query(
    `SELECT projection AS "readModel", provider_id AS "providerId", r.event_id IS NULL AS "inLive"
       FROM (SELECT * FROM ${LIVE}.projection_stalls s
              WHERE EXISTS (SELECT FROM ${SCHEMA}.projection_checkpoints c WHERE c.name = s.projection)) l
       FULL JOIN ${SCHEMA}.projection_stalls r USING (projection, provider_id)
      WHERE ($1::uuid IS NULL OR provider_id = $1) AND l.event_id IS DISTINCT FROM r.event_id
      ORDER BY projection, provider_id`,
    [providerId],
  );

/** Brings the shadow to where the live tables are, and puts it in their place; both in one transaction. */
const switchRebuilt = async (building: Building, options: ReplayOptions): Promise<void> => {
  const { dataSource, projections, signal, progress } = options;
  for (;;) {
    progress({ phase: "switching", done: 0, total: null });
    await followLive(building, dataSource, options);
    requireBuilt(building.members, await checkpointsIn(dataSource, SCHEMA));
    await completeShadow(building.shadow, SCHEMA, projections);
    try {
      await switchTables(building.shadow, SCHEMA, projections, async (manager, live) => {
        await takePassed(manager, options);
        await buildWithin(manager, building, targetOf(live, options));
      });
      return;
    } catch (error) {
      if (!(error instanceof SwitchLater)) throw error;
      await setTimeout(AGAIN_MS);
      signal.throwIfAborted();
    }
  }
};
