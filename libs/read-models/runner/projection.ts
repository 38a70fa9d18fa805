import { type EntityManager } from "typeorm";
import { type EventCategory, type EventOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";

/** Builds one read model from the log: no side effects, nothing outbound, the same rows from the same events. */
export interface Projection<Category extends EventCategory = EventCategory> {
  /** Key of its checkpoint. */
  readonly name: string;
  /** One more whenever its rows would come out differently: a new version is built from the start. */
  readonly version: number;
  /** The tables that are its alone. */
  readonly tables: readonly string[];
  /** The categories of streams that it reads; batches without an event of them only move its checkpoint. */
  readonly categories: readonly Category[];
  /**
   * Applies a batch's events of its categories, in log order, inside the transaction that moves the checkpoint: reads the
   * rows it needs in bulk, folds in memory, writes each row once. Throws `ContradictoryEvent` where it cannot take one.
   * @param options catchingUp: these are of one provider that was stalled, and older than what was applied of others
   */
  apply(
    manager: EntityManager,
    events: readonly RecordedEvent<EventOf<Category>>[],
    options?: { readonly catchingUp: boolean },
  ): Promise<void>;
}
