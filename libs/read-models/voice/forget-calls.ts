import { type Queryable } from "../runner/checkpoints.js";
import { isRecorded } from "./open-calls.js";

export interface Kept {
  /** Failed calls, after they were told, and open ones, after their end was missing. */
  readonly days: number;
  /** Failed calls of a provider, the latest. */
  readonly failedCalls: number;
}

/** Failed calls of a provider that are kept, the latest. */
export const MOST_FAILED_CALLS = 1_000_000;

/**
 * Removes, of all providers, failed calls that are too old or too many, and open ones that are recorded or whose end has
 * been missing for too long.
 * @returns how many
 */
export const forgetCallProgress = async (db: Queryable, { days, failedCalls }: Kept): Promise<number> => {
  const ago = "clock_timestamp() - make_interval(days => $1)";
  let gone =
    (await removeRows(db, "failed_calls", `t.told_at < ${ago}`, [days])) +
    (await removeRows(db, "open_calls", `t.overdue_at < ${ago}`, [days])) +
    (await removeRows(db, "open_calls", isRecorded, []));
  const tooMany = await db.query<{ provider: string }[]>(
    "SELECT provider_id AS provider FROM failed_calls GROUP BY provider_id HAVING count(*) > $1",
    [failedCalls],
  );
  for (const { provider } of tooMany) gone += await removeFailedBeyond(db, provider, failedCalls);
  return gone;
};

/** Removes what a provider has of failed calls beyond the latest. @returns how many */
const removeFailedBeyond = async (db: Queryable, providerId: string, most: number): Promise<number> => {
  const [first] = await db.query<{ failed: string; id: string }[]>(
    `SELECT failed::text, id FROM failed_calls WHERE provider_id = $1 ORDER BY failed DESC, id DESC OFFSET $2 LIMIT 1`,
    [providerId, most],
  );
  if (!first) return 0;
  const isOlder = "t.provider_id = $1 AND (t.failed, t.id) <= ($2::timestamptz, $3::uuid)";
  return removeRows(db, "failed_calls", isOlder, [providerId, first.failed, first.id]);
};

/** Rows that are removed at once. */
const MOST_AT_ONCE = 10_000;

/**
 * What others remove meanwhile is left to them.
 * @param which SQL: rows `t`
 */
const removeRows = async (db: Queryable, table: string, which: string, parameters: unknown[]): Promise<number> => {
  for (let gone = 0; ;) {
    const [found] = await db.query<{ removed: string }[]>(
      `WITH old AS (
         SELECT provider_id, id FROM ${table} t WHERE ${which} LIMIT ${MOST_AT_ONCE} FOR UPDATE OF t SKIP LOCKED
       ), removed AS (
         DELETE FROM ${table} t USING old WHERE t.provider_id = old.provider_id AND t.id = old.id RETURNING 1
       )
       SELECT count(*) AS removed FROM removed`,
      parameters,
    );
    const removed = Number(found?.removed ?? 0);
    gone += removed;
    if (removed < MOST_AT_ONCE) return gone;
  }
};

/** How many more failed calls of a provider one process keeps until it removes the oldest. */
const BEYOND = 50_000;

/**
 * Keeps failed calls within bounds while they are told: a flood of them fills no disk before they are looked after the
 * next time. One per process.
 */
export class FailedCallsBound {
  /** By provider: how many were told since it was looked after. */
  readonly #told = new Map<string, number>();

  constructor(
    private readonly db: Queryable,
    private readonly most = MOST_FAILED_CALLS,
    private readonly beyond = BEYOND,
  ) {}

  /** To be called once so many were kept, new or not. */
  async kept(providerId: string, count: number): Promise<void> {
    const told = (this.#told.get(providerId) ?? 0) + count;
    if (told < this.beyond) {
      this.#told.set(providerId, told);
      return;
    }
    // Before: reports that come meanwhile do not wait for the same.
    this.#told.delete(providerId);
    try {
      await removeFailedBeyond(this.db, providerId, this.most);
    } catch (error) {
      this.#told.set(providerId, told);
      throw error;
    }
  }
}
