import { assertWritable, type EventTypes } from "#event-store/codec.js";
import { type NewEvent, type RecordedEvent } from "#event-store/event.js";
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type ReadOptions,
  type Retention,
  type SubscribeOptions,
  type Subscription,
} from "#event-store/event-store.js";
import { type Position, START } from "#event-store/position.js";
import { eventTypes } from "#event-store/catalogue.js";

/**
 * An event store that records nothing: appended events are kept in memory and read after the stored ones. A command on
 * this store is executed as on any other. For one command: it is never emptied.
 */
export class PreviewStore implements EventStore {
  readonly #appended: RecordedEvent[] = [];
  /** Streams that were read in whole: what is shown beside the command is what the command saw. */
  readonly #stored = new Map<string, Promise<readonly RecordedEvent[]>>();

  constructor(
    private readonly store: EventStore,
    private readonly types: EventTypes = eventTypes,
  ) {}

  /** The events that would be appended, in order. */
  get appended(): readonly RecordedEvent[] {
    return this.#appended;
  }

  /** Checks the events as the store would. The expected revision is not compared with the stored one. */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    for (const event of events) assertWritable(this.types, event);
    const last = expected === "no_stream" ? -1n : expected;
    // The events are not in the log, so there is no position to wait for.
    const position = START;
    events.forEach((event, index) => {
      const revision = last + BigInt(index + 1);
      // The same cast as in the codec: `assertWritable` checked the event against the catalogue.
      this.#appended.push({ ...event, stream, position, revision } as RecordedEvent);
    });
    return Promise.resolve({ revision: last + BigInt(events.length), position });
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<RecordedEvent[]> {
    const own = this.#appended.filter((event) => event.stream === stream);
    const { from, backwards = false, limit } = options;
    const isWhole = from === undefined && !backwards && limit === undefined;
    if (own.length === 0 && !isWhole) return this.store.readStream(stream, options);
    const all = [...(await this.stored(stream)), ...own];
    const inOrder = backwards ? all.reverse() : all;
    return inOrder
      .filter(({ revision }) => from === undefined || (backwards ? revision <= from : revision >= from))
      .slice(0, limit);
  }

  /** A stream without what was appended here, as it was when it was first read. */
  stored(stream: string): Promise<readonly RecordedEvent[]> {
    const known = this.#stored.get(stream) ?? this.store.readStream(stream);
    this.#stored.set(stream, known);
    return known;
  }

  tail(): Promise<Position> {
    return this.store.tail();
  }

  retentionOf(stream: string): Promise<Retention> {
    return this.store.retentionOf(stream);
  }

  requireAppends(): Promise<void> {
    return this.store.requireAppends();
  }

  probe(): Promise<void> {
    return this.store.probe();
  }

  subscribe(options: SubscribeOptions): Subscription {
    return this.store.subscribe(options);
  }

  /** Does not close the underlying store. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
