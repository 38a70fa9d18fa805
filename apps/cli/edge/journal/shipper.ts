import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Billing } from "./billing.js";
import { Boots } from "./boots.js";
import { bootsIn, filesOf, type JournalFile, linesFrom, remove, sync } from "./files.js";
import { callsLeftOpen } from "./open-calls.js";
import { NotTaken, Poster, type Report, type Taken } from "./post.js";
import { repeatedly } from "./repeatedly.js";
import { inReports, ReportedLines } from "./report-size.js";
import { readShipped, type Shipped, writeShipped } from "./shipped.js";

export interface ShipperOptions {
  /** Folder with a folder for each boot. */
  readonly journal: string;
  readonly billing: Billing;
  /** Whether the Kamailio of this boot still writes, as far as the caller knows: processes of others are looked for. */
  readonly isRunning: (boot: string) => boolean;
  readonly now?: () => Date;
  /** Tells what somebody should know; no numbers are in it. */
  readonly report: (event: string, fields: Readonly<Record<string, unknown>>) => void;
}

const LONGEST_LINE = 64 * 1024;
const SYNC_EVERY_MS = 200;
/** A report has the ends of about a second, so that an event has many. */
const SHIP_EVERY_MS = 1_000;
const LONGEST_WAIT_MS = 2_000;
const KEPT_MS = 7 * 86_400_000;

/**
 * Ships the journal to billing, line by line, and moves on once the calls are recorded. What was not acknowledged is sent
 * again after whatever happens: billing records each call once.
 */
export class Shipper {
  readonly #poster: Poster;
  readonly #boots: Boots;
  readonly #now: () => Date;
  readonly #stopping = new AbortController();
  /** Sizes of files as they were synchronised last. */
  readonly #synced = new Map<string, number>();
  #running: Promise<void> | undefined;

  constructor(private readonly options: ShipperOptions) {
    this.#now = options.now ?? (() => new Date());
    this.#boots = new Boots(options.journal);
    this.#poster = new Poster(options.billing, "/edge/v1/journal", this.#now);
  }

  start(): void {
    this.#running ??= Promise.all([this.#syncing(), this.#shipping()]).then(() => undefined);
  }

  /** Ends what is under way. What is left is shipped by whoever starts next. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Ships all there is, of all boots. @throws NotTaken */
  async ship(): Promise<void> {
    const { journal } = this.options;
    for (const name of await bootsIn(journal)) {
      const boot = join(journal, name);
      // Asked first: what was finished by now has all its lines.
      await this.#shipBoot(boot, this.#isRunning(name));
    }
  }

