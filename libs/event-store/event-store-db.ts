import { setMaxListeners } from "node:events";
import { assertWritable, type EventTypes, type StoredEvent } from "./codec.js";
import { Connection } from "./connection.js";
import { type NewEvent, type RecordedEvent } from "./event.js";
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type ReadOptions,
  type Retention,
  type SubscribeOptions,
  type Subscription,
} from "./event-store.js";
import { type Position } from "./position.js";
import { eventTypes } from "./catalogue.js";
import { readable } from "./readable.js";
import { maxAgeOf } from "./retention.js";
import { Transient, withRetries } from "./retry.js";
import { RestartingSubscription } from "./subscription.js";
import { TailReader } from "./tail.js";
import { followInThread } from "./thread-source.js";
import { silenceServerNameWarning } from "./tls-warning.js";
import { EventStoreUnusable } from "./usable.js";

export interface EventStoreOptions {
  /** `esdb://host:port?tls=false`, or `esdb+discover://` for a cluster (server 23.10 or newer). */
  readonly url: string;
  /** Deadline of one attempt of an append, in milliseconds. Default 5,000. */
  readonly appendTimeoutMs?: number;
  /** Milliseconds without data after which one attempt of a read has failed. Default 10,000. */
  readonly readTimeoutMs?: number;
  /** Milliseconds after which a call that was repeated, or not answered, ends with `StoreUnavailable`. Default 25,000. */
  readonly retryMs?: number;
  /** Milliseconds between two checks by a subscription's watchdog. Default 5,000. */
  readonly watchdogMs?: number;
  /** Event types; default: the catalogue's. Specs give their own. */
  readonly types?: EventTypes;
}

/**
 * Connects when first used. Create one per process: each holds its own connection.
 * @throws EventStoreUnusable when the URL is malformed or names a file that cannot be read
 */
export const createEventStore = (options: EventStoreOptions): EventStore => {
  try {
    return new EventStoreDb(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EventStoreUnusable(`EVENTSTORE_URL cannot be used: ${reason.replace(/\.$/, "")}.`, { cause: error });
  }
};

/** How long one append shows that the next would be taken. */
const ACKNOWLEDGED_FOR_MS = 10_000;

class EventStoreDb implements EventStore {
  readonly #connection: Connection;
  readonly #tailReader: TailReader;
  readonly #types: EventTypes;
  readonly #watchdogMs: number;
  readonly #retries: { readonly totalMs: number; readonly signal: AbortSignal };
  readonly #closing = new AbortController();
  /** When the server last acknowledged an append, by the process' clock; none yet, or one failed since: long ago. */
  #acknowledged = -Infinity;
  #heartbeat: Promise<void> | undefined;
  readonly #subscriptions = new Set<Subscription>();

  constructor(options: EventStoreOptions) {
    silenceServerNameWarning();
    const { url, appendTimeoutMs = 5_000, readTimeoutMs = 10_000, retryMs = 25_000, watchdogMs = 5_000 } = options;
    this.#connection = new Connection({ url, appendTimeoutMs, readTimeoutMs });
    this.#tailReader = new TailReader((before, limit) => this.#connection.readLogBackwards(before, limit));
    this.#types = options.types ?? eventTypes;
    this.#watchdogMs = watchdogMs;
    this.#retries = { totalMs: retryMs, signal: this.#closing.signal };
    // Every call that is being retried listens to it.
    setMaxListeners(0, this.#closing.signal);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (events.length === 0) throw new TypeError(`Nothing to append to ${stream}`);
    for (const event of events) assertWritable(this.#types, event);
    // First, so that no stream is ever kept longer than it may be.
    const maxAge = expected === "no_stream" ? maxAgeOf(stream) : null;
    if (maxAge !== null) {
      await this.#retry(`say how long to keep ${stream}`, () => this.#connection.keepFor(stream, maxAge));
    }
    const { revision, position } = await this.#retry(`append to ${stream}`, () =>
      this.#noted(this.#connection.append(stream, expected, events)),
    );
    return { revision, position: position ?? (await this.#positionOf(stream, revision)) };
  }

  requireAppends(): Promise<void> {
    if (performance.now() - this.#acknowledged < ACKNOWLEDGED_FOR_MS) return Promise.resolve();
    // However many ask: one heartbeat at a time.
    this.#heartbeat ??= this.#noted(this.#connection.heartbeat()).finally(() => {
      this.#heartbeat = undefined;
    });
    return this.#heartbeat;
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<RecordedEvent[]> {
    const stored = await this.#stored(stream, options);
    return readable(this.#types, stored, (other) => this.#stored(other, {}));
  }

  retentionOf(stream: string): Promise<Retention> {
    return this.#retry(`read the metadata of ${stream}`, () => this.#connection.retentionOf(stream));
  }

  tail(): Promise<Position> {
    return this.#retry("read the log's tail", () => this.#tailReader.tail());
  }

  async probe(): Promise<void> {
    await this.#connection.readLogBackwards(undefined, 1);
  }

  subscribe(options: SubscribeOptions): Subscription {
    if (this.#closing.signal.aborted) throw new Error("The event store is closed");
    const subscription = new RestartingSubscription(options, {
      follow: (from, bufferSize) =>
        options.inThread === true
          ? followInThread({ connection: this.#connection.options, from, bufferSize })
          : this.#connection.follow(from, bufferSize),
      // One attempt: the watchdog checks again soon.
      tail: () => this.#tailReader.tail(),
      types: this.#types,
      watchdogMs: this.#watchdogMs,
    });
    this.#subscriptions.add(subscription);
    return {
      status: () => subscription.status(),
      stop: async () => {
        await subscription.stop();
        this.#subscriptions.delete(subscription);
      },
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    this.#subscriptions.clear();
    await this.#connection.close();
  }

  #stored(stream: string, options: ReadOptions): Promise<StoredEvent[]> {
    return this.#retry(`read ${stream}`, () => this.#connection.readStream(stream, options));
  }

  /** Remembers what an append says about the next one. */
  async #noted<T>(append: Promise<T>): Promise<T> {
    try {
      const appended = await append;
      this.#acknowledged = performance.now();
      return appended;
    } catch (error) {
      if (error instanceof Transient) this.#acknowledged = -Infinity;
      throw error;
    }
  }

  async #positionOf(stream: string, revision: bigint): Promise<Position> {
    const [event] = await this.#stored(stream, { from: revision, limit: 1 });
    if (event === undefined) throw new Error(`${stream} lacks revision ${revision}, which was just appended`);
    return event.position;
  }

  #retry<T>(what: string, call: () => Promise<T>): Promise<T> {
    return withRetries(what, call, this.#retries);
  }
}
