import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What runs on a data folder, in its running.json while it runs. Other commands and tests find the servers with it,
 * since ports and password may be chosen at start.
 */
export interface Running {
  /** Pid of the launcher. */
  pid: number;
  url: string;
  /** The token of operators; absent where nobody is asked who he is, or there is none. */
  token?: string;
  eventStoreUrl: string;
  /** Contains the password: as the token, a reason why the file is readable only by the launcher's user. */
  databaseUrl: string;
  testClock: boolean;
  /** Ports of the workers' health and metrics, in the order of their pids. */
  workerPorts: number[];
  pids: { api: number; workers: number[]; eventStore?: number; postgres?: number };
}

const FILE = "running.json";

export const writeRunning = async (dataDir: string, running: Running): Promise<void> => {
  const file = join(dataDir, FILE);
  // Written atomically.
  await writeFile(`${file}.draft`, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
};

export const removeRunning = (dataDir: string): Promise<void> => rm(join(dataDir, FILE), { force: true });

/** Undefined if nothing runs there; a file left by a killed launcher is ignored. */
export const readRunning = async (dataDir: string): Promise<Running | undefined> => {
  try {
    const running = JSON.parse(await readFile(join(dataDir, FILE), "utf8")) as Running;
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
};
