import { join } from "node:path";
import { open, type Database, type RootDatabase } from "lmdb";
import { syncFolder } from "../folder.js";
import type { StateChange } from "./append.js";
import { completeNewLogFile, requireWholeLogFile } from "./file-check.js";
import { END_OF_STREAM, eventIdKey, keyPosition, keyRevision, positionKey, revisionKey, streamKey } from "./keys.js";
import { Room, ROOM_TO_START, roomFor } from "./room.js";
import { checkRow, CorruptRow, readU64, rowId, rowRevision, rowStreamNumber } from "./row.js";
import { sealState, unsealState } from "./state-value.js";

export type Direction = "forwards" | "backwards";

/** One commit: everything in it becomes durable together or not at all. */
export interface Batch {
  readonly streams: readonly { readonly name: Buffer; readonly number: number }[];
  readonly rows: readonly BatchRow[];
  readonly states: readonly StateChange[];
  readonly nextPosition: number;
  readonly nextStreamNumber: number;
}

export interface BatchRow {
  readonly row: Buffer;
  readonly position: number;
  readonly streamNumber: number;
  readonly revision: number;
}

type Table = Database<Buffer, Buffer>;

const MAX_PAGE_ROWS = 256;
const MAX_PAGE_BYTES = 1024 * 1024;
const WRITER = Buffer.from("writer");

/** The log's first position: 0 is what the protocol calls "the start". */
export const FIRST_POSITION = 1024;

/** Longest wait for a commit that lmdb has acknowledged to show in a new snapshot. */
const SNAPSHOT_MS = 1_000;
/** Never woken: waiting on it is a pause. */
const SLEEP = new Int32Array(new SharedArrayBuffer(4));

/**
 * The log in LMDB.
 *
 *   log      position -> row
 *   index    stream number, revision -> position
 *   streams  name -> stream number
 *   ids      stream number, event id -> revision. Earlier builds left out appends with an exact expected revision: a
 *            retry of one that now says "any" is not recognised, as on EventStoreDB after a restart
 *   state    name -> a value that the server stores beside events (persistent subscriptions)
 *   meta     the number of the process that may write
 *
 * LMDB flushes every commit before it reports it (`overlappingSync: false`), but shows it to readers slightly earlier.
 * So reads here end at `head`, which moves when the commit has been reported.
 */
