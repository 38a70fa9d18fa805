import {
  type BillingPeriodType,
  type FeePeriod,
  type Instant,
  type LocalDate,
  type TimeZone,
} from "#domain/calendar.js";
import { type PenaltyStrategy } from "#domain/catalog/events.js";
import { type RoundingMode } from "#domain/money.js";
import { type RejectionCode } from "#domain/rejection.js";

/** A scenario file that was read and found valid. Money is decimal text as it stands in the file. */
export interface Scenario {
  readonly title: string;
  readonly catalog: Catalog;
  readonly customers: readonly CustomerItem[];
  readonly steps: readonly Step[];
  /** The first step's moment: catalog and customers come into being there. */
  readonly startsAt: Instant;
  /** Where the clock ends. */
  readonly endsAt: Instant;
  readonly expect: Expectations;
}

/** What may be refused on purpose. */
export interface Refusable {
  /** 1-based line in the file. */
  readonly line: number;
  /** The code that it must be refused with. */
  readonly rejected?: RejectionCode | undefined;
}

export interface Catalog {
  readonly volumeDiscountPlans: readonly VolumeDiscountPlanItem[];
  readonly addOnProducts: readonly AddOnProductItem[];
  readonly subscriptions: readonly SubscriptionItem[];
  readonly mainProducts: readonly MainProductItem[];
  readonly customerClasses: readonly CustomerClassItem[];
  readonly commitments: readonly OfferItem[];
}

export interface VolumeDiscountPlanItem extends Refusable {
  readonly name: string;
  readonly service: string;
  readonly quota: string;
  readonly unit: string;
}

export interface AddOnProductItem extends Refusable {
  readonly name: string;
  readonly service: string;
  readonly quota: string | null;
  readonly volumeDiscountPlan: string | null;
}

export type Fees = Readonly<Partial<Record<FeePeriod, string>>>;

export interface SubscriptionItem extends Refusable {
  readonly name: string;
  readonly currency: string;
  readonly recurringFees: Fees;
  readonly minimumPeriods: number | null;
  readonly penalty: PenaltyStrategy;
  readonly penaltyAmount: string | null;
  readonly prorateFirst: boolean;
  readonly prorateLast: boolean;
}

export interface MainProductItem extends Refusable {
  readonly name: string;
  readonly addOnProducts: readonly string[];
}

export interface CustomerClassItem extends Refusable {
  readonly name: string;
  readonly graceDays: number;
  readonly rounding: RoundingMode;
}

export interface OneTimeFeeItem {
  readonly description: string;
  readonly service: string;
  readonly fee: string;
  readonly discount: string;
}

export interface RecurringFeeItem {
  readonly subscription: string;
  readonly addOnProduct: string | null;
  readonly discount: string;
}

/** An offer: a "commitment" of the catalog. */
export interface OfferItem extends Refusable {
  readonly name: string;
  readonly currency: string;
  readonly discountPeriods: number | null;
  readonly transferFee: string;
  readonly oneTimeFees: readonly OneTimeFeeItem[];
  readonly recurringFees: readonly RecurringFeeItem[];
}

/** A field that is null is removed, one that is absent stays. */
export interface ContactFields {
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly domain?: string | null | undefined;
}

export interface AccountItem {
  readonly id: string;
  readonly mainProduct: string;
  readonly line: number;
}

export interface CustomerItem extends Refusable {
  readonly name: string;
  readonly currency: string;
  readonly billingPeriod: BillingPeriodType;
  readonly timeZone: TimeZone;
  readonly customerClass: string | null;
  readonly contact: ContactFields;
  readonly accounts: readonly AccountItem[];
}

export type DiscountEndChoice = { readonly kind: "DEFAULT" } | { readonly kind: "MANUAL"; readonly date: LocalDate };

/** The command of a step. Names are the file's: `commitment` an `as`, `account` an id, `offer` a catalog commitment. */
export type Action =
  | {
      readonly kind: "assign";
      readonly offer: string;
      readonly account: string;
      /** What the commitment is called in the file and in the result. */
      readonly as: string;
      readonly discountEnd: DiscountEndChoice;
    }
  | { readonly kind: "terminate"; readonly commitment: string }
  | {
      readonly kind: "reviseCommitment";
      readonly offer: string;
      readonly recurringFees?: readonly RecurringFeeItem[] | undefined;
      readonly oneTimeFees?: readonly OneTimeFeeItem[] | undefined;
    }
  | { readonly kind: "reviseSubscription"; readonly subscription: string; readonly recurringFees: Fees }
  | { readonly kind: "withdrawCommitment"; readonly offer: string }
  | { readonly kind: "openAccount"; readonly account: string; readonly customer: string; readonly mainProduct: string }
  | { readonly kind: "changeMainProduct"; readonly account: string; readonly mainProduct: string }
  | { readonly kind: "addAlias"; readonly account: string; readonly alias: string }
  | { readonly kind: "removeAlias"; readonly account: string; readonly alias: string }
  | { readonly kind: "closeAccount"; readonly account: string }
  | { readonly kind: "closeCustomer"; readonly customer: string }
  | { readonly kind: "changeContact"; readonly customer: string; readonly contact: ContactFields }
  | { readonly kind: "changeBilling"; readonly customer: string; readonly timeZone: TimeZone }
  | { readonly kind: "setCustomerClass"; readonly customer: string; readonly customerClass: string }
  | { readonly kind: "moveClock" };

export interface Step extends Refusable {
  /** As people call it: `terminate turbo`. */
  readonly name: string;
  readonly on: LocalDate;
  /** Noon of `on` in the zone that counts for the step. */
  readonly at: Instant;
  readonly effective?: LocalDate | undefined;
  readonly action: Action;
}

/** What must come out. A key that is absent is not checked. */
export interface Expectations {
  readonly invoices?: readonly ExpectedInvoice[] | undefined;
  readonly creditNotes?: readonly never[] | undefined;
  readonly commitments?: readonly ExpectedCommitment[] | undefined;
  readonly customers?: readonly ExpectedCustomer[] | undefined;
}

export interface ExpectedLine {
  readonly line: number;
  readonly commitment?: string | undefined;
  readonly kind?: string | undefined;
  readonly description?: string | undefined;
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
  readonly days?: number | undefined;
  readonly periodDays?: number | null | undefined;
  readonly fee?: string | undefined;
  readonly discount?: string | undefined;
  readonly discountOrigin?: string | null | undefined;
  readonly net?: string | undefined;
}

export interface ExpectedInvoice {
  readonly line: number;
  readonly customer: string;
  readonly issued: LocalDate;
  readonly total?: string | undefined;
  readonly state?: string | undefined;
  readonly due?: LocalDate | undefined;
  readonly lines?: readonly ExpectedLine[] | undefined;
}

export interface ExpectedCommitment {
  readonly line: number;
  readonly commitment: string;
  readonly status?: string | undefined;
  readonly discountEndDate?: LocalDate | null | undefined;
  readonly discountsGiven?: string | undefined;
}

export interface ExpectedCustomer {
  readonly line: number;
  readonly customer: string;
  readonly status?: string | undefined;
  readonly balanceDue?: string | undefined;
}
