import { createHash } from "node:crypto";
import { eventIdKey, keyPosition, keyRevision, revisionKey, streamKey } from "./keys.js";
import type { LogReader } from "./log-reader.js";
import {
  checkRow,
  CorruptRow,
  readU64,
  rowId,
  rowPosition,
  rowRevision,
  rowStream,
  rowStreamBytes,
  rowStreamNumber,
} from "./row.js";
import { TOMBSTONE_REVISION } from "./row.js";
import { unsealState } from "./state-value.js";
import { FIRST_POSITION } from "./store.js";

export interface Verified {
  readonly events: number;
  readonly streams: number;
  readonly head: number;
  /** SHA-256 over all rows in order: two logs with the same digest have identical rows. */
  readonly digest: string;
}

const STREAM_NUMBER_LENGTH = 4;

/**
 * Reads a whole log and reports its errors by position: each row against its checksum and its neighbours (an event
 * begins where the one before it ends, so none can be missing), and every other table against the rows, in both
 * directions.
 */
export class Verification {
  private readonly hash = createHash("sha256");
  /** The last revision of each stream. */
  private readonly revisions = new Map<number, number>();
  /** Rows that fail their own checks: they are not compared with other tables. */
  private unreadable = 0;
  private events = 0;

  constructor(
    private readonly log: LogReader,
    private readonly report: (problem: string) => void,
  ) {}

  async run(): Promise<Verified> {
    await this.guarded("the log", () => this.rows());
    await this.guarded("the index", () => this.index());
    await this.guarded("the table of names", () => this.names());
    await this.guarded("the table of event ids", () => this.ids());
    await this.guarded("what the server remembers", () => this.states());
    const { events, revisions } = this;
    return { events, streams: revisions.size, head: this.log.head, digest: this.hash.digest("hex") };
  }

  /** Where LMDB itself fails, the rest of a table cannot be read. */
  private async guarded(what: string, check: () => Promise<void>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.report(`${what} cannot be read to its end: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async rows(): Promise<void> {
    let expected = FIRST_POSITION;
    for await (const { key, value } of this.log.log()) {
      const position = keyPosition(key);
      if (position !== expected)
        this.report(`the log should go on at position ${expected}, and goes on at ${position}`);
      // Even for a damaged row, its position and length give the position of the next one.
      expected = position + value.length;
      this.events++;
      this.hash.update(value);
      try {
        this.row(checkRow(value, position));
      } catch (error) {
        if (!(error instanceof CorruptRow)) throw error;
        this.unreadable++;
        this.report(error.message);
      }
    }
  }

  private row(row: Buffer): void {
    const position = rowPosition(row);
    const number = rowStreamNumber(row);
    const revision = rowRevision(row);
    const where = `the event at log position ${position} (revision ${revision} of ${rowStream(row)})`;
    const indexed = this.log.get("index", revisionKey(number, revision));
    if (!indexed) this.report(`${where} is not in the index`);
    else if (readU64(indexed, 0) !== position) this.report(`${where} has another position in the index`);
    if (this.log.get("streams", streamKey(rowStreamBytes(row)))?.readUInt32BE(0) !== number) {
      this.report(`${where} is in stream ${number}, and its name leads elsewhere`);
    }
    const before = this.revisions.get(number) ?? -1;
    if (this.unreadable === 0 && revision !== before + 1 && revision !== TOMBSTONE_REVISION) {
      this.report(`${where} follows revision ${before} of its stream`);
    }
    this.revisions.set(number, revision);
  }

  private async index(): Promise<void> {
    let entries = 0;
    for await (const { key, value } of this.log.entries("index")) {
      const position = readU64(value, 0);
      if (position > this.log.head) {
        // Written since the log was opened, or an event at its end that is missing.
        if (!this.log.get("log", value)) this.report(`the index leads to position ${position}, where no event is`);
        continue;
      }
      entries++;
      const last = this.revisions.get(key.readUInt32BE(0));
      if (this.unreadable === 0 && (last === undefined || keyRevision(key) > last)) {
        this.report(`the index leads to position ${position}, where no such event is`);
      }
    }
    if (entries !== this.events) this.report(`the log has ${this.events} events, and the index ${entries}`);
  }

  private async names(): Promise<void> {
    const newest = Math.max(0, ...this.revisions.keys());
    let names = 0;
    for await (const { value } of this.log.entries("streams")) if (value.readUInt32BE(0) <= newest) names++;
    if (this.unreadable === 0 && names !== this.revisions.size) {
      this.report(`the log has ${this.revisions.size} streams, and the table of names ${names}`);
    }
  }

  private async ids(): Promise<void> {
    for await (const { key, value } of this.log.entries("ids")) {
      const number = key.readUInt32BE(0);
      const revision = readU64(value, 0);
      const indexed = this.log.get("index", revisionKey(number, revision));
      const position = indexed && readU64(indexed, 0);
      if (position !== undefined && position > this.log.head) continue;
      const row = indexed && this.log.get("log", indexed);
      if (!row || !eventIdKey(number, rowId(row)).equals(key)) {
        this.report(`the table of event ids leads from ${key.toString("hex", STREAM_NUMBER_LENGTH)} to another event`);
      }
    }
  }

  private async states(): Promise<void> {
    for await (const { key, value } of this.log.entries("state")) {
      try {
        unsealState(key, value);
      } catch (error) {
        this.report(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
