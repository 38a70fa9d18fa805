import { type Backoff, backOff, pause } from "./backoff.js";
import { type EventTypes } from "./codec.js";
import { RestartFrom } from "./errors.js";
import {
  type SubscribeOptions,
  type Subscription,
  type SubscriptionState,
  type SubscriptionStatus,
} from "./event-store.js";
import { type Feed } from "./feed.js";
import { BatchReader } from "./batch-reader.js";
import { comparePositions, type Position } from "./position.js";

export interface SubscriptionDependencies {
  readonly follow: (from: Position, bufferSize: number) => Feed;
  readonly tail: () => Promise<Position>;
  readonly types: EventTypes;
  /** Milliseconds between two checks by the watchdog. */
  readonly watchdogMs: number;
}

/** After the store failed: what it does not show in time, commands cannot show either. */
const storePauses: Backoff = { firstMs: 100, mostMs: 1_000 };
/** After the consumer failed. */
const consumerPauses: Backoff = { firstMs: 100, mostMs: 10_000 };
const DEFAULT_BATCH_SIZE = 500;
const DEFAULT_LINGER_MS = 10;
/** Events that wait to be put into a batch; those of larger batches are put there as they arrive. */
const MOST_BUFFERED = 1_000;

/**
 * Keeps one subscription running until stopped: opens a feed, hands over its batches one at a time, and after any
 * failure opens another feed after the last batch that was processed. Nothing is skipped, and a batch is handed over
 * again only when its `onBatch` failed.
 */
export class RestartingSubscription implements Subscription {
  readonly #stopping = new AbortController();
  readonly #running: Promise<unknown>;
  #position: Position;
  #state: SubscriptionState = "starting";
  #restarts = 0;
  /** Failures since the last batch that was processed. */
  #failures = 0;
  #lastError: string | undefined;
  #feed: Feed | undefined;
  #handingOver = false;
  #consumerFailed = false;

  constructor(
    private readonly options: SubscribeOptions,
    private readonly dependencies: SubscriptionDependencies,
  ) {
    this.#position = options.from;
    this.#running = Promise.all([this.#run(), this.#watch()]);
  }

  status(): SubscriptionStatus {
    const status = { position: this.#position, state: this.#state, restarts: this.#restarts };
    return this.#lastError === undefined ? status : { ...status, lastError: this.#lastError };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#feed?.fail(new Error("Stopped"));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#follow();
      } catch (error) {
        this.#failed(error);
      }
      await backOff(this.#consumerFailed ? consumerPauses : storePauses, this.#failures, signal);
    }
    this.#state = "stopped";
  }

  /** Opens one feed and hands over its batches. Ends only by throwing or because of `stop`. */
  async #follow(): Promise<void> {
    const { onBatch, unreadable = "STOP", batchSize = DEFAULT_BATCH_SIZE, lingerMs = DEFAULT_LINGER_MS } = this.options;
    const feed = this.dependencies.follow(this.#position, Math.min(batchSize, MOST_BUFFERED));
    this.#feed = feed;
    try {
      const batches = new BatchReader(feed, this.#position, {
        types: this.dependencies.types,
        batchSize,
        lingerMs,
        unreadable,
        onConfirmed: () => (this.#state = "catching-up"),
      });
      for (;;) {
        const batch = await batches.next();
        if (this.#stopping.signal.aborted) return;
        this.#handingOver = true;
        await onBatch(batch);
        this.#handingOver = false;
        this.#position = batch.position;
        this.#state = batch.caughtUp ? "live" : "catching-up";
        this.#failures = 0;
        this.#lastError = undefined;
      }
    } finally {
      this.#feed = undefined;
      feed.fail(new Error("Abandoned"));
    }
  }

  #failed(error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    if (error instanceof RestartFrom) this.#position = error.position;
    // Whoever fails now fails for the first time if the other one did before.
    this.#failures = this.#consumerFailed === this.#handingOver ? this.#failures + 1 : 1;
    this.#consumerFailed = this.#handingOver;
    this.#handingOver = false;
    this.#restarts += 1;
    this.#state = "restarting";
    this.#lastError = error instanceof Error ? error.message : String(error);
  }

  /**
   * A subscription can stop without an error. It is restarted when it has not advanced between two checks, although at
   * the first one the log's tail was already ahead of it and no batch was being processed.
   */
  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    let behindAt: { feed: Feed; position: Position } | undefined;
    for (;;) {
      await pause(this.dependencies.watchdogMs, signal);
      if (signal.aborted) return;
      const feed = this.#feed;
      if (feed === undefined || this.#handingOver) {
        behindAt = undefined;
        continue;
      }
      const still = behindAt?.feed === feed && comparePositions(behindAt.position, this.#position) === 0;
      if (still) {
        feed.fail(new Error("The subscription stood still behind the log's tail"));
        behindAt = undefined;
        continue;
      }
      const position = this.#position;
      const tail = await this.dependencies.tail().catch(() => undefined);
      const behind = tail !== undefined && comparePositions(position, tail) < 0;
      behindAt = behind && this.#feed === feed ? { feed, position } : undefined;
    }
  }
}
