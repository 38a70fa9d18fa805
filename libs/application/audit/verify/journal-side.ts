import { contentHash, type HashedContent, NO_HASH } from "#event-store/content-hash.js";
import { type Metadata } from "#event-store/event.js";
import { isStreamName, parseStreamName } from "#event-store/streams.js";
import { type Database } from "#read-models/data-source.js";
import { EMPTY_LOG, type LogHead, nextHead } from "#read-models/journal/log-hash.js";
import { monthOf } from "#read-models/runner/partitions.js";
import { type ProviderExtent, type WholeRow, wholeRows } from "#read-models/journal/proof-queries.js";
import { storedEventOf } from "#read-models/journal/queries.js";
import { addDifference, type Differences, MOST_DIFFERENCES } from "../job.js";
import { type MarksCheck } from "./checkpoint.js";

const ROWS_AT_ONCE = 2_000;

/** What the journal has shown of a provider's log, read on its own. */
export interface JournalLog {
  readonly providerId: string;
  rows: number;
  /** The chain recomputed over its rows. */
  chain: LogHead;
  /** How many sequences before its last no row has, and where they are. */
  missing: bigint;
  readonly gaps: Gap[];
  lastSequence: bigint;
  /** Places (`stream@revision`) of rows that are not as they should be: the event store is believed there. */
  readonly wrong: Set<string>;
  /** Rows whose link to the one before could not be checked, because a revision between is not in the journal. */
  readonly unlinked: Map<string, HashedContent & { readonly contentHash: string }>;
  readonly streams: Map<string, Link>;
}

/** Sequences that no row has. */
interface Gap {
  readonly from: bigint;
  readonly until: bigint;
  /** Place of the row behind it. */
  readonly before: string;
}

/** The last entry of a stream. */
interface Link {
  revision: bigint;
  contentHash: string;
}

/** How far the rows of a provider were read. */
export interface JournalRead {
  readonly log: JournalLog;
  /** What the last row states. */
  readonly before: LogHead;
  /** The last row; null: none was read. */
  readonly last: Pick<WholeRow, "sequence" | "month"> | null;
}

interface Reading {
  readonly dataSource: Database;
  readonly differences: Differences;
  readonly marks: MarksCheck | null;
  readonly signal: AbortSignal;
  /** Called with the number of rows of each page, and how far they were read by then. */
  readonly read: (rows: number, so: JournalRead) => Promise<void>;
  /** Where it was cut off; null: it begins. */
  readonly from: JournalRead | null;
}

/**
 * Reads a provider's rows in the order of their sequence, and recomputes both chains: of the contents of each stream,
 * and over the log. Each row is linked to the one before as that stands there, so that one wrong row is named once.
 */
export const readJournalSide = async (
  { providerId, head, lastSequence }: ProviderExtent,
  { dataSource, differences, marks, signal, read, from }: Reading,
): Promise<JournalLog> => {
  const log: JournalLog = from?.log ?? {
    ...{ providerId, rows: 0, chain: EMPTY_LOG, missing: 0n, gaps: [], lastSequence },
    ...{ wrong: new Set<string>(), unlinked: new Map(), streams: new Map() },
  };
  let before: LogHead = from?.before ?? EMPTY_LOG;
  let last: JournalRead["last"] = from?.last ?? null;
  for (;;) {
    signal.throwIfAborted();
    const rows = await wholeRows(dataSource, {
      ...{ providerId, after: last, through: lastSequence, limit: ROWS_AT_ONCE },
    });
    for (const row of rows) {
      before = takeRow(log, before, row, differences);
      marks?.take(log.chain, placeOf(row));
    }
    const end = rows.at(-1);
    if (end === undefined) break;
    last = { sequence: end.sequence, month: end.month };
    await read(rows.length, { log, before, last });
  }
  if (head?.sequence !== before.sequence || head.logHash !== before.logHash) {
    const last = before.sequence === 0n ? "there is no row" : `its last row is sequence ${before.sequence}`;
    addDifference(differences, {
      what: "HEAD_CHANGED",
      where: `journal_heads ${providerId}`,
      says:
        head?.sequence === before.sequence
          ? `The head of the journal names sequence ${head.sequence} with another hash than its last row.`
          : `The head of the journal names ${head === null ? "nothing" : `sequence ${head.sequence}`}, and ${last}.`,
      expected: { sequence: before.sequence.toString(), logHash: before.logHash },
      ...(head && { found: { sequence: head.sequence.toString(), logHash: head.logHash } }),
    });
  }
  return log;
};

