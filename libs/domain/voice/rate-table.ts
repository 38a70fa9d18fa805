import { type Instant } from "../calendar.js";
import { type RateVersion } from "./rate-version.js";

/** The versions of each prefix, by the instant from which they hold. */
export type RateTable<Version extends RateVersion = RateVersion> = ReadonlyMap<string, readonly Version[]>;

/**
 * @param versions in any order; of two with the same prefix and instant, the later in the list counts
 */
export const rateTable = <Version extends RateVersion>(versions: Iterable<Version>): RateTable<Version> => {
  const byPrefix = new Map<string, Map<Instant, Version>>();
  for (const version of versions) {
    const own = byPrefix.get(version.prefix) ?? new Map<Instant, Version>();
    byPrefix.set(version.prefix, own.set(version.effectiveFrom, version));
  }
  return new Map(
    [...byPrefix].map(([prefix, own]) => [
      prefix,
      [...own.values()].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)),
    ]),
  );
};

/** The version of a prefix that holds at an instant; undefined: none yet. */
export const versionAt = (table: RateTable, prefix: string, at: Instant): RateVersion | undefined =>
  table.get(prefix)?.findLast(({ effectiveFrom }) => effectiveFrom <= at);

/** A number as rates are matched with it: its digits without a plus sign or separators, or "" where it is none. */
export const ratedDigits = (number: string | null): string => {
  const digits = (number ?? "").replace(/^\s*\+/, "").replace(/[\s().-]/g, "");
  return /^\d{1,32}$/.test(digits) ? digits : "";
};

/** Every prefix that a number has, the longest first; the empty one is the last. */
export const prefixesOf = (number: string | null): readonly string[] => {
  const digits = ratedDigits(number);
  return Array.from({ length: digits.length + 1 }, (_, index) => digits.slice(0, digits.length - index));
};

/** The version with the longest prefix that holds and is not discontinued at the instant; undefined: there is no rate. */
export const matchingVersion = (table: RateTable, number: string | null, at: Instant): RateVersion | undefined => {
  for (const prefix of prefixesOf(number)) {
    const version = versionAt(table, prefix, at);
    if (version && !version.discontinued) return version;
  }
  return undefined;
};
