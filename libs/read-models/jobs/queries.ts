import { type DataSource } from "typeorm";
import { type CursorPlace } from "../rows/cursor.js";
import { COMPARISONS, refuseBadCursor } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { limitOf, type Slice, type SliceArguments, sliceOf, walkOf, windowOf } from "../rows/window.js";
import { type Queryable } from "../runner/checkpoints.js";

export const jobStates = ["QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED"] as const;
export type JobState = (typeof jobStates)[number];

/** A job as it is shown. */
export interface JobRow {
  readonly jobId: string;
  readonly kind: string;
  readonly state: JobState;
  readonly input: object;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Somebody wants it to stop, and it has not yet. */
  readonly cancelled: boolean;
  readonly phase: string | null;
  /** Text of a bigint. */
  readonly done: string;
  readonly total: string | null;
  /** JSON: the report, signed where the installation has a key; null: there is none yet. */
  readonly report: string | null;
  readonly error: string | null;
}

const SHOWN = `job_id AS "jobId", kind, state, input, asked_by AS "askedBy", asked_at AS "askedAt",
  started_at AS "startedAt", finished_at AS "finishedAt", cancelled, phase, done::text, total::text, report, error`;

/** Customers see no jobs. */
const ofProvider = "provider_id = $1 AND $2::uuid IS NULL";

/** Adds a job; one that is there already, by its id, stays as it is. @returns whether it was there already */
export const addJob = async (
  db: Queryable,
  job: {
    readonly providerId: string;
    readonly jobId: string;
    readonly kind: string;
    readonly input: object;
    readonly askedBy: string;
  },
): Promise<boolean> => {
  const added = await db.query<unknown[]>(
    `WITH added AS (
       INSERT INTO jobs (provider_id, job_id, kind, input, asked_by) VALUES ($1, $2, $3, $4::jsonb, $5)
       ON CONFLICT DO NOTHING RETURNING job_id
     )
     SELECT job_id FROM added`,
    [job.providerId, job.jobId, job.kind, JSON.stringify(job.input), job.askedBy],
  );
  return added.length === 0;
};

/** Null: the provider has none with this id. */
export const findJob = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  jobId: string,
): Promise<JobRow | null> => {
  const [found] = await db.query<JobRow[]>(`SELECT ${SHOWN} FROM jobs WHERE ${ofProvider} AND job_id = $3`, [
    providerId,
    customerId,
    jobId,
  ]);
  return found ?? null;
};

/** Asks a job to stop: one that waits is cancelled at once, one that runs soon. Jobs that have ended stay as they are. */
export const askToCancel = async (db: Queryable, providerId: string, jobId: string): Promise<void> => {
  await db.query(
    `UPDATE jobs SET cancelled = true,
            state = CASE state WHEN 'QUEUED' THEN 'CANCELLED' ELSE state END,
            finished_at = CASE state WHEN 'QUEUED' THEN clock_timestamp() ELSE finished_at END
      WHERE provider_id = $1 AND job_id = $2 AND state IN ('QUEUED', 'RUNNING')`,
    [providerId, jobId],
  );
};

/** Name of the only sort order, in cursors. */
const ORDER = "ASKED DESC";
const { after: BEHIND, before: AHEAD } = COMPARISONS.DESC;
const PLACE = "(to_char(asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), job_id)";

const matching = (behind: string, ahead: string): string =>
  `${ofProvider} AND ($3::text IS NULL OR ${PLACE} ${behind} ($3, $4::uuid))
   AND ($5::text IS NULL OR ${PLACE} ${ahead} ($5, $6::uuid))`;

/** Jobs of a provider, the latest first. @throws Rejection VALIDATION_FAILED for an invalid size or cursor */
export const listJobs = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  asked: SliceArguments,
): Promise<Slice<JobRow>> => {
  const window = windowOf(asked, ORDER);
  const { after, before } = window;
  const walk = walkOf(window, "DESC");
  const places = (behind: CursorPlace | null, ahead: CursorPlace | null): unknown[] => [
    ...[providerId, customerId],
    ...[behind?.key ?? null, behind?.unique ?? null, ahead?.key ?? null, ahead?.unique ?? null],
  ];
  const found = await dataSource
    .query<(JobRow & { readonly key: string })[]>(
      `SELECT ${SHOWN}, to_char(asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS key FROM jobs
        WHERE ${matching(BEHIND, AHEAD)} ORDER BY asked_at ${walk}, job_id ${walk} LIMIT ${limitOf(window)}`,
      places(after, before),
    )
    .catch(refuseBadCursor(window));
  const rows = found.map(({ key, ...row }) => ({ row, place: { key, unique: row.jobId } }));
  return sliceOf(window, rows, {
    exists: async (argument) => {
      const [answer] = await dataSource.query<{ found: boolean }[]>(
        `SELECT EXISTS (SELECT FROM jobs WHERE ${matching(`${BEHIND}=`, `${AHEAD}=`)}) AS found`,
        argument === "after" ? places(null, after) : places(before, null),
      );
      return answer?.found ?? false;
    },
    count: async () => {
      const [answer] = await dataSource.query<{ count: string }[]>(
        `SELECT count(*) FROM jobs WHERE ${matching(BEHIND, AHEAD)}`,
        places(null, null),
      );
      return Number(answer?.count ?? 0);
    },
  });
};
