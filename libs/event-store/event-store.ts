import { type NewEvent, type RecordedEvent } from "./event.js";
import { type Position } from "./position.js";

/** The stream's last revision as the writer knows it. Always exact: EventStoreDB's "any" is not offered. */
export type ExpectedRevision = "no_stream" | bigint;

export interface Appended {
  /** Revision of the last event appended. */
  readonly revision: bigint;
  /** Log position of the last event appended. */
  readonly position: Position;
}

export interface ReadOptions {
  /** First revision returned, inclusive. Default: the stream's first, or its last when reading backwards. */
  readonly from?: bigint;
  readonly backwards?: boolean;
  /** At most this many events. Default: all. */
  readonly limit?: number;
}

/** What a stream's metadata let the store forget; null: nothing. */
export interface Retention {
  /** `$maxAge`, in seconds: older events may be gone. */
  readonly maxAge: number | null;
  /** `$tb`: events before this revision may be gone. */
  readonly truncateBefore: bigint | null;
}

/** An event in a stream of ours that cannot be read as one of ours. */
export interface UnreadableEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  /** Why; null: another program wrote it, and it is passed over. */
  readonly reason: string | null;
}

/** Events of our streams in log order, with the log position reached after them. */
export interface Batch {
  /** May be empty: then only `position` advanced (past foreign events) or the end was reached. */
  readonly events: readonly RecordedEvent[];
  /** Only with `HAND_OVER` ({@link SubscribeOptions.unreadable}), in log order. */
  readonly unreadable?: readonly UnreadableEvent[];
  /** Resume from here: everything up to and including this position is in this batch or an earlier one. */
  readonly position: Position;
  /** True once the subscription had reached the end of the log; later batches are live. */
  readonly caughtUp: boolean;
}

export interface SubscribeOptions {
  /** For status and errors. */
  readonly name: string;
  /** Exclusive: the first event delivered is after it. `START` is the beginning of the log. */
  readonly from: Position;
  /**
   * Awaited; the next batch is not handed over before it settles. When it throws, the batch is delivered again after a
   * pause. It may throw {@link RestartFrom} to say where to resume instead (another worker moved the checkpoint).
   */
  readonly onBatch: (batch: Batch) => Promise<void>;
  /**
   * How an event of ours that cannot be decoded is handled. `STOP`, the default: the subscription ends before it, and
   * retries until stopped. `HAND_OVER`: it is in the batch's `unreadable`. Events of other programs in streams with our
   * prefix are passed over in any case.
   */
  readonly unreadable?: "STOP" | "HAND_OVER";
  /** Most events in a batch. Default 500. */
  readonly batchSize?: number;
  /** Milliseconds that a batch that is not full waits for more, while catching up. Live batches never wait. Default 10. */
  readonly lingerMs?: number;
  /**
   * The log is read in another thread, with a connection of its own: for a consumer that keeps this one busy. Default: in
   * this one.
   */
  readonly inThread?: boolean;
}

export type SubscriptionState = "starting" | "catching-up" | "live" | "restarting" | "stopped";

export interface SubscriptionStatus {
  /** The last position handed over successfully. */
  readonly position: Position;
  readonly state: SubscriptionState;
  /** How often it was restarted since `subscribe`. */
  readonly restarts: number;
  /** Why it last restarted; cleared by the next batch that is handed over. */
  readonly lastError?: string;
}

export interface Subscription {
  /**
   * Resolves when a running `onBatch` has settled (so `onBatch` must not await it); `onBatch` is not called afterwards.
   */
  stop(): Promise<void>;
  status(): SubscriptionStatus;
}

/**
 * The port to the event store. event-store-db.ts implements it on a server, spec-support/in-memory-event-store.ts in
 * memory for unit specs.
 */
export interface EventStore {
  /**
   * Appends all events or none. Ambiguous failures (unavailable, deadline, cancelled) are retried with the same event
   * ids, for which the server returns the first result. A new stream of a category that is not kept for good (retention.ts)
   * gets its `$maxAge` first. Throws `WrongExpectedRevision`, `AppendTooLarge`,
   * `StoreUnavailable` (errors.ts).
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /**
   * The stream's events, `[]` when it does not exist; without those that concern nobody and those that were quarantined
   * (readable.ts), so that the last one may have a lower revision than the stream. Throws `UndecodableEvent`,
   * `StoreUnavailable`.
   */
  readStream(stream: string, options?: ReadOptions): Promise<RecordedEvent[]>;
  /** What the store may forget of a stream. A stream that was deleted keeps nothing, and is not a matter of retention. */
  retentionOf(stream: string): Promise<Retention>;
  /** Position of the last event of ours (streams prefixed `tenure.`) in the log; `START` when there is none. */
  tail(): Promise<Position>;
  /** Follows our streams in log order and restarts after any failure; see {@link SubscribeOptions}. */
  subscribe(options: SubscribeOptions): Subscription;
  /**
   * Returns when the store takes appends: one of this process was acknowledged within the last seconds, or one that
   * concerns nobody is now. Not repeated: throws what the client says. Reads tell less: a leader answers them for a while
   * after it has lost the majority that every append needs.
   */
  requireAppends(): Promise<void>;
  /** Reads the log's end once, without retries. Throws the client's error when the store does not answer. */
  probe(): Promise<void>;
  /** Stops all subscriptions, then disconnects. */
  close(): Promise<void>;
}
