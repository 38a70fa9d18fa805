/** What back-off runs on: the system's time, never a test clock. Specs inject their own. */
export interface Timer {
  now(): Date;
  /** From 0 to below 1. */
  random(): number;
}

export const systemTimer: Timer = { now: () => new Date(), random: () => Math.random() };

/** Milliseconds for which a delivery may fail before it is parked. */
export const FAILS_FOR_MS = 3 * 24 * 3_600_000;

const FIRST_TRY_AGAIN_MS = 5_000;
const LAST_TRY_AGAIN_MS = 3_600_000;
/** A target may ask for a longer pause than ours, but not for one that lets nobody see the delivery fail. */
const LONGEST_ASKED_MS = 24 * 3_600_000;
const FIRST_PROBE_MS = 1_000;
const LAST_PROBE_MS = 300_000;

/** Doubles from the first to the last, and lies between half and all of it: what failed together is not retried together. */
const doubling = (firstMs: number, lastMs: number, count: number, timer: Timer): number =>
  Math.min(lastMs, firstMs * 2 ** Math.min(count - 1, 30)) * (0.5 + timer.random() / 2);

const after = (timer: Timer, ms: number): Date => new Date(timer.now().getTime() + ms);

/** When a delivery is tried again. @param failures how often it failed, from 1 */
export const nextTry = (timer: Timer, failures: number, retryAfterMs: number | undefined): Date =>
  after(
    timer,
    retryAfterMs === undefined
      ? doubling(FIRST_TRY_AGAIN_MS, LAST_TRY_AGAIN_MS, failures, timer)
      : Math.min(LONGEST_ASKED_MS, Math.max(0, retryAfterMs)),
  );

/** When a target that does not answer is asked again. @param probes how often it was asked in vain */
export const nextProbe = (timer: Timer, probes: number): Date =>
  after(timer, doubling(FIRST_PROBE_MS, LAST_PROBE_MS, probes + 1, timer));

/** When something that waits for this program itself is looked at again. */
export const soon = (timer: Timer): Date => after(timer, FIRST_PROBE_MS);
