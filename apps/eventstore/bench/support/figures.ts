/** Figures of several rounds of the same, taken turn by turn, so that a busy moment of the machine hits all alike. */

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const percentile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

/** Seconds that a task takes. */
export const seconds = async (task: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1_000;
};

/** Runs each task once per round, in turns; the median of each. */
export const inTurns = async <Name extends string>(
  rounds: number,
  tasks: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> => {
  const names = Object.keys(tasks) as Name[];
  const results = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results.get(name)?.push(await tasks[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(results.get(name) ?? [])])) as Record<Name, number>;
};

/** Runs `task` for 0 … count-1, so many at a time. */
export const inFlight = async (count: number, most: number, task: (n: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const worker = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(most, count) }, worker));
};

export const perSecond = (value: number): string => `${value.toFixed(0)}/s`;
export const share = (value: number, floor: number): string => `${((100 * value) / floor).toFixed(0)} %`;
