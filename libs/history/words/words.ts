import { type AliasRole } from "#domain/accounts/alias-role.js";
import { type BillingPeriodType } from "#domain/billing-periods.js";
import { type PenaltyStrategy } from "#domain/catalog/events.js";
import { type CustomerStatus } from "#domain/customers/customer.js";
import { type ScheduledChangeKind } from "#domain/customers/events.js";
import {
  type ZendeskLinkMaker,
  type ZendeskUnlinkReason,
  type ZendeskUntouchedBecause,
} from "#domain/customers/zendesk-events.js";
import { type DateFormatName } from "#domain/date-format.js";
import { type CreditNotePurpose } from "#domain/invoicing/events.js";
import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { type KeyRole } from "#domain/keys/events.js";
import { type Language } from "#domain/language.js";
import { type MailKind } from "#domain/messages/events.js";
import { type RoundingMode } from "#domain/money.js";
import { type DiscountEndKind } from "#domain/commitments/discount-end-events.js";
import { type PauseRequestStatus } from "#domain/commitments/pause-request.js";
import { type RedirectAction } from "#domain/catalog/service-policy.js";
import { type Edge } from "#domain/voice/edge.js";
import { type DurationRounding, type RateKey } from "#domain/voice/rate-version.js";
import { type Field } from "./fields.js";

/** Kinds of deliveries to systems outside that are no mails, by target. */
export type OutsideKind =
  | `ODOO.${"INVOICE_GENERATED" | "INVOICE_OVERDUE" | "CUSTOMER_SUSPENDED" | "CUSTOMER_UNSUSPENDED" | "COMMITMENT_TERMINATED"}`
  | `ZENDESK.${"ORGANIZATION_UPSERTED" | "USER_UPSERTED" | "ORGANIZATION_LINKED" | "ORGANIZATION_UNLINKED" | "TICKET_CREATED"}`;

/** Who gives commands without being a key or a person. */
export type NamelessActor = "local" | "worker" | "system" | "anonymous";

/** What histories say in a language, but for the sentences about events. */
export interface Words {
  readonly yes: string;
  readonly no: string;
  /** A range without an end. */
  readonly fromOn: (date: string) => string;
  /** One of several parts of a value. */
  readonly and: (parts: readonly string[]) => string;
  readonly quoted: (text: string) => string;
  readonly byHand: string;
  readonly forNonPayment: string;

  /** What can change, as the head of a change. */
  readonly fields: Readonly<Record<Field, string>>;

  readonly aliasRoles: Readonly<Record<AliasRole, string>>;
  readonly inRealm: (realm: string) => string;
  /** Of an alias: whether it identifies a caller. */
  readonly authentication: (isAllowed: boolean) => string;

  readonly billingPeriods: Readonly<Record<BillingPeriodType, string>>;
  /** A billing period that begins on a day of the month. */
  readonly anniversary: (period: string, day: string) => string;
  readonly penalties: Readonly<Record<PenaltyStrategy, string>>;
  readonly edgeStatus: Readonly<Record<Edge["status"], string>>;
  readonly redirectActions: Readonly<Record<RedirectAction, string>>;
  readonly rateKeys: Readonly<Record<RateKey, string>>;
  readonly durationRoundings: Readonly<Record<DurationRounding, string>>;
  readonly seconds: (count: number) => string;
  readonly roundings: Readonly<Record<RoundingMode, string>>;
  readonly languages: Readonly<Record<Language, string>>;
  readonly dateFormats: Readonly<Record<DateFormatName, string>>;
  readonly paymentMethods: Readonly<Record<PaymentMethod, string>>;
  readonly creditNotes: Readonly<Record<CreditNotePurpose, string>>;
  readonly mails: Readonly<Record<MailKind, string>>;
  readonly discountEnds: Readonly<Record<DiscountEndKind, string>>;
  readonly pauseRequests: Readonly<Record<PauseRequestStatus, string>>;
  readonly keyRoles: Readonly<Record<KeyRole, string>>;
  readonly scheduledChanges: Readonly<Record<ScheduledChangeKind, string>>;
  readonly linkMakers: Readonly<Record<ZendeskLinkMaker, string>>;
  readonly unlinked: Readonly<Record<ZendeskUnlinkReason, string>>;
  readonly untouched: Readonly<Record<ZendeskUntouchedBecause, string>>;
  readonly customerStatus: Readonly<Record<CustomerStatus, string>>;
  readonly keyStatus: Readonly<Record<"ACTIVE" | "REVOKED", string>>;
  readonly personStatus: Readonly<Record<"INVITED" | "REMOVED", string>>;
  readonly offerStatus: Readonly<Record<"ON_SALE" | "WITHDRAWN" | "DELETED", string>>;

  /** Parts of values. */
  readonly fees: (fees: string, discount: string) => string;
  readonly discounted: (what: string, discount: string) => string;
  readonly oneTimeFee: (fee: string, discount: string) => string;
  readonly days: (count: number) => string;
  readonly periods: (count: number) => string;
  readonly revision: (name: string, revision: number) => string;
  readonly upgradedTo: (product: string, days: string) => string;
  readonly followedBy: (offer: string, from: string) => string;
  readonly bankAccount: (account: string, holder: string) => string;
  readonly logo: string;
  readonly perHour: (amount: string) => string;

  readonly actors: Readonly<Record<NamelessActor, string>>;
  readonly key: (label: string) => string;
  readonly openIdAccount: (subject: string) => string;

  /** Deliveries. */
  readonly mailSent: (what: string) => string;
  readonly outside: Readonly<Record<OutsideKind, string>>;
  readonly delivery: (what: string, status: string) => string;
  readonly deliveryStatus: Readonly<Record<"PENDING" | "DELIVERED" | "PARKED" | "DISCARDED", string>>;
}
