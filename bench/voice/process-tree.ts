import { readdirSync, readFileSync } from "node:fs";
import { processOf, TICKS_PER_SECOND } from "../cpu-time.js";

/** A process and all below it (Linux). */
export const processTree = (root: number): readonly number[] => {
  const children = new Map<string, string[]>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = processOf(pid)?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: string): string[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(String(root)).map(Number);
};

/** Seconds of CPU that processes and all below them have taken until now, those below that ended included. */
export const cpuSeconds = (roots: readonly number[]): number =>
  roots.flatMap(processTree).reduce((sum, pid) => {
    const found = processOf(String(pid));
    return sum + (found ? found.ticks + found.ofChildren : 0);
  }, 0) / TICKS_PER_SECOND;

/** MB of memory, what several share counted once. */
export const memoryOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const [, kilobytes = "0"] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
    return sum + Number(kilobytes);
  }, 0) / 1024;
