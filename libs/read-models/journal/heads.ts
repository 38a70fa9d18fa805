import { type Position } from "#event-store/position.js";
import { streamName, parseStreamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";

/** The customers that have rows of a receivables stream up to a sequence, in the order of their ids. */
export const customersWithReceivables = async (
  db: Queryable,
  providerId: string,
  sequence: string,
): Promise<string[]> => {
  const prefix = streamName(providerId, "receivables", "-").slice(0, -1);
  const found = await db.query<{ stream: string }[]>(
    `SELECT DISTINCT stream FROM journal
      WHERE provider_id = $1 AND stream >= $2 COLLATE "C" AND stream < $3 COLLATE "C" AND sequence <= $4`,
    [providerId, prefix, `${prefix}\u{7f}`, sequence],
  );
  return found.map(({ stream }) => parseStreamName(stream).id).sort();
};

/** How many rows the journal has of a provider up to a sequence: as many as the sequence says, unless some are gone. */
export const rowsUpTo = async (db: Queryable, providerId: string, sequence: string): Promise<bigint> => {
  const [row] = await db.query<{ count: string }[]>(
    "SELECT count(*)::text AS count FROM journal WHERE provider_id = $1 AND sequence <= $2",
    [providerId, sequence],
  );
  return BigInt(row?.count ?? 0);
};

/** Of each stream that has any the first row behind a revision, up to a position of the log. */
export const firstRowsBehind = async (
  db: Queryable,
  providerId: string,
  places: readonly { readonly stream: string; readonly revision: bigint }[],
  through: Position,
): Promise<{ readonly stream: string; readonly revision: bigint }[]> => {
  const rows = await db.query<{ stream: string; revision: string }[]>(
    `SELECT p.stream, min(j.revision)::text AS revision
       FROM unnest($2::text[], $3::bigint[]) AS p (stream, revision)
       JOIN journal j ON j.provider_id = $1 AND j.stream = p.stream AND j.revision > p.revision
      WHERE (j.commit, j.prepare) <= ($4::numeric, $5::numeric) GROUP BY p.stream`,
    [
      ...[providerId, places.map(({ stream }) => stream), places.map(({ revision }) => revision.toString())],
      ...[through.commit.toString(), through.prepare.toString()],
    ],
  );
  return rows.map(({ stream, revision }) => ({ stream, revision: BigInt(revision) }));
};
