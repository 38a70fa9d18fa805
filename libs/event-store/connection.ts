import {
  type AllStreamResolvedEvent,
  ANY,
  type AppendExpectedRevision,
  type AppendResult,
  BACKWARDS,
  END,
  ErrorType,
  EventStoreDBClient,
  FORWARDS,
  isCommandError,
  jsonEvent,
  type JSONType,
  MaxAppendSizeExceededError,
  NO_STREAM,
  type ResolvedEvent,
  START as FROM_START,
  streamNameFilter,
  type StreamingRead,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { type StoredEvent } from "./codec.js";
import { AppendTooLarge, WrongExpectedRevision } from "./errors.js";
import { type NewEvent } from "./event.js";
import { type ExpectedRevision, type ReadOptions, type Retention } from "./event-store.js";
import { type EventTexts, type ReadEvent, textsOf } from "./event-texts.js";
import { Feed, type FeedItem } from "./feed.js";
import { comparePositions, type Position, START } from "./position.js";
import { Transient, within } from "./retry.js";
import { PREFIX } from "./streams.js";

export interface ConnectionOptions {
  /** `esdb://host:port?tls=false`, or `esdb+discover://` for a cluster. */
  readonly url: string;
  /** Deadline of an append, in milliseconds. */
  readonly appendTimeoutMs: number;
  /** Milliseconds without data after which a read has failed. */
  readonly readTimeoutMs: number;
}

/** Place of an event in the log, events of other programs included. */
export interface LogEntry {
  readonly stream: string;
  readonly position: Position;
}

/** Without our prefix: subscriptions do not see it, and the log's tail is not there. */
const HEARTBEATS = "tenure-heartbeats";

const NOTHING_FORGOTTEN: Retention = { maxAge: null, truncateBefore: null };

/**
 * Bytes of a call that the server may send before this process has taken them. With the 64 KB that HTTP/2 has otherwise, a
 * process that reckons with events gets some 60 more in each turn of its event loop, and waits for the others afterwards.
 */
const WINDOW_BYTES = 1_048_576;

/** Foreign events after which the server reports a subscription's position, in units of 32. */
const CHECKPOINT_EVERY = 16;

/**
 * The only module that uses the client library. Each call is one attempt with a deadline; a failure that may be retried
 * throws `Transient`. Every number that the client returns goes through `exact`.
 *
 * Stream reads, the log's tail and appends require the leader: a follower returns older events, and a command that
 * finds nothing to do on it is not checked against a revision. Another node answers that it is not the leader, and the
 * client reconnects to the leader. The client's node preference is not enough: during an election it takes any node,
 * and stays there.
 */
export class Connection {
  readonly #client: EventStoreDBClient;

  constructor(readonly options: ConnectionOptions) {
    if (/[?&]throwOnAppendFailure=false/i.test(options.url.replaceAll(/[_-]/g, ""))) {
      throw new TypeError("throwOnAppendFailure=false hides failed appends and cannot be used");
    }
    this.#client = EventStoreDBClient.connectionString(options.url);
    /*
     * The client calls `supports` before each append. When it answers that the server has no BatchAppend, the client
     * makes one call per append, which costs twice the CPU but has its own deadline and fails by itself. When the
     * long-lived call that all appends would otherwise share fails, the process ends: with unhandled rejections of
     * appends that were waiting to be written, or with a TypeError when an answer arrives for an append that was
     * rejected before.
     */
    Object.assign(this.#client, { supports: () => Promise.resolve(false) });
    widen(this.#client);
  }

  /** `position` is missing when the server does not return it (some do not for a repeated append). */
  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<{ revision: bigint; position: Position | undefined }> {
    const deadline = this.options.appendTimeoutMs;
    const proposed = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: data as JSONType, metadata: metadata as unknown as JSONType }),
    );
    const expectedRevision: AppendExpectedRevision = expected === "no_stream" ? NO_STREAM : expected;
    let result: AppendResult;
    try {
      const options = { expectedRevision, deadline, requiresLeader: true };
      result = await within(deadline, this.#client.appendToStream(stream, proposed, options));
    } catch (error) {
      throw translate(error, stream, expected);
    }
    const { position } = result;
    return { revision: exact(result.nextExpectedRevision), position: isKnown(position) ? position : undefined };
  }

  /** Appends an event that concerns nobody. The stream keeps the last one, where this user may say so. */
  async heartbeat(): Promise<void> {
    const deadline = this.options.appendTimeoutMs;
    const options = { expectedRevision: ANY, deadline, requiresLeader: true } as const;
    try {
      const beat = jsonEvent({ type: "Heartbeat", data: {} });
      const { nextExpectedRevision } = await within(deadline, this.#client.appendToStream(HEARTBEATS, [beat], options));
      if (exact(nextExpectedRevision) > 0n) return;
    } catch (error) {
      throw translate(error, HEARTBEATS);
    }
    await within(deadline, this.#client.setStreamMetadata(HEARTBEATS, { maxCount: 1 }, { deadline })).catch(
      () => undefined,
    );
  }

  /** `[]` when the stream does not exist. */
  async readStream(stream: string, { from, backwards = false, limit }: ReadOptions): Promise<StoredEvent[]> {
    const read = this.#client.readStream(stream, {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision: from ?? (backwards ? END : FROM_START),
      requiresLeader: true,
      ...(limit !== undefined && { maxCount: limit }),
    });
    try {
      const events = (await this.#collect<ResolvedEvent>(read)).flatMap(({ event }) =>
        event ? [toStored(event)] : [],
      );
      // Drops events that the server delivers twice.
      return events.filter(({ revision }, index) => index === 0 || revision !== events[index - 1]?.revision);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw translate(error, stream);
    }
  }

  /** The server forgets events of the stream after so many seconds, whether the stream exists yet or not. */
  async keepFor(stream: string, maxAge: number): Promise<void> {
    const deadline = this.options.appendTimeoutMs;
    try {
      const options = { deadline, requiresLeader: true };
      await within(deadline, this.#client.setStreamMetadata(stream, { maxAge }, options));
    } catch (error) {
      throw translate(error, stream);
    }
  }

  /** Nothing where the stream has no metadata, or was deleted. */
  async retentionOf(stream: string): Promise<Retention> {
    const read = this.#client.getStreamMetadata(stream, { requiresLeader: true });
    try {
      const { metadata } = await within(this.options.readTimeoutMs, read);
      const { maxAge = null, truncateBefore } = metadata ?? {};
      if (typeof truncateBefore !== "number") return { maxAge, truncateBefore: null };
      // A deletion is written as the largest revision there is, which no number holds exactly.
      return Number.isSafeInteger(truncateBefore)
        ? { maxAge, truncateBefore: BigInt(truncateBefore) }
        : NOTHING_FORGOTTEN;
    } catch (error) {
      if (error instanceof StreamDeletedError) return NOTHING_FORGOTTEN;
      throw translate(error, stream);
    }
  }

  /** The log's last `limit` entries before `before` (exclusive; default its end), newest first, of all streams. */
  async readLogBackwards(before: Position | undefined, limit: number): Promise<LogEntry[]> {
    const fromPosition = before ?? END;
    const read = this.#client.readAll({ direction: BACKWARDS, fromPosition, maxCount: limit, requiresLeader: true });
    try {
      const entries = (await this.#collect<AllStreamResolvedEvent>(read)).flatMap(({ event }) =>
        event ? [{ stream: event.streamId, position: toPosition(event.position) }] : [],
      );
      return before === undefined ? entries : entries.filter((e) => comparePositions(e.position, before) < 0);
    } catch (error) {
      throw translate(error, "$all");
    }
  }

  /**
   * Subscribes to our streams after a position. The feed fails when the server does not confirm in time. It uses
   * whichever node the client is connected to: a follower sends the same events in the same order, later, and positions
   * that callers wait for come from the leader. So read models advance while there is no leader.
   */
  follow(from: Position, bufferSize: number): Feed {
    return this.#follow(from, bufferSize, toFeedItem);
  }

  /** {@link follow}, with events as texts: for a thread that hands them on, and is not to read them itself. */
  followTexts(from: Position, bufferSize: number): Feed<EventTexts> {
    return this.#follow(from, bufferSize, (chunk) => chunk as FeedItem<EventTexts>, textsOf);
  }

  /** @param convert in the place of what the client makes of the server's messages */
  #follow<Event>(
    from: Position,
    bufferSize: number,
    toItem: (chunk: unknown) => FeedItem<Event>,
    convert?: (message: ReadEvent) => FeedItem<Event>,
  ): Feed<Event> {
    const subscription = this.#client.subscribeToAll(
      {
        fromPosition: comparePositions(from, START) === 0 ? FROM_START : from,
        filter: streamNameFilter({
          prefixes: [PREFIX],
          checkpointInterval: CHECKPOINT_EVERY,
          // Called inside the stream's transform, so pushing here keeps the order with events. It must not throw or
          // reject: that would stall the subscription without an error.
          checkpointReached: (_, position) => {
            mark({ kind: "passed", position: toPosition(position) });
          },
        }),
      },
      { highWaterMark: bufferSize },
    );
    // The client takes no other one, but keeps it where it can be replaced.
    if (convert) Object.assign(subscription, { convertGrpcEvent: convert });
    const mark = (item: FeedItem<Event>): void => void subscription.push(item);
    const feed = new Feed<Event>(subscription, toItem, () => {
      clearTimeout(unconfirmed);
      // Rejects when no connection was ever made.
      subscription.unsubscribe().catch(() => undefined);
    });
    const unconfirmed = setTimeout(() => {
      feed.fail(new Transient("The subscription was not confirmed in time"));
    }, this.options.readTimeoutMs);
    subscription.on("confirmation", () => {
      clearTimeout(unconfirmed);
      mark({ kind: "confirmed" });
    });
    subscription.on("caughtUp", () => {
      mark({ kind: "caught-up" });
    });
    subscription.on("fellBehind", () => {
      mark({ kind: "fell-behind" });
    });
    return feed;
  }

  async close(): Promise<void> {
    await within(this.options.readTimeoutMs, this.#client.dispose()).catch(() => undefined);
  }

  /**
   * Everything a read returns. The client has no timeout, so the read fails with `Transient` when nothing arrives
   * within `readTimeoutMs`.
   */
  #collect<T>(read: StreamingRead<T>): Promise<T[]> {
    const { readTimeoutMs } = this.options;
    return new Promise((resolve, reject) => {
      const items: T[] = [];
      let seen = 0;
      const giveUp = () => {
        // A busy process runs timers before it reads sockets: read the sockets once before giving up.
        setImmediate(() => {
          if (items.length > seen) {
            watch();
          } else {
            read.cancel().catch(() => undefined);
            reject(new Transient(`No answer within ${readTimeoutMs} ms`));
          }
        });
      };
      let timer: NodeJS.Timeout;
      const watch = () => {
        seen = items.length;
        timer = setTimeout(giveUp, readTimeoutMs);
      };
      watch();
      read.on("data", (item: T) => items.push(item));
      read.on("end", () => {
        clearTimeout(timer);
        resolve(items);
      });
      read.on("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
    });
  }
}

