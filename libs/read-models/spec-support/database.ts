import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataSource } from "typeorm";
import { createDataSource, migrate } from "../data-source.js";

/** `startEmbedded` of libs/embedded, as far as it is needed: only specs may know it, so they hand it in. */
type StartEmbedded = (options: {
  dataDir: string;
  need: { eventStore: boolean; postgres: boolean };
  log: (line: string) => void;
}) => Promise<{ databaseUrl?: string; stop(): Promise<void> }>;

export interface TestDatabases {
  /** A new, empty database. */
  url(): Promise<string>;
  /** A new database with all tables. */
  migrated(): Promise<DataSource>;
  /** Another pool on the same database. */
  again(dataSource: DataSource): Promise<DataSource>;
  stop(): Promise<void>;
}

/** A real PostgreSQL of its own, with as many databases as specs need. */
export const startDatabases = async (startEmbedded: StartEmbedded): Promise<TestDatabases> => {
  const dataDir = await mkdtemp(join(tmpdir(), "tenure-read-models-"));
  const engines = await startEmbedded({ dataDir, need: { eventStore: false, postgres: true }, log: () => undefined });
  const cluster = await createDataSource(engines.databaseUrl ?? "").initialize();
  const opened: DataSource[] = [cluster];
  let count = 0;
  const url = async (): Promise<string> => {
    const name = `spec_${++count}`;
    await cluster.query(`CREATE DATABASE ${name}`);
    return (engines.databaseUrl ?? "").replace(/[^/]*$/, name);
  };
  const open = async (at: string): Promise<DataSource> => {
    const dataSource = createDataSource(at);
    opened.push(dataSource);
    await migrate(dataSource);
    return dataSource;
  };
  return {
    url,
    migrated: async () => open(await url()),
    again: ({ options }) => open(options.type === "postgres" ? (options.url ?? "") : ""),
    async stop() {
      for (const dataSource of opened) if (dataSource.isInitialized) await dataSource.destroy();
      await engines.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
