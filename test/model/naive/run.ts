import { type Outcome } from "../outcome.js";
import { type Step, type Story } from "../story.js";
import { type Day, dayOf, toCivil } from "./calendar.js";
import * as catalog from "./catalog.js";
import { provision } from "./customer-commands.js";
import { closeEnded } from "./close.js";
import { collect, liftIfPaid, spareIfOrdered } from "./collection.js";
import { command } from "./commands.js";
import { todayOf } from "./cycles.js";
import { changed } from "./memo.js";
import { momentOf, zoneOf } from "./moments.js";
import { observe } from "./observe.js";
import { Receivables } from "./receivables.js";
import { blockAsOrdered, learnEnds, transitions } from "./transitions.js";
import { Refused } from "./refused.js";
import { type Customer, EVER, type World } from "./world.js";
import { dateIn, isZone, type Moment, noonIn } from "./zones.js";

/** What a story comes to, by a naive reading of the rules: every day of every commitment is judged by itself. */
export function runNaive(story: Story): Outcome {
  const world = createWorld(story);
  const steps = story.steps.map((step) => play(world, step));
  finish(world, story, story.until);
  return { steps, ...observe(world) };
}

/** Customers are created, with their accounts, at the first step's moment. */
export function createWorld(story: Story): World {
  const fileZone = story.timeZone ?? "UTC";
  const world: World = {
    now: 0,
    fileZone,
    catalog: catalog.createCatalog(story.catalog),
    customers: [],
    accounts: [],
    commitments: [],
    calls: [],
    version: 0,
    recorded: 0,
  };
  const [first = { on: story.until }] = story.steps;
  world.now = momentOf(zoneOf(world, first, story), first);
  for (const given of story.customers) {
    const zone = given.timeZone ?? fileZone;
    const today = dateIn(zone, world.now);
    const { name, currency, billingPeriod, anniversaryDay = toCivil(today).day } = given;
    const ofClass = given.class === undefined ? undefined : world.catalog.classes.get(given.class);
    const customer: Customer = {
      name,
      currency,
      cycles: [{ day: EVER, type: billingPeriod, anniversaryDay, anchor: today, zone }],
      createdOn: today,
      closedOn: null,
      classes: ofClass === undefined ? [] : [{ day: EVER, class: ofClass }],
      rates: [],
      suspensions: [],
      receivables: new Receivables(today),
      contact: { email: null, phone: null, domain: null, ...given.contact },
      told: [],
      isBlockedForOdoo: false,
      blockingsTold: new Set(),
      workedOn: today,
    };
    world.customers.push(customer);
    provision(customer, today);
    for (const { id, mainProduct, voice = {} } of given.accounts ?? []) {
      const mainProducts = [{ day: EVER, name: mainProduct }];
      world.accounts.push({ id, customer, mainProduct, mainProducts, voice, openedOn: today, closedOn: null });
    }
  }
  changed();
  return world;
}

/** The work of each day until the moment is done, day by day. The clock never goes back. */
function advance(world: World, moment: Moment): void {
  world.now = Math.max(world.now, moment);
  for (const customer of world.customers) {
    blockAsOrdered(customer, customer.workedOn);
    transitions(world, customer, customer.workedOn);
  }
  const today = new Map(world.customers.map((customer) => [customer, todayOf(world, customer)]));
  for (;;) {
    const waiting = world.customers.filter((customer) => customer.workedOn < (today.get(customer) ?? 0));
    if (waiting.length === 0) return;
    const day = Math.min(...waiting.map(({ workedOn }) => workedOn)) + 1;
    const customers = waiting.filter(({ workedOn }) => workedOn < day);
    for (const customer of customers) {
      blockAsOrdered(customer, day);
      spareIfOrdered(customer, day);
      transitions(world, customer, day);
    }
    for (const customer of customers) closeEnded(world, customer, day);
    for (const customer of customers) collect(world, customer, day);
    for (const customer of customers) customer.workedOn = day;
  }
}

/** The clock ends at noon in that zone of the story where it comes last, in force or not. */
export function finish(world: World, { customers, steps }: Story, until: string): void {
  const named = [...customers, ...steps].flatMap((each) => ("timeZone" in each ? [each.timeZone ?? "UTC"] : []));
  advance(world, Math.max(...[world.fileZone, ...named.filter(isZone)].map((zone) => noonIn(zone, dayOf(until)))));
}

/**
 * A command that is dated back counts from its own day; of a pause it is the first free one, or that of its ordering, of one
 * that is moved its new first day. For who holds a commitment it is today at the latest.
 */
function ownDay(step: Step): Day {
  const own = "effective" in step ? dayOf(step.effective) : Infinity;
  if ("changePause" in step) return step.newFrom === undefined ? Infinity : dayOf(step.newFrom);
  if (!("pause" in step)) return own;
  return step.from === undefined ? own + 1 : Math.min(own, dayOf(step.from));
}

/** The rejection code, or null where the step is accepted. */
export function play(world: World, step: Step): string | null {
  advance(world, momentOf(zoneOf(world, step), step));
  try {
    if (command(world, step)) {
      world.version += 1;
      changed();
      learnEnds(world, ownDay(step));
    }
    for (const customer of world.customers) liftIfPaid(world, customer, todayOf(world, customer));
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}
