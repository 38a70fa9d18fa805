import { openAccount } from "#domain/accounts/decide.js";
import { type LocalDate } from "#domain/calendar.js";
import { defineOffer } from "#domain/catalog/offer.js";
import { defineSubscription } from "#domain/catalog/subscription.js";
import { createCustomer } from "#domain/customers/decide.js";
import { type BillingPeriodType, billingPeriodTypes } from "#domain/calendar.js";
import { type OneTimeRow, type RecurringRow, type Story } from "../story.js";
import { definedClass, newAccount, newCustomer, newOffer, subscriptionOf, World } from "./world.js";

/** The catalog, customers and accounts of a story, as they are at its first step. */
export const prepared = (story: Story): World => {
  const world = new World(story.timeZone ?? "UTC");
  const on = story.steps[0]?.on ?? story.until;
  world.moveTo(on);
  defineCatalog(world, story, on);
  for (const given of story.customers) {
    const customer = newCustomer(given.name);
    const billingPeriod = supported(given.billingPeriod);
    customer.stream.append(
      createCustomer(
        {
          ...{ customerId: given.name, currency: given.currency, billingPeriod, creditLimit: "0", now: world.now },
          ...(given.anniversaryDay !== undefined && { anniversaryDay: given.anniversaryDay }),
          timeZone: given.timeZone ?? world.zone,
          customerClassId: given.class ?? null,
          contact: { name: given.name, companyDomain: null, email: null, phone: null },
        },
        { classExists: true },
      ),
    );
    world.customers.set(given.name, customer);
    for (const { id, mainProduct } of given.accounts ?? []) open(world, id, given.name, mainProduct);
  }
  return world;
};

const supported = (type: string): BillingPeriodType => {
  const found = billingPeriodTypes.find((known) => known === type);
  if (found) return found;
  throw new Error(`customers cannot be billed ${type}`);
};

/** Opens an account under an identifier that is free. */
export const open = (
  world: World,
  identifier: string,
  customerName: string,
  mainProduct: string,
  effectiveOn?: LocalDate,
): void => {
  const accountId = world.newId("account");
  const account = newAccount(accountId);
  account.append(
    openAccount(
      {
        ...{ accountId, identifier, identifierHash: identifier, mainProductId: mainProduct, now: world.now },
        ...(effectiveOn !== undefined && { effectiveOn }),
      },
      {
        customer: world.customers.get(customerName)?.stream.state ?? null,
        mainProductExists: world.mainProducts.has(mainProduct),
      },
    ),
  );
  world.accounts.set(identifier, account);
  world.everyAccount.push(account);
};

const defineCatalog = (world: World, { catalog }: Story, on: LocalDate): void => {
  for (const { name, service, quota = null } of catalog.addOnProducts ?? []) {
    world.addOnProducts.set(name, { addOnProductId: name, name, service, quota, volumeDiscountPlanId: null });
  }
  for (const { name, addOnProducts = [] } of catalog.mainProducts ?? []) {
    world.mainProducts.set(name, { mainProductId: name, name, addOnProductIds: addOnProducts });
  }
  for (const { name, graceDays = 14, rounding = "HALF_UP" } of catalog.customerClasses ?? []) {
    world.classes.set(name, definedClass({ customerClassId: name, name, graceDays, rounding, on }));
  }
  for (const { penaltyAmount, ...given } of catalog.subscriptions ?? []) {
    const terms = {
      ...{ penalty: "SUM_OF_DISCOUNTS" as const, prorateFirst: true, prorateLast: true, minimumPeriods: null },
      ...given,
      ...(penaltyAmount != null && { penaltyAmount }),
    };
    const defined = defineSubscription({ subscriptionId: given.name, ...terms, on });
    world.subscriptions.set(given.name, subscriptionOf(null, defined));
  }
  for (const given of catalog.commitments ?? []) {
    const offer = newOffer(given.name);
    const terms = {
      ...{ name: given.name, description: null, currency: given.currency },
      ...{ discountPeriods: given.discountPeriods ?? null, transferFee: given.transferFee ?? "0" },
      oneTimeFees: oneTimeRows(given.oneTimeFees),
      recurringFees: recurringRows(given.recurringFees),
    };
    offer.append(defineOffer({ offerId: given.name, ...terms, on }, offerFacts(world)));
    world.offers.set(given.name, offer);
  }
};

export const offerFacts = (world: World) => ({
  subscriptions: world.subscriptions,
  addOnProducts: new Set(world.addOnProducts.keys()),
});

export const oneTimeRows = (rows: readonly OneTimeRow[] = []) =>
  rows.map(({ discount = "0", ...row }) => ({ ...row, discount }));

export const recurringRows = (rows: readonly RecurringRow[] = []) =>
  rows.map(({ subscription, addOnProduct = null, discount = "0" }) => ({
    ...{ subscriptionId: subscription, addOnProductId: addOnProduct, discount },
  }));
