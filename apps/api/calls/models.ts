import { Field, Float, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type Authorisation, type CallLeg, type UnratedReason, type Xdr } from "#domain/voice/xdr.js";
import { type CallSortField as CallSortBy } from "#read-models/calls/queries.js";
import { enumOf } from "../graphql/enums.js";
import { CountField, IdField, InputField, InstantField, NestedField } from "../graphql/fields.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { Line, Period } from "../invoices/models.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

export const CallLegEnum = enumOf<CallLeg>("CallLeg", "The side of a call that an account is charged for.", {
  IN: "It came in to the account.",
  OUT: "It went out from the account.",
});

export const CallStateEnum = enumOf<Xdr["state"]>("CallState", "Whether a call has an amount.", {
  RATED: "It has.",
  UNRATED: "It has none.",
});

export const CallReasonEnum = enumOf<UnratedReason>("CallUnratedReason", "Why a call has no amount.", {
  UNKNOWN_ACCOUNT: "No account has the number.",
  NO_RATE: "There is no tariff for the leg, or no rate for the number.",
  FORBIDDEN: "The rate forbids such calls.",
  CURRENCY_MISMATCH: "The tariff is in another currency than the customer pays in.",
  INTERRUPTED: "Nobody saw its end.",
  AHEAD: "It was answered more than five minutes after the provider's present moment.",
});

export const AuthorisationEnum = enumOf<Authorisation>("CallAuthorisation", "By which answer a call was let through.", {
  LIVE: "By one that was given for it.",
  STALE: "By an earlier one, while nobody could be asked.",
});

const CallSortField = enumOf<CallSortBy>("CallSortField", "What calls are sorted by.", {
  ANSWERED: "When they were answered.",
});

const ofRated = (what: string) => ({ description: `${what}; null of a call without an amount.`, nullable: true });

@ObjectType({ description: "How the close of a period counted a call." })
export class BilledCall {
  @Field(() => Period, { description: "The closed billing period that it was billed with." }) period: Period;
  @Field(() => DecimalScalar, {
    description:
      "What it was counted with, with three decimals beyond the currency's; corrections since then left out.",
  })
  amount: string;
  @Field(() => Line, {
    description: "The line that it is on; null: the invoice is not issued yet, or the line came to nothing.",
    nullable: true,
  })
  line: Line | null;
}

@ObjectType({ description: "Calls in one currency, or calls without an amount, added up." })
export class CallSum {
  @Field(() => String, { description: "ISO 4217 code; null: they have no amount.", nullable: true })
  currency: string | null;
  @Field(() => Int, { description: "How many there are." }) calls: number;
  @Field(() => Float, { description: "Their length in seconds, each rounded as its tariff says." }) seconds: number;
  @Field(() => Float, { description: "The seconds that are charged." }) chargedSeconds: number;
  @Field(() => DecimalScalar, {
    description: "What they cost, exact; null: they have no amount.",
    nullable: true,
  })
  amount: string | null;
  @Field(() => DecimalScalar, {
    description:
      "What closes counted them with, or will: as `amount`, without corrections of billed calls. Of the calls of a line rounded once it is what the line charges.",
    nullable: true,
  })
  billedAmount: string | null;
}

@ObjectType({ description: "Calls of a day in one currency, or without an amount, added up." })
export class CallDay extends CallSum {
  @Field(() => LocalDateScalar, {
    description: "The customer's day of the answer; of calls of no customer that of UTC.",
  })
  day: string;
}

