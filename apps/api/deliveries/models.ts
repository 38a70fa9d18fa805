import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type DeliveryStatus, type ShownDelivery } from "#processors/deliveries/operators.js";
import { type DeliveryKind, type TargetName } from "#processors/deliveries/target.js";
import { DeliveryKindEnum, DeliveryStatusEnum, TargetNameEnum } from "./enums.js";
import { FlagField, IdField, InputField, TextField } from "../graphql/fields.js";
import { connectionOf } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "One message to one system outside about one event." })
export class Delivery {
  @Field(() => ID, { description: "Its id, which the target is told with every try." }) id: string;
  @Field(() => TargetNameEnum, { description: "The system that it goes to." }) target: TargetName;
  @Field(() => DeliveryKindEnum, { description: "What is delivered." }) kind: DeliveryKind;
  @Field(() => LocalDateScalar, { description: "Its business date, in the customer's zone." }) on: string;
  @Field(() => DeliveryStatusEnum, { description: "What became of it." }) status: DeliveryStatus;
  @Field(() => Boolean, { description: "Whether it is parked and its customer's later ones go on all the same." })
  passedOver: boolean;
  @Field(() => Int, {
    description: "How often it was sent and answered; a target that does not answer counts nothing.",
  })
  tries: number;
  @Field(() => String, {
    description: "What the target answered last that was not success; null: nothing.",
    nullable: true,
  })
  lastError: string | null;
  @Field(() => InstantScalar, {
    description: "It is not tried before this time of the system; null: at once, or not at all.",
    nullable: true,
  })
  notBefore: string | null;
  @Field(() => InstantScalar, { description: "When it was recorded, by the system's time." }) recordedAt: string;
  @Field(() => InstantScalar, {
    description: "When it was delivered or discarded, by the system's time; null: neither.",
    nullable: true,
  })
  settledAt: string | null;
  @Field(() => String, { description: "Why it was discarded; null: it was not.", nullable: true })
  discardReason: string | null;
  @Field(() => String, { description: "Who discarded it; null: nobody.", nullable: true }) discardedBy: string | null;
  @Field(() => ID, {
    description: "What it is about: an invoice, payment or commitment; null: the customer alone.",
    nullable: true,
  })
  subjectId: string | null;
  @Field(() => ID, { description: "The event that it is about, for the query `event`." }) eventId: string;
  @Field(() => ID, { description: "The customer that it is about." }) customerId: string;
}

export const DeliveryConnection = connectionOf(Delivery, "Delivery", "deliveries");

@InputType({ description: "Conditions on deliveries; those that are given must all hold." })
export class DeliveryFilter {
  @IdField("Only those about this customer.", { optional: true }) customerId?: string;
  @InputField(() => TargetNameEnum, "Only those to this target.", { optional: true }) target?: TargetName;
  @InputField(() => DeliveryStatusEnum, "Only those of this status.", { optional: true }) status?: DeliveryStatus;
  @InputField(() => DeliveryKindEnum, "Only those of this kind.", { optional: true }) kind?: DeliveryKind;
}

@ObjectType({ description: "One setting of a target." })
export class TargetSetting {
  @Field(() => String, { description: "Its name." }) key: string;
  @Field(() => String, { description: "Its value; secrets are masked." }) value: string;
}

@ObjectType({ description: "A system outside that the provider's deliveries go to." })
export class Target {
  @Field(() => TargetNameEnum, { description: "Its name." }) name: TargetName;
  @Field(() => Boolean, { description: "Whether events make deliveries to it." }) on: boolean;
  @Field(() => Boolean, { description: "Whether the built-in recorder answers, and nothing leaves." }) stub: boolean;
  @Field(() => [TargetSetting], { description: "As it is configured; empty where it is not." })
  configuration: TargetSetting[];
  @Field(() => InstantScalar, { description: "Since when it does not answer; null: it does.", nullable: true })
  downSince: string | null;
  @Field(() => String, { description: "Why it counts as not answering; null: it answers.", nullable: true })
  downBecause: string | null;
  @Field(() => Int, { description: "Deliveries to be sent." }) pending: number;
  @Field(() => Int, { description: "Deliveries that were parked." }) parked: number;
  @Field(() => Int, { description: "Deliveries that were delivered." }) delivered: number;
  @Field(() => Int, { description: "Deliveries that were discarded." }) discarded: number;
}

@ObjectType({ description: "What was found when a target was verified." })
export class TargetVerification {
  @Field(() => TargetNameEnum, { description: "The target." }) target: TargetName;
  @Field(() => Boolean, { description: "Whether it can be used as configured." }) ok: boolean;
  @Field(() => String, { description: "What was found." }) message: string;
}

@InputType({ description: "Names a delivery." })
export class DeliveryInput {
  @IdField("The delivery.") deliveryId: string;
}

@InputType({ description: "Retries a delivery." })
export class RetryDeliveryInput {
  @IdField("The delivery.") deliveryId: string;
  @FlagField(
    "True: what is sent is made anew, from how things are now, for example because the customer's address was corrected. Only for a parked one. False, the default: the same as before is sent.",
    { optional: true },
  )
  anew?: boolean;
}

@InputType({ description: "Discards a delivery." })
export class DiscardDeliveryInput {
  @IdField("The delivery.") deliveryId: string;
  @TextField("Why; kept with who asked.", {}, 1000) reason: string;
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The GraphQL form of a delivery. */
export const deliveryShown = (delivery: ShownDelivery): Plain<Delivery> => {
  const { id, target, kind, on, status, passedOver, tries, lastError, subjectId, eventId, customerId } = delivery;
  const isDiscarded = status === "DISCARDED";
  return {
    ...{ id, target, kind, on, status, passedOver, tries, lastError, subjectId, eventId, customerId },
    notBefore: instant(delivery.notBefore),
    recordedAt: delivery.createdAt.toISOString(),
    settledAt: instant(delivery.settledAt),
    discardReason: isDiscarded ? delivery.reason : null,
    discardedBy: isDiscarded ? delivery.settledBy : null,
  };
};
