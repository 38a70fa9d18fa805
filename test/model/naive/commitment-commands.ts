import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { knownOffer } from "./catalog.js";
import { todayOf } from "./cycles.js";
import { accountNamed, refuseClosed } from "./customer-commands.js";
import { settingByHand, shownEnd } from "./discount-end.js";
import { customerOf, holderOf, isTerminated, refuseConflict, refuseInvoiced } from "./life.js";
import { checkOffer, copyTerms } from "./offers.js";
import { refuse } from "./refused.js";
import { termsOn } from "./terms.js";
import { type Account, type Commitment, COOLING_OFF_DAYS, EVER, type Setting, type World } from "./world.js";

export function commitmentNamed(world: World, name: string): Commitment {
  return world.commitments.find((c) => c.name === name) ?? refuse("COMMITMENT_NOT_FOUND");
}

/** Today where the commitment is held. */
export const todayFor = (world: World, c: Commitment): Day => todayOf(world, customerOf(c));

/** Who may be commanded: not what has ended before today, nor what is on its last day by a closing. */
export function refuseEnded(world: World, c: Commitment): void {
  if (c.annulled || isTerminated(c, todayFor(world, c))) refuse("ALREADY_TERMINATED");
  refuseClosed(holderOf(c));
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
  const { customer } = account;
  const today = todayOf(world, customer);
  const start = step.effective === undefined ? today : dayOf(step.effective);
  checkOffer(world.catalog, offer, account, start);
  const byHand = dateByHand(world, step.discountEnd, target, account, null);
  if (byHand !== null && (offer.discountPeriods === null || byHand <= start)) refuse("DISCOUNT_END_INVALID");
  if (start < account.openedOn) refuse("INVALID_DATE");
  refuseInvoiced(world, customer, start);

  const recorded = ++world.recorded;
  // The first setting judges the days before the start too, where a proration flag adds them.
  const endDate: Setting | "DEFAULT" = byHand === null ? "DEFAULT" : settingByHand(null, recorded, EVER, byHand, today);
  const by = { day: start, ordered: Math.min(start, today), endDate };
  world.commitments.push({
    name: step.as ?? null,
    start,
    holders: [{ day: EVER, account, recorded }],
    terms: [copyTerms(world, offer, customer, { ...by, kind: "ASSIGNED" })],
    settings: [],
    pauses: [],
    pauseChanges: [],
    requests: [],
    swaps: [],
    termination: null,
    annulled: false,
    endsKnown: new Map(),
    told: new Set(),
  });
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
  const today = todayOf(world, account.customer);
  if (target === null || target === self || holderOf(target) !== account) refuse("SYNC_TARGET_INVALID");
  if (isTerminated(target, today)) refuse("SYNC_TARGET_INVALID");
  return shownEnd(target, today) ?? refuse("SYNC_TARGET_INVALID");
}

export function setDiscountEnd(world: World, step: story.SetDiscountEndStep): void {
  const c = commitmentNamed(world, step.setDiscountEnd);
  const target = syncTarget(world, step.to);
  refuseEnded(world, c);
  const today = todayFor(world, c);
  const date = dateByHand(world, step.to, target, holderOf(c), c) ?? refuse("VALIDATION_FAILED");
  if (termsOn(c, today).discountPeriods === null || date < today || date <= c.start) refuse("DISCOUNT_END_INVALID");
  c.settings.push(settingByHand(c, ++world.recorded, today, date, today));
}

export function terminate(world: World, step: story.TerminateStep): void {
  const c = commitmentNamed(world, step.terminate);
  const today = todayFor(world, c);
  // A closing of today does not forbid it.
  if (c.annulled || isTerminated(c, today)) refuse("ALREADY_TERMINATED");
  const day = step.effective === undefined ? today : dayOf(step.effective);
  // One that is still pending is cancelled by a date before its start.
  if (day < c.start && c.start <= today) refuse("TERMINATION_INVALID");
  refuseInvoiced(world, customerOf(c), day + 1);
  refuseConflict(c, day, today);
  c.termination = { day, waived: step.waivePenalty !== undefined };
}

export function cancelTermination(world: World, step: story.CancelTerminationStep): void {
  const c = commanded(world, step.cancelTermination);
  if (c.termination === null) refuse("NOT_TERMINATED");
  c.termination = null;
}

/** Withdrawn from within the cooling-off days: nothing is charged, and no limit of back-dating applies. */
export function annul(world: World, step: story.AnnulStep): void {
  const c = commitmentNamed(world, step.annul);
  const today = todayFor(world, c);
  // A closing of today does not forbid it.
  if (c.annulled || isTerminated(c, today)) refuse("ALREADY_TERMINATED");
  if (today > c.start + COOLING_OFF_DAYS) refuse("TERMINATION_INVALID");
  c.annulled = true;
}
