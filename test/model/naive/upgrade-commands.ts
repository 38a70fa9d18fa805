import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { checkOffer, checkSold, copyTerms, defaultEnd, isAllowed, knownOffer } from "./catalog.js";
import { commanded, commitmentNamed, dateByHand, refuseEnded, syncTarget } from "./commitment-commands.js";
import { settingByHand, settingByTerm, shownEnd } from "./discount-end.js";
import { refuseConflict, refuseInvoiced, termsOn } from "./life.js";
import { refuse } from "./refused.js";
import {
  type Commitment,
  lastOn,
  type Offer,
  type RecurringRow,
  type Setting,
  type Swap,
  type Terms,
  type World,
} from "./world.js";

export function upgrade(world: World, step: story.UpgradeStep): void {
  const c = commitmentNamed(world, step.upgrade);
  const offer = knownOffer(world.catalog, step.to);
  const target = syncTarget(world, step.discountEnd);
  refuseEnded(world, c);
  checkOffer(world.catalog, offer, c.account);
  const { today } = world;
  const day = step.effective === undefined ? today : dayOf(step.effective);
  const byHand = dateByHand(world, step.discountEnd, target, c.account, c);
  if (byHand !== null && (offer.discountPeriods === null || byHand <= day)) refuse("DISCOUNT_END_INVALID");
  // No change lowers the end date below the day of its command.
  const present = shownEnd(c, today);
  if (byHand !== null && present !== null && byHand < Math.min(present, today)) refuse("DISCOUNT_END_INVALID");
  if (day < c.start) refuse("UPGRADE_INVALID");
  if (day > today) refuse("INVALID_DATE");
  refuseInvoiced(c.account.customer, day, today);
  refuseConflict(c, day, today);

  // Swaps of the terms given up end with them; the upgrade that was to follow one is dropped.
  for (const swap of c.swaps) dropThen(c, swap, today);
  c.terms.push(copyTerms(world.catalog, offer, c.account.customer, day));
  if (byHand !== null) c.settings.push(settingByHand(c, day, byHand, today));
  else if (step.discountEnd === "DEFAULT" && offer.discountPeriods !== null) {
    c.settings.push(settingByTerm(day, defaultEnd(day, offer.discountPeriods)));
  } else c.settings.push(...termWhereNone(c, offer, day));
}

/** An end date that is kept: where there was none, the new default term. */
function termWhereNone(c: Commitment, offer: Offer, day: Day): Setting[] {
  if (offer.discountPeriods === null || lastOn(c.settings, day) !== undefined) return [];
  return [settingByTerm(day, defaultEnd(day, offer.discountPeriods))];
}

export function timeLimitedUpgrade(world: World, step: story.TimeLimitedUpgradeStep): void {
  const c = commitmentNamed(world, step.timeLimitedUpgrade);
  const { today, catalog } = world;
  if (!catalog.addOnProducts.has(step.addOnProduct)) refuse("VALIDATION_FAILED");
  const offer = step.thenUpgradeTo === undefined ? null : knownOffer(catalog, step.thenUpgradeTo);
  refuseEnded(world, c);
  if (offer !== null) checkSold(offer, c.account);
  if (!isAllowed(catalog, c.account, step.addOnProduct)) refuse("ADD_ON_NOT_ALLOWED");
  if (offer !== null) checkOffer(catalog, offer, c.account);
  const until = dayOf(step.until);
  if (today < c.start || until < today) refuse("UPGRADE_INVALID");
  const terms = termsOn(c, today);
  const row = rowToSwap(c, terms, step.replacing, today);
  if (row === undefined || row.addOnProduct === step.addOnProduct) refuse("UPGRADE_INVALID");
  if (offer !== null && c.swaps.some((swap) => isAhead(swap, today))) refuse("UPGRADE_INVALID");

  const swap: Swap = { terms, row, addOnProduct: step.addOnProduct, until, then: null };
  if (offer !== null) {
    const [setting = null] = termWhereNone(c, offer, until + 1);
    swap.then = { terms: copyTerms(catalog, offer, c.account.customer, until + 1), setting };
    c.terms.push(swap.then.terms);
    if (setting !== null) c.settings.push(setting);
  }
  c.swaps.push(swap);
}

/** The row of the add-on product named, else the only row with an add-on product; one without a running swap. */
function rowToSwap(c: Commitment, terms: Terms, replacing: string | undefined, today: Day): RecurringRow | undefined {
  const swapped = new Set(runningSwaps(c, today).map(({ row }) => row));
  const free = terms.rows.filter((row) => row.addOnProduct !== null && !swapped.has(row));
  if (replacing !== undefined) return free.find((row) => row.addOnProduct === replacing);
  return free.length === 1 ? free[0] : undefined;
}

/** Through its last day, and no longer than the terms whose row it changes. */
export function runningSwaps(c: Commitment, today: Day): Swap[] {
  return c.swaps.filter((swap) => swap.terms === termsOn(c, today) && today <= swap.until);
}

/** Of several, the one ordered last is meant. */
function runningSwap(c: Commitment, today: Day): Swap {
  return runningSwaps(c, today).at(-1) ?? refuse("UPGRADE_NOT_FOUND");
}

/** Has it a permanent upgrade still to come? */
export const isAhead = (swap: Swap, today: Day): boolean => swap.then !== null && swap.then.terms.day > today;

function dropThen(c: Commitment, swap: Swap, today: Day): void {
  if (!isAhead(swap, today)) return;
  c.terms = c.terms.filter((terms) => terms !== swap.then?.terms);
  c.settings = c.settings.filter((setting) => setting !== swap.then?.setting);
  swap.then = null;
}

/** Extending moves the upgrade that follows. */
export function extendUpgrade(world: World, step: story.ExtendUpgradeStep): void {
  const c = commanded(world, step.extendUpgrade);
  const swap = runningSwap(c, world.today);
  const until = dayOf(step.until);
  if (until <= swap.until) refuse("UPGRADE_INVALID");
  swap.until = until;
  if (swap.then === null) return;
  const { terms, setting } = swap.then;
  terms.day = until + 1;
  if (setting === null || terms.discountPeriods === null) return;
  setting.day = until + 1;
  setting.base = defaultEnd(until + 1, terms.discountPeriods);
}

export function endUpgrade(world: World, step: story.EndUpgradeStep): void {
  const c = commanded(world, step.endUpgrade);
  const swap = runningSwap(c, world.today);
  swap.until = world.today;
  dropThen(c, swap, world.today);
}

export function cancelThenUpgrade(world: World, step: story.CancelThenUpgradeStep): void {
  const c = commanded(world, step.cancelThenUpgrade);
  const swap = c.swaps.find((candidate) => isAhead(candidate, world.today)) ?? refuse("UPGRADE_NOT_FOUND");
  dropThen(c, swap, world.today);
}
