import { InputType } from "@nestjs/graphql";
import { type terminationCommands } from "#application/commitments/terminations.js";
import { DateField, IdempotencyKey, IdField, ReasonField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload, TerminateCommitmentPayload } from "./models.js";

@InputType({ description: "Terminates a commitment." })
export class TerminateCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The last charged day: to come, today, or a day that has passed; today unless given.", { optional: true })
  effectiveOn?: string;
  @TextField("Reason for waiving the penalty, which is then shown and credited. Left out: it is not waived.", {
    optional: true,
  })
  waivePenalty?: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Cancels a scheduled termination." })
export class CancelTerminationInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
}

@InputType({ description: "Annuls a commitment within the cooling-off days." })
export class AnnulCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @TextField("Why: the customer's withdrawal.") reason: string;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;
const TERMINATION = { kind: "commitment", payload: TerminateCommitmentPayload } as const;

export const terminationMutations = {
  terminateCommitment: {
    input: TerminateCommitmentInput,
    description:
      "Terminates a commitment as of today, a coming day, or a day that has passed. Repeated with another date, it replaces a scheduled termination.",
    answers: TERMINATION,
  },
  cancelTermination: {
    input: CancelTerminationInput,
    description: "Cancels a scheduled termination, with its effects on pauses, upgrades and renewals.",
    answers: COMMITMENT,
  },
  annulCommitment: {
    input: AnnulCommitmentInput,
    description:
      "Annuls a commitment within the cooling-off days after its start: nothing is charged, what was charged is credited, and there is no penalty.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof terminationCommands>;
