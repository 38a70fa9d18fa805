import { type CommitmentState } from "../outcome.js";
import { type Day } from "./calendar.js";
import { periodOf, todayOf } from "./cycles.js";
import { memo } from "./memo.js";
import { refuse } from "./refused.js";
import { heldTerms } from "./terms.js";
import {
  type Account,
  BACK_DATING_DAYS,
  type Commitment,
  type Customer,
  type Holder,
  lastOn,
  type Pause,
  type World,
} from "./world.js";

/** Who holds the commitment on a day: of several transfers on one day, the receiver of the last. */
export function holderOn(c: Commitment, day: Day): Account {
  return (lastOn(c.holders, day) ?? c.holders[0] ?? nobody()).account;
}

/** Who holds it after all transfers that are recorded. */
export const holderOf = (c: Commitment): Account => holderOn(c, Infinity);

const nobody = (): never => {
  throw new Error("a commitment has a holder");
};

export const customerOf = (c: Commitment): Customer => holderOf(c).customer;

/**
 * The last charged day: the earliest of the termination and of the closings of those who held it on their day, as far as
 * they are recorded; else null. An annulled one has its start day as the last, though no day of it is charged.
 */
export const endOf = (c: Commitment): Day | null => memo(c, "end", () => lastDay(c));

function lastDay(c: Commitment): Day | null {
  const ends: Day[] = [];
  if (c.annulled) ends.push(c.start);
  if (c.termination !== null) ends.push(c.termination.day);
  const holders = [...c.holders].sort((a, b) => a.day - b.day || a.recorded - b.recorded);
  holders.forEach(({ day, account }, i) => {
    const next = holders[i + 1]?.day ?? Infinity;
    if (next <= day) return;
    for (const closed of [account.closedOn, account.customer.closedOn]) {
      if (closed !== null && closed < next) ends.push(Math.max(closed, day - 1));
    }
  });
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The transfers that took place or will: those on or before the last day. */
export const transfersOf = (c: Commitment): Holder[] =>
  c.holders.filter(({ day }, i) => i > 0 && day <= (endOf(c) ?? Infinity));

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

/** Days of the running period always; in closed ones at most so many days before today. */
export function refuseInvoiced(world: World, customer: Customer, day: Day): void {
  const today = todayOf(world, customer);
  if (day < periodOf(customer, today).from && day < today - BACK_DATING_DAYS) refuse("DATE_ALREADY_INVOICED");
}

/** Nothing is back-dated to before an upgrade, a transfer or a renewal that has taken place. */
export function refuseConflict(c: Commitment, day: Day, today: Day): void {
  const turns = [...heldTerms(c).slice(1), ...c.holders.slice(1)].filter((turn) => turn.day <= today);
  if (day < today && turns.some((turn) => day < turn.day)) refuse("CONFLICT");
}
