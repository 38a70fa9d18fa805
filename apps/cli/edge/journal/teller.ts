import { join } from "node:path";
import { Boots } from "./boots.js";
import { bootsIn, filesOf, isMissing, type JournalFile } from "./files.js";
import { callsLeftOpen } from "./open-calls.js";
import { NotTaken, Poster } from "./post.js";
import { repeatedly } from "./repeatedly.js";
import { fitting, inReports, ReportedLines } from "./report-size.js";
import { type ShipperOptions } from "./shipper.js";
import { readTold, type Told, writeTold } from "./told.js";

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

  /** Tells all there is, of all boots: one that cannot be told of stops no other. @throws NotTaken */
  async tell(): Promise<void> {
    const { journal, isRunning } = this.options;
    let failure: Error | undefined;
    for (const name of await bootsIn(journal)) {
      if (this.#stopping.signal.aborted) break;
      try {
        // Asked first: what was finished by now has all its lines.
        await this.#tellBoot(join(journal, name), isRunning(name) || this.#boots.isRunning(name));
      } catch (error) {
        // Old files are removed beside this.
        if (!isMissing(error)) failure ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    if (failure) throw failure;
  }

  async #tellBoot(boot: string, isRunning: boolean): Promise<void> {
    let told = await readTold(boot);
    if (told.finished) return;
    for (;;) {
      const files = await filesOf(boot);
      const untold = (kind: JournalFile["kind"]) =>
        linesOf(
          files.filter((file) => file.kind === kind),
          told.files,
        );
      // Before starts, so that no call ends that has not started.
      const [ended, failed] = [await untold("ends"), await untold("fails")];
      const started = await untold("starts");
      const kinds = fitting([started, ...(started.isAll ? [ended] : []), failed]);
      const of = (kind: SomeLines) => (kinds.includes(kind) ? kind.lines : []);
      const report = { started: of(started), ended: of(ended), failed: of(failed) };
      if (Object.values(report).every((lines) => lines.length === 0)) break;
      await this.#poster.post(report);
      const moved = Object.fromEntries(kinds.flatMap((kind) => Object.entries(kind.moved)));
      told = { ...told, files: { ...told.files, ...moved } };
      await writeTold(boot, told);
    }
    if (isRunning) return;
    // Nobody will see their ends.
    const left = await callsLeftOpen(await filesOf(boot));
    for (const ended of inReports(left)) await this.#poster.post({ started: [], ended, failed: [] });
    await writeTold(boot, { ...told, finished: true });
  }

  #telling(): Promise<void> {
    return repeatedly(() => this.tell(), {
      ...{ signal: this.#stopping.signal, everyMs: TELL_EVERY_MS, longestMs: LONGEST_WAIT_MS },
      failed: (error, message, isFirst) => {
        // Said once, and not each time that it is tried again.
        if (!isFirst) return;
        const isRefused = error instanceof NotTaken;
        this.options.report(isRefused ? "billing is not told which calls go on" : "calls cannot be told of", {
          message,
        });
      },
    });
  }
}

interface SomeLines {
  readonly lines: readonly string[];
  /** Of the lines, in a report. */
  readonly bytes: number;
  /** Where the next line begins, by file. */
  readonly moved: Readonly<Record<string, number>>;
  /** There were no more whole lines when this was read. */
  readonly isAll: boolean;
}

/** Whole lines that were not told yet, as many as fit into one report. */
const linesOf = async (files: readonly JournalFile[], told: Told["files"]): Promise<SomeLines> => {
  const reported = new ReportedLines();
  const moved: Record<string, number> = {};
  const some = (isAll: boolean): SomeLines => ({ lines: reported.lines, bytes: reported.bytes, moved, isAll });
  for (const { name, path } of files) {
    for (;;) {
      if (reported.room === 0) return some(false);
      const offset = moved[name] ?? told[name] ?? 0;
      const { next, isWhole } = await reported.read(path, offset);
      if (!isWhole) {
        moved[name] = next;
        return some(false);
      }
      if (next === offset) break;
      moved[name] = next;
    }
  }
  return some(true);
};
