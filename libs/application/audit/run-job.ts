import { type Instant } from "#domain/calendar.js";
import {
  type Json,
  type JobContext,
  type JobFile,
  type JobKind,
  type JobOf,
  type JobProgress,
  type Report,
} from "./job.js";

/** Where a running job's progress, state and files go: tables of a worker, a directory of the CLI. */
export interface JobPlace {
  /** What was saved before, where it goes on; null: it begins. */
  readonly saved: Json | null;
  readonly signal: AbortSignal;
  save(state: Json): Promise<void>;
  progress(progress: JobProgress): void;
  append(file: string, text: string): Promise<void>;
  /** Asked when the job has ended. */
  files(): Promise<readonly JobFile[]>;
}

/** A kind of job, whatever its input and what it saves: both were written by itself. */
export type AnyJob = JobOf<Json, Json>;

export interface Running {
  readonly kind: JobKind;
  readonly job: AnyJob;
  readonly input: Json;
  /** Null: a command of the CLI runs it. */
  readonly jobId: string | null;
  /** Version of the program. */
  readonly program: string;
  readonly startedAt: Instant;
}

/** Runs a job to its report. @throws what it throws, and the signal's reason once that is aborted */
export const runJob = async (context: JobContext, running: Running, place: JobPlace): Promise<Report> => {
  const { kind, job, input, jobId, program, startedAt } = running;
  const {
    covered,
    checked,
    differences,
    differencesTotal,
    details = null,
  } = await job.run(context, input, {
    signal: place.signal,
    saved: place.saved,
    save: (state) => place.save(state),
    progress: (progress) => {
      place.progress(progress);
    },
    append: (file, text) => place.append(file, text),
  });
  return {
    ...{ kind, jobId, program, providerId: context.providerId, input: job.shown?.(input) ?? input, startedAt },
    finishedAt: context.now(),
    ...{ covered, checked, verdict: differencesTotal === 0 ? "PROVEN" : "DIFFERENT" },
    ...{ differences, differencesTotal, files: await place.files(), details },
  };
};
