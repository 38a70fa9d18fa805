import { InputType } from "@nestjs/graphql";
import { type offerCommands } from "#application/catalog/offer-commands.js";
import { Expecting } from "../graphql/expected.js";
import { AmountField, CountField, IdempotencyKey, IdField, NestedListField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { OfferPayload } from "./models.js";

@InputType({ description: "A one-time fee, charged on the day of sign-up." })
export class OneTimeFeeInput {
  @TextField("Description of the fee.") description: string;
  @TextField("The service that it belongs to.") service: string;
  @AmountField("The fee before discount.") fee: string;
  @AmountField("The discount; 0 unless given.", { optional: true }) discount?: string;
}

@InputType({ description: "A recurring fee: a plan, optionally with an add-on product, and a discount." })
export class RecurringFeeInput {
  @IdField("The plan.") planId: string;
  @IdField("The add-on product that comes with it.", { nullable: true }) addOnProductId?: string | null;
  @AmountField("Flat amount off each billing period; 0 unless given.", { optional: true }) discount?: string;
}

@InputType({ description: "Defines an offer and puts it on sale." })
export class DefineOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("What it is, for people.", { nullable: true }, 2000) description?: string | null;
  @TextField("ISO 4217 code.") currency: string;
  @CountField("Discount period, a number of the customer's billing periods; null: none, and no discounts.", {
    nullable: true,
  })
  discountPeriods?: number | null;
  @AmountField("Charged to the receiver of a transfer; 0 unless given.", { optional: true }) transferFee?: string;
  @NestedListField(() => OneTimeFeeInput, "Its one-time fees; none unless given.", { optional: true })
  oneTimeFees?: OneTimeFeeInput[];
  @NestedListField(() => RecurringFeeInput, "Its recurring fees; none unless given.", { optional: true })
  recurringFees?: RecurringFeeInput[];
}

@Expecting("offerId")
@InputType({ description: "Revises an offer. Fields left out keep their values; commitments keep their terms." })
export class ReviseOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @TextField("What it is, for people; null removes it.", { nullable: true }, 2000) description?: string | null;
  @CountField("Discount period; null: none, and no discounts.", { nullable: true }) discountPeriods?: number | null;
  @AmountField("Charged to the receiver of a transfer.", { optional: true }) transferFee?: string;
  @NestedListField(() => OneTimeFeeInput, "Its one-time fees, all of them.", { optional: true })
  oneTimeFees?: OneTimeFeeInput[];
  @NestedListField(() => RecurringFeeInput, "Its recurring fees, all of them.", { optional: true })
  recurringFees?: RecurringFeeInput[];
}

@InputType({ description: "Withdraws an offer from sale; its commitments go on." })
export class WithdrawOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
}

@InputType({ description: "Puts a withdrawn offer back on sale, with its present terms." })
export class PutOfferBackOnSaleInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
}

@InputType({ description: "Deletes an offer that was never assigned." })
export class DeleteOfferInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The offer.") offerId: string;
}

const OFFER = { kind: "offer", payload: OfferPayload } as const;

export const offerMutations = {
  defineOffer: {
    input: DefineOfferInput,
    description: "Defines an offer and puts it on sale.",
    answers: OFFER,
  },
  reviseOffer: {
    input: ReviseOfferInput,
    description: "Revises an offer; commitments keep their terms.",
    answers: OFFER,
  },
  withdrawOffer: {
    input: WithdrawOfferInput,
    description: "Withdraws an offer from sale; its commitments go on.",
    answers: OFFER,
  },
  putOfferBackOnSale: {
    input: PutOfferBackOnSaleInput,
    description: "Puts a withdrawn offer back on sale, with its present terms.",
    answers: OFFER,
  },
  deleteOffer: {
    input: DeleteOfferInput,
    description: "Deletes an offer that was never assigned.",
    answers: OFFER,
  },
} satisfies MutationFields<keyof typeof offerCommands>;
