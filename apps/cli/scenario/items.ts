import { type z } from "zod";
import { type TimeZone } from "#domain/calendar.js";
import { type RejectionCode } from "#domain/rejection.js";
import {
  type addOnProduct,
  type customerClass,
  type fees,
  type mainProduct,
  type offer,
  type oneTimeFee,
  type recurringFee,
  type subscription,
  type volumeDiscountPlan,
} from "./schema/catalog.js";
import { type customer } from "./schema/customers.js";
import { type rate, type servicePolicy, type tariff, type voice } from "./schema/voice.js";

export { type ContactFields } from "./schema/customers.js";

/** An item or step that may be expected to be rejected. */
export interface Refusable {
  /** 1-based line in the file. */
  readonly line: number;
  /** The code that it must be rejected with. */
  readonly rejected?: RejectionCode | undefined;
}

/** A value read by a schema, with its line. */
type Item<Schema extends z.ZodType> = Readonly<z.output<Schema>> & { readonly line: number };

export type VolumeDiscountPlanItem = Item<typeof volumeDiscountPlan>;
export type AddOnProductItem = Item<typeof addOnProduct>;
export type SubscriptionItem = Item<typeof subscription>;
export type MainProductItem = Item<typeof mainProduct>;
export type CustomerClassItem = Item<typeof customerClass>;
/** Terms of a class that are given anew. */
export type RevisedTerms = Partial<Omit<CustomerClassItem, "name" | "line" | "rejected">>;
/** An offer: a "commitment" of the catalog. */
export type OfferItem = Item<typeof offer>;

export type ServicePolicyItem = Item<typeof servicePolicy>;
export type TariffItem = Item<typeof tariff>;
export type RateItem = Readonly<z.output<typeof rate>>;
export type VoiceItem = Readonly<z.output<typeof voice>>;

export type Fees = Readonly<z.output<typeof fees>>;
export type OneTimeFeeItem = Readonly<z.output<typeof oneTimeFee>>;
export type RecurringFeeItem = Readonly<z.output<typeof recurringFee>>;

export interface Catalog {
  readonly servicePolicies: readonly ServicePolicyItem[];
  readonly tariffs: readonly TariffItem[];
  readonly volumeDiscountPlans: readonly VolumeDiscountPlanItem[];
  readonly addOnProducts: readonly AddOnProductItem[];
  readonly subscriptions: readonly SubscriptionItem[];
  readonly mainProducts: readonly MainProductItem[];
  readonly customerClasses: readonly CustomerClassItem[];
  readonly commitments: readonly OfferItem[];
}

type GivenCustomer = Readonly<z.output<typeof customer>>;

export interface AccountItem extends Readonly<GivenCustomer["accounts"][number]> {
  readonly line: number;
}

export interface CustomerItem extends Omit<GivenCustomer, "class" | "timeZone" | "accounts"> {
  readonly line: number;
  readonly timeZone: TimeZone;
  readonly customerClass: string | null;
  readonly accounts: readonly AccountItem[];
}
