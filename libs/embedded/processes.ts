import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const onLinux = process.platform === "linux";

/**
 * Whether a process is alive. A process of another user counts as alive: the signal is refused (EPERM). A zombie does
 * not: in a container whose first process reaps none, it would stay forever.
 */
export const isAlive = (pid: number): boolean => isListed(pid) && !isZombie(pid);

/** Whether the system lists the process, zombies included. */
export const isListed = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const isZombie = (pid: number): boolean => {
  if (!onLinux) return false;
  try {
    return statFields(readFileSync(`/proc/${pid}/stat`, "utf8"))[0] === "Z";
  } catch {
    // Ended meanwhile, or not visible: the result of the signal counts.
    return false;
  }
};

/** The fields of /proc/pid/stat from the state (field 3) on; the name before it may contain spaces and parentheses. */
const statFields = (stat: string): string[] => stat.slice(stat.lastIndexOf(")") + 2).split(" ");

/** Distinguishes a process from a later one with the same pid. Undefined where the system does not provide it. */
export const startToken = async (pid: number): Promise<string | undefined> => {
  try {
    if (onLinux) {
      return statFields(await readFile(`/proc/${pid}/stat`, "utf8"))[19];
    }
    if (process.platform === "win32") return undefined;
    const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
};

/** Whether the process certainly is a PostgreSQL on this folder, which may then be stopped. */
export const isPostgresOf = async (pid: number, folder: string): Promise<boolean> => {
  try {
    if (onLinux) {
      const [program, workingFolder] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)]);
      // " (deleted)" follows the name when node_modules was replaced under a running server.
      return basename(program).replace(/ \(deleted\)$/, "") === "postgres" && workingFolder === folder;
    }
    if (process.platform === "win32") return false;
    const { stdout } = await run("ps", ["-o", "command=", "-p", String(pid)]);
    return stdout.includes("postgres") && stdout.includes(folder);
  } catch {
    return false;
  }
};

/** True when the process has ended within the time (milliseconds). */
export const endsWithin = async (pid: number, milliseconds: number): Promise<boolean> => {
  const deadline = performance.now() + milliseconds;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
};
