import { changeMainProduct, closeAccount } from "#domain/accounts/decide.js";
import { reviseOffer, withdrawOffer } from "#domain/catalog/offer.js";
import { reviseSubscription } from "#domain/catalog/subscription.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { type Customer, customerStatus, todayOf } from "#domain/customers/customer.js";
import {
  closeCustomer,
  setCustomerClass,
  setSubscriptionDiscountRate,
  suspendCustomer,
  unsuspendCustomer,
} from "#domain/customers/decide.js";
import { REFUSE } from "#domain/customers/closed-days.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { big, format, sum } from "#domain/money.js";
import { stateOf } from "#domain/invoicing/invoice.js";
import { reject, Rejection } from "#domain/rejection.js";
import { type Invoice, type Line, type Outcome } from "../outcome.js";
import { type Step, type Story } from "../story.js";
import { closeEnded, settleLeftovers } from "./close.js";
import { assign, onCommitment } from "./commitment-commands.js";
import { offerFacts, oneTimeRows, open, prepared, recurringRows } from "./prepare.js";
import { subscriptionOf, type World } from "./world.js";

const FACTS = { closedDays: REFUSE };

export interface Played {
  readonly world: World;
  readonly outcome: Outcome;
}

/** Called after each step, for checks on the way. */
export type Watch = (world: World, step: Step, index: number, code: string | null) => void;

/** Plays a story on the deciders and charges of libs/domain, with streams and feed in memory. */
export const playOnDomain = (story: Story, watch: Watch = () => undefined): Played => {
  const world = prepared(story);
  const steps = story.steps.map((step, index) => {
    moveTo(world, step.on);
    const code = attempt(world, step);
    if (code === null) settleLeftovers(world);
    watch(world, step, index, code);
    return code;
  });
  moveTo(world, story.until);
  return { world, outcome: { steps, ...observed(world, story) } };
};

const moveTo = (world: World, date: string): void => {
  world.moveTo(date);
  closeEnded(world);
};

const attempt = (world: World, step: Step): string | null => {
  try {
    command(world, step);
    return null;
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
};

const command = (world: World, step: Step): void => {
  const { now } = world;
  const on = step.on;
  if (onCommitment(world, step)) return;
  if ("assign" in step) assign(world, step);
  else if ("setSubscriptionDiscountRate" in step) {
    const { rate } = step;
    onCustomer(world, step.setSubscriptionDiscountRate, (state) =>
      setSubscriptionDiscountRate({ rate, ...effective(step), now }, state, FACTS),
    );
  } else if ("suspend" in step) {
    onCustomer(world, step.suspend, (state) =>
      suspendCustomer({ reason: null, ...effective(step), now }, state, FACTS),
    );
  } else if ("unsuspend" in step) {
    onCustomer(world, step.unsuspend, (state) => unsuspendCustomer({ ...effective(step), now }, state, FACTS));
  } else if ("setCustomerClass" in step) {
    const facts = { classExists: world.classes.has(step.class), ...FACTS };
    onCustomer(world, step.setCustomerClass, (state) =>
      setCustomerClass({ customerClassId: step.class, ...effective(step), now }, state, facts),
    );
  } else if ("closeCustomer" in step) {
    onCustomer(world, step.closeCustomer, (state) => closeCustomer({ ...effective(step), now }, state, FACTS));
  } else if ("closeAccount" in step) {
    onAccount(world, step.closeAccount, (state, customer) =>
      closeAccount({ ...effective(step), now }, state, { customer, ...FACTS }),
    );
  } else if ("changeMainProduct" in step) {
    const mainProductExists = world.mainProducts.has(step.to);
    onAccount(world, step.changeMainProduct, (state, customer) =>
      changeMainProduct({ mainProductId: step.to, now }, state, { customer, mainProductExists }),
    );
  } else if ("openAccount" in step) {
    const before = world.accounts.get(step.openAccount)?.state;
    // As the identifier's stream would say, once everything else was in order.
    if (before && before.closedOn === null) throw reject("IDENTIFIER_TAKEN", "The identifier is taken.");
    open(world, step.openAccount, step.customer, step.mainProduct, step.effective);
  } else if ("reviseCommitment" in step) {
    const offer = world.offers.get(step.reviseCommitment);
    const changes = {
      ...(step.recurringFees && { recurringFees: recurringRows(step.recurringFees) }),
      ...(step.oneTimeFees && { oneTimeFees: oneTimeRows(step.oneTimeFees) }),
    };
    offer?.append(reviseOffer({ ...changes, on }, offer.state, offerFacts(world)));
  } else if ("reviseSubscription" in step) {
    const before = world.subscriptions.get(step.reviseSubscription) ?? null;
    const events = reviseSubscription({ recurringFees: step.recurringFees, on }, before);
    world.subscriptions.set(step.reviseSubscription, subscriptionOf(before, events));
  } else if ("withdrawCommitment" in step) {
    const offer = world.offers.get(step.withdrawCommitment);
    offer?.append(withdrawOffer({ on }, offer.state));
  }
};

const effective = (step: { effective?: string }) =>
  step.effective === undefined ? {} : { effectiveOn: step.effective };

const onCustomer = (world: World, name: string, decide: (state: Customer | null) => readonly CustomerEvent[]): void => {
  const customer = world.customers.get(name);
  const events = decide(customer?.stream.state ?? null);
  customer?.stream.append(events);
};

const onAccount = (
  world: World,
  identifier: string,
  decide: (state: Parameters<typeof closeAccount>[1], customer: Customer | null) => ReturnType<typeof closeAccount>,
): void => {
  const account = world.accounts.get(identifier);
  const state = account?.state ?? null;
  const customer = world.customers.get(state?.customerId ?? "")?.stream.state ?? null;
  account?.append(decide(state, customer));
};

const observed = (world: World, { customers }: Story): Omit<Outcome, "steps"> => {
  const invoices = world.closes.filter(({ lines }) => lines.length > 0);
  return {
    invoices: invoices
      .map(({ customer, period, lines, total, due }): Invoice => ({
        ...{ customer, issued: period.to, due, total, state: stateOf(total) },
        lines: lines.map(lineOf),
      }))
      .sort((a, b) => compare(a.issued, b.issued) || compare(a.customer, b.customer)),
    commitments: [...world.commitments].map(([commitment, { state }]) => {
      if (!state) throw new Error(`${commitment} was not assigned`);
      const { customer } = world.history(state.customerId);
      const today = todayOf(customer, world.now);
      const given = invoices
        .flatMap(({ lines }) => lines)
        .filter((line) => line.commitmentId === commitment && line.discountOrigin === "COMMITMENT");
      return {
        commitment,
        status: statusOn(state, today),
        discountEndDate: discountEndOn(state, today),
        discountsGiven: format(sum(given.map(({ discount }) => big(discount))), customer.currency),
      };
    }),
    customers: customers.map(({ name, currency }) => {
      const { state } = world.billed(name).stream;
      const open = invoices.filter(({ customer, total }) => customer === name && stateOf(total) !== "PAID");
      return {
        customer: name,
        status: state ? customerStatus(state) : "ACTIVE",
        balanceDue: format(sum(open.map(({ total }) => big(total))), currency),
      };
    }),
  };
};

const lineOf = (line: World["closes"][number]["lines"][number]): Line => {
  const { commitmentId: commitment, kind, description, from, until, days, periodDays, fee, discount } = line;
  const { discountOrigin, net } = line;
  return { commitment, kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
