import { InputType } from "@nestjs/graphql";
import { type upgradeCommands } from "#application/commitments/upgrades.js";
import { UpgradeDiscountEndKindEnum } from "../graphql/enums.js";
import { DateField, IdempotencyKey, IdField, InputField, NestedField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

const optional = { optional: true };

@InputType({ description: "Gives a better add-on product at the same fee, from today until a day." })
export class OrderTimeLimitedUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @IdField("The better add-on product.") addOnProductId: string;
  @DateField("The last day of the upgrade.") until: string;
  @IdField("The add-on product that it replaces; needed where the commitment has several.", optional)
  replacingAddOnProductId?: string;
  @IdField("The offer that the commitment moves to on the day after the upgrade. Left out: to none.", optional)
  thenUpgradeToOfferId?: string;
}

@InputType({ description: "Lets a running time-limited upgrade last longer; what follows it moves along." })
export class ExtendTimeLimitedUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The new last day of the upgrade.") until: string;
  @TextField("The row whose upgrade is meant; the one ordered last unless given.", optional) rowId?: string;
}

@InputType({
  description: "Ends a running time-limited upgrade: today is its last day. What was to follow it will not.",
})
export class EndTimeLimitedUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @TextField("The row whose upgrade is meant; the one ordered last unless given.", optional) rowId?: string;
}

@InputType({ description: "Cancels what was to follow a time-limited upgrade; the upgrade itself goes on." })
export class CancelThenUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
}

@InputType({ description: "Where the discount ends after an upgrade." })
export class UpgradeDiscountEndInput {
  @InputField(() => UpgradeDiscountEndKindEnum, "How the date is found.") kind: keyof typeof UpgradeDiscountEndKindEnum;
  @DateField("The first day without discount; with `MANUAL`, and only then.", { nullable: true }) date?: string | null;
  @IdField("The commitment whose date is copied; with `SYNCHRONISED`, and only then.", { nullable: true })
  commitmentId?: string | null;
}

@InputType({ description: "Moves a commitment to another offer." })
export class UpgradeCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @IdField("The offer that it moves to.") offerId: string;
  @NestedField(() => UpgradeDiscountEndInput, "Where the discount ends; `{ kind: KEEP }` unless given.", optional)
  discountEnd?: UpgradeDiscountEndInput;
  @DateField(
    "The first day of the new fees: today, or back to the start of the running billing period; today unless given.",
    optional,
  )
  effectiveOn?: string;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const upgradeMutations = {
  orderTimeLimitedUpgrade: {
    input: OrderTimeLimitedUpgradeInput,
    description: "Gives a better add-on product at the same fee, from today until a day.",
    answers: COMMITMENT,
  },
  extendTimeLimitedUpgrade: {
    input: ExtendTimeLimitedUpgradeInput,
    description: "Lets a running time-limited upgrade last longer.",
    answers: COMMITMENT,
  },
  endTimeLimitedUpgrade: {
    input: EndTimeLimitedUpgradeInput,
    description: "Ends a running time-limited upgrade today.",
    answers: COMMITMENT,
  },
  cancelThenUpgrade: {
    input: CancelThenUpgradeInput,
    description: "Cancels the upgrade that was to follow a time-limited one.",
    answers: COMMITMENT,
  },
  upgradeCommitment: {
    input: UpgradeCommitmentInput,
    description:
      "Moves a commitment to another offer: new fees from that day, no penalty; discounts given so far stay claimable.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof upgradeCommands>;
