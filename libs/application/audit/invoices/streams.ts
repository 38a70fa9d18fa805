import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { readJournal } from "#read-models/journal/queries.js";
import { documentIdOf } from "#domain/invoicing/events.js";
import { type Streams } from "./basis-replay.js";
import { eachDocument, streamsNamed } from "./prove.js";
import { type Based, type Document } from "./recompute.js";

/** Where an audit reads events from; `events`: the event store. */
export type EventsFrom = "journal" | "events";

/** Reads whole streams, each in order; streams that do not exist are left out. */
export type ReadStreams = (streams: readonly string[]) => Promise<Streams>;

const STREAMS_AT_ONCE = 16;
const EVENTS_PER_PAGE = 5_000;

/** From the event store, stream by stream. */
export const fromStore =
  (store: Pick<EventStore, "readStream">): ReadStreams =>
  async (streams) => {
    const read: RecordedEvent[] = [];
    for (let from = 0; from < streams.length; from += STREAMS_AT_ONCE) {
      const some = streams.slice(from, from + STREAMS_AT_ONCE);
      read.push(...(await Promise.all(some.map((stream) => store.readStream(stream)))).flat());
    }
    return byStream(read);
  };

/** From the journal, many at once. */
export const fromJournal =
  (db: Pick<DataSource, "query">, providerId: string): ReadStreams =>
  async (streams) => {
    const read: RecordedEvent[] = [];
    for (let afterSequence: bigint | null = 0n; afterSequence !== null && streams.length > 0;) {
      const page = await readJournal(db, { providerId, streams, afterSequence, limit: EVENTS_PER_PAGE });
      read.push(...page.events);
      afterSequence = page.events.length < EVENTS_PER_PAGE ? null : page.lastSequence;
    }
    return byStream(read);
  };

const byStream = (events: readonly RecordedEvent[]): Streams => {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const known = streams.get(event.stream);
    if (known) known.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
};

/** The receivables streams of customers, and all that their wanted documents were computed from. */
export const streamsOfCustomers = async (
  read: ReadStreams,
  provider: string,
  customerIds: readonly string[],
  wanted: (document: Document) => boolean = () => true,
): Promise<Streams> => {
  const own = await read(customerIds.map((id) => streamName(provider, "receivables", id)));
  const named = new Set([...own.values()].flatMap((events) => [...streamsNamed(events, wanted)]));
  const others = await read([...named].filter((stream) => !own.has(stream)));
  return new Map([...own, ...others]);
};

/**
 * One document with the billing exactly as of its basis; null: the customer has no such document.
 * @throws ContradictoryEvent, BasisMissing where its events do not fit each other
 */
export const billingOfDocument = async (
  read: ReadStreams,
  { providerId, customerId, documentId }: Readonly<Record<"providerId" | "customerId" | "documentId", string>>,
): Promise<Based | null> => {
  const isAsked = (document: Document): boolean =>
    document.type !== "PeriodClosed" && documentIdOf(document) === documentId;
  const streams = await streamsOfCustomers(read, providerId, [customerId], isAsked);
  const [found] = [...eachDocument(providerId, customerId, streams, isAsked)];
  return found?.based() ?? null;
};
