import { Field, ObjectType } from "@nestjs/graphql";
import { EntitlementStateEnum } from "./enums.js";
import { ID, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "An add-on product that an account may use on a day." })
export class Entitlement {
  @Field(() => ID, { description: "The row of the commitment's terms that includes it." }) rowId: string;
  @Field(() => String, {
    description: "The service that it belongs to; null: the add-on product is not projected yet.",
    nullable: true,
  })
  service: string | null;
  @Field(() => String, {
    description: "Description of its quota; null where a volume discount plan states it, or without a limit.",
    nullable: true,
  })
  quota: string | null;
  @Field(() => LocalDateScalar, {
    description: "The last day of the time-limited upgrade that includes it; null: it is in the terms.",
    nullable: true,
  })
  upgradedUntil: string | null;
  @Field(() => EntitlementStateEnum, { description: "Whether it can be used on the day." })
  state: keyof typeof EntitlementStateEnum;
  addOnProductId: string;
  volumeDiscountPlanId: string | null;
  commitmentId: string;
}

@ObjectType({ description: "The entitlements of an account on a day, as known now." })
export class Entitlements {
  @Field(() => LocalDateScalar, { description: "The day." }) on: string;
  @Field(() => [Entitlement], {
    description:
      "The add-on products of its commitments, by the commitments' start. Rows without an add-on product are left out.",
  })
  addOns: Entitlement[];
  mainProductId: string | null;
}
