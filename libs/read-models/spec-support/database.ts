import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { inject } from "vitest";
import { createDataSource, migrate } from "../data-source.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The PostgreSQL of the test run (test/support/shared-postgres.ts). */
    postgres: {
      /** URL of any of its databases, with a role that may create databases. */
      readonly url: string;
      /** Template for new databases: all tables, no rows. */
      readonly migrated: string;
    };
  }
}

export interface TestDatabases {
  /** A new, empty database. */
  url(): Promise<string>;
  /** A new database with all tables. */
  migratedUrl(): Promise<string>;
  /** A connected pool on a new database with all tables. */
  migrated(): Promise<DataSource>;
  /** A connected pool on a database that was made here. */
  open(url: string): Promise<DataSource>;
  /** Another pool on the same database. */
  again(dataSource: DataSource): Promise<DataSource>;
  /**
   * Closes the pools opened so far. For specs with a database for every test: a pool keeps its connections for seconds,
   * and all spec files share those of one server.
   */
  closePools(): Promise<void>;
  /** Closes whatever was opened here. The databases are removed with the run's PostgreSQL. */
  stop(): Promise<void>;
}

/** Creates databases for specs in the run's shared PostgreSQL, each with a random name. */
export const openDatabases = async (): Promise<TestDatabases> => {
  const { url: clusterUrl, migrated } = inject("postgres");
  const cluster = await createDataSource(clusterUrl).initialize();
  const opened: DataSource[] = [];
  const create = async (template: string): Promise<string> => {
    const name = `spec_${randomUUID().replaceAll("-", "")}`;
    await cluster.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    return clusterUrl.replace(/[^/]*$/, name);
  };
  const open = async (url: string): Promise<DataSource> => {
    const dataSource = createDataSource(url);
    opened.push(dataSource);
    await migrate(dataSource);
    return dataSource;
  };
  const closePools = async (): Promise<void> => {
    for (const dataSource of opened.splice(0)) if (dataSource.isInitialized) await dataSource.destroy();
  };
  const migratedUrl = (): Promise<string> => create(migrated);
  return {
    migratedUrl,
    url: () => create("template1"),
    open,
    migrated: async () => open(await migratedUrl()),
    again: ({ options }) => open(options.type === "postgres" ? (options.url ?? "") : ""),
    closePools,
    async stop() {
      await closePools();
      await cluster.destroy();
    },
  };
};
