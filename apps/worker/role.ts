import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";
import { type Role } from "./configuration.js";
import { type WorkerMetrics } from "./monitoring/metrics.js";

/** What the roles of one process share. */
export interface Surroundings {
  readonly store: EventStore;
  /** Connected and migrated. */
  readonly dataSource: DataSource;
  /** Where the read models stand, whichever process projects. */
  readonly projections: Pick<ProjectionRunner, "reached">;
  readonly metrics: WorkerMetrics;
  readonly log: (line: string) => void;
}

/** A role that has been started. */
export interface RunningRole {
  readonly role: Role;
  /** Why it stands still; undefined while it does not. */
  readonly stall: () => string | undefined;
  /** Starts nothing new, and ends what is under way or leaves it to others. */
  stop(): Promise<void>;
}
