// Stands for a test run in run-folder.int.spec.ts: sets the run's folder up, and starts a PostgreSQL that nobody stops.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../dist/libs/embedded/start-embedded.js";
import setup from "./run-folder.js";

const tearDown = await setup();
const folder = tmpdir();
const dataDir = await mkdtemp(join(folder, "tenure-postgres-"));
const { pids } = await startEmbedded({ dataDir, need: { eventStore: false, postgres: true }, log: () => undefined });

process.once("message", () => void tearDown().then(() => process.disconnect()));
process.send({ folder, postgres: pids.postgres });
