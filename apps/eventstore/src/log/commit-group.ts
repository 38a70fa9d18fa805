import { randomUUID } from "node:crypto";
import { decide, decideDeletion, type Append, type AppendResult, type StateChange, type StreamView } from "./append.js";
import {
  DELETED,
  KEEPS_EVERYTHING,
  describedStream,
  metadataStream,
  onlyTruncateBefore,
  parseRetention,
  withTruncateBefore,
} from "./retention.js";
import { rowFields } from "./row-fields.js";
import { encodeRow, rowId, rowPosition, TOMBSTONE_REVISION, type NewEvent } from "./row.js";
import { CorruptRow } from "./row.js";
import type { Batch, BatchRow, LogStore } from "./store.js";

interface PendingStream extends StreamView {
  readonly name: Buffer;
  /** 0 until the stream has its first event. */
  number: number;
  lastRevision: number;
  /** Rows of this group, the first of them at revision `durableRevision + 1`. */
  readonly rows: BatchRow[];
  readonly revisionsById: Map<string, number>;
}

/**
 * The appends that become durable in one commit. Each is decided against the log plus the appends before it in the
 * group, so nothing is answered before the commit: even a refusal may depend on an append that is not on disk yet.
 */
export class CommitGroup {
  private readonly streams = new Map<string, PendingStream>();
  private readonly newStreams: { name: Buffer; number: number }[] = [];
  private readonly rows: BatchRow[] = [];
  private readonly states: StateChange[] = [];
  private position: number;
  private nextStreamNumber: number;
  bytes = 0;

  constructor(
    private readonly store: LogStore,
    private readonly created: number,
  ) {
    this.position = store.nextPosition;
    this.nextStreamNumber = store.nextStreamNumber;
  }

  /** Throws CorruptRow when the decision depends on a row that cannot be read. */
  add(append: Append): AppendResult {
    if (append.expired()) return { kind: "expired" };
    if (append.state && append.events.length === 0 && !append.deletion) {
      this.states.push(append.state);
      return { kind: "appended", revision: -1, position: undefined };
    }
    const described = describedStream(append.stream);
    const owner = described && this.stream(described);
    if (owner?.lastRevision === TOMBSTONE_REVISION) return { kind: "stream_deleted" };
    const stream = this.stream(append.stream);
    const decision = append.deletion ? decideDeletion(append, stream) : decide(append, stream);
    if (decision.kind === "appended") return { ...decision, position: decision.position ?? this.end };
    if (decision.kind !== "write") return decision;
    if (append.state) this.states.push(append.state);
    if (append.deletion) return this.delete(append.deletion, stream, append.events[0]);
    const next = (stream.lastRevision + 1).toString();
    const beginsAgain = !append.restored && stream.retention.deleted;
    const revived = !append.restored && owner?.retention.deleted === true ? owner : undefined;
    for (const event of append.events) this.place(event, stream);
    const result = { kind: "appended", revision: stream.lastRevision, position: this.end } as const;
    if (beginsAgain) this.describe(stream, onlyTruncateBefore(next));
    if (revived) this.revive(revived);
    return result;
  }

  /** The position of the last event, durable or of this group. */
  private get end(): number {
    return this.rows.at(-1)?.position ?? this.store.head;
  }

  /** `tombstone`: the event of a deletion in another log. */
  private delete(deletion: "soft" | "tombstone", stream: PendingStream, tombstone?: NewEvent): AppendResult {
    const { lastRevision } = stream;
    if (deletion === "soft") this.describe(stream, onlyTruncateBefore(DELETED));
    else {
      const event = tombstone ?? ownEvent("$streamDeleted", "application/octet-stream", new Uint8Array());
      this.place(event, stream, TOMBSTONE_REVISION);
    }
    return { kind: "appended", revision: lastRevision, position: this.end };
  }

  /** Metadata makes a deleted stream exist again, without its old events. */
  private revive(stream: PendingStream): void {
    const given = this.metadata(stream.name) ?? new Uint8Array();
    this.describe(stream, withTruncateBefore(given, (stream.lastRevision + 1).toString()));
  }

  /** Gives the stream new metadata. */
  private describe(stream: PendingStream, json: Buffer): void {
    this.place(ownEvent("$metadata", "application/json", json), this.stream(metadataStream(stream.name)));
  }

  private place(event: NewEvent, stream: PendingStream, at = stream.lastRevision + 1): void {
    if (stream.lastRevision < 0) {
      stream.number = this.nextStreamNumber++;
      this.newStreams.push({ name: stream.name, number: stream.number });
    }
    const revision = at;
    stream.lastRevision = revision;
    const position = this.position;
    const row = encodeRow(event, {
      stream: stream.name,
      streamNumber: stream.number,
      revision,
      position,
      created: event.created ?? this.created,
    });
    const entry = { row, position, streamNumber: stream.number, revision };
    this.rows.push(entry);
    stream.rows.push(entry);
    stream.revisionsById.set(event.id.toString("latin1"), revision);
    this.position += row.length;
    this.bytes += row.length;
  }

  /** What the stream's metadata is after the appends so far; undefined when it never had any. */
  private metadata(name: Buffer): Uint8Array | undefined {
    const metadata = metadataStream(name);
    const last = this.streams.get(metadata.toString("latin1"))?.rows.at(-1)?.row ?? this.store.lastEventOf(metadata);
    return last && rowFields(last).data;
  }

  private stream(name: Buffer): PendingStream {
    const key = name.toString("latin1");
    const known = this.streams.get(key);
    if (known) return known;
    const stream = this.load(name);
    this.streams.set(key, stream);
    return stream;
  }

  private load(name: Buffer): PendingStream {
    const { store } = this;
    const number = store.streamNumber(name) ?? 0;
    const durableRevision = number === 0 ? -1 : store.lastRevision(number);
    const rows: BatchRow[] = [];
    const revisionsById = new Map<string, number>();
    const rowAt = (revision: number): Buffer => {
      const row =
        revision > durableRevision ? rows[revision - durableRevision - 1]?.row : store.eventAt(number, revision);
      if (!row) throw new CorruptRow(0, `revision ${revision} of stream ${name.toString()} is not in the index`);
      return row;
    };
    const metadata = () => this.metadata(name);
    return {
      name,
      number,
      lastRevision: durableRevision,
      rows,
      revisionsById,
      get retention() {
        const json = metadata();
        return json ? parseRetention(json) : KEEPS_EVERYTHING;
      },
      get hasMetadata() {
        return metadata() !== undefined;
      },
      idAt: (revision) => rowId(rowAt(revision)),
      positionAt: (revision) => rowPosition(rowAt(revision)),
      revisionOf: (id) => revisionsById.get(id.toString("latin1")) ?? store.revisionOfId(number, id),
    };
  }

  get isEmpty(): boolean {
    return this.rows.length === 0 && this.states.length === 0;
  }

  get batch(): Batch {
    return {
      streams: this.newStreams,
      rows: this.rows,
      states: this.states,
      nextPosition: this.position,
      nextStreamNumber: this.nextStreamNumber,
    };
  }
}

const ownEvent = (type: string, contentType: string, data: Uint8Array): NewEvent => ({
  id: Buffer.from(randomUUID().replaceAll("-", ""), "hex"),
  type,
  contentType,
  metadata: new Uint8Array(),
  data,
});
