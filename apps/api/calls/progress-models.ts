import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type FailureReason } from "#domain/voice/failed-call.js";
import { type Authorisation } from "#domain/voice/xdr.js";
import { type FailedCallRow } from "#read-models/voice/failed-calls.js";
import { type OpenCallRow } from "#read-models/voice/open-calls.js";
import { enumOf } from "../graphql/enums.js";
import { CountField, FlagField, IdField, InputField, InstantField } from "../graphql/fields.js";
import { connectionOf } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID, InstantScalar } from "../graphql/scalars.js";
import { AuthorisationEnum } from "./models.js";

export const CallFailureEnum = enumOf<FailureReason>("CallFailure", "Why a call failed.", {
  UNKNOWN_NUMBER: "No account has the number.",
  SUSPENDED: "The customer is suspended.",
  NOT_IN_SERVICE: "Nothing gives the account calls, or what does is paused; or nobody says where they go.",
  FORBIDDEN: "There is no rate for it, or a forbidden one.",
  MAX_CALLS: "The account had as many calls as it may have at once.",
  BILLING_SILENT: "Nobody could say whether it may be put through.",
  TAKEN_BACK: "Its caller hung up before it was answered.",
  REDIRECTION: "It was redirected to where the edge may not follow, or to nobody.",
  NOT_REACHED: "Who was called could not be reached.",
  NO_ANSWER: "Who was called said nothing in time.",
  CALLED_SIDE: "Who was called refused it.",
});

@ObjectType({ description: "A call that goes on, as far as its edge has told." })
export class OpenCall {
  @Field(() => ID, { description: "Its key: that of the call that will be recorded." }) id: string;
  @Field(() => ID, { description: "The id of the edge that sees it." }) edgeId: string;
  @Field(() => ID, { description: "The id of the account that is called; null: it is not known.", nullable: true })
  accountId: string | null;
  @Field(() => ID, { description: "The id of the account's customer.", nullable: true }) customerId: string | null;
  @Field(() => String, { description: "The caller's number; null: nobody knows it.", nullable: true })
  cli: string | null;
  @Field(() => Boolean, { description: "Whether the caller hides: then `cli` is what is asserted of it." })
  callerHidden: boolean;
  @Field(() => String, { description: "The number that was called." }) cld: string;
  @Field(() => InstantScalar, { description: "When it was answered." }) answered: string;
  @Field(() => String, { description: "The host that the called party sent it to; null: none.", nullable: true })
  redirectedTo: string | null;
  @Field(() => AuthorisationEnum, { description: "By which answer it was let through." }) authorised: Authorisation;
  @Field(() => Int, { description: "How long it may last, in seconds: its edge ends it then." }) maxSeconds: number;
  @Field(() => Boolean, {
    description:
      "Whether its longest time passed more than a minute ago and no end was told: the edge is cut off, or gone. It is listed until its end is told, at most 30 days longer.",
  })
  overdue: boolean;
}
export const OpenCallConnection = connectionOf(OpenCall, "OpenCall", "calls");

@ObjectType({ description: "A call that was refused, or ended without an answer; kept for 30 days." })
export class FailedCall {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => ID, { description: "The id of the edge that saw it." }) edgeId: string;
  @Field(() => ID, {
    description: "The id of the account that was called; null: none has the number, or nobody could say.",
    nullable: true,
  })
  accountId: string | null;
  @Field(() => ID, { description: "The id of the account's customer.", nullable: true }) customerId: string | null;
  @Field(() => String, { description: "The caller's number; null: nobody knows it.", nullable: true })
  cli: string | null;
  @Field(() => Boolean, { description: "Whether the caller hides: then `cli` is what is asserted of it." })
  callerHidden: boolean;
  @Field(() => String, { description: "The number that was called." }) cld: string;
  @Field(() => InstantScalar, { description: "When it came." }) came: string;
  @Field(() => InstantScalar, { description: "When it failed." }) failed: string;
  @Field(() => Int, { description: "The SIP code that its caller got." }) sipCode: number;
  @Field(() => CallFailureEnum, { description: "Why it failed." }) reason: FailureReason;
  @Field(() => String, { description: "The host that it was redirected to last; null: none.", nullable: true })
  redirectedTo: string | null;
}
export const FailedCallConnection = connectionOf(FailedCall, "FailedCall", "calls");

const optional = { nullable: true };

@InputType({ description: "Which open calls to list." })
export class OpenCallFilter {
  @IdField("Only those of this account.", optional) accountId?: string | null;
  @IdField("Only those of this customer's accounts.", optional) customerId?: string | null;
  @IdField("Only those of this edge.", optional) edgeId?: string | null;
  @FlagField("Only those whose end is missing, or only the others.", optional) overdue?: boolean | null;
}

@InputType({ description: "Which failed calls to list." })
export class FailedCallFilter {
  @IdField("Only those of this account.", optional) accountId?: string | null;
  @IdField("Only those of this customer's accounts.", optional) customerId?: string | null;
  @IdField("Only those of this edge.", optional) edgeId?: string | null;
  @InputField(() => CallFailureEnum, "Only those that failed for this reason.", optional) reason?: FailureReason | null;
  @CountField("Only those whose callers got this SIP code.", optional) sipCode?: number | null;
  @InstantField("Only those that failed at this moment or later.", optional) from?: string | null;
  @InstantField("Only those that failed before this moment.", optional) until?: string | null;
}

/** @param now by the system's clock */
export const openCallShown = ({ providerId: _, overdueAt, ...call }: OpenCallRow, now: string): Plain<OpenCall> => ({
  ...call,
  overdue: overdueAt <= now,
});

export const failedCallShown = ({ providerId: _, toldAt: __, ...call }: FailedCallRow): Plain<FailedCall> => call;
