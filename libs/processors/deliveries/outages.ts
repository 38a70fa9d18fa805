import { type DataSource } from "typeorm";
import { type Queryable } from "#read-models/runner/checkpoints.js";
import { fit } from "#read-models/runner/fit.js";
import { type TargetName } from "./target.js";

/** A target that did not answer a provider, with the right to ask it whether it is back. */
export interface Probe {
  readonly provider: string;
  /** How often it was asked in vain. */
  readonly probes: number;
  readonly since: Date;
}

/** A target that does not answer a provider, for operators. */
export interface Outage {
  readonly provider: string;
  readonly target: TargetName;
  readonly since: Date;
  readonly error: string;
}

/** Notes that a target does not answer. Returns true for the first to say so: it is said once. */
export const noteOutage = async (
  dataSource: DataSource,
  { provider, target, since, error }: Outage,
  probeAt: Date,
): Promise<boolean> => {
  const noted = await dataSource.query<unknown[]>(
    `INSERT INTO delivery_outages (provider_id, target, since, error, probes, probe_at) VALUES ($1, $2, $3, $4, 0, $5)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [provider, target, since, fit(error), probeAt],
  );
  return noted.length === 1;
};

/** Takes the right to ask one target that is due to be asked; undefined: none is. It lasts as long as the session. */
export const takeProbe = async (
  session: Queryable,
  target: TargetName,
  now: Date,
  forMs: number,
): Promise<Probe | undefined> => {
  const [row] = await session.query<{ provider_id: string; probes: number; since: Date }[]>(
    `UPDATE delivery_outages t SET probing_until = now() + make_interval(secs => $3), prober = this_session()
       FROM (SELECT o.provider_id FROM delivery_outages o
              WHERE o.target = $1 AND o.probe_at <= $2
                AND (o.probing_until IS NULL OR o.probing_until < now() OR NOT session_lasts(o.prober))
                AND EXISTS (SELECT FROM deliveries d WHERE d.provider_id = o.provider_id AND d.target = o.target
                               AND d.status = 'PENDING' AND NOT d.stub)
              ORDER BY o.probe_at LIMIT 1 FOR UPDATE SKIP LOCKED) due
      WHERE t.provider_id = due.provider_id AND t.target = $1
      RETURNING t.provider_id, t.probes, t.since`,
    [target, now, forMs / 1_000],
  );
  return row && { provider: row.provider_id, probes: row.probes, since: row.since };
};

/** The target is asked again, not before that time. @param probes how often it was asked in vain */
export const stillOut = async (
  dataSource: DataSource,
  target: TargetName,
  provider: string,
  probes: number,
  probeAt: Date,
): Promise<void> => {
  await dataSource.query(
    `UPDATE delivery_outages SET probing_until = NULL, prober = NULL, probe_at = $3, probes = $4
      WHERE provider_id = $1 AND target = $2`,
    [provider, target, probeAt, probes],
  );
};

/** Since when a delivery counts as failing, once an outage is over: the time of the outage counts for nothing. */
export const withoutOutage = (failingSince: Date | null, since: Date, now: Date): Date | null =>
  failingSince && new Date(failingSince.getTime() + now.getTime() - Math.max(since.getTime(), failingSince.getTime()));

/**
 * The target answers again. The time that it did not counts for nobody: a delivery that had begun to fail before has as
 * long as it had then. Returns true for the first to say so.
 */
export const endOutage = async (
  dataSource: DataSource,
  provider: string,
  target: TargetName,
  now: Date,
): Promise<boolean> =>
  dataSource.transaction(async (manager) => {
    const [ended] = await manager.query<[{ since: Date }[], number]>(
      "DELETE FROM delivery_outages WHERE provider_id = $1 AND target = $2 RETURNING since",
      [provider, target],
    );
    const [outage] = ended;
    if (!outage) return false;
    await manager.query(
      `UPDATE deliveries SET failing_since = failing_since + ($3::timestamptz - greatest($4::timestamptz, failing_since))
        WHERE provider_id = $1 AND target = $2 AND status = 'PENDING' AND failing_since IS NOT NULL`,
      [provider, target, now, outage.since],
    );
    return true;
  });

/** Targets that do not answer, of one provider or of all. */
export const listOutages = async (dataSource: DataSource, provider: string | null = null): Promise<Outage[]> => {
  const rows = await dataSource.query<{ provider_id: string; target: TargetName; since: Date; error: string }[]>(
    `SELECT provider_id, target, since, error FROM delivery_outages
      WHERE $1::uuid IS NULL OR provider_id = $1 ORDER BY since, provider_id, target`,
    [provider],
  );
  return rows.map(({ provider_id, ...outage }) => ({ ...outage, provider: provider_id }));
};
