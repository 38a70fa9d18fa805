import { type StoredEvent } from "./codec.js";
import { type Position } from "./position.js";

/** What a subscription sends, in log order. `passed` is a position up to which there are no further events of ours. */
export type FeedItem<Event = StoredEvent> =
  | { readonly kind: "confirmed" }
  | { readonly kind: "event"; readonly event: Event }
  | { readonly kind: "passed"; readonly position: Position }
  | { readonly kind: "caught-up" }
  | { readonly kind: "fell-behind" };

/** Where items come from: a stream of the client's, or what another thread hands over (thread-source.ts). */
export interface FeedSource {
  /** The oldest item that has arrived; null: there is none. */
  read(): unknown;
  /** 0: {@link read} has none. */
  readonly readableLength: number;
  on(event: "readable" | "end", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/**
 * One subscription call to the server, pulled by its reader: items not taken stay in the stream's buffer, and when that
 * is full the server is not read from (backpressure). It does not restart; subscription.ts opens the next one.
 */
export class Feed<Event = StoredEvent> {
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(
    private readonly source: FeedSource,
    private readonly toItem: (chunk: unknown) => FeedItem<Event>,
    /** Cancels the subscription call. Called once. */
    private readonly release: () => void,
  ) {
    source.on("readable", () => this.#wake?.());
    source.on("end", () => {
      this.fail(new Error("The store ended the subscription"));
    });
    // Never removed: a late 'error' of an abandoned stream must not end the process.
    source.on("error", (error: Error) => {
      this.fail(error);
    });
  }

  /** Items that have arrived, oldest first, at most `limit`; `[]` when there are none. */
  take(limit: number): FeedItem<Event>[] {
    const items: FeedItem<Event>[] = [];
    while (items.length < limit) {
      const chunk: unknown = this.source.read();
      if (chunk === null) break;
      items.push(this.toItem(chunk));
    }
    return items;
  }

  /**
   * Waits until an item has arrived, at most `withinMs`; returns whether one has. Throws the error that broke the feed
   * once all earlier items have been taken.
   */
  async arrival(withinMs?: number): Promise<boolean> {
    if (this.source.readableLength === 0 && this.#failure === undefined) await this.#woken(withinMs);
    const waiting = this.source.readableLength > 0;
    if (!waiting && this.#failure !== undefined) throw this.#failure;
    return waiting;
  }

  #woken(withinMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = withinMs === undefined ? undefined : setTimeout(done, withinMs);
      this.#wake = done;
    });
  }

  /** Ends the feed with an error, which `arrival` throws. */
  fail(reason: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    this.release();
    this.#wake?.();
  }
}
