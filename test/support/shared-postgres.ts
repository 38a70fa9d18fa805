import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestProject } from "vitest/node";
import { startEmbedded } from "../../libs/embedded/start-embedded.js";
import { createDataSource, migrate } from "../../libs/read-models/data-source.js";

/** Name of the database that spec files copy. */
const MIGRATED = "migrated";

/** Global set-up of specs and benchmarks: one PostgreSQL for the run, in which every file creates its own databases. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dataDir = await mkdtemp(join(tmpdir(), "tenure-postgres-"));
  const engines = await startEmbedded({ dataDir, need: { eventStore: false, postgres: true }, log: () => undefined });
  const { databaseUrl = "" } = engines;
  const cluster = await createDataSource(databaseUrl).initialize();
  // No spec crashes this server, so commits need not wait for the disk. Benchmarks keep the product's setting.
  if (project.name !== "bench") await cluster.query("ALTER ROLE CURRENT_USER SET synchronous_commit = off");
  await cluster.query(`CREATE DATABASE ${MIGRATED}`);
  await cluster.destroy();
  const template = createDataSource(databaseUrl.replace(/[^/]*$/, MIGRATED));
  await migrate(template);
  await template.destroy();
  project.provide("postgres", { url: databaseUrl, migrated: MIGRATED });
  return () => {
    // Killed: an orderly stop would first write every database, and the run's folder is removed anyway.
    engines.kill();
    return engines.stop();
  };
};

export default setup;
