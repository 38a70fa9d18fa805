import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { type Target } from "#processors/deliveries/target.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";
import { type Role } from "./configuration.js";
import { type WorkerMetrics } from "./monitoring/metrics.js";

/** Resources shared by the roles of one process. */
export interface Surroundings {
  readonly store: EventStore;
  /** Connected and migrated. */
  readonly dataSource: DataSource;
  /** Waits for read models, whichever process projects. */
  readonly projections: Pick<ProjectionRunner, "reached">;
  readonly metrics: WorkerMetrics;
  /** Targets of deliveries that this process is configured for. */
  readonly targets: readonly Target[];
  readonly log: (line: string) => void;
}

/** A role that has been started. */
export interface RunningRole {
  readonly role: Role;
  /** Why it makes no progress; undefined: it does. */
  readonly stall: () => string | undefined;
  /** Starts no further work, and finishes work in progress or leaves it to other processes. */
  stop(): Promise<void>;
}
