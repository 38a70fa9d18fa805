import { type DataSource, type EntityManager } from "typeorm";
import { START } from "#event-store/position.js";
import { copyTables, shapeOf } from "./beside.js";
import { type Checkpoint, loadCheckpoints, type Queryable } from "./checkpoints.js";
import { type Projection } from "./projection.js";

/**
 * A shadow is a schema that read models are built in beside the live ones: tables of the same names, and checkpoints,
 * stalls and passed events of its own. So the runner and projections work on it as they do on the live ones, and what was
 * built stays where a process ended. `tenure_rebuild` is for new versions of projections, `tenure_replay` for a replay.
 *
 * All of it is unlogged, and has indexes that only queries need not before it is switched in (switch.ts). A crash of
 * PostgreSQL empties it, checkpoints and all: then it is as if nothing had been begun ({@link isEmptied}).
 */
export type ShadowSchema = "tenure_rebuild" | "tenure_replay";

/** Tables of the runner that every shadow has. */
const OF_THE_RUNNER = ["projection_checkpoints", "projection_stalls", "passed_events"];

/**
 * Makes the shadow fit the projections: those that it has of their version, with tables shaped as the live ones are now,
 * stay as far as they were built; the others begin at the start of the log, and what is not asked for goes. One
 * transaction.
 * @param purpose what it is built for, beside the schema's: a shadow of another purpose goes whole
 * @param isSwitchedIn false: no table of it ever is, and none has partitions or compressed rows
 */
export const openShadow = (
  dataSource: DataSource,
  schema: ShadowSchema,
  projections: readonly Projection[],
  { purpose = "", isSwitchedIn = true }: { readonly purpose?: string; readonly isSwitchedIn?: boolean } = {},
): Promise<Checkpoint[]> =>
  dataSource.transaction(async (manager) => {
    await manager.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const shape = `${purpose}${await shapeOf(manager, OF_THE_RUNNER)}`;
    const [made] = await manager.query<{ shape: string | null }[]>("SELECT to_regclass($1)::text AS shape", [
      `${schema}.shapes`,
    ]);
    if (made?.shape == null || (await shapesOf(manager, schema)).get("") !== shape) {
      await manager.query(`DROP SCHEMA ${schema} CASCADE`);
      await manager.query(`CREATE SCHEMA ${schema}`);
      await copyTables(manager, schema, OF_THE_RUNNER, { isLogged: false });
      // Of the live tables as they were when these were made. The one without a name is that of the runner's tables.
      await manager.query(
        `CREATE UNLOGGED TABLE ${schema}.shapes (projection text PRIMARY KEY, tables text[] NOT NULL, shape text NOT NULL)`,
      );
      await manager.query(`INSERT INTO ${schema}.shapes VALUES ('', '{}', $1)`, [shape]);
    }
    const [shapes, checkpoints] = [await shapesOf(manager, schema), await checkpointsIn(manager, schema)];
    const kept = new Set<string>();
    for (const { name, version, tables } of projections) {
      const found = checkpoints.find((checkpoint) => checkpoint.name === name);
      if (found?.version === version && shapes.get(name) === (await shapeOf(manager, tables))) kept.add(name);
    }
    await removeFrom(
      manager,
      schema,
      checkpoints.map(({ name }) => name).filter((name) => !kept.has(name)),
      { dropTables: true },
    );
    for (const { name, version, tables, lateIndexes = [] } of projections) {
      if (kept.has(name)) continue;
      await copyTables(manager, schema, tables, {
        ...{ isLogged: false, isPartitioned: isSwitchedIn, isPacked: isSwitchedIn, lateIndexes },
      });
      await manager.query(`INSERT INTO ${schema}.shapes VALUES ($1, $2, $3)`, [
        name,
        tables,
        await shapeOf(manager, tables),
      ]);
      await manager.query(
        `INSERT INTO ${schema}.projection_checkpoints (name, version, commit, prepare, status, error, updated_at)
         VALUES ($1, $2, $3, $4, 'CATCHING_UP', NULL, now())`,
        [name, version, START.commit.toString(), START.prepare.toString()],
      );
    }
    return checkpointsIn(manager, schema);
  });

const shapesOf = async (db: Queryable, schema: ShadowSchema): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.query<{ projection: string; shape: string }[]>(
    `SELECT projection, shape FROM ${schema}.shapes`,
  );
  return new Map(rows.map(({ projection, shape }) => [projection, shape]));
};

/** Checkpoints of a shadow that is there. */
export const checkpointsIn = (db: Queryable, schema: ShadowSchema): Promise<Checkpoint[]> =>
  loadCheckpoints(db, `${schema}.`);

/** Whether there is a shadow that was opened for this purpose. */
export const isOpenedFor = async (db: Queryable, schema: ShadowSchema, purpose: string): Promise<boolean> => {
  const [made] = await db.query<{ there: boolean }[]>("SELECT to_regclass($1) IS NOT NULL AS there", [
    `${schema}.shapes`,
  ]);
  return made?.there === true && (await shapesOf(db, schema)).get("")?.startsWith(purpose) === true;
};

/** Whether PostgreSQL has emptied a shadow since it was opened: it came back after a crash. */
export const isEmptied = async (db: Queryable, schema: ShadowSchema): Promise<boolean> =>
  (await shapesOf(db, schema)).size === 0;

/** Takes projections out of a shadow. */
export const removeFrom = async (
  manager: EntityManager,
  schema: ShadowSchema,
  names: readonly string[],
  { dropTables }: { readonly dropTables: boolean },
): Promise<void> => {
  const removed = await manager.query<{ tables: string[] }[]>(
    `WITH stalls AS (DELETE FROM ${schema}.projection_stalls WHERE projection = ANY($1)),
          checkpoints AS (DELETE FROM ${schema}.projection_checkpoints WHERE name = ANY($1)),
          removed AS (DELETE FROM ${schema}.shapes WHERE projection = ANY($1) RETURNING tables)
     SELECT tables FROM removed`,
    [names],
  );
  if (!dropTables) return;
  for (const { tables } of removed) {
    for (const table of tables) await manager.query(`DROP TABLE IF EXISTS ${schema}.${table}`);
  }
};

/** Removes the shadow, if there is one, with all that was built in it. */
export const discardShadow = async (db: Queryable, schema: ShadowSchema): Promise<void> => {
  await db.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
};