/** @returns the head that the row itself states */
const takeRow = (log: JournalLog, before: LogHead, row: WholeRow, differences: Differences): LogHead => {
  const sequence = BigInt(row.sequence);
  const place = placeOf(row);
  const entry = { stream: row.stream, revision: BigInt(row.revision), contentHash: row.content_hash };
  log.rows += 1;
  log.chain = nextHead(log.chain, entry);
  const differ = (what: string, says: string, values: { expected?: string; found?: string } = {}): void => {
    log.wrong.add(place);
    addDifference(differences, { what, where: `journal ${log.providerId} ${row.sequence}, ${place}`, says, ...values });
  };
  if (sequence > before.sequence + 1n) {
    const gap = { from: before.sequence + 1n, until: sequence - 1n, before: place };
    log.missing += gap.until - gap.from + 1n;
    if (log.gaps.length < MOST_DIFFERENCES) log.gaps.push(gap);
  } else if (sequence === before.sequence) {
    differ("ROW_ADDED", "Another row has the same sequence.");
  } else {
    const expected = nextHead(before, entry).logHash;
    if (expected !== row.log_hash) {
      differ("ROW_CHANGED", "Its hash does not continue the chain over the log.", { expected, found: row.log_hash });
    }
  }
  const stored = storedEventOf(row);
  const metadata = stored.metadata as Metadata;
  const problem = derivedProblem(log.providerId, row, metadata);
  if (problem !== null) differ("ROW_CHANGED", problem);
  const link = log.streams.get(row.stream) ?? { revision: -1n, contentHash: NO_HASH };
  const content = { stream: row.stream, type: row.type, data: stored.data as object, metadata };
  if (entry.revision <= link.revision) {
    differ("ROWS_REORDERED", `It comes after ${row.stream}@${link.revision}.`);
  } else if (row.data !== null) {
    const expected = contentHash(link.contentHash, content);
    // What lies between may be events that no read model is given: the event store says which.
    if (expected !== row.content_hash && entry.revision > link.revision + 1n) {
      log.unlinked.set(place, { ...content, contentHash: row.content_hash });
    } else if (expected !== row.content_hash) {
      differ("ROW_CHANGED", "Its content does not give its content hash.", { expected, found: row.content_hash });
    }
  }
  log.streams.set(row.stream, { revision: entry.revision, contentHash: row.content_hash });
  return { sequence, logHash: row.log_hash };
};

/** What is wrong with the columns that follow from others; null: nothing. */
const derivedProblem = (providerId: string, row: WholeRow, { provider, recordedAt }: Metadata): string | null => {
  if (!isStreamName(row.stream) || parseStreamName(row.stream).provider !== providerId || provider !== providerId) {
    return "It belongs to another provider.";
  }
  if (Number.isNaN(Date.parse(recordedAt)) || row.recorded_at.toISOString() !== new Date(recordedAt).toISOString()) {
    return `Its column recorded_at is not what its metadata say, ${recordedAt}.`;
  }
  return row.month === monthOf(recordedAt) ? null : `Its month is not that of ${recordedAt}.`;
};

/** Where an event is, as differences and people name it. */
export const placeOf = ({
  stream,
  revision,
}: {
  readonly stream: string;
  readonly revision: bigint | string;
}): string => `${stream}@${revision}`;
