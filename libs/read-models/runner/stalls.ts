import { type Position, positionToText } from "#event-store/position.js";
import { type Queryable } from "./checkpoints.js";
import { toJsonb } from "./fit.js";

/** An event that read models cannot apply. */
export interface BadEvent {
  readonly provider: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * A projection's rows of one provider have stopped before an event that it cannot apply; those of other providers go
 * on. The stall ends when the event is quarantined, or when a newer version of the program can apply it.
 */
export interface Stall {
  readonly projection: string;
  readonly providerId: string;
  /** The rows include the provider's events up to this position. */
  readonly position: Position;
  readonly event: BadEvent;
  /** ISO instant. */
  readonly since: string;
}

/** A stall as operators are shown it. */
export interface ShownStall {
  readonly provider: string;
  readonly readModel: string;
  /** Up to here the provider's events are shown, as `commit/prepare`. */
  readonly position: string;
  /** The event before which the rows stop. */
  readonly event: { readonly stream: string; readonly revision: string; readonly id: string; readonly type: string };
  readonly reason: string;
  /** ISO instant. */
  readonly since: string;
}

export const shownStall = ({ projection, providerId, position, event, since }: Stall): ShownStall => ({
  provider: providerId,
  readModel: projection,
  position: positionToText(position),
  event: { stream: event.stream, revision: event.revision.toString(), id: event.id, type: event.type },
  reason: event.reason,
  since,
});

/** How many providers are stalled in some read model. */
export const countStalled = async (db: Queryable): Promise<number> => {
  const [row] = await db.query<{ count: string }[]>(
    "SELECT count(DISTINCT provider_id) AS count FROM projection_stalls",
  );
  return Number(row?.count ?? 0);
};

interface StallRow {
  readonly projection: string;
  readonly provider_id: string;
  readonly commit: string;
  readonly prepare: string;
  readonly event_commit: string;
  readonly event_prepare: string;
  readonly stream: string;
  readonly revision: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly reason: string;
  readonly since: Date;
}

const toStall = (row: StallRow): Stall => ({
  projection: row.projection,
  providerId: row.provider_id,
  position: { commit: BigInt(row.commit), prepare: BigInt(row.prepare) },
  event: {
    provider: row.provider_id,
    stream: row.stream,
    revision: BigInt(row.revision),
    position: { commit: BigInt(row.event_commit), prepare: BigInt(row.event_prepare) },
    id: row.event_id,
    type: row.event_type,
    reason: row.reason,
  },
  since: row.since.toISOString(),
});

/** Stalls of one provider or of all. */
export const listStalls = async (db: Queryable, provider?: string): Promise<Stall[]> => {
  const rows = await db.query<StallRow[]>(
    `SELECT * FROM projection_stalls WHERE $1::uuid IS NULL OR provider_id = $1 ORDER BY projection, provider_id`,
    [provider ?? null],
  );
  return rows.map(toStall);
};

/** The provider's read models lack recorded events: nothing that is recorded may be derived from them. */
export class ProviderStalled extends Error {
  override readonly name = "ProviderStalled";
}

/** @throws ProviderStalled when the provider is stalled in any projection */
export const requireNotStalled = async (db: Queryable, provider: string): Promise<void> => {
  const [stall] = await listStalls(db, provider);
  if (stall) throw stalledIn(stall);
};

export const stalledIn = ({ projection, providerId, event }: Stall): ProviderStalled =>
  new ProviderStalled(
    `Provider ${providerId} is stalled in ${projection} before ${event.stream}@${event.revision}: ${event.reason}`,
  );

/** Records that a provider's rows stop at a position, or that another event now stops them. */
export const writeStalls = async (
  db: Queryable,
  projection: string,
  stalls: readonly { readonly event: BadEvent; readonly position: Position }[],
): Promise<void> => {
  if (stalls.length === 0) return;
  const rows = stalls.map(({ event, position }) => ({
    projection,
    provider_id: event.provider,
    commit: position.commit.toString(),
    prepare: position.prepare.toString(),
    event_commit: event.position.commit.toString(),
    event_prepare: event.position.prepare.toString(),
    stream: event.stream,
    revision: event.revision.toString(),
    event_id: event.id,
    event_type: event.type,
    reason: event.reason,
    since: new Date().toISOString(),
  }));
  await db.query(
    `INSERT INTO projection_stalls SELECT * FROM jsonb_populate_recordset(NULL::projection_stalls, $1::jsonb)
     ON CONFLICT (projection, provider_id) DO UPDATE SET commit = EXCLUDED.commit, prepare = EXCLUDED.prepare,
       event_commit = EXCLUDED.event_commit, event_prepare = EXCLUDED.event_prepare, stream = EXCLUDED.stream,
       revision = EXCLUDED.revision, event_id = EXCLUDED.event_id, event_type = EXCLUDED.event_type,
       reason = EXCLUDED.reason`,
    [toJsonb(rows)],
  );
};
