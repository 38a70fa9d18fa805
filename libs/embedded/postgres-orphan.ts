import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedError, systemCode } from "./errors.js";
import { endsWithin, isAlive, isListed, isPostgresOf } from "./processes.js";

const FAST_MS = 20_000;
const IMMEDIATE_MS = 5_000;

/**
 * Stops a PostgreSQL that is still running after its launcher was killed: its port is another one, and nothing
 * supervises it.
 * @param folder PostgreSQL's data folder, absolute, links resolved
 */
export const stopOrphan = async (folder: string, log: (line: string) => void): Promise<void> => {
  const file = join(folder, "postmaster.pid");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  const pid = Number(text?.split("\n")[0]);
  if (text === undefined || !Number.isInteger(pid) || pid <= 0 || !isListed(pid)) return;
  // PostgreSQL takes a zombie process for a running one, and would refuse to start.
  if (!isAlive(pid) || !(await isPostgresOf(pid, folder))) return disownPid(file, text);
  log(`Stopping a PostgreSQL (process ${pid}) that an earlier launcher left behind.`);
  try {
    process.kill(pid, "SIGINT");
    if (await endsWithin(pid, FAST_MS)) return;
    process.kill(pid, "SIGQUIT");
    if (await endsWithin(pid, IMMEDIATE_MS)) return;
  } catch (error) {
    if (systemCode(error) === "ESRCH") return;
    if (systemCode(error) !== "EPERM") throw error;
  }
  throw new EmbeddedError(
    "ENGINE_FAILED",
    `A PostgreSQL (process ${pid}) still runs on ${folder} and cannot be stopped by this user.`,
    "PostgreSQL",
  );
};

/**
 * The pid belongs to another program or a zombie, but PostgreSQL would take it for a running server and refuse to
 * start. It ignores the pid of its own parent, so the first line is set to this process's pid. The file is not deleted:
 * from its other lines PostgreSQL detects server processes that still hold the old shared memory.
 */
const disownPid = async (file: string, text: string): Promise<void> => {
  if (process.platform === "win32") return;
  await writeFile(file, [String(process.pid), ...text.split("\n").slice(1)].join("\n"));
};
