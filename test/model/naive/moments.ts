import { type Step, type Story } from "../story.js";
import { dayOf } from "./calendar.js";
import { cycleOn } from "./cycles.js";
import { customerOf } from "./life.js";
import { type World } from "./world.js";

/** The time zone in which it is noon when a step is played: its customer's; the file's for steps without one. */
export function zoneOf(world: World, step: Step, story?: Story): string {
  const named = new Set(Object.values(step).filter((value) => typeof value === "string"));
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
