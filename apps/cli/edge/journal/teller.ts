import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Boots } from "./boots.js";
import { bootsIn, filesOf, type JournalFile, linesFrom } from "./files.js";
import { callsLeftOpen } from "./open-calls.js";
import { NotTaken, Poster } from "./post.js";
import { type ShipperOptions } from "./shipper.js";

/** How much of a boot billing was told: bytes of each file, and whether that was all. */
interface Told {
  readonly files: Readonly<Record<string, number>>;
  readonly finished: boolean;
}

const NAME = "told.json";
/** As billing takes them in one report, of each kind. */
const MOST_LINES = 500;
const MOST_TEXT = 200_000;
const TELL_EVERY_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Tells billing which calls go on, and which failed: beside the {@link Shipper}, on whose records money hangs, and with
 * nothing in common but the files. What is told twice changes nothing.
 */
export class Teller {
  readonly #poster: Poster;
  readonly #boots: Boots;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly options: ShipperOptions) {
    this.#boots = new Boots(options.journal);
    this.#poster = new Poster(options.billing, "/edge/v1/progress", options.now ?? (() => new Date()));
  }

  start(): void {
    this.#running ??= this.#telling();
  }

  /** Ends what is under way. What is left is told by whoever starts next. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Tells all there is, of all boots. @throws NotTaken */
  async tell(): Promise<void> {
    const { journal, isRunning } = this.options;
    for (const name of await bootsIn(journal)) {
      // Asked first: what was finished by now has all its lines.
      await this.#tellBoot(join(journal, name), isRunning(name) || this.#boots.isRunning(name));
    }
  }

  async #tellBoot(boot: string, isRunning: boolean): Promise<void> {
    let told = await readTold(boot);
    if (told.finished) return;
    for (;;) {
      const files = await filesOf(boot);
      const of = (kind: JournalFile["kind"]) =>
        linesOf(
          files.filter((file) => file.kind === kind),
          told.files,
        );
      // Before starts, so that no call ends that has not started.
      const [ended, failed] = [await of("ends"), await of("fails")];
      const started = await of("starts");
      const isAll = started.isAll;
      const report = {
        started: started.lines,
        ended: isAll ? ended.lines : [],
        failed: failed.lines,
      };
      if (Object.values(report).every((lines) => lines.length === 0)) break;
      await this.#poster.post(report);
      const moved = { ...started.moved, ...(isAll && ended.moved), ...failed.moved };
      told = { ...told, files: { ...told.files, ...moved } };
      await writeTold(boot, told);
    }
    if (isRunning) return;
    // Nobody will see their ends.
    const left = await callsLeftOpen(await filesOf(boot));
    for (let at = 0; at < left.length; at += MOST_LINES) {
      await this.#poster.post({ started: [], ended: left.slice(at, at + MOST_LINES), failed: [] });
    }
    await writeTold(boot, { ...told, finished: true });
  }

  async #telling(): Promise<void> {
    const { signal } = this.#stopping;
    const { report } = this.options;
    let wait = 0;
    while (!signal.aborted) {
      try {
        await this.tell();
        wait = 0;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        // Said once, and not each time that it is tried again.
        if (wait === 0 && !isGone(error)) {
          report(error instanceof NotTaken ? "billing is not told which calls go on" : "calls cannot be told of", {
            message,
          });
        }
        wait = Math.min(LONGEST_WAIT_MS, Math.max(TELL_EVERY_MS, wait * 2));
      }
      await delay(wait || TELL_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

interface SomeLines {
  readonly lines: readonly string[];
  /** Where the next line begins, by file. */
  readonly moved: Readonly<Record<string, number>>;
  /** There were no more whole lines when this was read. */
  readonly isAll: boolean;
}

/** Whole lines that were not told yet, as many as fit into one report. */
const linesOf = async (files: readonly JournalFile[], told: Told["files"]): Promise<SomeLines> => {
  const lines: string[] = [];
  const moved: Record<string, number> = {};
  let text = 0;
  for (const { name, path } of files) {
    for (;;) {
      if (lines.length >= MOST_LINES || text >= MOST_TEXT) return { lines, moved, isAll: false };
      const offset = moved[name] ?? told[name] ?? 0;
      const read = await linesFrom(path, offset, MOST_LINES - lines.length);
      if (read.next === offset) break;
      lines.push(...read.lines);
      moved[name] = read.next;
      text += read.next - offset;
    }
  }
  return { lines, moved, isAll: true };
};

const readTold = async (boot: string): Promise<Told> => {
  try {
    return JSON.parse(await readFile(join(boot, NAME), "utf8")) as Told;
  } catch (error) {
    if (isGone(error)) return { files: {}, finished: false };
    throw error;
  }
};

const writeTold = async (boot: string, told: Told): Promise<void> => {
  const path = join(boot, NAME);
  await writeFile(`${path}.new`, JSON.stringify(told), { mode: 0o600 });
  await rename(`${path}.new`, path);
};

/** Old files are removed beside this. */
const isGone = (error: unknown): boolean => (error as { readonly code?: unknown }).code === "ENOENT";
