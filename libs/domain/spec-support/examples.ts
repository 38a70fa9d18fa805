import { accountEvolver, type Account } from "../accounts/account.js";
import { type AccountEvent, type AccountOpened } from "../accounts/events.js";
import { type Instant, type LocalDate } from "../calendar.js";
import { customerClassEvolver, type CustomerClass } from "../catalog/customer-class.js";
import {
  type ClassTerms,
  type CustomerClassDefined,
  type CustomerClassEvent,
  type OfferDefined,
  type OfferEvent,
  type OfferTerms,
  type SubscriptionDefined,
  type SubscriptionTerms,
} from "../catalog/events.js";
import { type Offer, offerEvolver } from "../catalog/offer.js";
import { type Subscription } from "../catalog/subscription.js";
import { customerEvolver, type Customer } from "../customers/customer.js";
import { type CustomerCreated, type CustomerEvent } from "../customers/events.js";
import { stateOf } from "./given.js";

/** Noon in UTC. */
export const at = (date: LocalDate): Instant => `${date}T12:00:00.000Z`;

const present = <State>(state: State | null): State => {
  if (state === null) throw new Error("these events make no state");
  return state;
};

export const contact = { name: "John Doe", companyDomain: null, email: null, phone: null };

export const customerCreated = (changes: Partial<CustomerCreated["data"]> = {}): CustomerCreated => ({
  type: "CustomerCreated",
  data: {
    customerId: "customer-1",
    currency: "USD",
    billingPeriod: "MONTHLY",
    timeZone: "UTC",
    customerClassId: null,
    creditLimit: "0.00",
    effectiveOn: "2019-01-01",
    personal: contact,
    ...changes,
  },
});

export const customer = (...events: readonly CustomerEvent[]): Customer =>
  present(stateOf(customerEvolver, events.length > 0 ? events : [customerCreated()]));

export const customerClosed = (effectiveOn: LocalDate): CustomerEvent => ({
  type: "CustomerClosed",
  data: { effectiveOn },
});

export const accountOpened = (changes: Partial<AccountOpened["data"]> = {}): AccountOpened => ({
  type: "AccountOpened",
  data: {
    accountId: "account-1",
    customerId: "customer-1",
    mainProductId: "main-1",
    identifierHash: "hash-1",
    effectiveOn: "2019-01-01",
    personal: { identifier: "12012555215" },
    ...changes,
  },
});

export const account = (...events: readonly AccountEvent[]): Account =>
  present(stateOf(accountEvolver, events.length > 0 ? events : [accountOpened()]));

export const accountClosed = (effectiveOn: LocalDate): AccountEvent => ({
  type: "AccountClosed",
  data: { effectiveOn },
});

export const subscriptionTerms: SubscriptionTerms = {
  name: "Turbo 1 GB",
  currency: "USD",
  recurringFees: { MONTHLY: "20.00" },
  minimumPeriods: 24,
  penalty: "SUM_OF_DISCOUNTS",
  prorateFirst: true,
  prorateLast: true,
};

export const subscriptionDefined = (changes: Partial<SubscriptionDefined["data"]> = {}): SubscriptionDefined => ({
  type: "SubscriptionDefined",
  data: { subscriptionId: "subscription-1", ...subscriptionTerms, effectiveOn: "2019-01-01", ...changes },
});

export const subscription = (changes: Partial<Subscription> = {}): Subscription => ({
  subscriptionId: "subscription-1",
  ...subscriptionTerms,
  ...changes,
});

export const subscriptions = (...items: readonly Subscription[]): ReadonlyMap<string, Subscription> =>
  new Map(items.map((item) => [item.subscriptionId, item]));

export const offerTerms: OfferTerms = {
  name: "Turbo 24",
  description: null,
  currency: "USD",
  discountPeriods: 24,
  transferFee: "0.00",
  oneTimeFees: [],
  recurringFees: [{ subscriptionId: "subscription-1", addOnProductId: "add-on-1", discount: "5.00" }],
};

export const tvSet = { description: "TV set", service: "TV", fee: "400.00", discount: "399.99" };

export const offerDefined = (changes: Partial<OfferDefined["data"]> = {}): OfferDefined => ({
  type: "OfferDefined",
  data: { offerId: "offer-1", ...offerTerms, effectiveOn: "2019-01-01", ...changes },
});

export const offer = (...events: readonly OfferEvent[]): Offer =>
  present(stateOf(offerEvolver, events.length > 0 ? events : [offerDefined()]));

export const classDefined = (changes: Partial<ClassTerms> = {}, effectiveOn = "2019-01-01"): CustomerClassDefined => ({
  type: "CustomerClassDefined",
  data: {
    customerClassId: "class-1",
    name: "Residential",
    graceDays: 14,
    rounding: "HALF_UP",
    ...changes,
    effectiveOn,
  },
});

export const customerClass = (...events: readonly CustomerClassEvent[]): CustomerClass =>
  present(stateOf(customerClassEvolver, events.length > 0 ? events : [classDefined()]));

/** The day of the order, of what is ordered for a coming day. */
const ordered = (orderedOn: LocalDate | undefined) => (orderedOn === undefined ? {} : { orderedOn });

export const rateSet = (rate: string | null, effectiveOn: LocalDate, orderedOn?: LocalDate): CustomerEvent => ({
  type: "SubscriptionDiscountRateSet",
  data: { rate, ...ordered(orderedOn), effectiveOn },
});

/** Why a customer is suspended, or its suspension lifted, by hand. */
export const ON_REQUEST = "On request";
export const suspended = (effectiveOn: LocalDate, orderedOn?: LocalDate): CustomerEvent => ({
  type: "CustomerSuspended",
  data: { ...ordered(orderedOn), effectiveOn, personal: { reason: ON_REQUEST } },
});

export const unsuspended = (effectiveOn: LocalDate, orderedOn?: LocalDate): CustomerEvent => ({
  type: "CustomerUnsuspended",
  data: { ...ordered(orderedOn), effectiveOn, personal: { reason: ON_REQUEST } },
});

export const suspendedForNonPayment = (effectiveOn: LocalDate): CustomerEvent => ({
  type: "CustomerSuspended",
  data: { origin: "NON_PAYMENT", effectiveOn, personal: { reason: null } },
});

export const liftedForPayment = (effectiveOn: LocalDate): CustomerEvent => ({
  type: "CustomerUnsuspended",
  data: { origin: "NON_PAYMENT", effectiveOn },
});
