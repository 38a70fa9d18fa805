/** Pairs of expected and observed items. */
export interface Matched<Expected, Observed> {
  readonly pairs: readonly (readonly [Expected, Observed])[];
  readonly missing: readonly Expected[];
  readonly unexpected: readonly Observed[];
}

/**
 * Pairs expected with observed items, whatever their order. As an expected item may leave fields out, several observed
 * ones can fit it: as many as possible are paired without a difference, the rest with the fewest differences.
 * @param distance number of differences; Infinity where the two cannot be paired
 */
export const match = <Expected, Observed>(
  expected: readonly Expected[],
  observed: readonly Observed[],
  distance: (expected: Expected, observed: Observed) => number,
): Matched<Expected, Observed> => {
  const distances = expected.map((one) => observed.map((other) => distance(one, other)));
  const owners = fitting(distances);
  const taken = new Set(owners.values());
  const others = distances
    .flatMap((row, from) => row.map((differences, to) => ({ from, to, differences })))
    .filter(({ from, to, differences }) => Number.isFinite(differences) && !taken.has(from) && !owners.has(to))
    .sort((a, b) => a.differences - b.differences);
  for (const { from, to } of others) {
    if (taken.has(from) || owners.has(to)) continue;
    owners.set(to, from);
    taken.add(from);
  }
  return {
    pairs: expected.flatMap((one, from) =>
      observed.filter((_, to) => owners.get(to) === from).map((other) => [one, other] as const),
    ),
    missing: expected.filter((_, from) => !taken.has(from)),
    unexpected: observed.filter((_, to) => !owners.has(to)),
  };
};

/** The largest matching without differences, by augmenting paths: the expected item of each observed one. */
const fitting = (distances: readonly (readonly number[])[]): Map<number, number> => {
  const owners = new Map<number, number>();
  const find = (from: number, seen: Set<number>): boolean =>
    (distances[from] ?? []).some((differences, to) => {
      if (differences !== 0 || seen.has(to)) return false;
      seen.add(to);
      const owner = owners.get(to);
      if (owner !== undefined && !find(owner, seen)) return false;
      owners.set(to, from);
      return true;
    });
  distances.forEach((_, from) => find(from, new Set()));
  return owners;
};
