import { randomUUID } from "node:crypto";
import type { Append } from "../log/append.js";
import type { Committer } from "../log/committer.js";
import { metadataStream, withTruncateBefore } from "../log/retention.js";
import { rowFields } from "../log/row-fields.js";
import { rowRevision, rowStream } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import { LINK_TYPE, original, resolveLink } from "../streams/links.js";
import { visibleStream } from "../streams/visible-stream.js";
import type { GroupConfig } from "./config.js";
import { messageOf, type Message } from "./message.js";

/**
 * The parked messages of a group, as links in a separate stream. Replaying reads them from the start; the stream is
 * truncated there only when they have been settled, so that a crash in between loses none.
 */
export class Parked {
  readonly stream: Buffer;
  /** Revisions that are being replayed and have not been settled. */
  private readonly unsettled = new Set<number>();
  /** Revision that the replay has reached; it ends at `replayEnd`. */
  private replayNext = 0;
  private replayEnd = 0;

  constructor(
    private readonly store: LogStore,
    private readonly committer: Committer,
    { source, group }: GroupConfig,
  ) {
    this.stream = Buffer.from(`$persistentsubscription-${source}::${group}-parked`);
  }

  /** Resolves when the message is parked on disk. */
  async park({ resolved, place }: Message, reason: string): Promise<void> {
    const row = resolved.event ?? original(resolved);
    // EventStoreDB leaves the number out when it is 0.
    const subscriptionEventNumber = place === 0 ? undefined : place;
    const metadata = { added: new Date().toISOString(), reason, subscriptionEventNumber };
    const link = {
      id: newId(),
      type: LINK_TYPE,
      contentType: "application/octet-stream",
      metadata: Buffer.from(JSON.stringify(metadata)),
      data: Buffer.from(`${rowRevision(row)}@${rowStream(row)}`),
    };
    const result = await this.committer.append(this.change({ events: [link] }));
    if (result.kind !== "appended") throw new Error(`the message could not be parked: ${result.kind}`);
  }

  /** Number of parked messages that are not being replayed. */
  count(): number {
    const { first, last } = this.range();
    return Math.max(0, last + 1 - Math.max(first, this.replayNext));
  }

  /** Replays up to, and without, the revision `stopAt` of the parked messages. */
  startReplay(stopAt: number | undefined): void {
    const { first, last } = this.range();
    this.replayNext = Math.max(first, this.replayNext);
    this.replayEnd = Math.max(this.replayEnd, Math.min(last + 1, stopAt ?? last + 1));
  }

  get isReplaying(): boolean {
    return this.replayNext < this.replayEnd;
  }

  /** The next messages to replay. Messages whose event no longer exists are left out. */
  pull(limit: number): Message[] {
    const stream = visibleStream(this.store, this.stream);
    const count = Math.min(limit, this.replayEnd - this.replayNext);
    const rows =
      stream.kind === "visible" ? this.store.pageOfStream(stream.number, this.replayNext, "forwards", count) : [];
    if (rows.length === 0) this.replayNext = this.replayEnd;
    const messages = rows.flatMap((row) => {
      const parkedAt = rowRevision(row);
      this.replayNext = parkedAt + 1;
      const resolved = resolveLink(this.store, row);
      if (!resolved.event) return [];
      this.unsettled.add(parkedAt);
      return [messageOf(resolved, { parkedAt })];
    });
    this.cutOffWhenDone();
    return messages;
  }

  settled(revision: number): void {
    this.unsettled.delete(revision);
    this.cutOffWhenDone();
  }

  private cutOffWhenDone(): void {
    if (this.isReplaying || this.unsettled.size > 0) return;
    // Without disk space they stay parked, and can be replayed again.
    this.cutOff().catch(() => undefined);
  }

  /** Truncates messages that have been replayed and settled. */
  async cutOff(): Promise<void> {
    const { first } = this.range();
    const settledBefore = Math.min(this.replayNext, ...this.unsettled);
    if (settledBefore <= first) return;
    const metadata = this.store.lastEventOf(metadataStream(this.stream));
    const json = metadata ? rowFields(metadata).data : new Uint8Array();
    const event = {
      id: newId(),
      type: "$metadata",
      contentType: "application/json",
      metadata: new Uint8Array(),
      data: withTruncateBefore(json, settledBefore.toString()),
    };
    await this.committer.append({ ...this.change({ events: [event] }), stream: metadataStream(this.stream) });
  }

  /** The append that deletes the stream together with the group's state. */
  deletion(state: NonNullable<Append["state"]>): Append {
    const exists = visibleStream(this.store, this.stream).kind === "visible";
    return this.change(exists ? { deletion: "soft", state } : { state });
  }

  private change(what: Partial<Append>): Append {
    return { stream: this.stream, expected: { kind: "any" }, events: [], expired: () => false, ...what };
  }

  private range(): { first: number; last: number } {
    const stream = visibleStream(this.store, this.stream);
    return stream.kind === "visible" ? stream : { first: 0, last: -1 };
  }
}

const newId = (): Buffer => Buffer.from(randomUUID().replaceAll("-", ""), "hex");
