import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Boots } from "./journal/boots.js";

/** Another program runs the edge of this folder; the message is for the user. */
export class EdgeRuns extends Error {
  override readonly name = "EdgeRuns";
}

/** Kamailio ends within a second or two; one that hangs is killed. */
const STOP_WITHIN_MS = 5_000;

/**
 * Ends the Kamailio that a `tenure edge` left behind when it was killed, and what is left of one whose main process was:
 * it has the port, and answers by old terms. The calls that it had go on between their parties; what it wrote of them is
 * shipped, and they count as interrupted. Returns once none of its processes is there.
 * @returns how many processes were ended
 * @throws EdgeRuns where another program that started it is still there
 */
export const stopLeftBehind = async (boots: Boots, folder: string): Promise<number> => {
  const left = boots.processes();
  // Processes without a parent become those of process 1, which this one may be.
  const known = [process.pid, ...left];
  const program = left.map(parentOf).find((pid) => pid !== null && !known.includes(pid) && isEdgeProgram(pid));
  if (program != null) throw new EdgeRuns(`Another tenure edge runs on ${folder}: process ${program}.`);
  signal(left, "SIGTERM");
  const deadline = performance.now() + STOP_WITHIN_MS;
  for (let pids = boots.processes(); pids.length > 0; pids = boots.processes()) {
    if (performance.now() > deadline) signal(pids, "SIGKILL");
    await delay(50);
  }
  return left.length;
};

const signal = (pids: readonly number[], name: "SIGTERM" | "SIGKILL"): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      // It has ended meanwhile.
      if ((error as { readonly code?: unknown }).code !== "ESRCH") throw error;
    }
  }
};

/** null: it has ended meanwhile. */
export const parentOf = (pid: number): number | null => {
  // "12 (name) S 1 ...": a name may have any character.
  const [, parent] = /^\) \S (\d+) /.exec(textOf(pid, "stat").replace(/^[^]*(?=\) )/, "")) ?? [];
  return parent === undefined ? null : Number.parseInt(parent, 10);
};

const isEdgeProgram = (pid: number): boolean => {
  const args = textOf(pid, "cmdline").split("\0");
  return args.includes("edge") && args.some((arg) => arg.startsWith("--secret-file"));
};

const textOf = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
};
