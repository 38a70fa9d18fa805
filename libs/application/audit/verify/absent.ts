import { type Database } from "#read-models/data-source.js";
import { type Entry, entriesOf } from "#read-models/journal/proof-queries.js";
import { addDifference, type Differences } from "../job.js";
import { type EventLog } from "./event-side.js";
import { type Expiry } from "./expiry.js";
import { type JournalLog, placeOf } from "./journal-side.js";

const ROWS_AT_ONCE = 5_000;

/** Rows of one kind that are told together. */
interface Group {
  readonly first: Entry;
  last: Entry;
  count: number;
}

/** Names what the journal has of a provider and the event store does not: expired, or removed there, or added here. */
export const findAbsent = async (
  journal: JournalLog,
  events: EventLog | undefined,
  {
    dataSource,
    differences,
    expiry,
    signal,
  }: {
    readonly dataSource: Database;
    readonly differences: Differences;
    readonly expiry: Expiry;
    readonly signal: AbortSignal;
  },
): Promise<void> => {
  if (events?.matched === journal.rows) return;
  const { providerId, lastSequence: through } = journal;
  const streams = new Map<string, Group>();
  const tail: { group: Group | null } = { group: null };
  const lastMatched = events?.lastMatched ?? 0n;
  const before = new Map<string, bigint>();
  for (let after = 0n; ;) {
    signal.throwIfAborted();
    const entries = await entriesOf(dataSource, { providerId, after, through, limit: ROWS_AT_ONCE });
    for (const entry of entries) {
      // Said when the rows were read.
      const isRepeated = (before.get(entry.stream) ?? -1n) >= entry.revision;
      before.set(entry.stream, entry.revision);
      if (isRepeated || !isAbsent(events, entry)) continue;
      if (await expiry.isExpired(entry.stream, entry.revision, entry.recordedAt)) {
        expiry.note(entry.stream, entry.revision);
        continue;
      }
      const where = `journal ${providerId} ${entry.sequence}, ${placeOf(entry)}`;
      const group = streams.get(entry.stream);
      if (journal.wrong.has(placeOf(entry))) {
        const says = `The event store has no such ${entry.type}, and the row does not hold in itself.`;
        addDifference(differences, { what: "ROW_ADDED", where, says });
      } else if (!events?.streams.has(entry.stream) && (group !== undefined || entry.sequence <= lastMatched)) {
        if (group) addTo(group, entry);
        else streams.set(entry.stream, { first: entry, last: entry, count: 1 });
      } else if (entry.sequence > lastMatched) {
        if (tail.group) addTo(tail.group, entry);
        else tail.group = { first: entry, last: entry, count: 1 };
      } else {
        const says = `The event store lacks the ${entry.type} that the journal has.`;
        addDifference(differences, { what: "EVENT_REMOVED", where, says });
      }
    }
    const last = entries.at(-1);
    if (last === undefined) break;
    after = last.sequence;
  }
  for (const [stream, { first, last, count }] of streams) {
    addDifference(differences, {
      what: "STREAM_REMOVED",
      where: stream,
      says: `The event store lacks the whole stream, of which the journal has ${count === 1 ? `the event ${placeOf(first)}` : `${count} events, ${placeOf(first)} to ${placeOf(last)}`}.`,
    });
  }
  const { group } = tail;
  if (group === null) return;
  const { first, last, count } = group;
  addDifference(differences, {
    what: "EVENTS_CUT_OFF",
    where: `journal ${providerId} ${first.sequence}`,
    says: `The event store ends before ${count === 1 ? placeOf(first) : `${count} events, from ${placeOf(first)} to ${placeOf(last)}`}, which the journal has.`,
  });
};

const addTo = (group: Group, entry: Entry): void => {
  group.last = entry;
  group.count += 1;
};

const isAbsent = (events: EventLog | undefined, { stream, revision }: Entry): boolean => {
  const seen = events?.streams.get(stream);
  if (!seen) return true;
  if (seen.unreadable.has(revision)) return false;
  return revision > seen.revision || seen.gaps.some(([from, until]) => revision >= from && revision <= until);
};
