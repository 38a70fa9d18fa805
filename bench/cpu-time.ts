import { readdirSync, readFileSync } from "node:fs";

/** Seconds of CPU that processes have taken until now, those of theirs that ended included. */
export interface CpuTime {
  /** Of this process. */
  readonly node: number;
  /** Of the server of events. */
  readonly events: number;
  /** Of PostgreSQL, with all its processes. */
  readonly postgres: number;
}

/** Linux counts in hundredths of seconds for programs, whatever the kernel counts in. */
export const TICKS_PER_SECOND = 100;

/** Name, parent and ticks of a process; undefined: it has ended, or this is not Linux. */
export const processOf = (
  pid: string,
): { name: string; parent: string; ticks: number; ofChildren: number } | undefined => {
  try {
    const [, name = "", rest = ""] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest.split(" ");
    const sum = (...places: number[]): number => places.reduce((total, place) => total + Number(fields[place]), 0);
    return { name, parent: fields[1] ?? "", ticks: sum(11, 12), ofChildren: sum(13, 14) };
  } catch {
    return undefined;
  }
};

/**
 * PostgreSQL's main process; undefined: this is not Linux.
 * @param backend the process id of a connection that is open: the main process outlives it
 */
export const postmasterOf = (backend: number): string | undefined => processOf(String(backend))?.parent;

/**
 * Read from `/proc`; without it what other processes took counts as nothing.
 * @param postmaster {@link postmasterOf} a connection
 */
export const cpuTime = (eventStore: number, postmaster: string | undefined): CpuTime => {
  const { user, system } = process.cpuUsage();
  let ticks = 0;
  if (postmaster !== undefined) {
    // The ticks of its processes that have ended are the postmaster's children's.
    const main = processOf(postmaster);
    ticks += (main?.ticks ?? 0) + (main?.ofChildren ?? 0);
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const found = processOf(pid);
      if (found?.parent === postmaster) ticks += found.ticks;
    }
  }
  return {
    node: (user + system) / 1_000_000,
    events: (processOf(String(eventStore))?.ticks ?? 0) / TICKS_PER_SECOND,
    postgres: ticks / TICKS_PER_SECOND,
  };
};
