import { createHash, type Hash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type JobFile, type JobProgress } from "#application/audit/job.js";
import { type JobPlace } from "#application/audit/run-job.js";
import { UsageError } from "../server-options.js";

interface Open {
  readonly handle: FileHandle;
  readonly hash: Hash;
  bytes: number;
}

/**
 * A directory that is made for a job, or was empty: readable by its owner alone, since customers are named in it. A job
 * that was cut off leaves nothing in it, and begins anew.
 */
export class NewDirectoryPlace implements JobPlace {
  readonly saved = null;
  readonly #files = new Map<string, Open>();

  private constructor(
    private readonly path: string,
    private readonly made: string | undefined,
    readonly signal: AbortSignal,
    private readonly show: (progress: JobProgress) => void,
  ) {}

  /** @throws UsageError where something is in it */
  static async make(
    path: string,
    signal: AbortSignal,
    show: (progress: JobProgress) => void,
  ): Promise<NewDirectoryPlace> {
    const made = await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new UsageError(`${path} cannot be made: ${error instanceof Error ? error.message : String(error)}.`);
    });
    if ((await readdir(path)).length > 0) throw new UsageError(`${path} is not empty.`);
    return new NewDirectoryPlace(path, made, signal, show);
  }

  progress(progress: JobProgress): void {
    this.show(progress);
  }

  /** An export begins anew. */
  save(): Promise<void> {
    return Promise.resolve();
  }

  async append(name: string, content: string | Uint8Array): Promise<void> {
    const file = this.#files.get(name) ?? {
      handle: await open(join(this.path, name), "wx", 0o600),
      hash: createHash("sha256"),
      bytes: 0,
    };
    this.#files.set(name, file);
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    await file.handle.appendFile(bytes);
    file.hash.update(bytes);
    file.bytes += bytes.length;
  }

  /** In the order in which they were begun. */
  files(): Promise<readonly JobFile[]> {
    return Promise.resolve(
      [...this.#files].map(([name, { hash, bytes }]) => ({ name, bytes, sha256: hash.copy().digest("hex") })),
    );
  }

  /** Resolves when all is on the disk. */
  async close(): Promise<void> {
    for (const { handle } of this.#files.values()) {
      await handle.sync();
      await handle.close();
    }
  }

  /** Removes what was written, and the folder where it was made for it: a part of an export is none. */
  async discard(): Promise<void> {
    for (const [name, { handle }] of this.#files) {
      await handle.close();
      await rm(join(this.path, name), { force: true });
    }
    if (this.made !== undefined) await rm(this.path, { recursive: true, force: true });
  }
}
