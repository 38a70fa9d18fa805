import { type Instant } from "#domain/calendar.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Database } from "#read-models/data-source.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";
import { type CommandEnvelope } from "../command/decide-and-append.js";
import { identify } from "../command/idempotency.js";

/** What every process is given. */
export interface Context {
  readonly store: EventStore;
  readonly dataSource: Database;
  /** Waits for read models, whichever process projects. */
  readonly projections: Pick<ProjectionRunner, "reached">;
  readonly tasks: OpenTasks;
  /** Called with the number of recorded events, for metrics. */
  readonly counted?: (what: "periods" | "signals" | "numbers" | "steps", count: number) => void;
  /** Writes one line to the process's log. */
  readonly log: (line: string) => void;
}

/** The tasks of processors that billing waits for. */
export interface OpenTasks {
  /** Names of the projections that record tasks. */
  readonly recordedBy: readonly string[];
  /** Whether the provider has an open task that is due by the moment; parked ones are passed over. */
  any(provider: string, moment: Instant): Promise<boolean>;
  /** Wakes the workers that run tasks, after a provider's clock has advanced. */
  wake(): Promise<void>;
}

/** Actor of the worker's commands. */
export const ACTOR = "worker";

/** The envelope of a worker's command. The key identifies its purpose, so that a repetition is recognised. */
export const workerCommand = (provider: string, name: string, key: string, recordedAt: Instant): CommandEnvelope => ({
  ...identify(provider, ACTOR, key, name, key),
  provider,
  actor: ACTOR,
  origin: "worker",
  recordedAt,
});