  /** A Kamailio may be left of a program that was killed: its calls go on, and so does its journal. */
  #isRunning(boot: string): boolean {
    return this.options.isRunning(boot) || this.#boots.isRunning(boot);
  }

  async #shipBoot(boot: string, isRunning: boolean): Promise<void> {
    const before = await readShipped(boot);
    if (before.finished !== null) {
      if (this.#isOld(before.finished)) await this.#removeBoot(boot);
      return;
    }
    const files = await filesOf(boot);
    let shipped = await this.#shipEnds(
      boot,
      files.filter(({ kind }) => kind === "ends"),
      before,
      isRunning,
    );
    if (isRunning) {
      shipped = await this.#removeOld(boot, files, shipped);
      return;
    }
    const starts = files.filter(({ kind }) => kind === "starts");
    const left = [...(await callsLeftOpen(files)), ...(await this.#torn(starts))];
    for (const interrupted of inReports(left)) await this.#post({ ended: [], interrupted });
    if (left.length > 0) this.options.report("calls were interrupted", { boot, calls: left.length });
    await writeShipped(boot, { ...shipped, finished: this.#now().toISOString() });
  }

  /** Ships lines of ends until there are no more; of a boot that is over, also those that were torn. */
  async #shipEnds(boot: string, files: readonly JournalFile[], before: Shipped, isRunning: boolean): Promise<Shipped> {
    let shipped = before;
    for (;;) {
      const reported = new ReportedLines();
      const moved: Record<string, number> = {};
      const torn: Readonly<Record<string, unknown>>[] = [];
      for (const { name, path } of files) {
        const offset = shipped.files[name]?.offset ?? 0;
        if (reported.room === 0 || (await stat(path)).size <= offset) continue;
        const { next, rest } = await reported.read(path, offset);
        if (next > offset) moved[name] = next;
        if (rest !== "" && !isRunning && reported.add([rest]) === 1) {
          torn.push({ boot, file: name, offset, bytes: rest.length });
          moved[name] = offset + rest.length;
        }
      }
      if (reported.lines.length === 0) return shipped;
      await this.#post({ ended: reported.lines, interrupted: [] });
      for (const where of torn) this.options.report("a line of the journal is torn", where);
      const at = this.#now().toISOString();
      const acknowledged = Object.entries(moved).map(([name, offset]) => [name, { offset, at }] as const);
      shipped = { ...shipped, files: { ...shipped.files, ...Object.fromEntries(acknowledged) } };
      await writeShipped(boot, shipped);
    }
  }

  /** What is after the last whole line of each file. */
  async #torn(files: readonly JournalFile[]): Promise<string[]> {
    const torn: string[] = [];
    for (const { name, path } of files) {
      const { size } = await stat(path);
      const { rest } = await linesFrom(path, Math.max(0, size - LONGEST_LINE));
      if (rest === "") continue;
      this.options.report("a line of the journal is torn", { file: name, bytes: rest.length });
      torn.push(rest);
    }
    return torn;
  }

  async #post(report: Report): Promise<void> {
    const { differing, unreadable } = (await this.#poster.post(report)) as Taken;
    if (differing.length > 0)
      this.options.report("calls were reported before with another content", { keys: differing });
    if (unreadable > 0) this.options.report("billing could not read lines", { lines: unreadable });
  }

  #isOld(at: string): boolean {
    return this.#now().getTime() - Date.parse(at) > KEPT_MS;
  }

  /**
   * Removes files of days that are over: ends that were acknowledged long ago, starts of calls that ended since, and what
   * failed, whether or not anybody was told.
   */
  async #removeOld(boot: string, files: readonly JournalFile[], shipped: Shipped): Promise<Shipped> {
    const today = Math.floor(this.#now().getTime() / 86_400_000);
    const gone: string[] = [];
    for (const { name, path, kind, day } of files) {
      if (today - day < 8) continue;
      const acknowledged = shipped.files[name];
      if (kind === "ends" && (!acknowledged || !this.#isOld(acknowledged.at))) continue;
      await remove(path);
      gone.push(name);
    }
    if (gone.length === 0) return shipped;
    const kept = Object.fromEntries(Object.entries(shipped.files).filter(([name]) => !gone.includes(name)));
    const left = { ...shipped, files: kept };
    await writeShipped(boot, left);
    return left;
  }

  async #removeBoot(boot: string): Promise<void> {
    await rm(boot, { recursive: true, force: true });
    this.options.report("a boot of the journal was removed", { boot });
  }

  #shipping(): Promise<void> {
    return repeatedly(() => this.ship(), {
      ...{ signal: this.#stopping.signal, everyMs: SHIP_EVERY_MS, againMs: 250, longestMs: LONGEST_WAIT_MS },
      failed: (error, message) => {
        const isRefused = error instanceof NotTaken;
        this.options.report(isRefused ? "billing takes no calls" : "the journal cannot be shipped", { message });
      },
    });
  }

  #syncing(): Promise<void> {
    const { journal, report } = this.options;
    const syncAll = async (): Promise<void> => {
      const running = (await bootsIn(journal)).filter((name) => this.#isRunning(name));
      for (const name of running) await this.#syncBoot(join(journal, name));
    };
    return repeatedly(syncAll, {
      ...{ signal: this.#stopping.signal, everyMs: SYNC_EVERY_MS },
      failed: (_, message) => {
        report("the journal cannot be synchronised", { message });
      },
    });
  }

  async #syncBoot(boot: string): Promise<void> {
    const today = Math.floor(this.#now().getTime() / 86_400_000);
    for (const { path, day } of await filesOf(boot)) {
      if (day < today - 1) continue;
      const { size } = await stat(path);
      const before = this.#synced.get(path);
      if (size === before) continue;
      await sync(path);
      // A file's name is in its folder.
      if (before === undefined) await sync(boot);
      this.#synced.set(path, size);
    }
  }
}
