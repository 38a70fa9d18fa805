import { textOf } from "../naive/calendar.js";
import { runningPeriod } from "../naive/life.js";
import { isSuspended } from "../naive/days.js";
import { type Customer, type Offer } from "../naive/world.js";
import { type Step } from "../story.js";
import { aimedDay } from "./aim.js";
import { CLASSES, discountIn, generateFees, generateOneTime } from "./catalog.js";
import { type Scene } from "./commitment-steps.js";

function backDated({ random, world }: Scene, customer: Customer, chance: number): { effective?: string } {
  if (!random.chance(chance)) return {};
  const from = runningPeriod(customer, world.today).from;
  // Days before the customer was there are refused for a reason that the text leaves open.
  const least = Math.max(customer.createdOn, from - (random.chance(0.1) ? 2 : 0));
  const ahead = random.chance(0.05) ? 1 : 0;
  return { effective: textOf(aimedDay(random, world, null, least, Math.max(least, world.today + ahead))) };
}

export function onCustomer(scene: Scene): Step {
  const { random, world, on } = scene;
  const open = world.customers.filter(({ closedOn }) => closedOn === null);
  const customer = (random.chance(0.95) ? random.maybe(open) : undefined) ?? random.pick(world.customers);
  const when = backDated(scene, customer, 0.4);
  const suspended = isSuspended(customer, world.today);
  const rates = [
    "0",
    "10",
    "25",
    "33.3333",
    "12.5",
    "100",
    null,
    null,
    null,
    null,
    random.chance(0.3) ? "100.1" : "50",
  ];
  return random.weighted<() => Step>([
    [6, () => ({ on, setSubscriptionDiscountRate: customer.name, rate: random.pick(rates), ...when })],
    [suspended ? 1 : 5, () => ({ on, suspend: customer.name, ...when })],
    [suspended ? 7 : 1, () => ({ on, unsuspend: customer.name, ...when })],
    [2, () => ({ on, setCustomerClass: customer.name, class: random.pick(CLASSES), ...when })],
    [0.15, () => ({ on, closeCustomer: customer.name, ...when })],
  ])();
}

export function onAccount(scene: Scene): Step {
  const { random, world, on } = scene;
  const account = random.pick(world.accounts);
  const when = backDated(scene, account.customer, 0.4);
  const fresh = random.chance(0.85) ? `9${world.accounts.length + 1}` : account.id;
  const mainProduct = random.chance(0.7) ? "Full" : "Basic";
  return random.weighted<() => Step>([
    [0.6, () => ({ on, closeAccount: account.id, ...when })],
    [
      world.accounts.length < 3 ? 2 : 0.2,
      () => ({
        on,
        openAccount: fresh,
        customer: account.customer.name,
        mainProduct,
        ...when,
      }),
    ],
    [1, () => ({ on, changeMainProduct: account.id, to: mainProduct })],
  ])();
}

export function onCatalog(scene: Scene): Step {
  const { random, world, on } = scene;
  const plan = random.pick([...world.catalog.subscriptions.values()]);
  const offer = random.pick([...world.catalog.offers.values()]);
  return random.weighted<() => Step>([
    [2, () => ({ on, reviseSubscription: plan.name, recurringFees: generateFees(random, plan.currency) })],
    [2, () => reviseOffer(scene, offer)],
    [1, () => ({ on, withdrawCommitment: offer.name })],
  ])();
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
