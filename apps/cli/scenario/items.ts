import { type FeePeriod, type TimeZone } from "#domain/calendar.js";
import { type PenaltyStrategy } from "#domain/catalog/events.js";
import { type RoundingMode } from "#domain/money.js";
import { type RejectionCode } from "#domain/rejection.js";

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
  readonly billingPeriod: FeePeriod;
  /** Of MONTHLY_ANNIVERSARY; null: the day on which the customer is created. */
  readonly anniversaryDay: number | null;
  readonly timeZone: TimeZone;
  readonly customerClass: string | null;
  readonly contact: ContactFields;
  readonly accounts: readonly AccountItem[];
}
