import { compareText } from "../by-day.js";
import { addDays, earlier, type LocalDate } from "../calendar.js";
import { type Commitment, type TimeLimitedUpgrade } from "./commitment.js";
import { type PlannedUpgrade, type RecurringRow, type Terms } from "./events.js";

/** Terms with the days on which they are in force; the commitment's own end does not count here. */
export interface HeldTerms {
  readonly from: LocalDate;
  /** First day of the next terms; null: there are none. */
  readonly to: LocalDate | null;
  readonly terms: Terms;
  /** The event that assigned, planned or upgraded to them. */
  readonly eventId: string;
}

/** Planned upgrades, without those after the commitment's last charged day. */
export const plannedUpgrades = ({
  upgrades,
  termination,
}: Commitment): (PlannedUpgrade & { readonly floor: LocalDate | null; readonly eventId: string })[] =>
  upgrades.flatMap(({ then, thenFloor: floor, eventId }) =>
    then === null || (termination !== null && termination.on < then.from) ? [] : [{ ...then, floor, eventId }],
  );

/**
 * All terms of a commitment, those of planned upgrades included, by day and then by recording: of two upgrades on one
 * day the first is in force on no day. A planned upgrade was always recorded before one that took effect on its day.
 */
export const heldTerms = (commitment: Commitment): HeldTerms[] => {
  const all = [...plannedUpgrades(commitment), ...commitment.versions]
    .map(({ from, terms, eventId }) => ({ from, terms, eventId }))
    .sort((a, b) => compareText(a.from, b.from));
  return all.map((held, index) => ({ ...held, to: all[index + 1]?.from ?? null }));
};

/** The terms in force on a day; before the start, the first. */
export const heldTermsOn = (commitment: Commitment, date: LocalDate): HeldTerms => {
  const all = heldTerms(commitment);
  const found = all.findLast(({ from }) => from <= date) ?? all[0];
  if (!found) throw new Error("a commitment has terms from its assignment on");
  return found;
};

export const termsOn = (commitment: Commitment, date: LocalDate): Terms => heldTermsOn(commitment, date).terms;

/** The last day of a time-limited upgrade: at most the last day of the terms that its row belongs to. */
export const lastUpgradedDay = (commitment: Commitment, { rowId, until }: TimeLimitedUpgrade): LocalDate => {
  const held = heldTerms(commitment).find(({ terms }) => terms.recurring.some((row) => row.rowId === rowId));
  return held?.to == null ? until : earlier(until, addDays(held.to, -1));
};

/** The time-limited upgrade of a row that runs on a day; none runs after the commitment's last charged day. */
export const upgradeOn = (commitment: Commitment, rowId: string, date: LocalDate): TimeLimitedUpgrade | undefined =>
  commitment.termination !== null && commitment.termination.on < date
    ? undefined
    : commitment.upgrades.findLast(
        (upgrade) => upgrade.rowId === rowId && upgrade.from <= date && date <= lastUpgradedDay(commitment, upgrade),
      );

/** The add-on product that a row gives on a day: that of a time-limited upgrade, else the row's own. */
export const addOnOn = (commitment: Commitment, row: RecurringRow, date: LocalDate): string | null =>
  upgradeOn(commitment, row.rowId, date)?.addOnProductId ?? row.addOnProductId;
