import { Field, Int, ObjectType } from "@nestjs/graphql";
import { BillingPeriodEnum } from "../graphql/enums.js";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "What leaving an offer costs at the end of a month." })
export class OfferLeavingCost {
  @Field(() => Int, { description: "How many calendar months were begun by then, from 1." }) months: number;
  @Field(() => LocalDateScalar, { description: "The last charged day: the last of a calendar month." }) on: string;
  @Field(() => Boolean, { description: "Whether a termination on that day is early." }) early: boolean;
  @Field(() => DecimalScalar, { description: "The penalty; 0 when it is not early." }) penalty: string;
}

@ObjectType({
  description:
    "What an offer costs a customer who takes it and does nothing else: computed by the code of the charges, for a customer in UTC without a class.",
})
export class OfferCosts {
  @Field(() => BillingPeriodEnum, { description: "The customer's billing period type." })
  billingPeriod: keyof typeof BillingPeriodEnum;
  @Field(() => LocalDateScalar, { description: "The first charged day." }) start: string;
  @Field(() => LocalDateScalar, {
    description: "The first day without discount; null: the offer has no discount period.",
    nullable: true,
  })
  discountEnd: string | null;
  @Field(() => DecimalScalar, { description: "One-time fees less their discounts." }) oneTime: string;
  @Field(() => DecimalScalar, { description: "All recurring fees of a whole billing period, without discounts." })
  price: string;
  @Field(() => DecimalScalar, { description: "The same with discounts: the price while the discount runs." })
  discountedPrice: string;
  @Field(() => DecimalScalar, { description: "The price of a whole billing period after the discount." })
  priceAfterDiscount: string;
  @Field(() => DecimalScalar, {
    description: "All that is charged from the start until the discount ends; null: there is no discount period.",
    nullable: true,
  })
  total: string | null;
  @Field(() => [OfferLeavingCost], {
    description: "What leaving costs, by months; the last one is the first month that costs nothing.",
  })
  leaving: OfferLeavingCost[];
}
