import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What runs on a data folder, in its running.json while it runs: other commands and tests find the servers with it,
 * whose ports and password nobody chose.
 */
export interface Running {
  /** Of the launcher. */
  pid: number;
  url: string;
  eventStoreUrl: string;
  /** Holds the password, so the file is for the launcher's user only. */
  databaseUrl: string;
  testClock: boolean;
  /** Of the workers' health and metrics, in the order of their pids. */
  workerPorts: number[];
  pids: { api: number; workers: number[]; eventStore?: number; postgres?: number };
}

const FILE = "running.json";

export const writeRunning = async (dataDir: string, running: Running): Promise<void> => {
  const file = join(dataDir, FILE);
  // Put into place whole: a reader never sees half of it.
  await writeFile(`${file}.draft`, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
};

export const removeRunning = (dataDir: string): Promise<void> => rm(join(dataDir, FILE), { force: true });

/** Undefined if nothing runs there; what a killed launcher left behind counts as nothing. */
export const readRunning = async (dataDir: string): Promise<Running | undefined> => {
  try {
    const running = JSON.parse(await readFile(join(dataDir, FILE), "utf8")) as Running;
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
};
