import { addDays, earlier, type LocalDate } from "../calendar.js";
import { agreedTerms, rowOfUpgrade } from "./agreed-terms.js";
import { type Commitment, type TimeLimitedUpgrade } from "./commitment.js";
import { type RecurringRow, type Terms } from "./events.js";

/** Terms with the days on which they are in force; the commitment's own end does not count here. */
export interface HeldTerms {
  readonly from: LocalDate;
  /** First day of the next terms; null: there are none. */
  readonly to: LocalDate | null;
  readonly terms: Terms;
  /** The event that assigned, planned, scheduled, upgraded to or renewed them. */
  readonly eventId: string;
}

/** All terms of a commitment that come into force (docs/rules.md#dropped-terms), by day and then by recording. */
export const heldTerms = (commitment: Commitment): HeldTerms[] => {
  const all = agreedTerms(commitment);
  return all.map(({ from, terms, eventId }, index) => ({ from, to: all[index + 1]?.from ?? null, terms, eventId }));
};

/** The terms in force on a day; before the start, the first. */
export const heldTermsOn = (commitment: Commitment, date: LocalDate): HeldTerms => {
  const all = heldTerms(commitment);
  const found = all.findLast(({ from }) => from <= date) ?? all[0];
  if (!found) throw new Error("a commitment has terms from its assignment on");
  return found;
};

export const termsOn = (commitment: Commitment, date: LocalDate): Terms => heldTermsOn(commitment, date).terms;

/** The last day of a time-limited upgrade: at most the last day of its row and of those that follow it by renewals. */
export const lastUpgradedDay = (commitment: Commitment, upgrade: TimeLimitedUpgrade): LocalDate => {
  const all = agreedTerms(commitment);
  const gone = all.find(({ from }) => from >= upgrade.from && rowOfUpgrade(upgrade, all, from) === null);
  return gone === undefined ? upgrade.until : earlier(upgrade.until, addDays(gone.from, -1));
};

/** The time-limited upgrade of a row that runs on a day; none runs after the commitment's last charged day. */
export const upgradeOn = (commitment: Commitment, rowId: string, date: LocalDate): TimeLimitedUpgrade | undefined => {
  const { upgrades, termination } = commitment;
  if (upgrades.length === 0 || (termination !== null && termination.on < date)) return undefined;
  const all = agreedTerms(commitment);
  return upgrades.findLast(
    (upgrade) =>
      upgrade.from <= date &&
      date <= lastUpgradedDay(commitment, upgrade) &&
      rowOfUpgrade(upgrade, all, date) === rowId,
  );
};

/** The row that a time-limited upgrade applies to on a day; null: none does on that day. */
export const upgradedRowOn = (commitment: Commitment, upgrade: TimeLimitedUpgrade, date: LocalDate): string | null =>
  rowOfUpgrade(upgrade, agreedTerms(commitment), date);

/** The add-on product that a row gives on a day: that of a time-limited upgrade, else the row's own. */
export const addOnOn = (commitment: Commitment, row: RecurringRow, date: LocalDate): string | null =>
  upgradeOn(commitment, row.rowId, date)?.addOnProductId ?? row.addOnProductId;
