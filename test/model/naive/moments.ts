import { type Step, type Story } from "../story.js";
import { dayOf } from "./calendar.js";
import { cycleOn } from "./cycles.js";
import { customerOf } from "./life.js";
import { type World } from "./world.js";
import { type Moment, noonIn, timeIn } from "./zones.js";

/** When a step is played: at noon; a call when it is answered, where that is not on another day. */
export function momentOf(zone: string, step: Step): Moment {
  if ("call" in step && !("effective" in step)) return timeIn(zone, dayOf(step.on), step.at);
  return noonIn(zone, dayOf(step.on));
}

/** The account of the first of the calls that a step names, else all that it says. */
function callsOf({ calls }: World, step: Step): unknown[] {
  const keys = "rateCalls" in step ? step.rateCalls : "correctCalls" in step ? step.correctCalls : null;
  if (keys === null) return Object.values(step);
  return calls.filter(({ key }) => key !== null && key === keys[0]).map(({ account }) => account.id);
}

/** The time zone in which it is noon when a step is played: its customer's; the file's for steps without one. */
export function zoneOf(world: World, step: Step, story?: Story): string {
  // Of a call only its account: numbers are others' too.
  const values = "call" in step ? [step.call] : callsOf(world, step);
  const named = new Set(values.filter((value) => typeof value === "string"));
  const given = story?.customers.find(
    ({ name, accounts = [] }) => named.has(name) || accounts.some(({ id }) => named.has(id)),
  );
  if (given !== undefined) return given.timeZone ?? world.fileZone;
  const c = world.commitments.find(({ name }) => name !== null && named.has(name));
  const customer =
    (c && customerOf(c)) ??
    // A payment is its payer's.
    world.customers.find(({ receivables }) =>
      [...receivables.account.payments.keys()].some(({ names }) => names.some((name) => named.has(name))),
    ) ??
    world.customers.find(({ name }) => named.has(name)) ??
    world.accounts.find(({ id }) => named.has(id))?.customer;
  return customer === undefined ? world.fileZone : cycleOn(customer, dayOf(step.on)).zone;
}
