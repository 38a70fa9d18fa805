import type * as story from "../story.js";
import { type Day } from "./calendar.js";
import { parseMoney } from "./money.js";
import { refuse } from "./refused.js";
import { createTariff } from "./tariffs.js";
import { type Account, type Catalog, type ClassTerms, EVER, type Offer, type Subscription } from "./world.js";

/** The terms of who has no class, and what a class leaves out. */
export const NO_CLASS: ClassTerms = {
  graceDays: 14,
  rounding: "HALF_UP",
  suspendAfterDays: null,
  terminateAfterDays: null,
  remindAfterDays: [],
  warnBeforeSuspensionDays: 3,
  warnBeforeEndDays: 30,
  selfPauseDaysPerYear: 0,
  selfPauseLongestDays: 0,
  selfPauseNoticeDays: 0,
};

/** A story's catalog is valid: only revisions are checked. */
export function createCatalog(given: story.Catalog): Catalog {
  const voices = (products: { name: string; voice?: story.Voice }[] = []) =>
    new Map(products.flatMap(({ name, voice }) => (voice === undefined ? [] : [[name, voice] as const])));
  const catalog: Catalog = {
    tariffs: new Map((given.tariffs ?? []).map((tariff) => [tariff.name, createTariff(tariff)])),
    voiceOf: { main: voices(given.mainProducts), addOn: voices(given.addOnProducts) },
    subscriptions: new Map(),
    addOnProducts: new Set((given.addOnProducts ?? []).map(({ name }) => name)),
    mainProducts: new Map((given.mainProducts ?? []).map(({ name, addOnProducts }) => [name, new Set(addOnProducts)])),
    classes: new Map(
      (given.customerClasses ?? []).map(({ name, ...terms }) => [
        name,
        { revisions: [{ day: EVER, terms: { ...NO_CLASS, ...terms } }] },
      ]),
    ),
    offers: new Map(),
  };
  for (const item of given.subscriptions ?? []) {
    catalog.subscriptions.set(item.name, {
      name: item.name,
      currency: item.currency,
      fees: item.recurringFees,
      hasMinimum: item.minimumPeriods != null,
      strategy: item.penalty ?? "SUM_OF_DISCOUNTS",
      penalty: item.penaltyAmount == null ? null : parseMoney(item.penaltyAmount, item.currency),
      prorateFirst: item.prorateFirst ?? true,
      prorateLast: item.prorateLast ?? true,
    });
  }
  for (const item of given.commitments ?? []) {
    catalog.offers.set(item.name, {
      name: item.name,
      currency: item.currency,
      discountPeriods: item.discountPeriods ?? null,
      transferFee: parseMoney(item.transferFee ?? "0", item.currency),
      recurring: recurringRows(item.recurringFees ?? [], item.currency),
      oneTime: oneTimeRows(item.oneTimeFees ?? [], item.currency),
      withdrawn: false,
    });
  }
  return catalog;
}

const recurringRows = (rows: story.RecurringRow[], currency: string): Offer["recurring"] =>
  rows.map(({ subscription, addOnProduct = null, discount = "0" }) => ({
    subscription,
    addOnProduct,
    discount: parseMoney(discount, currency),
  }));

const oneTimeRows = (rows: story.OneTimeRow[], currency: string): Offer["oneTime"] =>
  rows.map(({ description, fee, discount = "0" }) => ({
    description,
    fee: parseMoney(fee, currency),
    discount: parseMoney(discount, currency),
  }));

/** What an offer's revision leaves out stays. Revisions are for new commitments. */
export function reviseOffer(catalog: Catalog, step: story.ReviseCommitmentStep): void {
  const offer = knownOffer(catalog, step.reviseCommitment);
  const recurring = step.recurringFees ? recurringRows(step.recurringFees, offer.currency) : offer.recurring;
  const oneTime = step.oneTimeFees ? oneTimeRows(step.oneTimeFees, offer.currency) : offer.oneTime;
  if (recurring.length + oneTime.length === 0) refuse("VALIDATION_FAILED");
  for (const { addOnProduct } of recurring) {
    if (addOnProduct !== null && !catalog.addOnProducts.has(addOnProduct)) refuse("VALIDATION_FAILED");
  }
  const subscriptions = recurring.map((row) => knownSubscription(catalog, row.subscription));
  if (subscriptions.some(({ currency }) => currency !== offer.currency)) refuse("CURRENCY_MISMATCH");
  if (new Set(subscriptions.map(({ strategy }) => strategy)).size > 1) refuse("PENALTY_STRATEGY_MIXED");
  const discounted = [...recurring, ...oneTime].some(({ discount }) => discount > 0n);
  if (discounted && offer.discountPeriods === null) refuse("DISCOUNT_WITHOUT_PERIOD");
  if (oneTime.some(({ fee, discount }) => discount > fee)) refuse("DISCOUNT_EXCEEDS_FEE");
  recurring.forEach(({ discount }, i) => {
    const fees = Object.values(subscriptions[i]?.fees ?? {});
    if (fees.every((fee) => discount > parseMoney(fee, offer.currency))) refuse("DISCOUNT_EXCEEDS_FEE");
  });
  Object.assign(offer, { recurring, oneTime });
}

export function reviseSubscription(catalog: Catalog, step: story.ReviseSubscriptionStep): void {
  const subscription = knownSubscription(catalog, step.reviseSubscription);
  const fees = Object.values(step.recurringFees);
  if (fees.length === 0) refuse("VALIDATION_FAILED");
  for (const fee of fees) parseMoney(fee, subscription.currency);
  subscription.fees = step.recurringFees;
}

/** The catalog's day is that of UTC. What a revision leaves out stays. */
export function reviseClass(catalog: Catalog, step: story.ReviseCustomerClassStep, today: Day): void {
  const { on: _, reviseCustomerClass: name, ...changes } = step;
  const { revisions } = catalog.classes.get(name) ?? refuse("VALIDATION_FAILED");
  const before = revisions.at(-1)?.terms ?? NO_CLASS;
  revisions.push({ day: today, terms: { ...before, ...changes } });
}

export function knownOffer(catalog: Catalog, name: string): Offer {
  return catalog.offers.get(name) ?? refuse("VALIDATION_FAILED");
}

export function knownSubscription(catalog: Catalog, name: string): Subscription {
  return catalog.subscriptions.get(name) ?? refuse("VALIDATION_FAILED");
}

export const isAllowed = (catalog: Catalog, account: Account, addOnProduct: string): boolean =>
  catalog.mainProducts.get(account.mainProduct)?.has(addOnProduct) ?? false;

/** A percentage of 0 to 100 with at most 4 decimal places, in ten-thousandths of a percent. */
export function parseRate(text: string): bigint {
  const [, units = "", fraction = ""] = /^(\d+)(?:\.(\d{1,4}))?$/.exec(text) ?? refuse("VALIDATION_FAILED");
  const rate = BigInt(units + fraction.padEnd(4, "0"));
  return rate > 1_000_000n ? refuse("VALIDATION_FAILED") : rate;
}
