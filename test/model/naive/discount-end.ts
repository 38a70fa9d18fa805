import { type Day } from "./calendar.js";
import { endOf, isCancelled, runningPeriod } from "./life.js";
import { type Commitment, lastOn, type Pause, type Setting } from "./world.js";

/**
 * docs/rules.md#discount-end-and-pauses: every setting of the end date has its own fold over all pauses of the
 * commitment, by first day. `through`: the day asked about, up to which an open pause counts; `cut`: the last day on
 * which pauses count.
 */
function fold(c: Commitment, setting: Setting, through: Day, cut: Day): Day {
  let end = setting.base;
  const pauses = c.pauses.length < 2 ? c.pauses : [...c.pauses].sort((a, b) => a.first - b.first);
  for (const pause of pauses) {
    if (pause.first >= end) continue;
    const counted = days(pause, through, cut);
    end += counted - included(setting, pause, counted);
  }
  return Math.max(Math.min(end, setting.ceiling), setting.floor);
}

/** The days that a pause counts: one that a termination cuts has its last day there, another open one has none yet. */
function days(pause: Pause, through: Day, cut: Day): number {
  const last = Math.min(pause.last ?? Infinity, cut);
  return pause.cancelled ? 0 : Math.max(0, (last === Infinity ? through : last) - pause.first + 1);
}

/** How many of them the date that was set includes already; a default term only moves by days from its day on. */
function included(setting: Setting, pause: Pause, counted: number): number {
  if (setting.known !== "term") return setting.known.get(pause) ?? 0;
  return Math.min(counted, Math.max(0, setting.day - pause.first));
}

/**
 * The discount end date that decides whether a served day is discounted: pauses uncut, an open one without an end, for no
 * day is served in it. Null: no end date.
 */
export function endForDay(c: Commitment, day: Day): Day | null {
  const setting = lastOn(c.settings, day);
  return setting === undefined ? null : fold(c, setting, Infinity, Infinity);
}

/** The discount end date that decides whether the termination is early: pauses cut at its day. */
export function endAtTermination(c: Commitment, day: Day): Day | null {
  const setting = lastOn(c.settings, day);
  return setting === undefined ? null : fold(c, setting, day, day);
}

/** The day on which pauses are cut, as far as it is known; one cancelled before its start keeps what it showed. */
function cutOf(c: Commitment): Day {
  return isCancelled(c) ? Infinity : (endOf(c) ?? Infinity);
}

/** The discount end date as shown today. */
export function shownEnd(c: Commitment, today: Day): Day | null {
  const asked = Math.min(today, cutOf(c));
  const setting = lastOn(c.settings, asked);
  return setting === undefined ? null : fold(c, setting, asked, cutOf(c));
}

/** A date set by hand or by synchronising includes the pauses known at that moment, an open one through today. */
export function settingByHand(c: Commitment, day: Day, base: Day, today: Day): Setting {
  const known = new Map<Pause, number>();
  for (const pause of c.pauses) {
    if (pause.first < base) known.set(pause, days(pause, today, pause.last === null ? today : cutOf(c)));
  }
  return { day, base, known, floor: -Infinity, ceiling: Infinity };
}

export const settingByTerm = (day: Day, base: Day): Setting => ({
  day,
  base,
  known: "term",
  floor: -Infinity,
  ceiling: Infinity,
});

/** No change of a pause lowers an end date below the day of its command, or raises one that lies in a closed period. */
export function changePauses(c: Commitment, today: Day, change: () => void): void {
  const before = c.settings.map((setting) => fold(c, setting, today, Infinity));
  change();
  const open = runningPeriod(c.account.customer, today).from;
  c.settings.forEach((setting, i) => {
    const ended = before[i];
    if (ended !== undefined && ended < open && fold(c, setting, today, Infinity) > ended) setting.ceiling = ended;
    const least = Math.min(before[i] ?? today, today);
    if (fold(c, setting, today, Infinity) < least) setting.floor = least;
  });
}
