import { rateFlags, type RateVersion } from "./rate-version.js";

/** What a version that is wanted would be: of a prefix without a rate, another one, the end of one, or nothing new. */
export const rateChangeKinds = ["ADDED", "CHANGED", "DISCONTINUED", "UNCHANGED"] as const;
export type RateChangeKind = (typeof rateChangeKinds)[number];

/** A version that is wanted, beside the one that holds from its instant on without it. */
export interface RateChange {
  readonly kind: RateChangeKind;
  /** Null: the prefix has no rate then. */
  readonly before: RateVersion | null;
  readonly after: RateVersion;
}

/**
 * What versions would change of those that are known, in their order. One says nothing new where it is known with its
 * instant, or where the version that holds from its instant on says the same, wanted ones of earlier instants included.
 * @param wanted prices in the form in which they are recorded; each prefix and instant once
 * @param known versions of their prefixes
 */
export const rateChanges = (wanted: readonly RateVersion[], known: Iterable<RateVersion>): RateChange[] => {
  const timelines = new Map<string, RateVersion[]>();
  for (const version of known) timelines.set(version.prefix, [...(timelines.get(version.prefix) ?? []), version]);
  const found = new Map<RateVersion, RateChange>();
  for (const after of wanted.toSorted(byInstant)) {
    const timeline = timelines.get(after.prefix) ?? [];
    const before =
      timeline
        .filter((one) => one.effectiveFrom <= after.effectiveFrom)
        .sort(byInstant)
        .at(-1) ?? null;
    found.set(after, { kind: kindOf(before, after), before, after });
    timelines.set(after.prefix, [...timeline.filter((one) => one.effectiveFrom !== after.effectiveFrom), after]);
  }
  return wanted.flatMap((version) => found.get(version) ?? []);
};

const byInstant = (a: RateVersion, b: RateVersion): number =>
  a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0;

const TERMS = [
  ...["description", "country", "priceFirst", "priceNext", "connectFee", "firstInterval", "nextInterval"],
  ...rateFlags,
] as readonly (keyof RateVersion)[];

const kindOf = (before: RateVersion | null, after: RateVersion): RateChangeKind => {
  // A prefix that matches nothing, and is to match nothing.
  if (before === null) return after.discontinued ? "DISCONTINUED" : "ADDED";
  if (TERMS.every((term) => before[term] === after[term])) return "UNCHANGED";
  if (after.discontinued && !before.discontinued) return "DISCONTINUED";
  return before.discontinued && !after.discontinued ? "ADDED" : "CHANGED";
};
