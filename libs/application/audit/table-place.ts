import { addPart, filesOf, partsOf } from "#read-models/jobs/files.js";
import { saveJob, type TakenJob } from "#read-models/jobs/lease.js";
import { type Queryable } from "#read-models/runner/checkpoints.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type JobFile, type JobProgress, type Json } from "./job.js";
import { type JobPlace } from "./run-job.js";

const LOST = "Another worker has the job.";

/** Characters of a file that are written at once. */
const PART = 200_000;

/** State and files of a job that a worker runs, in tables. */
export class TablePlace implements JobPlace {
  readonly saved: Json | null;
  /** Of the last call of `progress`. */
  latest: JobProgress = { phase: "starting", done: 0, total: null };
  private readonly waiting = new Map<string, string>();

  private constructor(
    private readonly db: Queryable,
    private readonly job: TakenJob,
    private readonly worker: string,
    readonly signal: AbortSignal,
    private readonly parts: Record<string, number>,
  ) {
    this.saved = job.saved === null ? null : (JSON.parse(job.saved) as Json);
  }

  static async of(db: Queryable, job: TakenJob, worker: string, signal: AbortSignal): Promise<TablePlace> {
    return new TablePlace(db, job, worker, signal, await partsOf(db, job.jobId));
  }

  progress(progress: JobProgress): void {
    this.latest = progress;
  }

  async append(file: string, text: string): Promise<void> {
    const waiting = (this.waiting.get(file) ?? "") + text;
    this.waiting.set(file, waiting);
    if (waiting.length >= PART) await this.flush(file);
  }

  async save(state: Json): Promise<void> {
    for (const file of this.waiting.keys()) await this.flush(file);
    await saveJob(this.db, this.job, this.worker, JSON.stringify(state), this.parts);
    await faultPoint("job.after-save");
  }

  async files(): Promise<readonly JobFile[]> {
    for (const file of this.waiting.keys()) await this.flush(file);
    return filesOf(this.db, this.job.jobId);
  }

  private async flush(file: string): Promise<void> {
    const text = this.waiting.get(file) ?? "";
    if (text === "") return;
    const part = this.parts[file] ?? 0;
    this.waiting.set(file, "");
    this.parts[file] = part + 1;
    const own = { jobId: this.job.jobId, worker: this.worker };
    if (!(await addPart(this.db, own, file, part, Buffer.from(text, "utf8")))) throw new Error(LOST);
    await faultPoint("job.after-part");
  }
}
