import { type BillingPeriodType } from "../billing-periods.js";
import { addDays, dayOfMonth, type LocalDate } from "../calendar.js";
import { feeOf } from "../catalog/fee.js";
import { type Offer } from "../catalog/offer.js";
import { type Subscription } from "../catalog/subscription.js";
import { offeredTerms, requireCatalogRules } from "../commitments/agreement.js";
import { type Commitment, commitmentEvolver } from "../commitments/commitment.js";
import { endOfDiscountPeriods } from "../commitments/discount-end.js";
import { type RecurringRow, type Terms } from "../commitments/events.js";
import { type CustomerHistory } from "../commitments/history.js";
import { billingPeriodOf, type Customer, customerEvolver } from "../customers/customer.js";
import { type Amount, big, format, sum } from "../money.js";
import { Rejection } from "../rejection.js";
import { charges } from "./charges.js";
import { type EarlyTerminationQuote, earlyTerminationQuotes } from "./early-termination-quote.js";
import { NOTHING_BILLED } from "./ledger.js";

/** What an offer costs a customer who takes it from a day on and does nothing else (docs/rules.md#offer-costs). */
export interface OfferCosts {
  readonly billingPeriod: BillingPeriodType;
  /** First charged day. */
  readonly start: LocalDate;
  /** First day without discount; null: the offer has no discount period. */
  readonly discountEnd: LocalDate | null;
  /** One-time fees less their discounts. */
  readonly oneTime: Amount;
  /** All recurring fees of a whole billing period without discounts: also the price after the discount. */
  readonly fee: Amount;
  /** The same less the discounts: the price while the discount runs. */
  readonly discountedFee: Amount;
  /** All that is charged from the start until the discount ends; null: the offer has no discount period. */
  readonly total: Amount | null;
  /** What leaving costs at the end of the first month and of each that follows, while it costs something. */
  readonly leaving: readonly EarlyTerminationQuote[];
}

export interface TakeOffer {
  readonly billingPeriod: BillingPeriodType;
  readonly start: LocalDate;
  /** Months of leaving at most, 1 to 60. */
  readonly months: number;
}

/**
 * The costs of an offer by the code of the charges: those of a customer of the billing period type, in UTC and without a
 * class, that is assigned the offer as it is now.
 * @returns null where nobody billed like that can be given it (docs/rules.md#catalog-checks)
 */
export const offerCosts = (
  offer: Offer,
  subscriptions: ReadonlyMap<string, Subscription>,
  { billingPeriod, start, months }: TakeOffer,
): OfferCosts | null => {
  const terms = termsOf(offer, subscriptions, billingPeriod);
  if (!terms) return null;
  const { currency, discountPeriods } = offer;
  const discountEnd = discountPeriods === null ? null : endOfDiscountPeriods(billingPeriod, start, discountPeriods);
  const commitment = commitmentEvolver.evolve(
    null,
    {
      type: "CommitmentAssigned",
      data: {
        ...{ commitmentId: NOBODY, accountId: NOBODY, customerId: NOBODY, terms },
        ...{ discountEnd, discountEndKind: "DEFAULT", effectiveOn: start },
      },
    },
    NOBODY,
  );
  const customer = somebody(offer, billingPeriod, start);
  if (!commitment || !customer) throw new Error("what was created has a state");
  const history: CustomerHistory = {
    ...{ customer, accounts: new Map(), classes: new Map(), others: new Map() },
    commitments: [commitment],
  };
  const perPeriod = (amountOf: (row: RecurringRow) => Amount) => sum(terms.recurring.map((row) => big(amountOf(row))));
  const fee = perPeriod(({ fees }) => feeOf(fees, billingPeriod) ?? "0");
  const oneTime = sum(terms.oneTime.map((row) => big(row.fee).minus(big(row.discount))));
  return {
    ...{ billingPeriod, start, discountEnd },
    oneTime: format(oneTime, currency),
    fee: format(fee, currency),
    discountedFee: format(fee.minus(perPeriod(({ discount }) => discount)), currency),
    total: discountEnd === null ? null : totalThrough(history, commitment, addDays(discountEnd, -1), currency),
    leaving: earlyTerminationQuotes(commitment, { history, ...NOTHING_BILLED }, start, months),
  };
};

/** The terms of the offer as they would be agreed; null: the rules of the catalog refuse them. */
const termsOf = (
  offer: Offer,
  subscriptions: ReadonlyMap<string, Subscription>,
  billingPeriod: BillingPeriodType,
): Terms | null => {
  try {
    const terms = offeredTerms(offer, subscriptions);
    requireCatalogRules(terms, billingPeriod, "offerId");
    return terms;
  } catch (error) {
    if (error instanceof Rejection) return null;
    throw error;
  }
};

/** Stands for ids of what does not exist: only amounts and days are read. */
const NOBODY = "nobody";

const somebody = ({ currency }: Offer, billingPeriod: BillingPeriodType, start: LocalDate): Customer | null =>
  customerEvolver.evolve(
    null,
    {
      type: "CustomerCreated",
      data: {
        ...{ customerId: NOBODY, currency, billingPeriod, timeZone: "UTC", customerClassId: null, creditLimit: "0" },
        ...(billingPeriod === "MONTHLY_ANNIVERSARY" && { anniversaryDay: dayOfMonth(start) }),
        effectiveOn: start,
        personal: { name: NOBODY, companyDomain: null, email: null, phone: null },
      },
    },
    NOBODY,
  );

/** All charges from the start through a day, were it the last one. */
const totalThrough = (
  history: CustomerHistory,
  commitment: Commitment,
  lastDay: LocalDate,
  currency: string,
): Amount => {
  const termination = { on: lastDay, early: false, penaltyWaived: false, eventId: null };
  const ended = { ...history, commitments: [{ ...commitment, termination }] };
  const nets: Amount[] = [];
  let next = commitment.start;
  while (next <= lastDay) {
    const period = billingPeriodOf(history.customer, next);
    for (const { net } of charges(ended, period)) nets.push(net);
    next = period.to;
  }
  return format(sum(nets.map(big)), currency);
};
