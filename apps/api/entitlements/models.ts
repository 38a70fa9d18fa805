import { Field, ID, ObjectType } from "@nestjs/graphql";
import { EntitlementStateEnum } from "../graphql/enums.js";
import { LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "An add-on product that a commitment gives on a day." })
export class Entitlement {
  @Field(() => ID, { description: "The row of the commitment's terms that gives it." }) rowId: string;
  @Field(() => String, {
    description: "The service that it belongs to; null: the catalog does not know the add-on product yet.",
    nullable: true,
  })
  service: string | null;
  @Field(() => String, {
    description: "What it includes, for people; null where a volume discount plan says it, or nothing is limited.",
    nullable: true,
  })
  quota: string | null;
  @Field(() => LocalDateScalar, {
    description: "The last day of the time-limited upgrade that gives it; null: it is what was agreed.",
    nullable: true,
  })
  upgradedUntil: string | null;
  @Field(() => EntitlementStateEnum, { description: "Whether it can be used on the day." })
  state: keyof typeof EntitlementStateEnum;
  addOnProductId: string;
  volumeDiscountPlanId: string | null;
  commitmentId: string;
}

@ObjectType({ description: "What an account is entitled to on a day, as far as known." })
export class Entitlements {
  @Field(() => LocalDateScalar, { description: "The day." }) on: string;
  @Field(() => [Entitlement], {
    description: "The add-on products that its commitments give, by the commitments' start. Empty rows are left out.",
  })
  addOns: Entitlement[];
  mainProductId: string | null;
}
