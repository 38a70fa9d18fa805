import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { commanded } from "./commitment-commands.js";
import { changePauses } from "./discount-end.js";
import { covers, refuseConflict, refuseInvoiced } from "./life.js";
import { refuse } from "./refused.js";
import { type Commitment, type Pause, type World } from "./world.js";

export function pause(world: World, step: story.PauseStep): void {
  const c = commanded(world, step.pause);
  const orderedFor = step.effective === undefined ? world.today : dayOf(step.effective);
  const first = step.from === undefined ? orderedFor + 1 : dayOf(step.from);
  const last = step.until === undefined ? null : dayOf(step.until);
  checkRange(world, c, first, last, null);
  const now = step.from === undefined;
  changePauses(c, world.today, () => c.pauses.push({ first, last, cancelled: false, resumed: false, now }));
}

function checkRange(world: World, c: Commitment, first: Day, last: Day | null, self: Pause | null): void {
  if (first < c.start || (last !== null && last < first)) refuse("PAUSE_INVALID");
  const others = c.pauses.filter((other) => other !== self && !other.cancelled);
  const overlaps = others.some((other) => first <= (other.last ?? Infinity) && other.first <= (last ?? Infinity));
  if (overlaps) refuse("PAUSE_OVERLAPS");
  refuseInvoiced(c.account.customer, first, world.today);
  refuseConflict(c, first, world.today);
}

/** A pause is named by its first free day; one that runs or lies in the past can only be ended. */
function futurePause(world: World, c: Commitment, from: string): Pause {
  const first = dayOf(from);
  const found = c.pauses.find((candidate) => !candidate.cancelled && candidate.first === first);
  if (found === undefined) refuse("PAUSE_NOT_FOUND");
  if (found.first <= world.today) refuse("PAUSE_INVALID");
  return found;
}

/** What is left out stays. */
export function changePause(world: World, step: story.ChangePauseStep): void {
  const c = commanded(world, step.changePause);
  const changed = futurePause(world, c, step.from);
  const first = step.newFrom === undefined ? changed.first : dayOf(step.newFrom);
  const last = step.newUntil === undefined ? changed.last : dayOf(step.newUntil);
  checkRange(world, c, first, last, changed);
  // Moved to another day it is no longer the pause of the day it was ordered for.
  const now = changed.now && first === changed.first;
  changePauses(c, world.today, () => Object.assign(changed, { first, last, now }));
}

export function cancelPause(world: World, step: story.CancelPauseStep): void {
  const c = commanded(world, step.cancelPause);
  const cancelled = futurePause(world, c, step.from);
  changePauses(c, world.today, () => (cancelled.cancelled = true));
}

/** The day becomes the pause's last one. */
export function resume(world: World, step: story.ResumeStep): void {
  const c = commanded(world, step.resume);
  const { today } = world;
  const day = step.effective === undefined ? today : dayOf(step.effective);
  const orderedToday = c.pauses.find(
    (candidate) => candidate.now && !candidate.cancelled && candidate.first === day + 1,
  );
  if (orderedToday !== undefined && day === today) {
    changePauses(c, today, () => (orderedToday.cancelled = true));
    return;
  }
  // One that was resumed for a day to come can still be ended earlier.
  const running = c.pauses.find(
    (candidate) => covers(candidate, day) && (!candidate.resumed || candidate.last !== day),
  );
  // To resume on a day to come is for the pause that runs today.
  if (running === undefined || !(day <= today || covers(running, today))) refuse("NOT_PAUSED");
  refuseInvoiced(c.account.customer, day + 1, today);
  refuseConflict(c, day + 1, today);
  changePauses(c, today, () => Object.assign(running, { last: day, resumed: true }));
}
