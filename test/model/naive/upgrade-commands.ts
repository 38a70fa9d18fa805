import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { isAllowed, knownOffer } from "./catalog.js";
import { commanded, commitmentNamed, dateByHand, refuseEnded, syncTarget, todayFor } from "./commitment-commands.js";
import { settingByHand, shownEnd } from "./discount-end.js";
import { customerOf, holderOf, refuseConflict, refuseInvoiced } from "./life.js";
import { checkOffer, checkSold, copyTerms, defaultEnd } from "./offers.js";
import { refuse } from "./refused.js";
import { heldTerms, runningSwaps, swappedRow, termsOn } from "./terms.js";
import { isWaiting } from "./transfer-commands.js";
import { type Commitment, type Offer, type Swap, type World } from "./world.js";

export function upgrade(world: World, step: story.UpgradeStep): void {
  const c = commitmentNamed(world, step.upgrade);
  const offer = knownOffer(world.catalog, step.to);
  const target = syncTarget(world, step.discountEnd);
  refuseEnded(world, c);
  const today = todayFor(world, c);
  const day = step.effective === undefined ? today : dayOf(step.effective);
  checkOffer(world.catalog, offer, holderOf(c), day);
  if (day > today) {
    schedule(world, c, offer, step, day);
    return;
  }
  const byHand = dateByHand(world, step.discountEnd, target, holderOf(c), c);
  if (byHand !== null && (offer.discountPeriods === null || byHand <= day)) refuse("DISCOUNT_END_INVALID");
  // No change lowers the end date below the day of its command.
  const present = shownEnd(c, today);
  if (byHand !== null && present !== null && byHand < Math.min(present, today)) refuse("DISCOUNT_END_INVALID");
  if (day < c.start) refuse("UPGRADE_INVALID");
  refuseInvoiced(world, customerOf(c), day);
  refuseConflict(c, day, today);

  // Time-limited upgrades of the terms given up end with them; the upgrade that was to follow one is dropped.
  for (const swap of c.swaps) dropThen(c, swap, today);
  // So is a scheduled one, if it had been ordered by then.
  c.terms = c.terms.filter((terms) => !isWaiting(terms, "SCHEDULED", today) || terms.ordered > day);
  const endDate = byHand === null ? null : settingByHand(c, ++world.recorded, day, byHand, today);
  const kept = step.discountEnd === "DEFAULT" ? "DEFAULT" : "KEEP";
  c.terms.push(
    copyTerms(world, offer, customerOf(c), { day, kind: "UPGRADE", ordered: day, endDate: endDate ?? kept }),
  );
}

/** For a coming day; the end date is decided on that day. */
function schedule(world: World, c: Commitment, offer: Offer, step: story.UpgradeStep, day: Day): void {
  if (typeof step.discountEnd === "object") refuse("DISCOUNT_END_INVALID");
  const today = todayFor(world, c);
  if (day < c.start || heldTerms(c).some((terms) => isWaiting(terms, "SCHEDULED", today))) refuse("UPGRADE_INVALID");
  const endDate = step.discountEnd ?? "KEEP";
  c.terms.push(copyTerms(world, offer, customerOf(c), { day, kind: "SCHEDULED", ordered: today, endDate }));
}

export function timeLimitedUpgrade(world: World, step: story.TimeLimitedUpgradeStep): void {
  const c = commitmentNamed(world, step.timeLimitedUpgrade);
  const { catalog } = world;
  if (!catalog.addOnProducts.has(step.addOnProduct)) refuse("VALIDATION_FAILED");
  const offer = step.thenUpgradeTo === undefined ? null : knownOffer(catalog, step.thenUpgradeTo);
  refuseEnded(world, c);
  const today = todayFor(world, c);
  const until = dayOf(step.until);
  const account = holderOf(c);
  if (offer !== null) checkSold(offer, account);
  if (!isAllowed(catalog, account, step.addOnProduct)) refuse("ADD_ON_NOT_ALLOWED");
  if (offer !== null) checkOffer(catalog, offer, account, until + 1);
  if (today < c.start || until < today) refuse("UPGRADE_INVALID");
  const row = rowToSwap(c, step.replacing, today);
  const terms = termsOn(c, today);
  if (row === undefined || terms.rows[row]?.addOnProduct === step.addOnProduct) refuse("UPGRADE_INVALID");
  if (offer !== null && c.swaps.some((swap) => isAhead(c, swap, today))) refuse("UPGRADE_INVALID");

  const swap: Swap = { terms, row, addOnProduct: step.addOnProduct, from: today, until, then: null };
  if (offer !== null) {
    const by = { day: until + 1, kind: "AFTER_SWAP", ordered: today, endDate: "KEEP" } as const;
    swap.then = copyTerms(world, offer, account.customer, by);
    c.terms.push(swap.then);
  }
  c.swaps.push(swap);
}

/** The row of the add-on product named, else the only row with an add-on product; one without a running swap. */
function rowToSwap(c: Commitment, replacing: string | undefined, today: Day): number | undefined {
  const swapped = new Set(runningSwaps(c, today).map((swap) => swappedRow(c, swap, today)));
  const { rows } = termsOn(c, today);
  const free = rows.filter((row) => row.addOnProduct !== null && !swapped.has(row));
  const fitting = replacing === undefined ? free : free.filter(({ addOnProduct }) => addOnProduct === replacing);
  const [row] = fitting;
  if (row === undefined || (replacing === undefined && fitting.length > 1)) return undefined;
  return rows.indexOf(row);
}

/** Of several, the one ordered last is meant. */
function runningSwap(c: Commitment, today: Day): Swap {
  return runningSwaps(c, today).at(-1) ?? refuse("UPGRADE_NOT_FOUND");
}

/** Has it a permanent upgrade still to come, also where another coming day would drop it? */
export const isAhead = (c: Commitment, swap: Swap, today: Day): boolean =>
  swap.then !== null && swap.then.day > today && swappedRow(c, swap, today) !== undefined;

function dropThen(c: Commitment, swap: Swap, today: Day): void {
  if (swap.then === null || swap.then.day <= today) return;
  c.terms = c.terms.filter((terms) => terms !== swap.then);
  swap.then = null;
}

/** Extending moves the upgrade that follows. */
export function extendUpgrade(world: World, step: story.ExtendUpgradeStep): void {
  const c = commanded(world, step.extendUpgrade);
  const swap = runningSwap(c, todayFor(world, c));
  const until = dayOf(step.until);
  if (until <= swap.until) refuse("UPGRADE_INVALID");
  swap.until = until;
  if (swap.then === null) return;
  const day = until + 1;
  Object.assign(swap.then, { day, defaultEnd: defaultEnd(swap.then.discountPeriods, customerOf(c), day) });
}

export function endUpgrade(world: World, step: story.EndUpgradeStep): void {
  const c = commanded(world, step.endUpgrade);
  const today = todayFor(world, c);
  const swap = runningSwap(c, today);
  swap.until = today;
  dropThen(c, swap, today);
}

export function cancelThenUpgrade(world: World, step: story.CancelThenUpgradeStep): void {
  const c = commanded(world, step.cancelThenUpgrade);
  const today = todayFor(world, c);
  const swap = c.swaps.find((candidate) => isAhead(c, candidate, today)) ?? refuse("UPGRADE_NOT_FOUND");
  dropThen(c, swap, today);
}
