import { type Outcome } from "../outcome.js";
import { type Step, type Story } from "../story.js";
import { dayOf, textOf, toCivil } from "./calendar.js";
import * as catalog from "./catalog.js";
import { closeEnded } from "./close.js";
import * as commitments from "./commitment-commands.js";
import * as customers from "./customer-commands.js";
import { isSuspended } from "./days.js";
import { shownEnd } from "./discount-end.js";
import { statusOn } from "./life.js";
import { formatMoney } from "./money.js";
import * as pauses from "./pause-commands.js";
import { Refused } from "./refused.js";
import * as upgrades from "./upgrade-commands.js";
import { type Customer, EVER, type World } from "./world.js";

/** What a story comes to, by a naive reading of docs: every day of every commitment is judged by itself. */
export function runNaive(story: Story): Outcome {
  const world = createWorld(story);
  const steps = story.steps.map((step) => play(world, step));
  advance(world, story.until);
  return { steps, ...observe(world) };
}

/** Customers are created, with their accounts, at the first step's moment. */
export function createWorld(story: Story): World {
  const today = dayOf(story.steps[0]?.on ?? story.until);
  const world: World = {
    today,
    catalog: catalog.createCatalog(story.catalog),
    customers: [],
    accounts: [],
    commitments: [],
    invoices: [],
  };
  for (const given of story.customers) {
    const { name, currency, billingPeriod } = given;
    if (billingPeriod !== "MONTHLY" && billingPeriod !== "MONTHLY_ANNIVERSARY") throw new Error("not in the model");
    const ofClass = given.class === undefined ? undefined : world.catalog.classes.get(given.class);
    const customer: Customer = {
      name,
      currency,
      billingPeriod,
      periodStart: billingPeriod === "MONTHLY" ? 1 : (given.anniversaryDay ?? toCivil(today).day),
      createdOn: today,
      closedOn: null,
      classes: ofClass === undefined ? [] : [{ day: EVER, class: ofClass }],
      rates: [],
      suspensions: [],
      closedUntil: today,
      balance: 0n,
    };
    world.customers.push(customer);
    for (const { id, mainProduct } of given.accounts ?? []) {
      world.accounts.push({ id, customer, mainProduct, openedOn: today, closedOn: null });
    }
  }
  return world;
}

/** At noon of a day the periods that ended before it are invoiced. */
export function advance(world: World, on: string): void {
  world.today = dayOf(on);
  closeEnded(world);
}

/** The rejection code, or null where the step is accepted. */
export function play(world: World, step: Step): string | null {
  advance(world, step.on);
  try {
    command(world, step);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

function command(world: World, step: Step): void {
  if ("assign" in step) commitments.assign(world, step);
  else if ("setDiscountEnd" in step) commitments.setDiscountEnd(world, step);
  else if ("terminate" in step) commitments.terminate(world, step);
  else if ("cancelTermination" in step) commitments.cancelTermination(world, step);
  else if ("pause" in step) pauses.pause(world, step);
  else if ("changePause" in step) pauses.changePause(world, step);
  else if ("cancelPause" in step) pauses.cancelPause(world, step);
  else if ("resume" in step) pauses.resume(world, step);
  else if ("upgrade" in step) upgrades.upgrade(world, step);
  else if ("timeLimitedUpgrade" in step) upgrades.timeLimitedUpgrade(world, step);
  else if ("extendUpgrade" in step) upgrades.extendUpgrade(world, step);
  else if ("endUpgrade" in step) upgrades.endUpgrade(world, step);
  else if ("cancelThenUpgrade" in step) upgrades.cancelThenUpgrade(world, step);
  else if ("setSubscriptionDiscountRate" in step) customers.setRate(world, step);
  else if ("suspend" in step) customers.setSuspended(world, step.suspend, step, true);
  else if ("unsuspend" in step) customers.setSuspended(world, step.unsuspend, step, false);
  else if ("setCustomerClass" in step) customers.setClass(world, step);
  else if ("closeCustomer" in step) customers.closeCustomer(world, step);
  else if ("closeAccount" in step) customers.closeAccount(world, step);
  else if ("openAccount" in step) customers.openAccount(world, step);
  else if ("changeMainProduct" in step) customers.changeMainProduct(world, step);
  else if ("reviseCommitment" in step) catalog.reviseOffer(world.catalog, step);
  else if ("reviseSubscription" in step) catalog.reviseSubscription(world.catalog, step);
  else if ("withdrawCommitment" in step) catalog.knownOffer(world.catalog, step.withdrawCommitment).withdrawn = true;
  // A step without a command only moves the clock.
}

export function observe(world: World): Omit<Outcome, "steps"> {
  const { today } = world;
  return {
    invoices: [...world.invoices].sort((a, b) =>
      a.issued === b.issued ? (a.customer < b.customer ? -1 : 1) : a.issued < b.issued ? -1 : 1,
    ),
    commitments: world.commitments.flatMap((c) => {
      if (c.name === null) return [];
      const end = shownEnd(c, today);
      const given = [...c.given.values()].reduce((sum, amount) => sum + amount, 0n);
      return {
        commitment: c.name,
        status: statusOn(c, today),
        discountEndDate: end === null ? null : textOf(end),
        discountsGiven: formatMoney(given, c.account.customer.currency),
      };
    }),
    customers: world.customers.map((customer) => ({
      customer: customer.name,
      status: customer.closedOn !== null ? "CLOSED" : isSuspended(customer, today) ? "SUSPENDED" : "ACTIVE",
      balanceDue: formatMoney(customer.balance, customer.currency),
    })),
  };
}
