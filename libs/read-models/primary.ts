import { type DataSource } from "typeorm";

/**
 * Tables whose rows cannot be rebuilt from events: no projection writes them, and every backup must contain them. A
 * spec compares this list with the database.
 */
export const primaryTables = { provider_secrets: ["provider_id"] } as const satisfies Readonly<
  Record<string, readonly string[]>
>;

/** Rows by table, as PostgreSQL writes them in JSON (bytes as `\x…`). They hold secrets. */
export type PrimaryRows = Readonly<Record<string, readonly object[]>>;

/** Every row of the primary tables, as of one moment. */
export const readPrimary = (dataSource: DataSource): Promise<PrimaryRows> =>
  dataSource.transaction("REPEATABLE READ", async (manager) => {
    const tables: Record<string, readonly object[]> = {};
    for (const [table, key] of Object.entries(primaryTables)) {
      const found = await manager.query<{ row: object }[]>(
        `SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY ${key.join(", ")}`,
      );
      tables[table] = found.map(({ row }) => row);
    }
    return tables;
  });

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

/**
 * Writes rows that {@link readPrimary} gave, all or none. Rows that exist with the same values stay.
 * @returns how many were written, by table
 * @throws PrimaryConflict, TypeError for a table that is not in the list
 */
export const writePrimary = (dataSource: DataSource, rows: PrimaryRows): Promise<Readonly<Record<string, number>>> =>
  dataSource.transaction(async (manager) => {
    const written: Record<string, number> = {};
    for (const [table, own] of Object.entries(rows)) {
      const key = (primaryTables as Readonly<Record<string, readonly string[]>>)[table];
      if (key === undefined) throw new TypeError(`"${table}" is not a primary table`);
      const same = key.map((column) => `t.${column} = n.${column}`).join(" AND ");
      const given = `jsonb_populate_recordset(NULL::${table}, $1::jsonb) n`;
      const [other] = await manager.query<{ key: string }[]>(
        `SELECT concat_ws(', ', ${key.map((column) => `n.${column}`).join(", ")}) AS key
           FROM ${given} JOIN ${table} t ON ${same} WHERE to_jsonb(t) <> to_jsonb(n) LIMIT 1`,
        [JSON.stringify(own)],
      );
      if (other) throw new PrimaryConflict(table, other.key);
      const added = await manager.query<object[]>(
        `INSERT INTO ${table} SELECT n.* FROM ${given} ON CONFLICT DO NOTHING RETURNING 1`,
        [JSON.stringify(own)],
      );
      written[table] = added.length;
    }
    return written;
  });
