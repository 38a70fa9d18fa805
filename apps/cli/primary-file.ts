import { readFile, rename, writeFile } from "node:fs/promises";
import { type PrimaryRows } from "#read-models/primary.js";

const FORMAT = "tenure-primary";
const VERSION = 1;

/** An error whose message is one sentence for the user. */
export class PrimaryFileError extends Error {
  override readonly name = "PrimaryFileError";
}

/** Writes the file atomically, readable only by its owner: it contains secrets. */
export const writePrimaryFile = async (file: string, tables: PrimaryRows): Promise<void> => {
  const draft = `${file}.part`;
  const text = `${JSON.stringify({ format: FORMAT, version: VERSION, tables }, null, 2)}\n`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await rename(draft, file);
};

/** @throws PrimaryFileError */
export const readPrimaryFile = async (file: string): Promise<PrimaryRows> => {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new PrimaryFileError(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  });
  const { format, version, tables } = parsed(text);
  if (format !== FORMAT || !isTables(tables)) {
    throw new PrimaryFileError(`${file} was not written by "tenure backup", or is damaged.`);
  }
  if (version !== VERSION) {
    throw new PrimaryFileError(`${file} has version ${String(version)}, and this Tenure reads version ${VERSION}.`);
  }
  return tables;
};

const parsed = (text: string): { format?: unknown; version?: unknown; tables?: unknown } => {
  try {
    return (JSON.parse(text) ?? {}) as object;
  } catch {
    return {};
  }
};

const isTables = (value: unknown): value is PrimaryRows =>
  typeof value === "object" && value !== null && Object.values(value).every((rows) => Array.isArray(rows));
