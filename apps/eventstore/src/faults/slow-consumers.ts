import type { Consumption } from "../services/read-conditions.js";

/** What a real server (23.10.6) keeps for a live subscriber that does not take it. */
const BUFFER = 32;

/** So many events of one commit come faster than even an eager subscriber is sent them. */
const TOO_MANY_AT_ONCE = 200;

/** How long a subscriber may have no room before it counts as slow: it has none for a moment after every few events. */
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
