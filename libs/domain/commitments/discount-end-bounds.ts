import { compareText } from "../by-day.js";
import { addDays, days, earlier, later, type LocalDate } from "../calendar.js";
import { type DiscountSetting, type SettingBounds } from "./commitment.js";
import { foldedEnd } from "./discount-end.js";
import { type RaisedDate } from "./events.js";
import { knownOn, ownDayOf, type PauseChange } from "./pause-changes.js";

/** No change of a pause bounds the date. */
export const UNBOUNDED: SettingBounds = { floor: null, ceilings: [] };

/** A change of a pause, with its place among all of them. */
interface Placed {
  readonly change: PauseChange;
  readonly index: number;
}

interface Floor {
  readonly pauseId: string;
  readonly ownDay: LocalDate;
  readonly day: LocalDate;
}

/**
 * How far the changes of pauses may move a discount end date: none lowers it below its own day, or further where it lies
 * before that day, and none raises it for days before that day. Both follow from the own days alone, whenever what was
 * recorded (docs/rules.md#discount-end-bounds): all changes since the date was set are gone through in the order of the
 * days on which they were known, and every one that is recorded decides the bounds anew.
 * @param setting by hand or copied: what a default term is moved by only adds days, so that it needs no bound
 * @param changes all of the commitment
 */
export const boundsOf = (setting: DiscountSetting, changes: readonly PauseChange[]): SettingBounds => {
  if (setting.kind === "DEFAULT" || setting.end === null) return UNBOUNDED;
  const placed = changes.map((change, index): Placed => ({ change, index }));
  const pauses = new Map(placed.slice(0, setting.changesBefore).map((one) => [one.change.pauseId, one]));
  let floors: readonly Floor[] = [];
  const raised: RaisedDate[] = [];
  const endOn = (day: LocalDate): LocalDate => {
    const end = foldOf(setting, pauses, day);
    return floors.reduce((last, floor) => later(last, floor.day), end);
  };
  for (const one of inOrder(placed.slice(setting.changesBefore))) {
    const { change, index } = one;
    const { pauseId } = change;
    const before = pauses.get(pauseId);
    // Of one pause what was recorded last counts, though it be known since an earlier day.
    if (before && before.index > index) continue;
    const ownDay = ownDayOf(change);
    // Days before an open pause were judged while it had no days yet, and none was served in it since.
    const raisedFrom = openDays(pauses).reduce(earlier, ownDay);
    const [end, passed] = [endOn(ownDay), endOn(addDays(raisedFrom, -1))];
    pauses.set(pauseId, one);
    // What the same pause was to be as of a later day has no part in it any more.
    floors = floors.filter((floor) => floor.pauseId !== pauseId || floor.ownDay <= ownDay);
    const day = earlier(end, ownDay);
    if (endOn(ownDay) < day || canLower(setting, pauses)) {
      floors = [...floors, { pauseId, ownDay, day }];
    }
    // As of one day before and after it: what an open pause adds from day to day is raised by no command.
    if (passed < raisedFrom && passed < endOn(addDays(raisedFrom, -1))) raised.push({ day: passed, raisedFrom });
  }
  const floor = floors.reduce<LocalDate | null>((last, { day }) => (last === null ? day : later(last, day)), null);
  return { floor, ceilings: inSteps(raised) };
};

const isOpen = ({ until, cancelled }: PauseChange): boolean => until === null && !cancelled;

/** The first days of open pauses. */
const openDays = (pauses: Pauses): LocalDate[] =>
  [...pauses.values()].flatMap(({ change }) => (isOpen(change) ? [change.from] : []));

const inOrder = (changes: readonly Placed[]): Placed[] =>
  [...changes].sort((a, b) => compareText(knownOn(a.change), knownOn(b.change)) || a.index - b.index);

/** The pauses by what the changes gone through so far make of them, by id. */
type Pauses = ReadonlyMap<string, Placed>;

const foldOf = (setting: DiscountSetting, pauses: Pauses, day: LocalDate): LocalDate => {
  const known = { pauses: [...pauses.values()].map(({ change }) => change), before: day };
  return foldedEnd({ ...setting, floor: null, ceiling: null, known }, [], { through: day, lastDay: null }) ?? day;
};

/**
 * Whether days to come of an open pause can lower the date: they bring the end so far to a pause that has fewer days than
 * the date includes, and then it takes them away. The floor is there before.
 */
const canLower = ({ counted }: DiscountSetting, pauses: Pauses): boolean => {
  const known = [...pauses.values()].map(({ change }) => change);
  return known.some(isOpen) && known.some((change) => daysOf(change) < (counted[change.pauseId] ?? 0));
};

const daysOf = ({ from, until, cancelled }: PauseChange): number => {
  if (cancelled) return 0;
  return until === null ? Infinity : days({ from, to: addDays(until, 1) });
};

/** By the days from which they were raised: days before one of them keep the earliest date that passed by then. */
const inSteps = (raised: readonly RaisedDate[]): RaisedDate[] => {
  const steps = [...new Set(raised.map(({ raisedFrom }) => raisedFrom))].sort(compareText);
  return steps.map((raisedFrom) => {
    const passed = raised.filter((one) => one.raisedFrom >= raisedFrom).map(({ day }) => day);
    return { day: passed.reduce(earlier), raisedFrom };
  });
};
