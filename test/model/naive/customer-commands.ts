import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { parseRate } from "./catalog.js";
import { refuseInvoiced } from "./life.js";
import { refuse } from "./refused.js";
import { type Account, type Customer, type World } from "./world.js";

export function customerNamed(world: World, name: string): Customer {
  return world.customers.find((customer) => customer.name === name) ?? refuse("CUSTOMER_NOT_FOUND");
}

/** Ids of closed accounts can be given again: the latest one is meant. */
export function accountNamed(world: World, id: string): Account {
  return world.accounts.findLast((account) => account.id === id) ?? refuse("ACCOUNT_NOT_FOUND");
}

export function refuseClosed({ customer, closedOn }: Account): void {
  if (customer.closedOn !== null) refuse("CUSTOMER_CLOSED");
  if (closedOn !== null) refuse("ACCOUNT_CLOSED");
}

const effectiveDay = (world: World, step: { effective?: string }): Day =>
  step.effective === undefined ? world.today : dayOf(step.effective);

/** Today or a past day of the running billing period on which the customer or account was there already. */
function checkPastDay(world: World, customer: Customer, day: Day, since: Day): void {
  if (day > world.today || day < since) refuse("INVALID_DATE");
  refuseInvoiced(customer, day, world.today);
}

/** The open customer of a command, and the day on which it takes effect. */
function openCustomer(world: World, name: string, step: { effective?: string }): { customer: Customer; day: Day } {
  const customer = customerNamed(world, name);
  if (customer.closedOn !== null) refuse("CUSTOMER_CLOSED");
  const day = effectiveDay(world, step);
  checkPastDay(world, customer, day, customer.createdOn);
  return { customer, day };
}

export function setRate(world: World, step: story.SetRateStep): void {
  const rate = step.rate === null ? null : { n: parseRate(step.rate), d: 10_000n };
  const { customer, day } = openCustomer(world, step.setSubscriptionDiscountRate, step);
  customer.rates.push({ day, rate });
}

/** Recorded also where it changes nothing that day: it stands against a later command for an earlier day. */
export function setSuspended(world: World, name: string, step: { effective?: string }, suspended: boolean): void {
  const { customer, day } = openCustomer(world, name, step);
  customer.suspensions.push({ day, suspended });
}

export function setClass(world: World, step: story.SetCustomerClassStep): void {
  const found = world.catalog.classes.get(step.class) ?? refuse("VALIDATION_FAILED");
  const { customer, day } = openCustomer(world, step.setCustomerClass, step);
  customer.classes.push({ day, class: found });
}

/** Closing a customer closes its accounts; both end the commitments held. */
export function closeCustomer(world: World, step: story.CloseCustomerStep): void {
  const { customer, day } = openCustomer(world, step.closeCustomer, step);
  customer.closedOn = day;
}

export function openAccount(world: World, step: story.OpenAccountStep): void {
  if (step.openAccount.trim() === "") refuse("VALIDATION_FAILED");
  const customer = customerNamed(world, step.customer);
  if (!world.catalog.mainProducts.has(step.mainProduct)) refuse("VALIDATION_FAILED");
  if (customer.closedOn !== null) refuse("CUSTOMER_CLOSED");
  if (world.accounts.some((account) => account.id === step.openAccount && isOpen(account))) refuse("IDENTIFIER_TAKEN");
  const day = effectiveDay(world, step);
  // Opening charges nothing: it may lie in a period that is closed.
  if (day > world.today || day < customer.createdOn) refuse("INVALID_DATE");
  const { openAccount: id, mainProduct } = step;
  world.accounts.push({ id, customer, mainProduct, openedOn: day, closedOn: null });
}

const isOpen = ({ closedOn, customer }: Account): boolean => closedOn === null && customer.closedOn === null;

export function changeMainProduct(world: World, step: story.ChangeMainProductStep): void {
  const account = accountNamed(world, step.changeMainProduct);
  if (!world.catalog.mainProducts.has(step.to)) refuse("VALIDATION_FAILED");
  refuseClosed(account);
  account.mainProduct = step.to;
}

export function closeAccount(world: World, step: story.CloseAccountStep): void {
  const account = accountNamed(world, step.closeAccount);
  refuseClosed(account);
  const day = effectiveDay(world, step);
  checkPastDay(world, account.customer, day, account.openedOn);
  account.closedOn = day;
}
