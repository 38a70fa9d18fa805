import { type Instant } from "../calendar.js";
import { rateTable } from "./rate-table.js";
import { type RateVersion } from "./rate-version.js";

/** Versions that hold at an instant; those that hold by then or held before; those that hold then or will later. */
export const effectiveModes = ["AT", "AT_AND_BEFORE", "AT_AND_AFTER"] as const;
export type EffectiveMode = (typeof effectiveModes)[number];

/** Which versions are wanted, by when they hold. */
export interface Effective {
  readonly at: Instant;
  readonly mode: EffectiveMode;
}

/** From when a version holds, and the instant from which it no longer does; null: it never ends. */
export interface Validity {
  readonly effectiveFrom: Instant;
  readonly effectiveUntil: Instant | null;
}

/** Versions with their ends: each lasts until the next of its prefix. By prefix, then by instant. */
export const withEnds = (versions: Iterable<RateVersion>): (RateVersion & Validity)[] =>
  [...rateTable(versions)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) =>
      own.map((version, index) => ({ ...version, effectiveUntil: own[index + 1]?.effectiveFrom ?? null })),
    );

/** Whether a version is among those wanted; from its start on, up to but without its end. */
export const isEffective = ({ effectiveFrom, effectiveUntil }: Validity, { at, mode }: Effective): boolean => {
  const started = effectiveFrom <= at;
  const lasting = effectiveUntil === null || at < effectiveUntil;
  return { AT: started && lasting, AT_AND_BEFORE: started, AT_AND_AFTER: lasting }[mode];
};
