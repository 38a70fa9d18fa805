import { InputType } from "@nestjs/graphql";
import { type assigning } from "#application/commitments/assign.js";
import { DiscountEndKindEnum, NewDiscountEndKindEnum } from "./enums.js";
import { DateField, IdempotencyKey, IdField, InputField, NestedField, ReasonField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

@InputType({ description: "The discount end date of a new commitment." })
export class DiscountEndInput {
  @InputField(() => DiscountEndKindEnum, "The kind of discount end date.") kind: keyof typeof DiscountEndKindEnum;
  @DateField("The first day without discount; with `MANUAL`, and only then.", { nullable: true }) date?: string | null;
  @IdField("The commitment whose date is copied; with `SYNCHRONISED`, and only then.", { nullable: true })
  commitmentId?: string | null;
}

@InputType({ description: "Assigns an offer to an account." })
export class AssignOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
  @IdField("The account.") accountId: string;
  @NestedField(() => DiscountEndInput, "The discount end date; `{ kind: DEFAULT }` unless given.", { optional: true })
  discountEnd?: DiscountEndInput;
  @DateField("The first charged day: to come, today, or a day that has passed; today unless given.", { optional: true })
  effectiveOn?: string;
  @ReasonField("Why: needed for a day in a closed billing period, and for a discount end date by hand (`MANUAL`).")
  reason?: string | null;
}

@InputType({ description: "The new discount end date of a commitment." })
export class NewDiscountEndInput {
  @InputField(() => NewDiscountEndKindEnum, "The kind of discount end date.") kind: keyof typeof NewDiscountEndKindEnum;
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
  @ReasonField("Why: needed for a date by hand (`MANUAL`).") reason?: string | null;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const assignMutations = {
  assignOffer: {
    input: AssignOfferInput,
    description: "Assigns an offer to an account, as a commitment.",
    answers: COMMITMENT,
  },
  setDiscountEnd: {
    input: SetDiscountEndInput,
    description:
      "Sets a commitment's discount end date manually, or synchronises it with another commitment's, from today on.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof assigning>;
