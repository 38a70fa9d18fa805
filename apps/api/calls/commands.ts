import { InputType } from "@nestjs/graphql";
import { type callCommands, type usageCommands } from "#application/calls/commands.js";
import { type CallLeg } from "#domain/voice/xdr.js";
import {
  AmountField,
  FlagField,
  IdempotencyKey,
  IdField,
  IdListField,
  InputField,
  InstantField,
  TextField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { CallLegEnum, CallPayload } from "./models.js";

/** Numbers as networks know them: more than any has digits. */
const LONGEST_NUMBER = 100;

@InputType({ description: "Records a call that was answered." })
export class RecordCallInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField(
    "What names the call to whoever records it. One that is recorded with the same text, leg and hour of the answer already stays as it is.",
  )
  callId: string;
  @IdField("The account that is charged.") accountId: string;
  @InputField(() => CallLegEnum, "Whether it came in or went out.") leg: CallLeg;
  @IdField("The tariff that it is rated by; the account's for the leg on the day of the answer, unless given.", {
    nullable: true,
  })
  tariffId?: string | null;
  @TextField("The caller's number; null: hidden.", { nullable: true }, LONGEST_NUMBER) cli?: string | null;
  @FlagField("Whether the caller hides its number; it does where `cli` is null.", { nullable: true })
  callerHidden?: boolean | null;
  @TextField("The number that was called.", {}, LONGEST_NUMBER) cld: string;
  @InstantField("When it was answered.") answered: string;
  @AmountField("Its length in seconds, with at most three decimals.") seconds: string;
}

@InputType({ description: "Gives amounts to calls that have none." })
export class RateCallsInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdListField("Ids of calls without an amount, at most 500, of one edge and one hour of answers.") keys: string[];
  @IdField("The tariff that they are rated by; default: the account's for the leg, on the day of the answer.", {
    nullable: true,
  })
  tariffId?: string | null;
  @AmountField("How long the calls were whose end nobody saw, in seconds with at most three decimals.", {
    nullable: true,
  })
  seconds?: string | null;
  @IdField("The account that is charged for calls that are of none.", { nullable: true }) accountId?: string | null;
}

@InputType({ description: "Voids calls that have an amount, or rates them again." })
export class CorrectCallsInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdListField("Ids of calls with an amount, at most 500, of one account.") keys: string[];
  @FlagField("They cost nothing from now on; then `seconds` and `tariffId` are left out.", { nullable: true })
  void?: boolean | null;
  @AmountField("How long they were, in seconds with at most three decimals; default: as recorded.", { nullable: true })
  seconds?: string | null;
  @IdField("The tariff that they are rated by, as of their answers; default: the one that each was rated by.", {
    nullable: true,
  })
  tariffId?: string | null;
  @TextField("Why. Required.", { nullable: true }, 1000) reason?: string | null;
}

const CALL = { kind: "call", payload: CallPayload } as const;

export const callMutations = {
  recordCall: {
    input: RecordCallInput,
    description:
      "Records a call that no edge saw, with what it costs by the rates at its answer. One without a rate is recorded too, as unrated.",
    answers: CALL,
  },
  rateCalls: {
    input: RateCallsInput,
    description:
      "Gives amounts to calls that were recorded without one, by the rates at their answers: all of them get one, or none. Answers the first of them.",
    answers: CALL,
  },
  correctCalls: {
    input: CorrectCallsInput,
    description:
      "Voids calls that have an amount, or rates them again: all of them, or none. A call that no invoice has may cost anything; one that was billed costs at most what it was billed with, and the next close credits the rest. Answers the first of them.",
    answers: CALL,
  },
} satisfies MutationFields<keyof typeof callCommands | keyof typeof usageCommands>;
