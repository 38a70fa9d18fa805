import type { Consumption } from "../services/streams-read.js";

/** What a real server keeps for a live subscriber that does not take it. */
const BUFFER = 32;

/** So many events of one commit come faster than even an eager subscriber is sent them. */
const TOO_MANY_AT_ONCE = 200;

/** How long a subscriber may have no room before it counts as slow: it has none for a moment after every few events. */
const EAGER_MS = 50;

/** Whether a real server (23.10.6) would drop a live subscriber. */
export const isTooSlow = ({ waiting, blockedMs }: Consumption): boolean =>
  waiting > TOO_MANY_AT_ONCE || (waiting > BUFFER && blockedMs > EAGER_MS);
