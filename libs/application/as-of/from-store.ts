import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { cut } from "#read-models/as-of/cut.js";
import { type Log, requireFew, type Source } from "#read-models/as-of/from-journal.js";
import { type Streams } from "#read-models/as-of/select-events.js";
import { CREDIT_NOTES, INVOICES } from "#read-models/billing/numbers.js";

/** Streams that are read at the same time. */
const AT_ONCE = 16;

/** Reads from the event store, where the journal holds only hashes of a category. */
export const fromStore = (store: EventStore, { providerId, streams, knownAt, mostEvents }: Log): Source => ({
  async streams() {
    const found = await readStreams(store, streams);
    requireFew(
      found.reduce((count, { length }) => count + length, 0),
      mostEvents,
    );
    return found;
  },
  async registered() {
    const names = [INVOICES, CREDIT_NOTES].map((series) => streamName(providerId, "register", series));
    return (await readStreams(store, names)).flatMap((stream) => cut(stream, { knownAt, day: null, dayEnds: null }));
  },
});

/** Streams as they are now, each whole, in any order. */
export const readStreams = async (store: EventStore, streams: readonly string[]): Promise<Streams> => {
  const found: RecordedEvent[][] = [];
  const waiting = [...streams];
  const next = async (): Promise<void> => {
    for (let stream = waiting.pop(); stream !== undefined; stream = waiting.pop()) {
      found.push(await store.readStream(stream));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return found;
};
