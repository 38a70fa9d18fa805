import { InputType } from "@nestjs/graphql";
import { DiscountEndKindEnum } from "../graphql/enums.js";
import { DateField, IdempotencyKey, IdField, InputField, NestedField } from "../graphql/fields.js";

@InputType({ description: "Where the discount ends: by default, or on a day given by hand." })
export class DiscountEndInput {
  @InputField(() => DiscountEndKindEnum, "`DEFAULT`: start plus the offer's discount period. `MANUAL`: the date given.")
  kind: keyof typeof DiscountEndKindEnum;
  @DateField("The first day without discount; with `MANUAL` only.", { nullable: true }) date?: string | null;
}

@InputType({ description: "Assigns an offer to an account." })
export class AssignOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
  @IdField("The account.") accountId: string;
  @NestedField(() => DiscountEndInput, "Where the discount ends; `{ kind: DEFAULT }` unless given.", { optional: true })
  discountEnd?: DiscountEndInput;
  @DateField("The first charged day, back to the start of the running billing period; today unless given.", {
    optional: true,
  })
  effectiveOn?: string;
}

@InputType({ description: "Terminates a commitment." })
export class TerminateCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The last charged day, back to the start of the running billing period; today unless given.", {
    optional: true,
  })
  effectiveOn?: string;
}
