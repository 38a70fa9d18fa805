import { type LocalDate } from "#domain/calendar.js";
import { type Queryable } from "../runner/checkpoints.js";

/** Streams of calls that may hold calls of days from one on, recorded up to a place in the log; in their order. */
export const streamsOfCalls = async (
  db: Queryable,
  providerId: string,
  { from, through }: { readonly from: LocalDate; readonly through: bigint },
): Promise<string[]> => {
  const found = await db.query<{ stream: string }[]>(
    // A call is recorded when it was answered, or later; its day begins a day before that of UTC at most, and the clock of
    // an edge is a little ahead.
    `SELECT DISTINCT stream FROM journal
      WHERE provider_id = $1 AND type = 'CallsRecorded' AND commit <= $3
        AND recorded_at >= $2::date::timestamp AT TIME ZONE 'UTC' - interval '2 days'
        AND month >= date_trunc('month', $2::date - 2)
      ORDER BY stream`,
    [providerId, from, through.toString()],
  );
  return found.map(({ stream }) => stream);
};

/** Places in the log of events that recorded calls, by their ids; what is not there is left out. */
export const placesOfCalls = async (
  db: Queryable,
  providerId: string,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> => {
  const found = await db.query<{ event_id: string; commit: string }[]>(
    `SELECT event_id, commit::text FROM journal
      WHERE provider_id = $1 AND type = 'CallsRecorded' AND event_id = ANY($2::uuid[])`,
    [providerId, eventIds],
  );
  return new Map(found.map(({ event_id, commit }) => [event_id, BigInt(commit)]));
};
