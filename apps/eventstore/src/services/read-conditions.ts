import type { LogStore } from "../log/store.js";

/** How a live subscriber keeps up. */
export interface Consumption {
  /** Events that it has not been sent and that are for it. */
  readonly waiting: number;
  /** The longest time for which it had no room while it was sent those before. */
  readonly blockedMs: number;
}

/** What a test may change about reads. */
export interface ReadConditions {
  /** The log for calls that were made to this address, if it is not the server's own. */
  log(address: string): LogStore | undefined;
  isTooSlow(consumer: Consumption): boolean;
}
