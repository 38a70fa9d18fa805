import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrations } from "#migrations/index.js";
import { createDataSource, migrate } from "./data-source.js";
import { projections } from "./read-models.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";

let databases: TestDatabases;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

interface Found {
  readonly table_name: string;
  readonly column_name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly key: boolean;
}

const columnsOf = (dataSource: DataSource): Promise<Found[]> =>
  dataSource.query<Found[]>(
    `SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, NULL) AS type,
            NOT a.attnotnull AS nullable, coalesce(a.attnum = ANY(i.indkey), false) AS key
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  );

const TYPES: Readonly<Record<string, string>> = { timestamptz: "timestamp with time zone" };

describe("the migrations", () => {
  it("may be run by several processes at once, and again", async () => {
    const url = await databases.url();
    const several = [1, 2, 3, 4].map(() => createDataSource(url));
    await Promise.all(several.map(migrate));
    const [first] = several;
    if (first) await migrate(first);
    expect(await first?.query("SELECT count(*)::int AS run FROM migrations")).toEqual([{ run: migrations.length }]);
    await Promise.all(several.map((dataSource) => dataSource.destroy()));
  });

  it("can all be undone", async () => {
    const dataSource = await databases.migrated();
    for (const _ of migrations) await dataSource.undoLastMigration();
    const left = await columnsOf(dataSource);
    expect([...new Set(left.map(({ table_name }) => table_name))]).toEqual(["migrations"]);
  });

  it("make the columns that the entities say", async () => {
    const dataSource = await databases.migrated();
    const found = await columnsOf(dataSource);
    for (const { tableName, columns } of dataSource.entityMetadatas) {
      const said = columns.map((column) => ({
        table_name: tableName,
        column_name: column.databaseName,
        type: `${TYPES[String(column.type)] ?? String(column.type)}${column.isArray ? "[]" : ""}`,
        nullable: column.isNullable,
        key: column.isPrimary,
      }));
      const byName = (a: Found, b: Found) => (a.column_name < b.column_name ? -1 : 1);
      expect(found.filter(({ table_name }) => table_name === tableName).sort(byName)).toEqual(said.sort(byName));
    }
  });

  it("give every table of a projection the provider first in its key", async () => {
    const dataSource = await databases.migrated();
    const keys = await dataSource.query<{ table: string; first: string }[]>(
      `SELECT i.indrelid::regclass::text AS table, a.attname AS first
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indisprimary AND i.indrelid::regclass::text = ANY($1)`,
      [projections.flatMap(({ tables }) => tables)],
    );
    expect(keys).toHaveLength(new Set(projections.flatMap(({ tables }) => tables)).size);
    expect(new Set(keys.map(({ first }) => first))).toEqual(new Set(["provider_id"]));
  });

  it("belong to a database that answers dates as they are, in UTC", async () => {
    const dataSource = await databases.migrated();
    const rows = await dataSource.query<unknown[]>(
      "SELECT date '2011-12-30' AS day, current_setting('timezone') AS zone, 1.50 AS amount",
    );
    expect(rows).toEqual([{ day: "2011-12-30", zone: "UTC", amount: "1.50" }]);
  });
});
