import { type DataSource, type EntityManager } from "typeorm";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { type Projection } from "./projection.js";

/**
 * `CATCHING_UP`: has not reached the end of the log since it was built or fell behind. `LIVE`: has. `FAILED`: parked, a
 * batch fails, retried with back-off. `RETIRED`: no longer in the program, never waited for.
 */
export type CheckpointStatus = "CATCHING_UP" | "LIVE" | "FAILED" | "RETIRED";

export interface Checkpoint {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  readonly status: CheckpointStatus;
  /** Why it is parked. */
  readonly error: string | null;
  /** Increases whenever {@link stalled} changes. */
  readonly stalls: number;
  /** Stalled providers (stalls.ts), with the reason. */
  readonly stalled: readonly { readonly providerId: string; readonly reason: string }[];
}

/**
 * Notification channel that wakes callers that wait for a position, in other processes too. The payload is the position
 * as text.
 */
export const PROGRESS_CHANNEL = "tenure_progress";

/** Anything that runs a query: a data source, or a transaction's manager. */
export interface Queryable {
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
}

const selectCheckpoints = (schema: string): string =>
  `SELECT name, version, commit, prepare, status, error, stalls,
          coalesce((SELECT json_agg(json_build_object('providerId', s.provider_id, 'reason', s.reason))
                      FROM ${schema}projection_stalls s WHERE s.projection = c.name), '[]') AS stalled
     FROM ${schema}projection_checkpoints c`;

interface CheckpointRow extends Omit<Checkpoint, "position"> {
  readonly commit: string;
  readonly prepare: string;
}

const toCheckpoint = ({ commit, prepare, ...rest }: CheckpointRow): Checkpoint => ({
  ...rest,
  position: { commit: BigInt(commit), prepare: BigInt(prepare) },
});

/** @param schema with a dot at its end; default: that of the connection's search path */
export const loadCheckpoints = async (db: Queryable, schema = ""): Promise<Checkpoint[]> =>
  (await db.query<CheckpointRow[]>(selectCheckpoints(schema))).map(toCheckpoint);

/**
 * Whether a new version of the projection is built beside the rows of the version before, which go on serving
 * (rebuild.ts). Not where nobody reads them, and not before there are any.
 */
export const isBuiltBeside = (
  { version, tables, inPlace }: Projection,
  before: Pick<Checkpoint, "version" | "position"> | undefined,
): boolean =>
  before !== undefined &&
  before.version < version &&
  tables.length > 0 &&
  inPlace !== true &&
  comparePositions(before.position, START) > 0;

/**
 * Aligns the checkpoints with the program: new projections start at the beginning, removed ones are retired. Returns the
 * checkpoints of the given projections. One with a lower version than the program's is left as it is where the new
 * version is built beside it ({@link isBuiltBeside}); otherwise its tables are emptied, and it starts at the beginning. A
 * checkpoint with a higher version than the program's was built by a newer version of it and is not changed.
 */
