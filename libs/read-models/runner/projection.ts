import { type EntityManager } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";

/** Builds one read model from the log: no side effects, nothing outbound, the same rows from the same events. */
export interface Projection {
  /** Key of its checkpoint. */
  readonly name: string;
  /** One more whenever its rows would come out differently: a new version is built from the start. */
  readonly version: number;
  /** The tables that are its alone. */
  readonly tables: readonly string[];
  /** Event types it looks at; pages without any of them only move its checkpoint. */
  readonly handles: ReadonlySet<string>;
  /**
   * Applies a page of events, in log order, inside the transaction that moves the checkpoint: reads the rows it needs
   * in bulk, folds in memory, writes each row once. It may be given events of types it does not handle.
   */
  apply(manager: EntityManager, events: readonly RecordedEvent[]): Promise<void>;
}
