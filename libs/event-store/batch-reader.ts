import { decode, type EventTypes } from "./codec.js";
import { type RecordedEvent } from "./event.js";
import { type Batch } from "./event-store.js";
import { type Feed, type FeedItem } from "./feed.js";
import { comparePositions, type Position } from "./position.js";

/** How long a batch that is not full waits for more while catching up. Live batches never wait. */
const LINGER_MS = 10;

/**
 * Cuts a feed into batches. Live: what has arrived so far, at once. Catching up: full batches as far as events keep coming,
 * for each batch costs its consumer a transaction.
 */
export class BatchReader {
  #live = false;
  #failure: Error | undefined;

  constructor(
    private readonly feed: Feed,
    private position: Position,
    private readonly options: { types: EventTypes; batchSize: number; onConfirmed: () => void },
  ) {}

  /**
   * The next batch that says something new. Throws why the feed broke, or `UndecodableEvent`: always after what came
   * before has been handed over, so that a restart gets further each time and begins with the event that is to blame.
   */
  async next(): Promise<Batch> {
    const failure = this.#failure;
    if (failure !== undefined) throw failure;
    const { batchSize } = this.options;
    const events: RecordedEvent[] = [];
    let news = false;
    for (;;) {
      try {
        for (const item of this.feed.take(batchSize - events.length)) news = this.#accept(item, events) || news;
        if (news && (this.#live || events.length >= batchSize)) break;
        const waiting = await this.feed.arrival(news ? LINGER_MS : undefined);
        if (news && !waiting) break;
      } catch (error) {
        if (!news) throw error;
        this.#failure = error as Error;
        break;
      }
    }
    return { events, position: this.position, caughtUp: this.#live };
  }

  /** Whether the item is worth a batch. */
  #accept(item: FeedItem, events: RecordedEvent[]): boolean {
    switch (item.kind) {
      case "confirmed":
        this.options.onConfirmed();
        return false;
      case "event":
        // Delivered before: a feed only goes forwards, whatever the server or a retry on its way repeats.
        if (comparePositions(item.event.position, this.position) <= 0) return false;
        events.push(decode(this.options.types, item.event));
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
}
