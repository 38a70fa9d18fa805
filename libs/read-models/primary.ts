import { type DataSource, type EntityManager } from "typeorm";

interface PrimaryTable {
  readonly key: readonly string[];
  /** Columns that rows are read by, and so written in the order of. Default: the key. */
  readonly order?: readonly string[];
  /** SQL: which rows are primary. Default: all. */
  readonly only?: string;
  /** Rows that exist with other values stay when a backup is loaded: they say what is known now. Default: none does. */
  readonly kept?: boolean;
}

/**
 * Tables whose rows cannot be rebuilt from events: no projection writes them, and every backup must contain them. A
 * spec compares this list with the database. Positions in them are those of the log that they were read beside.
 */
export const primaryTables = {
  provider_secrets: { key: ["provider_id"] },
  deliveries: { key: ["id"], order: ["commit", "prepare", "place", "id"] },
  delivery_outages: { key: ["provider_id", "target"] },
  delivery_providers: { key: ["provider_id"] },
  // Where deliveries began. Tasks follow from all events: they and their cursors are made again.
  processor_cursors: { key: ["processor"], only: "processor = 'deliveries'" },
  open_calls: { key: ["provider_id", "id"], kept: true },
  failed_calls: { key: ["provider_id", "id"], kept: true },
} as const satisfies Readonly<Record<string, PrimaryTable>>;

/** Of no use beside another log than that beside which they were written. */
const OF_DELIVERIES: ReadonlySet<string> = new Set([
  "deliveries",
  "delivery_outages",
  "delivery_providers",
  "processor_cursors",
]);

const tables: Readonly<Record<string, PrimaryTable>> = primaryTables;

/** Of a delivery: where its event lies. */
export interface Witness {
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Primary tables, one after the other: each with its name and number of rows, and then the rows in parts. */
export type PrimaryPart =
  | { readonly table: string; readonly count: number }
  /** As PostgreSQL writes them in JSON (bytes as `\x…`), one object each. They hold secrets. */
  | { readonly rows: readonly string[] };

const ROWS_AT_ONCE = 1_000;

/** Every row of the primary tables, as of one moment; read while it is iterated. */
export const readPrimary = async function* (dataSource: DataSource): AsyncGenerator<PrimaryPart> {
  const runner = dataSource.createQueryRunner();
  await runner.startTransaction("REPEATABLE READ");
  try {
    for (const [table, { key, order = key, only = "true" }] of Object.entries(tables)) {
      const [counted] = (await runner.query(`SELECT count(*) FROM ${table} WHERE ${only}`)) as { count: string }[];
      yield { table, count: Number(counted?.count ?? 0) };
      await runner.query(
        `DECLARE primary_rows CURSOR FOR
           SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE ${only} ORDER BY ${order.join(", ")}`,
      );
      for (;;) {
        const found = (await runner.query(`FETCH ${ROWS_AT_ONCE} FROM primary_rows`)) as { row: string }[];
        if (found.length === 0) break;
        yield { rows: found.map(({ row }) => row) };
      }
      await runner.query("CLOSE primary_rows");
    }
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
};

/** A row to be loaded exists with other values: replacing it would make data written since then unreadable. */
export class PrimaryConflict extends Error {
  override readonly name = "PrimaryConflict";
  constructor(
    readonly table: string,
    readonly key: string,
  ) {
    super(`${table} holds another row for ${key}`);
  }
}

/** A table that this program does not know, as a newer one may have saved. */
export class UnknownTable extends Error {
  override readonly name = "UnknownTable";
}

/** The deliveries were read beside another log than the one that they are loaded beside. */
export class OtherLog extends Error {
  override readonly name = "OtherLog";
}

export interface WriteOptions {
  /** False: deliveries and all that goes with them are passed over. */
  readonly deliveries: boolean;
  /** Whether the log has that event at that position. Asked for the last delivery, where there is one. */
  readonly isInLog: (witness: Witness) => Promise<boolean>;
}

/**
 * Writes rows that {@link readPrimary} gave, all or none. Rows that exist with the same values stay. Where there is no
 * delivery, nothing is written of where deliveries had got to: they begin with what happens from then on. Of calls, rows
 * that exist with other values stay too.
 * @returns how many were written, by table
 * @throws PrimaryConflict, UnknownTable, OtherLog
 */
export const writePrimary = (
  dataSource: DataSource,
  parts: AsyncIterable<PrimaryPart> | Iterable<PrimaryPart>,
  { deliveries, isInLog }: WriteOptions,
): Promise<Readonly<Record<string, number>>> =>
  dataSource.transaction(async (manager) => {
    const written: Record<string, number> = {};
    let table = "";
    let isWanted = true;
    let hasDeliveries = false;
    for await (const part of parts) {
      if ("rows" in part) {
        if (isWanted) written[table] = (written[table] ?? 0) + (await writeRows(manager, table, part.rows));
        continue;
      }
      table = part.table;
      if (!Object.hasOwn(tables, table)) throw new UnknownTable(table);
      if (table === "deliveries") hasDeliveries = deliveries && part.count > 0;
      isWanted = OF_DELIVERIES.has(table) ? hasDeliveries : true;
      if (isWanted) written[table] = 0;
    }
    if (!hasDeliveries) return written;
    const [last] = await manager.query<Record<keyof Witness, string>[]>(
      `SELECT stream, revision, event_id AS "eventId", commit, prepare FROM deliveries ORDER BY commit DESC, prepare DESC LIMIT 1`,
    );
    if (last && !(await isInLog(witnessOf(last)))) throw new OtherLog();
    return written;
  });

const witnessOf = ({ revision, commit, prepare, ...rest }: Record<keyof Witness, string>): Witness => ({
  ...rest,
  revision: BigInt(revision),
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});

const writeRows = async (manager: EntityManager, table: string, rows: readonly string[]): Promise<number> => {
  const { key, kept = false } = tables[table] as PrimaryTable;
  // Columns that were added since keep their defaults.
  const columns = Object.keys(JSON.parse(rows[0] ?? "{}") as object).map((column) => `"${column}"`);
  const of = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(", ");
  const same = key.map((column) => `t.${column} = n.${column}`).join(" AND ");
  const given = `jsonb_populate_recordset(NULL::${table}, $1::jsonb) n`;
  const parameters = [`[${rows.join(",")}]`];
  const differing = `SELECT concat_ws(', ', ${key.map((column) => `n.${column}`).join(", ")}) AS key
       FROM ${given} JOIN ${table} t ON ${same} WHERE (${of("t")}) IS DISTINCT FROM (${of("n")}) LIMIT 1`;
  const [other] = kept ? [] : await manager.query<{ key: string }[]>(differing, parameters);
  if (other) throw new PrimaryConflict(table, other.key);
  const added = await manager.query<object[]>(
    `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${of("n")} FROM ${given} ON CONFLICT DO NOTHING RETURNING 1`,
    parameters,
  );
  return added.length;
};
