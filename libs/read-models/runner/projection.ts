import { type EntityManager } from "typeorm";
import { type EventCategory, type EventOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";

/** Builds one read model from the log: no side effects, and the same rows from the same events. */
export interface Projection<Category extends EventCategory = EventCategory> {
  /** Key of its checkpoint. */
  readonly name: string;
  /**
   * Projection version: increased whenever the rows for the same events change; they are then rebuilt from the start,
   * beside those of the version before, which serve until the new ones have caught up (rebuild.ts).
   */
  readonly version: number;
  /** Tables that only this projection writes; all that it reads or writes, unless {@link inPlace}. */
  readonly tables: readonly string[];
  /**
   * Indexes of its tables that only queries read by: while its rows are rebuilt they are left out, and made when these
   * are there. Others have to be there, or applying a batch reads whole tables.
   */
  readonly lateIndexes?: readonly string[];
  /** Its tables are read by nobody else, and it writes others too: a new version empties them and starts again. */
  readonly inPlace?: true;
  /** Stream categories that it reads; a batch without events of these only moves its checkpoint. */
  readonly categories: readonly Category[];
  /**
   * Applies a batch's events of its categories, in log order, inside the transaction that moves the checkpoint: reads
   * the rows it needs in bulk, folds in memory, writes each row once. Throws `ContradictoryEvent` for an event that it
   * cannot apply.
   * @param options catchingUp: the events are of one provider that was stalled, and older than events already applied
   * of others
   */
  apply(
    manager: EntityManager,
    events: readonly RecordedEvent<EventOf<Category>>[],
    options?: { readonly catchingUp: boolean },
  ): Promise<void>;
}
