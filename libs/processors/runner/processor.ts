import { type Instant } from "#domain/calendar.js";
import { type AnyEventType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Database } from "#read-models/data-source.js";

/** What an event calls for. A later call for the same key replaces what an earlier one says. */
export interface Call {
  readonly provider: string;
  /** Names the subject: there is one task for it, however often it is called for. */
  readonly key: string;
  /** Plain JSON. */
  readonly data: object;
  /** By the provider's clock, not before; left out: at once. Of several calls the earliest counts. */
  readonly dueAt?: Instant;
  /** Only where the subject has a task already, which is then done again. */
  readonly onlyAgain?: boolean;
}

/** A task that is run. */
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
 * Does something because of events. It has effects, so unlike a projection it is never replayed: what has been recorded
 * as a task stays one, whatever is rebuilt. A task runs at least once and may be cut off at any place: its effects have
 * to be such that a repetition changes nothing.
 */
export interface Processor {
  /** Key of its cursor and its tasks; for ever. */
  readonly name: string;
  /**
   * Where its first start begins: `NOW` for effects that the past must not have, `START` for those that follow from
   * present state and are right at any time.
   */
  readonly from: "START" | "NOW";
  /** Event types that call for something. */
  readonly types: readonly AnyEventType[];
  /** Read models that a task looks at: it waits until they show the event that called for it. */
  readonly reads: readonly string[];
  /** What events call for, in log order: pure. */
  calls(events: readonly RecordedEvent[]): readonly Call[];
  /** Does what was called for. Throws: it is tried again, and parked in the end. Answers when to run again, if so. */
  run(task: Task, effects: Effects): Promise<{ readonly again: Instant } | undefined>;
}

/** Name of the projection that records the processor's tasks. */
export const recordedBy = ({ name }: Processor): string => `tasks of ${name}`;
