import { Readable } from "node:stream";
import { assertWritable, type EventTypes, type StoredEvent } from "../codec.js";
import { WrongExpectedRevision } from "../errors.js";
import { type NewEvent, type RecordedEvent } from "../event.js";
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type ReadOptions,
  type Retention,
  type SubscribeOptions,
  type Subscription,
} from "../event-store.js";
import { Feed, type FeedItem } from "../feed.js";
import { comparePositions, type Position, START } from "../position.js";
import { readable } from "../readable.js";
import { maxAgeOf } from "../retention.js";
import { RestartingSubscription } from "../subscription.js";

/**
 * The event store port in memory, for unit specs only: exact revisions, idempotent appends and JSON round trips as on
 * the server, subscriptions through the product's own restart loop. `onAppend` runs before each append: specs use it to
 * append as another writer, or to fail.
 */
export class InMemoryEventStore implements EventStore {
  onAppend: (stream: string) => void | Promise<void> = () => undefined;
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  /** The events of whole streams as they were read before, where none was passed over: they are not decoded again. */
  readonly #read = new Map<string, RecordedEvent[]>();
  readonly #followers = new Set<Readable>();
  readonly #subscriptions: Subscription[] = [];
  /** While true, subscriptions receive neither events nor errors. */
  mute = false;

  constructor(
    private readonly types: EventTypes,
    private readonly watchdogMs = 5_000,
  ) {}

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    await this.onAppend(stream);
    for (const event of events) assertWritable(this.types, event);
    const existing = this.#of(stream);
    const first = expected === "no_stream" ? 0 : Number(expected) + 1;
    const earlier = existing.slice(first, first + events.length);
    if (earlier.length === events.length && earlier.every(({ id }, index) => id === events[index]?.id)) {
      return place(earlier);
    }
    if (existing.length !== first) {
      const actual = existing.length === 0 ? "no_stream" : BigInt(existing.length - 1);
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    const maxAge = first === 0 ? maxAgeOf(stream) : null;
    if (maxAge !== null) this.retentions.set(stream, { maxAge, truncateBefore: null });
    return place(events.map(({ id, type, data, metadata }) => this.write(stream, { id, type, data, metadata })));
  }

  /** All appended events, in order. */
  get log(): readonly StoredEvent[] {
    return this.#log;
  }

  /** A store with the same events, in which others may follow. Without subscriptions. */
  fork(): InMemoryEventStore {
    const fork = new InMemoryEventStore(this.types, this.watchdogMs);
    for (const event of this.#log) fork.#log.push(event);
    for (const [stream, events] of this.#streams) fork.#streams.set(stream, [...events]);
    for (const [stream, events] of this.#read) fork.#read.set(stream, events);
    return fork;
  }

  /** Adds an event to the log without checks. */
  write(stream: string, event: Pick<StoredEvent, "id" | "type" | "data" | "metadata">): StoredEvent {
    const at = BigInt(this.#log.length + 1) * 100n;
    const copy = JSON.parse(JSON.stringify(event)) as typeof event;
    const revision = BigInt(this.#of(stream).length);
    const stored: StoredEvent = { ...copy, stream, revision, position: { commit: at, prepare: at } };
    this.#log.push(stored);
    const own = this.#streams.get(stream);
    if (own) own.push(stored);
    else this.#streams.set(stream, [stored]);
    if (!this.mute) for (const follower of this.#followers) follower.push({ kind: "event", event: stored });
    return stored;
  }

  /** Fills an empty log with events of another, at their revisions and positions: one that has forgotten some. */
  restore(events: readonly StoredEvent[]): void {
    for (const event of events) {
      this.#log.push(event);
      const own = this.#streams.get(event.stream);
      if (own) own.push(event);
      else this.#streams.set(event.stream, [event]);
    }
  }

  /** Delivers the newest events to all subscriptions once more. */
  repeat(count: number): void {
    for (const event of this.#log.slice(-count)) {
      for (const follower of this.#followers) follower.push({ kind: "event", event });
    }
  }

  /** Ends all subscription calls with an error. */
  disconnect(): void {
    for (const follower of this.#followers) follower.emit("error", new Error("Connection dropped"));
  }

  async readStream(stream: string, { from, backwards = false, limit }: ReadOptions = {}): Promise<RecordedEvent[]> {
    if (from === undefined && !backwards && limit === undefined) return this.#whole(stream);
    const events = backwards ? this.#of(stream).toReversed() : this.#of(stream);
    const wanted = events.filter(({ revision }) => {
      if (from === undefined) return true;
      return backwards ? revision <= from : revision >= from;
    });
    return readable(this.types, wanted.slice(0, limit), (other) => Promise.resolve(this.#of(other)));
  }

  async #whole(stream: string): Promise<RecordedEvent[]> {
    const stored = this.#of(stream);
    const before = this.#read.get(stream) ?? [];
    const news = stored.slice(before.length);
    const events = [...before, ...(await readable(this.types, news, (other) => Promise.resolve(this.#of(other))))];
    if (events.length === before.length + news.length) this.#read.set(stream, events);
    return [...events];
  }

  /** What specs declare and appends say, by stream. */
  readonly retentions = new Map<string, Retention>();

  retentionOf(stream: string): Promise<Retention> {
    return Promise.resolve(this.retentions.get(stream) ?? { maxAge: null, truncateBefore: null });
  }

  requireAppends(): Promise<void> {
    return Promise.resolve();
  }

  tail(): Promise<Position> {
    return Promise.resolve(this.#log.at(-1)?.position ?? START);
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }

  subscribe(options: SubscribeOptions): Subscription {
    const subscription = new RestartingSubscription(options, {
      follow: (from) => this.#follow(from),
      tail: () => this.tail(),
      types: this.types,
      watchdogMs: this.watchdogMs,
    });
    this.#subscriptions.push(subscription);
    return subscription;
  }

  async close(): Promise<void> {
    await Promise.all(this.#subscriptions.map((subscription) => subscription.stop()));
  }

  #follow(from: Position): Feed {
    const source = new Readable({ objectMode: true, read: () => undefined });
    const items: FeedItem[] = this.#log
      .filter(({ position }) => comparePositions(position, from) > 0)
      .map((event) => ({ kind: "event", event }));
    for (const item of [{ kind: "confirmed" }, ...items, { kind: "caught-up" }]) source.push(item);
    this.#followers.add(source);
    return new Feed(
      source,
      (chunk) => chunk as FeedItem,
      () => this.#followers.delete(source),
    );
  }

  #of(stream: string): readonly StoredEvent[] {
    return this.#streams.get(stream) ?? [];
  }
}

const place = (events: readonly StoredEvent[]): Appended => {
  const last = events.at(-1);
  if (last === undefined) throw new TypeError("Nothing to append");
  return { revision: last.revision, position: last.position };
};
