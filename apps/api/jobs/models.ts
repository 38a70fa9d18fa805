import { Field, Float, InputType, ObjectType } from "@nestjs/graphql";
import { jobKinds, type JobKind } from "#application/audit/job.js";
import { type KeptReport, reportOf } from "#application/audit/report-files.js";
import { type JobRow, type JobState } from "#read-models/jobs/queries.js";
import { enumOf } from "../graphql/enums.js";
import { DateField, FlagField, IdField, OptionalIdempotencyKey, TextField } from "../graphql/fields.js";
import { connectionOf } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID, InstantScalar, JsonScalar } from "../graphql/scalars.js";

export const JobKindEnum = enumOf<JobKind>("JobKind", "What a job does.", {
  REPLAY: "Builds the read models again beside the live ones, and compares them.",
  AUDIT_INVOICES: "Computes invoices and credit notes again, and compares them.",
  VERIFY: "Compares the event store with the journal, and computes the hashes of both again.",
  EXPORT: "Writes files for finance.",
});

export const JobStateEnum = enumOf<JobState>("JobState", "How far a job is.", {
  QUEUED: "It waits for a worker.",
  RUNNING: "A worker runs it.",
  DONE: "It has ended, and its report says what it found.",
  FAILED: "It could not be done.",
  CANCELLED: "Somebody stopped it.",
});

@ObjectType({ description: "A file of a job." })
export class JobFile {
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "Where this server has it." }) url: string;
  @Field(() => Float, { description: "Its length in bytes.", nullable: true }) bytes: number | null;
  @Field(() => String, { description: "Its SHA-256, hexadecimal; null of the report's own files.", nullable: true })
  sha256: string | null;
}

@ObjectType({ description: "Long work that somebody asked for. It changes nothing of what is billed." })
export class Job {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => JobKindEnum, { description: "What it does." }) kind: JobKind;
  @Field(() => JobStateEnum, { description: "How far it is." }) state: JobState;
  @Field(() => JsonScalar, { description: "What was asked." }) input: unknown;
  @Field(() => String, { description: "Who asked." }) askedBy: string;
  @Field(() => InstantScalar, { description: "When, by the system's time." }) askedAt: string;
  @Field(() => InstantScalar, { description: "When a worker began; null: none has.", nullable: true })
  startedAt: string | null;
  @Field(() => InstantScalar, { description: "When it ended; null: it has not.", nullable: true })
  finishedAt: string | null;
  @Field(() => Boolean, { description: "Whether somebody wants it to stop." }) cancelled: boolean;
  @Field(() => String, { description: "What it does now; null: it has not begun.", nullable: true })
  phase: string | null;
  @Field(() => Float, { description: "How much of the phase is done." }) done: number;
  @Field(() => Float, { description: "Of how much; null: not known.", nullable: true }) total: number | null;
  @Field(() => JsonScalar, {
    description: "What it found, signed where the installation has a key; null: there is no report yet.",
    nullable: true,
  })
  report: unknown;
  @Field(() => String, { description: "Why it could not be done; null: it could.", nullable: true })
  error: string | null;
  @Field(() => [JobFile], { description: "Its files, once it has ended: the report in JSON and PDF, and its own." })
  files: JobFile[];
}

export const JobConnection = connectionOf(Job, "Job", "jobs");

@ObjectType({ description: "The job." })
export class JobPayload {
  @Field(() => Job, { description: "The job, which a worker takes as soon as one is free." }) job: Plain<Job>;
  @Field(() => Boolean, {
    description: "Whether it was there already: the same request was made before, under this key.",
  })
  repeated: boolean;
}

@InputType({ description: "Proves invoices, credit notes and periods closed without one." })
export class StartInvoiceAuditInput {
  @OptionalIdempotencyKey() idempotencyKey?: string | null;
  @DateField("The first day of issue.") from: string;
  @DateField("The last day of issue.") until: string;
  @IdField("Only documents of this customer.", { optional: true }) customerId?: string | null;
  @FlagField("True: from the event store, which is slower; false, the default: from the journal.", { optional: true })
  fromEventStore?: boolean | null;
  @FlagField("True: the calls that the invoices bill are read again as well, as far as they are kept.", {
    optional: true,
  })
  calls?: boolean | null;
}

/** Characters: a checkpoint holds up to 10,000 hashes of each provider's log. */
const LONGEST_CHECKPOINT = 2_000_000;
const LONGEST_KEY = 2_000;

@InputType({ description: "Compares the event store with the journal." })
export class StartVerificationInput {
  @OptionalIdempotencyKey() idempotencyKey?: string | null;
  @TextField(
    "The content of a checkpoint's file: nothing before it may have changed.",
    { optional: true },
    LONGEST_CHECKPOINT,
  )
  checkpoint?: string | null;
  @TextField("The public key, in PEM, that the checkpoint has to be signed with.", { optional: true }, LONGEST_KEY)
  publicKey?: string | null;
}

@InputType({ description: "Builds the read models again beside the live ones, and compares them row by row." })
export class StartReplayInput {
  @OptionalIdempotencyKey() idempotencyKey?: string | null;
  @FlagField("True: from the event store, which is slower; false, the default: from the journal.", { optional: true })
  fromEventStore?: boolean | null;
}

@InputType({ description: "Writes files for finance." })
export class StartExportInput {
  @OptionalIdempotencyKey() idempotencyKey?: string | null;
  @DateField("The first day: of issue, of payment, of movement.") from: string;
  @DateField("The last day.") until: string;
}

@InputType({ description: "Names a job." })
export class JobInput {
  @IdField("The job.") jobId: string;
}

/** @param urlOf where a file of a job is */
export const jobShown = (row: JobRow, urlOf: (jobId: string, file: string) => string): Plain<Job> => {
  const { jobId, kind, state, input, askedBy, cancelled, phase, error } = row;
  const kept = row.report === null ? null : (JSON.parse(row.report) as KeptReport);
  const own = kept ? reportOf(kept).files : [];
  const made = kept ? REPORT_FILES.map((name) => ({ name, bytes: null, sha256: null })) : [];
  return {
    id: jobId,
    kind: jobKinds.find((one) => one === kind) ?? "VERIFY",
    ...{ state, input, askedBy, cancelled, phase, error },
    askedAt: row.askedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    done: Number(row.done),
    total: row.total === null ? null : Number(row.total),
    report: kept,
    files: [...made, ...own].map((file) => ({ ...file, url: urlOf(jobId, file.name) })),
  };
};

/** What is made of a report when it is asked for. */
export const REPORT_FILES = ["report.json", "report.pdf", "differences.csv"] as const;
