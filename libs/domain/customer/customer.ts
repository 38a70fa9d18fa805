import {
  type BillingPeriodType,
  dateOf,
  type Instant,
  type Interval,
  later,
  type LocalDate,
  periodContaining,
  type TimeZone,
} from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Amount, type Currency } from "../money.js";
import { type Contact, type CustomerEvent } from "./events.js";

export interface Customer {
  readonly customerId: string;
  readonly currency: Currency;
  readonly billingPeriod: BillingPeriodType;
  /** Time zones in order, each in force from its day; the first from ever. */
  readonly timeZones: readonly { readonly inForceFrom: LocalDate; readonly timeZone: TimeZone }[];
  /** Classes in order of recording. */
  readonly classes: readonly { readonly effectiveOn: LocalDate; readonly customerClassId: string | null }[];
  readonly creditLimit: Amount;
  readonly createdOn: LocalDate;
  /** Last charged day. */
  readonly closedOn: LocalDate | null;
  /** The event that closed it. */
  readonly closedEventId: string | null;
  readonly contact: Contact;
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
        timeZones: [{ inForceFrom: effectiveOn, timeZone }],
        classes: [{ effectiveOn, customerClassId }],
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
      case "CustomerClosed":
        return { ...state, closedOn: event.data.effectiveOn, closedEventId: id };
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

/** The class that the customer belonged to on a day: the last one recorded that was in force by then. */
export const classIdOn = (customer: Customer, date: LocalDate): string | null =>
  (customer.classes.findLast(({ effectiveOn }) => effectiveOn <= date) ?? customer.classes[0])?.customerClassId ?? null;

export const billingPeriodOf = (customer: Customer, date: LocalDate): Interval =>
  periodContaining(customer.billingPeriod, date);
