import { compareText } from "../by-day.js";
import { type LocalDate } from "../calendar.js";
import { type FeesRenewal, type ScheduledUpgrade } from "./coming-terms.js";
import { type Commitment, type TermsVersion, type TimeLimitedUpgrade } from "./commitment.js";
import { type PlannedUpgrade } from "./events.js";

/** Terms that come or came into force on a day, with what brought them. */
export type AgreedTerms =
  | (TermsVersion & { readonly by: "ASSIGNMENT" | "UPGRADE" })
  | (TermsVersion & PlannedUpgrade & { readonly by: "PLANNED_UPGRADE"; readonly upgrade: TimeLimitedUpgrade })
  | (ScheduledUpgrade & { readonly by: "SCHEDULED_UPGRADE" })
  | (FeesRenewal & { readonly by: "RENEWAL" });

/**
 * All terms of a commitment that come into force, by day and then by recording: of two on one day the first is in force
 * on no day. Left out is what is dropped (docs/rules.md#dropped-terms): a termination, a scheduled one too, drops what
 * would come after it; a planned upgrade is dropped by a scheduled one that comes before it or on its day, and by a
 * renewal in which its row is gone; a renewal by an upgrade that comes after its order, before it or on its day.
 */
export const agreedTerms = (commitment: Commitment): readonly AgreedTerms[] => {
  const found = known.get(commitment);
  if (found) return found;
  const computed = inOrder(commitment);
  known.set(commitment, computed);
  return computed;
};

/** Terms are asked for many times by the day, and states never change. */
const known = new WeakMap<Commitment, readonly AgreedTerms[]>();

const inOrder = (commitment: Commitment): AgreedTerms[] => {
  const { versions, upgrades, scheduledUpgrades, renewals, termination } = commitment;
  const [first, ...later] = versions;
  const comes = ({ from }: { readonly from: LocalDate }) => termination === null || from <= termination.on;
  const scheduled = scheduledUpgrades.map((upgrade): AgreedTerms => ({ by: "SCHEDULED_UPGRADE", ...upgrade }));
  const planned = upgrades.flatMap((upgrade): AgreedTerms[] =>
    upgrade.then === null ? [] : [{ by: "PLANNED_UPGRADE", ...upgrade.then, upgrade, eventId: upgrade.eventId }],
  );
  const renewed = renewals.map((renewal): AgreedTerms => ({ by: "RENEWAL", ...renewal }));
  // What comes by itself begins with the day; an upgrade that was made on it was recorded later.
  const all: AgreedTerms[] = [
    { by: "ASSIGNMENT", ...first },
    ...[...scheduled, ...planned, ...renewed].filter(comes),
    ...later.map((version): AgreedTerms => ({ by: "UPGRADE", ...version })),
  ];
  const kept: AgreedTerms[] = [];
  for (const terms of all.sort((a, b) => compareText(a.from, b.from))) {
    if (!isDropped(terms, kept)) kept.push(terms);
  }
  return kept;
};

/** @param before the terms that came into force before it, or on its day */
const isDropped = (terms: AgreedTerms, before: readonly AgreedTerms[]): boolean => {
  if (terms.by === "PLANNED_UPGRADE") return rowOfUpgrade(terms.upgrade, before, terms.from) === null;
  return terms.by === "RENEWAL" && before.some((other) => dropsRenewal(other, terms));
};

/** Whether terms that come before a renewal, or on its day, drop it: what it would renew is no longer held. */
export const dropsRenewal = ({ by, from }: AgreedTerms, { orderedOn }: FeesRenewal): boolean =>
  (by === "SCHEDULED_UPGRADE" || by === "PLANNED_UPGRADE") && from > orderedOn;

/**
 * The row that a time-limited upgrade applies to under the terms in force at a time: its own, or the one that follows
 * it since fees were renewed.
 * @param inOrder terms by day
 * @param through a day: terms that begin later are left out
 * @returns null: other terms have come, or a renewal in which the row is gone
 */
export const rowOfUpgrade = (
  { rowId }: Pick<TimeLimitedUpgrade, "rowId">,
  inOrder: readonly AgreedTerms[],
  through: LocalDate,
): string | null =>
  inOrder
    .filter(({ from }) => from <= through)
    .reduce<string | null>((row, { terms: { recurring } }) => {
      const found = recurring.find((each) => each.rowId === rowId || (row !== null && each.renews === row));
      return found?.rowId ?? null;
    }, null);
