import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { BillingPeriodEnum, OfferStatusEnum, PenaltyStrategyEnum, RoundingModeEnum } from "../graphql/enums.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { DecimalScalar } from "../graphql/scalars.js";

@ObjectType({ description: "The fee of one whole billing period." })
export class PeriodFee {
  @Field(() => BillingPeriodEnum, { description: "The type of billing period." })
  period: keyof typeof BillingPeriodEnum;

  @Field(() => DecimalScalar, { description: "The fee." })
  amount: string;
}

@ObjectType({ description: "A plan of the catalog: recurring fees by type of billing period." })
export class Subscription {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [PeriodFee], { description: "Its fee for each type of billing period that it can be sold for." })
  recurringFees: PeriodFee[];
  @Field(() => Int, {
    description: "Minimum subscription period, a number of billing periods; needed where a discount hangs on it.",
    nullable: true,
  })
  minimumPeriods: number | null;
  @Field(() => PenaltyStrategyEnum, { description: "How an early termination is priced." })
  penalty: keyof typeof PenaltyStrategyEnum;
  @Field(() => DecimalScalar, { description: "What each row costs under `FIXED`; else null.", nullable: true })
  penaltyAmount: string | null;
  @Field(() => Boolean, { description: "False: the first period is charged whole." }) prorateFirst: boolean;
  @Field(() => Boolean, { description: "False: the last period is charged whole." }) prorateLast: boolean;
}

@ObjectType({ description: "From a used volume on, a discount." })
export class Threshold {
  @Field(() => DecimalScalar, { description: "Used volume from which it applies, in the plan's unit." }) from: string;
  @Field(() => DecimalScalar, { description: "Percent." }) percent: string;
}

@ObjectType({ description: "Quota, unit and thresholds of a service. Shown to customers; usage is not rated by it." })
export class VolumeDiscountPlan {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "The service that it belongs to, e.g. Internet." }) service: string;
  @Field(() => DecimalScalar, { description: "The volume that is included." }) quota: string;
  @Field(() => String, { description: "The unit of the quota, e.g. GB." }) unit: string;
  @Field(() => [Threshold], { description: "Discounts by used volume." }) thresholds: Threshold[];
}

@ObjectType({ description: "A service package that can be added to a main product." })
export class AddOnProduct {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "The service that it belongs to, e.g. Internet." }) service: string;
  @Field(() => String, { description: "What it includes, for people, e.g. 1 GB.", nullable: true })
  quota: string | null;
  volumeDiscountPlanId: string | null;
}

@ObjectType({ description: "The base product of accounts." })
export class MainProduct {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its name." }) name: string;
  addOnProductIds: readonly string[];
}

@ObjectType({ description: "Payment terms of customers, and how their lines are rounded." })
export class CustomerClass {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => Int, { description: "Days from issue to due date of an invoice." }) graceDays: number;
  @Field(() => RoundingModeEnum, { description: "How amounts are rounded." })
  rounding: keyof typeof RoundingModeEnum;
}

@ObjectType({ description: "A one-time fee, charged on the day of sign-up." })
export class OneTimeFee {
  @Field(() => String, { description: "What it is for." }) description: string;
  @Field(() => String, { description: "The service that it belongs to." }) service: string;
  @Field(() => DecimalScalar, { description: "The fee before discount." }) fee: string;
  @Field(() => DecimalScalar, { description: "The discount." }) discount: string;
  @Field(() => DecimalScalar, { description: "Fee minus discount." }) discountedFee: string;
}

@ObjectType({
  description: "A recurring fee of an offer: a subscription, perhaps with an add-on product, at a discount.",
})
export class OfferRecurringFee {
  subscriptionId: string;
  addOnProductId: string | null;
  @Field(() => DecimalScalar, { description: "Flat amount off each billing period, whatever its type." })
  discount: string;
}

@ObjectType({ description: "What can be sold: the terms that a commitment copies when it is assigned." })
export class Offer {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "What it is, for people.", nullable: true }) description: string | null;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => Int, {
    description: "Discount period, a number of the customer's billing periods; null: none, and no discounts.",
    nullable: true,
  })
  discountPeriods: number | null;
  @Field(() => DecimalScalar, { description: "Charged to the receiver of a transfer." }) transferFee: string;
  @Field(() => [OneTimeFee], { description: "Its one-time fees." }) oneTimeFees: OneTimeFee[];
  @Field(() => [OfferRecurringFee], { description: "Its recurring fees." }) recurringFees: OfferRecurringFee[];
  @Field(() => Int, { description: "1 as defined, one more with each revision." }) revision: number;
  @Field(() => OfferStatusEnum, { description: "Whether it can be assigned." })
  status: keyof typeof OfferStatusEnum;
}

export const SubscriptionConnection = connectionOf(Subscription, "Subscription", "subscriptions");
export const AddOnProductConnection = connectionOf(AddOnProduct, "AddOnProduct", "add-on products");
export const VolumeDiscountPlanConnection = connectionOf(
  VolumeDiscountPlan,
  "VolumeDiscountPlan",
  "volume discount plans",
);
export const MainProductConnection = connectionOf(MainProduct, "MainProduct", "main products");
export const CustomerClassConnection = connectionOf(CustomerClass, "CustomerClass", "customer classes");
export const OfferConnection = connectionOf(Offer, "Offer", "offers");

export const SubscriptionPayload = payloadOf(Subscription, "Subscription", "subscription");
export const AddOnProductPayload = payloadOf(AddOnProduct, "AddOnProduct", "addOnProduct");
export const VolumeDiscountPlanPayload = payloadOf(VolumeDiscountPlan, "VolumeDiscountPlan", "volumeDiscountPlan");
export const MainProductPayload = payloadOf(MainProduct, "MainProduct", "mainProduct");
export const CustomerClassPayload = payloadOf(CustomerClass, "CustomerClass", "customerClass");
export const OfferPayload = payloadOf(Offer, "Offer", "offer");
