import { type Plain } from "../graphql/plain.js";
import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Account } from "../accounts/models.js";
import { AddOnProduct, MainProduct, VolumeDiscountPlan } from "../catalog/models.js";
import { Commitment } from "../commitments/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { OnDay } from "../graphql/on-day.js";
import { Entitlement, Entitlements } from "../entitlements/models.js";

@Resolver(() => Account)
export class AccountEntitlementsField {
  @ResolveField(() => Entitlements, {
    description: "Its entitlements on a day, after pauses, suspensions and upgrades.",
  })
  entitlements(
    @Parent() account: Account,
    @OnDay() on: string | null,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Entitlements>> {
    return load.entitlements(account, on ?? null);
  }
}

@Resolver(() => Entitlements)
export class EntitlementsFields {
  @ResolveField(() => MainProduct, {
    description: "Its main product on that day; null on days on which it is not open.",
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
    description: "The volume discount plan with its quota, unit and thresholds.",
    nullable: true,
  })
  volumeDiscountPlan(
    @Parent() { volumeDiscountPlanId }: Entitlement,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<VolumeDiscountPlan> | null> | null {
    return volumeDiscountPlanId === null ? null : load.volumeDiscountPlan(volumeDiscountPlanId);
  }

  @ResolveField(() => Commitment, { description: "The commitment that includes it.", nullable: true })
  commitment(@Parent() { commitmentId }: Entitlement, @LoadersOf() load: Loaders): Promise<Plain<Commitment> | null> {
    return load.commitment(commitmentId);
  }
}
