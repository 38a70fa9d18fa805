import { textOf } from "../naive/calendar.js";
import { totalOf } from "../naive/close.js";
import { correctionsOf } from "../naive/corrections.js";
import { cycleOn } from "../naive/cycles.js";
import { isSuspended } from "../naive/days.js";
import { type Customer, type Offer } from "../naive/world.js";
import {
  type BillingPeriod,
  type ChangeBillingStep,
  type Contact,
  type ReviseCustomerClassStep,
  type Step,
} from "../story.js";
import { aimedDay, effective, type Scene } from "./aim.js";
import {
  ANNIVERSARIES,
  CLASSES,
  collectionTerms,
  discountIn,
  generateFees,
  generateOneTime,
  TYPES,
  ZONES,
} from "./catalog.js";

const anyCustomer = ({ random, world }: Scene): Customer => {
  const open = world.customers.filter(({ closedOn }) => closedOn === null);
  return (random.chance(0.95) ? random.maybe(open) : undefined) ?? random.pick(world.customers);
};

const RATES = ["0", "10", "25", "33.3333", "12.5", "100", null, null, null, null];

export function onCustomer(scene: Scene): Step {
  const { random, today, on, has } = scene;
  const customer = anyCustomer(scene);
  const { name } = customer;
  // Days before the customer was there are refused for a reason that the text leaves open.
  const ahead = has.has("COMING_DAYS") ? 0.3 : 0;
  const when = effective(scene, customer, { back: 0.4, ahead, reach: 40 });
  const back = effective(scene, customer, { back: 0.4, ahead: 0.01, reach: 1 });
  const closes = effective(scene, customer, { back: 0.4, ahead: 0.01, reach: 1 }, lastTransfer(scene));
  const suspended = isSuspended(customer, today);
  const rate = random.chance(0.03) ? "100.1" : random.pick(RATES);
  const coming = [...customer.rates, ...customer.suspensions].some(({ day }) => day > today);
  return random.weighted<() => Step>([
    [6, () => ({ on, setSubscriptionDiscountRate: name, rate, ...when })],
    [suspended ? 1 : 5, () => ({ on, suspend: name, ...when })],
    [suspended ? 7 : 1, () => ({ on, unsuspend: name, ...when })],
    [has.has("COMING_DAYS") ? (coming ? 5 : 0.2) : 0, () => cancelScheduled(scene, customer)],
    [2, () => ({ on, setCustomerClass: name, class: random.pick(CLASSES), ...back })],
    [has.has("PERIODS") ? 3 : 0, () => changeBilling(scene, customer)],
    [0.15, () => ({ on, closeCustomer: name, ...closes })],
  ])();
}

function cancelScheduled({ random, today, on }: Scene, { name, rates, suspensions }: Customer): Step {
  const ofRates = rates.map(({ day }) => ({ day, what: "RATE" as const }));
  const others = suspensions.map(({ day, suspended }) => ({
    day,
    what: suspended ? ("SUSPENSION" as const) : ("UNSUSPENSION" as const),
  }));
  const coming = [...ofRates, ...others].filter(({ day }) => day > today);
  const { day, what } = random.maybe(coming) ?? { day: today + 1, what: "RATE" as const };
  return { on, cancelScheduled: name, what, effective: textOf(random.chance(0.95) ? day : day + 1) };
}

/** Of one customer the time zone may change: those of two have one, so that days are told alike. */
function changeBilling({ random, world, on, today }: Scene, customer: Customer): Step {
  const step: ChangeBillingStep = { on, changeBilling: customer.name };
  const moves = world.customers.length === 1 && random.chance(0.25);
  const present = cycleOn(customer, today).type;
  const turns = present === "MONTHLY_ANNIVERSARY" && random.chance(0.4);
  if (moves) step.timeZone = random.pick(ZONES);
  if (turns) step.anniversaryDay = random.pick(ANNIVERSARIES);
  if (moves || turns) return step;
  step.billingPeriod = random.pick([...typesOf(world.catalog), ...(random.chance(0.1) ? TYPES : [])]);
  if (step.billingPeriod === "MONTHLY_ANNIVERSARY") step.anniversaryDay = random.pick(ANNIVERSARIES);
  return step;
}

/** The types for which there are fees. */
function typesOf({ subscriptions }: Scene["world"]["catalog"]): BillingPeriod[] {
  const priced = new Set([...subscriptions.values()].flatMap(({ fees }) => Object.keys(fees)));
  return TYPES.filter((type) => priced.has(type));
}

/** A closing from before a transfer says nothing that the text speaks of. */
const lastTransfer = ({ world, today }: Scene): number =>
  Math.min(today, Math.max(...world.commitments.flatMap(({ holders }) => holders.slice(1).map(({ day }) => day)), 0));

export function onAccount(scene: Scene): Step {
  const { random, world, on } = scene;
  const account = random.pick(world.accounts);
  const when = effective(scene, account.customer, { back: 0.4, ahead: 0.01, reach: 1 });
  const closes = effective(scene, account.customer, { back: 0.4, ahead: 0.01, reach: 1 }, lastTransfer(scene));
  const fresh = random.chance(0.85) ? `9${world.accounts.length + 1}` : account.id;
  const mainProduct = random.chance(0.7) ? "Full" : "Basic";
  return random.weighted<() => Step>([
    [0.5, () => ({ on, closeAccount: account.id, ...closes })],
    [
      world.accounts.length < 3 ? 2 : 0.2,
      () => ({ on, openAccount: fresh, customer: account.customer.name, mainProduct, ...when }),
    ],
    [1, () => ({ on, changeMainProduct: account.id, to: mainProduct })],
  ])();
}

