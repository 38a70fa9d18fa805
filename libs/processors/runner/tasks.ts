import { type DataSource, type EntityManager } from "typeorm";
import { type OpenTasks } from "#application/processes/context.js";
import { type Instant } from "#domain/calendar.js";
import { type Position } from "#event-store/position.js";
import { type Queryable } from "#read-models/runner/checkpoints.js";
import { type Call, type Processor, recordedBy } from "./processor.js";

/** Notification channel that wakes the processes that run tasks. */
export const TASKS_CHANNEL = "tenure_tasks";

/** A task that a runner has taken. */
export interface TakenTask {
  readonly processor: string;
  readonly provider_id: string;
  readonly key: string;
  readonly data: object;
  readonly commit: string;
  readonly prepare: string;
  readonly calls: number;
  readonly attempts: number;
  /** The runner's session, and until when it has the task: together they are those of one run alone. */
  readonly runner: string;
  readonly running_until: string;
}

/** A task whose last attempt failed, for an operator. */
export interface ParkedTask {
  readonly processor: string;
  readonly provider_id: string;
  readonly key: string;
  readonly data: object;
  readonly attempts: number;
  readonly error: string;
  /** When it was parked. */
  readonly updated_at: Date;
}

/**
 * Moves the processor's cursor from the expected position to the last of some events, and creates a task for each of
 * their calls, or reopens the subject's task: a task in progress runs again afterwards. One statement. Returns false,
 * and changes nothing, when the cursor is at another position.
 * @param calls at most one for each subject
 */
export const recordCalls = async (
  manager: EntityManager,
  processor: string,
  calls: readonly Call[],
  expected: Position,
  last: Position,
): Promise<boolean> => {
  const rows = calls.map(({ provider, key, data, dueAt, onlyAgain = false }) => ({
    provider_id: provider,
    key,
    data,
    due_at: dueAt ?? null,
    only_again: onlyAgain,
  }));
  const [answer] = await manager.query<{ moved: boolean }[]>(
    `WITH moved AS (
       UPDATE processor_cursors SET commit = $3, prepare = $4
        WHERE processor = $1 AND commit = $5 AND prepare = $6 RETURNING processor
     ), called AS (
       SELECT c.* FROM moved, jsonb_to_recordset($2::jsonb)
           AS c (provider_id uuid, key text, data jsonb, due_at text, only_again boolean)
     ), opened AS (
       INSERT INTO processor_tasks AS t (processor, provider_id, key, status, data, commit, prepare, due_at, calls,
                                         attempts, not_before, updated_at)
       SELECT $1, c.provider_id, c.key, 'OPEN', c.data, $3, $4, c.due_at, 1, 0, now(), now() FROM called c
        WHERE NOT c.only_again OR EXISTS (SELECT FROM processor_tasks k
                WHERE k.processor = $1 AND k.provider_id = c.provider_id AND k.key = c.key)
       ON CONFLICT (processor, provider_id, key) DO UPDATE
         SET status = 'OPEN', data = EXCLUDED.data, commit = EXCLUDED.commit, prepare = EXCLUDED.prepare,
             due_at = CASE WHEN t.status = 'OPEN' AND (t.due_at IS NULL OR EXCLUDED.due_at IS NULL) THEN NULL
                           WHEN t.status = 'OPEN' THEN least(t.due_at, EXCLUDED.due_at)
                           ELSE EXCLUDED.due_at END,
             calls = t.calls + 1, attempts = 0, error = NULL, not_before = now(), updated_at = now()
       RETURNING 1
     )
     SELECT EXISTS (SELECT FROM moved) AS moved,
            (SELECT pg_notify('${TASKS_CHANNEL}', '') FROM opened LIMIT 1) AS told`,
    [
      processor,
      JSON.stringify(rows),
      last.commit.toString(),
      last.prepare.toString(),
      expected.commit.toString(),
      expected.prepare.toString(),
    ],
  );
  return answer?.moved === true;
};

/** Providers with open tasks of the processors that may be attempted now; their clocks are then read. */
export const providersWithTasks = async (dataSource: DataSource, processors: readonly string[]): Promise<string[]> => {
  const rows = await dataSource.query<{ provider_id: string }[]>(
    `SELECT DISTINCT provider_id FROM processor_tasks
      WHERE status = 'OPEN' AND not_before <= now() AND processor = ANY($1)`,
    [processors],
  );
  return rows.map(({ provider_id }) => provider_id);
};

/**
 * Takes open tasks of the processors that are due by their providers' clocks, oldest first. No other process takes them
 * for the given time, while the given session lasts.
 */
