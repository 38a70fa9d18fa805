import type * as story from "../story.js";
import { openCustomer } from "./customer-commands.js";
import { cycleOn, periodOf, todayOf } from "./cycles.js";
import { customerOf, isCancelled, isTerminated } from "./life.js";
import { checkFees } from "./offers.js";
import { refuse } from "./refused.js";
import { heldTerms, termsOn } from "./terms.js";
import { type World } from "./world.js";
import { isZone } from "./zones.js";

/**
 * Type, anniversary day and time zone change when the current period ends; what an earlier change ordered that has not
 * taken effect stays, where this one does not say otherwise.
 */
export function changeBilling(world: World, step: story.ChangeBillingStep): void {
  const customer = openCustomer(world, step.changeBilling);
  const today = todayOf(world, customer);
  const day = periodOf(customer, today).to;
  const present = cycleOn(customer, today);
  const before = customer.cycles.find((cycle) => cycle.day === day) ?? present;
  const type = step.billingPeriod ?? before.type;
  if (step.timeZone !== undefined && !isZone(step.timeZone)) refuse("VALIDATION_FAILED");
  if (step.anniversaryDay !== undefined) {
    const isDay = step.anniversaryDay >= 1 && step.anniversaryDay <= 31;
    if (!isDay || type !== "MONTHLY_ANNIVERSARY") refuse("VALIDATION_FAILED");
  }
  if (step.billingPeriod !== undefined) {
    const held = world.commitments.filter(
      (c) => customerOf(c) === customer && !c.annulled && !isTerminated(c, today) && !isCancelled(c),
    );
    const terms = held.flatMap((c) => [termsOn(c, day), ...heldTerms(c).filter((coming) => coming.day > day)]);
    checkFees(
      terms.flatMap(({ rows }) => rows),
      type,
    );
  }
  const anchor = type === "THIRTY_DAYS" && type !== present.type ? day : before.anchor;
  const anniversaryDay = step.anniversaryDay ?? before.anniversaryDay;
  const zone = step.timeZone ?? before.zone;
  customer.cycles = [
    ...customer.cycles.filter((cycle) => cycle.day < day),
    { day, type, anniversaryDay, anchor, zone },
  ];
}
