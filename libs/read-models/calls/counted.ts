import { type LocalDate } from "#domain/calendar.js";
import { type Queryable } from "../runner/checkpoints.js";

/** Up to where a close counted: days before one, and the place in the log of the last event that counts. */
export interface Reach {
  readonly before: LocalDate;
  readonly place: bigint;
}

/** The rated calls of an account that a close counted, as the list of calls has them, with what they cost at first. */
export const callsCounted = async (
  db: Queryable,
  { providerId, accountId }: Readonly<Record<"providerId" | "accountId", string>>,
  reach: Reach,
  previous: Reach | null,
): Promise<ReadonlyMap<string, string>> => {
  const found = await db.query<{ key: string; amount: string }[]>(
    `SELECT id AS key, coalesce(amount_at_first, amount)::text AS amount FROM xdrs
      WHERE provider_id = $1 AND account_id = $2 AND state = 'RATED' AND day < $3::date AND recorded_commit <= $4
        AND NOT (day < $5::date AND recorded_commit <= $6) ORDER BY id`,
    [
      ...[providerId, accountId, reach.before, reach.place.toString()],
      ...[previous?.before ?? "-infinity", previous?.place.toString() ?? "-1"],
    ],
  );
  return new Map(found.map(({ key, amount }) => [key, amount]));
};
