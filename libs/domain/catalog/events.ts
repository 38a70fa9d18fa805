import { type BillingPeriodType } from "../billing-periods.js";
import { type LocalDate } from "../calendar.js";
import { type DateFormat } from "../date-format.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";
import { type Language } from "../language.js";
import { type VoiceService } from "./voice-service.js";
import { type Amount, type Currency, type RoundingMode } from "../money.js";

/** How an early termination is priced (docs/rules.md#penalty-strategies). Copied into each commitment's terms. */
export const penaltyStrategies = [
  "SUM_OF_DISCOUNTS",
  "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES",
  "REMAINING_FEES",
  "FIXED",
  "NONE",
] as const;
export type PenaltyStrategy = (typeof penaltyStrategies)[number];

/** Fee of one whole billing period, by the customer's billing period type. */
export type FeesByPeriod = Readonly<Partial<Record<BillingPeriodType, Amount>>>;

export interface SubscriptionTerms {
  readonly name: string;
  readonly currency: Currency;
  readonly recurringFees: FeesByPeriod;
  /** Number of billing periods; shown, and required where the row has a discount; no amount depends on it. */
  readonly minimumPeriods: number | null;
  readonly penalty: PenaltyStrategy;
  /** What each row of this subscription costs under FIXED; absent under the others. */
  readonly penaltyAmount?: Amount;
  /** False: the first period is charged whole, whatever day the commitment started. */
  readonly prorateFirst: boolean;
  /** False: the last period is charged whole, whatever day the commitment was terminated. */
  readonly prorateLast: boolean;
}

export interface OneTimeFee {
  readonly description: string;
  readonly service: string;
  readonly fee: Amount;
  readonly discount: Amount;
}

export interface RecurringFee {
  readonly subscriptionId: string;
  readonly addOnProductId: string | null;
  /** Flat amount per billing period of the customer, whatever its type. */
  readonly discount: Amount;
}

export interface OfferTerms {
  readonly name: string;
  readonly description: string | null;
  readonly currency: Currency;
  /** Discount period as a number of the customer's billing periods; null: none, and so no discounts at all. */
  readonly discountPeriods: number | null;
  readonly transferFee: Amount;
  readonly oneTimeFees: readonly OneTimeFee[];
  readonly recurringFees: readonly RecurringFee[];
}

interface On {
  readonly effectiveOn: LocalDate;
}

/** A subscription was put into the catalog. */
export type SubscriptionDefined = DomainEvent<
  "SubscriptionDefined",
  SubscriptionTerms & On & { readonly subscriptionId: string }
>;
/** A subscription has new terms; commitments that hold it keep theirs. */
export type SubscriptionRevised = DomainEvent<"SubscriptionRevised", SubscriptionTerms & On>;

/** A service package that can be added to a main product. */
export type AddOnProductDefined = DomainEvent<
  "AddOnProductDefined",
  On & {
    readonly addOnProductId: string;
    readonly name: string;
    readonly service: string;
    /** Text for people, e.g. "1 GB"; null where a volume discount plan says it, or nothing is limited. */
    readonly quota: string | null;
    readonly volumeDiscountPlanId: string | null;
    /** What calls of accounts that have it need to know; absent: it gives no calls. */
    readonly voice?: VoiceService;
  }
>;

export interface Threshold {
  /** Used volume from which the percentage applies, in the plan's unit. */
  readonly from: string;
  /** Percent, decimal text. */
  readonly percent: string;
}

/** Quota, unit and thresholds of a service. */
export type VolumeDiscountPlanDefined = DomainEvent<
  "VolumeDiscountPlanDefined",
  On & {
    readonly volumeDiscountPlanId: string;
    readonly name: string;
    readonly service: string;
    readonly quota: string;
    readonly unit: string;
    readonly thresholds: readonly Threshold[];
  }
>;

/** The base product of accounts, with the add-on products allowed with it. */
export type MainProductDefined = DomainEvent<
  "MainProductDefined",
  On & {
    readonly mainProductId: string;
    readonly name: string;
    readonly addOnProductIds: readonly string[];
    /** What calls of its accounts need to know; absent: it gives no calls. */
    readonly voice?: VoiceService;
  }
>;
/** Other add-on products are allowed with the main product; what accounts hold stays. */
export type MainProductRevised = DomainEvent<
  "MainProductRevised",
  On & {
    readonly name: string;
    readonly addOnProductIds: readonly string[];
    /** Null: it gives no calls any more; absent: as before. */
    readonly voice?: VoiceService | null;
  }
>;

/**
 * What customers may pause by themselves (docs/rules.md#self-care-pauses): days in a calendar year, days of one pause,
 * and days from the order to the first paused day at least.
 */
export interface SelfPauseLimits {
  readonly selfPauseDaysPerYear: number;
  readonly selfPauseLongestDays: number;
  readonly selfPauseNoticeDays: number;
}

