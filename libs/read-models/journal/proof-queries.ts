import { type Position } from "#event-store/position.js";
import { type Queryable } from "../runner/checkpoints.js";
import { JOURNAL_COLUMNS, type JournalRow } from "./queries.js";

/** How far the journal reaches, all as of one moment. */
export interface JournalExtent {
  /** Up to here it holds the log; null: nothing was ever projected into it. */
  readonly position: Position | null;
  readonly providers: readonly ProviderExtent[];
}

export interface ProviderExtent {
  readonly providerId: string;
  /** The entry after which the next one comes; null: none is recorded. */
  readonly head: { readonly sequence: bigint; readonly logHash: string } | null;
  /** Greatest sequence of a row; 0: there is none. */
  readonly lastSequence: bigint;
  /** Where the provider is stalled: its rows stop here. Null: they go on to the journal's position. */
  readonly stalledAt: Position | null;
}

interface ExtentAnswer {
  readonly commit: string | null;
  readonly prepare: string | null;
  readonly providers: readonly {
    readonly provider: string;
    readonly sequence: string | null;
    readonly logHash: string | null;
    readonly last: string;
    readonly commit: string | null;
    readonly prepare: string | null;
  }[];
}

/** One statement, so that all of it is of one moment. Providers are found from row to row, by the primary key. */
export const journalExtent = async (db: Queryable, providerId: string | null): Promise<JournalExtent> => {
  const [answer] = await db.query<ExtentAnswer[]>(
    `WITH RECURSIVE logs (provider_id) AS (
       (SELECT provider_id FROM journal ORDER BY provider_id LIMIT 1)
       UNION ALL
       SELECT (SELECT j.provider_id FROM journal j WHERE j.provider_id > logs.provider_id
                ORDER BY j.provider_id LIMIT 1)
         FROM logs WHERE logs.provider_id IS NOT NULL
     ), known (provider_id) AS (
       SELECT provider_id FROM logs WHERE provider_id IS NOT NULL
       UNION SELECT provider_id FROM journal_heads
       UNION SELECT provider_id FROM projection_stalls WHERE projection = 'journal'
     )
     SELECT c.commit, c.prepare, coalesce((
       SELECT json_agg(json_build_object(
                'provider', k.provider_id, 'sequence', h.sequence::text, 'logHash', h.log_hash,
                'last', (SELECT coalesce(max(j.sequence), 0)::text FROM journal j WHERE j.provider_id = k.provider_id),
                'commit', s.commit::text, 'prepare', s.prepare::text) ORDER BY k.provider_id)
         FROM known k
         LEFT JOIN journal_heads h USING (provider_id)
         LEFT JOIN projection_stalls s ON s.projection = 'journal' AND s.provider_id = k.provider_id
        WHERE $1::uuid IS NULL OR k.provider_id = $1), '[]') AS providers
       FROM (SELECT) AS always LEFT JOIN projection_checkpoints c ON c.name = 'journal'`,
    [providerId],
  );
  return {
    position: positionOf(answer),
    providers: (answer?.providers ?? []).map(({ provider, sequence, logHash, last, ...stall }) => ({
      providerId: provider,
      head: sequence === null || logHash === null ? null : { sequence: BigInt(sequence), logHash },
      lastSequence: BigInt(last),
      stalledAt: positionOf(stall),
    })),
  };
};

const positionOf = (place: Pick<ExtentAnswer, "commit" | "prepare"> | undefined): Position | null =>
  !place || place.commit === null || place.prepare === null
    ? null
    : { commit: BigInt(place.commit), prepare: BigInt(place.prepare) };

/** A row with the columns that are derived from others. */
export interface WholeRow extends JournalRow {
  /** Date. */
  readonly month: string;
  readonly recorded_at: Date;
}

/**
 * Whole rows of a provider, in order.
 * @param after the row after which they begin; null: from the first on. By month too: no index keeps somebody from adding
 * a row with a sequence that another month has.
 */
