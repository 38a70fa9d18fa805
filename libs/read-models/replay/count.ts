import { type Position } from "#event-store/position.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type ShadowSchema } from "../runner/shadow.js";

const SCHEMA: ShadowSchema = "tenure_replay";

/** Makes room in the shadow for how many events there are up to places of the log: a replay that goes on counts all. */
export const keepCounts = async (db: Queryable): Promise<void> => {
  await db.query(
    `CREATE UNLOGGED TABLE IF NOT EXISTS ${SCHEMA}.counts
       (commit numeric, prepare numeric, events bigint NOT NULL, PRIMARY KEY (commit, prepare))`,
  );
};

/**
 * Notes how many events there are up to a position, before they are applied. It is written in passing: of a replay that was
 * killed the last of these may be missing, and the events of these batches are then not counted.
 */
export const noteCount = async (db: Queryable, { commit, prepare }: Position, events: number): Promise<void> => {
  await db.query(`INSERT INTO ${SCHEMA}.counts VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
    ...[commit.toString(), prepare.toString(), events],
  ]);
};

/** How many events there are up to a position that the shadow was brought to; of none, 0. */
export const countAt = async (db: Queryable, { commit, prepare }: Position): Promise<number> => {
  const [row] = await db.query<{ events: string | null }[]>(
    `SELECT max(events)::text AS events FROM ${SCHEMA}.counts WHERE (commit, prepare) <= ($1::numeric, $2::numeric)`,
    [commit.toString(), prepare.toString()],
  );
  return Number(row?.events ?? 0);
};
