import { type Backoff, backOff } from "./backoff.js";
import { StoreUnavailable } from "./errors.js";

/** A failure after which the same call may be retried: the store did not answer, or the result is unknown. */
export class Transient extends Error {
  override readonly name = "Transient";
}

const pauses: Backoff = { firstMs: 50, mostMs: 2_000 };

/**
 * Retries a call while it fails with {@link Transient}, with pauses, until `totalMs` have passed since the first
 * attempt or the signal aborts; then throws `StoreUnavailable`, which carries the last failure as its cause. An attempt
 * that lasts longer is not waited for. Every other error passes through.
 */
export const withRetries = async <T>(
  what: string,
  call: () => Promise<T>,
  { totalMs, signal }: { readonly totalMs: number; readonly signal: AbortSignal },
): Promise<T> => {
  const deadline = performance.now() + totalMs;
  let last: Transient | undefined;
  for (let failures = 0; ;) {
    if (signal.aborted) throw new StoreUnavailable(`${what}: the event store is closed`);
    const left = deadline - performance.now();
    if (last === undefined || left > 0) {
      try {
        return await within(Math.max(0, left), call());
      } catch (error) {
        if (!(error instanceof Transient)) throw error;
        failures += 1;
        // One that was cut off at the end says less than the one before.
        if (last === undefined || performance.now() < deadline) last = error;
      }
    }
    if (performance.now() >= deadline) {
      throw new StoreUnavailable(`${what}: gave up after ${failures} attempts: ${last.message}`, { cause: last });
    }
    await backOff(pauses, failures, signal);
  }
};

/** Rejects with {@link Transient} when a promise takes longer; what becomes of it later is ignored. */
export const within = async <T>(ms: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Transient(`No answer within ${Math.ceil(ms)} ms`));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