export class LogStore {
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly root: RootDatabase<Buffer, Buffer>,
    private readonly log: Table,
    private readonly index: Table,
    private readonly streams: Table,
    private readonly ids: Table,
    private readonly state: Table,
    private readonly meta: Table,
    private readonly room: Room,
    /** Which opening of the log this is: 1, 2, 3 ... */
    readonly generation: number,
    /** Position of the last durable event; 0 in an empty log. */
    public head: number,
    /** Position of the next event. */
    public nextPosition: number,
    public nextStreamNumber: number,
  ) {}

  /**
   * `isNew`: the log need not exist. Throws CorruptRow, NoRoom when a start does not fit on the disk, or an Error with
   * what is wrong with the file.
   */
  static async open(folder: string, isNew: boolean): Promise<LogStore> {
    const path = join(folder, "log.mdb");
    if (isNew) completeNewLogFile(path);
    else requireWholeLogFile(path);
    const root = open<Buffer, Buffer>({
      path,
      overlappingSync: false,
      encoding: "binary",
      keyEncoding: "binary",
    });
    const table = (name: string, useVersions = false) =>
      root.openDB<Buffer, Buffer>({ name, encoding: "binary", keyEncoding: "binary", useVersions });
    const log = table("log");
    const index = table("index");
    const meta = table("meta", true);

    const room = await Room.of(path);
    await room.ensure(usedBytes(root), ROOM_TO_START);
    const generation = (meta.getEntry(WRITER)?.version ?? 0) + 1;
    await meta.put(WRITER, Buffer.from(process.pid.toString()), generation).catch(rethrowCause);
    syncFolder(folder);

    const last = lastKey(log);
    const head = last ? keyPosition(last) : 0;
    const next = last ? head + checkRow(log.get(last), head).length : FIRST_POSITION;
    const nextStreamNumber = (lastKey(index)?.readUInt32BE(0) ?? 0) + 1;
    return new LogStore(
      root,
      log,
      index,
      table("streams"),
      table("ids"),
      table("state"),
      meta,
      room,
      generation,
      head,
      next,
      nextStreamNumber,
    );
  }

  /**
   * Resolves once the batch is on disk. Rejects with NoRoom when it does not fit and nothing was written; with another
   * error when the state on disk is unknown, or when another process has become the writer.
   */
  async write(batch: Batch): Promise<void> {
    await this.room.ensure(usedBytes(this.root), roomFor(batch));
    // The fence: if another process has opened the log in spite of the lock, this commit does nothing.
    const written = await this.meta
      .ifVersion(WRITER, this.generation, () => {
        for (const { name, number } of batch.streams) put(this.streams, streamKey(name), numberValue(number));
        for (const { row, position, streamNumber, revision } of batch.rows) {
          put(this.log, positionKey(position), row);
          put(this.index, revisionKey(streamNumber, revision), positionKey(position));
          put(this.ids, eventIdKey(streamNumber, rowId(row)), positionKey(revision));
        }
        for (const { key: name, value } of batch.states) {
          const key = streamKey(Buffer.from(name));
          if (value) put(this.state, key, sealState(key, value));
          else this.state.remove(key).catch(() => undefined);
        }
      })
      .catch(rethrowCause);
    if (!written) throw new Error("another process has taken over the folder");
    this.head = batch.rows.at(-1)?.position ?? this.head;
    this.nextPosition = batch.nextPosition;
    this.nextStreamNumber = batch.nextStreamNumber;
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` whenever the durable head has moved; returns what ends that. */
  onAdvance(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Ensures that the next read is at least as new as the head. lmdb renews its snapshot with every commit; a decision
   * on an older snapshot would assign a revision twice, so this is checked.
   */
  private refresh(): void {
    if (this.head === 0) return;
    const head = positionKey(this.head);
    const deadline = performance.now() + SNAPSHOT_MS;
    while (!this.log.doesExist(head)) {
      if (performance.now() > deadline) throw new CorruptRow(this.head, "it is missing");
      this.log.resetReadTxn();
      // The commit was published by a thread of lmdb's: on a busy machine a new snapshot may still be the one before.
      if (!this.log.doesExist(head)) Atomics.wait(SLEEP, 0, 0, 1);
    }
  }

  streamNumber(name: Buffer): number | undefined {
    this.refresh();
    return this.streams.get(streamKey(name))?.readUInt32BE(0);
  }

  /** All stored values with names that begin like this. Throws CorruptState. */
  *states(prefix: string): Generator<Buffer> {
    const start = Buffer.from(prefix);
    for (const { key, value } of this.state.getRange({ start })) {
      if (!key.subarray(0, start.length).equals(start)) return;
      yield unsealState(key, value);
    }
  }

  /** The last event of a stream, durable or about to be: for the writer, not for readers. Throws CorruptRow. */
  lastEventOf(name: Buffer): Buffer | undefined {
    const number = this.streamNumber(name);
    const last = number === undefined ? -1 : this.lastRevision(number);
    return number === undefined || last < 0 ? undefined : this.eventAt(number, last);
  }

  /** -1 for a stream without events. */
  lastRevision(streamNumber: number): number {
    const range = this.index.getKeys({
      start: revisionKey(streamNumber, END_OF_STREAM),
      end: revisionKey(streamNumber, 0),
      inclusiveEnd: true,
      reverse: true,
      limit: 1,
    });
    for (const key of range) return keyRevision(key);
    return -1;
  }

  /** The same for readers: without what is still being flushed. */
  lastDurableRevision(streamNumber: number): number {
    this.refresh();
    const range = this.index.getRange({
      start: revisionKey(streamNumber, END_OF_STREAM),
      end: revisionKey(streamNumber, 0),
      inclusiveEnd: true,
      reverse: true,
    });
    for (const { key, value } of range) if (readU64(value, 0) <= this.head) return keyRevision(key);
    return -1;
  }

  revisionOfId(streamNumber: number, id: Buffer): number | undefined {
    const value = this.ids.get(eventIdKey(streamNumber, id));
    return value && readU64(value, 0);
  }

  /** Throws CorruptRow. */
  eventAt(streamNumber: number, revision: number): Buffer | undefined {
    const value = this.index.get(revisionKey(streamNumber, revision));
    return value && this.rowOfStream(streamNumber, revision, readU64(value, 0));
  }

  /** A batch of durable rows of the whole log, from `position` on, inclusive in both directions. Throws CorruptRow. */
  pageOfAll(position: number, direction: Direction, limit = MAX_PAGE_ROWS): Buffer[] {
    this.refresh();
    const rows: Buffer[] = [];
    let bytes = 0;
    const backwards = direction === "backwards";
    const start = backwards ? Math.min(position, this.head) : position;
    if (!backwards && start > this.head) return rows;
    const range = this.log.getRange({
      start: positionKey(start),
      end: positionKey(backwards ? 0 : this.head),
      inclusiveEnd: true,
      reverse: backwards,
      limit: Math.min(limit, MAX_PAGE_ROWS),
    });
    for (const { key, value } of range) {
      rows.push(checkRow(value, keyPosition(key)));
      bytes += value.length;
      if (bytes >= MAX_PAGE_BYTES) break;
    }
    return rows;
  }

  /** A batch of durable rows of one stream, from `revision` on, inclusive. Throws CorruptRow. */
  pageOfStream(streamNumber: number, revision: number, direction: Direction, limit = MAX_PAGE_ROWS): Buffer[] {
    const backwards = direction === "backwards";
    this.refresh();
    const places: [revision: number, position: number][] = [];
    const range = this.index.getRange({
      start: revisionKey(streamNumber, revision),
      end: revisionKey(streamNumber, backwards ? 0 : END_OF_STREAM),
      inclusiveEnd: true,
      reverse: backwards,
    });
    for (const { key, value } of range) {
      const position = readU64(value, 0);
      if (position <= this.head) places.push([keyRevision(key), position]);
      // Backwards, the rows of a commit that is still being flushed come first and are passed over.
      else if (!backwards) break;
      if (places.length >= Math.min(limit, MAX_PAGE_ROWS)) break;
    }
    const rows: Buffer[] = [];
    let bytes = 0;
    for (const [placeRevision, position] of places) {
      const row = this.rowOfStream(streamNumber, placeRevision, position);
      rows.push(row);
      bytes += row.length;
      if (bytes >= MAX_PAGE_BYTES) break;
    }
    return rows;
  }

  private rowOfStream(streamNumber: number, revision: number, position: number): Buffer {
    const row = checkRow(this.log.get(positionKey(position)), position);
    if (rowStreamNumber(row) !== streamNumber || rowRevision(row) !== revision) {
      throw new CorruptRow(position, "it belongs to another stream or revision");
    }
    return row;
  }

  async close(): Promise<void> {
    await this.root.close();
    await this.room.close();
  }
}

/** Bytes of its file that LMDB uses. */
const usedBytes = (root: RootDatabase<Buffer, Buffer>): number => {
  const { lastPageNumber, pageSize } = root.getStats() as { lastPageNumber: number; pageSize: number };
  return (lastPageNumber + 1) * pageSize;
};

/** Part of a commit, whose own promise has the result; this one would be a second, unhandled rejection. */
const put = (table: Table, key: Buffer, value: Buffer): void => {
  table.put(key, value).catch(() => undefined);
};

const lastKey = (table: Table): Buffer | undefined => {
  for (const key of table.getKeys({ reverse: true, limit: 1 })) return key;
  return undefined;
};

const numberValue = (number: number): Buffer => {
  const value = Buffer.allocUnsafe(4);
  value.writeUInt32BE(number, 0);
  return value;
};

/** lmdb gives the cause of a failed commit in another promise, which would be an unhandled rejection if ignored. */
const rethrowCause = async (error: unknown): Promise<never> => {
  if (error instanceof Error && "commitError" in error) await error.commitError;
  throw error;
};
