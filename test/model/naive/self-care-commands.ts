import type * as story from "../story.js";
import { type Day, dayOf, toCivil } from "./calendar.js";
import { commanded, todayFor } from "./commitment-commands.js";
import { classOn } from "./due.js";
import { customerOf } from "./life.js";
import { addPause, checkRange } from "./pause-commands.js";
import { refuse } from "./refused.js";
import { type Commitment, type PauseRequest, type World } from "./world.js";

/** Within the class's limits it is a pause at once; beyond them it is asked for. */
export function requestPause(world: World, step: story.RequestPauseStep): void {
  const c = commanded(world, step.requestPause);
  const today = todayFor(world, c);
  const [first, last] = [dayOf(step.from), dayOf(step.until)];
  if (first < today) refuse("PAUSE_INVALID");
  checkRange(world, c, first, last, null);
  if (isWithinLimits(c, today, first, last)) {
    addPause(world, c, { first, last, now: false, selfCare: true }, today);
    return;
  }
  // It would lapse at once.
  if (first <= today || openRequest(c, today) !== undefined) refuse("PAUSE_INVALID");
  c.requests.push({ first, last, open: true });
}

/** Lapsed once its first day has begun. */
export const openRequest = (c: Commitment, today: Day): PauseRequest | undefined =>
  c.requests.find(({ open, first }) => open && today < first);

function isWithinLimits(c: Commitment, today: Day, first: Day, last: Day): boolean {
  const { selfPauseDaysPerYear, selfPauseLongestDays, selfPauseNoticeDays } = classOn(customerOf(c), today);
  if (last - first + 1 > selfPauseLongestDays || first - today < selfPauseNoticeDays) return false;
  const perYear = new Map<number, number>();
  const count = (from: Day, to: Day): void => {
    for (let day = from; day <= to; day++) perYear.set(toCivil(day).year, (perYear.get(toCivil(day).year) ?? 0) + 1);
  };
  for (const pause of c.pauses) if (pause.selfCare && !pause.cancelled) count(pause.first, pause.last ?? today);
  count(first, last);
  const years = [toCivil(first).year, toCivil(last).year];
  return [...perYear].every(([year, days]) => !years.includes(year) || days <= selfPauseDaysPerYear);
}

function answered(c: Commitment, from: string, today: Day): PauseRequest {
  const request = openRequest(c, today);
  return request?.first === dayOf(from) ? request : refuse("PAUSE_NOT_FOUND");
}

export function approvePause(world: World, step: story.ApprovePauseStep): void {
  const c = commanded(world, step.approvePause);
  const today = todayFor(world, c);
  const request = answered(c, step.from, today);
  const { first, last } = request;
  checkRange(world, c, first, last, null);
  request.open = false;
  addPause(world, c, { first, last, now: false, selfCare: true }, today);
}

export function declinePause(world: World, step: story.DeclinePauseStep): void {
  const c = commanded(world, step.declinePause);
  answered(c, step.from, todayFor(world, c)).open = false;
}

export function withdrawPause(world: World, step: story.WithdrawPauseStep): void {
  const c = commanded(world, step.withdrawPause);
  answered(c, step.from, todayFor(world, c)).open = false;
}
