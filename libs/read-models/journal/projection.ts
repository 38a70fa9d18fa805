import { eventCategories, type EventCategory } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type Projection } from "../runner/projection.js";
import { escapeTexts, mayNeedEscapes, needsEscapes } from "./escapes.js";
import { EMPTY_LOG, type LogHead, nextHead } from "./log-hash.js";
import { makePartitions, missingIn, monthOf } from "../runner/partitions.js";

export interface JournalOptions {
  /** Categories of which the journal holds hashes and metadata, but no data. */
  readonly hashOnly: readonly EventCategory[];
}

/**
 * Mirrors every event of our streams into the table `journal`, in the order of each provider's log: for SQL, for
 * audits, and as a fast source of rebuilds. Events that no read model is given (of others, or undecodable and
 * quarantined) are not in it.
 */
export const journalOf = ({ hashOnly }: JournalOptions): Projection => ({
  name: "journal",
  version: 1,
  tables: ["journal", "journal_heads"],
  categories: eventCategories,
  async apply(manager, events) {
    const { heads, missing } = await before(manager, events);
    const rows = events.map((event) => {
      const { provider, category } = parseStreamName(event.stream);
      const head = nextHead(heads.get(provider) ?? EMPTY_LOG, {
        ...event,
        contentHash: event.metadata.contentHash,
      });
      heads.set(provider, head);
      return rowOf(event, head, hashOnly.includes(category as EventCategory));
    });
    await makePartitions(manager, "journal", missing);
    await write(manager, rows, heads);
  },
});

/** A row as written: names of columns, numbers as text. */
interface JournalRow {
  readonly provider_id: string;
  readonly sequence: string;
  readonly month: string;
  readonly stream: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
  readonly commit: string;
  readonly prepare: string;
  readonly recorded_at: string;
  readonly metadata: object;
  readonly data: object | null;
  readonly escaped: boolean;
  readonly content_hash: string;
  readonly log_hash: string;
}

const rowOf = (event: RecordedEvent, head: LogHead, hashOnly: boolean): JournalRow => {
  const { contentHash, ...metadata } = event.metadata;
  return {
    provider_id: parseStreamName(event.stream).provider,
    sequence: head.sequence.toString(),
    month: monthOf(metadata.recordedAt),
    stream: event.stream,
    revision: event.revision.toString(),
    event_id: event.id,
    type: event.type,
    commit: event.position.commit.toString(),
    prepare: event.position.prepare.toString(),
    recorded_at: metadata.recordedAt,
    metadata,
    data: hashOnly ? null : (event.stored ?? event.data),
    escaped: false,
    content_hash: contentHash,
    log_hash: head.logHash,
  };
};

const jsonOf = (rows: readonly JournalRow[]): string => {
  const json = JSON.stringify(rows);
  return mayNeedEscapes(json) ? JSON.stringify(rows.map(fitted)) : json;
};

const fitted = (row: JournalRow): JournalRow => {
  const { metadata, data } = row;
  if (!needsEscapes([metadata, data])) return row;
  return { ...row, metadata: escapeTexts(metadata), data: escapeTexts(data), escaped: true };
};

/** Where the log of each provider of some events ends in the journal, and the months that have no partition yet. */
const before = async (
  db: Queryable,
  events: readonly RecordedEvent[],
): Promise<{ readonly heads: Map<string, LogHead>; readonly missing: readonly string[] }> => {
  const [found] = await db.query<
    {
      readonly heads: readonly { readonly provider_id: string; readonly sequence: string; readonly log_hash: string }[];
      readonly missing: readonly string[];
    }[]
  >(
    `SELECT coalesce((SELECT json_agg(json_build_object('provider_id', provider_id, 'sequence', sequence::text,
                                                        'log_hash', log_hash))
                        FROM journal_heads WHERE provider_id = ANY($2::uuid[])), '[]') AS heads,
            ARRAY(SELECT month FROM (${missingIn("journal")}) AS found) AS missing`,
    [
      [...new Set(events.map(({ metadata }) => monthOf(metadata.recordedAt)))],
      [...new Set(events.map(({ stream }) => parseStreamName(stream).provider))],
    ],
  );
  const heads = (found?.heads ?? []).map(
    ({ provider_id, sequence, log_hash }) => [provider_id, { sequence: BigInt(sequence), logHash: log_hash }] as const,
  );
  return { heads: new Map(heads), missing: found?.missing ?? [] };
};

const write = async (
  db: Queryable,
  rows: readonly JournalRow[],
  heads: ReadonlyMap<string, LogHead>,
): Promise<void> => {
  const all = [...heads];
  await db.query(
    `WITH mirrored AS (INSERT INTO journal SELECT * FROM jsonb_populate_recordset(NULL::journal, $4::jsonb))
     INSERT INTO journal_heads (provider_id, sequence, log_hash)
     SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[])
     ON CONFLICT (provider_id) DO UPDATE SET sequence = EXCLUDED.sequence, log_hash = EXCLUDED.log_hash`,
    [
      all.map(([provider]) => provider),
      all.map(([, { sequence }]) => sequence.toString()),
      all.map(([, { logHash }]) => logHash),
      jsonOf(rows),
    ],
  );
};
