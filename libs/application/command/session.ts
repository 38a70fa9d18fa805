import { type Instant } from "#domain/calendar.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Position } from "#event-store/position.js";
import { type FactSource } from "./facts.js";
import { type Turns } from "./idempotency.js";
import { type Walks } from "./await-walk.js";

/**
 * The store and clock that commands are executed on. One per process; a preview has a copy with a store that records
 * nothing.
 */
export interface Session {
  readonly store: EventStore;
  readonly facts: FactSource;
  readonly walks: Walks;
  /** Commands in progress in this process. */
  readonly turns: Turns;
  /** The system's time: the time of every provider without a test clock. */
  readonly systemNow: () => Instant;
  /**
   * Waits until queries show what lies at a position; false after the timeout, and at once where read models of the
   * provider stand still. `START` is always visible.
   */
  visible(position: Position, timeoutMs: number, provider: string): Promise<boolean>;
  /** Whether commands may set and advance test clocks. */
  readonly testClock: boolean;
  /** True: nothing is recorded, and there is nothing to wait for. */
  readonly preview: boolean;
  /** Counts a command by its outcome: `accepted`, `repeated`, `failed`, or a rejection's code. */
  count(name: string, outcome: string): void;
  log(event: string, fields: Readonly<Record<string, unknown>>): void;
}
