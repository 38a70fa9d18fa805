import { rowPosition, rowRevision, rowStream, TOMBSTONE_REVISION } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import { compileStoredFilter, type Filter } from "../protocol/filter.js";
import { resolveLink } from "../streams/links.js";
import { storedRows, visibleStream } from "../streams/visible-stream.js";
import { ALL, type GroupConfig, type StartFrom } from "./config.js";
import { messageOf, type Message } from "./message.js";

/** Size of a batch of $all for a filter that may match none of it. */
const FILTERED_PAGE = 256;

/** The source of a group: a stream or the whole log, from a position on, in order. */
export class Source {
  private readonly filter: Filter | undefined;
  private readonly resolveLinks: boolean;
  private readonly name: Buffer | undefined;

  constructor(
    private readonly store: LogStore,
    { source, filter, settings }: GroupConfig,
    /** The revision or position at which to continue. */
    public next: number,
  ) {
    this.name = source === ALL ? undefined : Buffer.from(source);
    this.filter = filter && compileStoredFilter(filter);
    this.resolveLinks = settings.resolveLinks;
  }

  /** Up to `limit` of the next messages, and the number of events that the filter passed over. */
  pull(limit: number): { messages: Message[]; passed: number } {
    const messages: Message[] = [];
    let passed = 0;
    for (const row of this.rows(this.filter ? FILTERED_PAGE : limit)) {
      if (messages.length >= limit) break;
      const place = this.name ? rowRevision(row) : rowPosition(row);
      this.next = place + 1;
      if (this.isWanted(row)) messages.push(messageOf(this.resolve(row), { place }));
      else passed++;
    }
    return { messages, passed };
  }

  private rows(limit: number): Buffer[] {
    if (!this.name) return this.store.pageOfAll(this.next, "forwards", limit);
    const stream = visibleStream(this.store, this.name);
    // A tombstoned stream has only this event left.
    if (stream.kind === "tombstoned") {
      return storedRows(this.store, this.name, Math.max(this.next, TOMBSTONE_REVISION));
    }
    if (stream.kind !== "visible") return [];
    return this.store.pageOfStream(stream.number, Math.max(this.next, stream.first), "forwards", limit);
  }

  private isWanted(row: Buffer): boolean {
    if (this.name) return true;
    return !isParkedOfAll(rowStream(row)) && this.filter?.matches(row) !== false;
  }

  private resolve(row: Buffer) {
    return this.resolveLinks ? resolveLink(this.store, row) : { event: row };
  }

  /** The place of the last event before `next`; undefined when there is none. */
  lastBefore(next: number): number | undefined {
    if (this.name) return next > 0 ? next - 1 : undefined;
    const [row] = next > 0 ? this.store.pageOfAll(next - 1, "backwards", 1) : [];
    return row && rowPosition(row);
  }

  /** The place of the last event that there is; undefined when there is none. */
  lastKnown(): number | undefined {
    if (!this.name) return this.store.head > 0 ? this.store.head : undefined;
    const stream = visibleStream(this.store, this.name);
    return stream.kind === "visible" ? stream.last : undefined;
  }

  isAtEnd(): boolean {
    return (this.lastKnown() ?? -1) < this.next;
  }

  static placeOf(store: LogStore, source: string, startFrom: StartFrom): number {
    if (startFrom === "start") return 0;
    if (startFrom !== "end") return startFrom;
    if (source === ALL) return store.head + 1;
    const stream = visibleStream(store, Buffer.from(source));
    return stream.kind === "visible" ? stream.last + 1 : 0;
  }
}

/** Parked messages are not sent to groups of $all: two groups would park each other's messages without end. */
const isParkedOfAll = (stream: string): boolean =>
  stream.replace(/^\$\$/, "").startsWith("$persistentsubscription-$all::");
