import { type Day } from "./calendar.js";
import { endOf, isCancelled } from "./life.js";
import { memo } from "./memo.js";
import { settingsOf } from "./terms.js";
import { type Commitment, lastOn, type Pause, type PauseChange, type Setting } from "./world.js";

type Span = Pick<Pause, "first" | "last" | "cancelled">;

/**
 * Every setting of the end date has its own fold over all pauses of the commitment, by first day. `through`: the day asked
 * about, up to which an open pause counts; `cut`: the last day on which pauses count.
 */
function fold(pauses: ReadonlyMap<Pause, Span>, setting: Setting, through: Day, cut: Day): Day {
  let end = setting.base;
  for (const [pause, span] of [...pauses].sort(([, a], [, b]) => a.first - b.first)) {
    if (span.first >= end) continue;
    const counted = days(span, through, cut);
    end += counted - included(setting, pause, span, counted);
  }
  return end;
}

const now = (c: Commitment): ReadonlyMap<Pause, Span> => new Map(c.pauses.map((pause) => [pause, pause]));

/** The days that a pause counts: one that a termination cuts has its last day there, another open one has none yet. */
function days({ first, last, cancelled }: Span, through: Day, cut: Day): number {
  const until = Math.min(last ?? Infinity, cut);
  return cancelled ? 0 : Math.max(0, (until === Infinity ? through : until) - first + 1);
}

/** How many of them the date that was set includes already; a default term only moves by days from its day on. */
function included(setting: Setting, pause: Pause, { first }: Span, counted: number): number {
  if (setting.known !== "term") return setting.known.get(pause) ?? 0;
  return setting.day === -Infinity ? 0 : Math.min(counted, Math.max(0, setting.day - first));
}

/** Days that keep an end date that had passed, though a change of a pause raised it later. */
interface Kept {
  end: Day;
  until: Day;
}

/**
 * No change of a pause lowers an end date below the command's own day, nor further where it lies before that day; and
 * none raises it for days before that day. "Floors and ceilings of end dates are judged by the command's own day, not by
 * when it was recorded": all changes are gone through again by their own days, a resume for a day to come on that of its
 * command. Those recorded before a setting are no changes of it: it was set knowing them. Days to come of an open pause
 * lower no end date either.
 */
const boundsOf = (c: Commitment, setting: Setting): { floor: Day; kept: Kept[] } =>
  memo(setting, "bounds", () => {
    let floors: (Pick<PauseChange, "own" | "pause"> & { day: Day })[] = [];
    const floor = (): Day => Math.max(-Infinity, ...floors.map(({ day }) => day));
    const kept: Kept[] = [];
    const isBefore = ({ recorded }: PauseChange): boolean => recorded <= setting.recorded;
    const known = new Map<Pause, Span & Pick<PauseChange, "recorded">>(
      c.pauseChanges.filter(isBefore).map((change) => [change.pause, change]),
    );
    for (const change of inOrder(c.pauseChanges.filter((each) => !isBefore(each)))) {
      const { own, ordered: _, pause, recorded, ...span } = change;
      // Other days that it was given since count from before that.
      const was = known.get(pause);
      if (was !== undefined && was.recorded > recorded) continue;
      const before = Math.max(fold(known, setting, own, Infinity), floor());
      // In a pause that was open no day is served: days before it are judged by the date as it was then.
      const until = Math.min(own, ...[...known.values()].filter(isOpen).map(({ first }) => first));
      const end = Math.max(fold(known, setting, until - 1, Infinity), floor());
      known.set(pause, { ...span, recorded });
      // What the same pause was to be as of a later day has no part in it any more.
      floors = floors.filter((one) => one.pause !== pause || one.own <= own);
      const after = Math.max(fold(known, setting, own, Infinity), floor());
      const least = Math.min(before, own);
      if (after < least || canFall(known, setting)) floors.push({ own, pause, day: least });
      // As of the same day: what another open pause adds by the day is nothing that this change raised.
      const raised = Math.max(fold(known, setting, until - 1, Infinity), floor());
      if (end < until && raised > end) kept.push({ end, until });
    }
    return { floor: floor(), kept };
  });

