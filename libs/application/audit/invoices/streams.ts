import { type EventStore } from "#event-store/event-store.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type Streams } from "./basis-replay.js";

/** Reads whole streams, each in order; streams that do not exist are left out. */
export type ReadStreams = (streams: readonly string[]) => Promise<Streams>;

const STREAMS_AT_ONCE = 16;

/** From the event store, stream by stream. */
export const fromStore =
  (store: Pick<EventStore, "readStream">): ReadStreams =>
  async (streams) => {
    const read = new Map<string, readonly RecordedEvent[]>();
    for (let from = 0; from < streams.length; from += STREAMS_AT_ONCE) {
      const some = streams.slice(from, from + STREAMS_AT_ONCE);
      const events = await Promise.all(some.map((stream) => store.readStream(stream)));
      some.forEach((stream, place) => {
        if (events[place] && events[place].length > 0) read.set(stream, events[place]);
      });
    }
    return read;
  };
