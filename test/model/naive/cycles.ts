import { type BillingPeriod } from "../story.js";
import { type Day, naturalPeriod, type Period } from "./calendar.js";
import { type Customer, type Cycle, lastOn, type World } from "./world.js";
import { dateIn } from "./zones.js";

export function cycleOn({ cycles, name }: Customer, day: Day): Cycle {
  return lastOn(cycles, day) ?? unknown(name);
}

const unknown = (name: string): never => {
  throw new Error(`${name} has no billing period`);
};

export const typeOn = (customer: Customer, day: Day): BillingPeriod => cycleOn(customer, day).type;

/** A change takes effect when a period ends: the natural period less what others have before and after. */
export function periodOf(customer: Customer, day: Day): Period {
  const { cycles } = customer;
  const cycle = cycleOn(customer, day);
  const natural = naturalPeriod(day, cycle);
  const next = cycles.find((other) => other.day > day)?.day ?? Infinity;
  return { from: Math.max(natural.from, cycle.day), to: Math.min(natural.to, next) };
}

/** The denominator: days of the whole period, never of a fragment. */
export function naturalDays(customer: Customer, period: Period): number {
  const { from, to } = naturalPeriod(period.from, cycleOn(customer, period.from));
  return to - from;
}

/** A new zone tells the day from its first day on: that day begins early where the zone is behind, for there is no gap. */
export function todayOf({ now }: World, { cycles }: Customer): Day {
  let today = -Infinity;
  for (const { day, zone } of cycles) {
    if (today < day && day !== -Infinity) break;
    today = Math.max(day, dateIn(zone, now));
  }
  return today;
}

export const runningPeriod = (world: World, customer: Customer): Period => periodOf(customer, todayOf(world, customer));
