import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Story } from "./story.js";

const FILE = "demo.json";

/** How much of the demo a data folder holds. */
export interface Progress {
  /** The demo that it is, by its text: another version of Tenure may have another one. */
  readonly of: string;
  /** How many of its days are over. */
  readonly days: number;
  readonly isComplete: boolean;
  /** Ids by the names that steps use. */
  readonly ids: Readonly<Record<string, string>>;
}

/** Identifies a demo by what happens in it. */
export const fingerprint = (stories: readonly Story[]): string =>
  createHash("sha256").update(JSON.stringify(stories)).digest("hex");

/** Undefined where no day of a demo is over yet. */
export const readProgress = async (dataDir: string): Promise<Progress | undefined> => {
  try {
    return JSON.parse(await readFile(join(dataDir, FILE), "utf8")) as Progress;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
};

/** Written atomically and flushed: what it says is over is never given again. */
export const writeProgress = async (dataDir: string, progress: Progress): Promise<void> => {
  const file = join(dataDir, FILE);
  await writeFile(`${file}.draft`, `${JSON.stringify(progress)}\n`, { flush: true });
  await rename(`${file}.draft`, file);
};
