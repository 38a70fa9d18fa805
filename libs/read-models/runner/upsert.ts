import { type EntityManager, type EntitySchema } from "typeorm";

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
  for (const some of inStatements(rows)) {
    const values = some.map((row) => {
      const value: Record<string, unknown> = {};
      for (const { databaseName, propertyName } of written) {
        value[databaseName] = (row as Record<string, unknown>)[propertyName];
      }
      return value;
    });
    await manager.query(
      `INSERT INTO ${tableName} (${names.join(", ")})
       SELECT ${names.join(", ")} FROM jsonb_populate_recordset(NULL::${tableName}, $1::jsonb)
       ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${replaced.join(", ")}`,
      [toJsonb(values)],
    );
  }
};

/** The two things that JSON may hold and PostgreSQL's text may not: the character NUL, and half a surrogate pair. */
const UNFIT_ESCAPE = /\\u(?:0000|d[89a-f])/i;
const UNFIT = /\0|\p{Surrogate}/gu;

/** Text that PostgreSQL accepts: characters that it cannot store become U+FFFD. */
export const fit = (text: string): string => text.replaceAll(UNFIT, "\uFFFD");

/** JSON that PostgreSQL accepts: characters that it cannot store become U+FFFD. */
export const toJsonb = (value: unknown): string => {
  const json = JSON.stringify(value);
  // The plain search is several times as fast, and finds nothing in nearly all of it.
  if (!json.includes("\\u") || !UNFIT_ESCAPE.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? fit(part) : part));
};
