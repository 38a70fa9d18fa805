import { inForceOn } from "../by-day.js";
import {
  type BillingCycle,
  dateOf,
  type Instant,
  type Interval,
  LAST_DATE,
  later,
  type LocalDate,
  periodContaining,
  type TimeZone,
} from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Amount, type Currency } from "../money.js";
import { type Contact, type CustomerEvent } from "./events.js";

export interface Customer extends BillingCycle {
  readonly customerId: string;
  readonly currency: Currency;
  /** Time zones in order, each in force from its day; the first from ever. */
  readonly timeZones: readonly { readonly inForceFrom: LocalDate; readonly timeZone: TimeZone }[];
  /** Classes in order of recording. */
  readonly classes: readonly { readonly effectiveOn: LocalDate; readonly customerClassId: string | null }[];
  /** The rates that override its commitments' discounts, in order of recording. */
  readonly discountRates: readonly DiscountRate[];
  /** Suspended and unsuspended, in order of recording. */
  readonly suspensions: readonly Suspension[];
  readonly creditLimit: Amount;
  readonly createdOn: LocalDate;
  /** Last charged day. */
  readonly closedOn: LocalDate | null;
  /** The event that closed it. */
  readonly closedEventId: string | null;
  readonly contact: Contact;
}

export interface DiscountRate {
  readonly effectiveOn: LocalDate;
  /** Percent of subscription fees; null: none. */
  readonly rate: string | null;
  readonly eventId: string;
}

export interface Suspension {
  readonly effectiveOn: LocalDate;
  /** Blocked from that day on; false: served again. */
  readonly suspended: boolean;
  readonly eventId: string;
}

export const customerEvolver: Evolver<Customer | null, CustomerEvent> = {
  initial: null,
  evolve(state, event, id) {
    if (event.type === "CustomerCreated") {
      const { customerId, currency, billingPeriod, timeZone, customerClassId, creditLimit, effectiveOn } = event.data;
      return {
        customerId,
        currency,
        billingPeriod,
        anniversaryDay: event.data.anniversaryDay ?? null,
        timeZones: [{ inForceFrom: effectiveOn, timeZone }],
        classes: [{ effectiveOn, customerClassId }],
        discountRates: [],
        suspensions: [],
        creditLimit,
        createdOn: effectiveOn,
        closedOn: null,
        closedEventId: null,
        contact: event.data.personal,
      };
    }
    if (!state) return state;
    switch (event.type) {
      case "CustomerContactChanged":
        return { ...state, contact: event.data.personal };
      case "CustomerTimeZoneChanged": {
        const { timeZone, inForceFrom } = event.data;
        const before = state.timeZones.filter((zone) => zone.inForceFrom < inForceFrom);
        return { ...state, timeZones: [...before, { timeZone, inForceFrom }] };
      }
      case "CustomerCreditLimitChanged":
        return { ...state, creditLimit: event.data.creditLimit };
      case "CustomerClassSet":
        return { ...state, classes: [...state.classes, event.data] };
      case "SubscriptionDiscountRateSet": {
        const { rate, effectiveOn } = event.data;
        return { ...state, discountRates: [...state.discountRates, { rate, effectiveOn, eventId: id }] };
      }
      case "CustomerSuspended":
      case "CustomerUnsuspended": {
        const suspended = event.type === "CustomerSuspended";
        const { effectiveOn } = event.data;
        return { ...state, suspensions: [...state.suspensions, { suspended, effectiveOn, eventId: id }] };
      }
      case "CustomerClosed":
        return { ...state, closedOn: event.data.effectiveOn, closedEventId: id };
      case "CommandAccepted":
        return state;
    }
  },
};

/** The zone whose midnight ends a day: the one in force on it. */
export const timeZoneOn = (customer: Customer, date: LocalDate): TimeZone =>
  (customer.timeZones.findLast(({ inForceFrom }) => inForceFrom <= date) ?? customer.timeZones[0])?.timeZone ?? "UTC";

/**
 * The customer's calendar day at an instant. A change of zone takes effect when a period ends by the old zone's clock;
 * where the new zone is behind, its first day begins early: there is neither gap nor overlap.
 */
export const todayOf = (customer: Customer, now: Instant): LocalDate => {
  const [first, ...changes] = customer.timeZones;
  let today = dateOf(now, first?.timeZone ?? "UTC");
  for (const { inForceFrom, timeZone } of changes) {
    if (today < inForceFrom) break;
    today = later(inForceFrom, dateOf(now, timeZone));
  }
  return today;
};

const effectiveOn = (item: { readonly effectiveOn: LocalDate }): LocalDate => item.effectiveOn;

/** The class that the customer belonged to on a day. */
export const classIdOn = (customer: Customer, date: LocalDate): string | null =>
  (inForceOn(customer.classes, date, effectiveOn) ?? customer.classes[0])?.customerClassId ?? null;

/** The rate that overrides the commitments' discounts on a day; undefined or with a null rate: none. */
export const discountRateOn = (customer: Customer, date: LocalDate): DiscountRate | undefined =>
  inForceOn(customer.discountRates, date, effectiveOn);

/** What blocks the customer's service on a day; undefined: nothing. */
export const suspensionOn = (customer: Customer, date: LocalDate): Suspension | undefined => {
  const last = inForceOn(customer.suspensions, date, effectiveOn);
  return last?.suspended === true ? last : undefined;
};

/** The first day of the suspension that a day lies in; null: it lies in none. */
export const suspendedSince = ({ suspensions }: Customer, date: LocalDate): LocalDate | null => {
  const until = suspensions.filter(({ effectiveOn }) => effectiveOn <= date);
  // Of one day's operations the last recorded counts.
  const byDay = new Map(until.map(({ effectiveOn, suspended }) => [effectiveOn, suspended]));
  return [...byDay.keys()]
    .sort()
    .reduce<LocalDate | null>((since, day) => (byDay.get(day) === true ? (since ?? day) : null), null);
};

export type CustomerStatus = "ACTIVE" | "SUSPENDED" | "CLOSED";

/** As recorded last: neither suspensions nor closings lie in the future. */
export const customerStatus = (customer: Customer): CustomerStatus => {
  if (customer.closedOn !== null) return "CLOSED";
  return suspensionOn(customer, LAST_DATE) ? "SUSPENDED" : "ACTIVE";
};

export const billingPeriodOf = (customer: Customer, date: LocalDate): Interval => periodContaining(customer, date);