/**
 * What collection does about unpaid invoices of a class, in days after the due date of the oldest one
 * (docs/rules.md#collection).
 */
export interface CollectionTerms {
  /** Null: its customers are never suspended for non-payment. */
  readonly suspendAfterDays: number | null;
  /** Null: commitments of its customers are never terminated for non-payment. */
  readonly terminateAfterDays: number | null;
  /** Each with a reminder, ascending. */
  readonly remindAfterDays: readonly number[];
  /** Days before the suspension on which the customer is warned of it. */
  readonly warnBeforeSuspensionDays: number;
}

/** A limit of self-care pauses that is absent is 0; of collection, nothing is done, and warned 3 days ahead. */
export interface ClassTerms extends Partial<SelfPauseLimits>, Partial<CollectionTerms> {
  readonly name: string;
  /** Days from issue to due date. */
  readonly graceDays: number;
  readonly rounding: RoundingMode;
  /** Of documents and mails; absent: English. */
  readonly language?: Language;
  /** How dates are written to its customers; absent: as their language writes them. */
  readonly dateFormat?: DateFormat;
  /** Days before the discount end date on which the holder is told of it. Absent: 30. */
  readonly warnBeforeEndDays?: number;
}

/** A customer class: payment terms and the rounding of its customers' lines. */
export type CustomerClassDefined = DomainEvent<
  "CustomerClassDefined",
  ClassTerms & On & { readonly customerClassId: string }
>;
/** The class has other terms from that day on. */
export type CustomerClassRevised = DomainEvent<"CustomerClassRevised", ClassTerms & On>;

/** An offer was put on sale. */
export type OfferDefined = DomainEvent<"OfferDefined", OfferTerms & On & { readonly offerId: string }>;
/** The offer has new terms; assigned commitments keep theirs. */
export type OfferRevised = DomainEvent<"OfferRevised", OfferTerms & On>;
/** The offer is no longer sold; assigned commitments stay as they are. */
export type OfferWithdrawn = DomainEvent<"OfferWithdrawn", On>;
/** An offer that had been withdrawn is sold again, on the terms that it has. */
export type OfferPutBackOnSale = DomainEvent<"OfferPutBackOnSale", On>;
/** The offer was deleted; it had never been assigned. */
export type OfferDeleted = DomainEvent<"OfferDeleted", On>;

export type SubscriptionEvent = SubscriptionDefined | SubscriptionRevised | CommandAccepted;
export type AddOnProductEvent = AddOnProductDefined | CommandAccepted;
export type VolumeDiscountPlanEvent = VolumeDiscountPlanDefined | CommandAccepted;
export type MainProductEvent = MainProductDefined | MainProductRevised | CommandAccepted;
export type CustomerClassEvent = CustomerClassDefined | CustomerClassRevised | CommandAccepted;
export type OfferEvent =
  OfferDefined | OfferRevised | OfferWithdrawn | OfferPutBackOnSale | OfferDeleted | CommandAccepted;
export type CatalogEvent =
  SubscriptionEvent | AddOnProductEvent | VolumeDiscountPlanEvent | MainProductEvent | CustomerClassEvent | OfferEvent;

export const subscriptionEvents: CategoryEvents<"subscription", SubscriptionEvent> = {
  category: "subscription",
  types: {
    SubscriptionDefined: { version: 1, movesCharges: false, callsForWork: false },
    SubscriptionRevised: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export const addOnProductEvents: CategoryEvents<"addonproduct", AddOnProductEvent> = {
  category: "addonproduct",
  types: {
    AddOnProductDefined: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export const volumeDiscountPlanEvents: CategoryEvents<"volumediscountplan", VolumeDiscountPlanEvent> = {
  category: "volumediscountplan",
  types: {
    VolumeDiscountPlanDefined: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export const mainProductEvents: CategoryEvents<"mainproduct", MainProductEvent> = {
  category: "mainproduct",
  types: {
    MainProductDefined: { version: 1, movesCharges: false, callsForWork: false },
    MainProductRevised: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export const customerClassEvents: CategoryEvents<"customerclass", CustomerClassEvent> = {
  category: "customerclass",
  types: {
    CustomerClassDefined: { version: 1, movesCharges: false, callsForWork: false },
    CustomerClassRevised: { version: 1, movesCharges: true, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export const offerEvents: CategoryEvents<"offer", OfferEvent> = {
  category: "offer",
  types: {
    OfferDefined: { version: 1, movesCharges: false, callsForWork: false },
    OfferRevised: { version: 1, movesCharges: false, callsForWork: false },
    OfferWithdrawn: { version: 1, movesCharges: false, callsForWork: false },
    OfferPutBackOnSale: { version: 1, movesCharges: false, callsForWork: false },
    OfferDeleted: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};
