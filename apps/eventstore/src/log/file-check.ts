import { closeSync, existsSync, fstatSync, openSync, readSync, truncateSync } from "node:fs";

/** Offsets of the checked fields in LMDB's two meta pages, on 64-bit machines. */
const META = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, length: 160 };
const MAGIC = 0xbeefc0de;
const MIN_PAGE = 512;
const MAX_PAGE = 65_536;

/**
 * The length of a log file, and its length according to LMDB. Checked before LMDB maps the file into memory, where a
 * file that is not LMDB's causes a segmentation fault, and a truncated one a bus error. Throws an Error with the
 * reason.
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

/** Throws an Error with the reason when the file is not a log file, or shorter than its length according to LMDB. */
export const requireWholeLogFile = (path: string): void => {
  const { size, needed } = inspectLogFile(path);
  if (size < needed) throw new Error(`log.mdb has been cut off: ${needed - size} of ${needed} bytes are missing`);
};

/**
 * Makes the file of a new log safe to open: a first start that was killed may have left it without its last pages,
 * which are not referenced. Later the file is always longer than LMDB needs (room.ts).
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
