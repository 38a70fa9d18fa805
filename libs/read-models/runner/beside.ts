import { DataSource } from "typeorm";
import { type Queryable } from "./checkpoints.js";
import { WritingClient } from "./writing-client.js";

/** A table as the search path of the connection finds it. */
interface Found {
  readonly table: string;
  readonly schema: string;
  /** `RANGE (month)` and the like; null: it has no partitions. */
  readonly partitioned: string | null;
  readonly constraints: readonly { readonly name: string; readonly definition: string }[];
  /** Its other indexes, with the statements that make them. */
  readonly indexes: readonly { readonly name: string; readonly definition: string }[];
  /** Columns with types and defaults, as text. */
  readonly columns: string;
}

/** Throws PostgreSQL's error for a table that is not there. */
const find = (db: Queryable, tables: readonly string[]): Promise<Found[]> =>
  db.query<Found[]>(
    `SELECT t.name AS table, n.nspname AS schema,
            CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partitioned,
            coalesce((SELECT json_agg(json_build_object('name', o.conname, 'definition', pg_get_constraintdef(o.oid))
                                      ORDER BY o.conname)
                        FROM pg_constraint o WHERE o.conrelid = c.oid AND o.contype IN ('p', 'u', 'x')), '[]') AS constraints,
            coalesce((SELECT json_agg(json_build_object('name', x.relname, 'definition', pg_get_indexdef(x.oid))
                                      ORDER BY x.oid)
                        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid
                         AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.conrelid = c.oid)),
                     '[]') AS indexes,
            (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                                         pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
               FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
       FROM unnest($1::text[]) WITH ORDINALITY AS t (name, place)
       JOIN pg_class c ON c.oid = t.name::regclass JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY t.place`,
    [tables],
  );

/**
 * Makes empty tables in another schema, with the names, columns, constraints and indexes of those that the connection
 * finds. Projections name tables without a schema: on a connection whose search path begins with that schema
 * ({@link besides}), they write these instead.
 * @param schema exists; `pg_temp` for tables of the session
 * @param lateIndexes names of indexes that are left out, to be made by {@link completeTables}
 * @param isLogged false: PostgreSQL does not write their rows to its log, and empties them when it comes back after a
 * crash. Partitioned tables are logged all the same: PostgreSQL knows no others.
 * @param isPartitioned false: what has partitions is made without them, which no switch would take
 * @param isPacked false: PostgreSQL compresses no rows of less than a page, which takes as long as all else that it does
 * with a state
 */
export const copyTables = async (
  db: Queryable,
  schema: string,
  tables: readonly string[],
  {
    isLogged = true,
    isPartitioned = true,
    isPacked = true,
    lateIndexes = [],
  }: {
    readonly isLogged?: boolean;
    readonly isPartitioned?: boolean;
    readonly isPacked?: boolean;
    readonly lateIndexes?: readonly string[];
  } = {},
): Promise<void> => {
  for (const { table, schema: from, partitioned, constraints, indexes } of await find(db, tables)) {
    const by = isPartitioned ? partitioned : null;
    const kind = isLogged || by !== null ? "TABLE" : "UNLOGGED TABLE";
    await db.query(
      `CREATE ${kind} ${schema}.${table} (LIKE ${from}.${table} INCLUDING ALL EXCLUDING INDEXES)` +
        (by === null ? (isPacked ? "" : ` WITH (toast_tuple_target = ${PAGE_BYTES})`) : ` PARTITION BY ${by}`),
    );
    // LIKE would give indexes other names than migrations know.
    for (const { name, definition } of constraints) {
      await db.query(`ALTER TABLE ${schema}.${table} ADD CONSTRAINT ${name} ${definition}`);
    }
    for (const { name, definition } of indexes) {
      if (!lateIndexes.includes(name)) await makeIndex(db, definition, `${schema}.${table}`);
    }
  }
};

/** The most that PostgreSQL takes for rows that it leaves as they are. */
const PAGE_BYTES = 8_160;

const makeIndex = (db: Queryable, definition: string, table: string): Promise<unknown> =>
  db.query(definition.replace(/ ON (?:ONLY )?\S+ USING /, ` ON ${table} USING `));

/**
 * Makes of tables that {@link copyTables} has made what the originals are, after which a crash of PostgreSQL leaves them
 * their rows, and all their indexes are there. Takes as long as it takes to write the tables once more.
 * @param from schema of the originals
 */
export const completeTables = async (
  db: Queryable,
  schema: string,
  tables: readonly string[],
  from: string,
): Promise<void> => {
  const originals = await find(
    db,
    tables.map((table) => `${from}.${table}`),
  );
  for (const [place, table] of tables.entries()) {
    const copy = `${schema}.${table}`;
    if (await isUnlogged(db, copy)) await db.query(`ALTER TABLE ${copy} SET LOGGED`);
    const [made] = await find(db, [copy]);
    for (const { name, definition } of originals[place]?.indexes ?? []) {
      if (made?.indexes.some((index) => index.name === name) !== true) await makeIndex(db, definition, copy);
    }
  }
};

/** Whether a crash of PostgreSQL would empty the table. */
export const isUnlogged = async (db: Queryable, table: string): Promise<boolean> => {
  const [found] = await db.query<{ unlogged: boolean }[]>(
    "SELECT relpersistence = 'u' AS unlogged FROM pg_class WHERE oid = $1::regclass",
    [table],
  );
  return found?.unlogged === true;
};

/** What tables look like, as text: equal for tables of the same columns, constraints and indexes. */
export const shapeOf = async (db: Queryable, tables: readonly string[]): Promise<string> =>
  JSON.stringify(await find(db, tables));

/**
 * A data source like the given one, not connected yet, that finds tables of one schema only: whatever else a projection
 * reads or writes fails, so that nothing can get out of a rebuild. Its commits do not wait for the disk, and its connections
 * stay open while nobody uses them: tables of a session end with it.
 * @param isBounded false: statements may take as long as they need, and what only writes is not waited for
 * ({@link WritingClient})
 */
export const besides = (
  { options }: DataSource,
  schema: string,
  poolSize: number,
  { isBounded = true }: { readonly isBounded?: boolean } = {},
): DataSource => {
  if (options.type !== "postgres") throw new TypeError("The data source was not made by createDataSource");
  const { Client, ...extra } = options.extra as { readonly options?: string; readonly Client?: unknown };
  const settings = [extra.options, `-c search_path=${schema}`, "-c synchronous_commit=off"];
  // A process that stands still in a transaction would lock its rows for whoever goes on with its work.
  if (!isBounded) settings.push("-c statement_timeout=0 -c idle_in_transaction_session_timeout=120000");
  return new DataSource({
    ...options,
    poolSize,
    extra: {
      ...extra,
      options: settings.join(" "),
      idleTimeoutMillis: 0,
      ...(isBounded ? Client !== undefined && { Client } : { Client: WritingClient }),
    },
  });
};
