import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { open, type Database, type RootDatabase } from "lmdb";
import { inspectLogFile, requireWholeLogFile } from "./file-check.js";
import { keyPosition, positionKey } from "./keys.js";

type Table = Database<Buffer, Buffer>;
export type TableName = "log" | "index" | "streams" | "ids" | "state" | "meta";

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

const PAGE = 1000;
const WRITER = Buffer.from("writer");

/**
 * The log for reading by another process while a server writes: without locks or changes. It ends where it ended when
 * it was opened. The server may not have acknowledged its last commit yet.
 */
export class LogReader {
  private constructor(
    readonly path: string,
    private readonly root: RootDatabase<Buffer, Buffer>,
    private readonly tables: Map<TableName, Table>,
    /** Position of the last event; 0 in an empty log. */
    readonly head: number,
  ) {}

  /** Throws an Error with what is wrong with the file. */
  static open(folder: string): LogReader {
    const path = join(folder, "log.mdb");
    requireWholeLogFile(path);
    const root = open<Buffer, Buffer>({ path, readOnly: true, encoding: "binary", keyEncoding: "binary" });
    const tables = new Map<TableName, Table>();
    for (const name of ["log", "index", "streams", "ids", "state", "meta"] as const) {
      const options = { name, encoding: "binary", keyEncoding: "binary", useVersions: name === "meta" } as const;
      // A table that this log does not have yet is undefined, contrary to the typings.
      const table = root.openDB<Buffer, Buffer>(options) as Table | undefined;
      if (table) tables.set(name, table);
    }
    let head = 0;
    for (const key of tables.get("log")?.getKeys({ reverse: true, limit: 1 }) ?? []) head = keyPosition(key);
    return new LogReader(path, root, tables, head);
  }

  /** How often the log has been opened for writing. */
  get generation(): number {
    return this.tables.get("meta")?.getEntry(WRITER)?.version ?? 0;
  }

  count(name: TableName): number {
    return (this.tables.get(name)?.getStats() as { entryCount: number } | undefined)?.entryCount ?? 0;
  }

  get(name: TableName, key: Buffer): Buffer | undefined {
    return this.tables.get(name)?.get(key);
  }

  /** The rows of the log in order, unchecked. */
  log(after = 0): AsyncGenerator<Entry> {
    return this.pages("log", positionKey(after + 1), positionKey(this.head));
  }

  /** A table from its first key to its last. */
  entries(name: TableName): AsyncGenerator<Entry> {
    return this.pages(name, Buffer.from([0]), undefined);
  }

  /** In batches, so that no snapshot is held for long: a writer cannot reuse pages of an open snapshot. */
  private async *pages(name: TableName, start: Buffer, end: Buffer | undefined): AsyncGenerator<Entry> {
    const table = this.tables.get(name);
    let from: Buffer | undefined = start;
    while (table && from) {
      const page: Entry[] = [...table.getRange({ start: from, ...(end && { end, inclusiveEnd: true }), limit: PAGE })];
      yield* page;
      const last = page.at(-1);
      // The next possible key.
      from = page.length < PAGE || !last ? undefined : Buffer.concat([last.key, Buffer.from([0])]);
      await setImmediate();
    }
  }

  /** Bytes of the file, and how many of them are in use. */
  get size(): { file: number; used: number; free: number } {
    const { size } = inspectLogFile(this.path);
    const { lastPageNumber, pageSize } = this.root.getStats() as { lastPageNumber: number; pageSize: number };
    const used = (lastPageNumber + 1) * pageSize;
    return { file: size, used, free: size - used };
  }

  /** Writes a consistent copy, without free pages. */
  async copy(to: string): Promise<void> {
    await this.root.backup(to, true);
  }

  close(): Promise<void> {
    return this.root.close();
  }
}
