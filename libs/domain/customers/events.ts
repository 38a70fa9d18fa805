import { type BillingPeriodType } from "../billing-periods.js";
import { type LocalDate, type TimeZone } from "../calendar.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Reasoned,
} from "../event.js";
import { type Amount, type Currency } from "../money.js";
import { type PostalAddress } from "../postal-address.js";
import { type ZendeskEvent, zendeskEvents } from "./zendesk-events.js";

/** Contact data. Personal: kept in a part of the event of its own. */
export interface Contact {
  readonly name: string;
  readonly companyDomain: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Printed on documents. Absent: none. */
  readonly address?: PostalAddress;
  /** Printed on documents, as written: VAT number, codice fiscale. Absent: none. */
  readonly taxId?: string;
}

/** A party that is invoiced. */
export type CustomerCreated = DomainEvent<
  "CustomerCreated",
  {
    readonly customerId: string;
    readonly currency: Currency;
    readonly billingPeriod: BillingPeriodType;
    /** The day of the month on which periods begin, 1 to 31; absent unless MONTHLY_ANNIVERSARY. */
    readonly anniversaryDay?: number;
    readonly timeZone: TimeZone;
    readonly customerClassId: string | null;
    /** Stored and shown; no rule reads it. */
    readonly creditLimit: Amount;
    /** The day of creation in the customer's zone. */
    readonly effectiveOn: LocalDate;
    readonly personal: Contact;
  }
>;
/** Of what can be ordered for a coming day. */
interface Orderable {
  /** The customer's day on which it was ordered, where `effectiveOn` was still to come then. Absent otherwise. */
  readonly orderedOn?: LocalDate;
  readonly effectiveOn: LocalDate;
}

/** All contact data as they are from now on. */
export type CustomerContactChanged = DomainEvent<
  "CustomerContactChanged",
  { readonly effectiveOn: LocalDate; readonly personal: Contact }
>;
/**
 * How the customer is billed from the day after the running period on: type, anniversary and time zone as they are
 * together from then on. It replaces what was ordered for that day before.
 */
export type CustomerBillingChanged = DomainEvent<
  "CustomerBillingChanged",
  {
    readonly billingPeriod: BillingPeriodType;
    /** The day of the month on which periods begin, 1 to 31; absent unless MONTHLY_ANNIVERSARY. */
    readonly anniversaryDay?: number;
    readonly timeZone: TimeZone;
    readonly inForceFrom: LocalDate;
    readonly effectiveOn: LocalDate;
  }
>;
/** A new billing time zone, in force from the day after the running period. Recorded before `CustomerBillingChanged`. */
export type CustomerTimeZoneChanged = DomainEvent<
  "CustomerTimeZoneChanged",
  { readonly timeZone: TimeZone; readonly inForceFrom: LocalDate; readonly effectiveOn: LocalDate }
>;
export type CustomerCreditLimitChanged = DomainEvent<
  "CustomerCreditLimitChanged",
  { readonly creditLimit: Amount; readonly effectiveOn: LocalDate }
>;
/** The customer belongs to a class from that day; null: to none. */
export type CustomerClassSet = DomainEvent<
  "CustomerClassSet",
  Reasoned & { readonly customerClassId: string | null; readonly effectiveOn: LocalDate }
>;
/**
 * A percentage of recurring fees is taken off from that day on instead of the commitments' own discounts, even at 0;
 * null: their own discounts apply again.
 */
export type SubscriptionDiscountRateSet = DomainEvent<
  "SubscriptionDiscountRateSet",
  Orderable &
    Reasoned & {
      /** Percent, decimal text from "0" to "100". */
      readonly rate: string | null;
    }
>;
/** Who suspends or lifts, where it was not a person: collection, because invoices are unpaid or not any more. */
export type SuspensionOrigin = "NON_PAYMENT";

/** Of suspensions and their lifting. */
interface Originating {
  /** Absent: by hand. */
  readonly origin?: SuspensionOrigin;
}

/** The customer's service is blocked: `effectiveOn` is the first day not charged. */
export type CustomerSuspended = DomainEvent<
  "CustomerSuspended",
  Orderable &
    Originating & {
      /** Free text of a person. Null: collection suspended, or nobody was asked yet when it was recorded. */
      readonly personal: { readonly reason: string | null };
    }
>;
/**
 * The customer's service is back: `effectiveOn` is charged. By hand it ends suspensions of both kinds, with the origin
 * NON_PAYMENT only one for non-payment.
 */
export type CustomerUnsuspended = DomainEvent<"CustomerUnsuspended", Orderable & Originating & Reasoned>;

export const scheduledChangeKinds = ["SUSPENSION", "UNSUSPENSION", "RATE"] as const;
/** What can be ordered for a coming day: a suspension, the lifting of one, a discount rate. */
export type ScheduledChangeKind = (typeof scheduledChangeKinds)[number];

/** What was ordered for a coming day, which `effectiveOn` would have been, was cancelled before it. */
export type ScheduledChangeCancelled = DomainEvent<
  "ScheduledChangeCancelled",
  { readonly what: ScheduledChangeKind; readonly effectiveOn: LocalDate }
>;
/** `effectiveOn` is the last charged day. A processor closes and terminates what the customer leaves open. */
export type CustomerClosed = DomainEvent<"CustomerClosed", Reasoned & { readonly effectiveOn: LocalDate }>;

export type CustomerEvent =
  | CustomerCreated
  | CustomerContactChanged
  | CustomerBillingChanged
  | CustomerTimeZoneChanged
  | CustomerCreditLimitChanged
  | CustomerClassSet
  | SubscriptionDiscountRateSet
  | CustomerSuspended
  | CustomerUnsuspended
  | ScheduledChangeCancelled
  | CustomerClosed
  | ZendeskEvent
  | CommandAccepted;

export const customerEvents: CategoryEvents<"customer", CustomerEvent> = {
  category: "customer",
  types: {
    CustomerCreated: { version: 1, movesCharges: false, callsForWork: false },
    CustomerContactChanged: { version: 1, movesCharges: false, callsForWork: false },
    CustomerBillingChanged: { version: 1, movesCharges: false, callsForWork: false },
    CustomerTimeZoneChanged: { version: 1, movesCharges: false, callsForWork: false },
    CustomerCreditLimitChanged: { version: 1, movesCharges: false, callsForWork: false },
    CustomerClassSet: { version: 1, movesCharges: true, callsForWork: false },
    SubscriptionDiscountRateSet: { version: 1, movesCharges: true, callsForWork: true },
    CustomerSuspended: { version: 1, movesCharges: true, callsForWork: true },
    CustomerUnsuspended: { version: 1, movesCharges: true, callsForWork: true },
    ScheduledChangeCancelled: { version: 1, movesCharges: true, callsForWork: false },
    CustomerClosed: { version: 1, movesCharges: true, callsForWork: false },
    ...zendeskEvents,
    ...COMMAND_ACCEPTED,
  },
};
