import { InputType } from "@nestjs/graphql";
import { type pauseCommands } from "#application/commitments/pauses.js";
import { DateField, IdempotencyKey, IdField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

const optional = { optional: true };

@InputType({ description: "Pauses a commitment, from now on or from a day on." })
export class PauseCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first free day. Left out: paused now, free from the day after.", optional) from?: string;
  @DateField("The last free day. Left out: open until it is resumed.", { nullable: true }) until?: string | null;
  @DateField("The day of a pause from now on, itself still charged; today unless given. Not with `from`.", optional)
  effectiveOn?: string;
}

@InputType({ description: "Changes a pause that has not begun. What is left out stays." })
export class ChangePauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first free day of the pause that is meant.") from: string;
  @DateField("Its new first free day.", optional) newFrom?: string;
  @DateField("Its new last free day.", optional) newUntil?: string;
}

@InputType({ description: "Cancels a pause that has not begun." })
export class CancelPauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first free day of the pause that is meant.") from: string;
}

@InputType({ description: "Ends a running pause." })
export class ResumeCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The last free day; the day after is charged. Today unless given.", optional) effectiveOn?: string;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const pauseMutations = {
  pauseCommitment: {
    input: PauseCommitmentInput,
    description: "Pauses a commitment: no service and no charges, and its discount ends later.",
    answers: COMMITMENT,
  },
  changePause: {
    input: ChangePauseInput,
    description: "Changes the days of a pause that has not begun.",
    answers: COMMITMENT,
  },
  cancelPause: {
    input: CancelPauseInput,
    description: "Cancels a pause that has not begun.",
    answers: COMMITMENT,
  },
  resumeCommitment: {
    input: ResumeCommitmentInput,
    description:
      "Ends a running pause: service is back at once, charges on the day after. On the day of a pause from now on, cancels it.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof pauseCommands>;
