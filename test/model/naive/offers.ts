import { type BillingPeriod } from "../story.js";
import { addPeriods, type Day } from "./calendar.js";
import { isAllowed, knownSubscription } from "./catalog.js";
import { typeOn } from "./cycles.js";
import { parseMoney } from "./money.js";
import { refuse } from "./refused.js";
import {
  type Account,
  type Catalog,
  type Customer,
  type Offer,
  type RecurringRow,
  type Subscription,
  type Terms,
  type World,
} from "./world.js";

/**
 * May the offer be sold to the account from that day on? Each rule looks at all rows before the next does.
 */
export function checkOffer(catalog: Catalog, offer: Offer, account: Account, day: Day): void {
  checkSold(offer, account);
  for (const { addOnProduct } of offer.recurring) {
    if (addOnProduct !== null && !isAllowed(catalog, account, addOnProduct)) refuse("ADD_ON_NOT_ALLOWED");
  }
  checkMinimum(catalog, offer);
  checkFees(rowsOf(catalog, offer, ""), typeOn(account.customer, day));
}

/** What is refused before any add-on product is looked at. */
export function checkSold(offer: Offer, { customer }: Account): void {
  if (offer.withdrawn) refuse("COMMITMENT_WITHDRAWN");
  if (offer.currency !== customer.currency) refuse("CURRENCY_MISMATCH");
}

export function checkMinimum(catalog: Catalog, offer: Offer): void {
  for (const { subscription, discount } of offer.recurring) {
    if (discount > 0n && !knownSubscription(catalog, subscription).hasMinimum) refuse("MINIMUM_PERIOD_MISSING");
  }
}

/** Every row has a fee for the billing type, and no discount above it. */
export function checkFees(rows: RecurringRow[], type: BillingPeriod): void {
  for (const row of rows) if (feeOf(row, type) === undefined) refuse("FEE_MISSING_FOR_PERIOD");
  for (const row of rows) if (row.discount > (feeOf(row, type) ?? 0n)) refuse("DISCOUNT_EXCEEDS_FEE");
}

const feeOf = ({ fees }: RecurringRow, type: BillingPeriod) =>
  fees[type] ?? (type === "MONTHLY_ANNIVERSARY" ? fees.MONTHLY : undefined);

export const rowsOf = (catalog: Catalog, offer: Offer, id: string): RecurringRow[] =>
  offer.recurring.map(({ subscription, addOnProduct, discount }, i) => {
    const plan = knownSubscription(catalog, subscription);
    const { name: description, penalty, prorateFirst, prorateLast } = plan;
    const common = { description, addOnProduct, discount, prorateFirst, prorateLast };
    return { id: `${id} row ${i + 1}`, ...common, penalty: penalty ?? 0n, fees: feesOf(plan) };
  });

const feesOf = ({ fees, currency }: Subscription): RecurringRow["fees"] =>
  Object.fromEntries(Object.entries(fees).map(([type, fee]) => [type, parseMoney(fee, currency)]));

/** Assigning and upgrading copy the terms: no later revision changes them. */
export function copyTerms(
  world: World,
  offer: Offer,
  customer: Customer,
  by: Pick<Terms, "day" | "kind" | "ordered" | "endDate">,
): Terms {
  const { catalog } = world;
  const recorded = ++world.recorded;
  const [first] = offer.recurring.map(({ subscription }) => knownSubscription(catalog, subscription));
  return {
    ...by,
    recorded,
    offer: offer.name,
    discountPeriods: offer.discountPeriods,
    defaultEnd: defaultEnd(offer.discountPeriods, customer, by.day),
    strategy: first?.strategy ?? "SUM_OF_DISCOUNTS",
    transferFee: offer.transferFee,
    rows: rowsOf(catalog, offer, `${recorded}`),
    oneTime: offer.oneTime.map((row, i) => ({ id: `${recorded} fee ${i + 1}`, ...row })),
    renews: null,
  };
}

/** The first day without discount when the discount begins on `day`, by the type that holds then as known now. */
export const defaultEnd = (discountPeriods: number | null, customer: Customer, day: Day): Day | null =>
  discountPeriods === null ? null : addPeriods(day, discountPeriods, typeOn(customer, day));
