import { inForceOn } from "../by-day.js";
import { periodContaining } from "../billing-periods.js";
import {
  addDays,
  dateOf,
  dayOfMonth,
  days,
  earlier,
  type Instant,
  type Interval,
  later,
  type LocalDate,
  type TimeZone,
} from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Amount, type Currency } from "../money.js";
import { type Because, given } from "../step.js";
import { type CustomerCycle, withCycle } from "./cycles.js";
import { type Contact, type CustomerEvent, type ScheduledChangeCancelled, type SuspensionOrigin } from "./events.js";
import { type CustomerZendesk, evolveZendesk } from "./zendesk.js";

export interface Customer {
  readonly customerId: string;
  readonly currency: Currency;
  /** In order of their days; the first holds for the days before its own too. The last may not be in force yet. */
  readonly cycles: readonly CustomerCycle[];
  /** As it was given last, with whatever billing period type; else the day of the month of the creation. */
  readonly anniversaryDay: number;
  /** Classes in order of recording. */
  readonly classes: readonly { readonly effectiveOn: LocalDate; readonly customerClassId: string | null }[];
  /** The rates that replace the discounts of its commitments, in order of recording. */
  readonly discountRates: readonly DiscountRate[];
  /** Suspensions and their lifting, in order of recording. */
  readonly suspensions: readonly Suspension[];
  readonly creditLimit: Amount;
  readonly createdOn: LocalDate;
  /** Last charged day. */
  readonly closedOn: LocalDate | null;
  /** The event that closed it. */
  readonly closedEventId: string | null;
  readonly contact: Contact;
  /** Absent: nothing is known of it there. */
  readonly zendesk?: CustomerZendesk;
}

/** What was ordered for a coming day can be cancelled until then, and is signalled on it. */
export interface Orderable {
  readonly effectiveOn: LocalDate;
  /** The day on which it was ordered, where `effectiveOn` was still to come then; null otherwise. */
  readonly orderedOn: LocalDate | null;
}

export interface DiscountRate extends Orderable {
  /** Percent of subscription fees; null: none. */
  readonly rate: string | null;
  readonly eventId: string;
}

export interface Suspension extends Orderable {
  /** True: service is blocked from that day on; false: it is back. */
  readonly suspended: boolean;
  /** By collection because of unpaid invoices, or the end of that; absent: by hand. */
  readonly origin?: SuspensionOrigin;
  readonly eventId: string;
}

