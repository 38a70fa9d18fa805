import { type Queryable } from "../runner/checkpoints.js";

/** A job that a worker has taken. */
export interface TakenJob {
  readonly providerId: string;
  readonly jobId: string;
  readonly kind: string;
  readonly input: object;
  readonly startedAt: Date;
  /** JSON: where it goes on after another worker died; null: it begins. */
  readonly saved: string | null;
}

/**
 * Takes the job that waits longest, or one whose worker has died, and gives the files back to where it goes on. Null:
 * there is none.
 */
export const takeJob = async (db: Queryable, worker: string, lastingMs: number): Promise<TakenJob | null> => {
  const [taken] = await db.query<(TakenJob & { saved_files: Record<string, number> | null })[]>(
    `WITH next AS (
       SELECT provider_id, job_id FROM jobs
        WHERE state = 'QUEUED' OR (state = 'RUNNING' AND leased_until < clock_timestamp())
        ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE jobs SET state = 'RUNNING', worker = $1, leased_until = clock_timestamp() + make_interval(secs => $2),
              started_at = coalesce(started_at, clock_timestamp())
         FROM next WHERE jobs.provider_id = next.provider_id AND jobs.job_id = next.job_id
       RETURNING jobs.provider_id AS "providerId", jobs.job_id AS "jobId", kind, input, started_at AS "startedAt", saved,
                 saved_files
     )
     SELECT * FROM taken`,
    [worker, lastingMs / 1_000],
  );
  if (!taken) return null;
  const { saved_files: files, ...job } = taken;
  // What was appended after the last save would be there twice.
  await db.query(
    `DELETE FROM job_files f WHERE job_id = $1
        AND part >= coalesce(($2::jsonb ->> f.name)::int, 0)`,
    [job.jobId, JSON.stringify(files ?? {})],
  );
  return job;
};

/** How far a running job is. */
export interface Beat {
  readonly phase: string | null;
  readonly done: number;
  readonly total: number | null;
}

/** Prolongs the lease and notes the progress. `LOST`: another worker has it, or it is gone; `CANCELLED`: it is to stop. */
export const beatJob = async (
  db: Queryable,
  { jobId, providerId }: TakenJob,
  worker: string,
  lastingMs: number,
  { phase, done, total }: Beat,
): Promise<"OURS" | "LOST" | "CANCELLED"> => {
  const [row] = await db.query<{ cancelled: boolean }[]>(
    `WITH beaten AS (
       UPDATE jobs SET leased_until = clock_timestamp() + make_interval(secs => $4), phase = $5, done = $6, total = $7
        WHERE provider_id = $1 AND job_id = $2 AND worker = $3 AND state = 'RUNNING' RETURNING cancelled
     )
     SELECT * FROM beaten`,
    [providerId, jobId, worker, lastingMs / 1_000, phase, done, total],
  );
  if (!row) return "LOST";
  return row.cancelled ? "CANCELLED" : "OURS";
};

/** @param parts how many parts of each file count */
export const saveJob = (
  db: Queryable,
  { providerId, jobId }: TakenJob,
  worker: string,
  saved: string,
  parts: Readonly<Record<string, number>>,
): Promise<unknown> =>
  db.query(
    `UPDATE jobs SET saved = $4, saved_files = $5::jsonb
      WHERE provider_id = $1 AND job_id = $2 AND worker = $3 AND state = 'RUNNING'`,
    [providerId, jobId, worker, saved, JSON.stringify(parts)],
  );

/** How a job ended. */
export type Ended =
  | { readonly state: "DONE"; readonly report: string }
  | { readonly state: "FAILED"; readonly error: string }
  | { readonly state: "CANCELLED" };

export const endJob = (
  db: Queryable,
  { providerId, jobId }: TakenJob,
  worker: string,
  ended: Ended,
): Promise<unknown> =>
  db.query(
    `UPDATE jobs SET state = $4, report = $5, error = $6, finished_at = clock_timestamp(), saved = NULL,
            leased_until = NULL
      WHERE provider_id = $1 AND job_id = $2 AND worker = $3 AND state = 'RUNNING'`,
    [
      ...[providerId, jobId, worker, ended.state],
      ended.state === "DONE" ? ended.report : null,
      ended.state === "FAILED" ? ended.error : null,
    ],
  );

/** Lets another worker take the job at once, where it was last saved. */
export const releaseJob = (db: Queryable, { providerId, jobId }: TakenJob, worker: string): Promise<unknown> =>
  db.query(
    `UPDATE jobs SET leased_until = '-infinity' WHERE provider_id = $1 AND job_id = $2 AND worker = $3
        AND state = 'RUNNING'`,
    [providerId, jobId, worker],
  );
