import { type EntityManager, type EntitySchema } from "typeorm";
import { givenRows } from "./given-rows.js";

/** An invoice may have hundreds of thousands of lines: between two statements the process does other work. */
const ROWS_PER_STATEMENT = 2_000;

/** Rows in the parts that one statement each takes. */
export function* inStatements<Row>(rows: readonly Row[], most = ROWS_PER_STATEMENT): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += most) yield rows.slice(from, from + most);
}

/**
 * Inserts or replaces rows. Each row may be given only once. PostgreSQL reads the values with the
 * column types of the table.
 * @param fixed properties that are only inserted, never replaced
 * @param kept properties that are neither inserted nor replaced: the projection writes them in another way
 */
export const upsert = async <Row extends object, Kept extends keyof Row = never>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Omit<Row, Kept>[],
  { fixed = [], kept = [] }: { readonly fixed?: readonly (keyof Row)[]; readonly kept?: readonly Kept[] } = {},
): Promise<void> => {
  if (rows.length === 0) return;
  const { tableName, columns } = manager.dataSource.getMetadata(entity);
  const written = columns.filter(({ propertyName }) => !kept.includes(propertyName as Kept));
  const names = written.map(({ databaseName }) => databaseName);
  const keys = columns.filter(({ isPrimary }) => isPrimary).map(({ databaseName }) => databaseName);
  const replaced = written
    .filter(({ isPrimary, propertyName }) => !isPrimary && !fixed.includes(propertyName as keyof Row))
    .map(({ databaseName }) => `${databaseName} = EXCLUDED.${databaseName}`);
  const given = written.map(({ databaseName: name, propertyName: property }) => ({ name, property }));
  for (const some of inStatements(rows)) {
    const { select, parameters } = await givenRows(manager, tableName, given, some);
    await manager.query(
      `INSERT INTO ${tableName} (${names.join(", ")}) ${select}
       ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${replaced.join(", ")}`,
      [...parameters],
    );
  }
};
