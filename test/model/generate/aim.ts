import { type Day, toCivil } from "../naive/calendar.js";
import { shownEnd } from "../naive/discount-end.js";
import { runningPeriod } from "../naive/life.js";
import { type Commitment, type World } from "../naive/world.js";
import { type Random } from "./random.js";

/**
 * Days worth aiming at: where rules meet. Edges of billing periods, of pauses, of upgrades, the discount end dates, the
 * terminations, all of them give or take a day; the ends of short months.
 */
export function edges(world: World, c: Commitment | null): Day[] {
  const { today } = world;
  const found: Day[] = [today];
  for (const customer of c === null ? world.customers : [c.account.customer]) {
    const { from, to } = runningPeriod(customer, today);
    found.push(from, to, runningPeriod(customer, to).to);
  }
  for (const each of c === null ? world.commitments : [c]) {
    found.push(each.start);
    const end = shownEnd(each, today);
    if (end !== null) found.push(end);
    for (const { first, last } of each.pauses) found.push(first, last ?? first);
    for (const { until } of each.swaps) found.push(until);
    for (const { day } of each.terms) found.push(day);
    if (each.termination !== null) found.push(each.termination.day);
  }
  return found.flatMap((day) => [day - 1, day, day, day + 1]);
}

/** A day from `least` to `most`: mostly an edge, else the end of a month, else any. */
export function aimedDay(random: Random, world: World, c: Commitment | null, least: Day, most: Day): Day {
  const within = (days: Day[]): Day[] => days.filter((day) => least <= day && day <= most);
  const kind = random.int(1, 10);
  const aimed = kind <= 6 ? within(edges(world, c)) : kind <= 8 ? monthEnds(least, most) : [];
  return random.maybe(aimed) ?? random.int(least, Math.max(least, most));
}

function monthEnds(least: Day, most: Day): Day[] {
  const days: Day[] = [];
  for (let day = least; day <= most && days.length < 4; day++) {
    if (toCivil(day + 1).day === 1) days.push(day);
  }
  return days;
}
