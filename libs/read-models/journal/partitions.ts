import { type Queryable } from "../runner/checkpoints.js";

/** Key of the advisory lock under which partitions are made; unique within the database. */
const PARTITIONS_LOCK = 7_301_016;

/** First day of the month (UTC) of an instant. Throws a `RangeError` for what is no instant. */
export const monthOf = (instant: string): string => `${new Date(instant).toISOString().slice(0, -17)}-01`;

/**
 * Makes the journal's partitions of months that have none. A table is made first and attached then: that waits for no
 * reader of the journal, however long it reads. Without partitions where the journal is a plain table (a copy that is
 * built beside it).
 */
export const makePartitions = async (db: Queryable, months: readonly string[]): Promise<void> => {
  if ((await missing(db, months)).length === 0) return;
  await db.query("SELECT pg_advisory_xact_lock($1)", [PARTITIONS_LOCK]);
  for (const { month, name } of await missing(db, months)) {
    await db.query(`CREATE TABLE ${name} (LIKE journal INCLUDING ALL)`);
    await db.query(`ALTER TABLE journal ATTACH PARTITION ${name} FOR VALUES IN ('${month}')`);
  }
};

const missing = (db: Queryable, months: readonly string[]): Promise<{ month: string; name: string }[]> =>
  db.query(
    `SELECT month, name
       FROM unnest($1::text[]) AS given (month)
      CROSS JOIN LATERAL (SELECT 'journal_' || to_char(month::date, 'YYYY_MM') AS name) AS named
      WHERE to_regclass(name) IS NULL
        AND (SELECT relkind FROM pg_class WHERE oid = 'journal'::regclass) = 'p'
      ORDER BY month`,
    [[...new Set(months)]],
  );
