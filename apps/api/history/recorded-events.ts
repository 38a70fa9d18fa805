import { eventTypes } from "#event-store/catalogue.js";
import { decode } from "#event-store/codec.js";
import { type AnyRecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { type JournalRow, storedEventOf } from "#read-models/journal/queries.js";
import { grouped } from "../queries/connections.js";

/**
 * The events of rows of the journal by id, in the rows' order. Of streams that the journal holds as hashes only, they
 * are read from the event store.
 */
export const recordedEvents = async (
  store: EventStore,
  rows: readonly JournalRow[],
): Promise<Map<string, AnyRecordedEvent>> => {
  const bare = grouped(
    rows.filter(({ data }) => data === null),
    ({ stream }) => stream,
  );
  const read = await Promise.all(
    [...bare].map(([stream, own]) => {
      const revisions = own.map(({ revision }) => BigInt(revision)).sort((a, b) => (a < b ? -1 : 1));
      const [from = 0n, last = 0n] = [revisions[0], revisions.at(-1)];
      return store.readStream(stream, { from, limit: Number(last - from) + 1 });
    }),
  );
  const fromStore = new Map(read.flat().map((event) => [event.id, event]));
  return new Map(
    rows.flatMap((row) => {
      const event = row.data === null ? fromStore.get(row.event_id) : decode(eventTypes, storedEventOf(row));
      return event ? [[row.event_id, event] as const] : [];
    }),
  );
};
