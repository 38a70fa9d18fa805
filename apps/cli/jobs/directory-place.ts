import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { appendFile, mkdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Instant } from "#domain/calendar.js";
import { type JobFile, type JobProgress, type Json } from "#application/audit/job.js";
import { type JobPlace } from "#application/audit/run-job.js";

const STATE = "unfinished.json";

interface SavedState {
  /** Canonical text of what the job is: another one does not go on here. */
  readonly job: string;
  readonly startedAt: Instant;
  readonly state: Json;
  readonly lengths: Readonly<Record<string, number>>;
}

/** Files and state of a job that a command of the CLI runs, in a directory. */
export class DirectoryPlace implements JobPlace {
  private readonly lengths: Record<string, number>;

  private constructor(
    private readonly directory: string,
    private readonly job: string,
    /** When the first run of the job began. */
    readonly startedAt: Instant,
    readonly signal: AbortSignal,
    private readonly show: (progress: JobProgress) => void,
    readonly saved: Json | null,
    lengths: Readonly<Record<string, number>>,
  ) {
    this.lengths = { ...lengths };
  }

  /**
   * @param job what it is, as text: a job that was cut off goes on in its directory when the same one is run again
   * @param now when this run begins
   */
  static async of(
    directory: string,
    { job, now }: { readonly job: string; readonly now: Instant },
    signal: AbortSignal,
    show: (progress: JobProgress) => void,
  ): Promise<DirectoryPlace> {
    await mkdir(directory, { recursive: true });
    const left = await stateIn(directory);
    const isSame = left?.job === job;
    const lengths = isSame ? left.lengths : {};
    // What was written after the last save would be there twice.
    for (const [file, length] of Object.entries(lengths)) await truncate(join(directory, file), length);
    const [startedAt, saved] = isSame ? [left.startedAt, left.state] : [now, null];
    return new DirectoryPlace(directory, job, startedAt, signal, show, saved, lengths);
  }

  progress(progress: JobProgress): void {
    this.show(progress);
  }

  async append(file: string, text: string): Promise<void> {
    const path = join(this.directory, file);
    const before = this.lengths[file];
    // The first text of a file replaces one of the same name from an earlier run.
    if (before === undefined) await writeFile(path, text);
    else await appendFile(path, text);
    this.lengths[file] = (before ?? 0) + Buffer.byteLength(text);
  }

  async save(state: Json): Promise<void> {
    const saved: SavedState = { job: this.job, startedAt: this.startedAt, state, lengths: this.lengths };
    await writeFile(join(this.directory, `${STATE}.draft`), JSON.stringify(saved));
    await rename(join(this.directory, `${STATE}.draft`), join(this.directory, STATE));
  }

  async files(): Promise<readonly JobFile[]> {
    const files: JobFile[] = [];
    for (const name of Object.keys(this.lengths).sort()) {
      const path = join(this.directory, name);
      const sum = createHash("sha256");
      for await (const part of createReadStream(path)) sum.update(part as Buffer);
      files.push({ name, bytes: (await stat(path)).size, sha256: sum.digest("hex") });
    }
    return files;
  }

  /** The job is done: the next one begins anew. */
  forget(): Promise<void> {
    return rm(join(this.directory, STATE), { force: true });
  }
}

const stateIn = async (directory: string): Promise<SavedState | null> => {
  try {
    return JSON.parse(await readFile(join(directory, STATE), "utf8")) as SavedState;
  } catch {
    return null;
  }
};
