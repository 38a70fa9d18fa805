import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestProject } from "vitest/node";
import { startEmbedded } from "../../libs/embedded/start-embedded.js";
import { createDataSource, migrate } from "../../libs/read-models/data-source.js";

/** Name of the database that spec files copy. */
const MIGRATED = "migrated";

/** Global set-up of specs and benchmarks: one PostgreSQL for the run; every file makes databases of its own in it. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dataDir = await mkdtemp(join(tmpdir(), "tenure-postgres-"));
  const engines = await startEmbedded({ dataDir, need: { eventStore: false, postgres: true }, log: () => undefined });
  const { databaseUrl = "" } = engines;
  const cluster = await createDataSource(databaseUrl).initialize();
  // No spec crashes this server, so no commit has to wait for the disk. Benchmarks measure what the product does.
  if (project.name !== "bench") await cluster.query("ALTER ROLE CURRENT_USER SET synchronous_commit = off");
  await cluster.query(`CREATE DATABASE ${MIGRATED}`);
  await cluster.destroy();
  const template = createDataSource(databaseUrl.replace(/[^/]*$/, MIGRATED));
  await migrate(template);
  await template.destroy();
  project.provide("postgres", { url: databaseUrl, migrated: MIGRATED });
  return () => {
    // At once: an orderly stop would first write out every database, only for the run's folder to be removed.
    engines.kill();
    return engines.stop();
  };
};

export default setup;
