import { setImmediate } from "node:timers/promises";
import { decode, type EventTypes, isForeign, type StoredEvent } from "./codec.js";
import { UndecodableEvent } from "./errors.js";
import { type RecordedEvent } from "./event.js";
import { type Batch, type SubscribeOptions, type UnreadableEvent } from "./event-store.js";
import { isStreamName } from "./streams.js";
import { type Feed, type FeedItem } from "./feed.js";
import { comparePositions, type Position } from "./position.js";

/**
 * Cuts a feed into batches. Live: what has arrived so far, at once. Catching up: full batches as long as events keep
 * coming, because each batch costs its consumer a transaction.
 */
export class BatchReader {
  #live = false;
  #failure: Error | undefined;

  constructor(
    private readonly feed: Feed,
    private position: Position,
    private readonly options: {
      types: EventTypes;
      batchSize: number;
      lingerMs: number;
      unreadable: NonNullable<SubscribeOptions["unreadable"]>;
      onConfirmed: () => void;
    },
  ) {}

  /**
   * The next batch with events or a later position. Throws the error that broke the feed, or `UndecodableEvent`, only
   * after everything before it has been handed over: each restart gets further and begins with the event at fault.
   */
  async next(): Promise<Batch> {
    const failure = this.#failure;
    if (failure !== undefined) throw failure;
    const { batchSize, lingerMs } = this.options;
    const events: RecordedEvent[] = [];
    const unreadable: UnreadableEvent[] = [];
    let news = false;
    let settled = false;
    for (;;) {
      try {
        for (const item of this.feed.take(batchSize - events.length))
          news = this.#accept(item, events, unreadable) || news;
        if (news && events.length >= batchSize) break;
        if (news && this.#live) {
          if (settled) break;
          // The events of one packet arrive in successive turns of the event loop; this keeps the events of one append
          // in one batch.
          settled = true;
          await setImmediate();
          continue;
        }
        const waiting = await this.feed.arrival(news ? lingerMs : undefined);
        if (news && !waiting) break;
      } catch (error) {
        if (!news) throw error;
        this.#failure = error as Error;
        break;
      }
    }
    const batch = { events, position: this.position, caughtUp: this.#live };
    return unreadable.length === 0 ? batch : { ...batch, unreadable };
  }

  /** Whether the item adds something to the batch. */
  #accept(item: FeedItem, events: RecordedEvent[], unreadable: UnreadableEvent[]): boolean {
    switch (item.kind) {
      case "confirmed":
        this.options.onConfirmed();
        return false;
      case "event":
        // Delivered before, by the server or by a retry on the way: positions in a feed only increase.
        if (comparePositions(item.event.position, this.position) <= 0) return false;
        this.#read(item.event, events, unreadable);
        this.position = item.event.position;
        return true;
      case "passed":
        if (comparePositions(item.position, this.position) <= 0) return false;
        this.position = item.position;
        return true;
      case "caught-up":
        this.#live = true;
        return true;
      case "fell-behind":
        this.#live = false;
        return false;
    }
  }
  #read(event: StoredEvent, events: RecordedEvent[], unreadable: UnreadableEvent[]): void {
    const { types, unreadable: wanted } = this.options;
    const { stream, revision, position, id, type } = event;
    if (!isStreamName(stream)) return;
    if (isForeign(types, event)) {
      if (wanted === "HAND_OVER") unreadable.push({ stream, revision, position, id, type, reason: null });
      return;
    }
    try {
      events.push(decode(types, event));
    } catch (error) {
      if (wanted === "STOP" || !(error instanceof UndecodableEvent)) throw error;
      unreadable.push({ stream, revision, position, id, type, reason: error.message });
    }
  }
}
