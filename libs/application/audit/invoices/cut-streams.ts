import { UndecodableEvent } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { type RecordedEvent } from "#event-store/event.js";
import { positionFromText } from "#event-store/position.js";
import { firstRowsBehind } from "#read-models/journal/heads.js";
import { type Difference, type JobContext } from "../job.js";
import { type Streams } from "./basis-replay.js";
import { isMirrored, type Reach } from "./reach.js";
import { type EventsFrom } from "./streams.js";
import { type Tally } from "./tally.js";

/** What is audited, and what it is compared with. */
export interface Sides extends Pick<JobContext, "dataSource" | "store"> {
  readonly providerId: string;
  /** The side that is audited: the other one is asked what it has behind. */
  readonly source: EventsFrom;
  readonly reach: Reach;
  readonly tally: Tally;
}

const STREAMS_AT_ONCE = 16;

/**
 * Streams whose end, or all of them, is gone on the side that is audited: the other side has more of them. No chain shows
 * that, since nothing follows.
 * @param names of streams, whether they are there or not
 * @param read what the audited side has of them
 */
export const cutStreams = async (names: readonly string[], read: Streams, sides: Sides): Promise<Difference[]> => {
  const { dataSource, store, providerId, source, reach, tally } = sides;
  const places = names.map((stream) => {
    const last = (read.get(stream) ?? []).findLast((event) => tally.isCovered(event));
    return { stream, revision: last?.revision ?? -1n };
  });
  const behind: Places[number][] = [];
  if (source === "events") {
    behind.push(...(await firstRowsBehind(dataSource, providerId, places, positionFromText(reach.through))));
  } else {
    for (let from = 0; from < places.length; from += STREAMS_AT_ONCE) {
      const some = places.slice(from, from + STREAMS_AT_ONCE);
      behind.push(...(await Promise.all(some.map((place) => firstEventsBehind(store, place, reach)))).flat());
    }
  }
  const [here, there] = source === "events" ? ["event store", "journal"] : ["journal", "event store"];
  return behind.map(({ stream, revision }) => ({
    what: "STREAM_CUT",
    where: `${stream}@${revision}`,
    says: `The ${here} does not have this event and what follows in its stream: the ${there} has it.`,
  }));
};

type Places = readonly { readonly stream: string; readonly revision: bigint }[];

/** The first event of a stream behind a revision that the journal should have; empty: there is none. */
const firstEventsBehind = async (
  store: Pick<EventStore, "readStream">,
  { stream, revision }: Places[number],
  reach: Reach,
): Promise<Places> => {
  const first = await firstBehind(store, stream, revision);
  return first && isMirrored(reach, first.position) ? [{ stream, revision: first.revision }] : [];
};

/** What cannot be decoded has stalled the provider: the journal ends before it, and may lack what comes before that. */
const firstBehind = async (
  store: Pick<EventStore, "readStream">,
  stream: string,
  revision: bigint,
): Promise<RecordedEvent | undefined> => {
  try {
    return (await store.readStream(stream, { from: revision + 1n }))[0];
  } catch (error) {
    if (!(error instanceof UndecodableEvent)) throw error;
    for (let from = revision + 1n; from < error.revision; from += 1n) {
      const [first] = await store.readStream(stream, { from, limit: 1 });
      if (first) return first;
    }
    return undefined;
  }
};
