import { Args, Int, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { MOST_MONTHS } from "#domain/billing/early-termination-quote.js";
import { reject } from "#domain/rejection.js";
import { Offer } from "../catalog/models.js";
import { OfferCosts } from "../catalog/offer-costs.js";
import { BillingPeriodEnum } from "../graphql/enums.js";
import { type Plain } from "../graphql/plain.js";
import { LocalDateScalar } from "../graphql/scalars.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

const MONTHS = {
  type: () => Int,
  defaultValue: 24,
  description: `Months of leaving at most, 1 to ${MOST_MONTHS}.`,
};
const BILLING_PERIOD = {
  type: () => BillingPeriodEnum,
  defaultValue: "MONTHLY",
  description: "The customer's billing period type.",
};
const START = {
  type: () => LocalDateScalar,
  nullable: true,
  description: "The first charged day; the first day of the provider's present month unless given.",
};

@Resolver(() => Offer)
export class OfferCostsField {
  @ResolveField(() => OfferCosts, {
    description:
      "The offer as customers see it: prices, the total over the discount period, and what leaving costs. Null where nobody billed by the billing period type can be given it: a plan has no fee for it, or a discount is above its fee or needs a minimum subscription period.",
    nullable: true,
  })
  costs(
    @Parent() offer: Offer,
    @Args("billingPeriod", BILLING_PERIOD) billingPeriod: keyof typeof BillingPeriodEnum,
    @Args("start", START) start: string | null,
    @Args("months", MONTHS) months: number,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<OfferCosts> | null> {
    if (months < 1 || months > MOST_MONTHS)
      throw reject("VALIDATION_FAILED", `months must be from 1 to ${MOST_MONTHS}.`, { field: "months" });
    return load.offerCosts(offer, { billingPeriod, start, months });
  }
}
