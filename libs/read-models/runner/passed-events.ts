import { type Queryable } from "./checkpoints.js";
import { toJsonb } from "./fit.js";

/** An event in a stream of ours that no read model applies: a foreign event, or a quarantined one. */
export interface PassedEvent {
  readonly provider: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly why: "FOREIGN" | "QUARANTINED";
}

/** Key of an event in sets. */
export const placeOf = ({ stream, revision }: { readonly stream: string; readonly revision: bigint }): string =>
  `${stream}@${revision}`;

export const writePassed = async (db: Queryable, events: readonly PassedEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const rows = events.map(({ provider, stream, revision, id, type, why }) => ({
    provider_id: provider,
    stream,
    revision: revision.toString(),
    event_id: id,
    event_type: type,
    why,
  }));
  await db.query(
    `INSERT INTO passed_events (stream, revision, provider_id, event_id, event_type, why)
     SELECT stream, revision, provider_id, event_id, event_type, why
       FROM jsonb_populate_recordset(NULL::passed_events, $1::jsonb)
     ON CONFLICT (stream, revision) DO UPDATE SET why = EXCLUDED.why`,
    [toJsonb(rows)],
  );
};

/**
 * The last revision known of a stream: of what a row was built from, or of the passed events that directly follow it.
 * Those behind a gap do not count: another projection may have passed them over before this one has seen what is in it.
 * @param passed revisions of passed events of the stream, ascending
 */
export const lastKnown = (revision: bigint, passed: readonly string[]): bigint =>
  passed.map(BigInt).reduce((last, next) => (next === last + 1n ? next : last), revision);

/** Whether the event before this one in its stream was passed over, so that its revision is missing for a reason. */
export const followsPassed = async (
  db: Queryable,
  { stream, revision }: { readonly stream: string; readonly revision: bigint },
): Promise<boolean> => {
  const rows = await db.query<unknown[]>("SELECT FROM passed_events WHERE stream = $1 AND revision = $2", [
    stream,
    (revision - 1n).toString(),
  ]);
  return rows.length > 0;
};

/** The passed-over events of a provider. */
export const listPassed = async (db: Queryable, provider: string): Promise<PassedEvent[]> => {
  const rows = await db.query<
    { stream: string; revision: string; event_id: string; event_type: string; why: PassedEvent["why"] }[]
  >("SELECT * FROM passed_events WHERE provider_id = $1 ORDER BY stream, revision", [provider]);
  return rows.map(({ stream, revision, event_id, event_type, why }) => ({
    provider,
    stream,
    revision: BigInt(revision),
    id: event_id,
    type: event_type,
    why,
  }));
};