/** What the client makes its connections of. */
interface Channels {
  readonly createChannel: () => Promise<{ readonly internalChannel: { getOptions(): Record<string, unknown> } }>;
}

/** The client takes no options for its channels. They read them when they connect, which is when they are first used. */
const widen = (client: EventStoreDBClient): void => {
  const { createChannel } = client as unknown as Channels;
  const widened = async () => {
    const channel = await createChannel();
    channel.internalChannel.getOptions()["grpc-node.flow_control_window"] = WINDOW_BYTES;
    return channel;
  };
  Object.assign(client, { createChannel: widened });
};

/** The client's types say bigint, but a number would be compared and stored wrongly without an error. */
const exact = (value: bigint | number | string): bigint => BigInt(value);

const toPosition = ({ commit, prepare }: { commit: bigint; prepare: bigint }): Position => ({
  commit: exact(commit),
  prepare: exact(prepare),
});

/** Servers return nothing or the largest numbers for an unknown position. */
const isKnown = (position: Position | undefined): position is Position =>
  position !== undefined && exact(position.commit) < 2n ** 63n;

const toStored = (event: NonNullable<ResolvedEvent["event"]>): StoredEvent => {
  const { streamId, revision, position, id, type, isJson, data, metadata } = event;
  if (position === undefined) throw new Error("The server tells no positions in streams: it is older than 22.6");
  const stored = { stream: streamId, revision: exact(revision), position: toPosition(position), id, type, metadata };
  return { ...stored, data: isJson ? data : undefined };
};