export const takeTasks = async (
  session: Queryable,
  processors: readonly string[],
  clocks: ReadonlyMap<string, Instant>,
  limit: number,
  forMs: number,
): Promise<TakenTask[]> => {
  if (clocks.size === 0) return [];
  return session.query<TakenTask[]>(
    `UPDATE processor_tasks t
        SET running_until = now() + make_interval(secs => $3), runner = this_session(), attempts = t.attempts + 1,
            updated_at = now()
       FROM (SELECT o.processor, o.provider_id, o.key FROM processor_tasks o
               JOIN unnest($1::uuid[], $2::text[]) AS c (provider_id, now) ON c.provider_id = o.provider_id
              WHERE o.processor = ANY($5) AND o.status = 'OPEN' AND o.not_before <= now() AND (o.running_until IS NULL OR o.running_until < now() OR NOT session_lasts(o.runner))
                AND (o.due_at IS NULL OR o.due_at <= c.now)
              ORDER BY o.commit, o.prepare, o.key LIMIT $4 FOR UPDATE OF o SKIP LOCKED) due
      WHERE t.processor = due.processor AND t.provider_id = due.provider_id AND t.key = due.key
      RETURNING t.processor, t.provider_id, t.key, t.data, t.commit, t.prepare, t.calls, t.attempts,
                t.runner, t.running_until::text`,
    [[...clocks.keys()], [...clocks.values()], forMs / 1_000, limit, processors],
  );
};

/**
 * Records the result of a task: done, to be run again later, to be retried, or parked. A task that was called for
 * meanwhile stays open in any case. Nothing is recorded for a run that took too long once another has begun.
 */
export const settleTask = async (
  dataSource: DataSource,
  { processor, provider_id, key, calls, runner, running_until }: TakenTask,
  outcome:
    | { readonly status: "DONE" }
    | { readonly status: "AGAIN"; readonly dueAt: Instant }
    /** `counts`: whether it counts as an attempt towards parking. */
    | { readonly status: "RETRY"; readonly inMs: number; readonly error: string; readonly counts: boolean }
    | { readonly status: "PARKED"; readonly error: string },
): Promise<void> => {
  const status = outcome.status === "AGAIN" || outcome.status === "RETRY" ? "OPEN" : outcome.status;
  await dataSource.query(
    `UPDATE processor_tasks
        SET running_until = NULL, runner = NULL, updated_at = now(),
            status = CASE WHEN calls = $4 THEN $5 ELSE status END,
            error = CASE WHEN calls = $4 THEN $6 ELSE error END,
            due_at = CASE WHEN calls = $4 THEN $7 ELSE due_at END,
            attempts = CASE WHEN $8 THEN greatest(0, attempts - 1) ELSE attempts END,
            not_before = CASE WHEN calls = $4 THEN now() + make_interval(secs => $9) ELSE not_before END
      WHERE processor = $1 AND provider_id = $2 AND key = $3 AND runner = $10 AND running_until = $11::timestamptz`,
    [
      processor,
      provider_id,
      key,
      calls,
      status,
      "error" in outcome ? outcome.error : null,
      outcome.status === "AGAIN" ? outcome.dueAt : null,
      outcome.status === "AGAIN" || (outcome.status === "RETRY" && !outcome.counts),
      outcome.status === "RETRY" ? outcome.inMs / 1_000 : 0,
      runner,
      running_until,
    ],
  );
};

/** Parked tasks, of one provider or of all. */
export const listParkedTasks = (dataSource: DataSource, provider: string | null = null): Promise<ParkedTask[]> =>
  dataSource.query<ParkedTask[]>(
    `SELECT processor, provider_id, key, data, attempts, error, updated_at FROM processor_tasks
      WHERE status = 'PARKED' AND ($1::uuid IS NULL OR provider_id = $1)
      ORDER BY updated_at, processor, provider_id, key`,
    [provider],
  );

/** Reopens parked tasks with all their attempts. Returns how many. */
export const retryParkedTasks = async (dataSource: DataSource, provider: string | null = null): Promise<number> => {
  const [, count] = await dataSource.query<[unknown, number]>(
    `UPDATE processor_tasks SET status = 'OPEN', attempts = 0, error = NULL, not_before = now(), updated_at = now()
      WHERE status = 'PARKED' AND ($1::uuid IS NULL OR provider_id = $1)`,
    [provider],
  );
  await dataSource.query("SELECT pg_notify($1, '')", [TASKS_CHANNEL]);
  return count;
};

/** Number of tasks by status, for metrics. */
export const countTasks = async (
  dataSource: DataSource,
): Promise<{ readonly open: number; readonly parked: number }> => {
  const rows = await dataSource.query<{ status: string; count: string }[]>(
    "SELECT status, count(*) AS count FROM processor_tasks WHERE status IN ('OPEN', 'PARKED') GROUP BY status",
  );
  const of = (wanted: string) => Number(rows.find(({ status }) => status === wanted)?.count ?? 0);
  return { open: of("OPEN"), parked: of("PARKED") };
};

/** The open tasks that billing waits for. */
export const openTasksOf = (dataSource: DataSource, processors: readonly Processor[]): OpenTasks => ({
  recordedBy: processors.map(recordedBy),
  async any(provider, moment) {
    const [row] = await dataSource.query<{ any: boolean }[]>(
      `SELECT EXISTS (SELECT FROM processor_tasks
                       WHERE provider_id = $1 AND status = 'OPEN' AND (due_at IS NULL OR due_at <= $2)
                         AND processor = ANY($3)) AS any`,
      // Nobody of this program runs those of others: they would be waited for without end.
      [provider, moment, processors.map(({ name }) => name)],
    );
    return row?.any === true;
  },
  async wake() {
    await dataSource.query("SELECT pg_notify($1, '')", [TASKS_CHANNEL]);
  },
});
