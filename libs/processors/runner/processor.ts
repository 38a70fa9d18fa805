import { type Instant } from "#domain/calendar.js";
import { type AnyEventType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Database } from "#read-models/data-source.js";

/** A call: the task that an event causes. A later call with the same key replaces the data of an earlier one. */
export interface Call {
  readonly provider: string;
  /** Key of the subject: all calls with the same key share one task. */
  readonly key: string;
  /** Plain JSON. */
  readonly data: object;
  /**
   * Not to be run before this instant of the provider's clock; left out: at once. Of several calls the earliest counts.
   */
  readonly dueAt?: Instant;
  /** True: only runs an existing task of the subject again; creates none. */
  readonly onlyAgain?: boolean;
}

/** A task as given to its processor. */
export interface Task {
  readonly provider: string;
  readonly key: string;
  readonly data: object;
  /** The provider's time. */
  readonly now: Instant;
}

export interface Effects {
  readonly store: EventStore;
  readonly dataSource: Database;
}

/**
 * Executes tasks that events cause. It has effects, so unlike a projection it is never replayed: recorded tasks stay
 * when read models are rebuilt. A task runs at least once and may be interrupted anywhere, so its effects must be
 * idempotent.
 */
export interface Processor {
  /** Key of its cursor and its tasks; never changes. */
  readonly name: string;
  /**
   * Where its first start begins. `NOW`: past events must have no effects. `START`: effects follow from present state
   * and are valid at any time.
   */
  readonly from: "START" | "NOW";
  /** Event types that cause calls. */
  readonly types: readonly AnyEventType[];
  /** Read models that a task reads: it waits until they have reached the event that caused it. */
  readonly reads: readonly string[];
  /** Calls of the events, in log order. Pure. */
  calls(events: readonly RecordedEvent[]): readonly Call[];
  /**
   * Executes a task. When it throws, the task is retried, and parked after the last attempt. Returns when to run it
   * again, if at all.
   */
  run(task: Task, effects: Effects): Promise<{ readonly again: Instant } | undefined>;
}

/** Name of the projection that records the processor's tasks. */
export const recordedBy = ({ name }: Processor): string => `tasks of ${name}`;
