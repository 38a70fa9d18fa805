import { createHash, type Hash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../server-options.js";

/** A file that was written. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

interface Open {
  readonly handle: FileHandle;
  readonly hash: Hash;
  bytes: number;
}

/** The folder of an export: readable by its owner alone, since customers are named in it. */
export class Folder {
  readonly #files = new Map<string, Open>();
  readonly #names = new Set<string>();

  private constructor(
    private readonly path: string,
    private readonly made: string | undefined,
  ) {}

  /** @throws UsageError where something is in it */
  static async make(path: string): Promise<Folder> {
    const made = await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new UsageError(`${path} cannot be made: ${error instanceof Error ? error.message : String(error)}.`);
    });
    if ((await readdir(path)).length > 0) throw new UsageError(`${path} is not empty.`);
    return new Folder(path, made);
  }

  async append(name: string, text: string): Promise<void> {
    const file = this.#files.get(name) ?? {
      handle: await open(join(this.path, name), "wx", 0o600),
      hash: createHash("sha256"),
      bytes: 0,
    };
    this.#files.set(name, file);
    this.#names.add(name);
    const bytes = Buffer.from(text, "utf8");
    await file.handle.appendFile(bytes);
    file.hash.update(bytes);
    file.bytes += bytes.length;
  }

  /** Closes all files. @returns them in the order in which they were begun */
  async close(): Promise<readonly WrittenFile[]> {
    const written = [];
    for (const [name, { handle, hash, bytes }] of this.#files) {
      await handle.sync();
      await handle.close();
      written.push({ name, bytes, sha256: hash.digest("hex") });
    }
    this.#files.clear();
    return written;
  }

  /** Removes what was written, and the folder where it was made for it: a part of an export is none. */
  async discard(): Promise<void> {
    for (const { handle } of this.#files.values()) await handle.close();
    for (const name of this.#names) await rm(join(this.path, name), { force: true });
    if (this.made !== undefined) await rm(this.path, { recursive: true, force: true });
  }
}