const toFeedItem = (sent: unknown): FeedItem => {
  const chunk = sent as FeedItem | AllStreamResolvedEvent;
  if ("kind" in chunk) return chunk;
  if (chunk.event === undefined) throw new Error("The subscription sent something that is not an event");
  return { kind: "event", event: toStored(chunk.event) };
};

const transientTypes: ReadonlySet<string> = new Set([
  ErrorType.UNAVAILABLE,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.TIMEOUT,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
]);

/** gRPC status codes of a connection that broke: CANCELLED, RESOURCE_EXHAUSTED, INTERNAL (reset), UNAVAILABLE. */
const transientCodes: ReadonlySet<unknown> = new Set([1, 8, 13, 14]);

/** Maps the client's errors to those of errors.ts and retry.ts. */
const translate = (error: unknown, stream: string, expected?: ExpectedRevision): unknown => {
  if (!(error instanceof Error) || error instanceof Transient) return error;
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    const actual = actualVersion === NO_STREAM ? "no_stream" : exact(actualVersion);
    return new WrongExpectedRevision(stream, expected ?? "no_stream", actual);
  }
  if (error instanceof MaxAppendSizeExceededError) {
    return new AppendTooLarge(stream, error.maxAppendSize, { cause: error });
  }
  const transient =
    (isCommandError(error) && transientTypes.has(error.type)) ||
    ("code" in error && transientCodes.has(error.code)) ||
    // Thrown as a plain error when no node of a cluster answers.
    error.message.startsWith("Failed to discover");
  return transient ? new Transient(error.message, { cause: error }) : error;
};
