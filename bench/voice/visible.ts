import { setTimeout as delay } from "node:timers/promises";

/** How many records could be seen at a moment, in milliseconds since 1970. */
export interface Seen {
  readonly at: number;
  readonly records: number;
}

/** Counts what can be seen, again and again, until it is told to stop. */
export const watchRecords = (count: () => Promise<number>) => {
  const seen: Seen[] = [];
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      seen.push({ records: await count(), at: Date.now() });
      await delay(100, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async (): Promise<readonly Seen[]> => {
      stopping.abort();
      await watching;
      return seen;
    },
  };
};

/**
 * The longest time for which a call had ended and its record could not be seen, in seconds.
 * @param ended when calls ended, in order; those that cannot be seen are taken to be the last of them
 */
export const longestWait = (ended: readonly number[], seen: readonly Seen[]): number =>
  Math.max(0, ...seen.map(({ at, records }) => at - (ended[records] ?? at))) / 1_000;
