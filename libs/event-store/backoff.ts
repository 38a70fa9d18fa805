import { setTimeout } from "node:timers/promises";

/** Pauses that double from `firstMs` up to `mostMs`. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * Waits before retry number `failures` (from 1). The pause is between half and all of its nominal length, so that
 * callers that failed at the same moment do not retry at the same moment. Returns early when the signal aborts.
 */
export const backOff = async ({ firstMs, mostMs }: Backoff, failures: number, signal: AbortSignal): Promise<void> => {
  const nominal = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
  await pause(nominal * (0.5 + Math.random() / 2), signal);
};

/** Waits; returns early when the signal aborts. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  // Only the signal rejects this.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
};
