import { decode, type EventTypes } from "./codec.js";
import { type RecordedEvent } from "./event.js";
import { type Page } from "./event-store.js";
import { type Feed, type FeedItem } from "./feed.js";
import { type Position } from "./position.js";

/** How long a page that is not full waits for more while catching up. Live pages never wait. */
const LINGER_MS = 10;

/**
 * Cuts a feed into pages. Live: what has arrived so far, at once. Catching up: full pages as far as events keep coming,
 * for each page costs its consumer a transaction.
 */
export class PageReader {
  #live = false;
  #undecodable: Error | undefined;

  constructor(
    private readonly feed: Feed,
    private position: Position,
    private readonly options: { types: EventTypes; pageSize: number; onConfirmed: () => void },
  ) {}

  /**
   * The next page that says something new. Throws why the feed broke, or `UndecodableEvent`: after the events before it
   * have been handed over, so that a restart begins with the one that is to blame.
   */
  async next(): Promise<Page> {
    if (this.#undecodable !== undefined) throw this.#undecodable;
    const { pageSize } = this.options;
    const events: RecordedEvent[] = [];
    let news = false;
    for (;;) {
      for (const item of this.feed.take(pageSize - events.length)) {
        news = this.#accept(item, events) || news;
        if (this.#undecodable !== undefined) break;
      }
      if (this.#undecodable !== undefined && !news) throw this.#undecodable;
      if (news && (this.#live || events.length >= pageSize || this.#undecodable !== undefined)) break;
      const waiting = await this.feed.arrival(news ? LINGER_MS : undefined);
      if (news && !waiting) break;
    }
    return { events, position: this.position, caughtUp: this.#live };
  }

  /** Whether the item is worth a page. */
  #accept(item: FeedItem, events: RecordedEvent[]): boolean {
    switch (item.kind) {
      case "confirmed":
        this.options.onConfirmed();
        return false;
      case "event":
        try {
          events.push(decode(this.options.types, item.event));
        } catch (error) {
          this.#undecodable = error as Error;
          return false;
        }
        this.position = item.event.position;
        return true;
      case "passed":
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
