import { type Plain } from "../graphql/plain.js";
import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Account } from "../accounts/models.js";
import { AddOnProduct, MainProduct, VolumeDiscountPlan } from "../catalog/models.js";
import { Commitment } from "../commitments/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { LocalDateScalar } from "../graphql/scalars.js";
import { Entitlement, Entitlements } from "../entitlements/models.js";

@Resolver(() => Account)
export class AccountEntitlementsField {
  @ResolveField(() => Entitlements, {
    description: "What it is entitled to on a day: pauses, suspensions and upgrades are considered.",
  })
  entitlements(
    @Parent() account: Account,
    @Args("on", {
      type: () => LocalDateScalar,
      nullable: true,
      description: "The day, past or to come; the customer's today unless given.",
    })
    on: string | null,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Entitlements>> {
    return load.entitlements(account, on ?? null);
  }
}

@Resolver(() => Entitlements)
export class EntitlementsFields {
  @ResolveField(() => MainProduct, {
    description: "The main product that it has on that day; null while it is not open.",
    nullable: true,
  })
  mainProduct(
    @Parent() { mainProductId }: Entitlements,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<MainProduct> | null> | null {
    return mainProductId === null ? null : load.mainProduct(mainProductId);
  }
}

@Resolver(() => Entitlement)
export class EntitlementFields {
  @ResolveField(() => AddOnProduct, { description: "The add-on product.", nullable: true })
  addOnProduct(
    @Parent() { addOnProductId }: Entitlement,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct> | null> {
    return load.addOnProduct(addOnProductId);
  }

  @ResolveField(() => VolumeDiscountPlan, {
    description: "The volume discount plan that says what it includes: quota, unit and thresholds.",
    nullable: true,
  })
  volumeDiscountPlan(
    @Parent() { volumeDiscountPlanId }: Entitlement,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<VolumeDiscountPlan> | null> | null {
    return volumeDiscountPlanId === null ? null : load.volumeDiscountPlan(volumeDiscountPlanId);
  }

  @ResolveField(() => Commitment, { description: "The commitment that gives it.", nullable: true })
  commitment(@Parent() { commitmentId }: Entitlement, @LoadersOf() load: Loaders): Promise<Plain<Commitment> | null> {
    return load.commitment(commitmentId);
  }
}
