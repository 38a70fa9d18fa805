import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedError, systemCode } from "./errors.js";
import { endsWithin, isAlive, isListed, isPostgresOf } from "./processes.js";

const FAST_MS = 20_000;
const IMMEDIATE_MS = 5_000;

/**
 * After `kill -9` of a launcher its PostgreSQL runs on. Stops it, if there is one: a server that nobody watches is no
 * server to build on, and its port is not ours to keep.
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
  // PostgreSQL takes a dead process that nobody has collected for a live one, and would refuse to start.
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
 * The pid belongs to some other program now, or to a process that has ended and that nobody has collected, but
 * PostgreSQL would take that one for itself and refuse to start. It does
 * not mistake its own parent, which we are about to be, so our pid goes into the first line. The file is not deleted:
 * its other lines let PostgreSQL notice server processes that still hold the old shared memory.
 */
const disownPid = async (file: string, text: string): Promise<void> => {
  if (process.platform === "win32") return;
  await writeFile(file, [String(process.pid), ...text.split("\n").slice(1)].join("\n"));
};
