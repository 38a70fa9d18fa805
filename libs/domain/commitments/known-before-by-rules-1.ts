import { compareText } from "../by-day.js";
import { type LocalDate } from "../calendar.js";
import { type KnownBefore, ownDayOf, type PauseChange } from "./pause-changes.js";

/**
 * {@link knownBefore} of pause-changes.ts by version 1 of the rules, for what was computed by it: the pauses as the last
 * of their own days left them, and every floor (docs/decisions/0285-a-pause-is-what-was-said-of-it-last.md).
 */
export const knownBeforeByRules1 = (
  changes: readonly PauseChange[],
  { raisedFrom, change }: { readonly raisedFrom: LocalDate; readonly change: number },
  floor: LocalDate | null,
): KnownBefore => {
  const known = changes
    .map((one, index) => ({ one, index, own: ownDayOf(one) }))
    .filter(({ own, index }) => own < raisedFrom || (own === raisedFrom && index < change))
    .sort((a, b) => compareText(a.own, b.own));
  return { pauses: [...new Map(known.map(({ one }) => [one.pauseId, one])).values()], floor };
};
