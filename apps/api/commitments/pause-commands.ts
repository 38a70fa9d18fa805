import { InputType } from "@nestjs/graphql";
import { type pauseCommands } from "#application/commitments/pauses.js";
import { DateField, IdempotencyKey, IdField, ReasonField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CommitmentPayload } from "./models.js";

const optional = { optional: true };

@InputType({ description: "Pauses a commitment, now or from a day on." })
export class PauseCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day. Left out: 'pause now', paused from the day after.", optional) from?: string;
  @DateField("The last paused day. Left out: an open pause.", { nullable: true }) until?: string | null;
  @DateField(
    "The day of a 'pause now', itself still charged; with `from` the day on which it counts as ordered. Today unless given.",
    optional,
  )
  effectiveOn?: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Changes a pause that has not begun. Fields left out keep their values." })
export class ChangePauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day of the pause to change.") from: string;
  @DateField("Its new first paused day.", optional) newFrom?: string;
  @DateField("Its new last paused day.", optional) newUntil?: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Cancels a pause that has not begun." })
export class CancelPauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day of the pause to change.") from: string;
}

@InputType({ description: "Ends a running pause." })
export class ResumeCommitmentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The last paused day; the day after is charged. Today unless given.", optional) effectiveOn?: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Pauses a commitment by the customer, or asks for it." })
export class RequestPauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day: today or a coming day, beyond the limits of the class a coming one.") from: string;
  @DateField("The last paused day.") until: string;
}

@InputType({ description: "Orders the pause that the customer asked for." })
export class ApprovePauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day that is asked for.") from: string;
}

@InputType({ description: "Refuses the pause that the customer asked for." })
export class DeclinePauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day that is asked for.") from: string;
  @TextField("Why; the customer is shown it.", {}, 1000) reason: string;
}

@InputType({ description: "Takes back a customer's request for a pause." })
export class WithdrawPauseInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The commitment.") commitmentId: string;
  @DateField("The first paused day that is asked for.") from: string;
}

const COMMITMENT = { kind: "commitment", payload: CommitmentPayload } as const;

export const pauseMutations = {
  pauseCommitment: {
    input: PauseCommitmentInput,
    description: "Pauses a commitment: no service, no charges, and the discount end date moves.",
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
      "Ends a running pause: service is back at once, charges on the day after. On the day of a 'pause now', cancels that pause.",
    answers: COMMITMENT,
  },
  requestPause: {
    input: RequestPauseInput,
    description:
      "Pauses a commitment by the customer: within the limits of its class at once, beyond them as a request that waits for an answer.",
    answers: COMMITMENT,
  },
  approvePause: {
    input: ApprovePauseInput,
    description: "Orders the pause that the customer asked for.",
    answers: COMMITMENT,
  },
  declinePause: {
    input: DeclinePauseInput,
    description: "Refuses the pause that the customer asked for, with a reason.",
    answers: COMMITMENT,
  },
  withdrawPause: {
    input: WithdrawPauseInput,
    description: "Takes back a customer's request for a pause.",
    answers: COMMITMENT,
  },
} satisfies MutationFields<keyof typeof pauseCommands>;
