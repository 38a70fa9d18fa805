import { type Queryable } from "./checkpoints.js";

/** Key of the advisory lock under which partitions are made; unique within the database. */
const PARTITIONS_LOCK = 7_301_016;

/** First day of the month (UTC) of an instant. Throws a `RangeError` for what is no instant. */
export const monthOf = (instant: string): string => `${new Date(instant).toISOString().slice(0, -17)}-01`;

/**
 * Makes partitions of months that have none of a table that is partitioned by its column `month`. A table is made first
 * and attached then: that waits for no reader, however long it reads. Without partitions where it is a plain table (a copy
 * that is built beside it).
 * @param table a name of the program's
 * @param months of which {@link missingIn} says that they have none
 */
export const makePartitions = async (db: Queryable, table: string, months: readonly string[]): Promise<void> => {
  if (months.length === 0) return;
  await db.query("SELECT pg_advisory_xact_lock($1)", [PARTITIONS_LOCK]);
  const missing = await db.query<{ month: string; name: string }[]>(`${missingIn(table)} ORDER BY month`, [months]);
  for (const { month, name } of missing) {
    await db.query(`CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL)`);
    await db.query(`ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES IN ('${month}')`);
  }
};

/** SQL: the months, of those in `$1`, for which a table with partitions has none, with the names that theirs get. */
export const missingIn = (table: string): string => `SELECT month, name
  FROM unnest($1::text[]) AS given (month)
 CROSS JOIN LATERAL (SELECT '${table}_' || to_char(month::date, 'YYYY_MM') AS name) AS named
 WHERE to_regclass(name) IS NULL AND (SELECT relkind FROM pg_class WHERE oid = '${table}'::regclass) = 'p'`;
