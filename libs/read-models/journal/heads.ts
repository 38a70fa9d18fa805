import { positionToText } from "#event-store/position.js";
import { streamName, parseStreamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";

/** How far the journal of a provider goes. */
export interface JournalHead {
  /** Of the last entry; decimal text. */
  readonly sequence: string;
  readonly logHash: string;
  /** Log position of that entry, as text. */
  readonly position: string;
}

/** Null: the journal has nothing of the provider. */
export const journalHead = async (db: Queryable, providerId: string): Promise<JournalHead | null> => {
  const [head] = await db.query<{ sequence: string; log_hash: string; commit: string; prepare: string }[]>(
    `SELECT h.sequence::text, h.log_hash, j.commit::text, j.prepare::text FROM journal_heads h
       JOIN journal j ON j.provider_id = h.provider_id AND j.sequence = h.sequence WHERE h.provider_id = $1`,
    [providerId],
  );
  if (!head) return null;
  const position = positionToText({ commit: BigInt(head.commit), prepare: BigInt(head.prepare) });
  return { sequence: head.sequence, logHash: head.log_hash, position };
};

/** The customers that have a receivables stream as far as the head goes, in the order of their ids. */
export const customersWithReceivables = async (
  db: Queryable,
  providerId: string,
  { sequence }: Pick<JournalHead, "sequence">,
): Promise<string[]> => {
  const prefix = streamName(providerId, "receivables", "-").slice(0, -1);
  const found = await db.query<{ stream: string }[]>(
    `SELECT DISTINCT stream FROM journal
      WHERE provider_id = $1 AND revision = 0 AND stream >= $2 COLLATE "C" AND stream < $3 COLLATE "C"
        AND sequence <= $4`,
    [providerId, prefix, `${prefix}\u{7f}`, sequence],
  );
  return found.map(({ stream }) => parseStreamName(stream).id).sort();
};
