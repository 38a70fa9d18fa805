import { type BillingPeriodType } from "../billing-periods.js";
import { type LocalDate } from "../calendar.js";
import { type PenaltyStrategy } from "../catalog/events.js";
import { type Offer } from "../catalog/offer.js";
import { type MainProduct } from "../catalog/products.js";
import { type Subscription } from "../catalog/subscription.js";
import { requireFees } from "../catalog/fee.js";
import { type Customer, cycleOn } from "../customers/customer.js";
import { big, ZERO } from "../money.js";
import { noSuchItem, reject } from "../rejection.js";
import { type RecurringRow, type Terms } from "./events.js";

/** What the terms of an offer are made from; null: there is none. */
export interface AgreementFacts {
  readonly offer: Offer | null;
  /** Of the account that holds or will hold it. */
  readonly mainProduct: MainProduct | null;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
}

/** @throws Rejection VALIDATION_FAILED when there is no such offer */
export const existingOffer = (offer: Offer | null, field = "offerId"): Offer => {
  if (offer && offer.status !== "DELETED") return offer;
  throw noSuchItem("offer", field);
};

/**
 * The terms of an offer for a customer, copied from catalog items (docs/rules.md#catalog-checks). Refused in this
 * order: withdrawn, currency, add-on, MINIMUM_PERIOD_MISSING, FEE_MISSING_FOR_PERIOD, DISCOUNT_EXCEEDS_FEE.
 * @param from the first day of the terms: rows need a fee for the billing period type in force on it, as known now
 * @param agreedBefore how many terms the commitment had before: row ids differ from all of theirs
 */
export const agree = (
  offer: Offer,
  customer: Customer,
  from: LocalDate,
  { mainProduct, subscriptions }: Pick<AgreementFacts, "mainProduct" | "subscriptions">,
  agreedBefore: number,
  field = "offerId",
): Terms => {
  requireSold(offer, customer, field);
  requireAddOnsAllowed(offer, mainProduct, field);
  const terms = termsOf(offer, subscriptions, agreedBefore, field);
  requireCatalogRules(terms, cycleOn(customer, from).type, field);
  return terms;
};

/** @throws Rejection COMMITMENT_WITHDRAWN, CURRENCY_MISMATCH */
export const requireSold = (offer: Offer, customer: Customer, field: string): void => {
  if (offer.status === "WITHDRAWN") {
    throw reject("COMMITMENT_WITHDRAWN", `${offer.name} was withdrawn from sale.`, {
      field,
      facts: { case: "OFFER_WITHDRAWN", name: offer.name },
    });
  }
  if (offer.currency === customer.currency) return;
  const message = `${offer.name} is in ${offer.currency}, the customer pays in ${customer.currency}.`;
  const facts = {
    case: "OFFER_IN_OTHER_CURRENCY",
    name: offer.name,
    currency: offer.currency,
    other: customer.currency,
  } as const;
  throw reject("CURRENCY_MISMATCH", message, { field, facts });
};

/** @throws Rejection ADD_ON_NOT_ALLOWED */
export const requireAddOnsAllowed = (offer: Offer, mainProduct: MainProduct | null, field: string): void => {
  for (const { addOnProductId } of offer.recurringFees) {
    if (addOnProductId === null || isAllowed(addOnProductId, mainProduct)) continue;
    const message = `The main product ${mainProduct?.name ?? ""} does not allow an add-on of ${offer.name}.`;
    const facts = { case: "ADD_ON_REFUSED", mainProduct: mainProduct?.name ?? "", name: offer.name } as const;
    throw reject("ADD_ON_NOT_ALLOWED", message, { field, facts });
  }
};

export const isAllowed = (addOnProductId: string, mainProduct: MainProduct | null): boolean =>
  mainProduct?.addOnProductIds.includes(addOnProductId) === true;

/** The terms of an offer as it is now, for whoever takes it; nothing is checked. @throws Rejection as for `agree` */
export const offeredTerms = (offer: Offer, subscriptions: ReadonlyMap<string, Subscription>): Terms =>
  termsOf(offer, subscriptions, 0, "offerId");

const termsOf = (
  offer: Offer,
  subscriptions: ReadonlyMap<string, Subscription>,
  agreedBefore: number,
  field: string,
): Terms => {
  const rowId = (kind: "recurring" | "one-time", index: number) =>
    agreedBefore === 0 ? `${kind}-${index + 1}` : `upgrade-${agreedBefore}-${kind}-${index + 1}`;
  const recurring = recurringRows(offer, subscriptions, (index) => rowId("recurring", index), field);
  // Checked when the offer was defined; a subscription revised since may have another strategy.
  if (new Set(recurring.map(({ penalty }) => penalty)).size > 1) {
    throw reject("PENALTY_STRATEGY_MIXED", `The plans of ${offer.name} have different penalty strategies.`, {
      field,
    });
  }
  return {
    offerId: offer.offerId,
    offerRevision: offer.revision,
    name: offer.name,
    currency: offer.currency,
    discountPeriods: offer.discountPeriods,
    penalty: recurring[0]?.penalty ?? "SUM_OF_DISCOUNTS",
    transferFee: offer.transferFee,
    recurring: recurring.map(({ row }) => row),
    oneTime: offer.oneTimeFees.map((fee, index) => ({ rowId: rowId("one-time", index), ...fee })),
  };
};

/**
 * The recurring rows of an offer's present revision, each with the penalty strategy of its subscription.
 * @throws Rejection VALIDATION_FAILED
 */
export const recurringRows = (
  { recurringFees }: Offer,
  subscriptions: ReadonlyMap<string, Subscription>,
  rowId: (index: number) => string,
  field: string,
): { readonly row: RecurringRow; readonly penalty: PenaltyStrategy }[] =>
  recurringFees.map(({ subscriptionId, addOnProductId, discount }, index) => {
    const found = subscriptions.get(subscriptionId);
    if (!found) {
      throw reject("VALIDATION_FAILED", `The plan ${subscriptionId} is not in the catalog.`, {
        field,
        facts: { case: "NO_SUCH_ITEM" },
      });
    }
    const { name, recurringFees: fees, minimumPeriods, prorateFirst, prorateLast, penalty, penaltyAmount } = found;
    const row: RecurringRow = {
      rowId: rowId(index),
      subscriptionId,
      description: name,
      addOnProductId,
      fees,
      discount,
      minimumPeriods,
      prorateFirst,
      prorateLast,
      ...(penaltyAmount !== undefined && { penaltyAmount }),
    };
    return { row, penalty };
  });

/**
 * Three checks in this order, each over all rows (docs/rules.md#catalog-checks).
 * @throws Rejection MINIMUM_PERIOD_MISSING, FEE_MISSING_FOR_PERIOD, DISCOUNT_EXCEEDS_FEE
 */
export const requireCatalogRules = (
  { recurring }: Pick<Terms, "recurring">,
  billingPeriod: BillingPeriodType,
  field: string,
): void => {
  for (const { description, discount, minimumPeriods } of recurring) {
    if (minimumPeriods !== null || big(discount).eq(ZERO)) continue;
    const message = `${description} has a discount but no minimum subscription period.`;
    throw reject("MINIMUM_PERIOD_MISSING", message, {
      field,
      facts: { case: "ROW_WITHOUT_MINIMUM", row: description },
    });
  }
  requireFees(recurring, billingPeriod, field);
};
