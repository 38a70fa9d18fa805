import { setTimeout as sleep } from "node:timers/promises";

/** What the pace of requests runs on: the system's time, never a test clock. Specs inject their own. */
export interface Pacer {
  /** Milliseconds. */
  now(): number;
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemPacer: Pacer = {
  now: () => performance.now(),
  wait: async (ms, signal) => {
    await sleep(ms, undefined, { ...(signal && { signal }) });
  },
};

/** Requests that Zendesk takes in a minute from an account of the lower plans, about (docs/integrations.md#zendesk). */
const A_MINUTE = 400;
/** Requests that may follow each other at once. */
const AT_ONCE = 40;
const MS_EACH = 60_000 / A_MINUTE;

/** Spreads requests, in the order in which they come, so that no more than 400 are made in a minute. */
export class Pace {
  /** When the request that comes next would be made, were none to be made at once. */
  #next = -Infinity;

  constructor(private readonly pacer: Pacer = systemPacer) {}

  /** Waits for the turn of a request. @throws when the signal aborts */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = this.pacer.now();
    const at = Math.max(this.#next, now - (AT_ONCE - 1) * MS_EACH);
    this.#next = at + MS_EACH;
    if (at > now) await this.pacer.wait(at - now, signal);
  }
}
