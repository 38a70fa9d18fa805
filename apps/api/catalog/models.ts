import { Field, Int, ObjectType } from "@nestjs/graphql";
import { BillingPeriodEnum, LanguageEnum, RoundingModeEnum } from "../graphql/enums.js";
import { OfferStatusEnum, PenaltyStrategyEnum } from "./enums.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { VoiceService } from "./voice-models.js";
import { DateFormat } from "./date-format.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { DecimalScalar, ID, InstantScalar } from "../graphql/scalars.js";

@ObjectType({ description: "The fee of one whole billing period." })
export class PeriodFee {
  @Field(() => BillingPeriodEnum, { description: "The billing period type." })
  period: keyof typeof BillingPeriodEnum;

  @Field(() => DecimalScalar, { description: "The fee." })
  amount: string;
}

@ObjectType({
  ...NODE,
  description:
    "A recurring fee of the catalog, by billing period type, with minimum subscription period and penalty strategy.",
})
export class Plan {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [PeriodFee], { description: "Its fee for each billing period type that it can be sold for." })
  recurringFees: PeriodFee[];
  @Field(() => Int, {
    description:
      "Minimum subscription period, a number of billing periods; required for an offer with a discount on it.",
    nullable: true,
  })
  minimumPeriods: number | null;
  @Field(() => PenaltyStrategyEnum, { description: "How an early termination is priced." })
  penalty: keyof typeof PenaltyStrategyEnum;
  @Field(() => DecimalScalar, { description: "The penalty of each row under `FIXED`; otherwise null.", nullable: true })
  penaltyAmount: string | null;
  @Field(() => Boolean, { description: "False: the first period is charged whole." }) prorateFirst: boolean;
  @Field(() => Boolean, { description: "False: the last period is charged whole." }) prorateLast: boolean;
}

@ObjectType({ description: "A discount from a used volume on." })
export class Threshold {
  @Field(() => DecimalScalar, { description: "Used volume from which it applies, in the plan's unit." }) from: string;
  @Field(() => DecimalScalar, { description: "Percent." }) percent: string;
}

@ObjectType({ ...NODE, description: "Quota, unit and thresholds of a service. For display; usage is not rated." })
export class VolumeDiscountPlan {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "The service that it belongs to, e.g. Internet." }) service: string;
  @Field(() => DecimalScalar, { description: "The included volume." }) quota: string;
  @Field(() => String, { description: "The unit of the quota, e.g. GB." }) unit: string;
  @Field(() => [Threshold], { description: "Discounts by used volume." }) thresholds: Threshold[];
}

@ObjectType({ ...NODE, description: "A service package that can be added to a main product." })
export class AddOnProduct {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "The service that it belongs to, e.g. Internet." }) service: string;
  @Field(() => String, { description: "Description of its quota, e.g. 1 GB.", nullable: true })
  quota: string | null;
  @Field(() => VoiceService, {
    description: "What calls of accounts that have it need to know; null: it gives no calls.",
    nullable: true,
  })
  voice: VoiceService | null;
  volumeDiscountPlanId: string | null;
}

@ObjectType({ ...NODE, description: "The base product of accounts." })
export class MainProduct {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => VoiceService, {
    description: "What calls of its accounts need to know; null: it gives no calls.",
    nullable: true,
  })
  voice: VoiceService | null;
  addOnProductIds: readonly string[];
}

