import { InputType } from "@nestjs/graphql";
import { type renewalCommands } from "#application/commitments/renewals.js";
import { DateField, IdempotencyKey, IdField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

@InputType({ description: "Renews the recurring fees and discounts of a commitment." })
export class RenewFeesInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
}

@InputType({ description: "Cancels a waiting renewal of fees." })
export class CancelRenewalInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The day from which it is ordered; any unless given.", { optional: true }) effectiveOn?: string;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const renewalMutations = {
  renewFees: {
    input: RenewFeesInput,
    description:
      "Renews a commitment's recurring fees and discounts: those of its offer's present revision, from the next billing period on. Repeated before that, it replaces the waiting renewal.",
    answers: COMMITMENT,
  },
  cancelRenewal: {
    input: CancelRenewalInput,
    description: "Cancels a waiting renewal of fees before its day.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof renewalCommands>;
