import { type Queryable as Session } from "../runner/checkpoints.js";
import { type Queryable } from "./load.js";
import { SHARDS } from "./shards.js";

/** Notification channel that wakes workers when the shared moments or the leases of shards have changed. */
export const BILLING_CHANNEL = "tenure_billing";

/** The leases of a worker after a heartbeat. */
export interface Leases {
  /** Numbers of shards. */
  readonly shards: readonly number[];
  /** The providers whose work it leads, each with the term of its lead. */
  readonly leads: ReadonlyMap<string, Term>;
}

/** Id of one lead of a provider's work, from taking it to losing it: every new lead has another term. */
export type Term = string;

const LEAD = "lead:";
const SHARD = "shard:";

export const leadOf = (provider: string): string => `${LEAD}${provider}`;

/**
 * Heartbeat of a worker, through its session: prolongs its leases by `lastingMs`, ends those of dead workers, and gives
 * or takes shards until each worker has its share; it also takes the lead of providers that have none.
 */
export const beat = async (session: Session, worker: string, lastingMs: number): Promise<Leases> => {
  const rows = await session.query<{ name: string; term: Term }[]>(
    "SELECT lease AS name, lease_term AS term FROM billing_beat($1, make_interval(secs => $2), $3)",
    [worker, lastingMs / 1_000, SHARDS],
  );
  const after = (prefix: string) =>
    rows
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, term }) => [name.slice(prefix.length), term] as const);
  return { shards: after(SHARD).map(([shard]) => Number(shard)), leads: new Map(after(LEAD)) };
};

/** Takes the lead of a provider's work if no worker has it. Returns the term if the worker has it then, else null. */
export const takeLead = async (session: Session, worker: string, provider: string): Promise<Term | null> => {
  const rows = await session.query<{ worker: string; term: Term }[]>(
    `WITH taken AS (
       INSERT INTO billing_leases (name, worker) SELECT $2, w.worker FROM billing_workers w WHERE w.worker = $1
       ON CONFLICT (name) DO NOTHING RETURNING worker, term
     )
     SELECT worker, term FROM taken UNION ALL SELECT worker, term FROM billing_leases WHERE name = $2`,
    [worker, leadOf(provider)],
  );
  const [lease] = rows;
  return lease?.worker === worker ? lease.term : null;
};

/** Ends all leases of the worker, and notifies the others. */
export const leave = async (session: Session, worker: string): Promise<void> => {
  await session.query("DELETE FROM billing_workers WHERE worker = $1", [worker]);
  await session.query("SELECT pg_notify($1, '')", [BILLING_CHANNEL]);
};

/** A phase of a moment that a provider's workers work on together. */
export interface SharedMoment {
  readonly provider_id: string;
  readonly phase: string;
  readonly moment: string;
  readonly now: string;
}

export const listMoments = (db: Queryable): Promise<SharedMoment[]> =>
  db.query<SharedMoment[]>(
    `SELECT m.* FROM billing_moments m
      WHERE EXISTS (SELECT FROM billing_leases l WHERE l.name = '${LEAD}' || m.provider_id)`,
  );

/** Publishes a phase to be worked on, if the lead still lasts. Returns whether it was published. */
export const publishMoment = async (db: Queryable, term: Term, shared: SharedMoment): Promise<boolean> => {
  const { provider_id, phase, moment, now } = shared;
  const rows = await db.query<unknown[]>(
    `WITH published AS (
       INSERT INTO billing_moments (provider_id, phase, moment, now)
       SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT FROM billing_leases WHERE name = $5 AND term = $6)
       ON CONFLICT (provider_id) DO UPDATE SET phase = EXCLUDED.phase, moment = EXCLUDED.moment, now = EXCLUDED.now
       RETURNING provider_id
     )
     SELECT pg_notify('${BILLING_CHANNEL}', provider_id::text) FROM published`,
    [provider_id, phase, moment, now, leadOf(provider_id), term],
  );
  return rows.length > 0;
};

export const withdrawMoment = async (db: Queryable, term: Term, provider: string): Promise<void> => {
  await db.query(
    `DELETE FROM billing_moments WHERE provider_id = $1
        AND EXISTS (SELECT FROM billing_leases WHERE name = $2 AND term = $3)`,
    [provider, leadOf(provider), term],
  );
};
