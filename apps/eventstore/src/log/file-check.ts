import { closeSync, existsSync, fstatSync, openSync, readSync, truncateSync } from "node:fs";

/** Where LMDB's two meta pages keep what is checked here; for 64-bit machines. */
const META = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, length: 160 };
const MAGIC = 0xbeefc0de;
const MIN_PAGE = 512;
const MAX_PAGE = 65_536;

/**
 * How long a log file is, and how long LMDB believes it to be. To be asked before LMDB maps the file into memory, for
 * there it takes the process down without a word: a file that is no LMDB file by a segmentation fault, one that has been
 * cut off by a bus error. Throws an Error that says what is wrong.
 */
export const inspectLogFile = (path: string): { size: number; needed: number } => {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size === 0 || !["x64", "arm64"].includes(process.arch)) return { size, needed: size };
    const first = metaPage(file, 0);
    const second = first && metaPage(file, first.pageSize);
    if (!first || !second) throw new Error("log.mdb is not a log file");
    const newest = first.transaction > second.transaction ? first : second;
    return { size, needed: (newest.lastPage + 1) * newest.pageSize };
  } finally {
    closeSync(file);
  }
};

/** Throws an Error that says what is wrong when the file is no log file, or shorter than LMDB believes it to be. */
export const requireWholeLogFile = (path: string): void => {
  const { size, needed } = inspectLogFile(path);
  if (size < needed) throw new Error(`log.mdb has been cut off: ${needed - size} of ${needed} bytes are missing`);
};

/**
 * Makes the file of a log that has just been begun safe to open: a first start that was killed may have left it without
 * its last pages, to which nothing refers. Later the file is always longer than LMDB needs it (room.ts).
 */
export const completeNewLogFile = (path: string): void => {
  if (!existsSync(path)) return;
  const { size, needed } = inspectLogFile(path);
  if (size < needed) truncateSync(path, needed);
};

const metaPage = (file: number, offset: number) => {
  const page = Buffer.alloc(META.length);
  if (readSync(file, page, 0, page.length, offset) < page.length) return undefined;
  const pageSize = page.readUInt32LE(META.pageSize);
  if (page.readUInt32LE(META.magic) !== MAGIC || pageSize < MIN_PAGE || pageSize > MAX_PAGE) return undefined;
  return {
    pageSize,
    lastPage: Number(page.readBigUInt64LE(META.lastPage)),
    transaction: page.readBigUInt64LE(META.transaction),
  };
};
