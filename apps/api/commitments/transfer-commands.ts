import { InputType } from "@nestjs/graphql";
import { type transferCommands } from "#application/commitments/transfers.js";
import { DateField, IdempotencyKey, IdField, ReasonField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

@InputType({ description: "Transfers a commitment to another account, of the same or another customer." })
export class TransferCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @IdField("The account that holds it from then on.") toAccountId: string;
  @DateField(
    "The first day charged to that account: today, or a day that has passed, in closed billing periods of either customer too; today unless given.",
    { optional: true },
  )
  effectiveOn?: string;
  @ReasonField() reason?: string | null;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const transferMutations = {
  transferCommitment: {
    input: TransferCommitmentInput,
    description:
      "Transfers a commitment to another account, without penalty; the receiver pays the transfer fee of the terms held.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof transferCommands>;
