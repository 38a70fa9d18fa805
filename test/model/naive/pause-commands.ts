import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { commanded, todayFor } from "./commitment-commands.js";
import { covers, customerOf, refuseConflict, refuseInvoiced } from "./life.js";
import { refuse } from "./refused.js";
import { type Commitment, type Pause, type World } from "./world.js";

export function pause(world: World, step: story.PauseStep): void {
  const c = commanded(world, step.pause);
  const today = todayFor(world, c);
  const orderedFor = step.effective === undefined ? today : dayOf(step.effective);
  const first = step.from === undefined ? orderedFor + 1 : dayOf(step.from);
  const last = step.until === undefined ? null : dayOf(step.until);
  checkRange(world, c, first, last, null);
  const now = step.from === undefined;
  // With days of its own it counts as ordered on the day given, from which on it may move an end date; not on one to come.
  const own = now ? orderedFor : Math.min(orderedFor, today, first);
  // Nothing is charged before the start.
  checkDay(world, c, now ? first : Math.max(own, c.start));
  addPause(world, c, { first, last, now, selfCare: false }, own);
}

export function addPause(
  world: World,
  c: Commitment,
  span: Pick<Pause, "first" | "last" | "now" | "selfCare">,
  own: Day,
): void {
  const added = { ...span, cancelled: false, resumed: false };
  c.pauses.push(added);
  note(world, c, added, own);
}

/** What becomes of a pause, by the command's own day. @param ordered since when that is known */
function note(world: World, c: Commitment, changed: Pause, own: Day, ordered = own): void {
  const { first, last, cancelled } = changed;
  c.pauseChanges.push({ own, ordered, recorded: ++world.recorded, pause: changed, first, last, cancelled });
}

export function checkRange(world: World, c: Commitment, first: Day, last: Day | null, self: Pause | null): void {
  if (first < c.start || (last !== null && last < first)) refuse("PAUSE_INVALID");
  const others = c.pauses.filter((other) => other !== self && !other.cancelled);
  const overlaps = others.some((other) => first <= (other.last ?? Infinity) && other.first <= (last ?? Infinity));
  if (overlaps) refuse("PAUSE_OVERLAPS");
  checkDay(world, c, first);
}

function checkDay(world: World, c: Commitment, day: Day): void {
  refuseInvoiced(world, customerOf(c), day);
  refuseConflict(c, day, todayFor(world, c));
}

/** A pause is named by its first free day; one that runs or lies in the past can only be ended. */
function futurePause(c: Commitment, from: string, today: Day): Pause {
  const first = dayOf(from);
  const found = c.pauses.find((candidate) => !candidate.cancelled && candidate.first === first);
  if (found === undefined) refuse("PAUSE_NOT_FOUND");
  if (found.first <= today) refuse("PAUSE_INVALID");
  return found;
}

/** What is left out stays. */
export function changePause(world: World, step: story.ChangePauseStep): void {
  const c = commanded(world, step.changePause);
  const today = todayFor(world, c);
  const changed = futurePause(c, step.from, today);
  const first = step.newFrom === undefined ? changed.first : dayOf(step.newFrom);
  const last = step.newUntil === undefined ? changed.last : dayOf(step.newUntil);
  checkRange(world, c, first, last, changed);
  // Moved to another day it is no longer the pause of the day it was ordered for.
  const now = changed.now && first === changed.first;
  Object.assign(changed, { first, last, now });
  note(world, c, changed, Math.min(today, first));
}

export function cancelPause(world: World, step: story.CancelPauseStep): void {
  const c = commanded(world, step.cancelPause);
  const today = todayFor(world, c);
  const cancelled = futurePause(c, step.from, today);
  cancelled.cancelled = true;
  note(world, c, cancelled, today);
}

/** The day becomes the pause's last one. */
export function resume(world: World, step: story.ResumeStep): void {
  const c = commanded(world, step.resume);
  const today = todayFor(world, c);
  const day = step.effective === undefined ? today : dayOf(step.effective);
  const orderedToday = c.pauses.find(
    (candidate) => candidate.now && !candidate.cancelled && candidate.first === day + 1,
  );
  if (orderedToday !== undefined && day === today) {
    orderedToday.cancelled = true;
    note(world, c, orderedToday, today);
    return;
  }
  // One that was resumed for a day to come can still be ended earlier.
  const running = c.pauses.find(
    (candidate) => covers(candidate, day) && (!candidate.resumed || candidate.last !== day),
  );
  // To resume on a day to come is for the pause that runs today.
  if (running === undefined || !(day <= today || covers(running, today))) refuse("NOT_PAUSED");
  refuseInvoiced(world, customerOf(c), day + 1);
  refuseConflict(c, day + 1, today);
  Object.assign(running, { last: day, resumed: true });
  note(world, c, running, day, Math.min(day, today));
}