export const wholeRows = (
  db: Queryable,
  {
    providerId,
    after,
    through,
    limit,
  }: Omit<RowsOf, "after"> & { readonly after: Pick<WholeRow, "sequence" | "month"> | null },
): Promise<WholeRow[]> =>
  db.query(
    `SELECT ${JOURNAL_COLUMNS}, month, recorded_at FROM journal
      WHERE provider_id = $1 AND (sequence, month) > ($2::bigint, $3::date) AND sequence <= $4
      ORDER BY sequence, month LIMIT $5`,
    [providerId, after?.sequence ?? "0", after?.month ?? "-infinity", through.toString(), limit],
  );

export interface RowsOf {
  readonly providerId: string;
  /** Exclusive, by sequence. */
  readonly after: bigint;
  /** Inclusive, by sequence. */
  readonly through: bigint;
  readonly limit: number;
}

/** What a row says about its place and its content, without them. */
export interface Entry {
  readonly sequence: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
  readonly type: string;
  readonly position: Position;
  readonly recordedAt: Date;
  readonly contentHash: string;
  readonly logHash: string;
}

type EntryRow = Omit<WholeRow, "metadata" | "data" | "escaped" | "month">;

const ENTRY =
  "j.sequence, j.stream, j.revision, j.event_id, j.type, j.commit, j.prepare, j.recorded_at, j.content_hash, j.log_hash";

const toEntry = (row: EntryRow): Entry => ({
  sequence: BigInt(row.sequence),
  stream: row.stream,
  revision: BigInt(row.revision),
  eventId: row.event_id,
  type: row.type,
  position: { commit: BigInt(row.commit), prepare: BigInt(row.prepare) },
  recordedAt: row.recorded_at,
  contentHash: row.content_hash,
  logHash: row.log_hash,
});

/** Entries of a provider, in order. */
export const entriesOf = async (db: Queryable, { providerId, after, through, limit }: RowsOf): Promise<Entry[]> => {
  const rows = await db.query<EntryRow[]>(
    `SELECT ${ENTRY} FROM journal j
      WHERE j.provider_id = $1 AND j.sequence > $2 AND j.sequence <= $3 ORDER BY j.sequence, j.month LIMIT $4`,
    [providerId, after.toString(), through.toString(), limit],
  );
  return rows.map(toEntry);
};

/** Entries at some places of streams; of several at one place the first. */
export const entriesAt = async (
  db: Queryable,
  providerId: string,
  places: readonly { readonly stream: string; readonly revision: bigint }[],
): Promise<Entry[]> => {
  if (places.length === 0) return [];
  const rows = await db.query<EntryRow[]>(
    `SELECT DISTINCT ON (j.stream, j.revision) ${ENTRY}
       FROM unnest($2::text[], $3::bigint[]) AS p (stream, revision)
       JOIN journal j ON j.provider_id = $1 AND j.stream = p.stream AND j.revision = p.revision
      ORDER BY j.stream, j.revision, j.sequence`,
    [providerId, places.map(({ stream }) => stream), places.map(({ revision }) => revision.toString())],
  );
  return rows.map(toEntry);
};

/** The last entry of a stream before a revision; null: it has none. */
export const entryBefore = async (
  db: Queryable,
  providerId: string,
  stream: string,
  revision: bigint,
): Promise<Entry | null> => {
  const [row] = await db.query<EntryRow[]>(
    `SELECT ${ENTRY} FROM journal j WHERE j.provider_id = $1 AND j.stream = $2 AND j.revision < $3
      ORDER BY j.revision DESC, j.sequence LIMIT 1`,
    [providerId, stream, revision.toString()],
  );
  return row ? toEntry(row) : null;
};

/** The entry of a stream with a content; null: none has it. */
export const entryWith = async (
  db: Queryable,
  providerId: string,
  stream: string,
  contentHash: string,
): Promise<Entry | null> => {
  const [row] = await db.query<EntryRow[]>(
    `SELECT ${ENTRY} FROM journal j WHERE j.provider_id = $1 AND j.stream = $2 AND j.content_hash = $3
      ORDER BY j.sequence LIMIT 1`,
    [providerId, stream, contentHash],
  );
  return row ? toEntry(row) : null;
};
