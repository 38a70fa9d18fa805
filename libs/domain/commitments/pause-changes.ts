import { addDays, earlier, later, type LocalDate } from "../calendar.js";
import { type DiscountEndBound, type DiscountEndCeiling } from "./events.js";

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
  /** In events from before bounds the days below which it did not lower dates. Absent: it lowered none so far. */
  readonly floors?: readonly DiscountEndBound[];
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
export const ownDayOf = ({ by, from, until, orderedOn }: PauseChange): LocalDate => {
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

/** Whether the same pause was changed as of an earlier own day since: what the change said of a later day is gone. */
const isReplaced = (one: PauseChange, later: readonly PauseChange[]): boolean =>
  later.some((other) => other.pauseId === one.pauseId && ownDayOf(other) < ownDayOf(one));

const floorsOf = (changes: readonly PauseChange[], setBy: string): LocalDate[] =>
  changes.flatMap(({ floors = [] }) => floors.filter((one) => one.setBy === setBy).map(({ day }) => day));

/** The day since which a change is known: its own, of a resume for a coming day that of its ordering. */
export const knownOn = (change: PauseChange): LocalDate => {
  const own = ownDayOf(change);
  return change.by === "ENDED" ? earlier(own, change.orderedOn) : own;
};

/** The floor that changes give a date; null: none. */
const floorBy = (changes: readonly PauseChange[], setBy: string): LocalDate | null => {
  const lasting = changes.filter((one, index) => !isReplaced(one, changes.slice(index + 1)));
  return floorsOf(lasting, setBy).reduce<LocalDate | null>(
    (last, day) => (last === null ? day : later(last, day)),
    null,
  );
};

/**
 * Whether a change is known before another one, not itself, raised an end date: by its own day, a resume for a coming day
 * from its ordering on; of others of the own day of that one, those recorded earlier are.
 */
const isKnownBefore = (
  { raisedFrom, change }: { readonly raisedFrom: LocalDate; readonly change: number },
  one: PauseChange,
  index: number,
): boolean => {
  if (index === change) return false;
  const on = knownOn(one);
  return on < raisedFrom || (on === raisedFrom && index < change);
};

/** A date before a change of a pause raised it: the pauses by then, and its floor. */
export interface KnownBefore {
  readonly pauses: readonly PauseChange[];
  readonly floor: LocalDate | null;
}

/**
 * What days before a raised end date are judged by: changes that were dated back to before it later are among the known
 * ones. Of one pause what was recorded last counts, though its own day be earlier: a "pause now" of a coming day, that
 * another day was given since, does not come back on its day.
 * @param raised with the place of the change that raised the date
 * @param floor of the date, by all changes
 */
export const knownBefore = (
  changes: readonly PauseChange[],
  raised: { readonly setBy: string; readonly raisedFrom: LocalDate; readonly change: number },
  floor: LocalDate | null,
): KnownBefore => {
  const known = changes.filter((one, index) => isKnownBefore(raised, one, index));
  const unknown = changes.filter((one, index) => !isKnownBefore(raised, one, index));
  const isLater = floor !== null && floorsOf(unknown, raised.setBy).includes(floor);
  const pauses = [...new Map(known.map((one) => [one.pauseId, one])).values()];
  return { pauses, floor: isLater ? floorBy(known, raised.setBy) : floor };
};