@ObjectType({ description: "A leg of a call that was answered, with what it costs." })
export class Call {
  @Field(() => ID, { description: "Its key." }) id: string;
  @Field(() => String, { description: "Who saw it: the name of an edge; `api` where it was recorded by a mutation." })
  edge: string;
  @Field(() => CallLegEnum, { description: "The side that is charged for." }) leg: CallLeg;
  @Field(() => CallStateEnum, { description: "Whether it has an amount." }) state: Xdr["state"];
  @Field(() => CallReasonEnum, { description: "Why it has no amount; null: it has one.", nullable: true })
  reason: UnratedReason | null;
  @Field(() => ID, { description: "The account's id; null: no account has the number.", nullable: true })
  accountId: string | null;
  @Field(() => ID, { description: "The id of the account's customer.", nullable: true }) customerId: string | null;
  @Field(() => LocalDateScalar, {
    description: "The customer's day of the answer, to which the whole call belongs; null: there is no customer.",
    nullable: true,
  })
  day: string | null;
  @Field(() => InstantScalar, { description: "When it was answered." }) answered: string;
  @Field(() => InstantScalar, { description: "When it ended; null: nobody knows.", nullable: true })
  ended: string | null;
  @Field(() => AuthorisationEnum, { description: "By which answer it was let through." }) authorised: Authorisation;
  @Field(() => String, { description: "The host that the called party sent it to; null: none.", nullable: true })
  redirectedTo: string | null;
  @Field(() => String, {
    description: "The caller's number; null: nobody knows it, or the caller hides it from who asks.",
    nullable: true,
  })
  cli: string | null;
  @Field(() => Boolean, {
    description:
      "Whether the caller hides: then `cli` is what is asserted of it, which it is rated by, and told to the provider's people alone.",
  })
  callerHidden: boolean;
  @Field(() => String, { description: "The number that was called." }) cld: string;
  @Field(() => ID, ofRated("The id of the tariff that it was rated by")) tariffId: string | null;
  @Field(() => String, ofRated("The prefix of the rate")) prefix: string | null;
  @Field(() => Int, ofRated("Its length in seconds, rounded as the tariff says")) seconds: number | null;
  @Field(() => Int, ofRated("Seconds that are charged: whole intervals")) chargedSeconds: number | null;
  @Field(() => DecimalScalar, ofRated("What it costs, with three decimals beyond the currency's"))
  amount: string | null;
  @Field(() => DecimalScalar, {
    description: "What it cost before it was corrected, as it was rated first; null: it never was corrected.",
    nullable: true,
  })
  amountAtFirst: string | null;
  @Field(() => Boolean, { description: "Whether it was voided: it costs nothing." }) voided: boolean;
  @Field(() => String, ofRated("ISO 4217 code")) currency: string | null;
  recordedCommit: string;
  billedAmount: string | null;
  billedTariffId: string | null;
  billedPrefix: string | null;
}

export const CallConnection = connectionOf(Call, "Call", "calls");
export const CallPayload = payloadOf(Call, "Call", "call");

const optional = { nullable: true };

@InputType({ description: "Names an issued invoice or credit note, or one of its lines." })
export class CallsOfInvoiceInput {
  @IdField("Its id.") invoiceId: string;
  @CountField("The position of the line, from 1; of all lines unless given.", optional) line?: number | null;
}

@InputType({ description: "Which calls to list." })
export class CallFilter {
  @IdField("Only those of this account.", optional) accountId?: string | null;
  @IdField("Only those of this customer's accounts.", optional) customerId?: string | null;
  @InputField(() => CallLegEnum, "Only those of this side.", optional) leg?: CallLeg | null;
  @InputField(() => CallStateEnum, "Only those with, or without, an amount.", optional) state?: Xdr["state"] | null;
  @InputField(() => CallReasonEnum, "Only those that have no amount for this reason.", optional)
  reason?: UnratedReason | null;
  @InstantField("Only those answered at this moment or later.", optional) from?: string | null;
  @InstantField("Only those answered before this moment.", optional) until?: string | null;
  @NestedField(() => CallsOfInvoiceInput, "Only those that were billed with this invoice or line.", optional)
  invoice?: CallsOfInvoiceInput | null;
}

@InputType({ description: "The sort order of calls." })
export class CallSort {
  @Field(() => CallSortField, { description: "The sort key." }) by: keyof typeof CallSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}
