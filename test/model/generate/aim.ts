import { type Day, textOf, toCivil } from "../naive/calendar.js";
import { stepsOf } from "../naive/collection.js";
import { periodOf, todayOf } from "../naive/cycles.js";
import { shownEnd } from "../naive/discount-end.js";
import { customerOf } from "../naive/life.js";
import { type Commitment, type Customer, type World } from "../naive/world.js";
import { type Capabilities } from "./capabilities.js";
import { type Random } from "./random.js";

/** What a proposal is made from. The proposal may still be refused: the generator sees to how often. */
export interface Scene {
  random: Random;
  world: World;
  has: Capabilities;
  /** Today: all customers of a story have one time zone, or there is one customer. */
  today: Day;
  on: string;
}

export const sceneOf = (random: Random, world: World, has: Capabilities): Scene => {
  const today = todayIn(world);
  return { random, world, has, today, on: textOf(today) };
};

export function todayIn(world: World): Day {
  const [customer] = world.customers;
  return customer === undefined ? 0 : todayOf(world, customer);
}

/**
 * Days worth aiming at: where rules meet. Edges of billing periods, of pauses, of upgrades, the discount end dates, the
 * terminations, all of them give or take a day; the ends of short months.
 */
function edges(world: World, c: Commitment | null, customer: Customer | null): Day[] {
  const today = todayIn(world);
  const found: Day[] = [today];
  const concerned = customer ?? (c === null ? null : customerOf(c));
  for (const each of concerned === null ? world.customers : [concerned]) {
    const { from, to } = periodOf(each, today);
    found.push(from, to, periodOf(each, to).to);
    for (const { day } of each.cycles) if (day > 0) found.push(day);
    const [oldest] = each.receivables.account.unpaid;
    if (oldest !== undefined) {
      const { reminders, warning, suspension, termination } = stepsOf(each, oldest, today);
      const days = [oldest.invoice.due ?? today, ...reminders.map(({ day }) => day), warning, suspension, termination];
      found.push(...days.filter((day) => day >= today && day < Infinity));
    }
    // Closed periods can be changed for a while.
    for (let before = from - 1; before > Math.max(today - 95, each.createdOn) && found.length < 12; before -= 30) {
      found.push(periodOf(each, before).from);
    }
  }
  for (const each of c === null ? world.commitments : [c]) {
    found.push(each.start);
    const end = shownEnd(each, today);
    if (end !== null) found.push(end);
    for (const { first, last } of each.pauses) found.push(first, last ?? first);
    for (const { until } of each.swaps) found.push(until);
    for (const { day } of each.terms) found.push(day);
    for (const { day } of each.holders) if (day > 0) found.push(day);
    if (each.termination !== null) found.push(each.termination.day);
  }
  return found.flatMap((day) => [day - 1, day, day, day + 1]);
}

/** A day from `least` to `most`: mostly an edge, else the end of a month, else any. */
export function aimedDay(
  { random, world }: Pick<Scene, "random" | "world">,
  of: Commitment | Customer | null,
  least: Day,
  most: Day,
): Day {
  const within = (days: Day[]): Day[] => days.filter((day) => least <= day && day <= most);
  const kind = random.int(1, 10);
  const isCustomer = of !== null && "cycles" in of;
  const aimed =
    kind <= 6
      ? within(edges(world, isCustomer ? null : of, isCustomer ? of : null))
      : kind <= 8
        ? monthEnds(least, most)
        : [];
  return random.maybe(aimed) ?? random.int(least, Math.max(least, most));
}

function monthEnds(least: Day, most: Day): Day[] {
  const days: Day[] = [];
  for (let day = least; day <= most && days.length < 4; day++) {
    if (toCivil(day + 1).day === 1) days.push(day);
  }
  return days;
}

/** The first day that may be changed, give or take: in the running period, and 90 days back in closed ones. */
export function earliest({ random, has, today }: Scene, customer: Customer): Day {
  const { from } = periodOf(customer, today);
  const early = random.chance(0.1) ? 3 : 0;
  if (!has.has("CLOSED_DAYS")) return from;
  return random.chance(0.4) ? Math.max(from, today - 60) : Math.min(from, today - 90) - early;
}

/** How often a step names another day than today. */
export interface Dating {
  back: number;
  ahead: number;
  /** How far ahead. */
  reach: number;
}

/** A day other than today, for those steps that take one. */
export function effective(
  scene: Scene,
  of: Commitment | Customer,
  { back, ahead, reach }: Dating,
  least = -Infinity,
): { effective?: string } {
  const { random, world, today } = scene;
  const customer = "cycles" in of ? of : customerOf(of);
  const from = Math.max(customer.createdOn, least, earliest(scene, customer));
  const chance = random.int(1, 1000) / 1000;
  if (chance <= back) return { effective: textOf(aimedDay({ random, world }, of, Math.min(from, today), today)) };
  if (chance <= back + ahead) {
    return { effective: textOf(aimedDay({ random, world }, of, today + 1, today + reach)) };
  }
  return {};
}