export const alignCheckpoints = (dataSource: DataSource, projections: readonly Projection[]): Promise<Checkpoint[]> =>
  dataSource.transaction(async (manager) => {
    const names = projections.map(({ name }) => name);
    const known = new Map((await loadCheckpoints(manager)).map((checkpoint) => [checkpoint.name, checkpoint]));
    for (const projection of projections) {
      const { name, version, tables } = projection;
      const before = known.get(name);
      if (isBuiltBeside(projection, before)) continue;
      if (before && before.version < version && tables.length > 0) await manager.query(`TRUNCATE ${tables.join(", ")}`);
      if (before && before.version >= version) continue;
      await manager.query("DELETE FROM projection_stalls WHERE projection = $1", [name]);
      await manager.query(
        `WITH anew AS (INSERT INTO projection_checkpoints (name, version, commit, prepare, status, error, updated_at)
         VALUES ($1, $2, $3, $4, 'CATCHING_UP', NULL, now())
         ON CONFLICT (name) DO UPDATE SET version = EXCLUDED.version, commit = EXCLUDED.commit,
           prepare = EXCLUDED.prepare, status = EXCLUDED.status, error = NULL, updated_at = now(),
           stalls = projection_checkpoints.stalls + 1
         -- Another process may have made it, and moved it on, since it was looked for.
         WHERE projection_checkpoints.version < EXCLUDED.version
         RETURNING name)
         DELETE FROM projection_stalls s USING anew WHERE s.projection = anew.name`,
        [name, version, START.commit.toString(), START.prepare.toString()],
      );
    }
    await manager.query(
      `UPDATE projection_checkpoints SET status = CASE WHEN name = ANY($1) THEN 'CATCHING_UP' ELSE 'RETIRED' END
        WHERE (status = 'RETIRED') = (name = ANY($1))`,
      [names],
    );
    return (await loadCheckpoints(manager)).filter(({ name }) => names.includes(name));
  });

/** Another process moved the checkpoint: the transaction has to be rolled back. */
export class CheckpointMoved extends Error {
  override readonly name = "CheckpointMoved";
}

/**
 * Moves checkpoints, each from its expected position and number of stalls, and notifies waiting callers. The
 * transaction commits asynchronously (`synchronous_commit` off): after a crash of the server rows and checkpoints are
 * those of a moment before, and the log is read from there. Throws {@link CheckpointMoved} when a checkpoint is at
 * another position; the transaction has to be rolled back then.
 */
export const moveCheckpoints = async (
  manager: EntityManager,
  expected: readonly Checkpoint[],
  to: Position,
  status: CheckpointStatus,
  newStalls: readonly number[] = expected.map(() => 0),
): Promise<void> => {
  const [answer] = await manager.query<{ moved: string }[]>(
    `WITH moved AS (
       UPDATE projection_checkpoints c SET commit = $1, prepare = $2, status = $3, error = NULL, updated_at = now(),
              stalls = c.stalls + e.new_stalls
         FROM unnest($4::text[], $5::integer[], $6::numeric[], $7::numeric[], $8::integer[], $9::integer[])
           AS e (name, version, commit, prepare, stalls, new_stalls)
        WHERE c.name = e.name AND c.version = e.version AND c.commit = e.commit AND c.prepare = e.prepare
          AND c.stalls = e.stalls
       RETURNING 1
     )
     SELECT count(*) AS moved, pg_notify('${PROGRESS_CHANNEL}', $1::text || '/' || $2::text),
            set_config('synchronous_commit', 'off', true)
       FROM moved`,
    [
      to.commit.toString(),
      to.prepare.toString(),
      status,
      expected.map(({ name }) => name),
      expected.map(({ version }) => version),
      expected.map(({ position }) => position.commit.toString()),
      expected.map(({ position }) => position.prepare.toString()),
      expected.map(({ stalls }) => stalls),
      newStalls,
    ],
  );
  if (Number(answer?.moved) !== expected.length) {
    throw new CheckpointMoved(`Another process moved ${expected.map(({ name }) => name).join(", ")}`);
  }
};

/** Parks a projection at its expected checkpoint. Returns whether it was still there. */
export const parkCheckpoint = async (db: Queryable, expected: Checkpoint, error: string): Promise<boolean> => {
  const { name, version, position } = expected;
  const [answer] = await db.query<{ parked: string }[]>(
    `WITH parked AS (
       UPDATE projection_checkpoints SET status = 'FAILED', error = $5, updated_at = now()
        WHERE name = $1 AND version = $2 AND commit = $3 AND prepare = $4
       RETURNING 1
     )
     SELECT count(*) AS parked, pg_notify('${PROGRESS_CHANNEL}', $3::text || '/' || $4::text) FROM parked`,
    [name, version, position.commit.toString(), position.prepare.toString(), error],
  );
  return answer?.parked === "1";
};