@ObjectType({
  ...NODE,
  description: "Grace days, rounding mode and limits of self-care pauses of a group of customers.",
})
export class CustomerClass {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => Int, { description: "Days from issue to due date of an invoice." }) graceDays: number;
  @Field(() => RoundingModeEnum, { description: "How amounts are rounded." })
  rounding: keyof typeof RoundingModeEnum;
  @Field(() => LanguageEnum, { description: "The language of documents and mails." })
  language: keyof typeof LanguageEnum;
  @Field(() => DateFormat, { description: "How dates are written to its customers." }) dateFormat: DateFormat;
  @Field(() => Int, { description: "Days that its customers may pause in a calendar year by themselves." })
  selfPauseDaysPerYear: number;
  @Field(() => Int, { description: "Days that a pause by the customer itself may have." })
  selfPauseLongestDays: number;
  @Field(() => Int, {
    description: "Days from the order of a pause by the customer itself to its first day, at least.",
  })
  selfPauseNoticeDays: number;
  @Field(() => Int, {
    description:
      "Days after the due date of the oldest unpaid invoice after which a customer is suspended; null: never.",
    nullable: true,
  })
  suspendAfterDays: number | null;
  @Field(() => Int, {
    description: "Days after that due date after which the customer's commitments are terminated; null: never.",
    nullable: true,
  })
  terminateAfterDays: number | null;
  @Field(() => [Int], {
    description: "Days after that due date on which a customer is reminded.",
  })
  remindAfterDays: number[];
  @Field(() => Int, {
    description: "Days before the suspension on which a customer is warned of it.",
  })
  warnBeforeSuspensionDays: number;
  @Field(() => Int, { description: "Days before a discount end date on which the commitment's holder is told of it." })
  warnBeforeEndDays: number;
}

@ObjectType({ description: "A one-time fee, charged on the day of sign-up." })
export class OneTimeFee {
  @Field(() => String, { description: "Description of the fee." }) description: string;
  @Field(() => String, { description: "The service that it belongs to." }) service: string;
  @Field(() => DecimalScalar, { description: "The fee before discount." }) fee: string;
  @Field(() => DecimalScalar, { description: "The discount." }) discount: string;
  @Field(() => DecimalScalar, { description: "Fee minus discount." }) discountedFee: string;
}

@ObjectType({
  description: "A recurring fee of an offer: a plan, optionally with an add-on product, and a discount.",
})
export class OfferRecurringFee {
  planId: string;
  addOnProductId: string | null;
  @Field(() => DecimalScalar, {
    description: "Discount of each billing period, the same amount for every billing period type.",
  })
  discount: string;
}

@ObjectType({ ...NODE, description: "An offer of the catalog: a commitment copies its terms when it is assigned." })
export class Offer {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "Description of the offer.", nullable: true }) description: string | null;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => Int, {
    description: "Discount period, a number of the customer's billing periods; null: none, and no discounts.",
    nullable: true,
  })
  discountPeriods: number | null;
  @Field(() => DecimalScalar, { description: "Charged to the receiver of a transfer." }) transferFee: string;
  @Field(() => [OneTimeFee], { description: "Its one-time fees." }) oneTimeFees: OneTimeFee[];
  @Field(() => [OfferRecurringFee], { description: "Its recurring fees." }) recurringFees: OfferRecurringFee[];
  @Field(() => Int, { description: "Offer revision: 1 as defined, increased by each revision." }) revision: number;
  @Field(() => OfferStatusEnum, { description: "Whether it can be assigned." })
  status: keyof typeof OfferStatusEnum;
}

export const PlanConnection = connectionOf(Plan, "Plan", "plans");
export const AddOnProductConnection = connectionOf(AddOnProduct, "AddOnProduct", "add-on products");
export const VolumeDiscountPlanConnection = connectionOf(
  VolumeDiscountPlan,
  "VolumeDiscountPlan",
  "volume discount plans",
);
export const MainProductConnection = connectionOf(MainProduct, "MainProduct", "main products");
export const CustomerClassConnection = connectionOf(CustomerClass, "CustomerClass", "customer classes");
export const OfferConnection = connectionOf(Offer, "Offer", "offers");

export const PlanPayload = payloadOf(Plan, "Plan", "plan");
export const AddOnProductPayload = payloadOf(AddOnProduct, "AddOnProduct", "addOnProduct");
export const VolumeDiscountPlanPayload = payloadOf(VolumeDiscountPlan, "VolumeDiscountPlan", "volumeDiscountPlan");
export const MainProductPayload = payloadOf(MainProduct, "MainProduct", "mainProduct");
export const CustomerClassPayload = payloadOf(CustomerClass, "CustomerClass", "customerClass");
export const OfferPayload = payloadOf(Offer, "Offer", "offer");
