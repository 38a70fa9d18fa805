import { type Quarantine, isQuarantined, quarantineEvolver } from "#domain/providers/quarantine.js";
import { contentHash, NO_HASH } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type Batch, type EventStore, type UnreadableEvent } from "#event-store/event-store.js";
import { fold } from "#event-store/fold.js";
import { comparePositions, type Position, positionToText } from "#event-store/position.js";
import { inLogOrder } from "#event-store/read-log.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { type Database } from "#read-models/data-source.js";
import { EMPTY_LOG, type LogHead, nextHead } from "#read-models/journal/log-hash.js";
import { entriesAt, entriesOf, type Entry, entryBefore, entryWith } from "#read-models/journal/proof-queries.js";
import { examine } from "#read-models/runner/findings.js";
import { type Expiry } from "./expiry.js";
import { addDifference, type Differences, MOST_DIFFERENCES } from "../job.js";
import { type MarksCheck } from "./checkpoint.js";
import { type JournalLog, placeOf } from "./journal-side.js";

/** What the event store has shown of a provider's log. */
export interface EventLog {
  readonly providerId: string;
  events: number;
  /** Events that are no links: of others, or quarantined. */
  passed: number;
  /** Rows of the journal that an event belongs to. */
  matched: number;
  /** Greatest sequence of these. */
  lastMatched: bigint;
  /** The chain over the log, computed from the events. */
  chain: LogHead;
  /** Events that the journal lacks, named as rows that were removed. */
  rowsRemoved: number;
  readonly streams: Map<string, StreamSeen>;
  /** Events since the last match that the journal lacks. */
  lacking: { readonly first: string; last: string; count: number; readonly events: Lacking[] } | null;
}

interface Lacking {
  readonly place: string;
  readonly type: string;
}

interface StreamSeen {
  /** Of the last event, whether it is a link or not. */
  revision: bigint;
  /** Of the last link. */
  contentHash: string;
  /** Revisions that the event store does not have, or not as events of ours: both ends inclusive. */
  readonly gaps: (readonly [bigint, bigint])[];
  /** Revisions of events that cannot be read. What follows one is linked by what the journal has there. */
  readonly unreadable: Set<bigint>;
  /** Whether it was said that this stream is another one in the journal. */
  isRewritten: boolean;
}

export interface EventSideOptions {
  readonly dataSource: Database;
  readonly store: EventStore;
  readonly differences: Differences;
  /** Of the journal, by provider; null: the events are looked at alone. */
  readonly journals: ReadonlyMap<string, JournalLog> | null;
  /** Position up to which a provider's events are in the journal. */
  readonly boundOf: (providerId: string) => Position;
  /** Null: of all providers. */
  readonly providerId: string | null;
  readonly marks: ReadonlyMap<string, MarksCheck>;
  readonly expiry: Expiry;
}

/** Takes the events in log order, recomputes the chain of each stream, and compares each event with its row. */
export class EventSide {
  readonly logs: Map<string, EventLog>;
  readonly #quarantines = new Map<string, Promise<Quarantine>>();

  /** @param seen what it had taken before it was cut off */
  constructor(
    private readonly options: EventSideOptions,
    seen: ReadonlyMap<string, EventLog> = new Map(),
  ) {
    this.logs = new Map(seen);
  }

  async take(batch: Batch): Promise<void> {
    const { store, providerId, boundOf } = this.options;
    const { bad, passed } = await examine(store, batch);
    const badAt = new Map(bad.map((event) => [placeOf(event), event.reason]));
    const passedAt = new Set(passed.map(placeOf));
    const byProvider = new Map<string, (RecordedEvent | UnreadableEvent)[]>();
    for (const event of inLogOrder(batch)) {
      const { provider } = parseStreamName(event.stream);
      if (providerId !== null && provider !== providerId) continue;
      if (comparePositions(event.position, boundOf(provider)) > 0) continue;
      const own = byProvider.get(provider);
      if (own) own.push(event);
      else byProvider.set(provider, [event]);
    }
    for (const [provider, events] of byProvider) {
      const log = this.#logOf(provider);
      const isLink = (event: RecordedEvent | UnreadableEvent): event is RecordedEvent =>
        "metadata" in event && !badAt.has(placeOf(event)) && !passedAt.has(placeOf(event));
      const entries = await this.#entries(log, events.filter(isLink));
      for (const event of events) {
        if (isLink(event)) await this.#takeEvent(log, event, entries.get(placeOf(event)));
        else this.#takeOther(log, event, badAt.get(placeOf(event)));
      }
    }
  }

  /** After the last batch: what the journal lacks at its end. */
  end(): void {
    for (const log of this.logs.values()) {
      const { lacking, providerId } = log;
      if (!lacking) continue;
      addDifference(this.options.differences, {
        what: "ROWS_CUT_OFF",
        where: `journal ${providerId} ${log.lastMatched + 1n}`,
        says: `The journal ends before ${lacking.count === 1 ? lacking.first : `${lacking.count} events, from ${lacking.first} to ${lacking.last}`}.`,
      });
      log.lacking = null;
    }
  }

