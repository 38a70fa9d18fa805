import { type DataSource } from "typeorm";

/** Tables of a schema that PostgreSQL does not log. */
export const unlogged = async (dataSource: DataSource, schema: string): Promise<string[]> => {
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relpersistence = 'u' ORDER BY 1`,
    [schema],
  );
  return rows.map(({ name }) => name);
};

/** What a crash of PostgreSQL does to the tables of a schema: those that it does not log are empty when it comes back. */
export const crash = async (dataSource: DataSource, schema: string): Promise<void> => {
  const tables = await unlogged(dataSource, schema);
  await dataSource.query(`TRUNCATE ${tables.map((table) => `${schema}.${table}`).join(", ")}`);
};
