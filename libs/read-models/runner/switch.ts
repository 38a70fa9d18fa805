import { type DataSource, type EntityManager } from "typeorm";
import { comparePositions } from "#event-store/position.js";
import { completeTables, isUnlogged } from "./beside.js";
import { type Checkpoint, loadCheckpoints, PROGRESS_CHANNEL, type Queryable } from "./checkpoints.js";
import { isMomentary } from "./failures.js";
import { faultPoint } from "./fault-point.js";
import { type Projection } from "./projection.js";
import { checkpointsIn, removeFrom, type ShadowSchema } from "./shadow.js";

/** A switch cannot be made now: somebody else has moved the checkpoints, or is reading the tables. Try again. */
export class SwitchLater extends Error {
  override readonly name = "SwitchLater";
}

/**
 * Milliseconds that a switch waits for the tables. While it waits, those who come after it wait too; and PostgreSQL looks
 * for deadlocks after a second: so the switch gives way, never a reader.
 */
const WITHIN_MS = 500;

/**
 * Makes the tables of a shadow fit to be switched in: PostgreSQL logs them from now on, has all their indexes, and knows
 * what is in them. Takes as long as it takes to write them once more, which need not be repeated; live tables go on.
 * @param db its statements may take as long as they need
 */
export const completeShadow = async (
  db: Queryable,
  schema: ShadowSchema,
  projections: readonly Projection[],
): Promise<void> => {
  for (const { tables } of projections) {
    await completeTables(db, schema, tables, LIVE);
    // The planner knows nothing of tables that are new.
    for (const table of tables) await db.query(`ANALYZE ${schema}.${table}`);
  }
};

/**
 * Puts tables of the shadow in the place of the live ones, with their checkpoints, stalls and passed events: in one
 * transaction, so that whoever dies, either the old tables are live or the new ones, with the checkpoint that is theirs.
 * They have to be complete ({@link completeShadow}).
 * @param before called with the locks held, on a connection of the given data source, and gives the live checkpoints as
 * they are: neither these nor the shadow's can move any more. May apply what is missing in the shadow.
 * @throws SwitchLater; also where a rebuilt projection is behind the live one, or of a lower version
 */
export const switchTables = async (
  dataSource: DataSource,
  schema: ShadowSchema,
  projections: readonly Projection[],
  before: (manager: EntityManager, live: readonly Checkpoint[]) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  try {
    await dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL lock_timeout = ${WITHIN_MS}`);
      // Waits for batches and snapshots in progress (snapshot.ts), and holds up new ones.
      await manager.query(
        `LOCK TABLE ${LIVE}.projection_checkpoints, ${schema}.projection_checkpoints IN EXCLUSIVE MODE`,
      );
      const live = await loadCheckpoints(manager, `${LIVE}.`);
      await before(manager, live);
      requireAhead(projections, live, await checkpointsIn(manager, schema));
      for (const { tables } of projections) for (const table of tables) await replace(manager, schema, table);
      await moveCheckpoints(manager, schema, projections);
      const names = projections.map(({ name }) => name);
      await removeFrom(manager, schema, names, { dropTables: false });
      await faultPoint("switch.before-commit");
    });
  } catch (error) {
    // 55P03: a lock was not to be had in time.
    if ((error as { readonly code?: unknown }).code === "55P03") {
      throw new SwitchLater("The tables are being read", { cause: error });
    }
    if (isMomentary(error)) throw new SwitchLater("The database did not make the switch", { cause: error });
    throw error;
  }
  await faultPoint("switch.after");
};

/** The schema of the live tables. */
const LIVE = "public";

const requireAhead = (
  projections: readonly Projection[],
  live: readonly Checkpoint[],
  built: readonly Checkpoint[],
): void => {
  for (const { name, version } of projections) {
    const [old, made] = [live, built].map((checkpoints) => checkpoints.find((found) => found.name === name));
    if (old === undefined || made === undefined) throw new SwitchLater(`${name} is not there any more`);
    if (made.version !== version || old.version > version) {
      throw new SwitchLater(`Another version of ${name} was built`);
    }
    if (comparePositions(made.position, old.position) < 0) throw new SwitchLater(`${name} is behind the live one`);
  }
};

const replace = async (manager: EntityManager, schema: ShadowSchema, table: string): Promise<void> => {
  if (await isUnlogged(manager, `${schema}.${table}`)) throw new Error(`${schema}.${table} is not complete`);
  await manager.query(`DROP TABLE ${LIVE}.${table}`);
  const partitions = await manager.query<{ name: string }[]>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = $1::regclass`,
    [`${schema}.${table}`],
  );
  for (const name of [table, ...partitions.map((partition) => partition.name)]) {
    await manager.query(`ALTER TABLE ${schema}.${name} SET SCHEMA ${LIVE}`);
  }
};

/**
 * The number of stalls stays where position, version and stalls are the same: then the process that projects need not
 * notice.
 */
const moveCheckpoints = async (
  manager: EntityManager,
  schema: ShadowSchema,
  projections: readonly Projection[],
): Promise<void> => {
  const names = projections.map(({ name }) => name);
  const stalls = (of: string) =>
    `(SELECT array_agg(s.provider_id ORDER BY s.provider_id) FROM ${of}.projection_stalls s WHERE s.projection = c.name)`;
  await manager.query(
    `UPDATE ${LIVE}.projection_checkpoints c
        SET version = n.version, commit = n.commit, prepare = n.prepare, error = n.error,
            status = CASE WHEN c.version = n.version AND c.status = 'LIVE' THEN 'LIVE' ELSE n.status END,
            updated_at = now(),
            stalls = c.stalls + CASE WHEN c.version = n.version AND ${stalls(LIVE)} IS NOT DISTINCT FROM ${stalls(schema)}
                                     THEN 0 ELSE 1 END
       FROM ${schema}.projection_checkpoints n WHERE n.name = c.name AND c.name = ANY($1)`,
    [names],
  );
  await manager.query(`DELETE FROM ${LIVE}.projection_stalls WHERE projection = ANY($1)`, [names]);
  await manager.query(
    `INSERT INTO ${LIVE}.projection_stalls SELECT * FROM ${schema}.projection_stalls WHERE projection = ANY($1)`,
    [names],
  );
  // A replay knows all of them, a new version of some projections perhaps not.
  if (schema === "tenure_replay") await manager.query(`DELETE FROM ${LIVE}.passed_events`);
  await manager.query(
    `INSERT INTO ${LIVE}.passed_events SELECT * FROM ${schema}.passed_events
     ON CONFLICT (stream, revision) DO UPDATE SET why = EXCLUDED.why`,
  );
  await manager.query(`SELECT pg_notify('${PROGRESS_CHANNEL}', '')`);
};
