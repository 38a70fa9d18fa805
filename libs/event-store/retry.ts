import { type Backoff, backOff } from "./backoff.js";
import { StoreUnavailable } from "./errors.js";

/** A failure after which the same call may be retried: the store did not answer, or the result is unknown. */
export class Transient extends Error {
  override readonly name = "Transient";
}

const pauses: Backoff = { firstMs: 50, mostMs: 2_000 };

/**
 * Retries a call while it fails with {@link Transient}, with pauses, until `totalMs` have passed since the first
 * attempt or the signal aborts; then throws `StoreUnavailable`, which carries the last failure as its cause. Every
 * other error passes through.
 */
export const withRetries = async <T>(
  what: string,
  call: () => Promise<T>,
  { totalMs, signal }: { readonly totalMs: number; readonly signal: AbortSignal },
): Promise<T> => {
  const started = performance.now();
  for (let failures = 1; ; failures += 1) {
    if (signal.aborted) throw new StoreUnavailable(`${what}: the event store is closed`);
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (performance.now() - started >= totalMs) {
        throw new StoreUnavailable(`${what}: gave up after ${failures} attempts: ${error.message}`, { cause: error });
      }
    }
    await backOff(pauses, failures, signal);
  }
};
