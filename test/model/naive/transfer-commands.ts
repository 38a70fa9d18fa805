import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { isAllowed, knownOffer } from "./catalog.js";
import { accountNamed, refuseClosed } from "./customer-commands.js";
import { commitmentNamed, commanded, refuseEnded, todayFor } from "./commitment-commands.js";
import { periodOf, typeOn } from "./cycles.js";
import { customerOf, holderOf, refuseConflict, refuseInvoiced } from "./life.js";
import { checkFees, checkMinimum, copyTerms } from "./offers.js";
import { refuse } from "./refused.js";
import { heldTerms, runningSwaps, termsOn } from "./terms.js";
import { type Commitment, type Terms, type World } from "./world.js";

export function transfer(world: World, step: story.TransferStep): void {
  const c = commitmentNamed(world, step.transfer);
  const receiver = accountNamed(world, step.toAccount);
  const giver = holderOf(c);
  if (receiver === giver) refuse("SAME_ACCOUNT");
  refuseEnded(world, c);
  refuseClosed(receiver);
  if (receiver.customer.currency !== giver.customer.currency) refuse("CURRENCY_MISMATCH");
  const today = todayFor(world, c);
  const day = step.effective === undefined ? today : dayOf(step.effective);
  const kept = termsFrom(c, Math.min(day, today));
  for (const addOnProduct of addOnsFrom(c, kept, day)) {
    if (!isAllowed(world.catalog, receiver, addOnProduct)) refuse("ADD_ON_NOT_ALLOWED");
  }
  for (const { rows, day: first } of kept) checkFees(rows, typeOn(receiver.customer, Math.max(first, day)));
  // One that is still pending is handed on before it starts.
  const isBefore = day < c.start && c.start <= today;
  if (day > today || isBefore || day < receiver.openedOn) refuse("INVALID_DATE");
  refuseInvoiced(world, giver.customer, day);
  refuseInvoiced(world, receiver.customer, day);
  refuseConflict(c, day, today);
  c.holders.push({ day, account: receiver, recorded: ++world.recorded });
}

/** What is held on the day, and what comes after it. */
const termsFrom = (c: Commitment, day: Day): Terms[] => [
  ...new Set([termsOn(c, day), ...heldTerms(c).filter((terms) => terms.day > day)]),
];

/** Time-limited upgrades too: those that the receiver would have from the day on. */
const addOnsFrom = (c: Commitment, kept: Terms[], day: Day): string[] => [
  ...kept.flatMap(({ rows }) => rows.flatMap(({ addOnProduct }) => (addOnProduct === null ? [] : [addOnProduct]))),
  ...c.swaps.flatMap((swap) => (runningSwaps(c, Math.max(day, swap.from)).includes(swap) ? [swap.addOnProduct] : [])),
];

/** Rows, fees and discounts as the offer has them now, from the next billing period on; all else stays as held. */
export function renewFees(world: World, step: story.RenewFeesStep): void {
  const c = commanded(world, step.renewFees);
  const { catalog } = world;
  const today = todayFor(world, c);
  const held = renewable(c, today);
  const offer = knownOffer(catalog, held.offer);
  const customer = customerOf(c);
  const day = Math.max(periodOf(customer, today).to, c.start);
  for (const { addOnProduct } of offer.recurring) {
    if (addOnProduct !== null && !isAllowed(catalog, holderOf(c), addOnProduct)) refuse("ADD_ON_NOT_ALLOWED");
  }
  checkMinimum(catalog, offer);
  const renewed = copyTerms(world, offer, customer, { day, kind: "RENEWAL", ordered: today, endDate: "KEEP" });
  checkFees(renewed.rows, typeOn(customer, day));
  renewed.rows.forEach((row, i) => {
    const before = held.rows[i];
    if (before === undefined) return;
    const { penalty, prorateFirst, prorateLast } = before;
    Object.assign(row, { penalty, prorateFirst, prorateLast });
  });
  const { discountPeriods, strategy, transferFee } = held;
  Object.assign(renewed, { discountPeriods, strategy, transferFee, oneTime: [], renews: held });
  // A second order replaces the first.
  c.terms = c.terms.filter((terms) => !isWaiting(terms, "RENEWAL", today));
  c.terms.push(renewed);
}

export const isWaiting = (terms: Terms, kind: Terms["kind"], today: Day): boolean =>
  terms.kind === kind && terms.day > today;

/** What a renewal of today renews: of one that is pending the first terms. */
function renewable(c: Commitment, today: Day): Terms {
  const [first] = heldTerms(c);
  return today < c.start && first !== undefined ? first : termsOn(c, today);
}

/**
 * Until its day a scheduled upgrade, or a waiting renewal, can be cancelled, also where another coming day would drop it;
 * not a renewal of terms that are held no more.
 */
export function cancelScheduledTerms(world: World, c: Commitment, kind: "SCHEDULED" | "RENEWAL", day: Day): void {
  refuseEnded(world, c);
  const today = todayFor(world, c);
  const held = renewable(c, today);
  const waiting = c.terms.find(
    (terms) => isWaiting(terms, kind, today) && terms.day === day && (kind === "SCHEDULED" || terms.renews === held),
  );
  if (waiting === undefined) refuse("NOT_SCHEDULED");
  c.terms = c.terms.filter((terms) => terms !== waiting);
}
