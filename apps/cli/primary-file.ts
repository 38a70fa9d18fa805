import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type PrimaryPart } from "#read-models/primary.js";

const FORMAT = "tenure-primary";
const VERSION = 2;
const ROWS_AT_ONCE = 1_000;
const HEAD = { format: FORMAT, version: VERSION };
const END = { end: true };

/** An error whose message is one sentence for the user. */
export class PrimaryFileError extends Error {
  override readonly name = "PrimaryFileError";
}

/**
 * Writes the file atomically, readable only by its owner: it contains secrets. Its lines are JSON: the format with the
 * signing key, then for each table its name and number of rows, followed by the rows, and the end.
 * @param signingKey of an embedded installation (PEM); null: it is kept elsewhere
 * @returns the number of rows by table
 */
export const writePrimaryFile = async (
  file: string,
  parts: AsyncIterable<PrimaryPart>,
  signingKey: string | null,
): Promise<Readonly<Record<string, number>>> => {
  const draft = `${file}.part`;
  const counts: Record<string, number> = {};
  // Left by a backup that was killed, maybe with other rights.
  await rm(draft, { force: true });
  const handle = await open(draft, "wx", 0o600);
  try {
    const write = async (lines: readonly string[]): Promise<void> => {
      await handle.appendFile(lines.map((line) => `${line}\n`).join(""));
    };
    await write([JSON.stringify({ ...HEAD, ...(signingKey !== null && { signingKey }) })]);
    for await (const part of parts) {
      if ("rows" in part) {
        await write(part.rows);
        continue;
      }
      counts[part.table] = part.count;
      await write([JSON.stringify(part)]);
    }
    await write([JSON.stringify(END)]);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  return counts;
};

/** The signing key that a file holds (PEM); null: none. @throws PrimaryFileError when it cannot be read */
export const signingKeyIn = async (file: string): Promise<string | null> => {
  const lines = linesOf(file);
  const { value } = await lines.next();
  await lines.return(undefined);
  const { signingKey } = parsed(value ?? "");
  return typeof signingKey === "string" ? signingKey : null;
};

/** Reads a file while it is iterated; that it is whole shows at its end. @throws PrimaryFileError */
export const readPrimaryFile = async function* (file: string): AsyncGenerator<PrimaryPart> {
  const damaged = new PrimaryFileError(`${file} was not written by "tenure backup", or is damaged.`);
  const lines = linesOf(file);
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw damaged;
    return value;
  };
  const { format, version } = parsed(await next());
  if (format !== FORMAT) throw damaged;
  if (version !== VERSION) {
    throw new PrimaryFileError(`${file} has version ${String(version)}, and this Tenure reads version ${VERSION}.`);
  }
  for (;;) {
    const { table, count, end } = parsed(await next());
    if (end === true) return;
    if (typeof table !== "string" || typeof count !== "number") throw damaged;
    yield { table, count };
    for (let left = count; left > 0;) {
      const rows: string[] = [];
      while (rows.length < Math.min(ROWS_AT_ONCE, left)) rows.push(await next());
      if (rows.some((row) => Object.keys(parsed(row)).length === 0)) throw damaged;
      yield { rows };
      left -= rows.length;
    }
  }
};

const linesOf = async function* (file: string): AsyncGenerator<string, undefined> {
  const stream = createReadStream(file, "utf8");
  try {
    yield* createInterface({ input: stream, crlfDelay: Infinity });
  } catch (error) {
    throw new PrimaryFileError(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  } finally {
    stream.destroy();
  }
};

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
};