export function onCatalog(scene: Scene): Step {
  const { random, world, on } = scene;
  const plan = random.pick([...world.catalog.subscriptions.values()]);
  const offer = random.pick([...world.catalog.offers.values()]);
  const types = typesOf(world.catalog);
  return random.weighted<() => Step>([
    [2, () => ({ on, reviseSubscription: plan.name, recurringFees: generateFees(random, plan.currency, types) })],
    [2, () => reviseOffer(scene, offer)],
    [1, () => ({ on, withdrawCommitment: offer.name })],
    [2, () => reviseClass(scene)],
  ])();
}

/** Some of the terms of a class: what collection does, or one of the others. */
function reviseClass({ random, on, has }: Scene): Step {
  const step: ReviseCustomerClassStep = { on, reviseCustomerClass: random.pick(CLASSES) };
  const terms = random.weighted<() => Omit<ReviseCustomerClassStep, "on" | "reviseCustomerClass">>([
    [1, () => ({ graceDays: random.pick([0, 5, 14, 30]) })],
    [1, () => ({ rounding: random.pick(["HALF_UP", "HALF_EVEN", "UP"] as const) })],
    [1, () => ({ warnBeforeEndDays: random.pick([0, 1, 7, 30, 60]) })],
    [has.has("SELF_CARE") ? 1 : 0, () => ({ selfPauseLongestDays: random.pick([0, 7, 30]), selfPauseNoticeDays: 0 })],
    [has.has("COLLECTION") ? 3 : 0, () => collectionTerms(random, has)],
  ])();
  return { ...step, ...(Object.keys(terms).length === 0 ? { graceDays: 14 } : terms) };
}

/** New discounts for the same rows, or new one-time fees. */
function reviseOffer({ random, on }: Scene, offer: Offer): Step {
  const discounted = offer.discountPeriods !== null || random.chance(0.05);
  const least = offer.recurring.length === 0 ? 1 : 0;
  const oneTimeFees = generateOneTime(random, offer.currency, discounted, least);
  const recurringFees = offer.recurring.map(({ subscription, addOnProduct }) => ({
    subscription,
    ...(addOnProduct === null ? {} : { addOnProduct }),
    discount: discounted ? discountIn(random, offer.currency) : "0",
  }));
  return { on, reviseCommitment: offer.name, recurringFees, oneTimeFees };
}

/** What a step that was dated back took off an invoice is credited at once; null: it took nothing off. */
export function creditAfter({ random, world, on }: Scene, step: Step): Step | null {
  if (!Object.values(step).some((value) => typeof value === "string" && /^\d{4}-/.test(value) && value < on))
    return null;
  const moved = world.customers.flatMap((customer) =>
    customer.receivables.periods
      .filter((period) => totalOf(correctionsOf(world, customer, period).charges) < 0n)
      .map(({ from, to }) => ({ customer, from, to })),
  );
  const period = random.maybe(moved);
  if (period === undefined) return null;
  return { on, creditNote: period.customer.name, correcting: textOf(random.int(period.from, period.to - 1)) };
}

/** Credit notes, voids and reissues. */
export function onInvoices(scene: Scene): Step {
  const { random, today, on, has } = scene;
  const customer = anyCustomer(scene);
  const { name, receivables } = customer;
  const invoices = receivables.documents.filter(({ kind }) => kind === "INVOICE");
  const issued = random.maybe(invoices)?.issued ?? today;
  const voided = random.maybe(invoices.filter(({ isVoid, closes }) => isVoid && closes?.isVoid === true))?.issued;
  const closed = random.maybe(receivables.periods);
  const correcting = closed === undefined ? today : aimedDay(scene, customer, closed.from, closed.to - 1);
  return random.weighted<() => Step>([
    [has.has("CREDIT_NOTES") ? 0.7 : 0, () => ({ on, creditNote: name, correcting: textOf(correcting) })],
    [has.has("VOID") ? 3 : 0, () => ({ on, voidInvoice: name, issued: textOf(issued) })],
    [
      has.has("VOID") && voided !== undefined ? 4 : 0,
      () => ({ on, reissueInvoice: name, issued: textOf(voided ?? today) }),
    ],
  ])();
}

/** An address, a number or a domain that is there, goes, comes back, or stays. */
export function changeContact({ random, world, on }: Pick<Scene, "random" | "world" | "on">): Step {
  const { name } = random.pick(world.customers);
  const host = `${name.toLowerCase()}.example`;
  const contact = random.pick<Contact>([
    { email: random.pick([null, `mail@${host}`, `${name.toLowerCase()}@example.com`]) },
    { phone: random.pick([null, "+39 06 1", "+39 06 2"]) },
    { domain: random.pick([null, host]) },
    { email: `mail@${host}`, domain: host },
    { email: null, phone: null },
  ]);
  return { on, changeContact: name, contact };
}
