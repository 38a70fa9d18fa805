import type { Consumption } from "../services/read-conditions.js";

/** Number of events that EventStoreDB (23.10.6) buffers for a live subscriber. */
const BUFFER = 32;

/** Number of events of one commit at which even a fast subscriber counts as slow. */
const TOO_MANY_AT_ONCE = 200;

/**
 * Milliseconds without room after which a subscriber counts as slow: every subscriber has none for a moment after a few
 * events.
 */
const EAGER_MS = 50;

/** Whether live subscribers are dropped, and how many have been. */
export class SlowConsumers {
  dropped = 0;
  private atOnce = Number.POSITIVE_INFINITY;
  private buffer = Number.POSITIVE_INFINITY;

  drop(on: boolean, atOnce = TOO_MANY_AT_ONCE): void {
    this.atOnce = on ? atOnce : Number.POSITIVE_INFINITY;
    this.buffer = on ? BUFFER : Number.POSITIVE_INFINITY;
  }

  isTooSlow({ waiting, blockedMs }: Consumption): boolean {
    const isDropped = waiting > this.atOnce || (waiting > this.buffer && blockedMs > EAGER_MS);
    if (isDropped) this.dropped++;
    return isDropped;
  }
}
