import { InputType } from "@nestjs/graphql";
import { DiscountEndKindEnum, NewDiscountEndKindEnum } from "../graphql/enums.js";
import { DateField, IdempotencyKey, IdField, InputField, NestedField, TextField } from "../graphql/fields.js";

@InputType({ description: "Where the discount of a new commitment ends." })
export class DiscountEndInput {
  @InputField(() => DiscountEndKindEnum, "How the date is found.") kind: keyof typeof DiscountEndKindEnum;
  @DateField("The first day without discount; with `MANUAL`, and only then.", { nullable: true }) date?: string | null;
  @IdField("The commitment whose date is copied; with `SYNCHRONISED`, and only then.", { nullable: true })
  commitmentId?: string | null;
}

@InputType({ description: "Assigns an offer to an account." })
export class AssignOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
  @IdField("The account.") accountId: string;
  @NestedField(() => DiscountEndInput, "Where the discount ends; `{ kind: DEFAULT }` unless given.", { optional: true })
  discountEnd?: DiscountEndInput;
  @DateField(
    "The first charged day: to come, today, or back to the start of the running billing period; today unless given.",
    { optional: true },
  )
  effectiveOn?: string;
}

@InputType({ description: "Where the discount of a commitment ends from now on." })
export class NewDiscountEndInput {
  @InputField(() => NewDiscountEndKindEnum, "How the date is found.") kind: keyof typeof NewDiscountEndKindEnum;
  @DateField("The first day without discount; with `MANUAL`, and only then.", { nullable: true }) date?: string | null;
  @IdField("The commitment whose date is copied; with `SYNCHRONISED`, and only then.", { nullable: true })
  commitmentId?: string | null;
}

@InputType({ description: "Sets a commitment's discount end date." })
export class SetDiscountEndInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @NestedField(() => NewDiscountEndInput, "The new date; it includes the pauses known now.")
  discountEnd: NewDiscountEndInput;
}

@InputType({ description: "Terminates a commitment." })
export class TerminateCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField(
    "The last charged day: to come, today, or back to the start of the running billing period; today unless given.",
    { optional: true },
  )
  effectiveOn?: string;
  @TextField("Why the penalty is not claimed: it is then shown and credited. Left out: it is claimed.", {
    optional: true,
  })
  waivePenalty?: string;
}

@InputType({ description: "Cancels a scheduled termination." })
export class CancelTerminationInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
}