export const customerEvolver: Evolver<Customer | null, CustomerEvent> = {
  initial: null,
  evolve(state, event, id) {
    if (event.type === "CustomerCreated") {
      const { customerId, currency, customerClassId, creditLimit, effectiveOn } = event.data;
      return {
        customerId,
        currency,
        cycles: withCycle([], { ...event.data, inForceFrom: effectiveOn }),
        anniversaryDay: event.data.anniversaryDay ?? dayOfMonth(effectiveOn),
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
        // What kept a former contact from being written is no matter of the new one.
        return {
          ...state,
          contact: event.data.personal,
          ...(state.zendesk && { zendesk: { ...state.zendesk, untouched: null } }),
        };
      case "CustomerTimeZoneChanged": {
        const { timeZone, inForceFrom } = event.data;
        const before = state.cycles.filter((cycle) => cycle.inForceFrom < inForceFrom);
        return { ...state, cycles: [...before, { ...lastCycle(state), timeZone, inForceFrom }] };
      }
      case "CustomerBillingChanged":
        return {
          ...state,
          cycles: withCycle(state.cycles, event.data),
          anniversaryDay: event.data.anniversaryDay ?? state.anniversaryDay,
        };
      case "CustomerCreditLimitChanged":
        return { ...state, creditLimit: event.data.creditLimit };
      case "CustomerClassSet":
        return { ...state, classes: [...state.classes, event.data] };
      case "SubscriptionDiscountRateSet": {
        const { rate, effectiveOn, orderedOn = null } = event.data;
        return { ...state, discountRates: [...state.discountRates, { rate, effectiveOn, orderedOn, eventId: id }] };
      }
      case "CustomerSuspended":
      case "CustomerUnsuspended": {
        const suspended = event.type === "CustomerSuspended";
        const { effectiveOn, orderedOn = null, origin } = event.data;
        const change = { suspended, effectiveOn, orderedOn, ...(origin && { origin }), eventId: id };
        return { ...state, suspensions: [...state.suspensions, change] };
      }
      case "ScheduledChangeCancelled":
        return withoutScheduled(state, event.data);
      case "CustomerClosed":
        return { ...state, closedOn: event.data.effectiveOn, closedEventId: id };
      case "CustomerLinkedToZendesk":
      case "CustomerUnlinkedFromZendesk":
      case "ZendeskNameTaken":
      case "ZendeskDomainAdded":
      case "ZendeskContactUntouched":
        return { ...state, zendesk: evolveZendesk(state.zendesk, event, id) };
      case "CommandAccepted":
        return state;
    }
  },
};

/** Without one that was replaced, too: several of a kind can be ordered for one day. Collection orders nothing ahead. */
const withoutScheduled = (state: Customer, { what, effectiveOn }: ScheduledChangeCancelled["data"]): Customer =>
  what === "RATE"
    ? { ...state, discountRates: state.discountRates.filter((rate) => rate.effectiveOn !== effectiveOn) }
    : {
        ...state,
        suspensions: state.suspensions.filter(
          (one) =>
            one.effectiveOn !== effectiveOn || one.suspended !== (what === "SUSPENSION") || one.origin !== undefined,
        ),
      };

/** What the calendar of a customer is cut by. */
export type Cycled = Pick<Customer, "cycles">;

const required = (cycle: CustomerCycle | undefined): CustomerCycle => {
  if (cycle) return cycle;
  throw new Error("a customer has a billing cycle from its creation on");
};

/** The billing cycle in force on a day; before the customer's creation, its first. */
export const cycleOn = ({ cycles }: Cycled, date: LocalDate): CustomerCycle =>
  required(cycles.findLast(({ inForceFrom }) => inForceFrom <= date) ?? cycles[0]);

/** The billing cycle that was set last, in force or to come. */
export const lastCycle = ({ cycles }: Cycled): CustomerCycle => required(cycles.at(-1));

/**
 * The billing period that contains a day, [from, to): the natural one of the cycle in force, cut where a change of the
 * cycle is in force from a day within it. So periods follow each other with neither gap nor overlap
 * (docs/rules.md#billing-changes).
 */
export const billingPeriodOf = ({ cycles }: Cycled, date: LocalDate): Interval => {
  const index = Math.max(
    0,
    cycles.findLastIndex(({ inForceFrom }) => inForceFrom <= date),
  );
  const cycle = required(cycles[index]);
  const natural = periodContaining(cycle, date);
  const next = cycles[index + 1];
  return {
    from: index === 0 ? natural.from : later(natural.from, cycle.inForceFrom),
    to: next ? earlier(natural.to, next.inForceFrom) : natural.to,
  };
};

/**
 * The days of the whole natural period that a billing period is, or is a part of: what its amounts are divided by
 * (docs/rules.md#proration).
 */
export const naturalDaysOf = (customer: Cycled, { from }: Interval): number =>
  days(periodContaining(cycleOn(customer, from), from));

/** The zone whose midnight ends a day: the one in force on it. */
export const timeZoneOn = (customer: Cycled, date: LocalDate): TimeZone => cycleOn(customer, date).timeZone;

/**
 * The customer's calendar day at an instant (docs/rules.md#time-zone). A new zone is in force when a period has ended
 * at midnight of the old zone; where the new zone is behind, its first day begins early: there is neither gap nor
 * overlap.
 */
export const todayOf = (customer: Cycled, now: Instant): LocalDate => {
  const [first, ...changes] = customer.cycles;
  let today = dateOf(now, required(first).timeZone);
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

/**
 * The rate that replaces the commitments' discounts on a day (docs/rules.md#discount-rate); undefined or null: none.
 */
export const discountRateOn = (customer: Customer, date: LocalDate): DiscountRate | undefined =>
  inForceOn(customer.discountRates, date, effectiveOn);

/**
 * The suspension that a day lies in (docs/rules.md#suspension); undefined: none. Those by hand and those for non-payment
 * are kept apart: a day is blocked while either holds.
 */
export const suspensionOn = (customer: Customer, date: LocalDate): Suspension | undefined =>
  suspensionOfKind(customer, date, undefined) ?? nonPaymentSuspensionOn(customer, date);

/** The suspension for non-payment that a day lies in, whether or not it is blocked by hand too; undefined: none. */
export const nonPaymentSuspensionOn = (customer: Customer, date: LocalDate): Suspension | undefined =>
  suspensionOfKind(customer, date, "NON_PAYMENT");

/** The coming day of a lifting by hand that will end a suspension for non-payment; null: none is ordered. */
export const nonPaymentLiftingAfter = (customer: Customer, day: LocalDate): LocalDate | null => {
  const liftings = customer.suspensions
    .filter(({ suspended, origin, effectiveOn: on }) => !suspended && origin === undefined && on > day)
    .map(effectiveOn)
    .sort();
  const lifts = (on: LocalDate): boolean =>
    nonPaymentSuspensionOn(customer, addDays(on, -1)) !== undefined && !nonPaymentSuspensionOn(customer, on);
  return liftings.find(lifts) ?? null;
};

/** A lifting by hand ends suspensions of both kinds; that of collection its own only. */
const suspensionOfKind = (
  { suspensions }: Customer,
  date: LocalDate,
  kind: SuspensionOrigin | undefined,
): Suspension | undefined => {
  const own = suspensions.filter(({ suspended, origin }) => origin === kind || (!suspended && origin === undefined));
  const last = inForceOn(own, date, effectiveOn);
  return last?.suspended === true ? last : undefined;
};

/** The first day of the suspension that a day lies in, of whichever kind; null: none. */
export const suspendedSince = (customer: Customer, date: LocalDate): LocalDate | null => {
  const changes = new Set(customer.suspensions.map(effectiveOn).filter((day) => day <= date));
  return [...changes]
    .sort()
    .reduce<LocalDate | null>((since, day) => (suspensionOn(customer, day) ? (since ?? day) : null), null);
};

export type CustomerStatus = "ACTIVE" | "SUSPENDED" | "CLOSED";

/** The status on a day. A customer is closed once it is recorded: closings are not dated in the future. */
export const customerStatus = (customer: Customer, date: LocalDate, because?: Because): CustomerStatus => {
  const { closedOn, closedEventId, suspensions } = customer;
  if (closedOn !== null) {
    because?.(given("CLOSED_ON", "DATE", closedOn, { events: closedEventId === null ? [] : [closedEventId] }));
    return "CLOSED";
  }
  const suspension = suspensionOn(customer, date);
  if (suspension) {
    because?.(given("SUSPENDED_FROM", "DATE", suspension.effectiveOn, { events: [suspension.eventId] }));
    return "SUSPENDED";
  }
  const lifted = because && inForceOn(suspensions, date, effectiveOn);
  if (lifted) because(given("SUSPENSION_LIFTED", "DATE", lifted.effectiveOn, { events: [lifted.eventId] }));
  return "ACTIVE";
};
