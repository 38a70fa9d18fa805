import { close, fdatasync, fstat, openSync, write } from "node:fs";
import { promisify } from "node:util";
import { errorCode } from "../startup-failure.js";

/** There is no disk space for a commit. Nothing of it was written; it can be retried when there is space. */
export class NoRoom extends Error {
  override name = "NoRoom";

  constructor(options?: ErrorOptions) {
    super("the disk is full", options);
  }
}

const [writeAt, flush, statOf, closeFile] = [
  promisify(write),
  promisify(fdatasync),
  promisify(fstat),
  promisify(close),
];

const MIB = 1024 * 1024;

/** Bytes by which the file grows if possible: small enough not to delay a commit, large enough to be rare. */
const GROWTH = 4 * MIB;

/** Bytes that a commit needs besides its rows, also reserved for a start on a full disk. */
const MARGIN = MIB;
export const ROOM_TO_START = 64 * 1024;

/** A page of a table that is copied for one key, with its share of the pages above it. */
const COPIED_PAGE = 6 * 1024;

interface Write {
  readonly streams: readonly unknown[];
  readonly rows: readonly { readonly row: Buffer; readonly streamNumber: number }[];
  readonly states: readonly { readonly value: Buffer | undefined }[];
}

/**
 * Upper bound of the bytes that LMDB needs for a commit: rows are rounded up to pages, and changed pages are copied.
 */
export const roomFor = ({ rows, streams, states }: Write): number => {
  let bytes = 0;
  let scattered = streams.length + states.length;
  let stream = -1;
  for (const row of rows) {
    bytes += row.row.length;
    // Its id.
    scattered++;
    if (row.streamNumber !== stream) scattered++;
    stream = row.streamNumber;
  }
  for (const { value } of states) bytes += value?.length ?? 0;
  return 2 * bytes + scattered * COPIED_PAGE + MARGIN;
};

/**
 * Keeps the log's file longer than LMDB needs for the next commit, by writing zeros after its last page. So a full disk
 * is detected here, where nothing is half done and the cause is known, and not within a commit, where LMDB reports a
 * short write as an input/output error. A commit into allocated space is also cheaper to flush. On file systems that
 * never write in place (btrfs, ZFS) a full disk may still fail a commit, and the server stops.
 */
export class Room {
  private constructor(
    private readonly file: number,
    private size: number,
  ) {}

  static async of(path: string): Promise<Room> {
    const file = openSync(path, "r+");
    return new Room(file, (await statOf(file)).size);
  }

  /** `used`: bytes of the file that LMDB uses. Throws NoRoom. */
  async ensure(used: number, needed: number): Promise<void> {
    if (this.size - used >= needed) return;
    // LMDB may have made the file longer itself.
    this.size = (await statOf(this.file)).size;
    const missing = used + needed - this.size;
    if (missing <= 0) return;
    try {
      await this.grow(Math.max(missing, GROWTH));
    } catch (error) {
      if (!["ENOSPC", "EDQUOT", "EFBIG"].includes(errorCode(error) ?? "")) throw error;
      if (this.size - used < needed) throw new NoRoom({ cause: error });
    }
  }

  private async grow(bytes: number): Promise<void> {
    const zeros = Buffer.alloc(Math.min(bytes, MIB));
    const end = this.size + bytes;
    while (this.size < end) {
      const length = Math.min(zeros.length, end - this.size);
      const { bytesWritten } = await writeAt(this.file, zeros, 0, length, this.size);
      this.size += bytesWritten;
    }
    await flush(this.file);
  }

  close(): Promise<void> {
    return closeFile(this.file);
  }
}
