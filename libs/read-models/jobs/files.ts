import { createHash } from "node:crypto";
import { type Queryable } from "../runner/checkpoints.js";

/**
 * Adds a part to a file of a job that the worker has. @returns false: another worker has the job, and nothing was added
 */
export const addPart = async (
  db: Queryable,
  { jobId, worker }: { readonly jobId: string; readonly worker: string },
  name: string,
  part: number,
  bytes: Buffer,
): Promise<boolean> => {
  // Nobody takes the job between the look at it and the part: whoever takes it waits for the row.
  const added = await db.query<unknown[]>(
    `WITH own AS (
       SELECT job_id FROM jobs WHERE job_id = $1 AND worker = $2 AND state = 'RUNNING' FOR SHARE
     ), added AS (
       INSERT INTO job_files (job_id, name, part, bytes) SELECT job_id, $3, $4, $5 FROM own RETURNING part
     )
     SELECT part FROM added`,
    [jobId, worker, name, part, bytes],
  );
  return added.length > 0;
};

/** How many parts each file of a job has. */
export const partsOf = async (db: Queryable, jobId: string): Promise<Record<string, number>> => {
  const found = await db.query<{ name: string; parts: number }[]>(
    "SELECT name, count(*)::int AS parts FROM job_files WHERE job_id = $1 GROUP BY name ORDER BY name",
    [jobId],
  );
  return Object.fromEntries(found.map(({ name, parts }) => [name, parts]));
};

/** The parts of a file, one after the other; none: there is no such file. */
export async function* readFile(db: Queryable, jobId: string, name: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const [found] = await db.query<{ bytes: Buffer }[]>(
      "SELECT bytes FROM job_files WHERE job_id = $1 AND name = $2 AND part = $3",
      [jobId, name, part],
    );
    if (!found) return;
    yield found.bytes;
  }
}

/** Each file with its length and SHA-256 (hex). */
export const filesOf = async (
  db: Queryable,
  jobId: string,
): Promise<{ readonly name: string; readonly bytes: number; readonly sha256: string }[]> => {
  const files = [];
  for (const name of Object.keys(await partsOf(db, jobId))) {
    const sum = createHash("sha256");
    let bytes = 0;
    for await (const part of readFile(db, jobId, name)) {
      sum.update(part);
      bytes += part.length;
    }
    files.push({ name, bytes, sha256: sum.digest("hex") });
  }
  return files;
};

/** Removes the files of jobs that ended so many days ago; their reports stay. */
export const forgetFiles = (db: Queryable, days: number): Promise<unknown> =>
  db.query(
    `DELETE FROM job_files f USING jobs j
      WHERE j.job_id = f.job_id AND j.finished_at < clock_timestamp() - make_interval(days => $1)`,
    [days],
  );
