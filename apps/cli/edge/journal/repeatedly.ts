import { setTimeout as delay } from "node:timers/promises";

interface Pace {
  /** Ends it, also while it waits. */
  readonly signal: AbortSignal;
  readonly everyMs: number;
  /** After a failure; twice as long after each that follows, up to the longest. Default: as otherwise. */
  readonly againMs?: number;
  readonly longestMs?: number;
  /** @param isFirst the time before went well */
  readonly failed: (error: unknown, message: string, isFirst: boolean) => void;
}

/** Does a task again and again until it is stopped. A failure is told, and ends nothing. */
export const repeatedly = async (task: () => Promise<void>, pace: Pace): Promise<void> => {
  const { signal, everyMs, againMs = everyMs, longestMs = againMs, failed } = pace;
  let wait = 0;
  while (!signal.aborted) {
    try {
      await task();
      wait = 0;
    } catch (error) {
      failed(error, error instanceof Error ? error.message : String(error), wait === 0);
      wait = Math.min(longestMs, Math.max(againMs, wait * 2));
    }
    await delay(wait || everyMs, undefined, { signal }).catch(() => undefined);
  }
};
