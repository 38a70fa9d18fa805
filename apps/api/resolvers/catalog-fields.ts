import { type Plain } from "../graphql/plain.js";
import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { big, format } from "#domain/money.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import {
  AddOnProduct,
  MainProduct,
  OfferRecurringFee,
  PeriodFee,
  Plan,
  VolumeDiscountPlan,
} from "../catalog/models.js";

@Resolver(() => AddOnProduct)
export class AddOnProductFields {
  @ResolveField(() => VolumeDiscountPlan, {
    description: "The volume discount plan with its quota.",
    nullable: true,
  })
  volumeDiscountPlan(
    @Parent() { volumeDiscountPlanId }: AddOnProduct,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<VolumeDiscountPlan> | null> | null {
    return volumeDiscountPlanId === null ? null : load.volumeDiscountPlan(volumeDiscountPlanId);
  }
}

@Resolver(() => MainProduct)
export class MainProductFields {
  @ResolveField(() => [AddOnProduct], { description: "The add-on products that are allowed with it." })
  async addOnProducts(
    @Parent() { addOnProductIds }: MainProduct,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct>[]> {
    const found = await Promise.all(addOnProductIds.map(load.addOnProduct));
    return found.filter((item) => item !== null);
  }
}

@Resolver(() => OfferRecurringFee)
export class OfferRecurringFeeFields {
  @ResolveField(() => Plan, { description: "The plan as of now.", nullable: true })
  plan(@Parent() { planId }: OfferRecurringFee, @LoadersOf() load: Loaders): Promise<Plain<Plan> | null> {
    return load.plan(planId);
  }

  @ResolveField(() => AddOnProduct, { description: "The add-on product that comes with it.", nullable: true })
  addOnProduct(
    @Parent() { addOnProductId }: OfferRecurringFee,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct> | null> | null {
    return addOnProductId === null ? null : load.addOnProduct(addOnProductId);
  }

  @ResolveField(() => [PeriodFee], {
    description: "Fee minus discount by billing period type, with the plan as of now.",
  })
  async discountedFees(
    @Parent() { planId, discount }: OfferRecurringFee,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<PeriodFee>[]> {
    const plan = await load.plan(planId);
    if (!plan) return [];
    const { currency, recurringFees } = plan;
    return recurringFees.map(({ period, amount }) => ({
      period,
      amount: format(big(amount).minus(big(discount)), currency),
    }));
  }
}
