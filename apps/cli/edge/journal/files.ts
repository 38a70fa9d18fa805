import { open, readdir, rename, truncate, unlink } from "node:fs/promises";
import { join } from "node:path";

/*
 * The journal: a folder for each start of Kamailio (a "boot"), in it a file for each day and process of what started, of
 * what ended and of what failed, as edge/kamailio.cfg names them.
 */

export interface JournalFile {
  readonly name: string;
  readonly path: string;
  readonly kind: "starts" | "ends" | "fails";
  /** Days since 1970, UTC. */
  readonly day: number;
}

const NAME = /^(starts|ends|fails)-(\d+)_\d+\.log$/;

/** Whether an error says that there is no such file. */
export const isMissing = (error: unknown): boolean => (error as { readonly code?: unknown }).code === "ENOENT";

/** Boots, the oldest first: their names sort by time. */
export const bootsIn = async (journal: string): Promise<string[]> => {
  const entries = await readdir(journal, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
};

/** The files of a boot, the oldest first. */
export const filesOf = async (boot: string): Promise<JournalFile[]> => {
  const files = (await readdir(boot)).flatMap((name): JournalFile[] => {
    const [, kind, day = ""] = NAME.exec(name) ?? [];
    if (kind !== "starts" && kind !== "ends" && kind !== "fails") return [];
    return [{ name, path: join(boot, name), kind, day: Number.parseInt(day, 10) }];
  });
  return files.sort((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
};

/** What a power failure must not take: the file's content is on the disk when this returns. */
export const sync = async (path: string): Promise<void> => {
  const file = await open(path, "r");
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
};

/** Writes a whole file. Once it returns, it survives a power failure; before that, what was written last is there whole. */
export const replace = async (folder: string, name: string, text: string): Promise<void> => {
  const path = join(folder, name);
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  const names = await open(folder, "r");
  try {
    await names.sync();
  } finally {
    await names.close();
  }
};

/** Removes a file that Kamailio may still hold open: its place on the disk is free at once. */
export const remove = async (path: string): Promise<void> => {
  await truncate(path, 0);
  await unlink(path);
};

export interface Lines {
  /** Without their ends, one character for each byte. */
  readonly lines: readonly string[];
  /** Where the next line begins. */
  readonly next: number;
  /** Bytes after it that have no end of line yet. */
  readonly rest: string;
}

const CHUNK = 256 * 1024;

/** Whole lines of a file from an offset on: as many as there are, up to 256 kB of them and to a number. */
export const linesFrom = async (path: string, offset: number, most = Infinity): Promise<Lines> => {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, offset);
    const text = buffer.toString("latin1", 0, bytesRead);
    const lines: string[] = [];
    let at = 0;
    for (let end = text.indexOf("\n"); end >= 0 && lines.length < most; end = text.indexOf("\n", at)) {
      lines.push(text.slice(at, end));
      at = end + 1;
    }
    // No line of ours is so long: it is one that nobody can read, and what follows it are others.
    if (at === 0 && bytesRead === CHUNK) return { lines: [text.slice(0, 100)], next: offset + CHUNK, rest: "" };
    return { lines, next: offset + at, rest: text.slice(at) };
  } finally {
    await file.close();
  }
};
