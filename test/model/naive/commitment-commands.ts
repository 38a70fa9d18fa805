import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { checkOffer, copyTerms, defaultEnd, knownOffer } from "./catalog.js";
import { accountNamed, refuseClosed } from "./customer-commands.js";
import { settingByHand, settingByTerm, shownEnd } from "./discount-end.js";
import { isTerminated, refuseConflict, refuseInvoiced, termsOn } from "./life.js";
import { refuse } from "./refused.js";
import { type Account, type Commitment, type World } from "./world.js";

export function commitmentNamed(world: World, name: string): Commitment {
  return world.commitments.find((c) => c.name === name) ?? refuse("COMMITMENT_NOT_FOUND");
}

/** Who may be commanded: not what has ended before today, nor what is on its last day by a closing. */
export function refuseEnded(world: World, c: Commitment): void {
  if (isTerminated(c, world.today)) refuse("ALREADY_TERMINATED");
  refuseClosed(c.account);
}

/** The commitment of a command that has no unknown names beside it. */
export function commanded(world: World, name: string): Commitment {
  const c = commitmentNamed(world, name);
  refuseEnded(world, c);
  return c;
}

export function assign(world: World, step: story.AssignStep): void {
  const account = accountNamed(world, step.account);
  const offer = knownOffer(world.catalog, step.assign);
  const target = syncTarget(world, step.discountEnd);
  refuseClosed(account);
  checkOffer(world.catalog, offer, account);
  const start = step.effective === undefined ? world.today : dayOf(step.effective);
  const byHand = dateByHand(world, step.discountEnd, target, account, null);
  if (byHand !== null && (offer.discountPeriods === null || byHand <= start)) refuse("DISCOUNT_END_INVALID");
  if (start < account.openedOn) refuse("INVALID_DATE");
  refuseInvoiced(account.customer, start, world.today);

  const c: Commitment = {
    name: step.as ?? null,
    account,
    start,
    terms: [copyTerms(world.catalog, offer, account.customer, start)],
    settings: [],
    pauses: [],
    swaps: [],
    termination: null,
    given: new Map(),
  };
  // The first setting judges the days before the start too, where a proration flag adds them.
  if (byHand !== null) c.settings.push(settingByHand(c, -Infinity, byHand, world.today));
  else if (offer.discountPeriods !== null) {
    c.settings.push(settingByTerm(-Infinity, defaultEnd(start, offer.discountPeriods)));
  }
  world.commitments.push(c);
}

/** The commitment that a date is copied from; unknown names come before all other reasons. */
export function syncTarget(world: World, end: story.AssignStep["discountEnd"] | "KEEP"): Commitment | null {
  return typeof end === "object" && "syncWith" in end ? commitmentNamed(world, end.syncWith) : null;
}

/** A date that is typed or copied; null where the rule of the command decides. */
export function dateByHand(
  world: World,
  end: story.AssignStep["discountEnd"] | "KEEP",
  target: Commitment | null,
  account: Account,
  self: Commitment | null,
): Day | null {
  if (typeof end !== "object") return null;
  if ("date" in end) return dayOf(end.date);
  if (target === null || target === self || target.account !== account) refuse("SYNC_TARGET_INVALID");
  if (isTerminated(target, world.today)) refuse("SYNC_TARGET_INVALID");
  return shownEnd(target, world.today) ?? refuse("SYNC_TARGET_INVALID");
}

export function setDiscountEnd(world: World, step: story.SetDiscountEndStep): void {
  const c = commitmentNamed(world, step.setDiscountEnd);
  const target = syncTarget(world, step.to);
  refuseEnded(world, c);
  const { today } = world;
  const date = dateByHand(world, step.to, target, c.account, c) ?? refuse("VALIDATION_FAILED");
  if (termsOn(c, today).discountPeriods === null || date < today || date <= c.start) refuse("DISCOUNT_END_INVALID");
  c.settings.push(settingByHand(c, today, date, today));
}

export function terminate(world: World, step: story.TerminateStep): void {
  const c = commitmentNamed(world, step.terminate);
  const { today } = world;
  // A closing of today does not forbid it.
  if (isTerminated(c, today)) refuse("ALREADY_TERMINATED");
  const day = step.effective === undefined ? today : dayOf(step.effective);
  // One that is still pending is cancelled by a date before its start.
  if (day < c.start && c.start <= today) refuse("TERMINATION_INVALID");
  refuseInvoiced(c.account.customer, day, today);
  refuseConflict(c, day, today);
  c.termination = { day, waived: step.waivePenalty !== undefined };
}

export function cancelTermination(world: World, step: story.CancelTerminationStep): void {
  const c = commanded(world, step.cancelTermination);
  if (c.termination === null) refuse("NOT_TERMINATED");
  c.termination = null;
}