/** While a pause is open, its days can bring the end to a pause that has fewer days than the date includes. */
function canFall(pauses: ReadonlyMap<Pause, Span>, setting: Setting): boolean {
  const spans = [...pauses];
  const takesAway = ([pause, span]: [Pause, Span]): boolean => {
    const counted = days(span, Infinity, Infinity);
    return counted < included(setting, pause, span, counted);
  };
  return spans.some(([, span]) => isOpen(span)) && spans.some(takesAway);
}

const isOpen = ({ last, cancelled }: Span): boolean => last === null && !cancelled;

const inOrder = (changes: PauseChange[]): PauseChange[] =>
  [...changes].sort((a, b) => a.ordered - b.ordered || a.recorded - b.recorded);

const endBy = (c: Commitment, setting: Setting, through: Day, cut: Day): Day =>
  Math.max(fold(now(c), setting, through, cut), boundsOf(c, setting).floor);

/**
 * The discount end date that decides whether a charged day is discounted: pauses uncut, an open one through that day, so
 * that it has no days yet on those before it. Days that a proration flag adds after the last one are judged by what was
 * set for that day. Null: no end date.
 */
export function endForDay(c: Commitment, day: Day): Day | null {
  const last = endOf(c) ?? Infinity;
  const setting = lastOn(settingsOf(c), Math.min(day, last));
  if (setting === undefined) return null;
  const passed = boundsOf(c, setting).kept.find(({ end, until }) => end <= day && day < until);
  if (passed !== undefined) return passed.end;
  return day > last || openPause(c) !== undefined
    ? endBy(c, setting, day, Infinity)
    : memo(setting, "for a day", () => endBy(c, setting, Infinity, Infinity));
}

/** The end date by which a day is judged, while nobody knows how long a pause lasts. */
function endInPause(c: Commitment, day: Day): Day | null {
  const setting = lastOn(settingsOf(c), Math.min(day, endOf(c) ?? Infinity));
  return setting === undefined ? null : endBy(c, setting, Infinity, Infinity);
}

const openPause = (c: Commitment): Pause | undefined =>
  c.pauses.find((pause) => pause.last === null && !pause.cancelled);

/** The discount end date that decides whether the termination is early: pauses cut at its day. */
export function endAtTermination(c: Commitment, day: Day): Day | null {
  const setting = lastOn(settingsOf(c), day);
  return setting === undefined ? null : endBy(c, setting, day, day);
}

/** The day on which pauses are cut, as far as it is known; one cancelled before its start keeps what it showed. */
function cutOf(c: Commitment): Day {
  return isCancelled(c) ? Infinity : (endOf(c) ?? Infinity);
}

/** The discount end date as shown today. */
export function shownEnd(c: Commitment, today: Day): Day | null {
  // One cancelled before its start keeps what it showed.
  const setting = lastOn(settingsOf(c), Math.min(today, isCancelled(c) ? Infinity : (endOf(c) ?? Infinity)));
  return setting === undefined ? null : endBy(c, setting, Math.min(today, cutOf(c)), cutOf(c));
}

/** A date set by hand or by synchronising includes the pauses known at that moment, an open one through today. */
export function settingByHand(c: Commitment | null, recorded: number, day: Day, base: Day, today: Day): Setting {
  const known = new Map<Pause, number>();
  for (const pause of c?.pauses ?? []) {
    const cut = c === null || pause.last === null ? today : cutOf(c);
    if (pause.first < base) known.set(pause, days(pause, today, cut));
  }
  return { day, recorded, base, known };
}

/** The days on which the discount stops, by all that is known now: it runs on the day before, and not on the day. */
export const endings = (c: Commitment): Day[] =>
  memo(c, "endings", () => {
    if (c.annulled || isCancelled(c)) return [];
    const open = openPause(c);
    const before = open === undefined ? [] : [open.first - 1];
    // Only on days on which a setting counts, or ends, can it stop.
    const days = settingsOf(c).flatMap((setting) => [
      setting.day,
      endBy(c, setting, Infinity, Infinity),
      ...before.map((day) => endBy(c, setting, day, Infinity)),
      ...boundsOf(c, setting).kept.flatMap(({ end, until }) => [end, until]),
    ]);
    // In an open pause it does not stop.
    const runs = (day: Day): boolean =>
      day < ((open !== undefined && day >= open.first ? endInPause(c, day) : endForDay(c, day)) ?? -Infinity);
    return [...new Set(days)]
      .filter((day) => Number.isFinite(day) && runs(day - 1) && !runs(day))
      .sort((a, b) => a - b);
  });
