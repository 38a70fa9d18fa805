import { type MailEvent } from "../outcome.js";
import { type Day } from "./calendar.js";
import { todayOf } from "./cycles.js";
import { isSuspended } from "./days.js";
import { endings } from "./discount-end.js";
import { classOn } from "./due.js";
import { customerOf, endOf, holderOn } from "./life.js";
import { mail, signal, signalService } from "./mails.js";
import { type Commitment, type Customer, lastOn, type World } from "./world.js";

/**
 * Suspensions by hand that were ordered for a coming day, which has come: each is told of once, where it is what blocks
 * the customer from its day on. A lifting that is dated back to before that day can make it so later.
 */
export function blockAsOrdered(customer: Customer, today: Day): void {
  for (const suspension of customer.suspensions) {
    const { day, suspended, isOrdered } = suspension;
    if (!isOrdered || !suspended || day > today || customer.blockingsTold.has(day)) continue;
    const isOpen = customer.closedOn === null || day <= customer.closedOn;
    const byHand = customer.suspensions.filter(({ isForNonPayment }) => !isForNonPayment);
    if (!isOpen || lastOn(byHand, day) !== suspension || isSuspended(customer, day - 1)) continue;
    customer.blockingsTold.add(day);
    mail(customer, "SUSPENDED", day);
  }
  // A closed one has no service that could be back.
  if (customer.closedOn === null) signalService(customer, today, today);
}

/** What took effect by a day, and what is soon to: customers are told of it once. */
export function transitions(world: World, customer: Customer, day: Day): void {
  for (const c of world.commitments) {
    if (customerOf(c) !== customer) continue;
    ending(c, day);
    const last = endOf(c);
    for (const end of endings(c)) {
      if (end > day || (last !== null && end > last + 1)) continue;
      tellOnce(c, "DISCOUNT_ENDED", end, end);
    }
    if (last !== null && last < day) tellOnce(c, "COMMITMENT_TERMINATED", last, last + 1);
  }
}

/** Tells who holds it on the day. @param of what it is told of once */
function tellOnce(c: Commitment, event: MailEvent, of: Day, day: Day): void {
  const key = `${event} ${of}`;
  if (c.told.has(key)) return;
  c.told.add(key);
  const { customer } = holderOn(c, day);
  mail(customer, event, day);
  if (event === "COMMITMENT_TERMINATED") signal(customer, event, day);
}

/** A discount end date is told so many days before, or at once where it comes nearer. */
function ending(c: Commitment, day: Day): void {
  const { warnBeforeEndDays } = classOn(customerOf(c), day);
  for (const end of comingEnds(c)) {
    const known = c.endsKnown.get(end) ?? day;
    const on = Math.max(end - warnBeforeEndDays, known, changedOn(c));
    // On the date itself only where the class warns no day before it.
    const isOver = warnBeforeEndDays === 0 ? end < day || end <= known : end <= day;
    if (isOver || on > day) continue;
    tellOnce(c, "COMMITMENT_ENDING_SOON", end, on);
  }
}

/**
 * Since when its holder's class is what it is, or tells of ends so many days before, or it has that holder: nothing is told
 * of an end before.
 */
function changedOn(c: Commitment): Day {
  const joined = lastOn(customerOf(c).classes, Infinity);
  const revisions = joined?.class.revisions ?? [];
  const revised = revisions.findLast(
    ({ terms }, i) => terms.warnBeforeEndDays !== (revisions[i - 1]?.terms ?? terms).warnBeforeEndDays,
  );
  const received = c.holders.length > 1 ? c.holders.at(-1)?.day : undefined;
  return Math.max(...[joined?.day, revised?.day, received].map((day) => day ?? -Infinity));
}

/** Those that no termination comes before. With an open pause there is none. */
function comingEnds(c: Commitment): Day[] {
  const last = endOf(c);
  return endings(c).filter((end) => last === null || last >= end);
}

/**
 * Keeps since when end dates are known: by a command of that day, today at the latest, or one that was dated back to it.
 * Nobody is told that an end nears which had passed by then.
 */
export function learnEnds(world: World, day: Day): void {
  for (const c of world.commitments) {
    const today = todayOf(world, customerOf(c));
    const since = (end: Day): Day | undefined =>
      c.endsKnown.get(end) ?? (end > today ? Math.min(day, today) : undefined);
    c.endsKnown = new Map(
      comingEnds(c).flatMap((end) => {
        const known = since(end);
        return known === undefined ? [] : [[end, known] as const];
      }),
    );
  }
}
