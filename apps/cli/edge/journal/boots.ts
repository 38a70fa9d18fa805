import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { sync } from "./files.js";

export interface Boot {
  /** Sorts by time. */
  readonly name: string;
  readonly folder: string;
  /** What Kamailio is given as `EDGE_JOURNAL`; by it, its processes are found. */
  readonly database: string;
}

/** Boots of a journal: which of them still write, also if they were begun by a program that has been killed. */
export class Boots {
  /** Begun here, and not ended. */
  readonly #begun = new Set<string>();
  /** Without processes: they get none again. */
  readonly #over = new Set<string>();

  /** @param journal the journal's folder; an absolute path */
  constructor(private readonly journal: string) {}

  /** A folder for a start of Kamailio. It counts as running from now on. */
  async begin(now: Date): Promise<Boot> {
    const name = now.toISOString();
    this.#begun.add(name);
    const folder = join(this.journal, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await sync(this.journal);
    return { name, folder, database: this.#databaseOf(name) };
  }

  /** Its Kamailio has ended. */
  end(name: string): void {
    this.#begun.delete(name);
  }

  readonly isRunning = (name: string): boolean => {
    if (this.#begun.has(name)) return true;
    if (this.#over.has(name)) return false;
    if (this.processesOf(name).length > 0) return true;
    this.#over.add(name);
    return false;
  };

  /** Processes of its Kamailio, as the system lists them (Linux). */
  processesOf(name: string): number[] {
    return processesWith(this.#databaseOf(name));
  }

  /** Processes of the Kamailio of whichever boot (Linux). */
  processes(): number[] {
    return processesWith(this.#databaseOf(""));
  }

  #databaseOf(name: string): string {
    return `flatstore:${this.journal}/${name}`;
  }
}

/** @param part of the arguments */
const processesWith = (part: string): number[] =>
  processes().flatMap(({ pid, command }) => (command.includes(part) ? [pid] : []));

const processes = (): { readonly pid: number; readonly command: string }[] => {
  try {
    return readdirSync("/proc").flatMap((entry) => {
      if (!/^\d+$/.test(entry)) return [];
      try {
        return [{ pid: Number.parseInt(entry, 10), command: readFileSync(`/proc/${entry}/cmdline`, "latin1") }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  } catch {
    return [];
  }
};