  #logOf(providerId: string): EventLog {
    const known = this.logs.get(providerId);
    if (known) return known;
    const log: EventLog = {
      ...{ providerId, events: 0, passed: 0, matched: 0, lastMatched: 0n, chain: EMPTY_LOG, rowsRemoved: 0 },
      ...{ streams: new Map<string, StreamSeen>(), lacking: null },
    };
    this.logs.set(providerId, log);
    return log;
  }

  /** The rows of events: as a rule those that follow in the journal; any other is looked up. */
  async #entries(
    { providerId, lastMatched }: EventLog,
    events: readonly RecordedEvent[],
  ): Promise<ReadonlyMap<string, Entry>> {
    const { dataSource, journals } = this.options;
    const through = journals?.get(providerId)?.lastSequence;
    if (through === undefined || events.length === 0) return new Map();
    const next = await entriesOf(dataSource, { providerId, after: lastMatched, through, limit: events.length });
    const found = new Map(next.map((entry) => [placeOf(entry), entry]));
    const others = await entriesAt(
      dataSource,
      providerId,
      events.filter((event) => !found.has(placeOf(event))),
    );
    for (const entry of others) found.set(placeOf(entry), entry);
    return found;
  }

  #streamOf(log: EventLog, stream: string): StreamSeen {
    const known = log.streams.get(stream);
    if (known) return known;
    const seen: StreamSeen = {
      ...{ revision: -1n, contentHash: NO_HASH, gaps: [], unreadable: new Set<bigint>(), isRewritten: false },
    };
    log.streams.set(stream, seen);
    return seen;
  }

  /** An event that is no link. @param problem null or undefined: it is of others, or was quarantined */
  #takeOther(log: EventLog, event: RecordedEvent | UnreadableEvent, problem: string | null | undefined): void {
    const { stream, revision, type } = event;
    const seen = this.#streamOf(log, stream);
    if (revision > seen.revision + 1n) seen.gaps.push([seen.revision + 1n, revision - 1n]);
    seen.revision = revision;
    if (!problem) {
      log.passed += 1;
      seen.gaps.push([revision, revision]);
      return;
    }
    log.events += 1;
    seen.unreadable.add(revision);
    addDifference(this.options.differences, {
      what: "EVENT_UNREADABLE",
      where: placeOf(event),
      says: `The event store's ${type} cannot be read: ${problem}.`,
    });
  }

  async #takeEvent(log: EventLog, event: RecordedEvent, entry: Entry | undefined): Promise<void> {
    const { differences, journals, marks } = this.options;
    const { stream, revision, type } = event;
    const place = placeOf(event);
    if (journals !== null && entry === undefined && (await this.#isQuarantined(log.providerId, event))) {
      // An earlier program could not read it, and the journal passed it over.
      this.#takeOther(log, event, null);
      return;
    }
    log.events += 1;
    const seen = this.#streamOf(log, stream);
    const previous = await this.#previousHash(log, seen, event);
    const data = event.stored ?? event.data;
    const stated = event.metadata.contentHash;
    const content = { stream, type, data, metadata: event.metadata };
    const expected = previous === null ? stated : contentHash(previous, content);
    const isWrong = expected !== stated;
    if (isWrong) {
      const says = `The content of the event store's ${type} does not give its content hash.`;
      addDifference(differences, { what: "EVENT_CHANGED", where: place, says, expected, found: stated });
    }
    Object.assign(seen, { revision, contentHash: stated });
    log.chain = nextHead(log.chain, { stream, revision, contentHash: stated });
    marks.get(log.providerId)?.take(log.chain, place);
    if (journals === null) return;
    const journal = journals.get(log.providerId);
    if (entry === undefined) {
      lack(log, { place, type });
      return;
    }
    this.#matched(log, entry);
    const unlinked = journal?.unlinked.get(place);
    if (unlinked && previous !== null && contentHash(previous, unlinked) !== unlinked.contentHash) {
      journal?.wrong.add(place);
      const says = "Its content does not give its content hash.";
      addDifference(differences, { what: "ROW_CHANGED", where: rowOf(log, entry), says });
    }
    const isRowWrong = journal?.wrong.has(place) === true;
    if (entry.contentHash !== stated) await this.#differing(log, event, entry, isWrong, isRowWrong);
    else if (!isWrong) this.#sameContent(log, event, entry, isRowWrong);
  }

  /** Hash of the link before an event; null: it is not known. Notes revisions that are missing before it. */
  async #previousHash(log: EventLog, seen: StreamSeen, { stream, revision }: RecordedEvent): Promise<string | null> {
    const { dataSource, differences, expiry, journals } = this.options;
    const [from, until] = [seen.revision + 1n, revision - 1n];
    const follows = from > until;
    if (follows && !seen.unreadable.has(until)) return seen.contentHash;
    if (!follows) seen.gaps.push([from, until]);
    // The journal knows what the event follows, and at the end what is missing.
    if (journals !== null) {
      return (await entryBefore(dataSource, log.providerId, stream, revision))?.contentHash ?? seen.contentHash;
    }
    if (follows) return null;
    const isExpired = from === 0n && (await expiry.isDeclared(stream, until));
    if (isExpired) expiry.note(stream, until);
    else {
      const places = from === until ? `${stream}@${from}` : `${stream}@${from}-${until}`;
      addDifference(differences, { what: "EVENT_REMOVED", where: places, says: "The event store lacks it." });
    }
    return null;
  }

  /** What lacked before this row was not at the end: each is named. The row's place among those before is checked. */
  #matched(log: EventLog, entry: Entry): void {
    const { differences, journals } = this.options;
    const journal = journals?.get(log.providerId);
    const { lacking } = log;
    log.lacking = null;
    for (const { place, type } of lacking?.events ?? []) {
      const isRemoved = log.rowsRemoved < Number(journal?.missing ?? 0n);
      if (isRemoved) log.rowsRemoved += 1;
      addDifference(differences, {
        what: isRemoved ? "ROW_REMOVED" : "EVENT_ADDED",
        where: place,
        says: isRemoved
          ? `The journal lacks the row of this ${type}.`
          : `The event store has this ${type}, and the journal, which misses no row, does not.`,
      });
    }
    differences.total += (lacking?.count ?? 0) - (lacking?.events.length ?? 0);
    log.matched += 1;
    if (entry.sequence < log.lastMatched) {
      const isOfJournal = journal?.wrong.has(placeOf(entry)) === true;
      addDifference(differences, {
        what: isOfJournal ? "ROWS_REORDERED" : "EVENTS_REORDERED",
        where: rowOf(log, entry),
        says: `The event store has it after what the journal has as sequence ${log.lastMatched}.`,
      });
    } else log.lastMatched = entry.sequence;
  }

  /** Another content than the row's. Where one of them is wrong in itself, that was said already. */
  async #differing(
    log: EventLog,
    event: RecordedEvent,
    entry: Entry,
    isWrong: boolean,
    isRowWrong: boolean,
  ): Promise<void> {
    const { dataSource, differences } = this.options;
    const seen = this.#streamOf(log, event.stream);
    const elsewhere = await entryWith(dataSource, log.providerId, event.stream, event.metadata.contentHash);
    if (elsewhere) {
      addDifference(differences, {
        what: isRowWrong ? "ROWS_REORDERED" : "EVENTS_REORDERED",
        where: rowOf(log, entry),
        says: `The event store has here what the journal has as ${placeOf(elsewhere)}.`,
      });
      return;
    }
    if (isWrong || isRowWrong || seen.isRewritten) return;
    seen.isRewritten = true;
    addDifference(differences, {
      what: "REWRITTEN",
      where: rowOf(log, entry),
      says: "From here on the stream's events are not those of the journal, and each side holds in itself: one of them was rewritten, which a checkpoint tells.",
      expected: entry.contentHash,
      found: event.metadata.contentHash,
    });
  }

  /** What the content hash does not cover. */
  #sameContent(log: EventLog, event: RecordedEvent, entry: Entry, isRowWrong: boolean): void {
    if (isRowWrong) return;
    const differ = (what: string, says: string, expected: string, found: string): void => {
      addDifference(this.options.differences, { what, where: rowOf(log, entry), says, expected, found });
    };
    if (entry.eventId !== event.id) {
      differ("ID_DIFFERS", "The event store has another event id.", event.id, entry.eventId);
    }
    if (comparePositions(entry.position, event.position) !== 0) {
      const [expected, found] = [event.position, entry.position].map(positionToText);
      differ("POSITION_DIFFERS", "The event store has another position.", expected ?? "", found ?? "");
    }
  }

  async #isQuarantined(providerId: string, { stream, revision }: RecordedEvent): Promise<boolean> {
    let quarantine = this.#quarantines.get(providerId);
    if (!quarantine) {
      quarantine = this.options.store
        .readStream(streamName(providerId, "quarantine", providerId))
        .then((events) => fold(quarantineEvolver, events));
      this.#quarantines.set(providerId, quarantine);
    }
    return isQuarantined(await quarantine, { stream, revision: revision.toString() });
  }
}

const rowOf = ({ providerId }: EventLog, entry: Entry): string =>
  `journal ${providerId} ${entry.sequence}, ${placeOf(entry)}`;

const lack = (log: EventLog, event: Lacking): void => {
  log.lacking ??= { first: event.place, last: event.place, count: 0, events: [] };
  log.lacking.last = event.place;
  log.lacking.count += 1;
  if (log.lacking.events.length < MOST_DIFFERENCES) log.lacking.events.push(event);
};
