import { type Instant } from "#domain/calendar.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Position } from "#event-store/position.js";
import { type FactSource } from "./facts.js";
import { type Turns } from "./idempotency.js";
import { type Walks } from "./await-walk.js";

/** What commands run on. One per process; a preview runs on a copy with a store that records nothing. */
export interface Session {
  readonly store: EventStore;
  readonly facts: FactSource;
  readonly walks: Walks;
  /** Commands under way in this process. */
  readonly turns: Turns;
  /** The system's time, which is a provider's unless it has a test clock. */
  readonly systemNow: () => Instant;
  /**
   * Waits until queries show what lies at a position; false after the timeout, and at once where read models of the
   * provider stand still. `START` is always visible.
   */
  visible(position: Position, timeoutMs: number, provider: string): Promise<boolean>;
  /** Whether commands may set and move test clocks. */
  readonly testClock: boolean;
  /** True: nothing is recorded, and the command's key is neither looked at nor used up. */
  readonly preview: boolean;
  /** Counts how a command came out: `accepted`, `repeated`, `failed`, or a rejection's code. */
  count(name: string, outcome: string): void;
  log(event: string, fields: Readonly<Record<string, unknown>>): void;
}
