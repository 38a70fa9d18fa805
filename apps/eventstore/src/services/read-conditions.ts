import type { LogStore } from "../log/store.js";

/** How far a live subscriber is behind. */
export interface Consumption {
  /** Number of events still to be sent to it. */
  readonly waiting: number;
  /** The longest time without room while it was sent earlier events. */
  readonly blockedMs: number;
}

/** Changes that a test may make to reads. */
export interface ReadConditions {
  /** The log for calls to this address, if it is not the server's own. */
  log(address: string): LogStore | undefined;
  isTooSlow(consumer: Consumption): boolean;
}
