import { decide, type Append, type AppendResult, type StreamView } from "./append.js";
import { encodeRow, rowId, rowPosition, type NewEvent } from "./row.js";
import { CorruptRow } from "./row.js";
import type { Batch, BatchRow, LogStore } from "./store.js";

interface PendingStream extends StreamView {
  readonly name: Buffer;
  readonly number: number;
  lastRevision: number;
  /** Rows of this group, the first of them at revision `durableRevision + 1`. */
  readonly rows: BatchRow[];
  readonly revisionsById: Map<string, number>;
}

/**
 * The appends that become durable in one commit. Each is decided against the log plus the appends before it in the
 * group, so nothing is answered before the commit: even a refusal may rest on an append that is not on disk yet.
 */
export class CommitGroup {
  private readonly streams = new Map<string, PendingStream>();
  private readonly newStreams: { name: Buffer; number: number }[] = [];
  private readonly rows: BatchRow[] = [];
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

  /** Throws CorruptRow when the decision rests on a row that cannot be read. */
  add(append: Append): AppendResult {
    if (append.expired()) return { kind: "expired" };
    const stream = this.stream(append.stream);
    const decision = decide(append, stream);
    if (decision.kind !== "write") return decision;
    const byId = append.expected.kind === "any" || append.expected.kind === "stream_exists";
    for (const event of append.events) this.place(event, stream, byId);
    return { kind: "appended", revision: stream.lastRevision, position: this.rows.at(-1)?.position };
  }

  private place(event: NewEvent, stream: PendingStream, indexId: boolean): void {
    if (stream.lastRevision < 0) this.newStreams.push({ name: stream.name, number: stream.number });
    const revision = ++stream.lastRevision;
    const position = this.position;
    const row = encodeRow(event, {
      stream: stream.name,
      streamNumber: stream.number,
      revision,
      position,
      created: this.created,
    });
    const entry = { row, position, streamNumber: stream.number, revision, indexedId: indexId ? event.id : undefined };
    this.rows.push(entry);
    stream.rows.push(entry);
    if (indexId) stream.revisionsById.set(event.id.toString("latin1"), revision);
    this.position += row.length;
    this.bytes += row.length;
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
    const existing = store.streamNumber(name);
    const number = existing ?? this.nextStreamNumber++;
    const durableRevision = existing === undefined ? -1 : store.lastRevision(number);
    const rows: BatchRow[] = [];
    const revisionsById = new Map<string, number>();
    const rowAt = (revision: number): Buffer => {
      const row =
        revision > durableRevision ? rows[revision - durableRevision - 1]?.row : store.eventAt(number, revision);
      if (!row) throw new CorruptRow(0, `revision ${revision} of stream ${name.toString()} is not in the index`);
      return row;
    };
    return {
      name,
      number,
      lastRevision: durableRevision,
      rows,
      revisionsById,
      idAt: (revision) => rowId(rowAt(revision)),
      positionAt: (revision) => rowPosition(rowAt(revision)),
      revisionOf: (id) => revisionsById.get(id.toString("latin1")) ?? store.revisionOfId(number, id),
    };
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  get batch(): Batch {
    return {
      streams: this.newStreams,
      rows: this.rows,
      nextPosition: this.position,
      nextStreamNumber: this.nextStreamNumber,
    };
  }
}
