import { type CommitmentState } from "../outcome.js";
import { type Day, periodOf } from "./calendar.js";
import { refuse } from "./refused.js";
import { type Commitment, type Customer, lastOn, type Pause, type Terms } from "./world.js";

/** The last charged day: the earliest of the termination and the closings, as far as they are recorded; else null. */
export function endOf(c: Commitment): Day | null {
  const ends = [c.termination?.day, c.account.closedOn, c.account.customer.closedOn].filter((day) => day != null);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Ended before it began: no lines, no penalty. */
export function isCancelled(c: Commitment): boolean {
  const end = endOf(c);
  return end !== null && end < c.start;
}

export function isTerminated(c: Commitment, day: Day): boolean {
  const end = endOf(c);
  return end !== null && end < day;
}

export const covers = (pause: Pause, day: Day): boolean =>
  !pause.cancelled && pause.first <= day && (pause.last === null || day <= pause.last);

export const isPaused = (c: Commitment, day: Day): boolean => c.pauses.some((pause) => covers(pause, day));

export function statusOn(c: Commitment, day: Day): CommitmentState["status"] {
  if (isTerminated(c, day)) return "TERMINATED";
  if (day < c.start) return "PENDING";
  return isPaused(c, day) ? "PAUSED" : "ACTIVE";
}

/** The terms held on a day; before the start, those that it will start with. */
export function termsOn(c: Commitment, day: Day): Terms {
  const terms = lastOn(c.terms, Math.max(day, c.start));
  if (terms === undefined) throw new Error("a commitment holds terms from its start on");
  return terms;
}

export const runningPeriod = (customer: Customer, today: Day) => periodOf(today, customer.periodStart);

/** A day whose period has ended cannot be changed any more. */
export function refuseInvoiced(customer: Customer, day: Day, today: Day): void {
  if (day < runningPeriod(customer, today).from) refuse("DATE_ALREADY_INVOICED");
}

/** Nothing is back-dated to before the day on which an upgrade brought the terms that are held today. */
export function refuseConflict(c: Commitment, day: Day, today: Day): void {
  const terms = termsOn(c, today);
  if (day < today && terms !== c.terms[0] && day < terms.day) refuse("CONFLICT");
}
