import { type Instant } from "#domain/calendar.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Database } from "#read-models/data-source.js";

/*
 * Long work that changes nothing of the truth: a worker runs it because somebody asked over GraphQL, or a command of the
 * CLI runs it itself. Both run the same function, and differ in where progress, state and files go.
 */

export const jobKinds = ["REPLAY", "AUDIT_INVOICES", "VERIFY", "EXPORT"] as const;
export type JobKind = (typeof jobKinds)[number];

/** What JSON can hold. Amounts, positions and revisions are text. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What every job is given. */
export interface JobContext {
  readonly dataSource: Database;
  readonly store: EventStore;
  /** Whose events and rows; null: of all providers, which only the CLI asks for. */
  readonly providerId: string | null;
  /** The system's time: jobs are not of a provider's test clock. */
  readonly now: () => Instant;
  /** Writes one line to the program's log. */
  readonly log: (line: string) => void;
}

/** How far a job is, as the terminal and GraphQL show it. */
export interface JobProgress {
  /** What it does now, e.g. "proving invoices". */
  readonly phase: string;
  readonly done: number;
  /** Of how many; null: not known. */
  readonly total: number | null;
}

/** What a running job says and is told. */
export interface JobRun<Saved = Json> {
  /** Aborted when the job is cancelled, or its worker stops: the job throws `signal.reason` soon after. */
  readonly signal: AbortSignal;
  /** What `save` was last given, where the job goes on after its process died; null: it begins. */
  readonly saved: Saved | null;
  /**
   * Remembers where to go on, together with all that was appended to files so far. What is appended afterwards is gone
   * when the job goes on from here. A job that cannot go on in the middle never calls it and begins anew.
   */
  save(state: Saved): Promise<void>;
  /** Cheap: call it as often as you like. */
  progress(progress: JobProgress): void;
  /**
   * Appends to a file of the job, by a plain name such as `lines.csv`. Awaited: what receives it may be slower. The
   * report names each file with its length and SHA-256.
   */
  append(file: string, text: string): Promise<void>;
}

/** One thing that is not as it should be. */
export interface Difference {
  /** A stable name in capitals, e.g. `LINE_DIFFERS`, `EVENT_MISSING`, `ROW_CHANGED`. */
  readonly what: string;
  /** Where, so that it can be found: a stream with its revision, a table with its key, an invoice with its line. */
  readonly where: string;
  /** One sentence for a person. */
  readonly says: string;
  /** As it should be; left out: it should not be there. */
  readonly expected?: Json;
  /** As it is; left out: it is not there. */
  readonly found?: Json;
}

/** Which part of the events a job looked at. */
export interface Covered {
  /** `journal`, `events` (the event store) or `read models`. */
  readonly source: "journal" | "events" | "read models";
  /** Log positions as text, e.g. `C:1234/P:1234`; null: the source has none. Both inclusive. */
  readonly fromPosition: string | null;
  readonly toPosition: string | null;
  /** Of the journal, by provider: the last sequence that was looked at, and the chained hash there. */
  readonly journal?: readonly { readonly providerId: string; readonly sequence: string; readonly logHash: string }[];
}

/** What a job has found when it ends. */
export interface Findings {
  readonly covered: Covered;
  /** How much was checked or written, by what, e.g. `{ invoices: 120, lines: 4711 }`. */
  readonly checked: Readonly<Record<string, number>>;
  /** The first {@link MOST_DIFFERENCES}. */
  readonly differences: readonly Difference[];
  /** All of them. */
  readonly differencesTotal: number;
  /** What else a kind of job has to say. */
  readonly details?: Json;
}

/** As many differences as a report holds; it counts all. */
export const MOST_DIFFERENCES = 1_000;

/** Differences as they are found: the first ones are kept, all are counted. Plain JSON, so that a job can save it. */
export interface Differences {
  readonly kept: Difference[];
  total: number;
}

export const noDifferences = (): Differences => ({ kept: [], total: 0 });

export const addDifference = (differences: Differences, difference: Difference): void => {
  differences.total += 1;
  if (differences.kept.length < MOST_DIFFERENCES) differences.kept.push(difference);
};

export const verdicts = ["PROVEN", "DIFFERENT"] as const;
export type Verdict = (typeof verdicts)[number];

/** A file of a job. */
export interface JobFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What an auditor keeps: signed as JSON (signing.ts), and as a summary in PDF. */
export interface Report {
  readonly kind: JobKind;
  /** The job's id; null: a command of the CLI ran it. */
  readonly jobId: string | null;
  /** Version of the program that ran it, as `package.json` has it. */
  readonly program: string;
  readonly providerId: string | null;
  readonly input: Json;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly covered: Covered;
  readonly checked: Readonly<Record<string, number>>;
  /** PROVEN: nothing differs. */
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
  readonly differencesTotal: number;
  readonly files: readonly JobFile[];
  readonly details: Json;
}

/**
 * A kind of job. Its input and what it saves are plain JSON. `run` throws where it could not be done; a difference is a
 * finding, no error.
 */
export interface JobOf<Input, Saved> {
  /** For people, e.g. "Audit of invoices". */
  readonly title: string;
  /** What the report says of the input. Default: all of it. */
  shown?(input: Input): Json;
  run(context: JobContext, input: Input, job: JobRun<Saved>): Promise<Findings>;
}
