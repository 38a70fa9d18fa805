import { type Instant } from "#domain/calendar.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Database } from "#read-models/data-source.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";
import { type CommandEnvelope } from "../command/decide-and-append.js";
import { identify } from "../command/idempotency.js";

/** What every process works with. */
export interface Context {
  readonly store: EventStore;
  readonly dataSource: Database;
  /** Where the read models stand, whichever process projects. */
  readonly projections: Pick<ProjectionRunner, "reached">;
  readonly tasks: OpenTasks;
  /** Told of everything that was recorded, for metrics. */
  readonly counted?: (what: "periods" | "signals" | "numbers", count: number) => void;
  /** One line for whoever reads the logs. */
  readonly log: (line: string) => void;
}

/** The tasks of processors, as far as billing waits for them. */
export interface OpenTasks {
  /** Names of the projections that record tasks. */
  readonly recordedBy: readonly string[];
  /** Whether a task of the provider is open that is due by the moment; parked ones are passed over. */
  any(provider: string, moment: Instant): Promise<boolean>;
  /** Wakes those who run them, for what the provider's clock has made due. */
  wake(): Promise<void>;
}

/** Who the worker's events say has acted. */
export const ACTOR = "worker";

/** The envelope of a command that a process gives itself: the key says what it is for, so that a repeat is known. */
export const workerCommand = (provider: string, name: string, key: string, recordedAt: Instant): CommandEnvelope => ({
  ...identify(provider, ACTOR, key, name, key),
  provider,
  actor: ACTOR,
  origin: "worker",
  recordedAt,
});
