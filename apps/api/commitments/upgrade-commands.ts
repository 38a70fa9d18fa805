import { InputType } from "@nestjs/graphql";
import { type upgradeCommands } from "#application/commitments/upgrades.js";
import { UpgradeDiscountEndKindEnum } from "./enums.js";
import {
  DateField,
  IdempotencyKey,
  IdField,
  InputField,
  NestedField,
  ReasonField,
  TextField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

const optional = { optional: true };

@InputType({ description: "Upgrades to a better add-on product at the same fee, from today through a last day." })
export class OrderTimeLimitedUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @IdField("The better add-on product.") addOnProductId: string;
  @DateField("The last day of the upgrade.") until: string;
  @IdField("The add-on product that it replaces; required where the commitment has several.", optional)
  replacingAddOnProductId?: string;
  @IdField("The offer of the planned upgrade on the day after. Left out: no planned upgrade.", optional)
  thenUpgradeToOfferId?: string;
}

@InputType({ description: "Extends a running time-limited upgrade; a planned upgrade moves with it." })
export class ExtendTimeLimitedUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The new last day of the upgrade.") until: string;
  @TextField("The row of the time-limited upgrade; that of the last recorded one unless given.", optional)
  rowId?: string;
}

@InputType({
  description: "Ends a running time-limited upgrade: today is its last day. A planned upgrade after it is cancelled.",
})
export class EndTimeLimitedUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @TextField("The row of the time-limited upgrade; that of the last recorded one unless given.", optional)
  rowId?: string;
}

@InputType({ description: "Cancels the planned upgrade after a time-limited upgrade; the time-limited one goes on." })
export class CancelThenUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
}

@InputType({ description: "The discount end date after an upgrade." })
export class UpgradeDiscountEndInput {
  @InputField(() => UpgradeDiscountEndKindEnum, "The kind of discount end date.")
  kind: keyof typeof UpgradeDiscountEndKindEnum;
  @DateField("The first day without discount; with `MANUAL`, and only then.", { nullable: true }) date?: string | null;
  @IdField("The commitment whose date is copied; with `SYNCHRONISED`, and only then.", { nullable: true })
  commitmentId?: string | null;
}

@InputType({ description: "Upgrades a commitment to another offer." })
export class UpgradeCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @IdField("The offer that it moves to.") offerId: string;
  @NestedField(() => UpgradeDiscountEndInput, "The discount end date; `{ kind: KEEP }` unless given.", optional)
  discountEnd?: UpgradeDiscountEndInput;
  @DateField(
    "The first day of the new fees: today, or a day that has passed; today unless given. One to come: the upgrade is scheduled, with the terms as they are now.",
    optional,
  )
  effectiveOn?: string;
  @ReasonField("Why: needed for a day in a closed billing period, and for a discount end date by hand (`MANUAL`).")
  reason?: string | null;
}

@InputType({ description: "Cancels a scheduled upgrade before its day." })
export class CancelScheduledUpgradeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The day for which it is scheduled; any unless given.", optional) effectiveOn?: string;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const upgradeMutations = {
  orderTimeLimitedUpgrade: {
    input: OrderTimeLimitedUpgradeInput,
    description: "Upgrades to a better add-on product at the same fee, from today through a last day.",
    answers: COMMITMENT,
  },
  extendTimeLimitedUpgrade: {
    input: ExtendTimeLimitedUpgradeInput,
    description: "Extends a running time-limited upgrade.",
    answers: COMMITMENT,
  },
  endTimeLimitedUpgrade: {
    input: EndTimeLimitedUpgradeInput,
    description: "Ends a running time-limited upgrade today.",
    answers: COMMITMENT,
  },
  cancelThenUpgrade: {
    input: CancelThenUpgradeInput,
    description: "Cancels the planned upgrade after a time-limited one.",
    answers: COMMITMENT,
  },
  upgradeCommitment: {
    input: UpgradeCommitmentInput,
    description:
      "Upgrades a commitment to another offer: new fees from that day and no penalty; discounts given so far stay in the discount ledger.",
    answers: COMMITMENT,
  },
  cancelScheduledUpgrade: {
    input: CancelScheduledUpgradeInput,
    description: "Cancels a scheduled upgrade before its day.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof upgradeCommands>;
