import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type CommandEnvelope } from "#application/decide-and-append.js";
import { identify } from "#application/idempotency.js";
import { type EventStore } from "#event-store/event-store.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";

/** What every job of the worker works with. */
export interface Context {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly projections: ProjectionRunner;
  readonly log: (line: string) => void;
}

/** Who the worker's events say has acted. */
export const ACTOR = "worker";

/** The envelope of a command that the worker gives itself: the key says what it is for, so that a repeat is known. */
export const workerCommand = (provider: string, name: string, key: string, recordedAt: Instant): CommandEnvelope => ({
  ...identify(provider, ACTOR, key, name, key),
  provider,
  actor: ACTOR,
  origin: "worker",
  recordedAt,
});
