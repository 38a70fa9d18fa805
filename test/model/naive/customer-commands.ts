import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { spareIfLifted } from "./collection.js";
import { isSuspended, isSuspendedForNonPayment } from "./days.js";
import { mail, signalService, upsert } from "./mails.js";
import { parseRate } from "./catalog.js";
import { todayOf } from "./cycles.js";
import { refuseInvoiced } from "./life.js";
import { refuse } from "./refused.js";
import { type Account, type Customer, EVER, type World } from "./world.js";

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

const effectiveDay = (world: World, customer: Customer, step: { effective?: string }): Day =>
  step.effective === undefined ? todayOf(world, customer) : dayOf(step.effective);

/** No day to come. */
function checkPastDay(world: World, customer: Customer, day: Day, since: Day, changed: Day = day): void {
  if (day > todayOf(world, customer)) refuse("INVALID_DATE");
  checkDay(world, customer, day, since, changed);
}

/**
 * A day on which the customer or account was there already, no further back than closed periods are changed.
 * @param changed the first day whose charges change
 */
function checkDay(world: World, customer: Customer, day: Day, since: Day, changed: Day = day): void {
  if (day < since) refuse("INVALID_DATE");
  refuseInvoiced(world, customer, changed);
}

export function openCustomer(world: World, name: string): Customer {
  const customer = customerNamed(world, name);
  if (customer.closedOn !== null) refuse("CUSTOMER_CLOSED");
  return customer;
}

/** Zendesk gets a new customer as an organization, and as a user where somebody can be reached. */
export function provision(customer: Customer, day: Day): void {
  upsert(customer, "ORGANIZATION_UPSERTED", day);
  if (customer.contact.email !== null || customer.contact.phone !== null) upsert(customer, "USER_UPSERTED", day);
}

/** What is left out stays. The organization's domain, and the user's address and number, are told where they change. */
export function changeContact(world: World, step: story.ChangeContactStep): void {
  const customer = openCustomer(world, step.changeContact);
  const { contact } = customer;
  const today = todayOf(world, customer);
  customer.contact = { ...contact, ...step.contact };
  const { email, phone, domain } = customer.contact;
  if (domain !== contact.domain) upsert(customer, "ORGANIZATION_UPSERTED", today);
  if (email !== contact.email || phone !== contact.phone) upsert(customer, "USER_UPSERTED", today);
}

/** For a coming day one is ordered in place of another for the same day. */
function order<T extends { day: Day }>(ordered: T[], entry: T, today: Day, isSame: (other: T) => boolean): T[] {
  return [...ordered.filter((other) => other.day <= today || other.day !== entry.day || !isSame(other)), entry];
}

export function setRate(world: World, step: story.SetRateStep): void {
  const rate = step.rate === null ? null : { n: parseRate(step.rate), d: 10_000n };
  const customer = openCustomer(world, step.setSubscriptionDiscountRate);
  const day = effectiveDay(world, customer, step);
  checkDay(world, customer, day, customer.createdOn);
  customer.rates = order(customer.rates, { day, rate }, todayOf(world, customer), () => true);
}

/** Recorded also where it changes nothing that day: it stands against a later command for an earlier day. */
export function setSuspended(world: World, name: string, step: { effective?: string }, suspended: boolean): void {
  const customer = openCustomer(world, name);
  const day = effectiveDay(world, customer, step);
  checkDay(world, customer, day, customer.createdOn);
  const isSame = (other: { suspended: boolean }): boolean => other.suspended === suspended;
  const today = todayOf(world, customer);
  const entry = { day, suspended, isForNonPayment: false, isOrdered: day > today };
  const wasSuspended = isSuspendedForNonPayment(customer, today);
  const before = { ...customer };
  customer.suspensions = order(customer.suspensions, entry, today, isSame);
  spareIfLifted(customer, today, wasSuspended);
  if (day <= today) signalService(customer, today, day);
  // One that is to come is told of on its day; one that blocks no day more is not.
  for (let each = day; suspended && each <= today; each++) {
    if (isSuspended(before, each) || !isSuspended(customer, each)) continue;
    mail(customer, "SUSPENDED", day);
    return;
  }
}

type Orderable = "SUSPENSION" | "UNSUSPENSION" | "RATE";

/** Until its day what was ordered for it can be cancelled. */
export function cancelScheduled(world: World, name: string, what: Orderable, day: Day): void {
  const customer = openCustomer(world, name);
  const isComing = (entry: { day: Day }): boolean => entry.day === day && day > todayOf(world, customer);
  if (what === "RATE") {
    if (!customer.rates.some(isComing)) refuse("NOT_SCHEDULED");
    customer.rates = customer.rates.filter((entry) => !isComing(entry));
    return;
  }
  const suspended = what === "SUSPENSION";
  const isMeant = (entry: { day: Day; suspended: boolean }): boolean =>
    isComing(entry) && entry.suspended === suspended;
  if (!customer.suspensions.some(isMeant)) refuse("NOT_SCHEDULED");
  customer.suspensions = customer.suspensions.filter((entry) => !isMeant(entry));
}

export function setClass(world: World, step: story.SetCustomerClassStep): void {
  customerNamed(world, step.setCustomerClass);
  const found = world.catalog.classes.get(step.class) ?? refuse("VALIDATION_FAILED");
  const customer = openCustomer(world, step.setCustomerClass);
  const day = effectiveDay(world, customer, step);
  checkPastDay(world, customer, day, customer.createdOn);
  customer.classes.push({ day, class: found });
}

/** Closing a customer closes its accounts; both end the commitments held. */
export function closeCustomer(world: World, step: story.CloseCustomerStep): void {
  const customer = openCustomer(world, step.closeCustomer);
  const day = effectiveDay(world, customer, step);
  checkPastDay(world, customer, day, customer.createdOn, day + 1);
  customer.closedOn = day;
}

export function openAccount(world: World, step: story.OpenAccountStep): void {
  if (step.openAccount.trim() === "") refuse("VALIDATION_FAILED");
  const customer = customerNamed(world, step.customer);
  if (!world.catalog.mainProducts.has(step.mainProduct)) refuse("VALIDATION_FAILED");
  if (customer.closedOn !== null) refuse("CUSTOMER_CLOSED");
  const day = effectiveDay(world, customer, step);
  // Opening charges nothing: it may lie in a period that is closed.
  if (day > todayOf(world, customer) || day < customer.createdOn) refuse("INVALID_DATE");
  // An identifier is reserved for what nothing else stands against.
  if (world.accounts.some((account) => account.id === step.openAccount && isOpen(account))) refuse("IDENTIFIER_TAKEN");
  const { openAccount: id, mainProduct } = step;
  const mainProducts = [{ day: EVER, name: mainProduct }];
  world.accounts.push({ id, customer, mainProduct, mainProducts, voice: {}, openedOn: day, closedOn: null });
}

const isOpen = ({ closedOn, customer }: Account): boolean => closedOn === null && customer.closedOn === null;

export function changeMainProduct(world: World, step: story.ChangeMainProductStep): void {
  const account = accountNamed(world, step.changeMainProduct);
  if (!world.catalog.mainProducts.has(step.to)) refuse("VALIDATION_FAILED");
  refuseClosed(account);
  account.mainProduct = step.to;
  account.mainProducts.push({ day: todayOf(world, account.customer), name: step.to });
}

export function closeAccount(world: World, step: story.CloseAccountStep): void {
  const account = accountNamed(world, step.closeAccount);
  refuseClosed(account);
  const day = effectiveDay(world, account.customer, step);
  checkPastDay(world, account.customer, day, account.openedOn, day + 1);
  account.closedOn = day;
}
