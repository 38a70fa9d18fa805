import { type Instant } from "#domain/calendar.js";
import { eventTypes } from "#event-store/catalogue.js";
import { decode, type StoredEvent } from "#event-store/codec.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type Queryable } from "../runner/checkpoints.js";
import { unescapeTexts } from "./escapes.js";

export interface JournalQuery {
  /** Whose log (uuid). */
  readonly providerId: string;
  /** Only events of these streams. Default: of all. */
  readonly streams?: readonly string[];
  /** Exclusive. Default: from the first event on. */
  readonly afterSequence?: bigint;
  /**
   * Of each stream the events up to the last one with `recordedAt` at or before it. Default: all. Cheap with `streams`;
   * without, the provider's whole log is looked at.
   */
  readonly knownAt?: Instant;
  /** At most this many events. */
  readonly limit: number;
}

export interface JournalPage {
  /** Decoded, and upcast to the current version of their types, as the event store's adapter gives them. In log order. */
  readonly events: readonly RecordedEvent[];
  /** Place of the page's last event in the provider's log: where the next page begins. Null: the page is empty. */
  readonly lastSequence: bigint | null;
}

/** The journal holds no data of an event that was asked for: its category is mirrored as hash only. */
export class JournalHoldsNoData extends Error {
  override readonly name = "JournalHoldsNoData";
  constructor(
    readonly stream: string,
    readonly revision: bigint,
  ) {
    super(`The journal holds only the hash of ${stream}@${revision}`);
  }
}

/** What the journal holds of an event itself, as `SELECT ${STORED_COLUMNS}` gives it: numbers as text. */
export interface JournalEventRow {
  readonly stream: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
  readonly commit: string;
  readonly prepare: string;
  readonly metadata: object;
  readonly data: object | null;
  readonly escaped: boolean;
  readonly content_hash: string;
}

/** A row of the journal as `SELECT ${JOURNAL_COLUMNS}` gives it: with its place in the provider's log. */
export interface JournalRow extends JournalEventRow {
  readonly sequence: string;
  readonly log_hash: string;
}

/** What {@link JournalEventRow} holds. */
export const STORED_COLUMNS =
  "stream, revision, event_id, type, commit, prepare, metadata, data, escaped, content_hash";

/** What {@link JournalRow} holds. */
export const JOURNAL_COLUMNS = `sequence, log_hash, ${STORED_COLUMNS}`;

/**
 * Events of a provider from the journal, in the order of its log. It holds what the projection `journal` has reached:
 * whoever needs all waits for that first.
 * @throws JournalHoldsNoData
 * @throws UndecodableEvent for an event that a newer program has written
 */
export const readJournal = async (db: Queryable, query: JournalQuery): Promise<JournalPage> => {
  const { providerId, streams, afterSequence = 0n, knownAt, limit } = query;
  const parameters: unknown[] = [providerId, afterSequence.toString(), limit];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const ofStreams = streams === undefined ? "" : `AND j.stream = ANY(${parameter(streams)})`;
  const known =
    knownAt === undefined
      ? ""
      : `JOIN (SELECT j.stream, max(j.revision) AS last FROM journal j
                WHERE j.provider_id = $1 ${ofStreams} AND j.recorded_at <= ${parameter(knownAt)}
                GROUP BY j.stream) known ON known.stream = j.stream AND j.revision <= known.last`;
  const columns = JOURNAL_COLUMNS.split(", ").map((column) => `j.${column}`);
  const rows = await db.query<JournalRow[]>(
    `SELECT ${columns.join(", ")} FROM journal j ${known}
      WHERE j.provider_id = $1 AND j.sequence > $2 ${ofStreams} ORDER BY j.sequence LIMIT $3`,
    parameters,
  );
  const last = rows.at(-1);
  return { events: rows.map(eventOf), lastSequence: last === undefined ? null : BigInt(last.sequence) };
};

/**
 * The event of a row, as it was stored. Data that is not held is null. The row's metadata become the event's: a copy would
 * take longer than reading them.
 */
export const storedEventOf = (row: JournalEventRow): StoredEvent => {
  const { stream, revision, event_id: id, type, commit, prepare, data, escaped, content_hash: contentHash } = row;
  return {
    stream,
    revision: BigInt(revision),
    id,
    type,
    position: { commit: BigInt(commit), prepare: BigInt(prepare) },
    data: escaped ? unescapeTexts(data) : data,
    metadata: Object.assign(escaped ? unescapeTexts(row.metadata) : row.metadata, { contentHash }),
  };
};

/**
 * The event of a row, decoded and upcast.
 * @throws JournalHoldsNoData, UndecodableEvent
 */
export const eventOf = (row: JournalEventRow): RecordedEvent => {
  if (row.data === null) throw new JournalHoldsNoData(row.stream, BigInt(row.revision));
  return decode(eventTypes, storedEventOf(row));
};
