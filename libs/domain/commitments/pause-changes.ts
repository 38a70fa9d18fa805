import { compareText } from "../by-day.js";
import { addDays, earlier, type LocalDate } from "../calendar.js";
import { type DiscountEndCeiling } from "./events.js";

/** What an event of a pause left it as. */
export interface PauseChange {
  readonly pauseId: string;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly cancelled: boolean;
  /** By which kind of command: its own day follows from it. */
  readonly by: "SCHEDULED" | "NOW" | "ENDED" | "CANCELLED";
  /** The day on which the command was accepted, or for which it was given. */
  readonly orderedOn: LocalDate;
}

/** An end date that a change of a pause raised for later days only, with the place of that change among all of them. */
export interface RecordedCeiling extends DiscountEndCeiling {
  readonly change: number;
}

/**
 * The day by which a change of a pause is judged, whenever it was recorded (docs/rules.md#discount-end-bounds): a pause
 * with days of its own is ordered on the day of its recording, or the one given instead, or on its first day where that
 * had passed.
 */
const ownDayOf = ({ by, from, until, orderedOn }: PauseChange): LocalDate => {
  switch (by) {
    case "NOW":
      return addDays(from, -1);
    case "SCHEDULED":
      return earlier(from, orderedOn);
    case "ENDED":
      return until ?? orderedOn;
    case "CANCELLED":
      return orderedOn;
  }
};

/** The own day of the change that was recorded last. */
export const lastOwnDay = (changes: readonly PauseChange[]): LocalDate => {
  const last = changes.at(-1);
  if (!last) throw new Error("no change of a pause was recorded");
  return ownDayOf(last);
};

/**
 * The pauses as they were by the own days of their changes before one of these raised an end date: changes that were
 * dated back to before it later are among them. Days before that change are judged by these.
 * @param change the place of the change that raised it; of others of its own day those recorded earlier count
 */
export const pausesKnownBefore = (
  changes: readonly PauseChange[],
  raisedFrom: LocalDate,
  change: number,
): readonly PauseChange[] => {
  const known = changes
    .map((one, index) => ({ one, index, own: ownDayOf(one) }))
    .filter(({ own, index }) => own < raisedFrom || (own === raisedFrom && index < change))
    .sort((a, b) => compareText(a.own, b.own));
  return [...new Map(known.map(({ one }) => [one.pauseId, one])).values()];
};
