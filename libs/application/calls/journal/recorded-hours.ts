import { type Instant } from "#domain/calendar.js";
import { type CallsEvent } from "#domain/voice/events.js";
import { moved, NO_CALLS, type RecordedCalls, recordedCallsEvolver } from "#domain/voice/recorded-calls.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { type EventStore, type ExpectedRevision } from "#event-store/event-store.js";
import { domainEvent, NO_REVISION } from "#event-store/fold.js";

/** The keys of the calls of an hour, and where its stream ends. */
export interface RecordedHour {
  readonly state: RecordedCalls;
  readonly revision: bigint;
  /** Content hash of its last event. */
  readonly hash: string;
}

const EMPTY: RecordedHour = { state: NO_CALLS, revision: NO_REVISION, hash: NO_HASH };

/** Hours of which the keys stay in memory; older ones are read when a call of theirs comes in. */
const KEPT_HOURS = 4;
/** Events that are read at once: with 240 kB each, 12 MB. */
const READ_AT_ONCE = 50;

export const expectedAfter = ({ revision }: RecordedHour): ExpectedRevision =>
  revision === NO_REVISION ? "no_stream" : revision;

/** What streams of calls hold, as this process last saw them. That it is too little is found out by an append. */
export class RecordedHours {
  readonly #kept = new Map<string, { readonly hour: Instant; readonly recorded: RecordedHour }>();

  constructor(private readonly store: Pick<EventStore, "readStream">) {}

  /** As last seen; a stream that was not seen is read. */
  async of(stream: string): Promise<RecordedHour> {
    return this.#kept.get(stream)?.recorded ?? (await this.after(stream, EMPTY));
  }

  /** What the stream holds now, from what was seen of it before. */
  async after(stream: string, before: RecordedHour): Promise<RecordedHour> {
    let recorded = before;
    for (;;) {
      const events = await this.store.readStream(stream, { from: recorded.revision + 1n, limit: READ_AT_ONCE });
      const last = events.at(-1);
      if (last === undefined) return recorded;
      const state = events.reduce(
        (folded, event) => recordedCallsEvolver.evolve(folded, domainEvent(event) as CallsEvent, event.id),
        recorded.state,
      );
      recorded = { state, revision: last.revision, hash: last.metadata.contentHash };
    }
  }

  /** Keeps what was seen of an hour's stream if the hour is one of the last, and forgets those that no longer are. */
  keep(stream: string, hour: Instant, recorded: RecordedHour, now: Instant): void {
    const oldest = moved(now, -KEPT_HOURS * 3_600_000);
    if (hour >= oldest) this.#kept.set(stream, { hour, recorded });
    for (const [name, kept] of this.#kept) if (kept.hour < oldest) this.#kept.delete(name);
  }

  /** Forgets a stream: what was appended to it is not known. */
  forget(stream: string): void {
    this.#kept.delete(stream);
  }
}
