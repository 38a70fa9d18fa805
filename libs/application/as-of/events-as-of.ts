import { type Instant } from "#domain/calendar.js";
import { customerEvolver, timeZoneOn, todayOf } from "#domain/customers/customer.js";
import { UndecodableEvent } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { fold } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type About, customersAbout } from "#read-models/as-of/about.js";
import { cut } from "#read-models/as-of/cut.js";
import { fromJournal, type Source } from "#read-models/as-of/from-journal.js";
import { type AsOf, type Moment, momentOf } from "#read-models/as-of/moment.js";
import { type Selected, selectEvents, type Streams } from "#read-models/as-of/select-events.js";
import { surroundingsOf } from "#read-models/as-of/streams.js";
import { JournalHoldsNoData } from "#read-models/journal/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type DataSource } from "typeorm";
import { type FactSource } from "../command/facts.js";
import { identifierHashes } from "../command/identifiers.js";
import { Unavailable } from "../command/unavailable.js";
import { fromStore, readStreams } from "./from-store.js";

/** What somebody asks for, as given. */
export type AskedAbout = Exclude<About, { readonly identifier: string }> | { readonly identifier: string };

interface Sources {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly facts: FactSource;
  /** Events that one answer is made of at most. */
  readonly mostEvents: number;
}

/** What an answer of another moment is made of. */
export interface EventsAsOf {
  readonly moment: Moment;
  /** For the projections of libs/read-models/as-of/bench.ts. */
  readonly selected: Selected;
}

/**
 * The events of the customers that something belongs to, with all that their answers lead to. Of a scope with a customer
 * they are that customer's, whatever is asked for: nobody learns what others have.
 * @param present of the provider
 * @returns null: nobody has what is asked for
 * @throws TooManyEvents; Unavailable for an event that this program cannot read; what the stores throw
 */
export const eventsAsOf = async (
  sources: Sources,
  { providerId, customerId: own }: Scope,
  asked: AskedAbout,
  asOf: AsOf,
  present: Instant,
): Promise<EventsAsOf | null> => {
  const { store, dataSource, mostEvents } = sources;
  const asking =
    own === null ? await customersAbout(dataSource, providerId, await complete(sources, providerId, asked)) : [own];
  const [first] = asking;
  if (first === undefined) return null;
  const surroundings = await surroundingsOf(dataSource, providerId, asking);
  const log = { ...surroundings, providerId, knownAt: asOf.knownAt, mostEvents };
  const found = (source: Source) => selected(source, streamName(providerId, "customer", first), asOf, present);
  return found(fromJournal(dataSource, log)).catch((error: unknown) => {
    if (error instanceof JournalHoldsNoData) return found(fromStore(store, log));
    return unreadable(error);
  });
};

const selected = async (source: Source, customer: string, asOf: AsOf, present: Instant): Promise<EventsAsOf> => {
  const streams = await source.streams();
  const moment = momentOf(asOf, present, zoneOf(streams, customer, asOf, present));
  return { moment, selected: selectEvents(streams, await source.registered(), moment) };
};

/** With the accounts that ever reserved an identifier: rows only know who has it now. */
const complete = async ({ store, facts }: Sources, providerId: string, asked: AskedAbout): Promise<About> => {
  if (!("identifier" in asked)) return asked;
  const identifier = asked.identifier.trim();
  const { identifierHash, olderHashes } = await identifierHashes(facts, providerId, identifier);
  const hashes = [identifierHash, ...olderHashes];
  const found = await readStreams(
    store,
    hashes.map((hash) => streamName(providerId, "identifier", hash)),
  );
  const accountIds = found.flat().flatMap(({ data }) => ("ownerId" in data ? [data.ownerId] : []));
  return { identifier, accountIds: [...new Set(accountIds)] };
};

/** The time zone of a customer on the day, as known then; UTC for one that did not exist. */
const zoneOf = (streams: Streams, customer: string, { knownAt, day }: AsOf, present: Instant): string => {
  const own = streams.find(([event]) => event?.stream === customer) ?? [];
  const state = fold(customerEvolver, cut(own, { knownAt, day: null, dayEnds: null }));
  return state === null ? "UTC" : timeZoneOn(state, day ?? todayOf(state, knownAt ?? present));
};

/** What a newer version of the program wrote, this one cannot show. */
const unreadable = (error: unknown): never => {
  if (!(error instanceof UndecodableEvent)) throw error;
  throw new Unavailable("A newer version of the program wrote an event of it; this one cannot read it.");
};
